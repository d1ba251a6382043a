//! Values that go out. Times are Unix milliseconds, ids UUIDv7 in text; an
//! optional field is absent when there is nothing to say.

use std::collections::BTreeMap;

use recollect_core::{fence, rank, record, search, sector, stats, timeline};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

/// What a memory is.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum MemoryKind {
    /// Something learned, decided or done.
    Observation,
    /// What a session amounted to.
    Summary,
    /// Something a person asked.
    Prompt,
    /// Something that happened in an editor.
    Event,
    /// A value kept under a key for a project.
    Fact,
    /// A session.
    Session,
    /// A piece of a session's context.
    Context,
}

impl From<MemoryKind> for record::Kind {
    fn from(kind: MemoryKind) -> Self {
        match kind {
            MemoryKind::Observation => Self::Observation,
            MemoryKind::Summary => Self::Summary,
            MemoryKind::Prompt => Self::Prompt,
            MemoryKind::Event => Self::Event,
            MemoryKind::Fact => Self::Fact,
            MemoryKind::Session => Self::Session,
            MemoryKind::Context => Self::Context,
        }
    }
}

/// What kind of work an observation is about.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum ObservationType {
    /// Something was found out.
    Discovery,
    /// A choice was made.
    Decision,
    /// A fault was mended.
    Bugfix,
    /// Something new works.
    Feature,
    /// The same behaviour in another shape.
    Refactor,
    /// Any other change.
    Change,
}

impl From<ObservationType> for record::ObservationType {
    fn from(observation_type: ObservationType) -> Self {
        match observation_type {
            ObservationType::Discovery => Self::Discovery,
            ObservationType::Decision => Self::Decision,
            ObservationType::Bugfix => Self::Bugfix,
            ObservationType::Feature => Self::Feature,
            ObservationType::Refactor => Self::Refactor,
            ObservationType::Change => Self::Change,
        }
    }
}

/// Who or what wrote a memory.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// A person.
    User,
    /// A language model.
    Assistant,
    /// A tool's input or output.
    Tool,
    /// A file of the project, its history included.
    File,
    /// A page of the web.
    Web,
    /// An imported file.
    Import,
    /// Another machine.
    Sync,
}

impl From<Provenance> for record::Provenance {
    fn from(provenance: Provenance) -> Self {
        match provenance {
            Provenance::User => Self::User,
            Provenance::Assistant => Self::Assistant,
            Provenance::Tool => Self::Tool,
            Provenance::File => Self::File,
            Provenance::Web => Self::Web,
            Provenance::Import => Self::Import,
            Provenance::Sync => Self::Sync,
        }
    }
}

/// How far a memory may be believed without a person looking at it.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Written in a trusted workspace by a trusted source.
    High,
    /// Anything else.
    Low,
}

impl From<Trust> for record::Trust {
    fn from(trust: Trust) -> Self {
        match trust {
            Trust::High => Self::High,
            Trust::Low => Self::Low,
        }
    }
}

/// Why a memory is not recalled unless somebody asks for it; seen by TypeScript only.
#[allow(dead_code)]
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// It reads as if it told a model what to do.
    Instructions,
}

/// A kind of remembering.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Sector {
    /// What happened.
    Episodic,
    /// What is so.
    Semantic,
    /// How something is done.
    Procedural,
    /// How somebody felt.
    Emotional,
    /// What was thought of it.
    Reflective,
}

impl From<Sector> for sector::Sector {
    fn from(sector: Sector) -> Self {
        match sector {
            Sector::Episodic => Self::Episodic,
            Sector::Semantic => Self::Semantic,
            Sector::Procedural => Self::Procedural,
            Sector::Emotional => Self::Emotional,
            Sector::Reflective => Self::Reflective,
        }
    }
}

impl From<sector::Sector> for Sector {
    fn from(sector: sector::Sector) -> Self {
        match sector {
            sector::Sector::Episodic => Self::Episodic,
            sector::Sector::Semantic => Self::Semantic,
            sector::Sector::Procedural => Self::Procedural,
            sector::Sector::Emotional => Self::Emotional,
            sector::Sector::Reflective => Self::Reflective,
        }
    }
}

/// A project.
#[derive(Clone, Debug, Serialize, Deserialize, Tsify)]
pub struct Project {
    /// The normalised git remote, such as `example.org/owner/name`, or the folder's URI.
    pub id: String,
    /// What people call it.
    pub name: String,
}

impl From<recollect_core::Project> for Project {
    fn from(project: recollect_core::Project) -> Self {
        let recollect_core::Project { id, name } = project;
        Self { id, name }
    }
}

impl From<Project> for recollect_core::Project {
    fn from(project: Project) -> Self {
        let Project { id, name } = project;
        Self { id, name }
    }
}

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
        }
    }
}

/// What became of each of a list.
#[derive(Debug, Serialize, Tsify)]
pub struct AppendedList(pub Vec<Appended>);

/// What became of a list of commits, in numbers.
#[derive(Debug, Serialize, Tsify)]
pub struct Learned {
    /// New, durable once flushed.
    pub pending: u32,
    /// Learned before, or forgotten since.
    pub known: u32,
    /// Said nothing that may be kept.
    pub skipped: u32,
}

impl From<recollect_core::Learned> for Learned {
    fn from(learned: recollect_core::Learned) -> Self {
        let recollect_core::Learned {
            pending,
            known,
            skipped,
        } = learned;
        Self {
            pending,
            known,
            skipped,
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
    /// Lines that were not taken.
    pub refused: Vec<RefusedLine>,
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
        }
    }
}

/// What an [`Operation`](crate::store::Operation) does with a file.
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

/// A memory that was found or listed: enough to choose by.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// Identity.
    pub id: String,
    /// What it is.
    #[tsify(type = "MemoryKind")]
    pub kind: String,
    /// Type of the observation or event.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub memory_type: Option<String>,
    /// One line, never empty.
    pub title: String,
    /// Where in the title what was looked for stands.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub title_highlights: Vec<Range>,
    /// When it happened.
    pub at: f64,
    /// The project.
    pub project: Project,
    /// Key of the session.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// Who or what wrote it.
    #[tsify(type = "Provenance")]
    pub provenance: String,
    /// How far it may be believed.
    #[tsify(type = "Trust")]
    pub trust: String,
    /// Why it is not recalled by itself, if so.
    #[tsify(optional, type = "Flag")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Which kinds of remembering it is of, the primary first.
    pub sectors: Vec<Sector>,
    /// Estimated cost of the full memory in model tokens.
    pub tokens: u32,
    /// Higher is better; comparable only within one search.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub score: Option<f64>,
    /// How the score came about, if it was asked.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub explain: Option<Explanation>,
    /// Up to 200 characters around the match, on one line.
    pub preview: String,
    /// Where in the preview what was looked for stands.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub preview_highlights: Vec<Range>,
    /// The whole memory, if the format asks for it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub memory: Option<Memory>,
}

impl From<search::Hit> for Hit {
    fn from(hit: search::Hit) -> Self {
        let search::Hit {
            id,
            kind,
            memory_type,
            title,
            title_highlights,
            at,
            project,
            session,
            provenance,
            trust,
            flag,
            is_pinned,
            sectors,
            tokens,
            rank,
            preview,
            preview_highlights,
            memory,
        } = hit;
        Self {
            id: id.to_string(),
            kind,
            memory_type,
            title_highlights: ranges(&title, &title_highlights),
            title,
            at: at.0 as f64,
            project: project.into(),
            session,
            provenance,
            trust,
            flag,
            is_pinned,
            sectors: sectors.iter().map(Sector::from).collect(),
            tokens,
            score: rank.map(|rank| rank.score),
            explain: rank.map(Explanation::from),
            preview_highlights: ranges(&preview, &preview_highlights),
            preview,
            memory: memory.map(Memory::from),
        }
    }
}

/// A part of a text, in UTF-16 code units as JavaScript counts them.
#[derive(Debug, Serialize, Tsify)]
pub struct Range {
    /// The first.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

/// Ranges of bytes, in order and apart, as JavaScript counts.
fn ranges(text: &str, ranges: &[recollect_core::Range]) -> Vec<Range> {
    let (mut byte, mut unit) = (0, 0);
    let mut unit_at = |position: usize| {
        let between = text.get(byte..position).unwrap_or_default();
        unit += between.encode_utf16().count();
        byte = position;
        unit
    };
    let in_units = ranges.iter().map(|range| Range {
        start: unit_at(range.start),
        end: unit_at(range.end),
    });
    in_units.collect()
}

/// The parts of a score, which is BM25 times one and the weighted sum of the
/// last three; hits with all terms come first.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Explanation {
    /// Whether every word that is looked for is in it.
    pub has_all_terms: bool,
    /// Relevance of the words.
    pub bm25: f64,
    /// Likeness to words that are spelled nearly so, if few hits have the very words.
    pub trigram: f64,
    /// From 0 to 1, halved every 30 days.
    pub recency: f64,
    /// From 0 to 1.
    pub salience: f64,
    /// From 0 to 1: 1 in the file at hand, less in its folder and project.
    pub nearness: f64,
}

impl From<rank::Explanation> for Explanation {
    fn from(explanation: rank::Explanation) -> Self {
        let rank::Explanation {
            score: _,
            has_all_terms,
            bm25,
            trigram,
            recency,
            salience,
            nearness,
        } = explanation;
        Self {
            has_all_terms,
            bm25,
            trigram,
            recency,
            salience,
            nearness,
        }
    }
}

/// A page of hits.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SearchResult {
    /// The page.
    pub hits: Vec<Hit>,
    /// How many there are on all pages.
    pub total: f64,
    /// Whether more follow.
    pub has_more: bool,
    /// Where a list without words goes on.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next: Option<String>,
}

impl SearchResult {
    pub(crate) fn new(
        hits: search::Hits,
        page: recollect_core::Page,
        is_continued: bool,
        is_explained: bool,
    ) -> Self {
        let search::Hits { hits, total, next } = hits;
        let end = u64::from(page.offset()) + hits.len() as u64;
        let has_more = if is_continued {
            next.is_some()
        } else {
            !hits.is_empty() && end < total
        };
        let mut hits: Vec<Hit> = hits.into_iter().map(Hit::from).collect();
        if !is_explained {
            hits.iter_mut().for_each(|hit| hit.explain = None);
        }
        Self {
            has_more,
            hits,
            total: total as f64,
            next,
        }
    }
}

/// Everything of one memory.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
    /// Identity.
    pub id: String,
    /// What it is.
    #[tsify(type = "MemoryKind")]
    pub kind: String,
    /// Type of the observation or event.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    #[tsify(optional)]
    pub memory_type: Option<String>,
    /// One line, never empty.
    pub title: String,
    /// A second line.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// The whole story, Markdown.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// When it happened.
    pub at: f64,
    /// The project.
    pub project: Project,
    /// Key of the session.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// The prompt of the session that it belongs to, from 1.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub prompt_number: Option<u32>,
    /// Who or what wrote it.
    #[tsify(type = "Provenance")]
    pub provenance: String,
    /// How far it may be believed.
    #[tsify(type = "Trust")]
    pub trust: String,
    /// Why it is not recalled by itself, if so.
    #[tsify(optional, type = "Flag")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<String>,
    /// Which kinds of remembering it is of, the primary first.
    pub sectors: Vec<Sector>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Whether it is put aside.
    pub is_archived: bool,
    /// Whether its words are others than it was stored with.
    pub is_edited: bool,
    /// Statements that stand alone.
    pub facts: Vec<String>,
    /// Labels.
    pub concepts: Vec<String>,
    /// Files that were looked at.
    pub files_read: Vec<String>,
    /// Files that were changed or that it is about.
    pub files_modified: Vec<String>,
    /// Hash of the commit it was made from.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// The parts of a summary, if it is one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<SummaryParts>,
    /// When a fact no longer holds, if ever.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    /// Estimated cost in model tokens.
    pub tokens: u32,
    /// Everything but title and files as Markdown, for reading.
    pub text: String,
}

impl From<recollect_core::Memory> for Memory {
    fn from(memory: recollect_core::Memory) -> Self {
        let tokens = memory.tokens();
        let text = memory.text();
        let recollect_core::Memory {
            id,
            kind,
            memory_type,
            title,
            subtitle,
            narrative,
            at,
            project,
            session,
            prompt_number,
            provenance,
            trust,
            flag,
            sectors,
            is_pinned,
            is_archived,
            is_edited,
            facts,
            concepts,
            files_read,
            files_modified,
            commit,
            summary,
            expires_at,
        } = memory;
        Self {
            id: id.to_string(),
            kind: kind.as_str().to_owned(),
            memory_type,
            title,
            subtitle,
            narrative,
            at: at.0 as f64,
            project: project.into(),
            session,
            prompt_number,
            provenance: provenance.as_str().to_owned(),
            trust: trust.as_str().to_owned(),
            flag: flag.map(|flag| flag.as_str().to_owned()),
            sectors: sectors
                .iter()
                .flat_map(|sectors| sectors.iter())
                .map(Sector::from)
                .collect(),
            is_pinned,
            is_archived,
            is_edited,
            facts,
            concepts,
            files_read,
            files_modified,
            commit,
            summary: summary.map(SummaryParts::from),
            expires_at: expires_at.map(|at| at.0 as f64),
            tokens,
            text,
        }
    }
}

/// The parts of a summary.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SummaryParts {
    /// What was asked for.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What was looked into.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub investigated: Option<String>,
    /// What was found out.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub learned: Option<String>,
    /// What was done.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub completed: Option<String>,
    /// What is left.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_steps: Option<String>,
    /// Anything else.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
}

impl From<record::Summary> for SummaryParts {
    fn from(summary: record::Summary) -> Self {
        let record::Summary {
            is_cut: _,
            request,
            investigated,
            learned,
            completed,
            next_steps,
            notes,
            // The memory itself carries these.
            facts: _,
            concepts: _,
            files: _,
        } = summary;
        Self {
            request,
            investigated,
            learned,
            completed,
            next_steps,
            notes,
        }
    }
}

/// Memories by their ids.
#[derive(Debug, Serialize, Tsify)]
pub struct MemoryList(pub Vec<Memory>);

/// Memories around an anchor.
#[derive(Debug, Serialize, Tsify)]
pub struct TimelineResult {
    /// Oldest first.
    pub items: Vec<Hit>,
    /// Id of the item it is around, if it is around one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub anchor: Option<String>,
}

impl From<timeline::Timeline> for TimelineResult {
    fn from(timeline: timeline::Timeline) -> Self {
        let timeline::Timeline { items, anchor } = timeline;
        Self {
            items: items.into_iter().map(Hit::from).collect(),
            anchor: anchor.map(|id| id.to_string()),
        }
    }
}

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
        let numbers = |counts: BTreeMap<String, u64>| {
            // Collecting would sort what is in order, and bring code for it.
            let mut numbers = BTreeMap::new();
            numbers.extend(counts.into_iter().map(|(name, count)| (name, count as f64)));
            numbers
        };
        Self {
            memories: memories as f64,
            by_kind: numbers(by_kind),
            by_type: numbers(by_type),
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

/// A label of a context block and the memory behind it.
#[derive(Debug, Serialize, Tsify)]
pub struct Citation {
    /// Such as `m1`.
    pub label: String,
    /// The memory's id.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// Recalled memories, fenced as data for a model.
#[derive(Debug, Serialize, Tsify)]
pub struct ContextBlock {
    /// Wrapped in `<recollect-context>`, so that it is never stored again.
    pub text: String,
    /// What each label in the text stands for.
    pub citations: Vec<Citation>,
}

impl From<fence::ContextBlock> for ContextBlock {
    fn from(block: fence::ContextBlock) -> Self {
        let fence::ContextBlock { text, citations } = block;
        Self {
            text,
            citations: citations
                .into_iter()
                .map(|fence::Citation { label, id, title }| Citation {
                    label,
                    id: id.to_string(),
                    title,
                })
                .collect(),
        }
    }
}
