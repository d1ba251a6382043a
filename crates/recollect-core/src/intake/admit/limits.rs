//! What a record must say, and how much it may.

use super::{
    Draft, MAX_CONCEPT_BYTES, MAX_CONCEPTS, MAX_FACTS, MAX_FILES, MAX_METADATA_KEYS,
    MAX_TITLE_BYTES,
};
use crate::error::{Error, Result};
use crate::log::record::{Alias, Body, Context, ContextItem, Edit, Summary};

/// The field without which a record says nothing, if it is blank.
pub(super) fn blank_field(body: &Body) -> Option<&'static str> {
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
                trust: _,
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
                is_harmless,
            } = edit;
            if title.as_ref().is_some_and(|title| is_blank(title)) {
                return Some("title");
            }
            let changes_nothing = !edit.changes_words()
                && observation_type.is_none()
                && is_pinned.is_none()
                && is_archived.is_none()
                && !is_harmless;
            changes_nothing.then_some("edit")
        }
        Body::SessionEnd(end) => is_blank(&end.session).then_some("session"),
        Body::Alias(alias) => alias.of.is_empty().then_some("of"),
        Body::Session(_) | Body::Use(_) | Body::Del(_) | Body::Wipe(_) => None,
    }
}

/// Refuses what is over the limits, naming the field.
pub(super) fn check_limits(draft: &Draft) -> Result<()> {
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
            limit_list("filesModified", &observation.files_modified, MAX_FILES)?;
            let Some(git) = &observation.git else {
                return Ok(());
            };
            limit_list("parents", &git.parents, MAX_FILES)?;
            limit_list("added", &git.added, MAX_FILES)?;
            limit_list("deleted", &git.deleted, MAX_FILES)?;
            limit_count("renamed", git.renamed.len(), MAX_FILES)
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
        Body::Alias(alias) => limit_count("of", alias.of.len(), Alias::MAX),
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
