//! What the output of a command says: how it ended, its errors, its tests.

use serde_json::Value;

use super::counts::Tests;
use super::raw;
use crate::text::{cut, one_line};

/// Most bytes of a line that is looked at, and of one that is told.
const MAX_LINE_BYTES: usize = 2_000;
const MAX_TOLD_BYTES: usize = 200;
const MAX_ERRORS: usize = 3;

/// How a command ended.
#[derive(Debug, Default)]
pub(super) struct Outcome {
    pub exit_code: Option<i64>,
    /// Whether the host says that it failed.
    pub is_failure: bool,
    pub is_interrupted: bool,
    /// The first lines that tell an error, at most three.
    pub errors: Vec<String>,
    pub tests: Tests,
    /// All it said, if that is one short line.
    pub only_line: Option<String>,
    /// The hash that a commit got.
    pub commit: Option<String>,
}

impl Outcome {
    /// Reads a filtered response.
    pub fn of(response: &Value) -> Self {
        let said = raw::said(response);
        let mut outcome = Self {
            exit_code: exit_code(response),
            is_failure: raw::is_failure(response),
            is_interrupted: response.get("interrupted") == Some(&Value::Bool(true)),
            ..Self::default()
        };
        let mut panics = false;
        let mut told = 0;
        for line in said.lines() {
            let line = line.trim();
            if line.is_empty() || line.len() > MAX_LINE_BYTES {
                continue;
            }
            if let Some(code) = told_exit_code(line) {
                outcome.exit_code.get_or_insert(code);
                continue;
            }
            told += 1;
            if told == 1 {
                outcome.only_line = Some(cut(line, MAX_TOLD_BYTES).into_owned());
            }
            outcome.tests.read(line);
            if outcome.commit.is_none() {
                outcome.commit = committed(line);
            }
            // What a thread panicked with stands in the next line.
            if panics || is_error(line) {
                outcome.add_error(line);
            }
            panics = line.contains("panicked at") && line.ends_with(':');
        }
        if told != 1 {
            outcome.only_line = None;
        }
        outcome.prefer_exception();
        outcome
    }

    /// Whether a command that ended so has failed; the end of a pipe says
    /// nothing of its beginning.
    pub fn has_failed(&self, is_piped: bool) -> bool {
        if self.exit_code.is_some_and(|code| code != 0) || self.is_failure {
            return true;
        }
        let is_unknown = self.exit_code.is_none() || is_piped;
        self.tests.have_failed() || is_unknown && !self.errors.is_empty()
    }

    fn add_error(&mut self, line: &str) {
        let line = cut(&one_line(line), MAX_TOLD_BYTES).into_owned();
        if self.errors.len() < MAX_ERRORS && !self.errors.contains(&line) {
            self.errors.push(line);
        }
    }

    /// The line that names an exception tells more than the traceback before it.
    fn prefer_exception(&mut self) {
        if let Some(at) = self.errors.iter().position(|line| names_exception(line)) {
            self.errors[..=at].rotate_right(1);
        }
        self.errors.retain(|line| !line.starts_with("Traceback "));
    }
}

/// Whether a line tells an error rather than speaking of one.
fn is_error(line: &str) -> bool {
    const STARTS: [&str; 28] = [
        "error:",
        "error[",
        "Error:",
        "ERROR:",
        "ERROR ",
        "[ERROR]",
        "fatal:",
        "FATAL",
        "panic:",
        "npm ERR! ",
        "npm error ",
        "Traceback ",
        "E   ",
        "Caused by:",
        "Uncaught ",
        "Unhandled",
        "AssertionError",
        "assertion failed",
        "Segmentation fault",
        "bash: ",
        "sh: ",
        "zsh: ",
        "CONFLICT ",
        "BUILD FAILED",
        "make: ***",
        "! [rejected]",
        "Exception in ",
        "error TS",
    ];
    // The name of an error says less than the line that follows.
    let is_name = line.starts_with("npm ERR! code ") || line.starts_with("npm error code ");
    if is_name || line.starts_with("error: test failed") {
        return false;
    }
    STARTS.iter().any(|start| line.starts_with(start))
        || names_exception(line)
        || line.contains(": error:")
        || line.contains(": error TS")
        || line.contains(": error CS")
        || line.contains(" - error TS")
        || line.contains("panicked at")
        || line.contains("command not found")
        || is_lint(line)
}

/// `12:5  error  Unexpected any`, as linters tell.
fn is_lint(line: &str) -> bool {
    let mut words = line.split_whitespace();
    let position = words.next().unwrap_or("");
    let is_position = position
        .split_once(':')
        .is_some_and(|(row, column)| row.parse::<u32>().is_ok() && column.parse::<u32>().is_ok());
    is_position && words.next() == Some("error")
}

/// `ValueError: …`, `java.lang.IllegalStateException: …`.
fn names_exception(line: &str) -> bool {
    let name = line.split([':', ' ']).next().unwrap_or("");
    let rest = line.get(name.len()..).unwrap_or("");
    let is_name = name.len() > 5
        && name.starts_with(|c: char| c.is_alphabetic())
        && name
            .chars()
            .all(|c| c.is_alphanumeric() || matches!(c, '.' | '_' | '$'));
    is_name && (name.ends_with("Error") || name.ends_with("Exception")) && rest.starts_with(": ")
}

/// The exit code in a response's fields.
fn exit_code(response: &Value) -> Option<i64> {
    ["exitCode", "exit_code", "returnCode", "return_code", "code"]
        .iter()
        .find_map(|key| response.get(key)?.as_i64())
}

/// The exit code that a line of output tells, as hosts put it behind the rest.
fn told_exit_code(line: &str) -> Option<i64> {
    let lower = line
        .get(..line.len().min(120))
        .map(str::to_ascii_lowercase)?;
    let starts = [
        "exit code",
        "exit status",
        "<exited with",
        "command exited",
        "process exited",
        "the command exited",
        "[process exited",
    ];
    if !starts.iter().any(|start| lower.starts_with(start)) {
        return None;
    }
    let digits = lower.split(|c: char| !c.is_ascii_digit() && c != '-');
    digits.filter_map(|number| number.parse().ok()).next()
}

/// The short hash in `[main 1a2b3c4] Subject`.
fn committed(line: &str) -> Option<String> {
    let (head, _) = line.strip_prefix('[')?.split_once(']')?;
    let hash = head.rsplit(' ').next()?;
    let is_hash = (7..=40).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
    (is_hash && head.contains(' ')).then(|| hash.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn outcome(said: &str) -> Outcome {
        Outcome::of(&Value::String(said.to_owned()))
    }

    #[test]
    fn the_first_error_is_the_one_that_says_what_is_wrong() {
        for (said, error) in [
            (
                "   Compiling x\nerror[E0308]: mismatched types\n --> src/a.rs:3:5",
                "error[E0308]: mismatched types",
            ),
            (
                "src/a.ts(3,5): error TS2304: Cannot find name 'x'.",
                "src/a.ts(3,5): error TS2304: Cannot find name 'x'.",
            ),
            (
                "Traceback (most recent call last):\n  File \"a.py\", line 3\nValueError: bad range",
                "ValueError: bad range",
            ),
            (
                "thread 'main' panicked at src/a.rs:3:5:\nindex out of bounds",
                "thread 'main' panicked at src/a.rs:3:5:",
            ),
            (
                "/a/b.ts\n  12:5  error  Unexpected any",
                "12:5 error Unexpected any",
            ),
            (
                "bash: foo: command not found",
                "bash: foo: command not found",
            ),
        ] {
            assert_eq!(
                outcome(said).errors.first().map(String::as_str),
                Some(error),
                "of {said}"
            );
        }
        assert!(
            outcome("no errors found\n0 errors, 2 warnings\ntest error_is_told ... ok")
                .errors
                .is_empty()
        );
    }

    #[test]
    fn an_exit_code_is_read_from_a_field_or_from_the_text() {
        for (response, code) in [
            (serde_json::json!({"stdout": "x", "exitCode": 2}), Some(2)),
            (serde_json::json!("x\n<exited with exit code 1>"), Some(1)),
            (
                serde_json::json!("Exit code 127\nbash: x: command not found"),
                Some(127),
            ),
            (serde_json::json!("Command exited with code 0"), Some(0)),
            (serde_json::json!("the exit code was unclear"), None),
        ] {
            assert_eq!(Outcome::of(&response).exit_code, code, "of {response}");
        }
    }
}
