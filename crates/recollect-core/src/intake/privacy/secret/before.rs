//! Secrets that a sentence names before their noun: `… is my password`, `use … as the password`.

use super::letters::{ALNUM, is_one_of};
use super::name::Promise;
use super::scan::Scan;
use super::spoken::{is_told, word};
use super::written::Value;

/// The value of `… is my password`, `use … as the password`.
pub(super) fn before(
    scan: &Scan<'_>,
    first: usize,
    behind: usize,
    promise: Promise,
) -> Option<Value> {
    const BEFORE: usize = 64;
    const LINKS: &[&str] = &[
        "is", "was", "as", "ist", "war", "als", "est", "es", "era", "comme", "como", "é",
    ];
    /// These link only behind a word that says somebody types it.
    const FOR: &[&str] = &["for", "in", "when"];
    const TYPES: &[&str] = &["type", "enter", "try", "typed", "entered", "put"];
    const OWNERS: &[&str] = &[
        "my",
        "our",
        "the",
        "a",
        "your",
        "his",
        "her",
        "their",
        "mein",
        "unser",
        "das",
        "mon",
        "le",
        "mi",
        "la",
        "minha",
        "a",
        "root",
        "admin",
        "sudo",
        "wifi",
        "new",
        "old",
        "current",
        "default",
        "db",
        "database",
        "asked",
        "for",
        "as",
        "api",
        "user",
        "test",
        "staging",
        "prod",
        "production",
        "temporary",
        "initial",
        "master",
        "server",
    ];
    if scan.back(first, 1) != b' ' || !ends_noun(scan, behind) {
        return None;
    }
    let mut low = first.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(low) {
        low += 1;
    }
    let line = scan.slice(low, first).rsplit('\n').next().unwrap_or("");
    let mut words = line.trim_end().rsplit(' ');
    let mut end = low + scan.slice(low, first).trim_end().len();
    let mut link = "";
    for _ in 0..5 {
        let word = words.next()?;
        end -= word.len();
        link = word;
        if (is_one_of(word, LINKS) || is_one_of(word, FOR))
            && !words
                .clone()
                .next()
                .is_some_and(|word| is_one_of(word, OWNERS))
        {
            break;
        }
        if !is_one_of(word, OWNERS) {
            return None;
        }
        end = end.saturating_sub(1);
    }
    if FOR.contains(&link)
        && !words
            .clone()
            .nth(1)
            .is_some_and(|verb| is_one_of(verb, TYPES))
    {
        return None;
    }
    let mut last = words.next()?;
    if last == "in" {
        end = end.saturating_sub(3);
        last = words.next()?;
    }
    let value = word(scan, end.checked_sub(1 + last.len())?)?;
    is_told(scan, first, value, promise, true).then_some(value)
}

/// Whether the noun is the last of its kind: `… as the password hash` tells of something else.
fn ends_noun(scan: &Scan<'_>, behind: usize) -> bool {
    const GOES_ON: &[&str] = &[
        "for", "of", "on", "to", "in", "and", "now", "when", "at", "für", "pour", "de", "para",
    ];
    let next = scan.skip_blanks(behind);
    let word = scan.slice(next, scan.run(next, ALNUM, 8).1);
    match scan.byte(behind) {
        0 | b'.' | b',' | b'!' | b'\n' | b'\r' | b';' | b')' => true,
        b' ' => is_one_of(word, GOES_ON),
        _ => false,
    }
}
