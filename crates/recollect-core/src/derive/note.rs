//! From a text that a person typed or selected to an observation.

pub(crate) mod telling;

use crate::derive::commit::words::Words;
use crate::error::{Error, Result};
use crate::intake::admit::MAX_BODY_BYTES;
use crate::intake::privacy::{self, UserRules};
use crate::log::record::{Observation, ObservationType};
use crate::text::{cut, one_line};

/// Most characters of a title.
const TITLE_CHARS: usize = 100;
/// Most bytes of a title that was given.
const MAX_TITLE_BYTES: usize = 512;
/// The title of a text without a letter.
const UNTITLED: &str = "Untitled note";

/// A text that a person typed or selected; it may hold privacy tags.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Note {
    /// All of it.
    pub text: String,
    /// A title; else made from the first line that says something.
    pub title: Option<String>,
    /// What kind of work; else found from the words.
    pub observation_type: Option<ObservationType>,
    /// The file it was selected in.
    pub file: Option<String>,
    /// Labels.
    pub concepts: Vec<String>,
}

/// The observation that a note makes, or `None` if it is private as a whole.
///
/// # Errors
///
/// [`Error::TooLarge`] for a text above the limit of a memory, and
/// [`Error::InvalidInput`] for a blank one.
pub fn observe(note: Note) -> Result<Option<Observation>> {
    observe_with(note, &UserRules::default())
}

/// As [`observe`], with the rules of a user.
pub(crate) fn observe_with(note: Note, rules: &UserRules) -> Result<Option<Observation>> {
    let Note {
        text,
        title,
        observation_type,
        file,
        concepts,
    } = note;
    if text.len() > MAX_BODY_BYTES {
        let found = text.len();
        return Err(Error::TooLarge {
            field: "text",
            found,
            limit: MAX_BODY_BYTES,
        });
    }
    // Before it is split: a tag may be opened in the first line and not closed,
    // and half a secret is not recognised.
    let stripped = privacy::clean_and_strip(&text);
    if stripped.is_private_as_a_whole() {
        return Ok(None);
    }
    let text = rules.redact(&stripped.text).text;
    if text.trim().is_empty() {
        return Err(Error::invalid("text", "is empty"));
    }
    let given =
        title.map(|title| one_line(&rules.redact(&privacy::clean_and_strip(&title).text).text));
    let title = match given {
        Some(given) if !given.is_empty() => cut(&given, MAX_TITLE_BYTES).into_owned(),
        _ => title_of(&text),
    };
    Ok(Some(Observation {
        observation_type: observation_type.unwrap_or_else(|| type_of(&text)),
        narrative: narrative_of(&text, &title),
        title,
        subtitle: None,
        facts: Vec::new(),
        concepts,
        files_read: file.into_iter().collect(),
        files_modified: Vec::new(),
        prompt_number: None,
        tokens_spent: None,
        commit: None,
        git: None,
        is_cut: false,
    }))
}

/// The first line that says something, without the marks of Markdown and of
/// comments, in at most 100 characters. Never empty.
///
/// ```
/// use recollect_core::derive::note::title_of;
///
/// assert_eq!(title_of("```ts\n// Retry *twice*.\nretry(2)"), "Retry *twice*.");
/// ```
#[must_use]
pub fn title_of(text: &str) -> String {
    let lines = text.lines().map(without_marks);
    let line = lines
        .map(one_line)
        .find(|line| line.contains(char::is_alphanumeric));
    match line {
        None => UNTITLED.to_owned(),
        Some(line) => shortened(line),
    }
}

/// What kind of work a text is about: what its first telling words say; a sentence
/// that states a decision counts from its beginning; else a discovery.
#[must_use]
pub fn type_of(text: &str) -> ObservationType {
    let told: [(ObservationType, &[&str]); 5] = [
        (ObservationType::Decision, telling::DECISIONS),
        (
            ObservationType::Bugfix,
            &[
                "fix",
                "fixed",
                "fixes",
                "bug",
                "bugs",
                "bugfix",
                "root cause",
                "workaround",
                "work around",
                "worked around",
                "crash",
                "crashed",
                "crashes",
                "regression",
                "the culprit",
                "was caused by",
                "hotfix",
            ],
        ),
        (ObservationType::Discovery, telling::DISCOVERIES),
        (
            ObservationType::Refactor,
            &[
                "refactor",
                "refactored",
                "refactoring",
                "renamed",
                "rename",
                "extracted",
                "restructured",
                "cleaned up",
                "simplified",
                "moved",
                "split up",
                "reorganised",
                "reorganized",
                "deduplicated",
                "rewrote",
            ],
        ),
        (
            ObservationType::Feature,
            &[
                "added",
                "implemented",
                "introduced",
                "now supports",
                "new feature",
                "we support",
                "can now",
                "built",
                "shipped",
            ],
        ),
    ];
    let words = Words::of(text);
    let may_state = telling::may_state_decision(&words);
    let lines = may_state.then(|| text.lines()).into_iter().flatten();
    let stated = lines
        .map(without_marks)
        .flat_map(telling::sentences)
        .find(|sentence| telling::states_decision(sentence))
        .and_then(|sentence| words.find(Words::of(sentence).as_str().trim()))
        .map(|at| (at, ObservationType::Decision));
    told.iter()
        .filter_map(|(observation_type, phrases)| {
            let first = phrases
                .iter()
                .filter_map(|phrase| words.find(phrase))
                .min()?;
            Some((first, *observation_type))
        })
        .chain(stated)
        // The first of equals, so `we decided to fix …` is a decision.
        .min_by_key(|&(first, _)| first)
        .map_or(ObservationType::Discovery, |(_, observation_type)| {
            observation_type
        })
}

/// The whole text, if it says more than the title.
fn narrative_of(text: &str, title: &str) -> Option<String> {
    let mut said = text
        .lines()
        .map(without_marks)
        .filter(|line| line.contains(char::is_alphanumeric));
    let is_all = said.next().is_none_or(|line| one_line(line) == title) && said.next().is_none();
    (!is_all || title == UNTITLED).then(|| text.trim_matches(['\n', '\r']).trim_end().to_owned())
}

/// A line without what Markdown or a comment puts around its words; empty for
/// a code fence.
pub(crate) fn without_marks(line: &str) -> &str {
    let mut line = line.trim();
    if line.starts_with("```") || line.starts_with("~~~") {
        return "";
    }
    loop {
        let before = line;
        for mark in [
            "#", ">", "//", "/*", "<!--", "--", "[ ]", "[x]", "[X]", "\"\"\"", ";;",
        ] {
            line = line.strip_prefix(mark).unwrap_or(line).trim_start();
        }
        for mark in ["- ", "* ", "+ ", "• "] {
            line = line.strip_prefix(mark).unwrap_or(line).trim_start();
        }
        let unnumbered = line.trim_start_matches(|c: char| c.is_ascii_digit());
        if unnumbered.len() < line.len()
            && let Some(rest) = unnumbered
                .strip_prefix(". ")
                .or_else(|| unnumbered.strip_prefix(") "))
        {
            line = rest.trim_start();
        }
        if line == before {
            break;
        }
    }
    for mark in ["*/", "-->", "\"\"\""] {
        line = line.strip_suffix(mark).unwrap_or(line).trim_end();
    }
    // A whole line in bold or as code; in the middle of one the marks mean something.
    for mark in ["**", "__", "`"] {
        let inner = line
            .strip_prefix(mark)
            .and_then(|line| line.strip_suffix(mark));
        if let Some(inner) = inner.filter(|inner| !inner.contains(mark)) {
            line = inner.trim();
        }
    }
    // The closing marks of a heading.
    match line.trim_end_matches('#') {
        heading if heading.ends_with(' ') => heading.trim_end(),
        _ => line,
    }
}

/// A line cut behind a word so that it has at most [`TITLE_CHARS`] characters.
pub(crate) fn shortened(line: String) -> String {
    let Some((end, _)) = line.char_indices().nth(TITLE_CHARS) else {
        return line;
    };
    let (room, _) = line
        .char_indices()
        .nth(TITLE_CHARS - 1)
        .unwrap_or((end, ' '));
    let head = line.get(..room).unwrap_or_default();
    // A word that fits to its last letter may stay.
    let is_whole = line.get(room..).is_some_and(|rest| rest.starts_with(' '));
    let words = match head.rsplit_once(' ') {
        // A single long word is better cut than left out.
        Some((words, _)) if !is_whole && words.chars().count() > TITLE_CHARS / 2 => words,
        _ => head,
    };
    format!(
        "{}…",
        words.trim_end_matches([' ', ',', ';', ':', '.', '-', '–'])
    )
}

#[cfg(test)]
mod tests;
