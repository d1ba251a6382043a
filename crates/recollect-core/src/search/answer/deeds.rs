//! What was done where nothing is said of what it was done to: `what was removed in May?`.

use recollect_words::postings::List;

use crate::error::Result;
use crate::index::row::Row;
use crate::index::{Index, RowSet};
use crate::search::expression::parts_of;
use crate::search::question::{Deed, Plan, listed_by};

/// Most memories whose titles are read for a list: reading is slow beside looking up.
const MAX_READ: usize = 500;

impl Plan {
    /// The deed whose memories are to be listed.
    pub(super) fn listed_deed(&self) -> Option<Deed> {
        let is_alone = self.subject.is_empty() && self.files.is_empty() && self.wish.sort.is_none();
        let deed = self.wish.deed.filter(|_| is_alone && !self.leans)?;
        (!listed_by(deed).is_empty()).then_some(deed)
    }
}

/// Whether a title tells of a deed: `added` and `adding` begin as `add` does; `address` is longer.
pub(super) fn title_tells(title: &str, deed: &[&str]) -> bool {
    let title = title.to_lowercase().replace(['\'', '’'], "");
    title.split(|c: char| !c.is_alphanumeric()).any(|word| {
        deed.iter()
            .any(|deed| word.starts_with(deed) && word.len() <= deed.len() + 3)
    })
}

impl Index {
    /// Rows that hold a word of a deed, if one is asked about.
    pub(super) fn rows_of_deed(&self, words: &[&str]) -> Option<RowSet> {
        let postings = self.text().postings();
        let tokens = words.iter().flat_map(|word| parts_of(word));
        let mut set = RowSet::default();
        for (row, _) in tokens
            .filter_map(|token| postings.list(&token))
            .flat_map(List::cursor)
        {
            set.insert(row);
        }
        (!words.is_empty()).then_some(set)
    }

    /// Those of some rows that tell of a deed in their title or by their type.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(super) fn telling_of<'a>(
        &self,
        deed: Deed,
        rows: &[(u32, &'a Row)],
    ) -> Result<Vec<(u32, &'a Row)>> {
        let words = listed_by(deed);
        let named = match deed {
            Deed::Introduced => Some("feature"),
            Deed::Fixed => Some("bugfix"),
            _ => None,
        };
        let held = self.rows_of_deed(words).unwrap_or_default();
        let mut read = 0;
        let mut telling = Vec::new();
        for (number, row) in rows {
            let is_named = named.is_some() && self.rows().memory_type(row) == named;
            let may_tell = !is_named && held.contains(*number) && read < MAX_READ;
            read += usize::from(may_tell);
            let tells = may_tell
                && self
                    .title_of(*number)?
                    .is_some_and(|title| title_tells(&title, words));
            if is_named || tells {
                telling.push((*number, *row));
            }
        }
        Ok(telling)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_deed_is_told_by_the_forms_of_its_verb() {
        for (title, expected) in [
            ("Remove the queue", true),
            ("cache: removed", true),
            ("the removal of the queue", false),
            ("removable disks", false),
            ("", false),
        ] {
            assert_eq!(title_tells(title, &["remove"]), expected, "{title}");
        }
    }
}
