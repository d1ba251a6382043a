//! An event in a person's words: the title under which it is listed.
//!
//! | event | title |
//! | --- | --- |
//! | `code_edit` of a file | `Edited lib/reply.js, 3 lines in send` |
//! | `test_run`, `build`, `terminal_command`, `task` | `Ran npm test: failed` |
//! | `git_commit` | `Committed: Count quantities` |
//! | `git_checkout` | `Switched to branch main` |
//! | `error` | `Error in lib/reply.js: 'x' is not defined` |
//! | any other | its type with spaces, and what it is about: `Deploy done: staging` |

use serde_json::Value;

use super::record::Event;
use crate::text::{cut, first_line, one_line};

/// Bytes of a command, a message or a name in a title.
const MAX_BYTES: usize = 100;
/// Symbols that are named.
const MAX_SYMBOLS: usize = 3;

pub(super) fn title_of(event: &Event) -> String {
    let said = first_line(event.content.as_deref().unwrap_or_default());
    let said = one_line(&cut(said, MAX_BYTES));
    let file = event.file.as_deref().unwrap_or_default();
    let subject = if file.is_empty() { &said } else { file };
    match event.event_type.as_str() {
        "file_open" => about("Opened", subject, "a file"),
        "file_close" => about("Closed", subject, "a file"),
        "file_save" => about("Saved", subject, "a file"),
        "code_edit" => [about("Edited", file, "a file"), extent(event)].concat(),
        "refactor" => about("Refactored", subject, "code"),
        "search" => about("Searched for", subject, "something"),
        "debug_start" => about("Started debugging", subject, ""),
        "debug_stop" => about("Stopped debugging", subject, ""),
        "test_run" => ran(event, &said, "the tests"),
        "build" => ran(event, &said, "the build"),
        "terminal_command" => ran(event, &said, "a command"),
        "task" => ran(event, &said, "a task"),
        "error" => error(event, file, &said),
        "git_commit" => told("Committed", &said),
        "git_merge" if said.is_empty() => ["Merged", &commits(event)].concat(),
        "git_merge" => told("Merged", &said),
        "git_rebase" => ["Rebased", &commits(event)].concat(),
        "git_reset" => ["Reset the branch by", &commits(event)].concat(),
        "git_checkout" => match text(event, "branch") {
            Some(branch) => about("Switched to branch", branch, ""),
            None => told("Switched branches", &said),
        },
        other => told(&worded(other), subject),
    }
}

/// What was done to what; to `unnamed` where that is not told.
fn about(verb: &str, subject: &str, unnamed: &str) -> String {
    let subject = if subject.is_empty() { unnamed } else { subject };
    [verb, " ", subject].concat().trim_end().to_owned()
}

/// What happened, and what is said of it.
fn told(what: &str, said: &str) -> String {
    match said {
        "" => what.to_owned(),
        said => [what, ": ", said].concat(),
    }
}

fn ran(event: &Event, said: &str, unnamed: &str) -> String {
    // Some senders say how it ended rather than what was run.
    let ends = ["passed", "failed", "succeeded", "pass", "fail"];
    if ends.iter().any(|end| said.ends_with(end)) {
        return told(&about("Ran", "", unnamed), said);
    }
    let what = about("Ran", said, unnamed);
    match has_failed(event) {
        Some(true) => told(&what, "failed"),
        Some(false) => told(&what, "passed"),
        None => what,
    }
}

/// How a run ended, as far as its sender says.
fn has_failed(event: &Event) -> Option<bool> {
    let codes = ["exitCode", "exit_code"].into_iter();
    let mut codes = codes.filter_map(|key| number(event, key));
    if let Some(code) = codes.next() {
        return Some(code != 0);
    }
    match text(event, "test_status").or_else(|| text(event, "status"))? {
        "failed" | "failure" => Some(true),
        "passed" | "success" => Some(false),
        _ => None,
    }
}

/// How many lines were edited and where, as far as the editor says.
fn extent(event: &Event) -> String {
    let lines = ["linesAdded", "linesRemoved"].map(|key| number(event, key));
    let lines = lines.into_iter().flatten().max().map(|lines| lines.max(1));
    let mut extent = match lines {
        None => String::new(),
        Some(1) => ", 1 line".to_owned(),
        Some(lines) => format!(", {lines} lines"),
    };
    let symbols = event.metadata.get("symbols").and_then(Value::as_array);
    let symbols = symbols.into_iter().flatten().filter_map(Value::as_str);
    let symbols: Vec<&str> = symbols.take(MAX_SYMBOLS).collect();
    if !symbols.is_empty() {
        extent.push_str(" in ");
        extent.push_str(&cut(&symbols.join(", "), MAX_BYTES));
    }
    extent
}

fn error(event: &Event, file: &str, said: &str) -> String {
    let is_gone = event.metadata.get("passed") == Some(&Value::Bool(true));
    let what = match is_gone {
        true => "Error gone",
        false => "Error",
    };
    let said = said.strip_prefix("No longer: ").unwrap_or(said);
    match file {
        "" => told(what, said),
        file => told(&[what, " in ", file].concat(), said),
    }
}

/// ` 1 commit`, ` 3 commits` or ` commits`, as the metadata count them.
fn commits(event: &Event) -> String {
    match number(event, "commits") {
        None => " commits".to_owned(),
        Some(1) => " 1 commit".to_owned(),
        Some(count) => format!(" {count} commits"),
    }
}

/// `deploy_done` as `Deploy done`.
fn worded(event_type: &str) -> String {
    let words = event_type.replace(['_', '-'], " ");
    let mut letters = words.chars();
    let first: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .collect();
    [&first, letters.as_str()].concat()
}

fn text<'a>(event: &'a Event, key: &str) -> Option<&'a str> {
    let text = event.metadata.get(key).and_then(Value::as_str);
    text.filter(|text| !text.is_empty())
}

fn number(event: &Event, key: &str) -> Option<i64> {
    event.metadata.get(key).and_then(Value::as_i64)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_event_is_told_in_words() {
        for (event_type, file, content, metadata, title) in [
            ("file_save", "a.js", "", json!({}), "Saved a.js"),
            ("file_open", "", "", json!({}), "Opened a file"),
            (
                "code_edit",
                "a.js",
                "0 lines added",
                json!({ "linesAdded": 0, "linesRemoved": 0 }),
                "Edited a.js, 1 line",
            ),
            (
                "code_edit",
                "a.js",
                "",
                json!({ "linesAdded": 2, "linesRemoved": 5, "symbols": ["send", "end"] }),
                "Edited a.js, 5 lines in send, end",
            ),
            ("code_edit", "a.js", "", json!({}), "Edited a.js"),
            (
                "test_run",
                "",
                "npm test\n\nfailed with exit code 1",
                json!({ "exitCode": 1 }),
                "Ran npm test: failed",
            ),
            (
                "test_run",
                "",
                "",
                json!({ "test_status": "passed" }),
                "Ran the tests: passed",
            ),
            (
                "test_run",
                "",
                "3 of 9 tests failed",
                json!({ "exitCode": 1 }),
                "Ran the tests: 3 of 9 tests failed",
            ),
            ("task", "", "lint\n\nended", json!({}), "Ran lint"),
            (
                "git_commit",
                "",
                "Count quantities\n\nbody",
                json!({}),
                "Committed: Count quantities",
            ),
            (
                "git_checkout",
                "",
                "topic → main",
                json!({ "branch": "main" }),
                "Switched to branch main",
            ),
            (
                "git_rebase",
                "",
                "",
                json!({ "commits": 3 }),
                "Rebased 3 commits",
            ),
            (
                "git_merge",
                "",
                "",
                json!({ "commits": 1 }),
                "Merged 1 commit",
            ),
            (
                "error",
                "a.js",
                "'x' is not defined",
                json!({ "passed": false }),
                "Error in a.js: 'x' is not defined",
            ),
            (
                "error",
                "a.js",
                "No longer: 'x' is not defined",
                json!({ "passed": true }),
                "Error gone in a.js: 'x' is not defined",
            ),
            (
                "debug_start",
                "",
                "Server",
                json!({}),
                "Started debugging Server",
            ),
            (
                "deploy_done",
                "",
                "staging",
                json!({}),
                "Deploy done: staging",
            ),
            ("é", "", "", json!({}), "É"),
            ("", "", "", json!({}), ""),
        ] {
            let event = Event {
                event_type: event_type.to_owned(),
                file: (!file.is_empty()).then(|| file.to_owned()),
                content: (!content.is_empty()).then(|| content.to_owned()),
                metadata: metadata.as_object().cloned().unwrap_or_default(),
                is_cut: false,
            };
            assert_eq!(title_of(&event), title, "of {event_type}");
        }
    }
}
