//! What the miner is told of a session, and how an event of the log says it.

use serde_json::{Map, Value};

use crate::record;
use crate::text::first_line;
use crate::time::UnixMillis;

/// Whether a run, or a check, ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Exit code 0; a diagnostic that cleared.
    Passed,
    /// Any other exit code; a diagnostic that appeared.
    Failed,
}

/// One event, as far as patterns depend on it.
#[derive(Clone, Debug, PartialEq)]
pub struct Event<'a> {
    /// Such as `file_open`, `code_edit` or `test_run`.
    pub event_type: &'a str,
    /// The file it is about.
    pub file: Option<&'a str>,
    /// What ran: the name of a task, or the command without its arguments.
    pub task: Option<&'a str>,
    /// How it ended, if it is known.
    pub outcome: Option<Outcome>,
    /// What was wrong; only the first line counts.
    pub error: Option<&'a str>,
    /// For a commit, what it changed, if that is known.
    pub files: Vec<&'a str>,
    /// When.
    pub at: UnixMillis,
}

/// One session, as far as patterns depend on it.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionEvents<'a> {
    /// Key of the session, unique within its project.
    pub key: &'a str,
    /// Id of its project.
    pub project: &'a str,
    /// Minutes that local time was ahead of UTC, for habits.
    pub utc_offset_minutes: i32,
    /// What happened, in order.
    pub events: Vec<Event<'a>>,
}

impl<'a> Event<'a> {
    /// What an event of the log says.
    ///
    /// Its metadata is read under the names that editors and assistants use:
    /// `task`, `taskName`, `command` or `commandLine`; `exitCode`, `exit_code`,
    /// `success` or `passed`; `error` or `message`; `files`.
    /// An `error` event's error is its content, if the metadata has none.
    #[must_use]
    pub fn of(event: &'a record::Event, at: UnixMillis) -> Self {
        let metadata = &event.metadata;
        let is_error = is_error(&event.event_type);
        let error = text(metadata, &["error", "message"])
            .or(event.content.as_deref().filter(|_| is_error))
            .map(first_line);
        let outcome = value(metadata, &["exitCode", "exit_code"])
            .and_then(Value::as_i64)
            .map(|code| code == 0)
            .or_else(|| value(metadata, &["success", "passed"]).and_then(Value::as_bool))
            .or((is_error && error.is_some()).then_some(false))
            .map(|is_passed| match is_passed {
                true => Outcome::Passed,
                false => Outcome::Failed,
            });
        Self {
            event_type: &event.event_type,
            file: event.file.as_deref(),
            task: text(metadata, &["task", "taskName"])
                .or_else(|| text(metadata, &["command", "commandLine"]).map(program)),
            outcome,
            error,
            files: value(metadata, &["files"])
                .and_then(Value::as_array)
                .map(|files| files.iter().filter_map(Value::as_str).collect())
                .unwrap_or_default(),
            at,
        }
    }

    /// Whether it says that its file has another content now.
    pub(super) fn is_change(&self) -> bool {
        match self.event_type {
            "code_edit" | "refactor" => true,
            "file_open" | "file_close" => false,
            other => other.starts_with("file_"),
        }
    }
}

/// Whether events of that type report something wrong in a file.
pub(super) fn is_error(event_type: &str) -> bool {
    event_type == "error" || event_type.starts_with("diagnostic")
}

fn value<'a>(metadata: &'a Map<String, Value>, names: &[&str]) -> Option<&'a Value> {
    names.iter().find_map(|name| metadata.get(*name))
}

fn text<'a>(metadata: &'a Map<String, Value>, names: &[&str]) -> Option<&'a str> {
    value(metadata, names)?
        .as_str()
        .filter(|text| !text.trim().is_empty())
}

/// The program of a command line with its subcommand: `npm run build` of
/// `CI=1 npm run build -- --watch`.
fn program(command: &str) -> &str {
    const MAX_WORDS: usize = 3;
    let command = command.trim();
    let mut begin = None;
    let mut end = 0;
    let mut words = 0;
    for word in command.split_whitespace() {
        let at = word.as_ptr() as usize - command.as_ptr() as usize;
        if begin.is_none() {
            if word.contains('=') {
                continue;
            }
            begin = Some(at);
        } else if words == MAX_WORDS
            || !word.bytes().all(is_subcommand_byte)
            || word.starts_with('-')
        {
            break;
        }
        end = at + word.len();
        words += 1;
    }
    begin.map_or(command, |begin| &command[begin..end])
}

fn is_subcommand_byte(byte: u8) -> bool {
    byte.is_ascii_lowercase() || matches!(byte, b':' | b'-' | b'_')
}
