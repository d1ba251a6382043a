//! The full-text engine: lists of the rows that hold each word, and the order of the words in
//! each row.
//!
//! This is the narrow place: whoever replaces the engine replaces this file and [`Postings`].
//! Questions of words and of their beginnings are answered from the lists; for phrases and for
//! conditions on one field the list of the rarest word gives rows, whose order of words is read.

use super::Index;
use super::fields::{texts_of, tokens_of};
use super::row_set::RowSet;
use crate::log::memory::Memory;
use recollect_words::phrase::TokenPhrase;
use recollect_words::postings::{List, Postings};

/// Columns of the engine.
pub(crate) const COLUMNS: [&str; 6] = [
    "title",
    "subtitle",
    "narrative",
    "facts",
    "concepts",
    "files",
];

/// The engine.
#[derive(Debug, Default)]
pub(crate) struct TextIndex {
    pub(super) postings: Postings,
}

impl TextIndex {
    /// Makes a memory searchable as a row, whose number is above all before it. Gives
    /// how many tokens it has.
    pub(super) fn insert(&mut self, row: u32, memory: &Memory) -> u32 {
        self.postings.add(row, &texts_of(memory))
    }

    /// Takes a row out; the memory is as it was put in.
    pub(super) fn remove(&mut self, row: u32, memory: &Memory) {
        self.postings.remove(row, &tokens_of(memory));
    }

    /// Empties everything.
    pub(super) fn clear(&mut self) {
        self.postings = Postings::default();
    }

    /// The words and the rows that hold them.
    pub(crate) fn postings(&self) -> &Postings {
        &self.postings
    }
}

/// The words of `text`, one behind the other, in one column; none if it holds no word.
pub(crate) fn column_phrase(column: &str, text: &str) -> Option<TokenPhrase> {
    let number = COLUMNS.iter().position(|one| *one == column)?;
    TokenPhrase::in_column(number, text)
}

impl Index {
    /// The rows that hold one of some phrases.
    pub(crate) fn matching(&self, phrases: &[TokenPhrase]) -> RowSet {
        let mut set = RowSet::default();
        self.add_matching(phrases, &mut set);
        set
    }

    /// Adds the rows that hold one of some phrases.
    pub(crate) fn add_matching(&self, phrases: &[TokenPhrase], set: &mut RowSet) {
        for phrase in phrases {
            let postings = self.text().postings();
            postings.each_with(phrase, &mut |row, _| set.insert(row));
        }
    }

    /// The rows that hold a phrase, as if that were a word.
    pub(crate) fn phrase(&self, phrase: &TokenPhrase) -> List {
        let mut list = List::default();
        let postings = self.text().postings();
        postings.each_with(phrase, &mut |row, weight| list.add(row, weight));
        list
    }
}
