//! From records to rows.

use rusqlite::{OptionalExtension, Transaction, params};

use super::Index;
use super::fields::fields;
use crate::error::Result;
use crate::id::RecordId;
use crate::memory::Memory;
use crate::project::Project;
use crate::record::{Body, Edit, Kind, Record, SessionEnd, Wipe};

impl Index {
    /// Takes records in, all or none; gives the number of rows that are new.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn ingest(&mut self, records: &[Record]) -> Result<usize> {
        let transaction = self.database.transaction()?;
        let mut added = 0;
        for record in records {
            added += usize::from(take(&transaction, record)?);
        }
        transaction.commit()?;
        Ok(added)
    }

    /// Whether a record of that id is indexed, or was forgotten.
    pub(crate) fn knows(&self, id: RecordId) -> Result<bool> {
        let known = self
            .database
            .prepare_cached(
                "SELECT 1 FROM memory WHERE id = ?1 UNION ALL SELECT 1 FROM dead WHERE id = ?1",
            )?
            .exists([id.as_bytes()])?;
        Ok(known)
    }
}

fn take(transaction: &Transaction<'_>, record: &Record) -> Result<bool> {
    match &record.body {
        Body::Del(deletion) => {
            for id in &deletion.of {
                kill(transaction, *id)?;
            }
            Ok(false)
        }
        Body::Wipe(wipe) => {
            take_wipe(transaction, wipe)?;
            Ok(false)
        }
        Body::Edit(edit) => {
            take_edit(transaction, record, edit)?;
            Ok(false)
        }
        Body::SessionEnd(end) => {
            take_session_end(transaction, record, end)?;
            Ok(false)
        }
        Body::Session(_)
        | Body::Prompt(_)
        | Body::Observation(_)
        | Body::Summary(_)
        | Body::Event(_)
        | Body::Context(_)
        | Body::Fact(_) => take_memory(transaction, record),
    }
}

fn take_memory(transaction: &Transaction<'_>, record: &Record) -> Result<bool> {
    let Some(memory) = Memory::of(record) else {
        return Ok(false);
    };
    if is_dead(transaction, record, &memory.project)? {
        return Ok(false);
    }
    let json = record.to_json()?;
    let stamp = record.stamp.to_string();
    let stored: Option<(String, String)> = transaction
        .prepare_cached("SELECT stamp, record FROM memory WHERE id = ?1")?
        .query_row([record.id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let is_new = stored.is_none();
    if let Some((stored_stamp, stored_json)) = stored {
        // Two windows can learn one commit under one id: the later wins everywhere.
        if (stored_stamp.as_str(), stored_json.as_str()) >= (stamp.as_str(), json.as_str()) {
            return Ok(false);
        }
        remove_row(transaction, record.id)?;
    }
    let edits = edits_of(transaction, record.id)?;
    insert_row(transaction, edited(memory, &edits), &stamp, &json)?;
    Ok(is_new)
}

/// Whether a deletion or a wipe ended this record before it arrived.
fn is_dead(transaction: &Transaction<'_>, record: &Record, project: &Project) -> Result<bool> {
    let is_dead = transaction
        .prepare_cached(
            "SELECT 1 FROM dead WHERE id = ?1
             UNION ALL
             SELECT 1 FROM wipe WHERE before > ?2 AND (project IS NULL OR project = ?3)",
        )?
        .exists(params![
            record.id.as_bytes(),
            record.stamp.to_string(),
            project.id
        ])?;
    Ok(is_dead)
}

fn edited(mut memory: Memory, edits: &[Edit]) -> Memory {
    for edit in edits {
        memory.apply(edit);
    }
    memory
}

/// The edits of a memory, oldest first.
fn edits_of(transaction: &Transaction<'_>, id: RecordId) -> Result<Vec<Edit>> {
    let mut statement =
        transaction.prepare_cached("SELECT record FROM edit WHERE of = ?1 ORDER BY stamp, id")?;
    let rows = statement.query_map([id.as_bytes()], |row| row.get::<_, String>(0))?;
    let mut edits = Vec::new();
    for json in rows {
        edits.push(serde_json::from_str(&json?)?);
    }
    Ok(edits)
}

fn insert_row(
    transaction: &Transaction<'_>,
    memory: Memory,
    stamp: &str,
    json: &str,
) -> Result<()> {
    transaction
        .prepare_cached(
            "INSERT INTO project (id, name) VALUES (?1, ?2)
             ON CONFLICT (id) DO UPDATE SET name = excluded.name
             WHERE name <> excluded.name AND NOT EXISTS
                 (SELECT 1 FROM memory WHERE project = project.row AND stamp > ?3)",
        )?
        .execute(params![memory.project.id, memory.project.name, stamp])?;
    transaction
        .prepare_cached(
            "INSERT INTO memory (id, kind, type, title, at, project, session, src, trust,
                                 is_pinned, is_archived, tokens, stamp, record)
             VALUES (?1, ?2, ?3, ?4, ?5, (SELECT row FROM project WHERE id = ?6), ?7, ?8, ?9,
                     ?10, ?11, ?12, ?13, ?14)",
        )?
        .execute(params![
            memory.id.as_bytes(),
            memory.kind.as_str(),
            memory.memory_type,
            memory.title,
            memory.at.0,
            memory.project.id,
            memory.session,
            memory.provenance.as_str(),
            memory.trust.as_str(),
            memory.is_pinned,
            memory.is_archived,
            memory.tokens(),
            stamp,
            json,
        ])?;
    let row = transaction.last_insert_rowid();
    let [title, subtitle, narrative, facts, concepts, files] = fields(&memory);
    transaction
        .prepare_cached(
            "INSERT INTO memory_text (rowid, title, subtitle, narrative, facts, concepts, files)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        )?
        .execute(params![
            row, title, subtitle, narrative, facts, concepts, files
        ])?;
    Ok(())
}

/// Removes the row of a memory, and its text from the full-text index.
fn remove_row(transaction: &Transaction<'_>, id: RecordId) -> Result<()> {
    let stored: Option<(i64, String)> = transaction
        .prepare_cached("SELECT row, record FROM memory WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    let Some((row, json)) = stored else {
        return Ok(());
    };
    let record = Record::from_json(&json).ok();
    if let Some(memory) = record.as_ref().and_then(Memory::of) {
        let memory = edited(memory, &edits_of(transaction, id)?);
        let [title, subtitle, narrative, facts, concepts, files] = fields(&memory);
        transaction
            .prepare_cached(
                "INSERT INTO memory_text
                     (memory_text, rowid, title, subtitle, narrative, facts, concepts, files)
                 VALUES ('delete', ?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            )?
            .execute(params![
                row, title, subtitle, narrative, facts, concepts, files
            ])?;
    }
    transaction
        .prepare_cached("DELETE FROM memory WHERE row = ?1")?
        .execute([row])?;
    Ok(())
}

fn kill(transaction: &Transaction<'_>, id: RecordId) -> Result<()> {
    remove_row(transaction, id)?;
    transaction
        .prepare_cached("DELETE FROM edit WHERE of = ?1")?
        .execute([id.as_bytes()])?;
    transaction
        .prepare_cached("INSERT OR IGNORE INTO dead (id) VALUES (?1)")?
        .execute([id.as_bytes()])?;
    Ok(())
}

fn take_wipe(transaction: &Transaction<'_>, wipe: &Wipe) -> Result<()> {
    let before = wipe.before.to_string();
    transaction
        .prepare_cached("INSERT OR IGNORE INTO wipe (project, before) VALUES (?1, ?2)")?
        .execute(params![wipe.project, before])?;
    let mut statement = transaction.prepare_cached(
        "SELECT id FROM memory WHERE stamp < ?1
         AND (?2 IS NULL OR project = (SELECT row FROM project WHERE id = ?2))",
    )?;
    let ids: Vec<[u8; 16]> = statement
        .query_map(params![before, wipe.project], |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    for id in ids {
        remove_row(transaction, RecordId::from_bytes(id))?;
    }
    Ok(())
}

fn take_edit(transaction: &Transaction<'_>, record: &Record, edit: &Edit) -> Result<()> {
    let is_dead = transaction
        .prepare_cached("SELECT 1 FROM dead WHERE id = ?1 OR id = ?2")?
        .exists([edit.of.as_bytes(), record.id.as_bytes()])?;
    if is_dead {
        return Ok(());
    }
    let stored: Option<(String, String)> = transaction
        .prepare_cached("SELECT stamp, record FROM memory WHERE id = ?1")?
        .query_row([edit.of.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    // The row goes while its text can still be made as it was indexed.
    remove_row(transaction, edit.of)?;
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO edit (id, of, stamp, record) VALUES (?1, ?2, ?3, ?4)",
        )?
        .execute(params![
            record.id.as_bytes(),
            edit.of.as_bytes(),
            record.stamp.to_string(),
            record.to_json()?,
        ])?;
    let Some((stamp, json)) = stored else {
        return Ok(());
    };
    let original = Record::from_json(&json).ok();
    if let Some(memory) = original.as_ref().and_then(Memory::of) {
        let memory = edited(memory, &edits_of(transaction, edit.of)?);
        insert_row(transaction, memory, &stamp, &json)?;
    }
    Ok(())
}

fn take_session_end(
    transaction: &Transaction<'_>,
    record: &Record,
    end: &SessionEnd,
) -> Result<()> {
    // A session that went on in another window ends when the last of them does.
    transaction
        .prepare_cached(
            "INSERT INTO session_end (session, at, id) VALUES (?1, ?2, ?3)
             ON CONFLICT (session) DO UPDATE SET at = excluded.at, id = excluded.id
             WHERE (excluded.at, excluded.id) > (at, id)",
        )?
        .execute(params![end.session, record.at.0, record.id.as_bytes()])?;
    Ok(())
}

/// Kinds that count as memories: what a person or an assistant can recall.
pub(crate) const MEMORY_KINDS: [Kind; 5] = [
    Kind::Observation,
    Kind::Summary,
    Kind::Prompt,
    Kind::Event,
    Kind::Fact,
];
