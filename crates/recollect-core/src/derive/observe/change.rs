//! The places that an edit changed, from the arguments of all hosts.

use serde_json::Value;

use super::{Scene, raw};
use crate::intake::privacy;

/// Keys under which hosts name the file.
pub(super) const FILE: [&str; 8] = [
    "file_path",
    "filePath",
    "path",
    "notebook_path",
    "target_file",
    "file",
    "uri",
    "files",
];
const OLD: [&str; 4] = ["old_string", "oldString", "old_str", "old_text"];
const NEW: [&str; 10] = [
    "new_string",
    "newString",
    "new_str",
    "new_text",
    "newCode",
    "new_source",
    "code",
    "insert_text",
    "content",
    "file_text",
];
/// What one place of a file was and is.
pub(super) struct Change {
    pub file: String,
    /// Unknown for tools that are told only the new text.
    pub old: Option<String>,
    pub new: String,
}

/// Whether an edit is of a part that the file marks as private.
///
/// The edit's own texts need not show it: the tags may stand around them.
pub(super) fn is_in_private_part(input: &Value, response: &Value) -> bool {
    let Some(original) = response.get("originalFile").and_then(Value::as_str) else {
        return false;
    };
    let stripped = privacy::strip(original);
    if !stripped.had_private {
        return false;
    }
    let edits = input.get("edits").and_then(Value::as_array);
    let mut olds = edits.into_iter().flatten().chain([input]);
    olds.any(|edit| raw::text(edit, &OLD).is_some_and(|old| !stripped.text.contains(old)))
}

/// The changes that an edit's arguments ask for, in the shapes of all hosts.
pub(super) fn changes(scene: &Scene) -> Vec<Change> {
    let patch = scene.argument(&["input", "patch", "diff", "command"]);
    if let Some(patch) = patch.filter(|patch| patch.contains("*** ")) {
        return patched(scene, patch);
    }
    let own = raw::text(scene.input, &FILE)
        .or_else(|| raw::text(scene.response, &FILE))
        .unwrap_or_default();
    let one = |edit: &Value| {
        let file = raw::text(edit, &FILE).unwrap_or(own);
        let file = scene.relative(file.lines().next().unwrap_or_default());
        (!file.is_empty()).then(|| Change {
            file,
            old: raw::text(edit, &OLD).map(str::to_owned),
            new: raw::text(edit, &NEW).unwrap_or_default().to_owned(),
        })
    };
    for key in ["edits", "replacements"] {
        if let Some(edits) = scene.input.get(key).and_then(Value::as_array) {
            return edits.iter().filter_map(one).collect();
        }
    }
    let mut changes: Vec<Change> = one(scene.input).into_iter().collect();
    // Some tools are told files and nothing else.
    changes.extend(own.lines().skip(1).map(|file| Change {
        file: scene.relative(file),
        old: None,
        new: String::new(),
    }));
    changes
}

/// The changes of a patch between `*** Begin Patch` and `*** End Patch`.
fn patched(scene: &Scene, patch: &str) -> Vec<Change> {
    let mut changes: Vec<Change> = Vec::new();
    for line in patch.lines() {
        if let Some(file) = raw::patch_file(line) {
            changes.push(Change {
                file: scene.relative(file),
                old: Some(String::new()),
                new: String::new(),
            });
            continue;
        }
        let Some(Change {
            old: Some(old),
            new,
            ..
        }) = changes.last_mut()
        else {
            continue;
        };
        let push = |text: &mut String, line: &str| {
            text.push_str(line);
            text.push('\n');
        };
        match line.as_bytes().first() {
            Some(b'+') => push(new, &line[1..]),
            Some(b'-') => push(old, &line[1..]),
            Some(b' ') => {
                push(old, &line[1..]);
                push(new, &line[1..]);
            }
            // `@@ def name` says where it is.
            Some(b'@') => {
                let place = line.trim_start_matches('@').trim();
                push(old, place);
                push(new, place);
            }
            _ => {}
        }
    }
    changes
}
