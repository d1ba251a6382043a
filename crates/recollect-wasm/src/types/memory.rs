//! A memory: the words that describe it, and all that it holds.

use recollect_core::log::record;
use serde::{Deserialize, Serialize, Serializer};
use tsify::Tsify;

/// One of a few names, which TypeScript has after the first time it is told.
#[derive(Clone, Copy, Debug)]
pub struct Known(pub(super) &'static str);

impl Serialize for Known {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_unit_variant("", 0, self.0)
    }
}

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
    /// A command that worked, and what it is for.
    Command,
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
            ObservationType::Command => Self::Command,
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

impl From<Sector> for record::Sector {
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

impl From<record::Sector> for Sector {
    fn from(sector: record::Sector) -> Self {
        match sector {
            record::Sector::Episodic => Self::Episodic,
            record::Sector::Semantic => Self::Semantic,
            record::Sector::Procedural => Self::Procedural,
            record::Sector::Emotional => Self::Emotional,
            record::Sector::Reflective => Self::Reflective,
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

/// Everything of one memory.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Memory {
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
    pub provenance: Known,
    /// How far it may be believed.
    #[tsify(type = "Trust")]
    pub trust: Known,
    /// Why it is not recalled by itself, if so.
    #[tsify(optional, type = "Flag")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub flag: Option<Known>,
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
    /// Name of that commit's author.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// Name of the tag, if it is of a release.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub tag: Option<String>,
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
            git,
            summary,
            expires_at,
        } = memory;
        let (author, tag) = git.map(|git| (git.author, git.tag)).unwrap_or_default();
        Self {
            id: id.to_string(),
            kind: Known(kind.as_str()),
            memory_type,
            title,
            subtitle,
            narrative,
            at: at.0 as f64,
            project: project.into(),
            session,
            prompt_number,
            provenance: Known(provenance.as_str()),
            trust: Known(trust.as_str()),
            flag: flag.map(|flag| Known(flag.as_str())),
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
            author,
            tag,
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

/// Where somebody works, as a host can tell.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The folder, as a path or a URI.
    pub folder: String,
    /// Other addresses of it, and of the working tree that it is in.
    #[serde(default)]
    #[tsify(optional)]
    pub other_folders: Vec<String>,
    /// The repository that it is in, if it is in one.
    #[serde(default)]
    #[tsify(optional)]
    pub repository: Option<Repository>,
}

/// What a host can tell of a repository.
#[derive(Debug, Deserialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Repository {
    /// Address of its remote, as git has it; what is secret in it is dropped.
    #[serde(default)]
    #[tsify(optional)]
    pub remote: Option<String>,
    /// The commit that its history begins with, in hexadecimal.
    #[serde(default)]
    #[tsify(optional)]
    pub root_commit: Option<String>,
    /// Address of its main working tree; without one, of the folder with its data.
    pub home: String,
}

impl From<Place> for recollect_core::Place {
    fn from(place: Place) -> Self {
        let Place {
            folder,
            other_folders,
            repository,
        } = place;
        Self {
            folder,
            other_folders,
            repository: repository.map(Into::into),
        }
    }
}

impl From<Repository> for recollect_core::Repository {
    fn from(repository: Repository) -> Self {
        let Repository {
            remote,
            root_commit,
            home,
        } = repository;
        Self {
            remote,
            root_commit,
            home,
        }
    }
}
