//! The end of records: deletions by id, and wipes.

use rusqlite::params;

use super::row::StampKey;
use super::writer::Writer;
use crate::error::Result;
use crate::log::id::RecordId;
use crate::log::record::Wipe;

impl Writer<'_> {
    /// Ends an id for good, and notes whether it was alive, or not heard of, until now.
    pub(super) fn end(&mut self, id: RecordId) -> Result<()> {
        self.remove(id)?;
        self.end_edits(id)?;
        self.transaction
            .prepare_cached("DELETE FROM session_end WHERE id = ?1")?
            .execute([id.as_bytes()])?;
        let aliases = self
            .transaction
            .prepare_cached("DELETE FROM alias WHERE id = ?1")?
            .execute([id.as_bytes()])?;
        self.ingested.has_aliased |= aliases > 0;
        self.end_uses(id)?;
        let inserted = self
            .transaction
            .prepare_cached("INSERT OR IGNORE INTO dead (id) VALUES (?1)")?
            .execute([id.as_bytes()])?;
        self.exceptions.has_dead = true;
        if inserted > 0 {
            self.ingested.killed.push(id);
        }
        Ok(())
    }

    pub(super) fn take_wipe(&mut self, wipe: &Wipe) -> Result<()> {
        self.settle_edits()?;
        let before = wipe.before.to_string();
        let is_known = self
            .transaction
            .prepare_cached("SELECT 1 FROM wipe WHERE project IS ?1 AND before = ?2")?
            .exists(params![wipe.project, before])?;
        if is_known {
            return Ok(());
        }
        self.transaction
            .prepare_cached("INSERT INTO wipe (project, before) VALUES (?1, ?2)")?
            .execute(params![wipe.project, before])?;
        self.exceptions.has_wipes = true;
        self.ingested.has_wiped = true;
        for id in self.wiped_rows(wipe) {
            self.end(id)?;
        }
        let others = self.ids(
            "SELECT id FROM session_end WHERE stamp < ?1 AND (?2 IS NULL OR project = ?2)
             UNION ALL
             SELECT id FROM alias WHERE stamp < ?1 AND (?2 IS NULL OR project = ?2)
             UNION ALL
             -- Of memories that this process never saw, or no longer can.
             SELECT of FROM edit WHERE of_stamp < ?1 AND (?2 IS NULL OR of_project = ?2)
             UNION ALL
             -- They name memories of any project.
             SELECT DISTINCT record FROM use_line WHERE stamp < ?1 AND ?2 IS NULL",
            params![before, wipe.project],
        )?;
        for id in others {
            self.end(id)?;
        }
        if wipe.project.is_none() {
            self.drop_edits(&before)?;
        }
        Ok(())
    }

    fn wiped_rows(&self, wipe: &Wipe) -> Vec<RecordId> {
        let before = StampKey::new(&wipe.before);
        let projects = &self.rows.projects;
        let project = wipe.project.as_ref().map(|id| projects.own_number(id));
        let is_wiped = |row: &super::row::Row| {
            row.stamp < before && project.is_none_or(|project| project == Some(row.own_project))
        };
        let wiped = self.rows.iter().filter(|(_, row)| is_wiped(row));
        wiped.map(|(_, row)| row.id).collect()
    }

    pub(super) fn ids(&self, sql: &str, values: impl rusqlite::Params) -> Result<Vec<RecordId>> {
        let mut statement = self.transaction.prepare_cached(sql)?;
        let ids = statement
            .query_map(values, |row| row.get(0).map(RecordId::from_bytes))?
            .collect::<rusqlite::Result<_>>()?;
        Ok(ids)
    }
}
