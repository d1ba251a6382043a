//! The full-text engine: FTS5 over tokens of our own.
//!
//! This is the narrow place: whoever replaces the engine replaces this file,
//! [`Found`] included.

use rusqlite::{Connection, params};

use recollect_fts5::{Match, Visits};

use super::fields::Fields;
use super::vocabulary::Vocabulary;
use crate::error::Result;

/// Columns of the engine, in the order of [`Fields`].
pub(crate) const COLUMNS: [&str; 6] = [
    "title",
    "subtitle",
    "narrative",
    "facts",
    "concepts",
    "files",
];

const TABLE: &str = "memory_text";

/// The engine of one connection.
#[derive(Debug)]
pub(crate) struct TextIndex {
    visits: Visits,
    pub(crate) vocabulary: Vocabulary,
}

/// A row that holds phrases of a query.
pub(crate) struct Found<'a, 'm>(&'a Match<'m>);

impl TextIndex {
    /// The engine of a connection in which the schema is.
    pub(super) fn new(database: &Connection) -> Result<Self> {
        Ok(Self {
            visits: Visits::register(database)?,
            vocabulary: Vocabulary::default(),
        })
    }

    /// Makes the tokens of a row searchable.
    pub(super) fn insert(
        &mut self,
        database: &Connection,
        row: u32,
        fields: &Fields,
    ) -> Result<()> {
        let [title, subtitle, narrative, facts, concepts, files] = &fields.texts;
        database
            .prepare_cached(
                "INSERT INTO memory_text
                     (rowid, title, subtitle, narrative, facts, concepts, files)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                row, title, subtitle, narrative, facts, concepts, files
            ])?;
        fields
            .texts
            .iter()
            .for_each(|text| self.vocabulary.add(row, text));
        Ok(())
    }

    /// Takes a row out; `fields` are those that it was put in with.
    pub(super) fn remove(
        &mut self,
        database: &Connection,
        row: u32,
        fields: &Fields,
    ) -> Result<()> {
        let [title, subtitle, narrative, facts, concepts, files] = &fields.texts;
        database
            .prepare_cached(
                "INSERT INTO memory_text
                     (memory_text, rowid, title, subtitle, narrative, facts, concepts, files)
                 VALUES ('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                row, title, subtitle, narrative, facts, concepts, files
            ])?;
        fields
            .texts
            .iter()
            .for_each(|text| self.vocabulary.remove(row, text));
        Ok(())
    }

    /// Calls `each` for every row that matches an expression of FTS5, by row number.
    pub(crate) fn visit(
        &self,
        database: &Connection,
        expression: &str,
        each: &mut dyn FnMut(u32, &Found<'_, '_>),
    ) -> Result<()> {
        self.visits
            .visit(database, TABLE, expression, &mut |found| {
                if let Ok(row) = u32::try_from(found.row()) {
                    each(row, &Found(found));
                }
            })?;
        Ok(())
    }
}

impl Found<'_, '_> {
    /// Calls `each` with the column of every place where a phrase of the
    /// expression, counted from 0, stands.
    pub(crate) fn columns(&self, phrase: usize, each: &mut impl FnMut(usize)) {
        self.0.positions(phrase, &mut |column, _| each(column));
    }

    /// How many rows of the whole index hold a phrase.
    pub(crate) fn rows_with(&self, phrase: usize) -> u64 {
        self.0.rows_with(phrase)
    }

    /// Rows of the whole index, and tokens in them.
    pub(crate) fn totals(&self) -> (u64, u64) {
        (self.0.total_rows(), self.0.total_tokens())
    }
}
