//! What the miner is told of a session, and how an event of the log says it.

use std::ops::Range;

use recollect_words::json::{each_of_list, find, plain_text};
use serde_json::Value;

use crate::log::time::UnixMillis;
use crate::log::zone::Zone;
use crate::text::first_line;

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
    /// When the user's days began, for habits.
    pub zone: &'a Zone,
    /// What happened, in order.
    pub events: Vec<Event<'a>>,
}

impl Event<'_> {
    /// Whether it has the same names as another, in words and in files.
    pub(super) fn is_called_like(&self, other: &Self) -> bool {
        self.event_type == other.event_type
            && self.file == other.file
            && self.task == other.task
            && self.outcome == other.outcome
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

/// Events as their lines in the log tell them.
///
/// ```
/// use recollect_core::UnixMillis;
/// use recollect_core::derive::pattern::EventLog;
///
/// let mut log = EventLog::default();
/// log.read(r#"{"type":"build","metadata":{"exitCode":0}}"#, UnixMillis(5));
/// assert_eq!(log.events()[0].event_type, "build");
/// ```
#[derive(Debug, Default)]
pub struct EventLog {
    /// All texts, one after the other.
    texts: String,
    lines: Vec<Line>,
}

/// Where among the texts that of one event stand.
#[derive(Debug, Default)]
struct Line {
    at: UnixMillis,
    event_type: Range<usize>,
    file: Option<Range<usize>>,
    task: Option<Range<usize>>,
    command: Option<Range<usize>>,
    outcome: Option<Outcome>,
    error: Option<Range<usize>>,
    files: Vec<Range<usize>>,
}

impl EventLog {
    /// Reads the JSON of an event of the log, which happened at that moment.
    ///
    /// Its metadata is read under the names that editors and assistants use:
    /// `task`, `taskName`, `command` or `commandLine`; `exitCode`, `exit_code`,
    /// `success` or `passed`; `error` or `message`; `files`.
    /// An `error` event's error is its content, if the metadata has none.
    pub fn read(&mut self, json: &str, at: UnixMillis) {
        let respelled;
        let mut said = Said::find(json);
        if !said.is_plain {
            // Keys come without needless escapes then.
            let json: serde_json::Result<Value> = serde_json::from_str(json);
            respelled = json.unwrap_or_default().to_string();
            said = Said::find(&respelled);
        }
        let [event_type, file, content, _] = said.fields;
        let said = said.metadata;
        let event_type = self.text(event_type).unwrap_or_default();
        let is_error = is_error(&self.texts[event_type.clone()]);
        let file = self.text(file);
        let task = self.words(first(&said[..2]));
        let command = match task {
            None => self.words(first(&said[2..4])),
            Some(_) => None,
        };
        let error = self.words(first(&said[4..6]));
        let error = match error {
            None if is_error => self.text(content),
            error => error,
        };
        let code: Option<i64> = first(&said[6..8]).parse().ok();
        let has_passed = match (code, first(&said[8..10])) {
            (Some(code), _) => Some(code == 0),
            (None, "true") => Some(true),
            (None, "false") => Some(false),
            (None, _) => (is_error && error.is_some()).then_some(false),
        };
        let outcome = has_passed.map(|has_passed| match has_passed {
            true => Outcome::Passed,
            false => Outcome::Failed,
        });
        let mut files = Vec::new();
        each_of_list(said[10], &mut |file| files.extend(self.text(file)));
        self.lines.push(Line {
            at,
            event_type,
            file,
            task,
            command,
            outcome,
            error,
            files,
        });
    }

    /// The events that were read, in that order.
    #[must_use]
    pub fn events(&self) -> Vec<Event<'_>> {
        let of = |place: &Range<usize>| &self.texts[place.clone()];
        let event = |line: &Line| Event {
            event_type: of(&line.event_type),
            file: line.file.as_ref().map(of),
            task: match &line.command {
                Some(command) => Some(program(of(command))),
                None => line.task.as_ref().map(of),
            },
            outcome: line.outcome,
            error: line.error.as_ref().map(|error| first_line(of(error))),
            files: line.files.iter().map(of).collect(),
            at: line.at,
        };
        self.lines.iter().map(event).collect()
    }

    /// Forgets all events.
    pub fn clear(&mut self) {
        self.texts.clear();
        self.lines.clear();
    }

    /// Where the text of a value stands from here on, if it is one.
    fn text(&mut self, value: &str) -> Option<Range<usize>> {
        let start = self.texts.len();
        match plain_text(value) {
            Some(text) => self.texts.push_str(text),
            None if value.starts_with('"') => match serde_json::from_str(value) {
                Ok(Value::String(text)) => self.texts.push_str(&text),
                _ => return None,
            },
            None => return None,
        }
        Some(start..self.texts.len())
    }

    /// The same of a text that is not blank.
    fn words(&mut self, value: &str) -> Option<Range<usize>> {
        let place = self.text(value)?;
        let is_blank = self.texts[place.clone()].trim().is_empty();
        (!is_blank).then_some(place)
    }
}

/// What is looked at of a line, as it is spelled; nothing stands for what is absent.
struct Said<'a> {
    fields: [&'a str; 4],
    metadata: [&'a str; 11],
    is_plain: bool,
}

impl<'a> Said<'a> {
    fn find(json: &'a str) -> Self {
        let mut fields = [""; 4];
        let mut metadata = [""; 11];
        let is_plain = find(json, &["type", "file", "content", "metadata"], &mut fields);
        let keys = [
            "task",
            "taskName",
            "command",
            "commandLine",
            "error",
            "message",
            "exitCode",
            "exit_code",
            "success",
            "passed",
            "files",
        ];
        let is_plain = find(fields[3], &keys, &mut metadata) && is_plain;
        Self {
            fields,
            metadata,
            is_plain,
        }
    }
}

/// The first value that is there.
fn first<'a>(values: &[&'a str]) -> &'a str {
    let mut there = values.iter().filter(|value| !value.is_empty());
    there.next().copied().unwrap_or("")
}

/// Whether events of that type report something wrong in a file.
pub(super) fn is_error(event_type: &str) -> bool {
    event_type == "error" || event_type.starts_with("diagnostic")
}

/// The program of a command line with its subcommand: `npm run build` of
/// `CI=1 npm run build -- --watch`.
pub(super) fn program(command: &str) -> &str {
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
