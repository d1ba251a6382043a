//! What was found, and how it is given to a reader or a model.

use recollect_core::{recall::fence, search::rank, search::request, search::timeline};
use serde::Serialize;
use tsify::Tsify;

use super::{Known, Memory, Project, Sector};

/// A memory that was found or listed: enough to choose by.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// Identity.
    pub id: String,
    /// What it is.
    #[tsify(type = "MemoryKind")]
    pub kind: Known,
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
    pub provenance: Known,
    /// How far it may be believed.
    #[tsify(type = "Trust")]
    pub trust: Known,
    /// Why it is not recalled by itself, if so.
    #[tsify(optional, type = "Flag")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<Known>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Which kinds of remembering it is of, the primary first.
    pub sectors: Vec<Sector>,
    /// Estimated cost of the full memory in model tokens.
    pub tokens: u32,
    /// Hash of the commit it was made from.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// Name of that commit's author.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
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

impl From<request::Hit> for Hit {
    fn from(hit: request::Hit) -> Self {
        let request::Hit {
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
            commit,
            author,
            rank,
            preview,
            preview_highlights,
            memory,
        } = hit;
        Self {
            id: id.to_string(),
            kind: Known(kind.as_str()),
            memory_type,
            title_highlights: ranges(&title, &title_highlights),
            title,
            at: at.0 as f64,
            project: project.into(),
            session,
            provenance: Known(provenance.as_str()),
            trust: Known(trust.as_str()),
            flag: flag.map(|flag| Known(flag.as_str())),
            is_pinned,
            sectors: sectors.iter().map(Sector::from).collect(),
            tokens,
            commit,
            author,
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

/// The parts of a score: BM25, more where all terms are held, times one and the weighted sum of
/// recency, salience and nearness; then what the last three add.
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
    /// How near the words stand to each other, in parts of the relevance.
    pub proximity: f64,
    /// From 0 to 1: how near it is to the question in what it means; 0 without the table of
    /// word vectors.
    pub meaning: f64,
    /// What the memories before and after it in the session lend it.
    pub neighbours: f64,
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
            proximity,
            meaning,
            neighbours,
        } = explanation;
        Self {
            has_all_terms,
            bm25,
            trigram,
            recency,
            salience,
            nearness,
            proximity,
            meaning,
            neighbours,
        }
    }
}

/// Texts for a model.
#[derive(Debug, Serialize, Tsify)]
pub struct FetchedTexts {
    /// The numbers of the rows they are of.
    pub rows: Vec<u32>,
    /// As many texts.
    pub texts: Vec<String>,
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
        hits: request::Hits,
        page: recollect_core::Page,
        is_continued: bool,
        is_explained: bool,
    ) -> Self {
        let request::Hits { hits, total, next } = hits;
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
