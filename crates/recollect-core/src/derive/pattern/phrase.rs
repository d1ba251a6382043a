//! What classes of events are called: the words of the sentences, and at the
//! same time what tells one class from another.

use super::event::{Event, Outcome, is_error};
use crate::text::cut;

/// Most bytes of a name within a phrase.
const MAX_NAME_BYTES: usize = 64;
/// Most bytes of an error.
const MAX_ERROR_BYTES: usize = 160;

/// What the event is, as in `editing a .rs file`; none for what only surrounds
/// other events: closing, saving (which follows an edit anyway), stopping.
pub(super) fn activity(event: &Event<'_>) -> Option<String> {
    let event_type = event.event_type;
    if matches!(
        event_type,
        "file_close" | "file_save" | "debug_stop" | "debug_end"
    ) {
        return None;
    }
    if let Some(task) = event.task {
        return Some(joined("running ", &cut(task.trim(), MAX_NAME_BYTES)));
    }
    let verb = match event_type {
        "file_open" => "opening",
        "code_edit" => "editing",
        "refactor" => "refactoring",
        "debug_start" => "debugging",
        "search" => "searching",
        "test_run" => return Some("running the tests".to_owned()),
        "build" => return Some("building".to_owned()),
        "git_commit" => return Some("committing".to_owned()),
        _ if is_error(event_type) => match event.outcome {
            Some(Outcome::Passed) => "clearing an error in",
            _ => "meeting an error in",
        },
        other => {
            let words = cut(other, MAX_NAME_BYTES).replace('_', " ");
            return Some(match event.file {
                Some(file) => joined(&joined(&words, " of "), &file_class(file)),
                None => words,
            });
        }
    };
    Some(match event.file {
        Some(file) => joined(&joined(verb, " "), &file_class(file)),
        None => verb.trim_end_matches(" in").to_owned(),
    })
}

/// The step of a sequence that an activity with this outcome is; only what failed
/// says so, as people do. None if it is called like the activity.
pub(super) fn step(activity: &str, event: &Event<'_>) -> Option<String> {
    let has_failed = event.outcome == Some(Outcome::Failed) && !is_error(event.event_type);
    has_failed.then(|| joined(activity, " (failed)"))
}

/// What kind of file: tests, documentation, a configuration by its name,
/// otherwise by its extension.
fn file_class(path: &str) -> String {
    let lower = path.to_ascii_lowercase();
    let name = lower.rsplit(['/', '\\']).next().unwrap_or("");
    let is_test = lower
        .split(|c: char| !c.is_ascii_alphanumeric())
        .any(|word| matches!(word, "test" | "tests" | "spec" | "specs"));
    let extension = match name.rsplit_once('.') {
        Some((stem, extension)) if !stem.is_empty() => extension,
        _ => "",
    };
    match extension {
        "md" | "mdx" | "rst" | "adoc" | "txt" => "documentation".to_owned(),
        "" | "json" | "toml" | "yaml" | "yml" | "ini" | "cfg" | "lock" | "xml" | "gradle"
        | "properties" => cut(name, MAX_NAME_BYTES).into_owned(),
        _ if is_test => "a test".to_owned(),
        _ => joined(&joined("a .", &cut(extension, MAX_NAME_BYTES)), " file"),
    }
}

/// An error's first line with its numbers as `#`, so that it is the same error on
/// another line; numbers that end a word, such as `TS2345`, are names and stay.
pub(super) fn error_line(error: &str) -> String {
    let mut line = String::new();
    let mut last = ' ';
    let mut is_in_number = false;
    for c in crate::text::first_line(error).chars() {
        if !c.is_ascii_digit() {
            is_in_number = false;
        } else if is_in_number {
            continue;
        } else if !last.is_ascii_alphanumeric() {
            is_in_number = true;
            line.push('#');
            continue;
        }
        line.push(c);
        last = c;
    }
    cut(&line, MAX_ERROR_BYTES).into_owned()
}

fn joined(first: &str, second: &str) -> String {
    let mut text = String::with_capacity(first.len() + second.len());
    text.push_str(first);
    text.push_str(second);
    text
}
