//! Counts over the index.

use std::collections::{BTreeMap, BTreeSet};

use crate::error::Result;
use crate::index::Index;
use crate::log::project::Project;
use crate::log::record::Kind;
use crate::log::time::UnixMillis;
use crate::order;
use crate::search::filter::Filter;
use crate::search::query::Query;

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
        let test = self.test(&Filter::default(), &Query::default(), UnixMillis(0))?;
        let mut by_number: BTreeMap<u32, ProjectStats> = BTreeMap::new();
        for (number, row) in self.rows().iter() {
            if !test.accepts(number, row) {
                continue;
            }
            let Some(project) = self.rows().project(row.project) else {
                continue;
            };
            let stats = by_number
                .entry(row.project)
                .or_insert_with(|| ProjectStats {
                    project: project.clone(),
                    memories: 0,
                    first_at: row.at,
                    last_at: row.at,
                });
            stats.memories += 1;
            stats.first_at = stats.first_at.min(row.at);
            stats.last_at = stats.last_at.max(row.at);
        }
        let mut projects: Vec<ProjectStats> = by_number.into_values().collect();
        order::sort(&mut projects, |a, b| {
            (b.last_at.cmp(&a.last_at)).then_with(|| a.project.id.cmp(&b.project.id))
        });
        Ok(projects)
    }

    /// What the index holds.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn stats(&self) -> Result<IndexStats> {
        let projects = self.projects()?;
        let test = self.test(&Filter::default(), &Query::default(), UnixMillis(0))?;
        let mut stats = IndexStats {
            memories: projects.iter().map(|project| project.memories).sum(),
            projects: projects.len() as u64,
            first_at: projects.iter().map(|project| project.first_at).min(),
            last_at: projects.iter().map(|project| project.last_at).max(),
            ..IndexStats::default()
        };
        let mut sessions = BTreeSet::new();
        for (number, row) in self.rows().iter() {
            sessions.extend(self.rows().session(row));
            if !test.accepts(number, row) {
                continue;
            }
            *stats
                .by_kind
                .entry(row.kind.as_str().to_owned())
                .or_default() += 1;
            if let Some(name) = self.rows().memory_type(row)
                && row.kind == Kind::Observation
            {
                *stats.by_type.entry(name.to_owned()).or_default() += 1;
            }
        }
        stats.sessions = sessions.len() as u64;
        Ok(stats)
    }
}
