//! Which number: hashes of commits, pull requests and issues.

use std::fmt;

use super::words::Words;
use crate::index::catalog::Catalog;

/// A number that a question names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Number {
    /// The beginning of a commit's hash, in lower case.
    Hash(String),
    /// Of a pull request or issue.
    Request(u32),
}

impl fmt::Display for Number {
    /// As people write it: `1a2b3c4`, `#123`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Hash(hash) => f.write_str(hash),
            Self::Request(number) => write!(f, "#{number}"),
        }
    }
}

/// Fewest digits of a hash that git gives.
const MIN_HASH: usize = 4;
/// From so many digits on a word is taken for a hash without a word that says so.
const PLAIN_HASH: usize = 7;

/// Takes the numbers that a question names.
pub(super) fn take(words: &mut Words<'_>, catalog: &Catalog) -> Vec<Number> {
    let mut numbers = Vec::new();
    let is_alone = words.list.len() == 1;
    for number in 0..words.list.len() {
        let lower = words.lower(number);
        if lower.is_empty() {
            continue;
        }
        let before = words.before(number);
        let is_kind = |word: &str| {
            matches!(
                word,
                "pr" | "prs"
                    | "issue"
                    | "issues"
                    | "gh"
                    | "ticket"
                    | "mr"
                    | "no"
                    | "number"
                    | "bug"
            ) || word == "request"
                || word == "requests"
        };
        // `PRs 12 and 13` are two of them.
        let goes_on = matches!(before, "and" | "or" | "&")
            || number > 0 && words.list[number - 1].ends_part && !words.list[number - 1].is_free();
        let digits = lower
            .strip_prefix('#')
            .or_else(|| lower.strip_prefix("gh-"))
            .or_else(|| lower.strip_prefix("pr-"))
            .or_else(|| lower.strip_prefix("pr#"))
            .or_else(|| lower.strip_prefix('!'))
            .or_else(|| in_address(lower))
            .or_else(|| (is_kind(before) || is_alone).then_some(lower))
            .or_else(|| (goes_on && !numbers.is_empty()).then_some(lower));
        let request = digits.and_then(|digits| digits.trim_start_matches('#').parse().ok());
        let is_bare = is_alone && digits == Some(lower);
        let request = request.filter(|request| !is_bare || !catalog.number(*request).is_empty());
        let lower = match lower.rsplit_once("/commit/") {
            Some((_, hash)) => hash,
            None => lower,
        };
        let hash = is_hash(lower, before, is_alone);
        let found = match request {
            Some(request) => Some(Number::Request(request)),
            None if hash && (catalog.commits(lower).next().is_some() || is_commit(before)) => {
                Some(Number::Hash(lower.to_owned()))
            }
            None => None,
        };
        if let Some(found) = found {
            words.take(number, number + 1);
            let mut led = number;
            while let Some(before) = led.checked_sub(1)
                && (is_kind(words.lower(before))
                    || is_commit(words.lower(before))
                    || words.lower(before) == "pull"
                    || words.lower(before) == "merge")
            {
                words.take(before, led);
                led = before;
            }
            numbers.push(found);
        }
    }
    numbers
}

/// The number in the address of a pull request or an issue, as hosting services write it.
fn in_address(word: &str) -> Option<&str> {
    let marks = ["pull/", "pulls/", "issues/", "merge_requests/"];
    let (_, behind) = marks.iter().find_map(|mark| word.split_once(mark))?;
    behind.split(['/', '#', '?']).next()
}

fn is_commit(word: &str) -> bool {
    matches!(
        word,
        "commit" | "commits" | "hash" | "sha" | "revision" | "rev" | "changeset"
    )
}

fn is_hash(word: &str, before: &str, is_alone: bool) -> bool {
    let is_hexadecimal =
        (MIN_HASH..=64).contains(&word.len()) && word.bytes().all(|byte| byte.is_ascii_hexdigit());
    if !is_hexadecimal {
        return false;
    }
    let has_digit = word.bytes().any(|byte| byte.is_ascii_digit());
    let has_letter = word.bytes().any(|byte| byte.is_ascii_alphabetic());
    // `facade` and `1234567` are no hashes unless something says so.
    is_commit(before) || is_alone || has_digit && has_letter && word.len() >= PLAIN_HASH
}
