//! A tool's input and response as they may be looked at: filtered whole, before
//! anything is taken out of them.
//!
//! Half a secret or half a tag is not recognised, so every string passes the
//! filter as it came. A list of texts is read as one text: a tag may open in one
//! line of it and close in another.

use serde_json::Value;

use crate::intake::admit::cut_unread;
use crate::intake::privacy::{self, UserRules};
use crate::text::cut;

/// Most bytes of one string that are filtered.
const MAX_FILTERED_BYTES: usize = 80 * 1024;
/// Most bytes that are looked at of one string, and of all of one value.
const MAX_TEXT_BYTES: usize = 64 * 1024;
const MAX_BYTES: usize = 192 * 1024;
/// Most entries of a list, and most levels.
const MAX_ENTRIES: usize = 200;
const MAX_DEPTH: usize = 12;

/// Keys under which hosts repeat whole files or hold what is no text.
const UNREAD: [&str; 6] = [
    "originalFile",
    "structuredPatch",
    "base64",
    "image",
    "blob",
    "gitDiff",
];

/// Parts of keys under which no path stands, though one may be mentioned.
const PROSE: [&str; 19] = [
    "plan",
    "form",
    "label",
    "header",
    "answer",
    "subject",
    "string",
    "str",
    "content",
    "code",
    "text",
    "prompt",
    "query",
    "description",
    "explanation",
    "title",
    "body",
    "message",
    "question",
];

/// A JSON value after the filter.
pub(super) struct Raw {
    pub value: Value,
    /// Whether it names a file of which nothing may be captured.
    pub is_denied: bool,
}

impl Raw {
    /// Filters a tool's input, of which all strings may name files.
    pub fn input(value: Value, rules: &UserRules) -> Self {
        Self::filtered(value, rules, true)
    }

    /// Filters a tool's response, in which only a file of its own is looked for.
    pub fn response(value: Value, rules: &UserRules) -> Self {
        Self::filtered(value, rules, false)
    }

    fn filtered(value: Value, rules: &UserRules, is_input: bool) -> Self {
        // Some hosts pass JSON as a text.
        let mut value = match value {
            Value::String(text) if text.trim_start().starts_with('{') => {
                serde_json::from_str(&text).unwrap_or(Value::String(text))
            }
            value => value,
        };
        let mut filter = Filter {
            rules,
            left: MAX_BYTES,
            is_input,
            is_denied: false,
        };
        filter.apply(&mut value, "", 0);
        Self {
            value,
            is_denied: filter.is_denied,
        }
    }
}

struct Filter<'a> {
    rules: &'a UserRules,
    left: usize,
    is_input: bool,
    is_denied: bool,
}

impl Filter<'_> {
    fn apply(&mut self, value: &mut Value, key: &str, depth: usize) {
        if depth > MAX_DEPTH {
            *value = Value::Null;
            return;
        }
        if let Some(text) = joined(value) {
            *value = Value::String(text);
        }
        match value {
            Value::String(text) => self.apply_to_text(text, key),
            Value::Array(items) => {
                items.truncate(MAX_ENTRIES);
                for item in items {
                    self.apply(item, key, depth + 1);
                }
            }
            Value::Object(entries) => {
                entries.retain(|key, _| {
                    let is_read = !UNREAD.contains(&key.as_str()) && key.len() <= MAX_ENTRIES;
                    is_read && !self.rules.clean_in_place(&mut key.clone())
                });
                for (key, value) in entries.iter_mut().take(MAX_ENTRIES) {
                    self.apply(value, key, depth + 1);
                }
                // What was not filtered must not be read.
                while entries.len() > MAX_ENTRIES {
                    let last = entries.keys().next_back().cloned().unwrap_or_default();
                    entries.remove(&last);
                }
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn apply_to_text(&mut self, text: &mut String, key: &str) {
        // The filter sees more than is looked at, so that nothing it would know of is halved.
        if text.len() > MAX_FILTERED_BYTES {
            *text = cut_unread(text, MAX_FILTERED_BYTES);
        }
        privacy::strip_in_place(text);
        self.is_denied |= self.names_denied(text, key);
        self.rules.redact_in_place(text);
        privacy::redact_named(key, text);
        let limit = self.left.min(MAX_TEXT_BYTES);
        if text.len() > limit {
            *text = cut(text, limit).into_owned();
        }
        self.left = self.left.saturating_sub(text.len());
    }

    fn names_denied(&self, text: &str, key: &str) -> bool {
        let key = key.to_ascii_lowercase();
        if PROSE.iter().any(|part| key.contains(part)) {
            return patched(text).any(|file| self.rules.denies(file));
        }
        let is_path = ["path", "file", "uri", "dir", "folder"]
            .iter()
            .any(|part| key.contains(part));
        if is_path {
            let mut lines = text.lines().filter(|line| line.len() <= 4_096);
            // A response's list is of what was found; each is looked at there.
            let is_one = self.is_input || !text.contains('\n');
            return is_one && lines.any(|line| self.rules.denies(line));
        }
        self.is_input
            && (mentions_denied(text, self.rules)
                || patched(text).any(|file| self.rules.denies(file)))
    }
}

/// Whether a word of a text, such as a command line, is a path of which nothing
/// may be captured.
pub(super) fn mentions_denied(text: &str, rules: &UserRules) -> bool {
    let is_end = |c: char| {
        c.is_whitespace()
            || matches!(
                c,
                '"' | '\''
                    | '`'
                    | '='
                    | '<'
                    | '>'
                    | ';'
                    | '|'
                    | '&'
                    | '('
                    | ')'
                    | ','
                    | '@'
                    | '['
                    | ']'
                    | '{'
                    | '}'
            )
    };
    text.split(is_end)
        .filter(|word| word.contains('.') || word.contains("id_") || word.contains("kube"))
        .any(|word| word.split(':').any(|part| rules.denies(part)) || rules.denies(word))
}

/// The files that a patch names.
pub(super) fn patched(text: &str) -> impl Iterator<Item = &str> {
    text.lines().filter_map(|line| patch_file(line))
}

/// The file of a patch's line that names one.
pub(super) fn patch_file(line: &str) -> Option<&str> {
    let named = line.strip_prefix("*** ")?;
    let (verb, file) = named.split_once(": ")?;
    matches!(verb, "Update File" | "Add File" | "Delete File" | "Move to").then(|| file.trim())
}

/// A list of texts as one text, a line each; `None` for any other value.
fn joined(value: &Value) -> Option<String> {
    let items = value.as_array()?;
    let mut text = String::new();
    for item in items {
        let part = match item {
            Value::String(part) => part,
            Value::Object(part) => match part.get("text").or_else(|| part.get("value")) {
                // What holds more than a text is no part of one.
                Some(Value::String(text)) if part.len() <= 3 => text,
                None if part.get("type").is_some_and(|name| name == "image") => continue,
                _ => return None,
            },
            _ => return None,
        };
        if !text.is_empty() {
            text.push('\n');
        }
        text.push_str(part);
    }
    Some(text)
}

/// The text under the first of these keys that has one which is not blank.
pub(super) fn text<'a>(value: &'a Value, keys: &[&str]) -> Option<&'a str> {
    keys.iter()
        .filter_map(|key| value.get(key)?.as_str())
        .find(|text| !text.trim().is_empty())
}

/// What a response says: itself, or the texts that hosts put it under.
pub(super) fn said(value: &Value) -> String {
    if let Value::String(text) = value {
        return text.clone();
    }
    let mut said = String::new();
    for key in [
        "stdout",
        "stderr",
        "output",
        "error",
        "textResultForLlm",
        "text",
        "content",
        "result",
        "message",
        "toolResult",
    ] {
        let part = match value.get(key) {
            Some(Value::String(part)) => part.clone(),
            Some(nested @ Value::Object(_)) => said_inside(nested),
            _ => continue,
        };
        if !part.trim().is_empty() {
            if !said.is_empty() {
                said.push('\n');
            }
            said.push_str(&part);
        }
    }
    said
}

fn said_inside(value: &Value) -> String {
    text(
        value,
        &["text", "content", "output", "value", "textResultForLlm"],
    )
    .unwrap_or_default()
    .to_owned()
}

/// Whether a response is that of a tool that failed.
pub(super) fn is_failure(response: &Value) -> bool {
    let is = |key: &str, wanted: &Value| response.get(key) == Some(wanted);
    let truth = Value::Bool(true);
    is("is_error", &truth)
        || is("isError", &truth)
        || is("success", &Value::Bool(false))
        || text(response, &["error"]).is_some()
        || text(response, &["resultType"]).is_some_and(|kind| kind != "success")
        || response.as_str().is_some_and(|said| {
            let said = said.trim_start();
            ["Error:", "Error ", "ERROR", "<tool_use_error>"]
                .iter()
                .any(|start| said.starts_with(start))
        })
}
