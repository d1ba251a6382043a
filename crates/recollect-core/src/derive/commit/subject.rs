//! The first line of a commit message, taken apart.

use super::suggest::suggested_by;
use super::words::Words;
use crate::log::record::ObservationType::{
    self, Bugfix, Change, Decision, Discovery, Feature, Refactor,
};

/// What the first line of a message says.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Subject {
    /// The line as a title: without the mark of a list, a gitmoji and the number of
    /// a pull request, but with the scope, and with `!` where it breaks something.
    /// The Conventional Commits word stays only where one word follows it, or where
    /// `!` has no scope to stand behind.
    pub title: String,
    /// Parts of the project, from `fix(api,ui): …` or `api: …`.
    pub scopes: Vec<String>,
    /// What the words before the `:` or an emoji say it is.
    pub declared: Option<Declared>,
    pub is_breaking: bool,
    /// From a `(#123)` at the end.
    pub pull_request: Option<String>,
    /// What is said of the scopes: the words that tell the type.
    pub statement: String,
    /// The word of Conventional Commits as it was written, with its `!`.
    kind: String,
}

/// A type that the message names, rather than one that its words suggest.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Declared {
    pub observation_type: ObservationType,
    /// A label for the kind of work, if the type does not say it.
    pub concept: Option<&'static str>,
}

/// The words of Conventional Commits and those commonly added to them.
const DECLARED: [(&[&str], ObservationType, Option<&str>); 13] = [
    (&["feat", "feature"], Feature, None),
    (&["fix", "bugfix", "hotfix", "bug"], Bugfix, None),
    (&["refactor", "refactoring", "cleanup"], Refactor, None),
    (&["perf", "performance"], Refactor, Some("performance")),
    (&["style"], Refactor, Some("style")),
    (&["security", "sec"], Bugfix, Some("security")),
    (&["decision", "adr"], Decision, None),
    (&["docs", "doc"], Change, Some("documentation")),
    (&["test", "tests"], Change, Some("tests")),
    (&["build", "deps"], Change, Some("build")),
    (&["ci"], Change, Some("ci")),
    (&["revert"], Change, Some("revert")),
    (&["chore", "release", "wip", "misc"], Change, None),
];

/// Emoji with which commits are marked (gitmoji), and their shortcodes.
const EMOJI: [(&[&str], ObservationType, Option<&str>); 11] = [
    (
        &[
            "🐛",
            ":bug:",
            "🚑",
            ":ambulance:",
            "🩹",
            ":adhesive_bandage:",
        ],
        Bugfix,
        None,
    ),
    (&["🔒", ":lock:"], Bugfix, Some("security")),
    (&["✨", ":sparkles:", "🎉", ":tada:"], Feature, None),
    (
        &[
            "♻",
            ":recycle:",
            "🚚",
            ":truck:",
            "🔥",
            ":fire:",
            "⚰",
            ":coffin:",
        ],
        Refactor,
        None,
    ),
    (&["⚡", ":zap:"], Refactor, Some("performance")),
    (&["🎨", ":art:"], Refactor, Some("style")),
    (&["🧐", ":monocle_face:", "⚗", ":alembic:"], Discovery, None),
    (
        &["📝", ":memo:", "✏", ":pencil2:"],
        Change,
        Some("documentation"),
    ),
    (
        &["✅", ":white_check_mark:", "🧪", ":test_tube:"],
        Change,
        Some("tests"),
    ),
    (
        &["👷", ":construction_worker:", "💚", ":green_heart:"],
        Change,
        Some("ci"),
    ),
    (
        &[
            "⬆",
            ":arrow_up:",
            "⬇",
            ":arrow_down:",
            "🔧",
            ":wrench:",
            "🔖",
            ":bookmark:",
            "🚧",
            ":construction:",
            "🔀",
            ":twisted_rightwards_arrows:",
            "⏪",
            ":rewind:",
        ],
        Change,
        None,
    ),
];

/// Most bytes of a word before `:` that is taken for a part of the project.
const MAX_SCOPE_BYTES: usize = 40;

impl Subject {
    /// Takes a line apart.
    pub fn parse(line: &str) -> Self {
        let mut subject = Self::default();
        let mut rest = without_list_mark(line.trim());
        for prefix in ["fixup!", "squash!", "amend!"] {
            rest = rest.strip_prefix(prefix).unwrap_or(rest).trim_start();
        }
        rest = subject.take_pull_request(rest);
        rest = subject.take_emoji(rest);
        rest = subject.take_declared(rest);
        // `feat: ✨ add …` has the emoji behind the word.
        rest = subject.take_emoji(rest);
        subject.take_scopes(rest);
        if subject.title.is_empty() {
            subject.title = line.trim().to_owned();
        }
        subject
    }

    /// `… (#123)`, as a squashed pull request ends.
    fn take_pull_request<'a>(&mut self, line: &'a str) -> &'a str {
        let Some((before, number)) = line
            .strip_suffix(')')
            .and_then(|line| line.rsplit_once("(#"))
        else {
            return line;
        };
        if number.is_empty()
            || before.trim().is_empty()
            || !number.bytes().all(|b| b.is_ascii_digit())
        {
            return line;
        }
        self.pull_request = Some(number.to_owned());
        before.trim_end()
    }

    fn take_emoji<'a>(&mut self, line: &'a str) -> &'a str {
        for (marks, observation_type, concept) in EMOJI {
            for mark in marks {
                if let Some(rest) = line.strip_prefix(mark) {
                    self.declare(observation_type, concept);
                    // The mark may be followed by a variation selector.
                    return rest.trim_start_matches('\u{fe0f}').trim_start();
                }
            }
        }
        if let Some(rest) = line
            .strip_prefix('💥')
            .or_else(|| line.strip_prefix(":boom:"))
        {
            self.is_breaking = true;
            return rest.trim_start();
        }
        line
    }

    /// `type(scope)!: …` or `[type] …`.
    fn take_declared<'a>(&mut self, line: &'a str) -> &'a str {
        if let Some((word, rest)) = line.strip_prefix('[').and_then(|line| line.split_once(']')) {
            let Some((observation_type, concept)) = declared_by(word) else {
                return line;
            };
            self.declare(observation_type, concept);
            word.trim().clone_into(&mut self.kind);
            return rest.trim_start_matches([':', ' ']);
        }
        let Some((prefix, rest)) = line.split_once(':') else {
            return line;
        };
        let prefix = prefix.trim_end();
        let unmarked = prefix.strip_suffix('!');
        let (word, scope) = match unmarked.unwrap_or(prefix).split_once('(') {
            None => (unmarked.unwrap_or(prefix), ""),
            Some((word, scope)) => match scope.trim_end().strip_suffix(')') {
                Some(scope) => (word.trim_end(), scope),
                None => return line,
            },
        };
        let Some((observation_type, concept)) = declared_by(word) else {
            return line;
        };
        if rest.trim().is_empty() {
            return line;
        }
        self.declare(observation_type, concept);
        self.is_breaking |= unmarked.is_some();
        self.kind = match unmarked {
            Some(_) => [word.trim(), "!"].concat(),
            None => word.trim().to_owned(),
        };
        let scopes = scope
            .split([',', '|'])
            .map(str::trim)
            .filter(|scope| !scope.is_empty());
        self.scopes.extend(scopes.map(str::to_owned));
        rest.trim_start()
    }

    /// Scopes before the statement, as in `net: ipv6: drop …` or `[api] …`, and
    /// the title.
    fn take_scopes(&mut self, line: &str) {
        let declared = self.scopes.join(", ");
        let mark = if self.kind.ends_with('!') { "!" } else { "" };
        let mut title = match declared.as_str() {
            "" if mark.is_empty() && line.trim().contains(' ') => String::new(),
            "" if self.kind.is_empty() => String::new(),
            "" => [self.kind.as_str(), ": "].concat(),
            scopes => [scopes, mark, ": "].concat(),
        };
        let mut statement = line;
        loop {
            let bracketed = statement.strip_prefix('[');
            let parted = match bracketed {
                Some(bracketed) => bracketed
                    .split_once(']')
                    .map(|(scope, rest)| (scope, rest.trim_start_matches([':', ' ']))),
                None => statement
                    .split_once(": ")
                    .map(|(scope, rest)| (scope, rest.trim_start())),
            };
            let Some((scope, rest)) = parted else {
                break;
            };
            let is_scope = !scope.is_empty()
                && scope.len() <= MAX_SCOPE_BYTES
                && !scope.contains(char::is_whitespace)
                && scope.contains(char::is_alphanumeric);
            if !is_scope || rest.is_empty() {
                break;
            }
            let is_ticket = is_ticket(scope);
            if bracketed.is_some() && !is_ticket {
                title.push_str(scope);
                title.push_str(": ");
            } else {
                title.push_str(statement.strip_suffix(rest).unwrap_or_default());
            }
            if !is_ticket {
                self.scopes.push(scope.to_owned());
            }
            statement = rest;
        }
        title.push_str(statement);
        self.title = title;
        if let Some((first, rest)) = statement.split_once(' ')
            && is_ticket(first)
        {
            statement = rest.trim_start_matches([':', '-', ' ']);
        }
        self.statement = statement.to_owned();
    }

    fn declare(&mut self, observation_type: ObservationType, concept: Option<&'static str>) {
        // The first mark says most: a word may follow an emoji.
        self.declared.get_or_insert(Declared {
            observation_type,
            concept,
        });
    }

    /// The type that the message names or else its words suggest.
    pub fn observation_type(&self, closes_bug: bool) -> ObservationType {
        let words = Words::of(&self.statement);
        let suggested = suggested_by(&words);
        match self.declared.map(|declared| declared.observation_type) {
            // `chore: switch to pnpm` is more than a chore.
            Some(Change) => match suggested {
                Some(Decision | Discovery) => suggested.unwrap_or(Change),
                _ => Change,
            },
            Some(declared) => declared,
            None => match suggested {
                Some(suggested) => suggested,
                None if closes_bug => Bugfix,
                None => Change,
            },
        }
    }
}

/// A line without the mark that makes it an entry of a list.
fn without_list_mark(line: &str) -> &str {
    let entry = ["- ", "* ", "+ ", "• "]
        .iter()
        .find_map(|mark| line.strip_prefix(mark));
    entry.map_or(line, str::trim_start)
}

fn declared_by(word: &str) -> Option<(ObservationType, Option<&'static str>)> {
    let word = word.trim();
    DECLARED
        .iter()
        .find(|(words, ..)| words.iter().any(|known| word.eq_ignore_ascii_case(known)))
        .map(|&(_, observation_type, concept)| (observation_type, concept))
}

/// `PROJ-123` or `#123`, perhaps with a `:` behind it.
fn is_ticket(word: &str) -> bool {
    let word = word.trim_end_matches(':');
    let (key, number) = match word.strip_prefix('#') {
        Some(number) => ("X", number),
        None => word.split_once('-').unwrap_or(("", "")),
    };
    !key.is_empty()
        && key
            .bytes()
            .all(|b| b.is_ascii_uppercase() || b.is_ascii_digit())
        && !number.is_empty()
        && number.bytes().all(|b| b.is_ascii_digit())
}
