//! The full-text engine: lists of words, and FTS5 for what needs positions.
//!
//! This is the narrow place: whoever replaces the engine replaces this file and
//! the lists. Questions of words are answered from [`Postings`]; phrases,
//! beginnings of words and conditions on one field go to FTS5.
//!
//! Rows wait for FTS5 until it is asked or many are there: a transaction of its
//! own for each would make FTS5 merge its trees all the time.

use std::cell::RefCell;

use rusqlite::{Connection, params};

use recollect_fts5::Visits;

use super::fields::Fields;
use crate::error::Result;
use recollect_words::bm25::FIELD_WEIGHTS;
use recollect_words::postings::{List, Postings};

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

/// Most rows that wait for FTS5 when others come.
const MAX_WAITING: usize = 512;

/// The engine of one connection.
#[derive(Debug)]
pub(crate) struct TextIndex {
    visits: Visits,
    pub(super) postings: Postings,
    /// Rows that FTS5 does not have yet, ascending, with their tokens.
    waiting: RefCell<Vec<(u32, [String; 6])>>,
}

impl TextIndex {
    /// The engine of a connection in which the schema is.
    pub(super) fn new(database: &Connection) -> Result<Self> {
        Ok(Self {
            visits: Visits::register(database)?,
            postings: Postings::default(),
            waiting: RefCell::default(),
        })
    }

    /// Makes the tokens of a row searchable; its number is above all before it.
    pub(super) fn insert(&mut self, row: u32, fields: Fields) {
        self.postings.add(row, &fields.texts, fields.length);
        self.waiting.get_mut().push((row, fields.texts));
    }

    /// Takes a row out; `fields` are those that it was put in with.
    pub(super) fn remove(
        &mut self,
        database: &Connection,
        row: u32,
        fields: &Fields,
    ) -> Result<()> {
        self.postings.remove(row, &fields.texts);
        let waiting = self.waiting.get_mut();
        if let Ok(position) = waiting.binary_search_by_key(&row, |(row, _)| *row) {
            waiting.remove(position);
            return Ok(());
        }
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
        Ok(())
    }

    /// Empties everything.
    pub(super) fn clear(&mut self, database: &Connection) -> Result<()> {
        self.postings = Postings::default();
        self.waiting.get_mut().clear();
        database.execute_batch("INSERT INTO memory_text(memory_text) VALUES ('delete-all')")?;
        Ok(())
    }

    /// Gives FTS5 what waits, if that is much, as a part of a change; once that
    /// is committed, [`TextIndex::given`] must be called.
    pub(super) fn give_many(&self, database: &Connection) -> Result<bool> {
        let is_much = self.waiting.borrow().len() > MAX_WAITING;
        if is_much {
            self.give(database)?;
        }
        Ok(is_much)
    }

    fn give(&self, database: &Connection) -> Result<()> {
        let mut statement = database.prepare_cached(
            "INSERT INTO memory_text (rowid, title, subtitle, narrative, facts, concepts, files)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        for (row, texts) in self.waiting.borrow().iter() {
            let [title, subtitle, narrative, facts, concepts, files] = texts;
            statement.execute(params![
                row, title, subtitle, narrative, facts, concepts, files
            ])?;
        }
        Ok(())
    }

    /// FTS5 has what waited.
    pub(super) fn given(&self) {
        self.waiting.borrow_mut().clear();
    }

    /// Gives FTS5 all that waits.
    pub(crate) fn settle(&self, database: &Connection) -> Result<()> {
        if self.waiting.borrow().is_empty() {
            return Ok(());
        }
        let transaction = database.unchecked_transaction()?;
        self.give(&transaction)?;
        transaction.commit()?;
        self.given();
        Ok(())
    }

    /// Calls `each` for every row that matches an expression of FTS5, by row number.
    pub(crate) fn visit(
        &self,
        database: &Connection,
        expression: &str,
        each: &mut dyn FnMut(u32),
    ) -> Result<()> {
        self.settle(database)?;
        self.visits
            .visit(database, TABLE, expression, &mut |found| {
                if let Ok(row) = u32::try_from(found.row()) {
                    each(row);
                }
            })?;
        Ok(())
    }

    /// The rows that match an expression of one phrase, as if that were a word.
    pub(crate) fn phrase(&self, database: &Connection, expression: &str) -> Result<List> {
        self.settle(database)?;
        let mut list = List::default();
        self.visits
            .visit(database, TABLE, expression, &mut |found| {
                if let Ok(row) = u32::try_from(found.row()) {
                    found.positions(0, &mut |column, _| {
                        list.add(row, FIELD_WEIGHTS.get(column).copied().unwrap_or(0));
                    });
                }
            })?;
        Ok(list)
    }

    /// The words and the rows that hold them.
    pub(crate) fn postings(&self) -> &Postings {
        &self.postings
    }
}
