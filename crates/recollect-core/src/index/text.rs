//! The full-text engine: lists of words, and FTS5 for what needs positions.
//!
//! This is the narrow place: whoever replaces the engine replaces this file and
//! the lists. Questions of words and of their beginnings are answered from
//! [`Postings`]; phrases and conditions on one field go to FTS5.
//!
//! Rows come to FTS5 later, when there is time or when it is asked: a transaction
//! of its own for each would make it merge its trees all the time, and most
//! questions do without it.

use std::cell::{Cell, OnceCell};

use rusqlite::{Connection, params};

use recollect_fts5::{Match, Visits};

use super::Index;
use super::fields::{texts_of, tokens_of};
use super::schema::TEXTS;
use crate::error::Result;
use crate::log::memory::Memory;
use recollect_words::bm25::FIELD_WEIGHTS;
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

const TABLE: &str = "memory_text";

/// Rows that FTS5 gets in one transaction when it is asked.
const AT_ONCE: usize = 8192;

/// The engine of one connection.
#[derive(Debug, Default)]
pub(crate) struct TextIndex {
    pub(super) postings: Postings,
    /// FTS5, once its table is there.
    visits: OnceCell<Visits>,
    /// The last row that FTS5 was given; those behind it wait.
    given: Cell<u32>,
}

impl TextIndex {
    /// Makes FTS5's table, unless it is there: a store without memories opens in less
    /// time.
    pub(super) fn make(&self, database: &Connection) -> Result<()> {
        if self.visits.get().is_none() {
            database.execute_batch(TEXTS)?;
            let _ = self.visits.set(Visits::register(database)?);
        }
        Ok(())
    }

    /// Makes a memory searchable as a row, whose number is above all before it. Gives
    /// how many tokens it has.
    pub(super) fn insert(&mut self, row: u32, memory: &Memory) -> u32 {
        self.postings.add(row, &texts_of(memory))
    }

    /// FTS5 has all rows up to this one.
    pub(super) fn set_given(&self, row: u32) {
        self.given.set(row);
    }

    /// Takes a row out; the memory is as it was put in.
    pub(super) fn remove(
        &mut self,
        database: &Connection,
        row: u32,
        memory: &Memory,
    ) -> Result<()> {
        let tokens = tokens_of(memory);
        self.postings.remove(row, &tokens);
        if row > self.given.get() {
            return Ok(());
        }
        let [title, subtitle, narrative, facts, concepts, files] = tokens;
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
        self.given.set(0);
        if self.visits.get().is_some() {
            database.execute_batch("INSERT INTO memory_text(memory_text) VALUES ('delete-all')")?;
        }
        Ok(())
    }

    /// The words and the rows that hold them.
    pub(crate) fn postings(&self) -> &Postings {
        &self.postings
    }
}

impl Index {
    /// Gives FTS5 at most so many of the rows that it does not have yet; whether
    /// others are left.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement; the rows wait on.
    pub(crate) fn settle(&self, most: usize) -> Result<bool> {
        let mut waiting = self.rows().behind(self.text().given.get()).peekable();
        if waiting.peek().is_none() {
            return Ok(false);
        }
        self.text().make(self.database())?;
        let transaction = self.database().unchecked_transaction()?;
        let mut statement = transaction.prepare_cached(
            "INSERT INTO memory_text (rowid, title, subtitle, narrative, facts, concepts, files)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?;
        let mut last = 0;
        for (number, row) in waiting.by_ref().take(most) {
            last = number;
            let Some(memory) = self.memory_at(number, row.id)? else {
                continue;
            };
            let [title, subtitle, narrative, facts, concepts, files] = tokens_of(&memory);
            statement.execute(params![
                number, title, subtitle, narrative, facts, concepts, files
            ])?;
        }
        drop(statement);
        transaction.commit()?;
        self.text().set_given(last);
        Ok(waiting.next().is_some())
    }

    /// Gives FTS5 all that waits.
    pub(crate) fn settle_all(&self) -> Result<()> {
        while self.settle(AT_ONCE)? {}
        Ok(())
    }

    /// Calls `each` for every row that matches an expression of FTS5, by row number.
    pub(crate) fn visit(&self, expression: &str, each: &mut dyn FnMut(u32)) -> Result<()> {
        self.visit_all(expression, &mut |row, _| each(row))
    }

    /// The rows that match an expression of one phrase, as if that were a word.
    pub(crate) fn phrase(&self, expression: &str) -> Result<List> {
        let mut list = List::default();
        self.visit_all(expression, &mut |row, found| {
            found.positions(0, &mut |column, _| {
                list.add(row, FIELD_WEIGHTS.get(column).copied().unwrap_or(0));
            });
        })?;
        Ok(list)
    }

    fn visit_all(&self, expression: &str, each: &mut dyn FnMut(u32, &Match<'_>)) -> Result<()> {
        self.settle_all()?;
        // No row was ever given to it.
        let Some(visits) = self.text().visits.get() else {
            return Ok(());
        };
        visits.visit(self.database(), TABLE, expression, &mut |found| {
            if let Ok(row) = u32::try_from(found.row()) {
                each(row, found);
            }
        })?;
        Ok(())
    }
}
