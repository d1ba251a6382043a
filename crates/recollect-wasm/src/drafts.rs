//! What is to be remembered.
//!
//! A draft crosses as JSON text made by the engine, not field by field: its
//! metadata may be nested without end, and only a parser with a limit can
//! refuse that without exhausting the stack.

use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{self, Kind};
use recollect_core::{derive::commit, derive::note};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tsify::Tsify;

use crate::requests::millis;
use crate::types::{ObservationType, Project, Provenance, Trust};

/// Where a memory belongs.
#[derive(Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Origin {
    /// The project.
    pub project: Project,
    /// Who or what wrote it.
    pub provenance: Provenance,
    /// How far it may be believed; `high` unless told.
    #[tsify(optional)]
    #[serde(default)]
    pub trust: Option<Trust>,
    /// Key of the session.
    #[tsify(optional)]
    #[serde(default)]
    pub session: Option<String>,
    /// URI of the workspace folder.
    #[tsify(optional)]
    #[serde(default)]
    pub workspace: Option<String>,
}

impl From<Origin> for record::Origin {
    fn from(origin: Origin) -> Self {
        let Origin {
            project,
            provenance,
            trust,
            session,
            workspace,
        } = origin;
        Self {
            project: project.into(),
            provenance: provenance.into(),
            trust: trust.map(Into::into).unwrap_or_default(),
            flag: None,
            session,
            workspace,
        }
    }
}

/// Something to be remembered. Texts may hold privacy tags: what is private is
/// dropped before anything else happens. `at` is when it happened, if not now.
///
/// Only TypeScript sees this type: [`drafts`] reads what is of it.
#[allow(dead_code)]
#[derive(Debug, Serialize, Tsify)]
#[serde(
    tag = "kind",
    rename_all = "snake_case",
    rename_all_fields = "camelCase"
)]
pub enum NewRecord {
    /// A session began or became known; its key is `origin.session`, else its id.
    Session {
        /// Where it belongs.
        origin: Origin,
        /// When it began.
        #[tsify(optional)]
        at: Option<f64>,
        /// The assistant or editor that runs it.
        #[tsify(optional)]
        source: Option<String>,
        /// Who works in it.
        #[tsify(optional)]
        user: Option<String>,
        /// The editor's name.
        #[tsify(optional)]
        ide: Option<String>,
        /// What it is about.
        #[tsify(optional)]
        title: Option<String>,
    },
    /// A session ended.
    SessionEnd {
        /// Key of the session.
        session: String,
        /// When it ended.
        #[tsify(optional)]
        at: Option<f64>,
        /// Counts over the session.
        #[tsify(optional, type = "Record<string, unknown>")]
        statistics: Option<Map<String, Value>>,
    },
    /// Something a person asked; `origin.session` names the session.
    Prompt {
        /// Where it belongs.
        origin: Origin,
        /// When it was asked.
        #[tsify(optional)]
        at: Option<f64>,
        /// Position in the session, from 1.
        number: u32,
        /// The words.
        text: String,
    },
    /// Something learned, decided or done.
    Observation {
        /// Where it belongs.
        origin: Origin,
        /// When it happened.
        #[tsify(optional)]
        at: Option<f64>,
        /// What kind of work.
        #[serde(rename = "type")]
        observation_type: ObservationType,
        /// One line; made from the narrative if it is blank.
        title: String,
        /// A second line.
        #[tsify(optional)]
        subtitle: Option<String>,
        /// The whole story, Markdown.
        #[tsify(optional)]
        narrative: Option<String>,
        /// Statements that stand alone.
        #[tsify(optional)]
        facts: Vec<String>,
        /// Labels.
        #[tsify(optional)]
        concepts: Vec<String>,
        /// Files that were looked at.
        #[tsify(optional)]
        files_read: Vec<String>,
        /// Files that were changed.
        #[tsify(optional)]
        files_modified: Vec<String>,
        /// The prompt of the session that led to it.
        #[tsify(optional)]
        prompt_number: Option<u32>,
        /// Model tokens that finding it out cost.
        #[tsify(optional)]
        tokens_spent: Option<u32>,
    },
    /// What a session amounted to.
    Summary {
        /// Where it belongs.
        origin: Origin,
        /// When it was made.
        #[tsify(optional)]
        at: Option<f64>,
        /// What was asked for.
        #[tsify(optional)]
        request: Option<String>,
        /// What was looked into.
        #[tsify(optional)]
        investigated: Option<String>,
        /// What was found out.
        #[tsify(optional)]
        learned: Option<String>,
        /// What was done.
        #[tsify(optional)]
        completed: Option<String>,
        /// What is left.
        #[tsify(optional)]
        next_steps: Option<String>,
        /// Anything else.
        #[tsify(optional)]
        notes: Option<String>,
        /// Statements that stand alone.
        #[tsify(optional)]
        facts: Vec<String>,
        /// Labels.
        #[tsify(optional)]
        concepts: Vec<String>,
        /// Files that it is about.
        #[tsify(optional)]
        files: Vec<String>,
    },
    /// Something that happened in an editor.
    Event {
        /// Where it belongs.
        origin: Origin,
        /// When it happened.
        #[tsify(optional)]
        at: Option<f64>,
        /// Such as `file_open`, `code_edit` or `test_run`.
        #[serde(rename = "type")]
        event_type: String,
        /// The file it is about.
        #[tsify(optional)]
        file: Option<String>,
        /// Details.
        #[tsify(optional)]
        content: Option<String>,
        /// Anything else.
        #[tsify(optional, type = "Record<string, unknown>")]
        metadata: Option<Map<String, Value>>,
    },
    /// A piece of a session's context.
    Context {
        /// Where it belongs.
        origin: Origin,
        /// When it was used.
        #[tsify(optional)]
        at: Option<f64>,
        /// Which piece.
        item: ContextItem,
    },
    /// A value kept under a key for a project.
    Fact {
        /// Where it belongs.
        origin: Origin,
        /// When it was learned.
        #[tsify(optional)]
        at: Option<f64>,
        /// The key.
        key: String,
        /// The value.
        value: String,
        /// Anything else.
        #[tsify(optional, type = "Record<string, unknown>")]
        metadata: Option<Map<String, Value>>,
        /// Seconds after which it no longer holds.
        #[tsify(optional)]
        ttl_seconds: Option<u32>,
    },
    /// New values for fields of a memory; absent ones stay as they are.
    Edit {
        /// The memory.
        of: String,
        /// A new title.
        #[tsify(optional)]
        title: Option<String>,
        /// A new subtitle.
        #[tsify(optional)]
        subtitle: Option<String>,
        /// A new narrative.
        #[tsify(optional)]
        narrative: Option<String>,
        /// Other facts.
        #[tsify(optional)]
        facts: Option<Vec<String>>,
        /// Another type.
        #[serde(rename = "type")]
        #[tsify(optional)]
        observation_type: Option<ObservationType>,
        /// Other labels.
        #[tsify(optional)]
        concepts: Option<Vec<String>>,
        /// Whether it is pinned.
        #[tsify(optional)]
        is_pinned: Option<bool>,
        /// Whether it is archived.
        #[tsify(optional)]
        is_archived: Option<bool>,
        /// Whether a model wrote the words by itself; they count only where
        /// no earlier edit has changed any.
        #[tsify(optional)]
        is_rewriting: Option<bool>,
        /// Whether a person has read it and says that it tells no model what to
        /// do: then it is recalled like others, though it reads otherwise.
        #[tsify(optional)]
        is_harmless: Option<bool>,
    },
}

/// What a session's context is made of; one of the fields. Seen by TypeScript only.
#[allow(dead_code)]
#[derive(Debug, Serialize, Tsify)]
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

/// What is to be remembered, in order. Seen by TypeScript only.
#[allow(dead_code)]
#[derive(Debug, Serialize, Tsify)]
pub struct NewRecordList(pub Vec<NewRecord>);

/// The drafts that a list of [`NewRecord`] as JSON is.
pub(crate) fn drafts(json: &str) -> Result<Vec<Draft>, String> {
    let records: Vec<Value> = serde_json::from_str(json).map_err(|error| error.to_string())?;
    records.iter().map(draft).collect()
}

/// Kinds that a caller makes.
const KINDS: [Kind; 9] = [
    Kind::Session,
    Kind::SessionEnd,
    Kind::Prompt,
    Kind::Observation,
    Kind::Summary,
    Kind::Event,
    Kind::Context,
    Kind::Fact,
    Kind::Edit,
];

/// The fields of a record are spelled here as in the log but for their case.
fn draft(record: &Value) -> Result<Draft, String> {
    let Value::Object(record) = record else {
        return Err("invalid type, expected a record".to_owned());
    };
    let kind = match record.get("kind") {
        None => return Err("missing field `kind`".to_owned()),
        Some(kind) => kind.as_str().and_then(Kind::parse),
    };
    let Some(kind) = kind.filter(|kind| KINDS.contains(kind)) else {
        let names = KINDS.map(|kind| ["`", kind.as_str(), "`"].concat());
        return Err(["unknown variant, expected one of ", &names.join(", ")].concat());
    };
    let at = match record.get("at") {
        None | Some(Value::Null) => None,
        Some(at) => Some(at.as_f64().ok_or("invalid type, expected a number")?),
    };
    let origin = match (kind, record.get("origin")) {
        (Kind::SessionEnd | Kind::Edit, _) => None,
        (_, Some(Value::Object(origin))) => Some(spelled(origin)),
        (_, Some(_)) => return Err("invalid type, expected an origin".to_owned()),
        (_, None) => return Err("missing field `origin`".to_owned()),
    };
    let draft = Draft::from_json(kind, at.map(millis), origin.as_deref(), &spelled(record));
    // The log has a shorter name for it.
    draft.map_err(|error| error.to_string().replace("`src`", "`provenance`"))
}

/// An object under the keys of the log, as JSON; without what only the store says.
fn spelled(fields: &Map<String, Value>) -> String {
    let mut spelled = Map::new();
    for (key, value) in fields {
        let mut name = String::new();
        for letter in key.chars() {
            if letter.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(letter.to_ascii_lowercase());
        }
        let name = match name.as_str() {
            "kind" | "at" | "origin" | "cut" | "commit" | "flag" | "target" => continue,
            // Absent and null are the same for what may be absent.
            "trust" if value.is_null() => continue,
            "provenance" => "src",
            "is_pinned" => "pinned",
            "is_archived" => "archived",
            "is_rewriting" => "rewriting",
            "is_harmless" => "harmless",
            other => other,
        };
        spelled.insert(name.to_owned(), value.clone());
    }
    Value::Object(spelled).to_string()
}

/// A text that a person typed or selected.
#[derive(Debug, Deserialize, Tsify)]
pub struct Note {
    /// Its first line becomes the title unless there is one.
    pub text: String,
    /// Where it belongs.
    pub origin: Origin,
    /// A title.
    #[tsify(optional)]
    #[serde(default)]
    pub title: Option<String>,
    /// What kind of work; found from the words unless told.
    #[serde(default, rename = "type")]
    #[tsify(optional)]
    pub observation_type: Option<ObservationType>,
    /// The file it was selected in.
    #[tsify(optional)]
    #[serde(default)]
    pub file: Option<String>,
    /// Labels.
    #[tsify(optional)]
    #[serde(default)]
    pub concepts: Vec<String>,
}

impl Note {
    pub(crate) fn into_core(self) -> (note::Note, record::Origin) {
        let Self {
            text,
            origin,
            title,
            observation_type,
            file,
            concepts,
        } = self;
        let note = note::Note {
            text,
            title,
            observation_type: observation_type.map(Into::into),
            file,
            concepts,
        };
        (note, origin.into())
    }
}

/// A commit of a repository.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Commit {
    /// Its hash.
    pub hash: String,
    /// Its whole message.
    pub message: String,
    /// When its author made it.
    pub at: f64,
    /// When it was committed, where that is another time.
    #[tsify(optional)]
    #[serde(default)]
    pub committed_at: Option<f64>,
    /// Who made it.
    #[tsify(optional)]
    #[serde(default)]
    pub author: Option<String>,
    /// Files it changed, relative to the repository, by their paths after it.
    pub files: Vec<String>,
    /// Hashes of the commits that it follows.
    #[tsify(optional)]
    #[serde(default)]
    pub parents: Vec<String>,
    /// Those of the files that were not there before.
    #[tsify(optional)]
    #[serde(default)]
    pub added: Vec<String>,
    /// Those of the files that are gone since.
    #[tsify(optional)]
    #[serde(default)]
    pub deleted: Vec<String>,
    /// Those of the files that had another path before.
    #[tsify(optional)]
    #[serde(default)]
    pub renamed: Vec<Renamed>,
    /// Names of the tags that stand at it; each becomes a memory of its release.
    #[tsify(optional)]
    #[serde(default)]
    pub tags: Vec<String>,
}

/// A file that has another path since a commit.
#[derive(Debug, Deserialize, Tsify)]
pub struct Renamed {
    /// The path before.
    pub from: String,
    /// The path since.
    pub to: String,
}

/// Commits, in any order.
#[derive(Debug, Deserialize, Tsify)]
pub struct CommitList(pub Vec<Commit>);

impl From<Commit> for commit::Commit {
    fn from(commit: Commit) -> Self {
        let Commit {
            hash,
            message,
            at,
            committed_at,
            author,
            files,
            parents,
            added,
            deleted,
            renamed,
            tags,
        } = commit;
        let renamed = renamed.into_iter();
        Self {
            hash,
            message,
            at: at as i64,
            committed_at: committed_at.map(|at| at as i64),
            author,
            files,
            parents,
            added,
            deleted,
            renamed: renamed
                .map(|Renamed { from, to }| record::Renamed { from, to })
                .collect(),
            tags,
        }
    }
}
