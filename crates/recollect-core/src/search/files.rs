//! Memories of a file that is named by its whole path, as agents name files.
//!
//! Memories name files relative to their repository's root, or to home. The roots
//! that records tell of say what a whole path is in which project; where none of
//! them holds the file, the end of the path must be what a memory names.

use crate::error::Result;
use crate::index::row::Row;
use crate::index::text::column_phrase;
use crate::index::{Index, RowSet};
use crate::log::memory::Memory;
use crate::log::project;
use crate::log::record::Record;

/// A path from the root of a machine, as paths are compared.
struct Whole {
    key: String,
    /// The same below the user's home.
    at_home: Option<String>,
    /// A project whose root holds it, and the path from there.
    inside: Option<(u32, String)>,
}

impl Index {
    /// Adds the rows that name the file of a path, or a file in that folder; false if none is
    /// known that has its segments.
    pub(super) fn add_rows_of_file(&self, path: &str, set: &mut RowSet) -> Result<bool> {
        let Some(whole) = self.whole(path) else {
            let rows = self.catalog()?.rows_within(path);
            rows.iter().for_each(|row| set.insert(*row));
            return Ok(!rows.is_empty());
        };
        let told = match &whole.inside {
            Some((_, below)) => below.as_str(),
            None => whole.key.rsplit('/').next().unwrap_or(""),
        };
        let Some(phrase) = column_phrase("files", told) else {
            return Ok(true);
        };
        let mut found = Vec::new();
        let postings = self.text().postings();
        postings.each_with(&phrase, &mut |number, _| found.push(number));
        for number in found {
            if self.names_file(number, &whole)? {
                set.insert(number);
            }
        }
        Ok(true)
    }

    fn whole(&self, path: &str) -> Option<Whole> {
        let key = project::place_key(path)?;
        let projects = self.rows().projects();
        let inside = projects.places().filter_map(|(place, group)| {
            let below = key.strip_prefix(place)?.strip_prefix('/')?;
            Some((place.len(), group, below))
        });
        // Of roots within one another, the innermost.
        let inside = inside.max_by_key(|(length, _, _)| *length);
        Some(Whole {
            at_home: project::at_home(&project::plain_path(path)),
            inside: inside.map(|(_, group, below)| (group, below.to_owned())),
            key,
        })
    }

    fn names_file(&self, number: u32, whole: &Whole) -> Result<bool> {
        let Some(row) = self.rows().get(number) else {
            return Ok(false);
        };
        let Some(json) = self.record_at(number)? else {
            return Ok(false);
        };
        let Some(memory) = Record::from_json(&json).ok().and_then(Memory::of) else {
            return Ok(false);
        };
        let is_it = |file: &str| self.is_file(row, file, whole);
        let is_named = memory.files().any(is_it);
        Ok(is_named)
    }

    fn is_file(&self, row: &Row, file: &str, whole: &Whole) -> bool {
        if let Some(key) = project::place_key(file) {
            let is_at_home = || whole.at_home.as_deref().and_then(project::place_key);
            return key == whole.key || is_at_home().is_some_and(|at_home| key == at_home);
        }
        let file = project::relative_key(file);
        if let Some((group, below)) = &whole.inside {
            return row.project == *group && project::is_same_path(&file, below);
        }
        let Some(root) = project::strip_end(&whole.key, &file) else {
            return false;
        };
        let Some(root) = root.strip_suffix('/') else {
            return false;
        };
        let folder = root.rsplit('/').next().unwrap_or("");
        file.contains('/') || self.rows().projects_named(folder).contains(&row.project)
    }
}
