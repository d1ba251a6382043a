//! A record of any kind: its JSON, and the texts that the privacy filter sees.

use serde_json::{Map, Value};

use super::Kind;
use super::fields::Fields;
use super::kinds::{
    Alias, Context, ContextItem, Deletion, Edit, Event, Fact, Observation, Prompt, Session,
    SessionEnd, Summary, Wipe,
};
use crate::log::record::UseBatch;

/// The fields of one record.
#[derive(Clone, Debug, PartialEq)]
#[allow(missing_docs)]
pub enum Body {
    Session(Session),
    SessionEnd(SessionEnd),
    Prompt(Prompt),
    Observation(Observation),
    Summary(Summary),
    Event(Event),
    Context(Context),
    Fact(Fact),
    Use(UseBatch),
    Edit(Edit),
    Del(Deletion),
    Wipe(Wipe),
    Alias(Alias),
}

/// Keys of records that are in the body of no memory.
const NO_BODY: [&str; 11] = [
    "id",
    "k",
    "h",
    "at",
    "sectors",
    "project",
    "src",
    "trust",
    "flag",
    "session",
    "workspace",
];

impl Body {
    /// Which kind it is.
    #[must_use]
    pub fn kind(&self) -> Kind {
        match self {
            Self::Session(_) => Kind::Session,
            Self::SessionEnd(_) => Kind::SessionEnd,
            Self::Prompt(_) => Kind::Prompt,
            Self::Observation(_) => Kind::Observation,
            Self::Summary(_) => Kind::Summary,
            Self::Event(_) => Kind::Event,
            Self::Context(_) => Kind::Context,
            Self::Fact(_) => Kind::Fact,
            Self::Use(_) => Kind::Use,
            Self::Edit(_) => Kind::Edit,
            Self::Del(_) => Kind::Del,
            Self::Wipe(_) => Kind::Wipe,
            Self::Alias(_) => Kind::Alias,
        }
    }

    pub(crate) fn to_json(&self) -> serde_json::Result<String> {
        match self {
            Self::Session(body) => serde_json::to_string(body),
            Self::SessionEnd(body) => serde_json::to_string(body),
            Self::Prompt(body) => serde_json::to_string(body),
            Self::Observation(body) => serde_json::to_string(body),
            Self::Summary(body) => serde_json::to_string(body),
            Self::Event(body) => serde_json::to_string(body),
            Self::Context(body) => serde_json::to_string(body),
            Self::Fact(body) => serde_json::to_string(body),
            Self::Use(body) => serde_json::to_string(body),
            Self::Edit(body) => serde_json::to_string(body),
            Self::Del(body) => serde_json::to_string(body),
            Self::Wipe(body) => serde_json::to_string(body),
            Self::Alias(body) => serde_json::to_string(body),
        }
    }

    pub(crate) fn from_json(kind: Kind, json: &str) -> serde_json::Result<Self> {
        Fields::of(json)?.body(kind)
    }

    /// The body in the JSON of a record that is a memory. What else a record has is not
    /// read.
    pub(crate) fn of_memory(kind: Kind, json: &str) -> serde_json::Result<Self> {
        Fields::without(json, &NO_BODY)?.body(kind)
    }

    /// Calls `each` with every text of the body that somebody outside wrote.
    ///
    /// The bodies are taken apart by name, so that a new field does not compile
    /// until it is decided whether the privacy filter must see it.
    pub fn texts_mut(&mut self, each: &mut dyn FnMut(&mut String)) {
        match self {
            Self::Session(Session {
                source,
                user,
                ide,
                title,
            }) => [source, user, ide, title]
                .into_iter()
                .flatten()
                .for_each(each),
            Self::SessionEnd(SessionEnd {
                session,
                statistics,
            }) => {
                each(session);
                map_texts(statistics, each);
            }
            Self::Prompt(Prompt {
                number: _,
                text,
                is_cut: _,
            }) => each(text),
            Self::Observation(Observation {
                observation_type: _,
                title,
                subtitle,
                narrative,
                facts,
                concepts,
                files_read,
                files_modified,
                prompt_number: _,
                tokens_spent: _,
                commit,
                git,
                is_cut: _,
            }) => {
                each(title);
                if let Some(git) = git {
                    git.texts_mut(each);
                }
                [subtitle, narrative, commit]
                    .into_iter()
                    .flatten()
                    .for_each(&mut *each);
                [facts, concepts, files_read, files_modified]
                    .into_iter()
                    .flatten()
                    .for_each(each);
            }
            Self::Summary(Summary {
                request,
                investigated,
                learned,
                completed,
                next_steps,
                notes,
                facts,
                concepts,
                files,
                is_cut: _,
            }) => {
                [request, investigated, learned, completed, next_steps, notes]
                    .into_iter()
                    .flatten()
                    .for_each(&mut *each);
                [facts, concepts, files]
                    .into_iter()
                    .flatten()
                    .for_each(each);
            }
            Self::Event(Event {
                event_type,
                file,
                content,
                metadata,
                is_cut: _,
            }) => {
                each(event_type);
                [file, content].into_iter().flatten().for_each(&mut *each);
                map_texts(metadata, each);
            }
            Self::Context(Context { item }) => match item {
                ContextItem::File {
                    path,
                    importance: _,
                } => each(path),
                ContextItem::Search { query } => each(query),
                ContextItem::Decision { text } => each(text),
                ContextItem::Memory { id, key } => {
                    each(id);
                    each(key);
                }
            },
            Self::Fact(Fact {
                key,
                value,
                metadata,
                ttl_seconds: _,
            }) => {
                each(key);
                each(value);
                map_texts(metadata, each);
            }
            Self::Edit(Edit {
                of: _,
                target,
                trust: _,
                flag: _,
                title,
                subtitle,
                narrative,
                facts,
                observation_type: _,
                concepts,
                is_pinned: _,
                is_archived: _,
                is_rewriting: _,
                is_harmless: _,
            }) => {
                let project = target.as_mut().map(|target| &mut target.project);
                [
                    title.as_mut(),
                    subtitle.as_mut(),
                    narrative.as_mut(),
                    project,
                ]
                .into_iter()
                .flatten()
                .for_each(&mut *each);
                let lists = [facts.as_mut(), concepts.as_mut()];
                lists.into_iter().flatten().flatten().for_each(each);
            }
            Self::Use(UseBatch { uses: _ }) | Self::Del(Deletion { of: _ }) => {}
            Self::Wipe(Wipe { project, before: _ }) => project.iter_mut().for_each(each),
            Self::Alias(Alias { of }) => of.iter_mut().for_each(each),
        }
    }
}

/// Texts of a JSON object, keys included. A key that changes moves its value; one
/// of which nothing is left takes its value along.
fn map_texts(map: &mut Map<String, Value>, each: &mut dyn FnMut(&mut String)) {
    let entries = std::mem::take(map);
    for (mut key, mut value) in entries {
        let was_blank = key.trim().is_empty();
        each(&mut key);
        value_texts(&mut value, each);
        if was_blank || !key.trim().is_empty() {
            map.insert(key, value);
        }
    }
}

fn value_texts(value: &mut Value, each: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(values) => values.iter_mut().for_each(|value| value_texts(value, each)),
        Value::Object(map) => map_texts(map, each),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}
