//! A memory as it is shown: a record with the edits that followed it.

use crate::clean::{clean_in_place, clean_line_in_place};
use crate::log::happened;
use crate::log::id::RecordId;
use crate::log::project::Project;
use crate::log::record::Sectors;
use crate::log::record::kinds::expires_at;
use crate::log::record::{
    Body, ContextItem, Edit, Flag, Git, Kind, Observation, Origin, Prompt, Provenance, Record,
    Summary, Trust,
};
use crate::log::time::UnixMillis;
use crate::text::{cut, first_line};

/// Everything of one memory.
#[derive(Clone, Debug, PartialEq)]
pub struct Memory {
    /// Identity.
    pub id: RecordId,
    /// What it is.
    pub kind: Kind,
    /// Type of the observation or event.
    pub memory_type: Option<String>,
    /// One line, never empty.
    pub title: String,
    /// A second line.
    pub subtitle: Option<String>,
    /// The whole story.
    pub narrative: Option<String>,
    /// When it happened.
    pub at: UnixMillis,
    /// The project.
    pub project: Project,
    /// Key of the session.
    pub session: Option<String>,
    /// The prompt of the session that it belongs to, from 1.
    pub prompt_number: Option<u32>,
    /// Who or what wrote it.
    pub provenance: Provenance,
    /// How far it may be believed.
    pub trust: Trust,
    /// Why it is not recalled by itself, if so.
    pub flag: Option<Flag>,
    /// Which kinds of remembering it is of, where that is known.
    pub sectors: Option<Sectors>,
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
    pub commit: Option<String>,
    /// What git says of that commit besides.
    pub git: Option<Git>,
    /// The parts of a summary, if it is one.
    pub summary: Option<Summary>,
    /// When a fact no longer holds, if ever.
    pub expires_at: Option<UnixMillis>,
}

/// Longest title made from a longer text, in bytes.
const MADE_TITLE_BYTES: usize = 120;

impl Memory {
    /// The memory that a record is, or `None` for kinds that are no memories.
    #[must_use]
    pub fn of(record: Record) -> Option<Self> {
        let Record {
            id,
            at,
            sectors,
            origin,
            body,
            ..
        } = record;
        Some(Self::new(id, at, origin?, sectors, body))
    }

    /// The memory of that body.
    pub(crate) fn new(
        id: RecordId,
        at: UnixMillis,
        origin: Origin,
        sectors: Option<Sectors>,
        body: Body,
    ) -> Self {
        let Origin {
            project,
            provenance,
            trust,
            flag,
            session,
            workspace: _,
        } = origin;
        let mut memory = Self {
            id,
            kind: body.kind(),
            memory_type: None,
            title: String::new(),
            subtitle: None,
            narrative: None,
            at,
            project,
            session,
            prompt_number: None,
            provenance,
            trust,
            flag,
            sectors,
            is_pinned: false,
            is_archived: false,
            is_edited: false,
            facts: Vec::new(),
            concepts: Vec::new(),
            files_read: Vec::new(),
            files_modified: Vec::new(),
            commit: None,
            git: None,
            summary: None,
            expires_at: None,
        };
        memory.take_body(body);
        memory.clean();
        if memory.title.trim().is_empty() {
            memory.title = memory.kind.as_str().replace('_', " ");
        }
        memory
    }

    fn take_body(&mut self, body: Body) {
        match body {
            Body::Observation(observation) => self.take_observation(observation),
            Body::Summary(summary) => {
                self.title = [
                    &summary.request,
                    &summary.completed,
                    &summary.learned,
                    &summary.notes,
                ]
                .into_iter()
                .flatten()
                .map(|text| made_title(text))
                .next()
                .unwrap_or_default();
                self.facts.clone_from(&summary.facts);
                self.concepts.clone_from(&summary.concepts);
                self.files_modified.clone_from(&summary.files);
                self.summary = Some(summary);
            }
            Body::Prompt(Prompt {
                number,
                text,
                is_cut: _,
            }) => {
                self.title = made_title(&text);
                self.narrative = Some(text);
                self.prompt_number = Some(number);
            }
            Body::Event(event) => {
                self.title = happened::title_of(&event);
                self.memory_type = Some(event.event_type);
                self.narrative = event.content;
                self.files_modified.extend(event.file);
            }
            Body::Fact(fact) => {
                self.expires_at = expires_at(&fact, self.at);
                self.title = fact.key;
                self.narrative = Some(fact.value);
            }
            Body::Session(session) => {
                self.title = match (session.title, session.source) {
                    (Some(title), _) => title,
                    (None, Some(source)) => format!("Session in {source}"),
                    (None, None) => "Session".to_owned(),
                };
            }
            Body::Context(context) => match context.item {
                ContextItem::File { path, .. } => {
                    self.title = format!("file: {path}");
                    self.files_read.push(path);
                }
                ContextItem::Search { query } => self.title = format!("search: {query}"),
                ContextItem::Decision { text } => {
                    self.title = made_title(&text);
                    self.narrative = Some(text);
                }
                ContextItem::Memory { id, key } => self.title = format!("memory: {key} ({id})"),
            },
            Body::SessionEnd(_)
            | Body::Use(_)
            | Body::Edit(_)
            | Body::Del(_)
            | Body::Wipe(_)
            | Body::Alias(_) => {}
        }
    }

    fn take_observation(&mut self, observation: Observation) {
        let Observation {
            observation_type,
            title,
            subtitle,
            narrative,
            facts,
            concepts,
            files_read,
            files_modified,
            prompt_number,
            tokens_spent: _,
            commit,
            git,
            is_cut: _,
        } = observation;
        self.memory_type = Some(observation_type.as_str().to_owned());
        self.title = title;
        self.subtitle = subtitle;
        self.narrative = narrative;
        self.facts = facts;
        self.concepts = concepts;
        self.files_read = files_read;
        self.files_modified = files_modified;
        self.prompt_number = prompt_number;
        self.commit = commit;
        self.git = git;
    }

    /// Applies an edit; the caller does so in the order of their stamps.
    pub fn apply(&mut self, edit: &Edit) {
        let Edit {
            of: _,
            target: _,
            trust,
            flag,
            title,
            subtitle,
            narrative,
            facts,
            observation_type,
            concepts,
            is_pinned,
            is_archived,
            is_rewriting,
            is_harmless,
        } = edit;
        if *trust == Trust::Low && self.trust == Trust::High {
            return;
        }
        if *is_rewriting && self.is_edited {
            return;
        }
        self.is_edited |= edit.changes_words();
        self.flag = flag.or(self.flag).filter(|_| !is_harmless);
        if let Some(title) = title {
            self.title.clone_from(title);
        }
        if subtitle.is_some() {
            self.subtitle.clone_from(subtitle);
        }
        if let Some(facts) = facts {
            self.facts.clone_from(facts);
        }
        if narrative.is_some() {
            self.narrative.clone_from(narrative);
        }
        if let Some(observation_type) = observation_type {
            self.memory_type = Some(observation_type.as_str().to_owned());
        }
        if let Some(concepts) = concepts {
            self.concepts.clone_from(concepts);
        }
        self.is_pinned = is_pinned.unwrap_or(self.is_pinned);
        self.is_archived = is_archived.unwrap_or(self.is_archived);
        self.clean();
    }

    /// Cleans what is shown: a file can be of an earlier version, or of somebody else.
    fn clean(&mut self) {
        let lines = [
            Some(&mut self.title),
            Some(&mut self.project.name),
            self.memory_type.as_mut(),
            self.subtitle.as_mut(),
            self.commit.as_mut(),
        ];
        lines.into_iter().flatten().for_each(clean_line_in_place);
        let lists = [
            &mut self.facts,
            &mut self.concepts,
            &mut self.files_read,
            &mut self.files_modified,
        ];
        lists.into_iter().flatten().for_each(clean_line_in_place);
        self.narrative.iter_mut().for_each(clean_in_place);
        if let Some(git) = &mut self.git {
            git.texts_mut(&mut clean_line_in_place);
        }
        if let Some(Summary {
            request,
            investigated,
            learned,
            completed,
            next_steps,
            notes,
            ..
        }) = &mut self.summary
        {
            let texts = [request, investigated, learned, completed, next_steps, notes];
            texts.into_iter().flatten().for_each(clean_in_place);
        }
    }

    /// Everything but the title as Markdown, for reading.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::with_capacity(self.text_bytes());
        let part = |text: &mut String| {
            if !text.is_empty() {
                text.push_str("\n\n");
            }
        };
        for told in [&self.subtitle, &self.narrative].into_iter().flatten() {
            part(&mut text);
            text.push_str(told);
        }
        for (heading, section) in self.summary.iter().flat_map(summary_sections) {
            part(&mut text);
            text.push_str("**");
            text.push_str(heading);
            // A list stands below its heading.
            text.push_str(if section.starts_with("- ") {
                ".**\n"
            } else {
                ".** "
            });
            text.push_str(section);
        }
        for (position, fact) in self.facts.iter().enumerate() {
            if position == 0 {
                part(&mut text);
            } else {
                text.push('\n');
            }
            text.push_str("- ");
            text.push_str(fact);
        }
        text
    }

    /// Bytes of [`Memory::text`], without making it.
    fn text_bytes(&self) -> usize {
        let told = [&self.subtitle, &self.narrative].into_iter().flatten();
        let told = told.map(|text| text.len() + 2);
        let sections = self.summary.iter().flat_map(summary_sections);
        let sections = sections.map(|(heading, text)| heading.len() + text.len() + 8);
        let facts = self.facts.iter().map(|fact| fact.len() + 3);
        told.chain(sections).chain(facts).sum()
    }

    /// All files it names, each once.
    pub fn files(&self) -> impl Iterator<Item = &str> {
        let read = self.files_read.iter();
        read.filter(|file| !self.files_modified.contains(file))
            .chain(&self.files_modified)
            .map(String::as_str)
    }

    /// Estimated cost of the full memory in model tokens.
    ///
    /// Four bytes a token, the usual rule of thumb for English and code.
    #[must_use]
    pub fn tokens(&self) -> u32 {
        let files: usize = self.files().map(|file| file.len() + 1).sum();
        let bytes = self.title.len() + self.text_bytes() + files;
        u32::try_from(bytes.div_ceil(4)).unwrap_or(u32::MAX)
    }
}

/// The parts of a summary that say something, with their headings, in reading order.
pub(crate) fn summary_sections(summary: &Summary) -> impl Iterator<Item = (&'static str, &str)> {
    [
        ("Request", &summary.request),
        ("Investigated", &summary.investigated),
        ("Learned", &summary.learned),
        ("Completed", &summary.completed),
        ("Next steps", &summary.next_steps),
        ("Notes", &summary.notes),
    ]
    .into_iter()
    .filter_map(|(heading, text)| text.as_deref().map(|text| (heading, text)))
}

fn made_title(text: &str) -> String {
    let line = first_line(text);
    // The first entry of a list is a title as well.
    let line = line.strip_prefix("- ").unwrap_or(line);
    cut(line, MADE_TITLE_BYTES).into_owned()
}
