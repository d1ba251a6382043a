//! The fields of each kind of record.
//!
//! Every text here has passed the privacy filter before it became part of a
//! record; [`Body::texts_mut`](super::Body::texts_mut) is how the filter reaches all of them.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};

use super::{Flag, Trust};
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::time::UnixMillis;

/// What kind of work an observation is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
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
    /// A command that worked, and what it is for.
    Command,
}

impl ObservationType {
    /// All types, in the order they are documented.
    pub const ALL: [Self; 7] = [
        Self::Discovery,
        Self::Decision,
        Self::Bugfix,
        Self::Feature,
        Self::Refactor,
        Self::Change,
        Self::Command,
    ];

    /// The name in JSON, in the index and in filters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Discovery => "discovery",
            Self::Decision => "decision",
            Self::Bugfix => "bugfix",
            Self::Feature => "feature",
            Self::Refactor => "refactor",
            Self::Change => "change",
            Self::Command => "command",
        }
    }

    /// The type of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// A session: one stretch of work with one assistant or editor window.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Session {
    /// The assistant or editor that runs it, such as `vscode` or `claude-code`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who works in it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The editor's name.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ide: Option<String>,
    /// What it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
}

/// The end of a session.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct SessionEnd {
    /// Key of the session.
    pub session: String,
    /// Counts over the session: events, files, sectors.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub statistics: Map<String, Value>,
}

/// Something a person asked an assistant.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Prompt {
    /// Position in the session, from 1.
    pub number: u32,
    /// The words.
    pub text: String,
    /// Whether a text was cut to the limits before it was kept.
    #[serde(default, rename = "cut", skip_serializing_if = "is_false")]
    pub is_cut: bool,
}

/// What git says of a commit besides its message: by whom it is, where it stands in the
/// history, and what became of its files.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Git {
    /// Name of the author, without an address.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Hashes of the commits that it follows; of a merge two or more.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub parents: Vec<String>,
    /// Files that were not there before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub added: Vec<String>,
    /// Files that are gone since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub deleted: Vec<String>,
    /// Files that have another path since.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub renamed: Vec<Renamed>,
    /// Name of the tag, if the observation is of a release and not of the commit itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
}

/// A file that has another path since a commit.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Renamed {
    /// The path before.
    pub from: String,
    /// The path since.
    pub to: String,
}

impl Git {
    /// The label of what a tag names.
    pub(crate) const RELEASE: &'static str = "release";
    /// The label of commits whose message git wrote for a merge.
    pub(crate) const MERGE: &'static str = "merge";

    /// Calls `each` with every text.
    pub fn texts_mut(&mut self, each: &mut dyn FnMut(&mut String)) {
        let Self {
            author,
            parents,
            added,
            deleted,
            renamed,
            tag,
        } = self;
        [author, tag].into_iter().flatten().for_each(&mut *each);
        [parents, added, deleted]
            .into_iter()
            .flatten()
            .for_each(&mut *each);
        for Renamed { from, to } in renamed {
            each(from);
            each(to);
        }
    }

    /// Keeps the files of which something may be kept.
    pub(crate) fn retain_files(&mut self, is_kept: impl Fn(&str) -> bool) {
        self.added.retain(|file| is_kept(file));
        self.deleted.retain(|file| is_kept(file));
        self.renamed
            .retain(|Renamed { from, to }| is_kept(from) && is_kept(to));
    }
}

/// Something learned, decided or done.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Observation {
    /// What kind of work.
    #[serde(rename = "type")]
    pub observation_type: ObservationType,
    /// One line.
    pub title: String,
    /// A second line.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// The whole story, Markdown.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Statements that stand alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// Labels, such as `gotcha` or `trade-off`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<String>,
    /// Files that were looked at.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files_read: Vec<String>,
    /// Files that were changed.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files_modified: Vec<String>,
    /// The prompt of the session that led to it, from 1.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub prompt_number: Option<u32>,
    /// Model tokens that finding it out cost.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tokens_spent: Option<u32>,
    /// Hash of the commit it was made from.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commit: Option<String>,
    /// What git says of that commit besides.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub git: Option<Git>,
    /// Whether a text was cut to the limits before it was kept.
    #[serde(default, rename = "cut", skip_serializing_if = "is_false")]
    pub is_cut: bool,
}

/// What a session amounted to.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Summary {
    /// What was asked for.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub request: Option<String>,
    /// What was looked into.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub investigated: Option<String>,
    /// What was found out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub learned: Option<String>,
    /// What was done.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub completed: Option<String>,
    /// What is left.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub next_steps: Option<String>,
    /// Anything else.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub notes: Option<String>,
    /// Statements that stand alone.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub facts: Vec<String>,
    /// Labels.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub concepts: Vec<String>,
    /// Files that it is about.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub files: Vec<String>,
    /// Whether a text was cut to the limits before it was kept.
    #[serde(default, rename = "cut", skip_serializing_if = "is_false")]
    pub is_cut: bool,
}

/// Something that happened in an editor.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Such as `file_open`, `code_edit` or `test_run`.
    #[serde(rename = "type")]
    pub event_type: String,
    /// The file it is about.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<String>,
    /// Details.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub content: Option<String>,
    /// Anything else the sender said.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// Whether a text was cut to the limits before it was kept.
    #[serde(default, rename = "cut", skip_serializing_if = "is_false")]
    pub is_cut: bool,
}

/// A piece of a session's context.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Context {
    /// Which piece.
    pub item: ContextItem,
}

/// What a session's context is made of.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ContextItem {
    /// A file was used.
    File {
        /// Its path.
        path: String,
        /// How much it matters, from 0 to 1.
        importance: f64,
    },
    /// Something was searched for.
    Search {
        /// The words.
        query: String,
    },
    /// Something was decided.
    Decision {
        /// The decision.
        text: String,
    },
    /// A memory was used.
    Memory {
        /// Its id, in the spelling of whoever used it.
        id: String,
        /// Its key.
        key: String,
    },
}

/// A value kept under a key for a project.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fact {
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// Anything else the sender said.
    #[serde(default, skip_serializing_if = "Map::is_empty")]
    pub metadata: Map<String, Value>,
    /// Seconds after which it no longer holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ttl_seconds: Option<u64>,
}

/// New values for fields of another record; absent ones stay as they are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Edit {
    /// The record.
    pub of: RecordId,
    /// What a wipe goes by, so that it ends the edit as well where the record
    /// itself is gone already; the store fills it in.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub target: Option<Target>,
    /// How far it may be believed: one of low trust counts for memories of low trust
    /// alone, and before those of high trust.
    #[serde(default, skip_serializing_if = "Trust::is_high")]
    pub trust: Trust,
    /// Why the memory is not recalled by itself from now on, if so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
    /// A new title.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// A new subtitle.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub subtitle: Option<String>,
    /// A new narrative.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub narrative: Option<String>,
    /// Other facts.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub facts: Option<Vec<String>>,
    /// Another type.
    #[serde(default, rename = "type", skip_serializing_if = "Option::is_none")]
    pub observation_type: Option<ObservationType>,
    /// Other labels.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub concepts: Option<Vec<String>>,
    /// Whether it is pinned.
    #[serde(default, rename = "pinned", skip_serializing_if = "Option::is_none")]
    pub is_pinned: Option<bool>,
    /// Whether it is archived.
    #[serde(default, rename = "archived", skip_serializing_if = "Option::is_none")]
    pub is_archived: Option<bool>,
    /// Whether a model wrote the words by itself. Then they count only where
    /// no earlier edit has changed any, so that of two windows which have one
    /// memory rewritten the first wins, and a person always.
    #[serde(default, rename = "rewriting", skip_serializing_if = "is_false")]
    pub is_rewriting: bool,
    /// Whether a person has read it and says that it tells no model what to do:
    /// its flag goes, until an edit brings other words.
    #[serde(default, rename = "harmless", skip_serializing_if = "is_false")]
    pub is_harmless: bool,
}

impl Edit {
    /// An edit of this record that changes nothing yet.
    #[must_use]
    pub fn of(of: RecordId) -> Self {
        Self {
            of,
            target: None,
            trust: Trust::High,
            flag: None,
            title: None,
            subtitle: None,
            narrative: None,
            facts: None,
            observation_type: None,
            concepts: None,
            is_pinned: None,
            is_archived: None,
            is_rewriting: false,
            is_harmless: false,
        }
    }

    /// Takes in an edit that follows this one: from here on this does what both did.
    pub(crate) fn join(&mut self, later: Self) {
        if later.is_rewriting && self.changes_words() {
            return;
        }
        let Self {
            of: _,
            target: _,
            trust: _,
            flag,
            title,
            subtitle,
            narrative,
            facts,
            observation_type,
            concepts,
            is_pinned,
            is_archived,
            is_rewriting: _,
            is_harmless,
        } = later;
        if is_harmless {
            self.flag = None;
            self.is_harmless = true;
        } else if flag.is_some() {
            self.flag = flag;
            self.is_harmless = false;
        }
        self.title = title.or(self.title.take());
        self.subtitle = subtitle.or(self.subtitle.take());
        self.narrative = narrative.or(self.narrative.take());
        self.facts = facts.or(self.facts.take());
        self.observation_type = observation_type.or(self.observation_type);
        self.concepts = concepts.or(self.concepts.take());
        self.is_pinned = is_pinned.or(self.is_pinned);
        self.is_archived = is_archived.or(self.is_archived);
    }

    /// Whether it changes what the memory says, and not only how it is kept.
    pub(crate) fn changes_words(&self) -> bool {
        self.title.is_some()
            || self.subtitle.is_some()
            || self.narrative.is_some()
            || self.facts.is_some()
            || self.concepts.is_some()
    }
}

/// What an edit knows of the record that it edits.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Target {
    /// Its stamp.
    pub h: Stamp,
    /// Id of its project.
    pub project: String,
}

/// The end of records, for good: bringing a text back takes a new id.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Deletion {
    /// At most [`Deletion::MAX`] ids.
    pub of: Vec<RecordId>,
}

impl Deletion {
    /// Most ids in one record.
    pub const MAX: usize = 256;
}

/// The end of everything that was recorded before a moment.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Wipe {
    /// Id of the project, or none for all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub project: Option<String>,
    /// Records with an earlier stamp go.
    pub before: Stamp,
}

/// Other ids of the record's project: what was recorded under them belongs to it.
///
/// A place or a first commit stays with the project that took it first; a remote
/// goes to the one that took it last, which is how a repository moves.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Alias {
    /// At most [`Alias::MAX`] ids.
    pub of: Vec<String>,
}

impl Alias {
    /// Most ids in one record.
    pub const MAX: usize = 16;
}

fn is_false(value: &bool) -> bool {
    !value
}

/// When a fact no longer holds, if ever.
#[must_use]
pub fn expires_at(fact: &Fact, at: UnixMillis) -> Option<UnixMillis> {
    let seconds = i64::try_from(fact.ttl_seconds?).unwrap_or(i64::MAX);
    Some(UnixMillis(
        at.0.saturating_add(seconds.saturating_mul(1_000)),
    ))
}
