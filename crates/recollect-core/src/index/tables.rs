//! What the tables say of one memory, one row or one record.

use rusqlite::{Connection, OptionalExtension, params};

use crate::error::Result;
use crate::log::id::RecordId;
use crate::log::record::{Body, Edit, Kind, Record, Trust, Uses};
use crate::log::time::UnixMillis;

/// The JSON of a row, as stored.
pub(super) fn stored_record(database: &Connection, number: u32) -> Result<Option<String>> {
    let record = database
        .prepare_cached("SELECT record FROM memory WHERE row = ?1")?
        .query_row([number], |row| row.get(0))
        .optional()?;
    Ok(record)
}

/// Whether a deletion or a wipe ended this record before it arrived.
pub(super) fn is_dead(database: &Connection, record: &Record) -> Result<bool> {
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
pub(super) fn is_edit_dead(database: &Connection, record: &Record, edit: &Edit) -> Result<bool> {
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

/// What the edits of a memory of this trust come to, if it has any that count.
pub(super) fn sum_of(database: &Connection, of: RecordId, trust: Trust) -> Result<Option<Edit>> {
    match trust {
        Trust::High => exact_sum(database, of, Trust::High),
        Trust::Low => match exact_sum(database, of, Trust::Low)? {
            Some(sum) => Ok(Some(sum)),
            None => exact_sum(database, of, Trust::High),
        },
    }
}

pub(super) fn exact_sum(database: &Connection, of: RecordId, trust: Trust) -> Result<Option<Edit>> {
    let json: Option<String> = database
        .prepare_cached("SELECT sum FROM edited WHERE of = ?1 AND is_of_low = ?2")?
        .query_row(params![of.as_bytes(), trust == Trust::Low], |row| {
            row.get(0)
        })
        .optional()?;
    let Some(json) = json else {
        return Ok(None);
    };
    match Body::from_json(Kind::Edit, &json)? {
        Body::Edit(edit) => Ok(Some(edit)),
        _ => Ok(None),
    }
}

pub(super) fn put_sum(database: &Connection, of: RecordId, trust: Trust, sum: Edit) -> Result<()> {
    let json = Body::Edit(sum).to_json()?;
    database
        .prepare_cached("INSERT OR REPLACE INTO edited (of, is_of_low, sum) VALUES (?1, ?2, ?3)")?
        .execute(params![of.as_bytes(), trust == Trust::Low, json])?;
    Ok(())
}

/// The JSON of the edits that count for a memory of this trust, in the order in which
/// they do.
pub(super) fn edit_lines(database: &Connection, id: RecordId, trust: Trust) -> Result<Vec<String>> {
    let mut statement = database.prepare_cached(
        "SELECT record FROM edit WHERE of = ?1 AND is_high >= ?2 ORDER BY is_high, stamp, id",
    )?;
    let least = trust == Trust::High;
    let rows = statement.query_map(params![id.as_bytes(), least], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// All uses of a memory.
pub(super) fn uses_of(database: &Connection, id: RecordId) -> Result<Uses> {
    let (recalled, reinforced, last): (i64, i64, Option<i64>) = database
        .prepare_cached(
            "SELECT total(recalled), total(reinforced), max(at) FROM use_line WHERE of = ?1",
        )?
        .query_row([id.as_bytes()], |row| {
            let count = |column| row.get::<_, f64>(column).map(|count| count as i64);
            Ok((count(0)?, count(1)?, row.get(2)?))
        })?;
    let count = |count: i64| u32::try_from(count).unwrap_or(u32::MAX);
    Ok(Uses {
        recalled: count(recalled),
        reinforced: count(reinforced),
        last: last.map(UnixMillis),
    })
}
