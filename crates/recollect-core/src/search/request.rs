//! What a search asks for, and what it answers.

use recollect_words::find::Range;

use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::project::Project;
use crate::log::record::{Flag, Kind, Provenance, Sectors, Trust};
use crate::log::time::UnixMillis;
use crate::search::filter::{Filter, Page};
use crate::search::query::Query;
use crate::search::rank::Explanation;

/// How much of each hit is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// What it takes to choose.
    #[default]
    Index,
    /// Everything.
    Full,
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Order {
    /// What answers best: relevance, then recency, salience and nearness.
    #[default]
    Best,
    /// What the words fit best, by BM25 alone.
    Relevance,
    /// What happened last.
    Newest,
    /// What happened first.
    Oldest,
}

/// What to search for, and how.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Search {
    /// The words and conditions.
    pub query: Query,
    /// What it means as a whole, by the user's model; empty without.
    pub meant: Vec<f32>,
    /// Which memories.
    pub filter: Filter,
    /// Which part of the hits.
    pub page: Page,
    /// How much of each.
    pub format: Format,
    /// What comes first.
    pub order: Order,
    /// The file at hand, as memories name it, and the project's id.
    pub near_file: Option<String>,
    /// The project at hand.
    pub near_project: Option<String>,
    /// The moment of asking, for ages.
    pub now: UnixMillis,
    /// Where a list goes on, as [`Hits::next`] said; only where nothing is ranked.
    pub after: Option<String>,
}

/// A memory that was found or listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Identity.
    pub id: RecordId,
    /// What it is.
    pub kind: Kind,
    /// Type of the observation or event.
    pub memory_type: Option<String>,
    /// One line.
    pub title: String,
    /// Where in the title, in bytes, what was looked for stands.
    pub title_highlights: Vec<Range>,
    /// When it happened.
    pub at: UnixMillis,
    /// The project.
    pub project: Project,
    /// Key of the session.
    pub session: Option<String>,
    /// Who or what wrote it.
    pub provenance: Provenance,
    /// How far it may be believed.
    pub trust: Trust,
    /// Why it is not recalled by itself, if so.
    pub flag: Option<Flag>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Which kinds of remembering it is of.
    pub sectors: Sectors,
    /// Estimated cost of the full memory in model tokens.
    pub tokens: u32,
    /// Hash of the commit it was made from.
    pub commit: Option<String>,
    /// Name of that commit's author.
    pub author: Option<String>,
    /// How it was ranked; only where words were looked for.
    pub rank: Option<Explanation>,
    /// Up to 200 characters around the match, or of the beginning.
    pub preview: String,
    /// Where in the preview, in bytes, what was looked for stands.
    pub preview_highlights: Vec<Range>,
    /// The whole memory, if the format asks for it.
    pub memory: Option<Memory>,
}

/// A page of hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The page.
    pub hits: Vec<Hit>,
    /// How many there are before and after it as well.
    pub total: u64,
    /// Where the list goes on, for [`Search::after`]; none at its end, and none
    /// where hits are ranked.
    pub next: Option<String>,
}
