//! From records to rows.

use rusqlite::{Connection, OptionalExtension, Transaction, params};

use super::Index;
use super::fields::fields;
use super::fold;
use crate::error::Result;
use crate::id::RecordId;
use crate::memory::Memory;
use crate::record::{Body, Edit, Flag, Kind, Record, SessionEnd, Wipe};
use crate::time::Stamp;

/// What a list of records did to the index.
#[derive(Debug, Default)]
pub(crate) struct Ingested {
    /// Memories that were not there before.
    pub(crate) added: usize,
    /// Ids that these records ended.
    pub(crate) killed: Vec<RecordId>,
    /// Whether one of the records had been ended before it arrived.
    pub(crate) met_dead: bool,
    /// Whether a wipe was among these records that was not known before.
    pub(crate) has_wiped: bool,
}

impl Index {
    /// Takes records in, all or none.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub(crate) fn ingest(&mut self, records: &[Record]) -> Result<Ingested> {
        let transaction = self.database.transaction()?;
        let mut ingested = Ingested::default();
        for record in records {
            take(&transaction, record, &mut ingested)?;
        }
        transaction.commit()?;
        Ok(ingested)
    }

    /// Whether a deletion or a wipe ended what this record says.
    pub(crate) fn is_dead(&self, record: &Record) -> Result<bool> {
        match &record.body {
            Body::Del(_) | Body::Wipe(_) => Ok(false),
            Body::Edit(edit) => is_edit_dead(&self.database, record, edit),
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
    pub(crate) fn is_outdone(&self, record: &Record) -> Result<bool> {
        let is_outdone = self
            .database
            .prepare_cached("SELECT 1 FROM memory WHERE id = ?1 AND stamp <> ?2")?
            .exists(params![record.id.as_bytes(), record.stamp.to_string()])?;
        Ok(is_outdone)
    }

    /// Whether a record of that id is indexed, or was forgotten.
    pub(crate) fn knows(&self, id: RecordId) -> Result<bool> {
        let known = self
            .database
            .prepare_cached(
                "SELECT 1 FROM memory WHERE id = ?1 UNION ALL SELECT 1 FROM dead WHERE id = ?1
                 UNION ALL SELECT 1 FROM edit WHERE id = ?1
                 UNION ALL SELECT 1 FROM session_end WHERE id = ?1
                 UNION ALL SELECT 1 FROM unknown WHERE id = ?1",
            )?
            .exists([id.as_bytes()])?;
        Ok(known)
    }
}

fn take(transaction: &Transaction<'_>, record: &Record, ingested: &mut Ingested) -> Result<()> {
    match &record.body {
        Body::Del(deletion) => {
            for id in &deletion.of {
                if kill(transaction, *id)? {
                    ingested.killed.push(*id);
                }
            }
            Ok(())
        }
        Body::Wipe(wipe) => take_wipe(transaction, wipe, ingested),
        Body::Edit(edit) => take_edit(transaction, record, edit, ingested),
        Body::SessionEnd(end) => take_session_end(transaction, record, end, ingested),
        Body::Session(_)
        | Body::Prompt(_)
        | Body::Observation(_)
        | Body::Summary(_)
        | Body::Event(_)
        | Body::Context(_)
        | Body::Fact(_) => take_memory(transaction, record, ingested),
    }
}

fn take_memory(
    transaction: &Transaction<'_>,
    record: &Record,
    ingested: &mut Ingested,
) -> Result<()> {
    let Some(memory) = Memory::of(record) else {
        return Ok(());
    };
    if is_dead(transaction, record)? {
        ingested.met_dead = true;
        // What a wipe ended is dead by its id too, so that its edits end with it.
        if kill(transaction, record.id)? {
            ingested.killed.push(record.id);
        }
        return Ok(());
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
            return Ok(());
        }
        remove_row(transaction, record.id)?;
    }
    let edits = edits_of(transaction, record.id)?;
    let content = fold::content(&memory);
    insert_row(transaction, edited(memory, &edits), content, &stamp, &json)?;
    ingested.added += usize::from(is_new);
    Ok(())
}

/// Whether a deletion or a wipe ended this record before it arrived.
fn is_dead(database: &Connection, record: &Record) -> Result<bool> {
    let project = record.origin.as_ref().map(|origin| &origin.project.id);
    let is_dead = database
        .prepare_cached(
            "SELECT 1 FROM dead WHERE id = ?1
             UNION ALL
             SELECT 1 FROM wipe WHERE before > ?2 AND (project IS NULL OR project = ?3)",
        )?
        .exists(params![
            record.id.as_bytes(),
            record.stamp.to_string(),
            project
        ])?;
    Ok(is_dead)
}

/// Whether an edit was ended before it arrived, by itself or with its memory.
fn is_edit_dead(database: &Connection, record: &Record, edit: &Edit) -> Result<bool> {
    let target = edit.target.as_ref();
    let is_dead_with_memory = database
        .prepare_cached(
            "SELECT 1 FROM dead WHERE id = ?1
             UNION ALL
             SELECT 1 FROM wipe WHERE before > ?2 AND (project IS NULL OR project = ?3)",
        )?
        .exists(params![
            edit.of.as_bytes(),
            target.map(|target| target.h.to_string()),
            target.map(|target| &target.project),
        ])?;
    Ok(is_dead_with_memory || is_dead(database, record)?)
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
    content: Option<[u8; 16]>,
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
                                 is_pinned, is_archived, tokens, stamp, record, content,
                                 is_folded, flag)
             VALUES (?1, ?2, ?3, ?4, ?5, (SELECT row FROM project WHERE id = ?6), ?7, ?8, ?9,
                     ?10, ?11, ?12, ?13, ?14, ?15, 0, ?16)",
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
            content,
            memory.flag.map(Flag::as_str),
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
    fold::fold(transaction, content, &memory.project.id)
}

/// Removes the row of a memory, and its text from the full-text index.
fn remove_row(transaction: &Transaction<'_>, id: RecordId) -> Result<()> {
    type Stored = (i64, String, Option<[u8; 16]>, String);
    let stored: Option<Stored> = transaction
        .prepare_cached(
            "SELECT m.row, m.record, m.content, p.id
             FROM memory m JOIN project p ON p.row = m.project WHERE m.id = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?))
        })
        .optional()?;
    let Some((row, json, content, project)) = stored else {
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
    fold::fold(transaction, content, &project)
}

/// Ends an id for good; whether it was alive, or not heard of, until now.
fn kill(transaction: &Transaction<'_>, id: RecordId) -> Result<bool> {
    remove_row(transaction, id)?;
    transaction
        .prepare_cached("DELETE FROM edit WHERE of = ?1")?
        .execute([id.as_bytes()])?;
    transaction
        .prepare_cached("DELETE FROM session_end WHERE id = ?1")?
        .execute([id.as_bytes()])?;
    let inserted = transaction
        .prepare_cached("INSERT OR IGNORE INTO dead (id) VALUES (?1)")?
        .execute([id.as_bytes()])?;
    Ok(inserted > 0)
}

fn take_wipe(transaction: &Transaction<'_>, wipe: &Wipe, ingested: &mut Ingested) -> Result<()> {
    let before = wipe.before.to_string();
    let is_known = transaction
        .prepare_cached("SELECT 1 FROM wipe WHERE project IS ?1 AND before = ?2")?
        .exists(params![wipe.project, before])?;
    if is_known {
        return Ok(());
    }
    transaction
        .prepare_cached("INSERT INTO wipe (project, before) VALUES (?1, ?2)")?
        .execute(params![wipe.project, before])?;
    ingested.has_wiped = true;
    let ids = ids(
        transaction,
        "SELECT id FROM memory WHERE stamp < ?1
         AND (?2 IS NULL OR project = (SELECT row FROM project WHERE id = ?2))
         UNION ALL
         SELECT id FROM session_end WHERE stamp < ?1 AND (?2 IS NULL OR project = ?2)
         UNION ALL
         -- Of memories that this process never saw, or no longer can.
         SELECT of FROM edit WHERE of_stamp < ?1 AND (?2 IS NULL OR of_project = ?2)",
        params![before, wipe.project],
    )?;
    for id in ids {
        if kill(transaction, id)? {
            ingested.killed.push(id);
        }
    }
    if wipe.project.is_none() {
        drop_edits(transaction, &before, ingested)?;
    }
    Ok(())
}

/// Takes back edits that a wipe of everything ended, though what they changed
/// lives on: only clocks that disagree by more than a day bring that about.
fn drop_edits(transaction: &Transaction<'_>, before: &str, ingested: &mut Ingested) -> Result<()> {
    let edited = ids(
        transaction,
        "SELECT DISTINCT of FROM edit WHERE stamp < ?1",
        params![before],
    )?;
    for of in edited {
        let edits = ids(
            transaction,
            "SELECT id FROM edit WHERE stamp < ?1 AND of = ?2",
            params![before, of.as_bytes()],
        )?;
        reindexed(transaction, of, |transaction| {
            transaction
                .prepare_cached("DELETE FROM edit WHERE stamp < ?1 AND of = ?2")?
                .execute(params![before, of.as_bytes()])?;
            Ok(())
        })?;
        for id in edits {
            if kill(transaction, id)? {
                ingested.killed.push(id);
            }
        }
    }
    Ok(())
}

fn ids(
    transaction: &Transaction<'_>,
    sql: &str,
    values: impl rusqlite::Params,
) -> Result<Vec<RecordId>> {
    let mut statement = transaction.prepare_cached(sql)?;
    let ids = statement
        .query_map(values, |row| row.get(0).map(RecordId::from_bytes))?
        .collect::<rusqlite::Result<_>>()?;
    Ok(ids)
}

fn take_edit(
    transaction: &Transaction<'_>,
    record: &Record,
    edit: &Edit,
    ingested: &mut Ingested,
) -> Result<()> {
    if is_edit_dead(transaction, record, edit)? {
        ingested.met_dead = true;
        return Ok(());
    }
    let json = record.to_json()?;
    reindexed(transaction, edit.of, |transaction| {
        transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO edit (id, of, stamp, record, of_stamp, of_project)
                 VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            )?
            .execute(params![
                record.id.as_bytes(),
                edit.of.as_bytes(),
                record.stamp.to_string(),
                json,
                edit.target.as_ref().map(|target| target.h.to_string()),
                edit.target.as_ref().map(|target| &target.project),
            ])?;
        Ok(())
    })
}

/// Carries out a change of the edits of a memory, with its row out of the way:
/// the row goes while its text can still be made as it was indexed.
fn reindexed(
    transaction: &Transaction<'_>,
    id: RecordId,
    change: impl FnOnce(&Transaction<'_>) -> Result<()>,
) -> Result<()> {
    let stored: Option<(String, String)> = transaction
        .prepare_cached("SELECT stamp, record FROM memory WHERE id = ?1")?
        .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
        .optional()?;
    remove_row(transaction, id)?;
    change(transaction)?;
    let Some((stamp, json)) = stored else {
        return Ok(());
    };
    let original = Record::from_json(&json).ok();
    if let Some(memory) = original.as_ref().and_then(Memory::of) {
        let content = fold::content(&memory);
        let memory = edited(memory, &edits_of(transaction, id)?);
        insert_row(transaction, memory, content, &stamp, &json)?;
    }
    Ok(())
}

fn take_session_end(
    transaction: &Transaction<'_>,
    record: &Record,
    end: &SessionEnd,
    ingested: &mut Ingested,
) -> Result<()> {
    if is_dead(transaction, record)? {
        ingested.met_dead = true;
        if kill(transaction, record.id)? {
            ingested.killed.push(record.id);
        }
        return Ok(());
    }
    transaction
        .prepare_cached(
            "INSERT OR IGNORE INTO session_end (id, session, project, at, stamp, record)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
        )?
        .execute(params![
            record.id.as_bytes(),
            end.session,
            record.origin.as_ref().map(|origin| &origin.project.id),
            record.at.0,
            record.stamp.to_string(),
            record.to_json()?,
        ])?;
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
