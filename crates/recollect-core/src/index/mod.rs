//! The index: SQLite, and what is found in it, in memory, derived from records and disposable.
//!
//! Ingestion is commutative and idempotent: any order and any repetition of the
//! same records gives the same index. That is why an edit or a deletion that
//! arrives before the record it is about is kept until the record comes.
//!
//! Read [`Rows`](rows::Rows) for what is known of every memory, `text` for the
//! full-text engine, then `ingest`.

mod alias;
mod alias_record;
pub(crate) mod catalog;
mod edits;
mod end;
mod facts;
mod fields;
mod fold;
mod ingest;
#[cfg(test)]
mod linear_tests;
pub(crate) mod mark;
pub(crate) mod meaning;
pub(crate) mod names;
pub(crate) mod projects;
mod read;
pub(crate) mod row;
mod row_set;
pub(crate) mod rows;
mod same;
mod schema;
mod sessions;
mod slots;
mod snapshot;
mod tables;
pub(crate) mod text;
mod uses;
mod writer;

use std::cell::RefCell;

use rusqlite::Connection;

pub(crate) use ingest::MEMORY_KINDS;
pub(crate) use row_set::RowSet;
pub(crate) use schema::SCHEMA;
pub(crate) use snapshot::Snapshot;
pub(crate) use writer::Ingested;

use crate::error::Result;
use crate::log::time::UnixMillis;
use crate::log::zone::Zone;
use crate::weigh::salience::{Fading, HalfLives};
use catalog::Catalog;
use meaning::Meaning;
use names::Name;
use projects::Claim;
use rows::Rows;
use text::TextIndex;

/// The index over all records that were ingested.
#[derive(Debug)]
pub struct Index {
    database: Connection,
    rows: Rows,
    text: TextIndex,
    exceptions: Exceptions,
    /// What questions name, as far as it was read.
    catalog: RefCell<Catalog>,
    /// What memories mean, where the host has given the table for it.
    meaning: RefCell<Meaning>,
    /// What was told of places and is in no record that is durable yet.
    told: Vec<Claim>,
    /// How fast memories fade.
    pub(crate) half_lives: HalfLives,
    /// When the user's days begin.
    pub(crate) zone: Zone,
}

/// Which of the rare tables have anything in them, so that the others are not asked.
#[derive(Clone, Copy, Debug, Default)]
struct Exceptions {
    has_dead: bool,
    has_wipes: bool,
    has_edits: bool,
    has_uses: bool,
}

impl Exceptions {
    fn read(database: &Connection) -> Result<Self> {
        let has_rows = |sql| database.prepare(sql)?.exists([]);
        Ok(Self {
            has_dead: has_rows("SELECT 1 FROM dead")?,
            has_wipes: has_rows("SELECT 1 FROM wipe")?,
            has_edits: has_rows("SELECT 1 FROM edit")?,
            has_uses: has_rows("SELECT 1 FROM use_line")?,
        })
    }
}

impl Index {
    /// An empty index.
    ///
    /// # Errors
    ///
    /// When the engine cannot be opened.
    pub fn new() -> Result<Self> {
        let database = Connection::open_in_memory()?;
        // Records of a kilobyte leave less of a large page unused.
        database.pragma_update(None, "page_size", 16_384)?;
        settle(&database)?;
        database.execute_batch(schema::SCHEMA)?;
        Ok(Self {
            text: TextIndex::default(),
            rows: Rows::default(),
            exceptions: Exceptions::default(),
            catalog: RefCell::default(),
            meaning: RefCell::default(),
            told: Vec::new(),
            half_lives: HalfLives::default(),
            zone: Zone::default(),
            database,
        })
    }

    /// An index from the parts of an image; `None` if they cannot be read.
    pub(crate) fn from_image(database: Connection, snapshot: Snapshot) -> Result<Option<Self>> {
        settle(&database)?;
        let mut text = TextIndex::default();
        let meaning = Meaning::read(&snapshot.meaning);
        let (Some(meaning), Some(rows)) = (meaning, snapshot.read(&mut text.postings)) else {
            return Ok(None);
        };
        let mut index = Self {
            exceptions: Exceptions::read(&database)?,
            catalog: RefCell::default(),
            meaning: RefCell::new(meaning),
            told: Vec::new(),
            half_lives: HalfLives::default(),
            zone: Zone::default(),
            rows,
            text,
            database,
        };
        index.regroup()?;
        Ok(Some(index))
    }

    /// What an image holds beside the database.
    pub(crate) fn snapshot(&self) -> Snapshot {
        Snapshot::of(&self.rows, &self.text.postings, &self.meaning.borrow())
    }

    /// How much is left of memories at a moment.
    pub(crate) fn fading(&self, now: UnixMillis) -> Fading {
        Fading::new(now, &self.half_lives)
    }

    /// What is known of every memory.
    pub(crate) fn rows(&self) -> &Rows {
        &self.rows
    }

    /// Sessions whose rows are others than when this was last asked, or all of them.
    pub(crate) fn take_changed_sessions(&mut self, are_all_wanted: bool) -> Vec<Name> {
        let changed = self.rows.take_changed_sessions();
        match are_all_wanted {
            true => self.rows.sessions().collect(),
            false => changed,
        }
    }

    /// The full-text engine.
    pub(crate) fn text(&self) -> &TextIndex {
        &self.text
    }

    /// The connection, for the queries of the retrieval modules.
    pub(crate) fn database(&self) -> &Connection {
        &self.database
    }

    /// The connection, for making an image.
    pub(crate) fn database_mut(&mut self) -> &mut Connection {
        &mut self.database
    }
}

fn settle(database: &Connection) -> Result<()> {
    // Dropped text must not stay in free pages, which a saved image would hold.
    database.pragma_update(None, "secure_delete", "ON")?;
    database.set_prepared_statement_cache_capacity(64);
    Ok(())
}
