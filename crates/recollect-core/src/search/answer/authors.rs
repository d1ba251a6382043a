//! Who wrote what fits: what a question that begins with "who" wants to be told.

use std::cmp::Reverse;

use super::{Found, Note};
use crate::error::Result;
use crate::index::{Index, RowSet};
use crate::order;
use crate::search::predicate::Test;
use crate::search::question::Plan;

/// Puts what is counted in order: most first, and what is equal by its name.
#[inline(never)]
pub(super) fn most_first(counted: &mut [(String, u64)]) {
    order::sort(counted, |one, other| {
        (Reverse(one.1), &one.0).cmp(&(Reverse(other.1), &other.0))
    });
}

impl Plan {
    /// Whether people are asked for, and not one of them or one thing of theirs.
    pub(super) fn asks_for_people(&self) -> bool {
        let wish = &self.wish;
        wish.asks_who && wish.direction.is_none() && self.people.is_empty() && !self.is_me
    }
}

impl Index {
    /// The first rows of everybody, of what passes a test of projects.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(super) fn first_of_all(&self, test: &Test) -> Result<RowSet> {
        let catalog = self.catalog()?;
        let mut set = RowSet::default();
        for (_, person) in catalog.people() {
            let rows = person
                .rows
                .iter()
                .filter(|row| self.is_in_scope(**row, test));
            let at = |row: &&u32| self.rows().get(**row).map_or(i64::MAX, |row| row.at.0);
            if let Some(first) = rows.min_by_key(at) {
                set.insert(*first);
            }
        }
        Ok(set)
    }

    /// The authors of what fits, if there are several memories with one.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(super) fn authors_of(&self, found: &[Found]) -> Result<Option<Note>> {
        let mut fitting = RowSet::default();
        for one in found.iter().filter(|one| one.fits) {
            fitting.insert(one.row);
        }
        let catalog = self.catalog()?;
        let mut authors: Vec<(String, u64)> = catalog
            .people()
            .map(|(_, person)| {
                let theirs = person.rows.iter().filter(|row| fitting.contains(**row));
                (person.name.clone(), theirs.count() as u64)
            })
            .filter(|(_, count)| *count > 0)
            .collect();
        let memories: u64 = authors.iter().map(|(_, count)| count).sum();
        most_first(&mut authors);
        Ok((memories > 1).then_some(Note::Authors(authors)))
    }
}
