//! Facts: which one a key has, and which no longer hold.

use super::{Index, fold};
use crate::error::{Error, Result};
use crate::index::row::Row;
use crate::intake::privacy::key_of;
use crate::log::id::RecordId;
use crate::log::record::{Kind, Trust};
use crate::log::time::UnixMillis;

impl Index {
    /// From here on facts hold or do not as of this moment.
    pub(crate) fn tell_time(&mut self, now: UnixMillis) {
        self.rows.tell_time(now);
    }

    /// Whether a fact no longer holds, or was replaced by one that does not.
    pub(crate) fn is_over(&self, id: RecordId) -> bool {
        let number = self.rows.number(id);
        number.is_some_and(|number| self.rows.is_over(number))
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

    /// The last value of a key of a project that one of this trust would replace.
    pub(crate) fn replaced_by(&self, project: &str, key: &str, trust: Trust) -> Option<&Row> {
        let project = self.rows.project_number(project)?;
        self.rows.latest(fold::of_key(key), project, trust)
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
