//! Files of which nothing is kept, wherever metadata name them.

use serde_json::{Map, Value};

use crate::intake::privacy::UserRules;

/// Whether the metadata of an event say that it is about such a file.
pub(super) fn are_named(metadata: &Map<String, Value>, rules: &UserRules) -> bool {
    metadata
        .iter()
        .any(|(key, value)| names_file(key) && is_denied(value, rules))
}

/// Drops what names such a file from lists and objects of any depth: an entry whose key or
/// value is one, an item that is one, and an object that says it is about one.
pub(super) fn drop_denied(metadata: &mut Map<String, Value>, rules: &UserRules) {
    // The depth of metadata is limited where they are read.
    metadata.retain(|key, value| !rules.denies(key) && !drop_inside(value, rules));
}

/// Whether all of a value goes; what is inside of it and goes alone is dropped.
fn drop_inside(value: &mut Value, rules: &UserRules) -> bool {
    match value {
        Value::String(_) => is_denied(value, rules),
        Value::Array(items) => {
            items.retain_mut(|item| !drop_inside(item, rules));
            false
        }
        Value::Object(entries) => {
            let is_about_one = are_named(entries, rules);
            if !is_about_one {
                drop_denied(entries, rules);
            }
            is_about_one
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => false,
    }
}

fn is_denied(value: &Value, rules: &UserRules) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.lines().any(|line| rules.denies(line)))
}

/// Whether a key such as `file_path`, `fileName` or `uri` says which file something is about.
fn names_file(key: &str) -> bool {
    let key: String = key
        .chars()
        .filter(|c| c.is_alphanumeric())
        .flat_map(char::to_lowercase)
        .collect();
    ["file", "filepath", "filename", "path", "uri"]
        .iter()
        .any(|end| key.ends_with(end))
}
