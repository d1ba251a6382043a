//! The form of a record: lines where lines are meant, and nothing blank.

use serde_json::{Map, Value};

use super::{Draft, for_each_text};
use crate::clean::{clean_in_place, clean_key, clean_line};
use crate::log::record::{
    Alias, Body, Context, ContextItem, Edit, Event, Fact, Observation, Origin, Session, SessionEnd,
    Summary, Wipe,
};
use crate::text::{cut, first_line};

/// Bytes of a title made from a longer text.
const MADE_TITLE_BYTES: usize = 120;

/// Clean texts, lines where lines are meant, no blank entries, and a title for a story that
/// has none.
pub(crate) fn tidy(draft: &mut Draft) {
    for_each_text(draft, &mut clean_in_place);
    if let Some(origin) = &mut draft.origin {
        let Origin {
            project,
            provenance: _,
            trust: _,
            flag: _,
            session,
            workspace,
        } = origin;
        to_key(&mut project.id);
        to_line(&mut project.name);
        session.iter_mut().for_each(to_key);
        workspace.iter_mut().for_each(to_key);
    }
    tidy_body(&mut draft.body);
}

fn tidy_body(body: &mut Body) {
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
        Body::Event(Event {
            event_type,
            file,
            content,
            metadata,
            is_cut: _,
        }) => {
            to_line(event_type);
            file.iter_mut().for_each(to_key);
            drop_blank(file);
            drop_blank(content);
            tidy_keys(metadata);
        }
        Body::Edit(Edit {
            title,
            subtitle,
            facts,
            concepts,
            ..
        }) => {
            title.iter_mut().for_each(to_line);
            subtitle.iter_mut().for_each(to_line);
            facts.iter_mut().for_each(tidy_list);
            concepts.iter_mut().for_each(tidy_list);
        }
        Body::Session(Session {
            source,
            user,
            ide,
            title,
        }) => {
            for text in [source, user, ide, title] {
                text.iter_mut().for_each(to_line);
                drop_blank(text);
            }
        }
        Body::Fact(Fact { key, metadata, .. }) => {
            to_key(key);
            tidy_keys(metadata);
        }
        Body::SessionEnd(SessionEnd {
            session,
            statistics,
        }) => {
            to_key(session);
            tidy_keys(statistics);
        }
        Body::Context(Context { item }) => match item {
            ContextItem::File {
                path,
                importance: _,
            } => to_key(path),
            ContextItem::Search { query } => to_line(query),
            ContextItem::Memory { id, key } => {
                to_key(id);
                to_key(key);
            }
            ContextItem::Decision { text: _ } => {}
        },
        Body::Wipe(Wipe { project, before: _ }) => project.iter_mut().for_each(to_key),
        Body::Alias(Alias { of }) => of.iter_mut().for_each(to_key),
        Body::Prompt(_) | Body::Use(_) | Body::Del(_) => {}
    }
}

fn to_line(text: &mut String) {
    *text = clean_line(text);
}

fn to_key(text: &mut String) {
    if text.contains(['\n', '\t']) {
        *text = clean_key(text);
    }
}

/// Keys of any depth as one line each. Where they become equal, the first stays.
fn tidy_keys(entries: &mut Map<String, Value>) {
    if entries.keys().any(|key| key.contains(['\n', '\t'])) {
        for (key, value) in std::mem::take(entries) {
            entries.entry(clean_key(&key)).or_insert(value);
        }
    }
    entries.values_mut().for_each(tidy_values);
}

fn tidy_values(value: &mut Value) {
    match value {
        Value::Array(items) => items.iter_mut().for_each(tidy_values),
        Value::Object(entries) => tidy_keys(entries),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}

fn tidy_observation(observation: &mut Observation) {
    observation.subtitle.iter_mut().for_each(to_line);
    observation.commit.iter_mut().for_each(to_line);
    if let Some(git) = &mut observation.git {
        git.texts_mut(&mut to_line);
        drop_blank(&mut git.author);
        drop_blank(&mut git.tag);
    }
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
    observation.title = clean_line(&observation.title);
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
        let entry = clean_line(&entry);
        if !entry.is_empty() && !kept.contains(&entry) {
            kept.push(entry);
        }
    }
    *list = kept;
}
