//! Records: the immutable lines of the log, and their JSON.
//!
//! A record is one JSON object. Its keys, in the order they are written:
//!
//! | key | holds |
//! | --- | --- |
//! | `id` | UUIDv7, the identity of the record |
//! | `k` | the kind, a [`Kind`] in snake case |
//! | `h` | a [`Stamp`], ordering edits |
//! | `at` | when it happened, Unix milliseconds |
//! | `sectors` | the [`Sectors`] of a memory, the primary first |
//! | `project` `src` `trust` `flag` `session` `workspace` | the [`Origin`], for kinds that have one |
//! | the rest | the fields of the kind, see [`kinds`] |
//!
//! A reader ignores keys it does not know, and a compaction copies lines as
//! bytes, so that what a newer version wrote survives an older one.

mod body;
mod fields;
pub mod kinds;
mod read;
mod sectors;
mod uses;

use serde::{Deserialize, Serialize};

pub use body::Body;
pub use kinds::{
    Alias, Context, ContextItem, Deletion, Edit, Event, Fact, Git, Observation, ObservationType,
    Prompt, Renamed, Session, SessionEnd, Summary, Target, Wipe,
};

pub use sectors::{Sector, Sectors};
pub use uses::{Use, UseBatch, Uses};

use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::project::Project;
use crate::log::time::UnixMillis;
use fields::Fields;
use recollect_words::json::shape;

/// What a record is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// A session began or became known.
    Session,
    /// A session ended.
    SessionEnd,
    /// Something a person asked.
    Prompt,
    /// Something learned, decided or done.
    Observation,
    /// What a session amounted to.
    Summary,
    /// Something that happened in an editor.
    Event,
    /// A piece of a session's context.
    Context,
    /// A value kept under a key for a project.
    Fact,
    /// How often memories were used.
    Use,
    /// New values for fields of another record.
    Edit,
    /// The end of other records.
    Del,
    /// The end of all records of a project, or of all, up to a moment.
    Wipe,
    /// Other ids of a project.
    Alias,
}

impl Kind {
    /// All kinds.
    pub const ALL: [Self; 13] = [
        Self::Session,
        Self::SessionEnd,
        Self::Prompt,
        Self::Observation,
        Self::Summary,
        Self::Event,
        Self::Context,
        Self::Fact,
        Self::Use,
        Self::Edit,
        Self::Del,
        Self::Wipe,
        Self::Alias,
    ];

    /// The name in JSON, in the index and in filters.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::SessionEnd => "session_end",
            Self::Prompt => "prompt",
            Self::Observation => "observation",
            Self::Summary => "summary",
            Self::Event => "event",
            Self::Context => "context",
            Self::Fact => "fact",
            Self::Use => "use",
            Self::Edit => "edit",
            Self::Del => "del",
            Self::Wipe => "wipe",
            Self::Alias => "alias",
        }
    }

    /// The kind of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.as_str() == name)
    }
}

/// Where a memory came from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Provenance {
    /// A person wrote it.
    User,
    /// A language model wrote it.
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

impl Provenance {
    /// All provenances.
    pub const ALL: [Self; 7] = [
        Self::User,
        Self::Assistant,
        Self::Tool,
        Self::File,
        Self::Web,
        Self::Import,
        Self::Sync,
    ];

    /// The name in JSON and in recalled text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::User => "user",
            Self::Assistant => "assistant",
            Self::Tool => "tool",
            Self::File => "file",
            Self::Web => "web",
            Self::Import => "import",
            Self::Sync => "sync",
        }
    }
}

/// How far a memory may be believed without a person looking at it.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Trust {
    /// Written in a trusted workspace by a trusted source.
    #[default]
    High,
    /// Anything else; never recalled by itself.
    Low,
}

impl Trust {
    /// The name in JSON and in recalled text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::High => "high",
            Self::Low => "low",
        }
    }

    pub(crate) fn is_high(&self) -> bool {
        *self == Self::High
    }
}

/// Why a memory is not to be recalled unless somebody asks for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// It reads as if it told a model what to do.
    Instructions,
}

impl Flag {
    /// The name in JSON and in recalled text.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Instructions => "instructions",
        }
    }
}

/// What every memory says about where it belongs.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Origin {
    /// The project.
    pub project: Project,
    /// Who or what wrote it.
    #[serde(rename = "src")]
    pub provenance: Provenance,
    /// How far it may be believed.
    #[serde(default, skip_serializing_if = "Trust::is_high")]
    pub trust: Trust,
    /// Why it is not recalled by itself, if so; the store finds that out.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub flag: Option<Flag>,
    /// Key of the session: the id that the session's owner gave it, or else the
    /// id of its record.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
    /// URI of the workspace folder.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub workspace: Option<String>,
}

/// One immutable record of the log.
#[derive(Clone, Debug, PartialEq)]
pub struct Record {
    /// Identity.
    pub id: RecordId,
    /// Orders edits of one entity.
    pub stamp: Stamp,
    /// When it happened, which for a commit is long before it was recorded.
    pub at: UnixMillis,
    /// Which kinds of remembering it is of, if that was decided when it was
    /// written; else it is decided when it is read.
    pub sectors: Option<Sectors>,
    /// Where it belongs; kinds that are no memories have none.
    pub origin: Option<Origin>,
    /// What it says.
    pub body: Body,
}

#[derive(Serialize)]
struct Head {
    id: RecordId,
    k: String,
    h: Stamp,
    at: UnixMillis,
    #[serde(skip_serializing_if = "Option::is_none")]
    sectors: Option<Sectors>,
}

/// Why a line of a segment is not a record that this version can use.
#[derive(Debug, thiserror::Error)]
pub enum RecordError {
    /// Not JSON, or a field is missing or of the wrong type.
    #[error("not a record")]
    Malformed(#[from] serde_json::Error),
    /// A kind that this version does not know; the line is kept as it is.
    #[error("a record of a kind this version does not know")]
    UnknownKind,
    /// Deeper than [`MAX_DEPTH`].
    #[error("nested deeper than {MAX_DEPTH} levels")]
    TooDeep,
    /// More keys than [`MAX_KEYS`].
    #[error("more than {MAX_KEYS} keys")]
    TooManyKeys,
    /// A stamp that no clock gives, or a wipe that would end all that comes.
    #[error("a clock reading that is too far ahead")]
    TooFarAhead,
}

/// Deepest nesting of objects and arrays in a record.
pub const MAX_DEPTH: usize = 16;
/// Most keys of a record, known or not; its kinds have less than half as many.
pub const MAX_KEYS: usize = 64;

impl Origin {
    /// Reads an origin as a record has it.
    ///
    /// # Errors
    ///
    /// When a field is missing or of the wrong type.
    pub fn from_json(json: &str) -> serde_json::Result<Self> {
        Fields::of(json)?.origin()
    }
}

impl Record {
    /// The record as one line of JSON, without the line end.
    ///
    /// # Errors
    ///
    /// Only when a field cannot be written as JSON, which no value of these
    /// types causes.
    pub fn to_json(&self) -> serde_json::Result<String> {
        let mut json = serde_json::to_string(&Head {
            id: self.id,
            k: self.body.kind().as_str().to_owned(),
            h: self.stamp.clone(),
            at: self.at,
            sectors: self.sectors,
        })?;
        if let Some(origin) = &self.origin {
            let fields = match &self.body {
                // It has a key of that name of its own, and a line with two of
                // them cannot be read.
                Body::SessionEnd(_) if origin.session.is_some() => {
                    let mut origin = origin.clone();
                    origin.session = None;
                    serde_json::to_string(&origin)?
                }
                _ => serde_json::to_string(origin)?,
            };
            append_fields(&mut json, &fields);
        }
        append_fields(&mut json, &self.body.to_json()?);
        Ok(json)
    }

    /// Reads what [`Record::to_json`] or a newer version of it wrote.
    ///
    /// # Errors
    ///
    /// See [`RecordError`].
    pub fn from_json(json: &str) -> Result<Self, RecordError> {
        let record = Self::from_json_of_any_time(json)?;
        let is_wipe_of_future =
            matches!(&record.body, Body::Wipe(wipe) if wipe.before.is_beyond_wipes());
        if record.stamp.is_impossible() || is_wipe_of_future {
            return Err(RecordError::TooFarAhead);
        }
        Ok(record)
    }

    /// As [`Record::from_json`], with any stamp: whoever calls this puts it right.
    pub(crate) fn from_json_of_any_time(json: &str) -> Result<Self, RecordError> {
        let (depth, keys) = shape(json);
        if depth > MAX_DEPTH {
            return Err(RecordError::TooDeep);
        }
        if keys > MAX_KEYS {
            return Err(RecordError::TooManyKeys);
        }
        let mut fields = Fields::of(json)?;
        if fields.has_twice() {
            // Readers would differ in which of two they take.
            return Err(RecordError::Malformed(serde::de::Error::custom(
                "duplicate field",
            )));
        }
        let head = fields.head()?;
        let kind = Kind::parse(&head.k).ok_or(RecordError::UnknownKind)?;
        let origin = match kind {
            Kind::Use | Kind::Edit | Kind::Del | Kind::Wipe => None,
            // The end of a session may be all that is known of it.
            Kind::SessionEnd => fields.origin().ok(),
            _ => Some(fields.origin()?),
        };
        let body = fields.body(kind)?;
        Ok(Self {
            id: head.id,
            stamp: head.h,
            at: head.at,
            sectors: head.sectors,
            origin,
            body,
        })
    }
}

/// Puts the fields of the object `more` behind those of the object `json`.
fn append_fields(json: &mut String, more: &str) {
    let fields = more.trim_start_matches('{');
    if fields.starts_with('}') {
        return;
    }
    json.pop();
    json.push(',');
    json.push_str(fields);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn record(body: Body) -> Record {
        let has_origin = !matches!(
            body.kind(),
            Kind::SessionEnd | Kind::Use | Kind::Edit | Kind::Del | Kind::Wipe
        );
        Record {
            id: RecordId::new(UnixMillis(1_000), &[7; 10]),
            stamp: "0000000003e8-0000-k3v9x0ab".parse().unwrap(),
            at: UnixMillis(1_000),
            sectors: None,
            origin: has_origin.then(|| Origin {
                project: Project::of(None, "file:///a/app"),
                provenance: Provenance::User,
                trust: Trust::High,
                flag: None,
                session: None,
                workspace: None,
            }),
            body,
        }
    }

    #[test]
    fn the_json_is_the_documented_one() {
        let prompt = record(Body::Prompt(Prompt {
            number: 1,
            text: "why \"tabs\"?\n".to_owned(),
            is_cut: false,
        }));
        assert_eq!(
            prompt.to_json().unwrap(),
            concat!(
                r#"{"id":"00000000-03e8-7707-8707-070707070707","k":"prompt","#,
                r#""h":"0000000003e8-0000-k3v9x0ab","at":1000,"#,
                r#""project":{"id":"file:///a/app","name":"app"},"src":"user","#,
                r#""number":1,"text":"why \"tabs\"?\n"}"#
            )
        );
    }

    #[test]
    fn keys_of_newer_versions_are_ignored() {
        let del = record(Body::Del(Deletion { of: Vec::new() }));
        let json = del
            .to_json()
            .unwrap()
            .replace("\"k\"", "\"new\":[{}],\"k\"");
        assert_eq!(Record::from_json(&json).unwrap(), del);
    }

    #[test]
    fn what_is_no_record_says_so() {
        let valid = record(Body::Del(Deletion { of: Vec::new() }))
            .to_json()
            .unwrap();
        for wrong in [
            "",
            "null",
            "{}",
            "[1]",
            &valid[1..],
            &valid.replace("1000", "\"1000\""),
        ] {
            assert!(
                matches!(Record::from_json(wrong), Err(RecordError::Malformed(_))),
                "{wrong}"
            );
        }
        let unknown = valid.replace("\"del\"", "\"hologram\"");
        assert!(matches!(
            Record::from_json(&unknown),
            Err(RecordError::UnknownKind)
        ));
        let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
        assert!(matches!(
            Record::from_json(&deep),
            Err(RecordError::TooDeep)
        ));
    }

    #[test]
    fn numbers_of_metadata_stay_as_they_were_written() {
        let json = concat!(
            r#"{"id":"00000000-03e8-7707-8707-070707070707","k":"session_end","#,
            r#""h":"0000000003e8-0000-k3v9x0ab","at":1000,"session":"s","statistics":{"a":5e36}}"#
        );
        let record = Record::from_json(json).unwrap();
        assert_eq!(
            record,
            Record::from_json(&record.to_json().unwrap()).unwrap()
        );
    }

    #[test]
    fn a_session_is_named_once_in_the_line_of_its_end() {
        let json = concat!(
            r#"{"id":"00000000-03e8-7707-8707-070707070707","k":"session_end","#,
            r#""h":"0000000003e8-0000-k3v9x0ab","at":1000,"project":{"id":"p","name":"p"},"#,
            r#""src":"user","session":"s"}"#
        );
        let record = Record::from_json(json).unwrap();
        assert_eq!(record.to_json().unwrap(), json);
    }
}
