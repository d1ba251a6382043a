//! From records to rows.

use std::collections::BTreeMap;

use rusqlite::params;

use super::row::StampKey;
use super::tables::{is_dead, stored_record, sum_of, uses_of};
use super::writer::{Ingested, Writer};
use super::{Exceptions, Index, fold};
use crate::error::Result;
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::record::{Body, Kind, Record, SessionEnd, Trust, Uses};

impl Index {
    /// Takes records in, each with its JSON, all or none.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(crate) fn ingest(
        &mut self,
        records: impl IntoIterator<Item = (Record, impl AsRef<str>)>,
    ) -> Result<Ingested> {
        self.change(|writer| {
            for (record, json) in records {
                writer.take(record, json.as_ref())?;
            }
            Ok(())
        })
    }

    /// Carries out a change, all of it or nothing.
    fn change(&mut self, change: impl FnOnce(&mut Writer<'_>) -> Result<()>) -> Result<Ingested> {
        match self.try_change(change) {
            Ok(ingested) => Ok(ingested),
            Err(error) => {
                // The database is as it was; what is kept beside it follows.
                self.rebuild()?;
                Err(error)
            }
        }
    }

    fn try_change(
        &mut self,
        change: impl FnOnce(&mut Writer<'_>) -> Result<()>,
    ) -> Result<Ingested> {
        let ingested = {
            let mut writer = Writer {
                transaction: self.database.transaction()?,
                rows: &mut self.rows,
                text: &mut self.text,
                exceptions: &mut self.exceptions,
                meaning: self.meaning.get_mut(),
                ingested: Ingested::default(),
                touched: BTreeMap::new(),
            };
            change(&mut writer)?;
            writer.settle_edits()?;
            writer.rows.settle();
            writer.transaction.commit()?;
            writer.ingested
        };
        if ingested.has_aliased {
            self.regroup()?;
        }
        Ok(ingested)
    }

    /// Makes rows and texts anew from the records in the database.
    fn rebuild(&mut self) -> Result<()> {
        self.rows.clear();
        self.text.clear();
        self.catalog.take();
        self.meaning.get_mut().clear();
        let mut statement = self
            .database
            .prepare("SELECT row, record FROM memory ORDER BY row")?;
        let mut stored = statement.query([])?;
        let mut records: Vec<(u32, String)> = Vec::new();
        while let Some(row) = stored.next()? {
            records.push((row.get(0)?, row.get(1)?));
        }
        drop(stored);
        drop(statement);
        for (number, json) in records {
            let Ok(record) = Record::from_json(&json) else {
                continue;
            };
            let stamp = StampKey::new(&record.stamp);
            let Some(memory) = Memory::of(record) else {
                continue;
            };
            let content = fold::content(&memory);
            let mut memory = memory;
            if let Some(sum) = sum_of(&self.database, memory.id, memory.trust)? {
                memory.apply(&sum);
            }
            let uses = uses_of(&self.database, memory.id)?;
            let length = self.text.insert(number, &memory);
            let mut row = self.rows.row_of(&memory, stamp, length, uses);
            row.content = content;
            self.rows.insert_at(number, row);
        }
        self.rows.settle();
        self.exceptions = Exceptions::read(&self.database)?;
        self.regroup()
    }

    /// Whether a deletion or a wipe ended what this record says.
    pub(crate) fn is_dead(&self, record: &Record) -> Result<bool> {
        match &record.body {
            Body::Del(_) | Body::Wipe(_) => Ok(false),
            Body::Edit(edit) => self.is_edit_dead(record, edit),
            _ => is_dead(&self.database, record),
        }
    }

    /// Whether that id was ended.
    pub(crate) fn is_dead_id(&self, id: RecordId) -> Result<bool> {
        let is_dead = self
            .database
            .prepare_cached("SELECT 1 FROM dead WHERE id = ?1")?
            .exists([id.as_bytes()])?;
        Ok(is_dead)
    }

    /// Takes note of records of kinds that this version does not know.
    pub(crate) fn note_unknown(&mut self, ids: &[RecordId]) -> Result<()> {
        let mut statement = self
            .database
            .prepare_cached("INSERT OR IGNORE INTO unknown (id) VALUES (?1)")?;
        for id in ids {
            statement.execute([id.as_bytes()])?;
        }
        Ok(())
    }

    /// Whether a wipe ended a line that cannot be read but for its stamp: one of
    /// everything, or of a project whose id stands in the line.
    pub(crate) fn is_wiped(&self, stamp: &Stamp, line: &[u8]) -> Result<bool> {
        let mut statement = self
            .database
            .prepare_cached("SELECT project FROM wipe WHERE before > ?1")?;
        let mut rows = statement.query([stamp.to_string()])?;
        while let Some(row) = rows.next()? {
            let Some(project) = row.get::<_, Option<String>>(0)? else {
                return Ok(true);
            };
            let project = serde_json::to_string(&project)?;
            if line
                .windows(project.len())
                .any(|window| window == project.as_bytes())
            {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether another record with its id is the one that is shown.
    pub(crate) fn is_outdone(&self, record: &Record) -> bool {
        let shown = self.rows.by_id(record.id);
        shown.is_some_and(|row| row.stamp != StampKey::new(&record.stamp))
    }

    /// Whether a record of that id is indexed, or was forgotten.
    pub(crate) fn knows(&self, id: RecordId) -> Result<bool> {
        if self.rows.number(id).is_some() {
            return Ok(true);
        }
        let known = self
            .database
            .prepare_cached(
                "SELECT 1 FROM dead WHERE id = ?1
                 UNION ALL SELECT 1 FROM edit WHERE id = ?1
                 UNION ALL SELECT 1 FROM session_end WHERE id = ?1
                 UNION ALL SELECT 1 FROM alias WHERE id = ?1
                 UNION ALL SELECT 1 FROM use_line WHERE record = ?1
                 UNION ALL SELECT 1 FROM unknown WHERE id = ?1",
            )?
            .exists([id.as_bytes()])?;
        Ok(known)
    }
}

impl Writer<'_> {
    fn take(&mut self, record: Record, json: &str) -> Result<()> {
        match &record.body {
            Body::Del(deletion) => deletion.of.iter().try_for_each(|id| self.end(*id)),
            Body::Wipe(wipe) => self.take_wipe(wipe),
            Body::Edit(edit) => self.take_edit(&record, edit, json),
            Body::SessionEnd(end) => self.take_session_end(&record, end, json),
            Body::Use(batch) => self.take_uses(&record, batch),
            Body::Alias(_) => self.take_alias(&record, json),
            Body::Session(_)
            | Body::Prompt(_)
            | Body::Observation(_)
            | Body::Summary(_)
            | Body::Event(_)
            | Body::Context(_)
            | Body::Fact(_) => self.take_memory(record, json),
        }
    }

    fn take_memory(&mut self, record: Record, json: &str) -> Result<()> {
        if record.origin.is_none() || self.has_ended(&record)? {
            return Ok(());
        }
        let stamp = StampKey::new(&record.stamp);
        let Some(memory) = Memory::of(record) else {
            return Ok(());
        };
        self.settle_edits_of(memory.id)?;
        let shown = self.rows.number(memory.id);
        if let Some(number) = shown {
            // Two windows can learn one commit under one id: the later wins everywhere,
            // and never what is believed less.
            let rank = Some((memory.trust == Trust::High, stamp));
            let row = self.rows.get(number);
            let shown_rank = row.map(|row| (row.trust == Trust::High, row.stamp));
            if shown_rank > rank
                || shown_rank == rank
                    && self
                        .record(number)?
                        .is_some_and(|shown| shown.as_str() >= json)
            {
                return Ok(());
            }
            self.remove(memory.id)?;
        }
        self.insert(memory, stamp, json)?;
        self.ingested.added += usize::from(shown.is_none());
        Ok(())
    }

    /// Whether the record was ended before it arrived; then it is dead by its id
    /// too, so that its edits end with it.
    pub(super) fn has_ended(&mut self, record: &Record) -> Result<bool> {
        let can_be = self.exceptions.has_dead || self.exceptions.has_wipes;
        if !can_be || !is_dead(&self.transaction, record)? {
            return Ok(false);
        }
        self.ingested.met_dead = true;
        self.end(record.id)?;
        Ok(true)
    }

    /// The stored JSON of a row.
    pub(super) fn record(&self, number: u32) -> Result<Option<String>> {
        stored_record(&self.transaction, number)
    }

    pub(super) fn insert(&mut self, memory: Memory, stamp: StampKey, json: &str) -> Result<()> {
        let content = fold::content(&memory);
        let mut memory = memory;
        if let Some(sum) = self.sum_of(memory.id, memory.trust)? {
            memory.apply(&sum);
        }
        let number = self.rows.next_number();
        self.transaction
            .prepare_cached("INSERT INTO memory (row, record) VALUES (?1, ?2)")?
            .execute(params![number, json])?;
        let uses = match self.exceptions.has_uses {
            true => uses_of(&self.transaction, memory.id)?,
            false => Uses::default(),
        };
        let length = self.text.insert(number, &memory);
        let mut row = self.rows.row_of(&memory, stamp, length, uses);
        row.content = content;
        self.rows.insert_at(number, row);
        Ok(())
    }

    /// Takes the row of a memory out, and its text from full-text search.
    pub(super) fn remove(&mut self, id: RecordId) -> Result<()> {
        let Some(number) = self.rows.number(id) else {
            return Ok(());
        };
        let record = self.record(number)?;
        let record = record.and_then(|json| Record::from_json(&json).ok());
        if let Some(mut memory) = record.and_then(Memory::of) {
            if let Some(sum) = self.indexed_sum(id, memory.trust)? {
                memory.apply(&sum);
            }
            self.text.remove(number, &memory);
        }
        self.transaction
            .prepare_cached("DELETE FROM memory WHERE row = ?1")?
            .execute([number])?;
        self.rows.remove(id);
        self.meaning.remove(number);
        Ok(())
    }

    fn take_session_end(&mut self, record: &Record, end: &SessionEnd, json: &str) -> Result<()> {
        if self.has_ended(record)? {
            return Ok(());
        }
        let trust = record.origin.as_ref().map(|origin| origin.trust);
        // Of two records with one id the same one counts in every window.
        self.transaction
            .prepare_cached(
                "INSERT INTO session_end (id, session, project, is_high, at, stamp, record)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)
                 ON CONFLICT (id) DO UPDATE SET session = excluded.session,
                     project = excluded.project, is_high = excluded.is_high,
                     at = excluded.at, stamp = excluded.stamp, record = excluded.record
                 WHERE (excluded.is_high, excluded.stamp, excluded.record)
                     > (is_high, stamp, record)",
            )?
            .execute(params![
                record.id.as_bytes(),
                end.session,
                record.origin.as_ref().map(|origin| &origin.project.id),
                trust != Some(Trust::Low),
                record.at.0,
                record.stamp.to_string(),
                json,
            ])?;
        Ok(())
    }
}

/// Kinds that count as memories: what a person or an assistant can recall.
pub(crate) const MEMORY_KINDS: [Kind; 5] = [
    Kind::Observation,
    Kind::Summary,
    Kind::Prompt,
    Kind::Event,
    Kind::Fact,
];
