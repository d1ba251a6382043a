//! Facts: which one a key has, and which no longer hold.

use super::ingest::Ingested;
use super::{Index, fold};
use crate::error::{Error, Result};
use crate::id::RecordId;
use crate::index::rows::Row;
use crate::privacy::key_of;
use crate::record::{Fact, Kind, kinds};
use crate::time::UnixMillis;

impl Index {
    /// From here on nothing holds that expires at this moment or before.
    pub(crate) fn tell_time(&mut self, now: UnixMillis) {
        self.now = self.now.max(now);
    }

    /// Takes out facts that no longer hold, with what they had replaced; also gives
    /// the latter.
    pub(crate) fn expire(&mut self) -> Result<Option<(Ingested, Vec<RecordId>)>> {
        if !self.rows.has_expired(self.now) {
            return Ok(None);
        }
        let (mut gone, replaced) = self.rows.expire(self.now);
        gone.extend(&replaced);
        Ok(Some((self.end_all(&gone)?, replaced)))
    }

    pub(super) fn has_expired(&self, fact: &Fact, at: UnixMillis) -> bool {
        kinds::expires_at(fact, at).is_some_and(|end| end <= self.now)
    }

    /// Number of the project with that id or name.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if nothing is recorded of it.
    pub(crate) fn known_project(&self, name: &str) -> Result<u32> {
        let rows = self.rows();
        let cleaned = key_of(name);
        let is_known = rows.project_number(name).is_some() || !rows.projects_named(name).is_empty();
        let name = if is_known { name } else { &cleaned };
        let named = rows.projects_named(name);
        let number = rows.project_number(name).or_else(|| {
            let newest = rows.newest_first(None);
            let mut projects = newest.map(|(_, row)| row.project);
            projects.find(|number| named.contains(number))
        });
        number
            .filter(|number| rows.iter().any(|(_, row)| row.project == *number))
            .ok_or(Error::Unknown { field: "project" })
    }

    /// Numbers of all values that a key of a project has had.
    pub(crate) fn facts_under(&self, project: u32, key: &str) -> Vec<u32> {
        let mut numbers = self.rows.same(fold::of_key(key), project);
        numbers.retain(|number| self.rows.get(*number).is_some_and(is_fact));
        numbers
    }
}

fn is_fact(row: &Row) -> bool {
    row.kind == Kind::Fact
}
