//! What there is, in numbers.

use std::collections::BTreeMap;

use recollect_core::search::{activity, stats};
use serde::Serialize;
use tsify::Tsify;

use super::Project;

/// A project and what is remembered of it.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ProjectStats {
    /// The project.
    pub project: Project,
    /// Memories.
    pub memories: f64,
    /// When the oldest happened.
    pub first_at: f64,
    /// When the newest happened.
    pub last_at: f64,
}

impl From<stats::ProjectStats> for ProjectStats {
    fn from(stats: stats::ProjectStats) -> Self {
        let stats::ProjectStats {
            project,
            memories,
            first_at,
            last_at,
        } = stats;
        Self {
            project: project.into(),
            memories: memories as f64,
            first_at: first_at.0 as f64,
            last_at: last_at.0 as f64,
        }
    }
}

/// Projects, the most recently used first.
#[derive(Debug, Serialize, Tsify)]
pub struct ProjectList(pub Vec<ProjectStats>);

/// What the store holds.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object)]
pub struct Stats {
    /// Memories of all kinds.
    pub memories: f64,
    /// Memories by kind.
    pub by_kind: BTreeMap<String, f64>,
    /// Observations by type.
    pub by_type: BTreeMap<String, f64>,
    /// Projects with at least one memory.
    pub projects: f64,
    /// Sessions that something is remembered of.
    pub sessions: f64,
    /// Segments read or written.
    pub segments: f64,
    /// Their bytes.
    pub segment_bytes: f64,
    /// Lines that do not verify or are no records.
    pub damaged_lines: f64,
    /// Segments that a newer version wrote.
    pub newer_segments: f64,
    /// Records that are not durable yet.
    pub pending: f64,
    /// Segments that still hold the text of something that was forgotten.
    pub unpurged_segments: f64,
    /// When the oldest memory happened.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub first_at: Option<f64>,
    /// When the newest memory happened.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub last_at: Option<f64>,
}

impl From<recollect_core::StoreStats> for Stats {
    fn from(stats: recollect_core::StoreStats) -> Self {
        let recollect_core::StoreStats {
            index,
            segments,
            segment_bytes,
            damaged_lines,
            newer_segments,
            pending,
            unpurged_segments,
        } = stats;
        let stats::IndexStats {
            memories,
            by_kind,
            by_type,
            projects,
            sessions,
            first_at,
            last_at,
        } = index;
        Self {
            memories: memories as f64,
            by_kind: counts(by_kind),
            by_type: counts(by_type),
            projects: projects as f64,
            sessions: sessions as f64,
            segments: segments as f64,
            segment_bytes: segment_bytes as f64,
            damaged_lines: damaged_lines as f64,
            newer_segments: newer_segments as f64,
            pending: pending as f64,
            unpurged_segments: unpurged_segments as f64,
            first_at: first_at.map(|at| at.0 as f64),
            last_at: last_at.map(|at| at.0 as f64),
        }
    }
}

fn counts(counts: BTreeMap<String, u64>) -> BTreeMap<String, f64> {
    // Collecting would sort what is in order, and bring code for it.
    let mut numbers = BTreeMap::new();
    numbers.extend(counts.into_iter().map(|(name, count)| (name, count as f64)));
    numbers
}

/// How memories spread; what has none is left out.
#[derive(Debug, Serialize, Tsify)]
#[tsify(hashmap_as_object)]
pub struct Activity {
    /// By the user's days, as in `2026-11-02`.
    pub days: BTreeMap<String, f64>,
    /// By the files that they name, those with the most first.
    pub files: Vec<FileCount>,
    /// By kinds of remembering, primary or not.
    pub sectors: BTreeMap<String, f64>,
}

/// How many memories name a file.
#[derive(Debug, Serialize, Tsify)]
pub struct FileCount {
    /// Its path, from the root of its repository.
    pub path: String,
    /// Memories.
    pub count: f64,
}

impl From<activity::Activity> for Activity {
    fn from(activity: activity::Activity) -> Self {
        let activity::Activity {
            days,
            files,
            sectors,
        } = activity;
        let file = |(path, count): (String, u64)| FileCount {
            path,
            count: count as f64,
        };
        Self {
            days: counts(days),
            files: files.into_iter().map(file).collect(),
            sectors: counts(sectors),
        }
    }
}
