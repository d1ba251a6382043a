//! From rows to memories.

use serde_json::{Map, Value};

use super::Index;
use super::tables::{edit_lines, stored_record, sum_of};
use crate::error::Result;
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::record::{Body, Origin, Target, Trust};

impl Index {
    /// The memory of that id, edits applied, or `None` if there is none, or none that
    /// still holds.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn memory(&self, id: RecordId) -> Result<Option<Memory>> {
        match self.rows.number(id) {
            Some(number) if !self.rows.is_over(number) => self.memory_at(number, id),
            _ => Ok(None),
        }
    }

    /// The memory of a row.
    pub(crate) fn memory_at(&self, number: u32, id: RecordId) -> Result<Option<Memory>> {
        let rows = &self.rows;
        let (Some(row), Some(json)) = (rows.get(number), self.record_at(number)?) else {
            return Ok(None);
        };
        // What the row knows of the record is not read again.
        let Ok(body) = Body::of_memory(row.kind, &json) else {
            return Ok(None);
        };
        let Some(project) = rows.project(row.project).cloned() else {
            return Ok(None);
        };
        let origin = Origin {
            project,
            provenance: row.provenance,
            trust: row.trust,
            flag: row.flag,
            session: rows.session(row).map(str::to_owned),
            workspace: None,
        };
        let mut memory = Memory::new(row.id, row.at, origin, Some(row.sectors), body);
        if self.exceptions.has_edits
            && let Some(sum) = sum_of(&self.database, id, row.trust)?
        {
            memory.apply(&sum);
        }
        Ok(Some(memory))
    }

    /// The JSON of a row, as stored.
    pub(crate) fn record_at(&self, number: u32) -> Result<Option<String>> {
        stored_record(&self.database, number)
    }

    /// Calls `each` with the JSON of these rows, in their order.
    ///
    /// Rows that were written one after the other are read in one go, which takes
    /// half as long as one by one.
    pub(crate) fn each_record(
        &self,
        numbers: &[u32],
        each: &mut dyn FnMut(u32, &str),
    ) -> Result<()> {
        let mut statement = self
            .database
            .prepare_cached("SELECT row, record FROM memory WHERE row BETWEEN ?1 AND ?2")?;
        for run in numbers.chunk_by(|one, next| one + 1 == *next) {
            let mut stored = statement.query([run[0], run[run.len() - 1]])?;
            while let Some(row) = stored.next()? {
                each(row.get(0)?, row.get_ref(1)?.as_str().unwrap_or(""));
            }
        }
        Ok(())
    }

    /// All that the edits say that count for a memory of this trust, in their order.
    pub(crate) fn edit_fields(
        &self,
        id: RecordId,
        trust: Trust,
    ) -> Result<Vec<Map<String, Value>>> {
        let mut edits = Vec::new();
        if self.exceptions.has_edits {
            for json in edit_lines(&self.database, id, trust)? {
                edits.push(serde_json::from_str(&json)?);
            }
        }
        Ok(edits)
    }

    /// Whether somebody, or a model, has given a memory other words.
    pub(crate) fn has_other_words(&self, id: RecordId, trust: Trust) -> Result<bool> {
        if !self.exceptions.has_edits {
            return Ok(false);
        }
        let sum = sum_of(&self.database, id, trust)?;
        Ok(sum.is_some_and(|sum| sum.changes_words()))
    }

    /// What an edit of a memory says of it, or `None` if there is no such memory.
    pub(crate) fn target(&self, id: RecordId) -> Option<Target> {
        let row = self.rows.by_id(id)?;
        Some(Target {
            h: row.stamp.stamp(),
            project: self.rows.own_project(row)?.id.clone(),
        })
    }

    /// The latest stamp of all that is indexed, and the latest end of a wipe.
    pub(crate) fn newest_stamps(&self) -> Result<(Option<Stamp>, Option<Stamp>)> {
        let newest = |sql| -> Result<Option<Stamp>> {
            let stamp: Option<String> = self.database.query_row(sql, [], |row| row.get(0))?;
            Ok(stamp.and_then(|stamp| stamp.parse().ok()))
        };
        let of_rows = self.rows.iter().map(|(_, row)| row.stamp).max();
        let others = newest(
            "SELECT max(stamp) FROM (SELECT stamp FROM edit
             UNION ALL SELECT stamp FROM session_end
             UNION ALL SELECT stamp FROM alias
             UNION ALL SELECT stamp FROM use_line)",
        )?;
        Ok((
            of_rows.map(|stamp| stamp.stamp()).max(others),
            newest("SELECT max(before) FROM wipe")?,
        ))
    }
}
