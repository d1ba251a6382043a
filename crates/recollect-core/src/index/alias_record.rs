//! Records that say which ids are a project's own.

use rusqlite::params;

use super::Index;
use super::projects::Claim;
use super::row::StampKey;
use super::writer::Writer;
use crate::error::Result;
use crate::log::record::{Body, Record, Trust};

/// Claims that are in no record are kept up to this number; a host tells them again.
const MAX_TOLD: usize = 1_000;

impl Writer<'_> {
    pub(super) fn take_alias(&mut self, record: &Record, json: &str) -> Result<()> {
        if self.has_ended(record)? {
            return Ok(());
        }
        let Some(origin) = &record.origin else {
            return Ok(());
        };
        // Whoever is not trusted moves nothing from one project to another.
        if origin.trust == Trust::Low {
            return Ok(());
        }
        self.transaction
            .prepare_cached(
                "INSERT OR IGNORE INTO alias (id, project, at, stamp, record)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
            )?
            .execute(params![
                record.id.as_bytes(),
                origin.project.id,
                record.at.0,
                record.stamp.to_string(),
                json,
            ])?;
        self.ingested.has_aliased = true;
        Ok(())
    }
}

impl Index {
    /// From here on these ids are the project's own, as far as no record says otherwise.
    pub(crate) fn tell_claim(&mut self, claim: Claim) -> Result<()> {
        if self.told.contains(&claim) {
            return Ok(());
        }
        if self.told.len() >= MAX_TOLD {
            self.told.remove(0);
        }
        self.told.push(claim);
        self.regroup()
    }

    /// Puts ids together as records say, in the order of their stamps, and then as
    /// was told.
    pub(super) fn regroup(&mut self) -> Result<()> {
        let mut claims = Vec::new();
        let mut statement = self
            .database
            .prepare_cached("SELECT record FROM alias ORDER BY stamp, id")?;
        let mut stored = statement.query([])?;
        while let Some(row) = stored.next()? {
            let json: String = row.get(0)?;
            let Ok(Record {
                stamp,
                origin: Some(origin),
                body: Body::Alias(alias),
                ..
            }) = Record::from_json(&json)
            else {
                continue;
            };
            let claim = Claim {
                project: origin.project,
                of: alias.of,
            };
            claims.push((claim, StampKey::new(&stamp)));
        }
        drop(stored);
        drop(statement);
        let told = self.told.iter().cloned();
        claims.extend(told.map(|claim| (claim, StampKey::FIRST)));
        if self.rows.projects.regroup(&claims) {
            self.rows.regroup();
        }
        Ok(())
    }
}
