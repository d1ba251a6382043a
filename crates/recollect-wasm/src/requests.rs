//! What is asked.

use recollect_core::intake::privacy::UserRules;
use recollect_core::search::request::{Format as CoreFormat, Order as CoreOrder, Search};
use recollect_core::search::timeline::{self, Anchor as CoreAnchor};
use recollect_core::{Error, Filter as CoreFilter, Page, Query, Selection, Store, UnixMillis};
use serde::{Deserialize, Serialize};
use tsify::Tsify;

use crate::types::{MemoryKind, Sector};

/// Which memories a request is about; an absent field or empty list asks nothing.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default)]
pub struct Filter {
    /// Kinds; none means every kind that is a memory, not sessions and context.
    #[tsify(optional)]
    pub kinds: Vec<MemoryKind>,
    /// Ids or names of projects.
    #[tsify(optional)]
    pub projects: Vec<String>,
    /// Types of observations or events.
    #[tsify(optional)]
    pub types: Vec<String>,
    /// At this time or later.
    #[tsify(optional)]
    pub since: Option<f64>,
    /// Earlier than this time.
    #[tsify(optional)]
    pub before: Option<f64>,
    /// Key of the session.
    #[tsify(optional)]
    pub session: Option<String>,
    /// Kinds of remembering, primary or not.
    #[tsify(optional)]
    pub sectors: Vec<Sector>,
    /// Labels, or words that follow one another in one.
    #[tsify(optional)]
    pub concepts: Vec<String>,
    /// Paths, or whole segments of one.
    #[tsify(optional)]
    pub files: Vec<String>,
    /// Names of commits' authors, or words of one.
    #[tsify(optional)]
    pub authors: Vec<String>,
    /// Whether it is kept at hand.
    #[tsify(optional)]
    #[serde(rename = "isPinned")]
    pub is_pinned: Option<bool>,
    /// Whether it is put aside.
    #[tsify(optional)]
    #[serde(rename = "isArchived")]
    pub is_archived: Option<bool>,
    /// Whether nobody asked: then only what may be recalled by itself.
    #[tsify(optional)]
    #[serde(rename = "isAutomatic")]
    pub is_automatic: bool,
    /// Most hits, 1 to 200; 20 unless told.
    #[tsify(optional)]
    pub limit: Option<u32>,
    /// Hits to leave out before the first; 0 unless told.
    #[tsify(optional)]
    pub offset: Option<u32>,
}

impl Filter {
    pub(crate) fn into_core(self) -> Result<(CoreFilter, Page), Error> {
        let Self {
            kinds,
            projects,
            types,
            since,
            before,
            session,
            sectors,
            concepts,
            files,
            authors,
            is_pinned,
            is_archived,
            is_automatic,
            limit,
            offset,
        } = self;
        let filter = CoreFilter {
            kinds: kinds.into_iter().map(Into::into).collect(),
            projects,
            types,
            since: since.map(millis),
            before: before.map(millis),
            session,
            sectors: sectors.into_iter().map(Into::into).collect(),
            concepts,
            files,
            authors,
            is_pinned,
            is_archived,
            is_automatic,
        };
        Ok((filter, Page::new(limit, offset)?))
    }
}

/// Which memories to forget; all that is given must hold, and something must be.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct ForgetSelection {
    /// Exactly these.
    #[tsify(optional)]
    pub ids: Option<Vec<String>>,
    /// Id of a project.
    #[tsify(optional)]
    pub project: Option<String>,
    /// Stands in it literally, whatever the letter case.
    #[tsify(optional)]
    pub text: Option<String>,
    /// At this time or later.
    #[tsify(optional)]
    pub since: Option<f64>,
    /// Earlier than this time.
    #[tsify(optional)]
    pub before: Option<f64>,
    /// Must be true if nothing else is given.
    #[tsify(optional)]
    pub is_everything: bool,
}

impl ForgetSelection {
    pub(crate) fn into_core(self, store: &mut Store) -> Result<Selection, Error> {
        let Self {
            ids,
            project,
            text,
            since,
            before,
            is_everything,
        } = self;
        Ok(Selection {
            ids: ids.map(|ids| store.known_ids_of("ids", &ids)).transpose()?,
            project,
            text,
            since: since.map(millis),
            before: before.map(millis),
            is_everything,
        })
    }
}

/// What is kept out besides what the module knows of itself.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct PrivacyRules {
    /// Regular expressions of texts that are secret here; each holds within one line.
    #[tsify(optional)]
    pub patterns: Vec<String>,
    /// Globs of files that are never captured.
    #[tsify(optional)]
    pub excluded_paths: Vec<String>,
    /// Whether e-mail addresses, telephone, account and card numbers are secret too.
    #[tsify(optional)]
    pub has_personal_data: bool,
}

impl PrivacyRules {
    /// The rules that can be used, and what is wrong with each of the others.
    pub(crate) fn into_core(self) -> (UserRules, Vec<String>) {
        let Self {
            patterns,
            excluded_paths,
            has_personal_data,
        } = self;
        let (rules, problems) = UserRules::usable(&patterns, &excluded_paths);
        let rules = if has_personal_data {
            rules.with_personal_data()
        } else {
            rules
        };
        (rules, problems)
    }
}

/// How much of each hit is wanted.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Format {
    /// What it takes to choose.
    #[default]
    Index,
    /// Everything.
    Full,
}

impl From<Format> for CoreFormat {
    fn from(format: Format) -> Self {
        match format {
            Format::Index => Self::Index,
            Format::Full => Self::Full,
        }
    }
}

/// What comes first.
#[derive(Clone, Copy, Debug, Default, Deserialize, Serialize, Tsify)]
#[serde(rename_all = "snake_case")]
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

impl From<Order> for CoreOrder {
    fn from(order: Order) -> Self {
        match order {
            Order::Best => Self::Best,
            Order::Relevance => Self::Relevance,
            Order::Newest => Self::Newest,
            Order::Oldest => Self::Oldest,
        }
    }
}

/// What is at hand while somebody searches.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default)]
pub struct Near {
    /// The file, as memories name it.
    #[tsify(optional)]
    pub file: Option<String>,
    /// Id of the project.
    #[tsify(optional)]
    pub project: Option<String>,
}

/// How to search.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct SearchRequest {
    /// The query language: words, `"phrases"`, `prefix*`, `-not`, `type:bugfix`
    /// and the like; without words the newest are listed.
    #[tsify(optional)]
    pub text: Option<String>,
    /// What the text means by the model of `setModel`, if there is one.
    #[tsify(optional)]
    pub meant: Vec<f32>,
    /// Which memories.
    #[serde(flatten)]
    pub filter: Filter,
    /// How much of each; `index` unless told.
    #[tsify(optional)]
    pub format: Format,
    /// What comes first; `best` unless told. A list without words is the newest first.
    #[tsify(optional)]
    pub order: Order,
    /// What is at hand.
    #[tsify(optional)]
    pub near: Near,
    /// The moment of asking, for ages and for `since:7d`.
    #[tsify(optional)]
    pub now: Option<f64>,
    /// Where a list without words goes on, as `next` of the answer before said.
    #[tsify(optional)]
    pub after: Option<String>,
    /// Whether the last word is still being typed.
    #[tsify(optional)]
    pub is_prefix: bool,
    /// Whether each hit says how its score came about.
    #[tsify(optional)]
    pub is_explained: bool,
}

impl SearchRequest {
    pub(crate) fn into_core(self) -> Result<Search, Error> {
        let Self {
            text,
            meant,
            filter,
            format,
            order,
            near,
            now,
            after,
            is_prefix,
            is_explained: _,
        } = self;
        let (filter, page) = filter.into_core()?;
        Ok(Search {
            query: Query::parse(text.as_deref().unwrap_or(""), is_prefix),
            meant,
            filter,
            page,
            format: format.into(),
            order: order.into(),
            near_file: near.file,
            near_project: near.project,
            now: now.map(millis).unwrap_or_default(),
            after,
        })
    }
}

/// What a timeline is around; one of the fields.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum Anchor {
    /// A memory, by its id.
    Id(String),
    /// A session, by its key.
    Session(String),
    /// A moment.
    At(f64),
}

/// Which part of the timeline is wanted.
#[derive(Debug, Deserialize, Tsify)]
pub struct TimelineRequest {
    /// Around what.
    pub anchor: Anchor,
    /// Memories before the anchor, at most 100; 10 unless told.
    #[tsify(optional)]
    #[serde(default)]
    pub before: Option<u32>,
    /// Memories after the anchor, at most 100; 10 unless told.
    #[tsify(optional)]
    #[serde(default)]
    pub after: Option<u32>,
    /// Ids or names of projects; none means all.
    #[tsify(optional)]
    #[serde(default)]
    pub projects: Vec<String>,
    /// Kinds; none means observations, prompts and summaries.
    #[tsify(optional)]
    #[serde(default)]
    pub kinds: Vec<MemoryKind>,
}

impl TimelineRequest {
    pub(crate) fn into_core(self, store: &mut Store) -> Result<timeline::TimelineRequest, Error> {
        let Self {
            anchor,
            before,
            after,
            projects,
            kinds,
        } = self;
        Ok(timeline::TimelineRequest {
            anchor: match anchor {
                Anchor::Id(id) => {
                    let field = "anchor.id";
                    let id = store.id_of(field, &id)?.ok_or(Error::Unknown { field })?;
                    CoreAnchor::Memory(id)
                }
                Anchor::Session(session) => CoreAnchor::Session(session),
                Anchor::At(at) => CoreAnchor::Time(millis(at)),
            },
            before: before.unwrap_or(timeline::DEFAULT_DEPTH),
            after: after.unwrap_or(timeline::DEFAULT_DEPTH),
            projects,
            kinds: kinds.into_iter().map(Into::into).collect(),
        })
    }
}

/// Which memories to put into a block for a model.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ContextRequest {
    /// The memories, most useful first.
    pub ids: Vec<String>,
    /// About how long the block may be; 3000 unless told.
    #[tsify(optional)]
    #[serde(default)]
    pub max_tokens: Option<u32>,
}

/// A moment as JavaScript gives it. Fractions are dropped, and what is no
/// number counts as 0; the core checks the range.
pub(crate) fn millis(at: f64) -> UnixMillis {
    UnixMillis(at as i64)
}
