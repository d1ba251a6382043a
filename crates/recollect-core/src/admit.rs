//! What may become a record: size cap, privacy tags, path rules, secrets, then the
//! rules of each kind.
//!
//! The order is that of the privacy rules: nothing looks at a text before the
//! filter has, and what the filter removes leaves no trace in what follows.

use serde_json::Value;

use crate::error::{Error, Result};
use crate::privacy::{self, UserRules};
use crate::record::{
    Body, Context, ContextItem, Edit, Event, Fact, Kind, Observation, Origin, SessionEnd, Summary,
};
use crate::text::{cut, first_line, one_line};
use crate::time::UnixMillis;

/// Most bytes of all texts of one memory together.
pub const MAX_BODY_BYTES: usize = 64 * 1024;
/// Most bytes of a title, key, type or name.
pub const MAX_TITLE_BYTES: usize = 512;
/// Most labels of a memory.
pub const MAX_CONCEPTS: usize = 32;
/// Most bytes of a label.
pub const MAX_CONCEPT_BYTES: usize = 64;
/// Most statements of a memory.
pub const MAX_FACTS: usize = 128;
/// Most files of a memory, read and modified each.
pub const MAX_FILES: usize = 512;
/// Most keys of the metadata of a memory.
pub const MAX_METADATA_KEYS: usize = 64;

/// Bytes of a title made from a longer text.
const MADE_TITLE_BYTES: usize = 120;

/// A record that has not been admitted: its texts may hold anything.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// When it happened, if not now.
    pub at: Option<UnixMillis>,
    /// Where it belongs; kinds that are no memories have none.
    pub origin: Option<Origin>,
    /// What it says.
    pub body: Body,
}

impl Draft {
    /// A draft from JSON with the keys of the log: its origin, and its fields.
    ///
    /// # Errors
    ///
    /// When a field is missing or of the wrong type.
    pub fn from_json(
        kind: Kind,
        at: Option<UnixMillis>,
        origin: Option<&str>,
        fields: &str,
    ) -> serde_json::Result<Self> {
        Ok(Self {
            at,
            origin: origin.map(Origin::from_json).transpose()?,
            body: Body::from_json(kind, fields)?,
        })
    }
}

/// Cuts texts that are over the limits, and marks that: for what nobody asked to
/// be remembered, where a part is better than nothing.
///
/// A tag that the cut leaves open is private to the end.
pub(crate) fn shorten(draft: &mut Draft) {
    let mut bytes = 0;
    for_each_text(draft, &mut |text| bytes += text.len());
    let excess = bytes.saturating_sub(MAX_BODY_BYTES);
    let (text, is_cut) = match &mut draft.body {
        Body::Observation(observation) => {
            if observation.title.len() > MAX_TITLE_BYTES {
                observation.title = cut_unread(&observation.title, MAX_TITLE_BYTES);
                observation.is_cut = true;
            }
            (observation.narrative.as_mut(), &mut observation.is_cut)
        }
        Body::Event(event) => (event.content.as_mut(), &mut event.is_cut),
        Body::Prompt(prompt) => (Some(&mut prompt.text), &mut prompt.is_cut),
        Body::Summary(summary) => {
            let Summary {
                request,
                investigated,
                learned,
                completed,
                next_steps,
                notes,
                facts: _,
                concepts: _,
                files: _,
                is_cut,
            } = summary;
            let texts = [request, investigated, learned, completed, next_steps, notes];
            let longest = texts.into_iter().flatten().max_by_key(|text| text.len());
            (longest, is_cut)
        }
        Body::Session(_)
        | Body::SessionEnd(_)
        | Body::Context(_)
        | Body::Fact(_)
        | Body::Use(_)
        | Body::Edit(_)
        | Body::Del(_)
        | Body::Wipe(_) => return,
    };
    if let Some(text) = text.filter(|_| excess > 0) {
        *text = cut_unread(text, text.len().saturating_sub(excess));
        *is_cut = true;
    }
}

/// As much of a text as fits, before the filter has seen it: half of the word that
/// the cut goes through could be half a secret, which nobody would recognise.
pub(crate) fn cut_unread(text: &str, max_bytes: usize) -> String {
    const LONGEST_SECRET: usize = 1_024;
    let kept = cut(text, max_bytes);
    let word = kept.rfind(char::is_whitespace).unwrap_or(0);
    if kept.len() - word > LONGEST_SECRET {
        return kept.into_owned();
    }
    format!("{}…", kept[..word].trim_end())
}

/// Filters and checks a draft: as it may be stored, or `None` if all it said was
/// private or about files of which nothing is kept.
///
/// # Errors
///
/// [`Error::TooLarge`] and [`Error::InvalidInput`], naming the field.
pub(crate) fn admit(mut draft: Draft, rules: &UserRules) -> Result<Option<Draft>> {
    let mut bytes = 0;
    for_each_text(&mut draft, &mut |text| bytes += text.len());
    if bytes > MAX_BODY_BYTES {
        return Err(Error::TooLarge {
            field: "text",
            found: bytes,
            limit: MAX_BODY_BYTES,
        });
    }
    if draft.at.is_some_and(|at| at.0 < 0 || at > UnixMillis::MAX) {
        return Err(Error::invalid("at", "not a time between 1970 and 9999"));
    }
    let mut had_private = false;
    for_each_text(&mut draft, &mut |text| {
        had_private |= privacy::strip_in_place(text)
    });
    if is_denied(&mut draft.body, rules) {
        return Ok(None);
    }
    for_each_text(&mut draft, &mut |text| {
        rules.redact_in_place(text);
    });
    redact_named(&mut draft.body);
    tidy(&mut draft.body);
    if let Some(field) = blank_field(&draft.body) {
        if had_private {
            return Ok(None);
        }
        return Err(Error::invalid(field, "is empty"));
    }
    check_limits(&draft)?;
    Ok(Some(draft))
}

pub(crate) fn for_each_text(draft: &mut Draft, each: &mut dyn FnMut(&mut String)) {
    if let Some(origin) = &mut draft.origin {
        let Origin {
            project,
            provenance: _,
            trust: _,
            flag: _,
            session,
            workspace,
        } = origin;
        each(&mut project.id);
        each(&mut project.name);
        [session, workspace]
            .into_iter()
            .flatten()
            .for_each(&mut *each);
    }
    draft.body.texts_mut(each);
}

/// Drops files of which nothing is kept from the lists of a body; whether it is
/// about nothing else.
fn is_denied(body: &mut Body, rules: &UserRules) -> bool {
    match body {
        Body::Observation(Observation {
            files_read,
            files_modified,
            commit,
            ..
        }) => {
            let had_files = !files_read.is_empty() || !files_modified.is_empty();
            files_read.retain(|file| !rules.denies(file));
            files_modified.retain(|file| !rules.denies(file));
            // What a commit says was written for everybody who has the repository.
            had_files && files_read.is_empty() && files_modified.is_empty() && commit.is_none()
        }
        Body::Summary(summary) => {
            summary.files.retain(|file| !rules.denies(file));
            false
        }
        Body::Event(Event { file, metadata, .. }) => {
            for key in ["files", "filesRead", "filesModified", "paths", "uris"] {
                if let Some(Value::Array(files)) = metadata.get_mut(key) {
                    files.retain(|file| !file.as_str().is_some_and(|file| rules.denies(file)));
                }
            }
            let named = ["file", "filePath", "fileName", "path", "uri"]
                .into_iter()
                .filter_map(|key| metadata.get(key)?.as_str());
            file.as_deref()
                .into_iter()
                .chain(named)
                .any(|file| rules.denies(file))
        }
        Body::Context(Context {
            item: ContextItem::File { path, .. },
        }) => rules.denies(path),
        Body::Context(_)
        | Body::Session(_)
        | Body::SessionEnd(_)
        | Body::Prompt(_)
        | Body::Fact(_)
        | Body::Use(_)
        | Body::Edit(_)
        | Body::Del(_)
        | Body::Wipe(_) => false,
    }
}

/// Redacts values that are secrets only because of the key they stand under.
fn redact_named(body: &mut Body) {
    match body {
        Body::Event(Event { metadata, .. }) => privacy::redact_entries(metadata),
        Body::SessionEnd(SessionEnd { statistics, .. }) => privacy::redact_entries(statistics),
        Body::Fact(Fact {
            key,
            value,
            metadata,
            ..
        }) => {
            privacy::redact_named(key, value);
            privacy::redact_entries(metadata);
        }
        Body::Session(_)
        | Body::Prompt(_)
        | Body::Observation(_)
        | Body::Summary(_)
        | Body::Context(_)
        | Body::Use(_)
        | Body::Edit(_)
        | Body::Del(_)
        | Body::Wipe(_) => {}
    }
}

/// Lines where lines are meant, no blank entries, and a title for a story that has none.
pub(crate) fn tidy(body: &mut Body) {
    match body {
        Body::Observation(observation) => tidy_observation(observation),
        Body::Summary(summary) => {
            let Summary {
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
            } = summary;
            for text in [request, investigated, learned, completed, next_steps, notes] {
                drop_blank(text);
            }
            for list in [facts, concepts, files] {
                tidy_list(list);
            }
        }
        Body::Event(event) => {
            drop_blank(&mut event.file);
            drop_blank(&mut event.content);
        }
        Body::Edit(edit) => {
            if let Some(title) = &mut edit.title {
                *title = one_line(title);
            }
            edit.facts.iter_mut().for_each(tidy_list);
            edit.concepts.iter_mut().for_each(tidy_list);
        }
        Body::Session(session) => {
            for text in [
                &mut session.source,
                &mut session.user,
                &mut session.ide,
                &mut session.title,
            ] {
                drop_blank(text);
            }
        }
        Body::Fact(_)
        | Body::Prompt(_)
        | Body::Context(_)
        | Body::SessionEnd(_)
        | Body::Use(_)
        | Body::Del(_)
        | Body::Wipe(_) => {}
    }
}

fn tidy_observation(observation: &mut Observation) {
    drop_blank(&mut observation.subtitle);
    drop_blank(&mut observation.narrative);
    for list in [
        &mut observation.facts,
        &mut observation.concepts,
        &mut observation.files_read,
        &mut observation.files_modified,
    ] {
        tidy_list(list);
    }
    observation.title = one_line(&observation.title);
    if observation.title.is_empty() {
        let story = observation.narrative.as_ref().or(observation.facts.first());
        observation.title = story
            .map(|story| cut(first_line(story), MADE_TITLE_BYTES).into_owned())
            .unwrap_or_default();
    }
}

fn drop_blank(text: &mut Option<String>) {
    if text.as_ref().is_some_and(|text| text.trim().is_empty()) {
        *text = None;
    }
}

fn tidy_list(list: &mut Vec<String>) {
    let mut kept: Vec<String> = Vec::with_capacity(list.len());
    for entry in list.drain(..) {
        let entry = one_line(&entry);
        if !entry.is_empty() && !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    *list = kept;
}

/// The field without which a record says nothing, if it is blank.
fn blank_field(body: &Body) -> Option<&'static str> {
    let is_blank = |text: &str| text.trim().is_empty();
    match body {
        Body::Observation(observation) => is_blank(&observation.title).then_some("title"),
        Body::Prompt(prompt) => is_blank(&prompt.text).then_some("text"),
        Body::Summary(summary) => {
            let Summary {
                request,
                investigated,
                learned,
                completed,
                next_steps,
                notes,
                facts,
                concepts: _,
                files: _,
                is_cut: _,
            } = summary;
            let says_nothing = [request, investigated, learned, completed, next_steps, notes]
                .into_iter()
                .all(Option::is_none)
                && facts.is_empty();
            says_nothing.then_some("request")
        }
        Body::Event(event) => is_blank(&event.event_type).then_some("type"),
        Body::Fact(fact) => is_blank(&fact.key)
            .then_some("key")
            .or_else(|| is_blank(&fact.value).then_some("value")),
        Body::Context(Context { item }) => match item {
            ContextItem::File { path, .. } => is_blank(path).then_some("file"),
            ContextItem::Search { query } => is_blank(query).then_some("query"),
            ContextItem::Decision { text } => is_blank(text).then_some("decision"),
            ContextItem::Memory { id, key } => (is_blank(id) && is_blank(key)).then_some("memory"),
        },
        Body::Edit(edit) => {
            let Edit {
                of: _,
                target: _,
                flag: _,
                title,
                subtitle: _,
                narrative: _,
                facts: _,
                observation_type,
                concepts: _,
                is_pinned,
                is_archived,
                is_rewriting: _,
            } = edit;
            if title.as_ref().is_some_and(|title| is_blank(title)) {
                return Some("title");
            }
            let changes_nothing = !edit.changes_words()
                && observation_type.is_none()
                && is_pinned.is_none()
                && is_archived.is_none();
            changes_nothing.then_some("edit")
        }
        Body::SessionEnd(end) => is_blank(&end.session).then_some("session"),
        Body::Session(_) | Body::Use(_) | Body::Del(_) | Body::Wipe(_) => None,
    }
}

fn check_limits(draft: &Draft) -> Result<()> {
    if let Some(origin) = &draft.origin {
        limit_text("project.id", &origin.project.id, MAX_TITLE_BYTES * 4)?;
        limit_text("project.name", &origin.project.name, MAX_TITLE_BYTES)?;
        if origin.project.id.trim().is_empty() {
            return Err(Error::invalid("project.id", "is empty"));
        }
        if let Some(session) = &origin.session {
            limit_text("session", session, MAX_TITLE_BYTES)?;
        }
    }
    match &draft.body {
        Body::Observation(observation) => {
            limit_text("title", &observation.title, MAX_TITLE_BYTES)?;
            limit_list("facts", &observation.facts, MAX_FACTS)?;
            limit_concepts(&observation.concepts)?;
            limit_list("filesRead", &observation.files_read, MAX_FILES)?;
            limit_list("filesModified", &observation.files_modified, MAX_FILES)
        }
        Body::Summary(summary) => {
            limit_list("facts", &summary.facts, MAX_FACTS)?;
            limit_concepts(&summary.concepts)?;
            limit_list("files", &summary.files, MAX_FILES)
        }
        Body::Event(event) => {
            limit_text("type", &event.event_type, MAX_TITLE_BYTES)?;
            limit_count("metadata", event.metadata.len(), MAX_METADATA_KEYS)
        }
        Body::Fact(fact) => {
            limit_text("key", &fact.key, MAX_TITLE_BYTES)?;
            limit_count("metadata", fact.metadata.len(), MAX_METADATA_KEYS)
        }
        Body::Edit(edit) => {
            limit_text(
                "title",
                edit.title.as_deref().unwrap_or(""),
                MAX_TITLE_BYTES,
            )?;
            limit_list("facts", edit.facts.as_deref().unwrap_or(&[]), MAX_FACTS)?;
            limit_concepts(edit.concepts.as_deref().unwrap_or(&[]))
        }
        Body::Context(Context {
            item: ContextItem::File { importance, .. },
        }) if !(0.0..=1.0).contains(importance) => {
            Err(Error::invalid("importance", "is not from 0 to 1"))
        }
        Body::SessionEnd(end) => {
            limit_text("session", &end.session, MAX_TITLE_BYTES)?;
            limit_count("statistics", end.statistics.len(), MAX_METADATA_KEYS)
        }
        Body::Session(_)
        | Body::Prompt(_)
        | Body::Context(_)
        | Body::Use(_)
        | Body::Del(_)
        | Body::Wipe(_) => Ok(()),
    }
}

fn limit_text(field: &'static str, text: &str, limit: usize) -> Result<()> {
    if text.len() <= limit {
        return Ok(());
    }
    Err(Error::TooLarge {
        field,
        found: text.len(),
        limit,
    })
}

fn limit_list(field: &'static str, list: &[String], limit: usize) -> Result<()> {
    limit_count(field, list.len(), limit)
}

fn limit_concepts(concepts: &[String]) -> Result<()> {
    limit_count("concepts", concepts.len(), MAX_CONCEPTS)?;
    concepts
        .iter()
        .try_for_each(|concept| limit_text("concepts", concept, MAX_CONCEPT_BYTES))
}

fn limit_count(field: &'static str, found: usize, limit: usize) -> Result<()> {
    if found <= limit {
        return Ok(());
    }
    Err(Error::invalid(
        field,
        format!("has {found} entries, more than the {limit} that are kept"),
    ))
}
