//! Who: authors that a question names, and whoever asks.

use super::wish::{is_deed, is_general};
use super::words::Words;
use crate::index::catalog::Catalog;

/// Authors that a question names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct People {
    /// Names in lower case, as the catalogue has them.
    pub(super) keys: Vec<String>,
    /// The words that name them.
    pub(super) told: String,
    /// Whether whoever asks is meant: what no author is kept of is theirs too.
    pub(super) is_me: bool,
}

/// Shortest part of a name that stands for it.
const MIN_PART: usize = 3;

/// Takes the people that a question names. `is_there` says whether an author has anything
/// that can be found.
pub(super) fn take(
    words: &mut Words<'_>,
    catalog: &Catalog,
    is_there: impl Fn(&[u32]) -> bool,
    me: Option<&str>,
) -> Option<People> {
    whole_names(words, catalog, &is_there)
        .or_else(|| parts(words, catalog, &is_there))
        .or_else(|| myself(words, catalog, me))
}

fn whole_names(
    words: &mut Words<'_>,
    catalog: &Catalog,
    is_there: &impl Fn(&[u32]) -> bool,
) -> Option<People> {
    let mut best: Option<(usize, usize, &str)> = None;
    for (key, person) in catalog.people() {
        let count = key.split(' ').count();
        let is_longer = best.is_none_or(|(from, to, _)| count > to - from);
        if !is_longer || count < 2 && key.len() < MIN_PART || !is_there(&person.rows) {
            continue;
        }
        let at = (0..words.list.len()).find(|from| words.is_at(*from, key));
        // One word may be any word: it must be led to.
        let at = at.filter(|from| count > 1 || is_led_to(words, *from));
        if let Some(from) = at {
            best = Some((from, from + count, key));
        }
    }
    let (from, to, key) = best?;
    let key = key.to_owned();
    Some(people(words, from, to, vec![key]))
}

/// A first or last name alone, or a handle.
fn parts(
    words: &mut Words<'_>,
    catalog: &Catalog,
    is_there: &impl Fn(&[u32]) -> bool,
) -> Option<People> {
    for number in 0..words.list.len() {
        let Some(word) = words.free(number) else {
            continue;
        };
        let told = word.lower.trim_start_matches('@').to_owned();
        if told.chars().count() < MIN_PART || !is_led_to(words, number) {
            continue;
        }
        let has_part = |key: &str| {
            let mut parts = key.split([' ', '[', '-', '_', '.']);
            key == told || parts.any(|part| part == told)
        };
        let keys: Vec<String> = catalog
            .people()
            .filter(|(key, person)| has_part(key) && is_there(&person.rows))
            .map(|(key, _)| key.to_owned())
            .collect();
        if !keys.is_empty() {
            return Some(people(words, number, number + 1, keys));
        }
    }
    None
}

/// Whether what stands around a word says that it is somebody: `by Ann`, `Ann's commits`, `did
/// Ann change`.
fn is_led_to(words: &Words<'_>, number: usize) -> bool {
    const BEFORE: [&str; 9] = [
        "by", "from", "did", "has", "does", "was", "of", "author", "had",
    ];
    let Some(word) = words.free(number) else {
        return false;
    };
    let is_name = word.is_capital() || word.text.starts_with('@') || word.text.contains('[');
    let behind = words.list.get(number + 1);
    let is_behind = matches!(
        behind.map(|word| word.lower.as_str()),
        Some("commit" | "commits" | "did" | "changed" | "work" | "wrote" | "changes")
    );
    let before = words.before(number);
    // `and Ann?` goes on with another; a handle may be written small.
    let is_last = behind.is_none() && number <= 2;
    let is_name = is_name
        || matches!(before, "did" | "has")
            && behind.is_some_and(|word| {
                is_deed(&word.lower) || is_general(&word.lower) || word.lower.starts_with("bump")
            });
    before == "by"
        || is_name
            && (BEFORE.contains(&before)
                || word.is_possessive
                || is_behind
                || is_last && matches!(before, "and" | "about"))
}

fn people(words: &mut Words<'_>, from: usize, to: usize, keys: Vec<String>) -> People {
    let told = words
        .take(from, to)
        .trim_end_matches("'s")
        .trim_end_matches("’s")
        .to_owned();
    // `by` belongs to the name.
    if let Some(by) = from.checked_sub(1)
        && matches!(words.lower(by), "by" | "from" | "of" | "author")
    {
        words.take(by, from);
    }
    People {
        keys,
        told,
        is_me: false,
    }
}

/// `I`, `my`, `me`: the repository's own user.
fn myself(words: &mut Words<'_>, catalog: &Catalog, me: Option<&str>) -> Option<People> {
    let me = me?;
    let is_mine = |number: &usize| {
        let lower = words.lower(*number);
        lower == "my"
            || lower == "mine"
            || lower == "myself"
            || lower == "i" && {
                // `can I`, `should I`, `how do I` ask about the world.
                let around = [words.before(*number), words.lower(number + 1)];
                // `I was wondering` only begins to ask.
                let was = [words.before(*number), words.lower(number + 2)];
                let was_at_it = words.lower(number + 1) == "was" && is_general(was[1]);
                was[0] == "was"
                    || was_at_it
                    || around.iter().any(|word| {
                        matches!(
                            *word,
                            "did"
                                | "have"
                                | "had"
                                | "commit"
                                | "committed"
                                | "changed"
                                | "worked"
                                | "touched"
                                | "wrote"
                                | "made"
                                | "added"
                                | "fixed"
                        )
                    }) && !matches!(words.before(number.saturating_sub(1)), "why" | "how")
            }
    };
    let number = (0..words.list.len()).find(is_mine)?;
    words.take(number, number + 1);
    let key = me.to_lowercase();
    let is_known = catalog.people().any(|(known, _)| known == key);
    Some(People {
        keys: is_known.then_some(key).into_iter().collect(),
        told: me.to_owned(),
        is_me: true,
    })
}
