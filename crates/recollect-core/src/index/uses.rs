//! Uses of memories, from use records to the rows they are about.
//!
//! Sums and maxima over lines that each count once: any order of records gives
//! the same, and a line that comes before its memory waits for it.

use rusqlite::params;

use super::Index;
use super::tables::uses_of;
use super::writer::Writer;
use crate::error::Result;
use crate::log::id::RecordId;
use crate::log::record::{Record, UseBatch, Uses};

impl Index {
    /// All uses of a memory.
    pub(crate) fn uses(&self, id: RecordId) -> Result<Uses> {
        uses_of(&self.database, id)
    }
}

impl Writer<'_> {
    pub(super) fn take_uses(&mut self, record: &Record, batch: &UseBatch) -> Result<()> {
        if self.has_ended(record)? {
            return Ok(());
        }
        self.exceptions.has_uses = true;
        for one in &batch.uses {
            let inserted = self
                .transaction
                .prepare_cached(
                    "INSERT OR IGNORE INTO use_line (record, of, stamp, recalled, reinforced, at)
                     SELECT ?1, ?2, ?3, ?4, ?5, ?6
                     WHERE NOT EXISTS (SELECT 1 FROM dead WHERE id = ?2)",
                )?
                .execute(params![
                    record.id.as_bytes(),
                    one.of.as_bytes(),
                    record.stamp.to_string(),
                    one.recalled,
                    one.reinforced,
                    one.at.0,
                ])?;
            if inserted > 0 && self.rows.number(one.of).is_some() {
                let uses = uses_of(&self.transaction, one.of)?;
                self.rows.set_uses(one.of, uses);
            }
        }
        Ok(())
    }

    /// Ends the uses of a memory, or those that a record tells of.
    pub(super) fn end_uses(&mut self, id: RecordId) -> Result<()> {
        if !self.exceptions.has_uses {
            return Ok(());
        }
        self.transaction
            .prepare_cached("DELETE FROM use_line WHERE of = ?1")?
            .execute([id.as_bytes()])?;
        let record = params![id.as_bytes()];
        let told = self.ids("SELECT of FROM use_line WHERE record = ?1", record)?;
        self.transaction
            .prepare_cached("DELETE FROM use_line WHERE record = ?1")?
            .execute(record)?;
        for of in told {
            let uses = uses_of(&self.transaction, of)?;
            self.rows.set_uses(of, uses);
        }
        Ok(())
    }
}
