//! From rows to memories.

use rusqlite::{OptionalExtension, Row};

use super::Index;
use crate::error::Result;
use crate::id::RecordId;
use crate::memory::Memory;
use crate::project::Project;
use crate::record::{Edit, Record, Target};
use crate::time::{Stamp, UnixMillis};

/// A row of the index: enough to list a memory, and to choose by.
#[derive(Clone, Debug, PartialEq)]
pub struct ListedMemory {
    pub(crate) id: RecordId,
    pub(crate) kind: String,
    pub(crate) memory_type: Option<String>,
    pub(crate) title: String,
    pub(crate) at: UnixMillis,
    pub(crate) project: Project,
    pub(crate) session: Option<String>,
    pub(crate) provenance: String,
    pub(crate) trust: String,
    pub(crate) is_pinned: bool,
    pub(crate) tokens: u32,
    pub(crate) flag: Option<String>,
}

impl ListedMemory {
    /// Columns that [`ListedMemory::read`] expects, of `memory m` and `project p`.
    pub(crate) const COLUMNS: &str = "m.id, m.kind, m.type, m.title, m.at, p.id, p.name, \
                                      m.session, m.src, m.trust, m.is_pinned, m.tokens, m.flag";

    pub(crate) fn read(row: &Row<'_>) -> rusqlite::Result<Self> {
        Ok(Self {
            id: RecordId::from_bytes(row.get(0)?),
            kind: row.get(1)?,
            memory_type: row.get(2)?,
            title: row.get(3)?,
            at: UnixMillis(row.get(4)?),
            project: Project {
                id: row.get(5)?,
                name: row.get(6)?,
            },
            session: row.get(7)?,
            provenance: row.get(8)?,
            trust: row.get(9)?,
            is_pinned: row.get(10)?,
            tokens: row.get(11)?,
            flag: row.get(12)?,
        })
    }
}

impl Index {
    /// The memory of that id, edits applied, or `None` if there is none.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn memory(&self, id: RecordId) -> Result<Option<Memory>> {
        let json: Option<String> = self
            .database()
            .prepare_cached("SELECT record FROM memory WHERE id = ?1")?
            .query_row([id.as_bytes()], |row| row.get(0))
            .optional()?;
        let Some(json) = json else { return Ok(None) };
        let record = Record::from_json(&json).ok();
        let Some(mut memory) = record.as_ref().and_then(Memory::of) else {
            return Ok(None);
        };
        let mut statement = self
            .database()
            .prepare_cached("SELECT record FROM edit WHERE of = ?1 ORDER BY stamp, id")?;
        let rows = statement.query_map([id.as_bytes()], |row| row.get::<_, String>(0))?;
        for json in rows {
            memory.apply(&serde_json::from_str::<Edit>(&json?)?);
        }
        Ok(Some(memory))
    }

    /// What an edit of a memory says of it, or `None` if there is no such memory.
    pub(crate) fn target(&self, id: RecordId) -> Result<Option<Target>> {
        let target: Option<(String, String)> = self
            .database()
            .prepare_cached(
                "SELECT m.stamp, p.id FROM memory m JOIN project p ON p.row = m.project
                 WHERE m.id = ?1",
            )?
            .query_row([id.as_bytes()], |row| Ok((row.get(0)?, row.get(1)?)))
            .optional()?;
        Ok(target.and_then(|(stamp, project)| {
            let h = stamp.parse().ok()?;
            Some(Target { h, project })
        }))
    }

    /// The latest stamp of all that is indexed, and the latest end of a wipe.
    pub(crate) fn newest_stamps(&self) -> Result<(Option<Stamp>, Option<Stamp>)> {
        let newest = |sql| -> Result<Option<Stamp>> {
            let stamp: Option<String> = self.database().query_row(sql, [], |row| row.get(0))?;
            Ok(stamp.and_then(|stamp| stamp.parse().ok()))
        };
        Ok((
            newest(
                "SELECT max(stamp) FROM (SELECT stamp FROM memory UNION ALL SELECT stamp FROM edit
                 UNION ALL SELECT stamp FROM session_end)",
            )?,
            newest("SELECT max(before) FROM wipe")?,
        ))
    }
}
