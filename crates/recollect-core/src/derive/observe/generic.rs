//! What a tool that nobody told us of says: its name and telling arguments.

use serde_json::Value;

use super::{Scene, change, raw, text_of, titled};
use crate::log::record::{Observation, ObservationType};
use crate::text::{cut, first_line, one_line};

/// Arguments that say what a use is about, most telling first.
const TELLING: [&str; 17] = [
    "title",
    "subject",
    "summary",
    "name",
    "query",
    "q",
    "question",
    "prompt",
    "message",
    "description",
    "text",
    "sql",
    "command",
    "url",
    "path",
    "key",
    "id",
];
/// Words with which the names of tools begin that change something.
const CHANGES: [&str; 20] = [
    "create", "update", "delete", "add", "set", "write", "merge", "close", "remove", "insert",
    "post", "send", "move", "rename", "apply", "deploy", "execute", "install", "push", "save",
];
/// Words of tools that look around or act on a screen.
const LOOKS: [&str; 20] = [
    "list",
    "click",
    "type",
    "press",
    "hover",
    "snapshot",
    "screenshot",
    "navigate",
    "wait",
    "scroll",
    "resize",
    "fill",
    "drag",
    "select",
    "tabs",
    "take",
    "open",
    "status",
    "ping",
    "think",
];
const MAX_ARGUMENT_BYTES: usize = 120;
const MAX_ARGUMENTS: usize = 5;
const MAX_SAID_BYTES: usize = 300;

pub(super) fn generic(scene: &Scene) -> Option<Observation> {
    let words = scene.tool.words();
    let is_word = |known: &[&str]| words.split(' ').any(|word| known.contains(&word));
    let changes = is_word(&CHANGES);
    if words.is_empty() || !changes && is_word(&LOOKS) {
        return None;
    }
    let main = TELLING
        .iter()
        .find_map(|key| Some((*key, scene.argument(&[key])?)));
    let said = raw::said(scene.response);
    let has_failed = raw::is_failure(scene.response);
    let mut title = match scene.tool.server {
        Some(server) => text_of(&[server, ": ", &words]),
        None => words.clone(),
    };
    if let Some((_, main)) = main {
        title.push_str(": ");
        title.push_str(&cut(&one_line(main), MAX_ARGUMENT_BYTES));
    }
    if has_failed {
        let error = cut(first_line(&said), MAX_ARGUMENT_BYTES);
        title = text_of(&[&title, " fails: ", &error]);
    }
    let observation_type = match changes && !has_failed {
        true => scene.work(),
        false => ObservationType::Discovery,
    };
    let mut observation = titled(observation_type, title);
    observation
        .concepts
        .extend(scene.tool.server.map(str::to_owned));
    if has_failed {
        observation.concepts[0] = "error".to_owned();
    }
    for (key, value) in scene.input.as_object().into_iter().flatten() {
        let value = match value {
            Value::String(value) => value.trim().to_owned(),
            Value::Number(value) => value.to_string(),
            _ => continue,
        };
        let is_short =
            !value.is_empty() && value.len() <= MAX_ARGUMENT_BYTES && !value.contains('\n');
        let is_main = main.is_some_and(|(main, _)| main == key);
        let is_file = change::FILE.contains(&key.as_str());
        if is_short && !is_main && !is_file && observation.facts.len() < MAX_ARGUMENTS {
            observation.facts.push(text_of(&[key, ": ", &value]));
        }
    }
    if let Some(file) = scene.argument(&change::FILE) {
        let files = file.lines().map(|file| scene.relative(file));
        match changes {
            true => observation.files_modified.extend(files),
            false => observation.files_read.extend(files),
        }
    }
    // Data is no sentence.
    let is_prose = !said.trim_start().starts_with(['{', '[', '<']) && said.trim().contains(' ');
    if is_prose && !has_failed {
        observation.narrative = Some(cut(said.trim(), MAX_SAID_BYTES).into_owned());
    }
    (main.is_some() || observation.narrative.is_some() || has_failed).then_some(observation)
}
