//! What the part before the colon may be, and what may follow it.

use super::Moment;
use crate::log::record::Kind;

/// A field and the value it is compared with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Field {
    /// Type of an observation or event, as typed; letter case does not matter.
    Type(String),
    /// Kind of record; one that is a memory.
    Kind(Kind),
    /// A path, or whole segments of one, as typed.
    File(String),
    /// A label, as typed; letter case does not matter.
    Concept(String),
    /// Name of a commit's author, or words of it; letter case does not matter.
    Author(String),
    /// Id or name of a project, as typed.
    Project(String),
    /// `episodic`, `semantic`, `procedural`, `emotional` or `reflective`.
    Sector(String),
    /// Key of a session, as typed.
    Session(String),
    /// At this moment or later. Of several, the earliest says it all.
    Since(Moment),
    /// Earlier than this moment: a date leaves its own day out. Of several, the
    /// latest says it all.
    Before(Moment),
    /// What was done with the memory.
    Is(State),
}

/// What was done with a memory.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Somebody pinned it.
    Pinned,
    /// Somebody put it away.
    Archived,
    /// It reads as if it told a model what to do.
    Flagged,
}

impl State {
    const ALL: [Self; 3] = [Self::Pinned, Self::Archived, Self::Flagged];

    /// The name behind `is:`.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Pinned => "pinned",
            Self::Archived => "archived",
            Self::Flagged => "flagged",
        }
    }
}

/// Which field a name means.
#[derive(Clone, Copy)]
pub(super) enum Name {
    Type,
    Kind,
    File,
    Concept,
    Author,
    Project,
    Sector,
    Session,
    Since,
    Before,
    Is,
}

/// Names in lower case. Beside our own those of the parameters of claude-mem
/// and the tags of OpenMemory.
const NAMES: &[(&str, Name)] = &[
    ("type", Name::Type),
    ("obs_type", Name::Type),
    ("kind", Name::Kind),
    ("file", Name::File),
    ("files", Name::File),
    ("path", Name::File),
    ("concept", Name::Concept),
    ("concepts", Name::Concept),
    ("tag", Name::Concept),
    ("tags", Name::Concept),
    ("author", Name::Author),
    ("authors", Name::Author),
    ("project", Name::Project),
    ("sector", Name::Sector),
    ("session", Name::Session),
    ("since", Name::Since),
    ("after", Name::Since),
    ("datestart", Name::Since),
    ("before", Name::Before),
    ("until", Name::Before),
    ("dateend", Name::Before),
    ("is", Name::Is),
];

const SECTORS: [&str; 5] = [
    "episodic",
    "semantic",
    "procedural",
    "emotional",
    "reflective",
];

/// Names of the kinds that are memories, without the `s` of several. What
/// claude-mem finds among sessions is their summaries.
const KINDS: [(&str, Kind); 7] = [
    ("observation", Kind::Observation),
    ("summary", Kind::Summary),
    ("summarie", Kind::Summary),
    ("session", Kind::Summary),
    ("prompt", Kind::Prompt),
    ("event", Kind::Event),
    ("fact", Kind::Fact),
];

/// The field of that name, in any letter case.
pub(super) fn named(name: &str) -> Option<Name> {
    NAMES
        .iter()
        .find(|(known, _)| known.eq_ignore_ascii_case(name))
        .map(|(_, field)| *field)
}

impl Name {
    /// The field with a value, if it can have it.
    pub(super) fn with(self, value: &str) -> Option<Field> {
        let is = |name: &&str| name.eq_ignore_ascii_case(value);
        match self {
            Self::Kind => kind(value).map(Field::Kind),
            Self::Sector => SECTORS
                .iter()
                .find(|name| is(name))
                .map(|name| Field::Sector((*name).to_owned())),
            Self::Since => Moment::parse(value).map(Field::Since),
            Self::Before => Moment::parse(value).map(Field::Before),
            Self::Is => State::ALL
                .into_iter()
                .find(|state| is(&state.as_str()))
                .map(Field::Is),
            _ if value.is_empty() => None,
            // No type has the name of a kind, and people mix the two up.
            Self::Type => match kind(value) {
                Some(kind) => Some(Field::Kind(kind)),
                None => Some(Field::Type(value.to_owned())),
            },
            Self::File => Some(Field::File(value.to_owned())),
            Self::Concept => Some(Field::Concept(value.to_owned())),
            Self::Author => Some(Field::Author(value.to_owned())),
            Self::Project => Some(Field::Project(value.to_owned())),
            Self::Session => Some(Field::Session(value.to_owned())),
        }
    }
}

fn kind(name: &str) -> Option<Kind> {
    let name = name.to_ascii_lowercase();
    let name = name.strip_suffix('s').unwrap_or(&name);
    KINDS
        .iter()
        .find(|(known, _)| *known == name)
        .map(|(_, kind)| *kind)
}
