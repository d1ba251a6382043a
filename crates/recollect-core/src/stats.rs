//! Counts over the index.

use std::collections::BTreeMap;

use rusqlite::Row;

use crate::error::Result;
use crate::filter::Filter;
use crate::index::Index;
use crate::project::Project;
use crate::time::UnixMillis;

/// A project and what is remembered of it.
#[derive(Clone, Debug, PartialEq)]
pub struct ProjectStats {
    /// The project.
    pub project: Project,
    /// Memories.
    pub memories: u64,
    /// When the oldest happened.
    pub first_at: UnixMillis,
    /// When the newest happened.
    pub last_at: UnixMillis,
}

/// What the index holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct IndexStats {
    /// Memories of all kinds.
    pub memories: u64,
    /// Memories by kind.
    pub by_kind: BTreeMap<String, u64>,
    /// Observations by type.
    pub by_type: BTreeMap<String, u64>,
    /// Projects with at least one memory.
    pub projects: u64,
    /// Sessions that something is remembered of.
    pub sessions: u64,
    /// When the oldest memory happened.
    pub first_at: Option<UnixMillis>,
    /// When the newest memory happened.
    pub last_at: Option<UnixMillis>,
}

impl Index {
    /// Projects with at least one memory, the most recently used first.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn projects(&self) -> Result<Vec<ProjectStats>> {
        let condition = Filter::default().condition();
        let sql = format!(
            "SELECT p.id, p.name, count(*), min(m.at), max(m.at)
             FROM memory m JOIN project p ON p.row = m.project
             WHERE {} GROUP BY p.row ORDER BY max(m.at) DESC, p.id",
            condition.sql
        );
        let mut statement = self.database().prepare_cached(&sql)?;
        let projects = statement
            .query_map(rusqlite::params_from_iter(condition.values), |row| {
                Ok(ProjectStats {
                    project: Project {
                        id: row.get(0)?,
                        name: row.get(1)?,
                    },
                    memories: count(row, 2)?,
                    first_at: UnixMillis(row.get(3)?),
                    last_at: UnixMillis(row.get(4)?),
                })
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(projects)
    }

    /// What the index holds.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn stats(&self) -> Result<IndexStats> {
        let projects = self.projects()?;
        let condition = Filter::default().condition();
        let grouped = |column: &str, extra: &str| -> Result<BTreeMap<String, u64>> {
            let sql = format!(
                "SELECT {column}, count(*) FROM memory m WHERE {}{extra} GROUP BY {column}",
                condition.sql
            );
            let mut statement = self.database().prepare_cached(&sql)?;
            let values = condition.values.iter();
            let counts = statement
                .query_map(rusqlite::params_from_iter(values), |row| {
                    Ok((row.get(0)?, count(row, 1)?))
                })?
                .collect::<rusqlite::Result<_>>()?;
            Ok(counts)
        };
        let sessions = self
            .database()
            .prepare_cached("SELECT count(DISTINCT session) FROM memory")?
            .query_row([], |row| count(row, 0))?;
        Ok(IndexStats {
            memories: projects.iter().map(|project| project.memories).sum(),
            by_kind: grouped("m.kind", "")?,
            by_type: grouped("m.type", " AND m.kind = 'observation'")?,
            projects: projects.len() as u64,
            sessions,
            first_at: projects.iter().map(|project| project.first_at).min(),
            last_at: projects.iter().map(|project| project.last_at).max(),
        })
    }
}

fn count(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    row.get::<_, i64>(column)
        .map(|count| u64::try_from(count).unwrap_or(0))
}
