//! What stands below the first line of a commit message: a story and trailers.

use super::squash;
use crate::derive::note::telling;

/// The story and the statements of a message's body.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Story {
    /// Paragraphs as single lines; lists, quotes and code as they were.
    pub text: String,
    /// Statements that trailers and set phrases make.
    pub facts: Vec<String>,
    pub is_breaking: bool,
    /// Whether it says that it fixes an issue.
    pub closes_bug: bool,
}

/// Trailers about people and tools, which say nothing of the change. Those
/// ending in `-by` go as well.
const DROPPED: [&str; 8] = [
    "change-id",
    "cc",
    "git-svn-id",
    "gerrit-change-id",
    "differential revision",
    "x-lore-signature",
    "pick-to",
    "commit-queue",
];
/// Trailers that point to something else.
const POINTERS: [&str; 9] = [
    "refs", "ref", "see", "link", "issue", "related", "jira", "bug", "part-of",
];
/// Words before an issue number that say it is done with.
const CLOSERS: [(&str, &str); 9] = [
    ("fixes", "Fixes"),
    ("fixed", "Fixes"),
    ("fix", "Fixes"),
    ("closes", "Closes"),
    ("closed", "Closes"),
    ("close", "Closes"),
    ("resolves", "Resolves"),
    ("resolved", "Resolves"),
    ("resolve", "Resolves"),
];
/// A line at least this long, with the word that follows, was broken by its
/// writer's editor; a shorter one by its writer.
const WRAP_COLUMN: usize = 50;

impl Story {
    /// Reads the lines below the first; `titles` are the spellings of that one.
    pub fn parse(body: &str, titles: &[&str]) -> Self {
        let mut story = Self::default();
        let mut kept: Vec<&str> = Vec::new();
        let mut block = Block::Text;
        for line in body.lines() {
            let line = line.trim_end();
            match block {
                Block::Breaking
                    if !line.trim().is_empty()
                        && trailer(line).is_none()
                        && !squash::is_ruler(line.trim()) =>
                {
                    if let Some(fact) = story.facts.last_mut() {
                        fact.push(' ');
                        fact.push_str(line.trim());
                    }
                    continue;
                }
                Block::Conflicts if line.starts_with(['#', '\t', ' ']) => continue,
                Block::Updated if !line.is_empty() => continue,
                Block::Fence if is_fence(line) => {
                    block = Block::Text;
                    kept.push(line);
                    continue;
                }
                Block::Fence => {
                    kept.push(line);
                    continue;
                }
                Block::Breaking | Block::Conflicts | Block::Updated | Block::Text => {
                    block = Block::Text;
                }
            }
            if is_fence(line) {
                block = Block::Fence;
            }
            match story.take(line) {
                Taken::No => kept.push(line),
                Taken::Yes => {}
                Taken::Begins(next) => block = next,
            }
        }
        let kept = squash::parts_as_list(&kept, titles);
        let kept: Vec<&str> = kept.iter().map(AsRef::as_ref).collect();
        story.text = unwrapped(&kept);
        story
    }

    /// Whether it says that something was decided.
    pub fn says_decided(&self) -> bool {
        let sentences = self.text.lines().flat_map(telling::sentences);
        sentences.into_iter().any(telling::says_decided)
    }

    /// Makes a fact of a line that is one, or says that it belongs to the story.
    fn take(&mut self, line: &str) -> Taken {
        let trimmed = line.trim();
        if matches!(trimmed, "Conflicts:" | "# Conflicts:") {
            return Taken::Begins(Block::Conflicts);
        }
        if trimmed == "updated-dependencies:" {
            return Taken::Begins(Block::Updated);
        }
        if squash::is_ruler(trimmed) {
            return Taken::Yes;
        }
        if let Some(request) = trimmed.strip_prefix("See merge request ") {
            self.facts.push(format!("Merge request {request}"));
            return Taken::Yes;
        }
        let quoted = trimmed.trim_start_matches('(').trim_end_matches([')', '.']);
        for (phrase, fact) in [
            ("This reverts commit ", "Reverts"),
            ("cherry picked from commit ", "Picked from"),
        ] {
            let Some(rest) = quoted.strip_prefix(phrase) else {
                continue;
            };
            let hash: String = rest.chars().take_while(char::is_ascii_hexdigit).collect();
            if !hash.is_empty() {
                self.facts.push(format!("{fact} {hash:.12}"));
                return if rest.len() == hash.len() {
                    Taken::Yes
                } else {
                    Taken::No
                };
            }
        }
        if let Some((key, value)) = trailer(trimmed) {
            let key_lower = key.to_ascii_lowercase();
            if matches!(
                key,
                "BREAKING CHANGE" | "BREAKING-CHANGE" | "BREAKING CHANGES"
            ) {
                self.is_breaking = true;
                self.facts.push(format!("BREAKING CHANGE: {value}"));
                return Taken::Begins(Block::Breaking);
            }
            if key_lower.ends_with("-by") || DROPPED.contains(&key_lower.as_str()) {
                return Taken::Yes;
            }
            if POINTERS.contains(&key_lower.as_str()) && !value.contains(' ') {
                self.facts.push(format!("{key}: {value}"));
                return Taken::Yes;
            }
        }
        self.take_closers(trimmed)
    }

    /// `Fixes #12, closes org/repo#3`: a fact for each, wherever in the line.
    fn take_closers(&mut self, line: &str) -> Taken {
        let facts_before = self.facts.len();
        let mut is_all = true;
        let mut verb = None;
        for word in line.split([' ', ',']).filter(|word| !word.is_empty()) {
            let bare = word
                .trim_end_matches([':', '.', ';', ')'])
                .trim_start_matches('(');
            let closer = CLOSERS
                .iter()
                .find(|(known, _)| bare.eq_ignore_ascii_case(known));
            match (closer, verb) {
                (Some(&(_, closer)), _) => verb = Some(closer),
                (None, Some(closer)) if is_issue(bare) => {
                    self.closes_bug |= closer == "Fixes";
                    self.facts.push(format!("{closer} {bare}"));
                }
                (None, Some(_)) if matches!(bare, "and" | "&" | "issue" | "issues" | "bug") => {}
                _ => {
                    is_all = false;
                    verb = None;
                }
            }
        }
        match is_all && self.facts.len() > facts_before {
            true => Taken::Yes,
            false => Taken::No,
        }
    }
}

/// What a line is part of.
#[derive(Clone, Copy, PartialEq)]
enum Block {
    Text,
    /// The statement that something breaks, over several lines.
    Breaking,
    /// The list of files that a merge had conflicts in.
    Conflicts,
    /// What a program that updates dependencies writes for programs.
    Updated,
    /// Code between fences.
    Fence,
}

enum Taken {
    No,
    Yes,
    Begins(Block),
}

/// `Key: value` or `Key #value`, with a key of one to three words.
fn trailer(line: &str) -> Option<(&str, &str)> {
    let (key, value) = line.split_once(": ")?;
    let is_key = !key.is_empty()
        && key.split(' ').count() <= 3
        && key
            .chars()
            .all(|c| c.is_ascii_alphanumeric() || matches!(c, '-' | ' '))
        && key.starts_with(|c: char| c.is_ascii_alphabetic());
    (is_key && !value.trim().is_empty()).then(|| (key, value.trim()))
}

/// `#12`, `GH-12`, `owner/repo#12`, `PROJ-12` or an address of an issue.
fn is_issue(word: &str) -> bool {
    let is_number = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if word.starts_with("https://") {
        return word
            .rsplit_once('/')
            .is_some_and(|(_, number)| is_number(number));
    }
    match word.rsplit_once('#') {
        Some((_, number)) => is_number(number),
        None => word.split_once('-').is_some_and(|(key, number)| {
            is_number(number) && !key.is_empty() && key.bytes().all(|b| b.is_ascii_uppercase())
        }),
    }
}

fn is_fence(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with("```") || line.starts_with("~~~")
}

/// Lines as paragraphs: one that was only broken to fit a width is joined.
fn unwrapped(lines: &[&str]) -> String {
    let mut text = String::new();
    let mut in_fence = false;
    // The line before, if more of its sentence may follow.
    let mut open: Option<&str> = None;
    for &line in lines {
        let joins = !in_fence && open.is_some_and(|before| continues(before, line));
        if joins {
            text.push(' ');
            text.push_str(line.trim_start());
        } else {
            if !text.is_empty() {
                text.push('\n');
            }
            text.push_str(line);
        }
        if is_fence(line) {
            in_fence = !in_fence;
        }
        let is_open = !in_fence && !line.trim().is_empty() && !is_fence(line);
        // A code block's lines are kept apart; a list's item may go on.
        open = (is_open && (joins || is_item(line) || !is_indented(line))).then_some(line);
    }
    // Removed lines leave gaps.
    while text.contains("\n\n\n") {
        text = text.replace("\n\n\n", "\n\n");
    }
    text.trim_matches('\n').trim_end().to_owned()
}

fn continues(before: &str, line: &str) -> bool {
    let Some(word) = line.split_whitespace().next() else {
        return false;
    };
    if is_item(line) || line.trim_start().starts_with(['>', '|', '#']) || is_fence(line) {
        return false;
    }
    if before.trim_start().starts_with(['|', '#']) {
        return false;
    }
    // Only an item's further lines, or those behind one, are indented.
    if is_indented(line) && !is_item(before) && !is_indented(before) {
        return false;
    }
    before.chars().count() + 1 + word.chars().count() > WRAP_COLUMN
}

fn is_indented(line: &str) -> bool {
    line.starts_with(['\t', ' '])
}

/// Whether a line begins with the mark of a list.
fn is_item(line: &str) -> bool {
    let line = line.trim_start();
    let numbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
    line.starts_with("- ")
        || line.starts_with("* ")
        || line.starts_with("+ ")
        || line.starts_with("• ")
        || numbered.len() < line.len() && (numbered.starts_with(". ") || numbered.starts_with(") "))
}
