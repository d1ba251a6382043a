//! The index: SQLite and FTS5 in memory, derived from records and disposable.
//!
//! Ingestion is commutative and idempotent: any order and any repetition of the
//! same records gives the same index. That is why an edit or a deletion that
//! arrives before the record it is about is kept until the record comes.

mod fields;
mod fold;
mod ingest;
mod read;
mod schema;

use rusqlite::Connection;

pub(crate) use ingest::{Ingested, MEMORY_KINDS};
pub(crate) use read::ListedMemory;
pub(crate) use schema::SCHEMA;

use crate::error::Result;

/// Weight of each indexed field in BM25, in the order of the columns: a word in
/// a title says more than the same word in a story.
pub(crate) const FIELD_WEIGHTS: [f64; 6] = [8.0, 3.0, 2.0, 3.0, 4.0, 3.0];

/// The index over all records that were ingested.
#[derive(Debug)]
pub struct Index {
    database: Connection,
}

impl Index {
    /// An empty index.
    ///
    /// # Errors
    ///
    /// When the engine cannot be opened.
    pub fn new() -> Result<Self> {
        let database = Connection::open_in_memory()?;
        settle(&database)?;
        database.execute_batch(schema::SCHEMA)?;
        Ok(Self { database })
    }

    /// An index from the database of an image.
    pub(crate) fn from_image(database: Connection) -> Result<Self> {
        settle(&database)?;
        database.execute_batch("DROP TABLE segment;")?;
        Ok(Self { database })
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
    database.pragma_update(None, "synchronous", "OFF")?;
    database.pragma_update(None, "journal_mode", "MEMORY")?;
    database.set_prepared_statement_cache_capacity(64);
    Ok(())
}
