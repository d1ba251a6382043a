//! What was read, searched and found wrong in files.

use serde_json::Value;

use super::definition::definitions;
use super::file_kind::FileKind;
use super::{Scene, change, code, listed, path, raw, text_of, titled};
use crate::log::record::{Observation, ObservationType};
use crate::text::{cut, one_line};

/// Names in a title, and in a fact.
const IN_TITLE: usize = 3;
const IN_FACT: usize = 16;
/// A search that finds more files found nothing in particular.
const MAX_FOUND: usize = 40;
const MAX_PURPOSE_BYTES: usize = 400;
const MAX_PATTERN_BYTES: usize = 80;
const MAX_PROBLEMS: usize = 5;

/// What a file defines, or what its headings are.
pub(super) fn read(scene: &Scene) -> Option<Observation> {
    if raw::is_failure(scene.response) {
        return None;
    }
    let file = scene.relative(scene.argument(&change::FILE)?);
    if path::is_passing(&file) {
        return None;
    }
    let inner = scene.response.get("file").unwrap_or(scene.response);
    let content = raw::said(inner);
    let kind = FileKind::of(&file);
    let mut title = text_of(&["Read ", &file, ": "]);
    let mut facts = Vec::new();
    let mut narrative = String::new();
    match kind {
        FileKind::Code | FileKind::Tests => {
            let names = definitions(&content);
            if names.is_empty() {
                return None;
            }
            title.push_str(&listed(&names, IN_TITLE));
            facts.push(text_of(&["Defines ", &listed(&names, IN_FACT)]));
            narrative = purpose(&content);
        }
        FileKind::Prose => {
            let headings = code::headings(&content);
            let (first, rest) = headings.split_first()?;
            title.push_str(first);
            if !rest.is_empty() {
                let most = rest.len().min(IN_FACT);
                facts.push(text_of(&["Sections: ", &rest[..most].join(", ")]));
            }
        }
        FileKind::Settings | FileKind::Other => return None,
    }
    let mut observation = titled(ObservationType::Discovery, title);
    observation.narrative = Some(narrative).filter(|text| !text.is_empty());
    observation.facts = facts;
    observation
        .concepts
        .extend(kind.concept().map(str::to_owned));
    observation.files_read.push(file);
    Some(observation)
}

/// What the comment at the head of a file says it is for.
pub(super) fn purpose(content: &str) -> String {
    let mut lines = Vec::new();
    for line in content.lines().take(40) {
        let line =
            line.trim_start_matches(|c: char| c.is_ascii_digit() || matches!(c, ' ' | '\t' | '→'));
        if line.is_empty() && lines.is_empty()
            || line.starts_with("#!")
            || matches!(line, "/**" | "/*" | "*")
        {
            continue;
        }
        if code::comment(line).is_none() {
            break;
        }
        lines.push(line);
    }
    let text = code::comments(&lines);
    let is_licence = ["Copyright", "copyright", "SPDX", "icense"]
        .iter()
        .any(|word| text.contains(word));
    match is_licence {
        true => String::new(),
        false => cut(&text, MAX_PURPOSE_BYTES).into_owned(),
    }
}

/// What was searched for and where it is.
pub(super) fn search(scene: &Scene) -> Option<Observation> {
    if raw::is_failure(scene.response) {
        return None;
    }
    let pattern = scene.argument(&["pattern", "query", "symbolName", "regex"])?;
    let pattern = cut(&one_line(pattern), MAX_PATTERN_BYTES).into_owned();
    let repository = scene.argument(&["repo", "repository"]);
    // Words ask for a subject, a pattern for a place.
    let is_question = pattern.split(' ').count() > 2 && !pattern.contains('|');
    let quoted = match is_question || pattern.contains('`') {
        true => text_of(&["“", &pattern, "”"]),
        false => text_of(&["`", &pattern, "`"]),
    };
    let mut title = text_of(&["Searched for ", &quoted]);
    if let Some(repository) = repository {
        title.push_str(" in ");
        title.push_str(repository);
    }
    found(scene, title)
}

/// Where a symbol is used.
pub(super) fn usages(scene: &Scene) -> Option<Observation> {
    let symbol = scene.argument(&["symbolName", "symbol", "query", "name"])?;
    found(scene, text_of(&["Where `", &one_line(symbol), "` is used"]))
}

/// An observation of files that were found, if it was some and not too many.
fn found(scene: &Scene, mut title: String) -> Option<Observation> {
    let files = files_in(scene);
    if files.is_empty() || files.len() > MAX_FOUND {
        return None;
    }
    let names: Vec<&str> = files.iter().map(String::as_str).collect();
    title.push_str(": ");
    match &names[..] {
        [one] => title.push_str(one),
        [one, two] => title.push_str(&text_of(&[one, " and ", two])),
        [one, rest @ ..] => {
            title.push_str(&text_of(&[
                one,
                " and ",
                &rest.len().to_string(),
                " more files",
            ]));
        }
        [] => return None,
    }
    let mut observation = titled(ObservationType::Discovery, title);
    observation.files_read = files;
    Some(observation)
}

/// The files that a search's response names, each once, without denied ones.
fn files_in(scene: &Scene) -> Vec<String> {
    let listed = raw::text(scene.response, &["filenames", "files"]);
    let said;
    let text = match listed {
        Some(listed) => listed,
        None => {
            said = raw::said(scene.response);
            &said
        }
    };
    let mut files: Vec<String> = Vec::new();
    for line in text.lines() {
        let Some(file) = file_in(line.trim()) else {
            continue;
        };
        let file = scene.relative(file);
        let is_new = files.last() != Some(&file) && !files.contains(&file);
        if is_new
            && files.len() <= MAX_FOUND
            && !scene.rules.denies(&file)
            && !path::is_passing(&file)
        {
            files.push(file);
        }
    }
    files
}

/// The path in a line such as `src/a.ts:12:found` or `<match path="src/a.ts">`.
fn file_in(line: &str) -> Option<&str> {
    for mark in ["path=\"", "uri=\"", "filePath=\""] {
        if let Some((_, rest)) = line.split_once(mark) {
            return rest.split('"').next();
        }
    }
    let line = line.strip_prefix("- ").unwrap_or(line);
    // The `:` of a drive and that of a scheme belong to the path.
    let start = match line.as_bytes() {
        [_, b':', b'\\' | b'/', ..] => 2,
        _ => line.find("://").map_or(0, |at| at + 3),
    };
    let end = line
        .get(start..)?
        .find(':')
        .map_or(line.len(), |at| at + start);
    let file = line.get(..end)?;
    let is_path = !file.is_empty()
        && file.len() <= 400
        && !file.contains([' ', '(', '<', '>', '"', ',', ';', '*', '`'])
        && (path::name(file).trim_start_matches('.').contains('.') || file.contains('/'));
    is_path.then_some(file)
}

/// Errors that the editor shows.
pub(super) fn problems(scene: &Scene) -> Option<Observation> {
    let said = raw::said(scene.response);
    let mut files: Vec<String> = Vec::new();
    let mut errors: Vec<String> = Vec::new();
    // A server of the editor lists them with its own fields.
    let listed = serde_json::from_str::<Value>(&said).unwrap_or(Value::Null);
    let listed = listed.as_array().or_else(|| scene.response.as_array());
    for entry in listed.into_iter().flatten() {
        if raw::text(entry, &["uri"]).is_some_and(|file| scene.rules.denies(file)) {
            continue;
        }
        let found = entry.get("diagnostics").and_then(Value::as_array);
        for problem in found.into_iter().flatten() {
            if raw::text(problem, &["severity"]).is_some_and(|severity| severity != "Error") {
                continue;
            }
            if let Some(message) = raw::text(problem, &["message"]) {
                errors.push(message.to_owned());
                files.extend(raw::text(entry, &["uri"]).map(|file| scene.relative(file)));
            }
        }
    }
    if listed.is_none() {
        let mut file = None;
        let mut is_next = false;
        for line in said.lines().map(str::trim) {
            if let Some((_, rest)) = line.split_once("<errors path=\"") {
                file = rest.split('"').next();
            } else if line.starts_with("has the problem reported") {
                is_next = true;
            } else if is_next && !line.is_empty() && !line.starts_with(['<', '`']) {
                is_next = false;
                if !file.is_some_and(|file| scene.rules.denies(file)) {
                    errors.push(line.to_owned());
                    files.extend(file.map(|file| scene.relative(file)));
                }
            }
        }
    }
    errors.truncate(MAX_PROBLEMS);
    let first = errors.first()?;
    let title = match files.first() {
        Some(file) => text_of(&["Problem in ", file, ": ", &one_line(first)]),
        None => text_of(&["Problem: ", &one_line(first)]),
    };
    let mut observation = titled(ObservationType::Discovery, title);
    observation.concepts = vec!["error".to_owned()];
    observation.facts = errors;
    observation.files_read = files;
    Some(observation)
}
