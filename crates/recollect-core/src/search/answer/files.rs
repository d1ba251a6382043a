//! Which files what fits changed: what a question for files wants to be told.

use super::authors::most_first;
use super::{Found, Note};
use crate::error::Result;
use crate::index::catalog::Path;
use crate::index::{Index, RowSet};
use crate::search::question::{Deed, Plan};

/// A change of more files than this says nothing about two of them.
const LARGE_CHANGE: u32 = 25;
/// Most files that are told.
const TOLD: usize = 20;

impl Path {
    /// Rows of what was done to a file, or all that name it.
    pub(super) fn rows_of_deed(&self, deed: Option<Deed>) -> Vec<u32> {
        match deed {
            Some(Deed::Introduced) => self.added.clone(),
            Some(Deed::Removed) => self.deleted.clone(),
            Some(Deed::Moved) => {
                let moved = self.moved.iter().chain(&self.was);
                moved.map(|(row, _)| *row).collect()
            }
            _ => self.rows.clone(),
        }
    }
}

impl Index {
    /// Files by how many of what fits changed them; of a file that is asked about, those that
    /// changed along with it.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(super) fn files_of(&self, plan: &Plan, found: &[Found]) -> Result<Option<Note>> {
        let catalog = self.catalog()?;
        // `which files did it touch?` is about the one thing that was spoken of.
        let most = if plan.leans && !plan.subject.is_empty() {
            1
        } else {
            usize::MAX
        };
        let fitting = found.iter().filter(|one| one.fits).take(most);
        let fitting: Vec<u32> = fitting.map(|one| one.row).collect();
        let last = fitting.iter().max().copied().unwrap_or_default() as usize;
        let mut sizes = vec![0_u32; last + 1];
        for row in catalog.paths().flat_map(|path| &path.rows) {
            if let Some(size) = sizes.get_mut(*row as usize) {
                *size += 1;
            }
        }
        let is_together = !plan.files.is_empty();
        // Names that it had before are no others.
        let mut own: Vec<&str> = plan.files.iter().map(String::as_str).collect();
        for key in &plan.files {
            let before = catalog.path(key).into_iter().flat_map(|path| &path.was);
            own.extend(before.map(|(_, before)| before.as_str()));
        }
        let mut counting = RowSet::default();
        for row in fitting {
            if !is_together || sizes[row as usize] <= LARGE_CHANGE {
                counting.insert(row);
            }
        }
        let deed = plan
            .wish
            .deed
            .filter(|_| !is_together && plan.subject.is_empty());
        let mut files: Vec<(String, u64)> = catalog
            .paths()
            .filter(|path| !own.contains(&path.key.as_str()))
            .map(|path| {
                let rows = path.rows_of_deed(deed);
                let rows = rows.iter().filter(|row| counting.contains(**row));
                (path.key.clone(), rows.count() as u64)
            })
            .filter(|(_, count)| *count > 0)
            .collect();
        most_first(&mut files);
        files.truncate(TOLD);
        Ok((!files.is_empty()).then_some(Note::Files(files)))
    }
}
