//! The body of a squash merge: the messages of the commits that became one.
//!
//! Hosts of git write each as an entry with `* `, with blank lines between them, and a
//! ruler above the trailers. Here they become one list, without those that say what the
//! title says, or nothing.

use std::borrow::Cow;

use super::subject::Subject;
use super::words::Words;

/// What an entry says that says nothing of the change, in the spelling of [`Words`].
const EMPTY: [&str; 34] = [
    "address comments",
    "address feedback",
    "address review comments",
    "address review feedback",
    "apply suggestion from code review",
    "apply suggestions from code review",
    "black",
    "changelog",
    "ci",
    "cleanup",
    "clean up",
    "code review",
    "fix",
    "fix ci",
    "fix format",
    "fix formatting",
    "fix lint",
    "fix linting",
    "fix tests",
    "fix typo",
    "fix typos",
    "fixes",
    "fixup",
    "fmt",
    "format",
    "formatting",
    "gofmt",
    "lint",
    "linting",
    "nit",
    "review",
    "typo",
    "update",
    "wip",
];
/// How entries begin that say nothing.
const EMPTY_BEGINNINGS: [&str; 6] = [
    "fixup!",
    "squash!",
    "amend!",
    "Merge branch ",
    "Merge remote-tracking branch ",
    "Merge pull request ",
];

/// Lines with the commits of a squash merge as a list; other lines are as they were.
pub(super) fn parts_as_list<'a>(lines: &[&'a str], titles: &[&str]) -> Vec<Cow<'a, str>> {
    let first = lines.iter().position(|line| !line.is_empty());
    if !first.is_some_and(|first| lines[first].starts_with("* ")) {
        return lines.iter().map(|line| Cow::Borrowed(*line)).collect();
    }
    let titles: Vec<Words> = titles.iter().map(|title| Words::of(title)).collect();
    let mut seen: Vec<Words> = Vec::new();
    let mut list = Vec::with_capacity(lines.len());
    for part in parts(lines) {
        let (head, rest) = part.split_first().unwrap_or((&"", &[]));
        let head = head.trim_start_matches(['*', ' ']);
        let end = rest.iter().rposition(|line| !line.is_empty());
        let rest = rest.get(..end.map_or(0, |end| end + 1)).unwrap_or_default();
        let words = Words::of(head);
        let goes_on = rest.first().is_some_and(|line| !line.is_empty());
        let statement = Words::of(&Subject::parse(head).statement);
        let is_title = titles.contains(&words) || titles.contains(&statement);
        let is_said = !goes_on && (is_title || seen.contains(&words));
        if !is_said && (!rest.is_empty() || !is_empty(head, &words)) {
            list.push(Cow::Owned(["- ", head].concat()));
        }
        seen.push(words);
        if !rest.is_empty() {
            list.extend(rest.iter().map(|line| Cow::Borrowed(*line)));
            list.push(Cow::Borrowed(""));
        }
    }
    list
}

/// The lines of each entry, with those that follow it.
fn parts<'a, 'b>(lines: &'b [&'a str]) -> Vec<&'b [&'a str]> {
    let mut starts: Vec<usize> = Vec::new();
    let mut in_fence = false;
    for (number, line) in lines.iter().enumerate() {
        if line.starts_with("```") || line.starts_with("~~~") {
            in_fence = !in_fence;
        }
        if !in_fence && line.starts_with("* ") {
            starts.push(number);
        }
    }
    let ends = starts.iter().skip(1).copied().chain([lines.len()]);
    let spans = starts.iter().zip(ends);
    spans.map(|(start, end)| &lines[*start..end]).collect()
}

fn is_empty(head: &str, words: &Words) -> bool {
    let mut named = head.split_whitespace();
    let is_file_update = named
        .next()
        .is_some_and(|verb| verb.eq_ignore_ascii_case("update"))
        && named.next().is_some_and(|file| file.contains('.'))
        && named.next().is_none();
    is_file_update
        || EMPTY.iter().any(|empty| words.is(empty))
        || EMPTY_BEGINNINGS.iter().any(|start| head.starts_with(start))
}

/// A line that only parts what is above it from what is below it.
pub(super) fn is_ruler(line: &str) -> bool {
    let mut marks = line.bytes();
    let Some(mark @ (b'-' | b'*' | b'_' | b'=')) = marks.next() else {
        return false;
    };
    line.len() > 2 && marks.all(|byte| byte == mark)
}
