//! What became of what was handed in.

use serde::{Deserialize, Serialize};
use tsify::Tsify;

use super::Hit;

/// What became of something to be remembered.
#[derive(Debug, Serialize, Tsify)]
#[serde(tag = "status", rename_all = "snake_case")]
pub enum Appended {
    /// Durable once the flush that holds it is.
    Pending {
        /// Its id.
        id: String,
    },
    /// Nothing of it is kept.
    Skipped {
        /// Why.
        reason: SkipReason,
    },
}

/// Why something is not kept.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum SkipReason {
    /// All of it was private.
    Private,
    /// It says nothing that is worth remembering.
    Nothing,
}

impl From<recollect_core::Appended> for Appended {
    fn from(appended: recollect_core::Appended) -> Self {
        match appended {
            recollect_core::Appended::Pending(id) => Self::Pending { id: id.to_string() },
            recollect_core::Appended::Private => Self::Skipped {
                reason: SkipReason::Private,
            },
            recollect_core::Appended::Nothing => Self::Skipped {
                reason: SkipReason::Nothing,
            },
        }
    }
}

/// What became of each of a list.
#[derive(Debug, Serialize, Tsify)]
pub struct AppendedList(pub Vec<Appended>);

/// What became of a list of which each stands for itself.
#[derive(Debug, Serialize, Tsify)]
pub struct Captured {
    /// Of those that were not refused, in their order.
    pub appended: Vec<Appended>,
    /// Why each of the others was: a field and what is wrong with it, no text.
    pub refused: Vec<String>,
}

impl Captured {
    /// The core's answer, and what did not reach it.
    pub fn new(captured: recollect_core::Captured, malformed: Vec<String>) -> Self {
        let recollect_core::Captured { appended, refused } = captured;
        let refused = refused.iter().map(ToString::to_string);
        Self {
            appended: appended.into_iter().map(Appended::from).collect(),
            refused: malformed.into_iter().chain(refused).collect(),
        }
    }
}

/// What became of a list of commits, in numbers.
#[derive(Debug, Serialize, Tsify)]
pub struct Learned {
    /// New, durable once flushed.
    pub pending: u32,
    /// Learned before, or forgotten since.
    pub known: u32,
    /// Said nothing that may be kept.
    pub skipped: u32,
    /// New memories of releases that tags name; durable once flushed.
    pub releases: u32,
}

impl From<recollect_core::Learned> for Learned {
    fn from(learned: recollect_core::Learned) -> Self {
        let recollect_core::Learned {
            pending,
            known,
            skipped,
            releases,
        } = learned;
        Self {
            pending,
            known,
            skipped,
            releases,
        }
    }
}

/// What a segment turned out to hold.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SegmentReport {
    /// Name of the segment.
    pub name: String,
    /// Records read.
    pub records: usize,
    /// Memories that were not known before.
    pub added: usize,
    /// Lines that do not verify or are no records.
    pub damaged_lines: usize,
    /// Whether every byte is accounted for.
    pub is_whole: bool,
    /// Whether a newer version wrote it, so that it was left alone.
    pub is_newer: bool,
    /// What is wrong, in words, if anything is.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub problem: Option<String>,
    /// Records that it ended: an image of the index from before holds them.
    pub ended: usize,
}

impl SegmentReport {
    pub(crate) fn new(name: &str, report: recollect_core::SegmentReport) -> Self {
        let recollect_core::SegmentReport {
            records,
            added,
            damaged_lines,
            is_whole,
            is_newer,
            problem,
            ended,
        } = report;
        Self {
            name: name.to_owned(),
            records,
            added,
            damaged_lines,
            is_whole,
            is_newer,
            problem: problem.map(str::to_owned),
            ended,
        }
    }
}

/// What a selection holds at this moment.
#[derive(Debug, Serialize, Tsify)]
pub struct Selected {
    /// All of it, newest first: memories, sessions and their context.
    pub ids: Vec<String>,
    /// How many of them are memories, which a person can see.
    pub total: usize,
    /// The newest of these, at most 50.
    pub hits: Vec<Hit>,
}

impl From<recollect_core::Selected> for Selected {
    fn from(selected: recollect_core::Selected) -> Self {
        let recollect_core::Selected { ids, total, hits } = selected;
        Self {
            ids: ids.iter().map(ToString::to_string).collect(),
            total,
            hits: hits.into_iter().map(Into::into).collect(),
        }
    }
}

/// What came of an import.
#[derive(Debug, Serialize, Tsify)]
pub struct ImportReport {
    /// New, durable once flushed.
    pub pending: usize,
    /// Here already.
    pub known: usize,
    /// Forgotten here, and so left out.
    pub forgotten: usize,
    /// Of the pending ones, those that the filter changed.
    pub filtered: usize,
    /// Lines that were not taken, the first ones.
    pub refused: Vec<RefusedLine>,
    /// How many more were not taken.
    pub unlisted: usize,
}

/// A line that was not taken, and why.
#[derive(Debug, Serialize, Tsify)]
pub struct RefusedLine {
    /// From 1, in the text that was given.
    pub line: usize,
    /// What was wrong; never a part of the line.
    pub problem: String,
}

impl From<recollect_core::ImportReport> for ImportReport {
    fn from(report: recollect_core::ImportReport) -> Self {
        let recollect_core::ImportReport {
            pending,
            known,
            forgotten,
            filtered,
            refused,
            unlisted,
        } = report;
        let refused = refused.into_iter();
        Self {
            pending,
            known,
            forgotten,
            filtered,
            refused: refused
                .map(|recollect_core::RefusedLine { line, problem }| RefusedLine { line, problem })
                .collect(),
            unlisted,
        }
    }
}

/// What an operation does with a file.
///
/// Only TypeScript sees this type: a getter can give no enum but as its text.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum OperationKind {
    /// Read it.
    Read,
    /// Write it, durably; it is new.
    PutNew,
    /// Delete it.
    Delete,
}

/// Where a file is; seen by TypeScript only.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Area {
    /// Among the segments.
    Segments,
    /// Among the copies of damaged segments.
    Quarantine,
}

/// What came of an operation.
#[derive(Clone, Copy, Debug, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It is done: read, written durably, or deleted.
    Done,
    /// There is no such file.
    Missing,
    /// It could not be done.
    Failed,
}
