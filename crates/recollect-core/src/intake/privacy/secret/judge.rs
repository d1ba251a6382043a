//! Whether what stands under a name is a secret, by the name, the value and its place.

use super::letters::{ALNUM, BLANK, Class, QUOTE, SPACE, holds};
use super::name::{Promise, promise};
use super::parts::is_about_secrets;
use super::scan::Scan;
use super::value::{self, LOOK, Look};
use super::written::{Place, Value};

/// Whether a value is a secret because of the name it is kept under.
pub(super) fn is_named_secret(name: &str, text: &str) -> bool {
    let Some(promise) = promise(name) else {
        return false;
    };
    let look = value::look(text.get(..text.floor_char_boundary(LOOK)).unwrap_or(text));
    if text.contains(char::is_whitespace) {
        return promise == Promise::Password && is_passphrase(text);
    }
    holds_secret(look, text, promise, Place::Quoted, true)
}

pub(super) fn is_secret(scan: &Scan<'_>, first: usize, value: Value, promise: Promise) -> bool {
    let text = scan.slice(value.from, value.to);
    if value.place == Place::Phrase {
        return promise == Promise::Password && is_passphrase(text);
    }
    // Behind a colon stands what a `key` is, most often.
    if promise == Promise::Perhaps && value.place == Place::Loose {
        return false;
    }
    if !may_be(text, promise) {
        return false;
    }
    let look = scan.look(text);
    let is_like_code = value.place == Place::Loose
        && text.contains(['[', ']', '(', ')', '{', '}', '<', '>'])
        && (!text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains('{'));
    if is_like_code || matches!(look, Look::StandIn | Look::Name) {
        return false;
    }
    let mut place = value.place;
    let alone = value.to - value.from >= LOOK || is_alone(scan, value.to);
    // A line of an INI or TOML file that has no quotes.
    if place == Place::Code && ends_line(scan, value.to) && begins_line(scan, first) {
        place = Place::Loose;
    }
    // `CI pass: node20` says how it went.
    let is_bare = scan
        .slice(first, first + 5)
        .trim_end_matches([':', '=', ' '])
        .len()
        <= 4;
    if promise == Promise::Pass && look == Look::Chosen && place == Place::Loose && is_bare {
        return alone && (begins_line(scan, first) || has_user_before(scan, first));
    }
    holds_secret(look, text, promise, place, alone)
}

/// Whether a value has what [`holds_secret`] asks for wherever it stands, as far as that is
/// known with less work than what the value looks like.
fn may_be(text: &str, promise: Promise) -> bool {
    let digits = || text.bytes().filter(u8::is_ascii_digit).count();
    match promise {
        Promise::Pin => (4..=12).contains(&text.len()) && digits() == text.len(),
        Promise::Perhaps => text.len() >= 20 && digits() >= 2 && value::entropy_of(text) >= 3.5,
        Promise::Key => text.len() >= 8 && value::entropy_of(text) >= 2.5,
        Promise::Password => text.len() >= 5,
        Promise::Pass => true,
    }
}

/// Whether several words are a password: one of them was drawn or chosen, or they are small words
/// that make no sentence of a form or of an error.
fn is_passphrase(text: &str) -> bool {
    const WORDS: std::ops::RangeInclusive<usize> = 3..=10;
    let words = || text.split(' ');
    let is_drawn = |word: &str| {
        word.len() >= 5
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && matches!(value::look(word), Look::Drawn | Look::Chosen)
    };
    if text.len() > LOOK || value::look(text) == Look::StandIn {
        return false;
    }
    if words().count() <= 4 && words().any(is_drawn) {
        return true;
    }
    WORDS.contains(&words().count())
        && words().all(|word| {
            let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
            word.len() >= 3 && is_small && !SAID.contains(&word) && !is_about_secrets(word)
        })
}

/// Words of sentences about passwords.
#[rustfmt::skip]
const SAID: &[&str] = &[
    "account", "again", "allowed", "already", "and", "any", "are", "been", "between", "both", "but", "can",
    "cannot", "change", "changed", "characters", "choose", "confirm", "contain", "contains", "correctly",
    "current", "default", "digits", "does", "email", "empty", "encrypted", "enter", "example", "expected",
    "failed", "for", "forgot", "found", "from", "generate", "given", "has", "hash", "hashed", "have",
    "here", "incorrect", "invalid", "least", "length", "letters", "like", "long", "match", "matches", "may",
    "missing", "must", "name", "new", "not", "number", "old", "one", "only", "optional", "phrase", "please",
    "policy", "repeat", "required", "reset", "retype", "same", "see", "sent", "set", "short", "should",
    "some", "string", "strong", "test", "that", "the", "this", "too", "two", "type", "unless", "use", "used",
    "very", "was", "weak", "when", "will", "with", "without", "wrong", "you", "your",
];

fn holds_secret(look: Look, text: &str, promise: Promise, place: Place, alone: bool) -> bool {
    let length = text.chars().count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_written = matches!(place, Place::Quoted | Place::Tight);
    let has_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
    let has_lower = text.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_sign = text.bytes().any(|byte| b"!@#$%^&*+=?~".contains(&byte));
    // Letters of one case may be a word of some language.
    let is_mixed = digits > 0 || has_sign || has_upper && has_lower;
    match (promise, place) {
        _ if matches!(look, Look::StandIn | Look::Name) => false,
        (Promise::Pin, Place::Argument) => false,
        (Promise::Pin, _) => look == Look::Number && (4..=12).contains(&length) && alone,
        (Promise::Password, Place::Quoted | Place::Tight | Place::Loose)
            if look == Look::Number =>
        {
            length >= 6 && (is_written || alone)
        }
        _ if look == Look::Number => false,
        (_, Place::Code | Place::Argument) => {
            length >= 16 && digits >= 2 && look == Look::Drawn && value::entropy_of(text) >= 3.5
        }
        (Promise::Password, _) => match look {
            Look::Chosen => length >= 5 && (is_written || alone) && is_mixed,
            _ => length >= 5 && is_mixed && (is_written || alone || length >= 10) || length >= 12,
        },
        (Promise::Pass, _) => match look {
            Look::Chosen => length >= 6 && (is_written || alone) && is_mixed,
            _ => length >= 6 && is_mixed && (is_written || alone),
        },
        (Promise::Key, _) => {
            look == Look::Drawn
                && length >= if is_written { 8 } else { 10 }
                && (is_mixed || length >= 20)
                && value::entropy_of(text) >= if digits > 0 { 2.5 } else { 3.0 }
        }
        (Promise::Perhaps, Place::Tight | Place::Quoted) => {
            look == Look::Drawn && length >= 20 && digits >= 2 && value::entropy_of(text) >= 3.5
        }
        _ => false,
    }
}

/// Whether nothing but the end of a sentence, a value or a line follows.
pub(super) fn is_alone(scan: &Scan<'_>, at: usize) -> bool {
    let mut at = scan.run(at, const { Class::of(".,;:!)*`") }, 3).1;
    if scan.byte(at) != b' ' {
        let byte = scan.byte(at);
        return byte == 0 || SPACE.has(byte) || QUOTE.has(byte) || b"&}]|<>\\/(".contains(&byte);
    }
    if at > 0 && b".,;)".contains(&scan.back(at, 1)) {
        return true;
    }
    at = scan.skip_blanks(at);
    let (_, behind) = scan.run(at, ALNUM, 8);
    let goes_on = [
        "and", "or", "for", "on", "in", "at", "und", "oder", "et", "y", "e", "für", "then", "as",
        "but",
    ];
    let word = scan.slice(at, behind);
    word.is_empty() || goes_on.contains(&word) || matches!(scan.byte(behind), b':' | b'=')
}

fn ends_line(scan: &Scan<'_>, at: usize) -> bool {
    let next = scan.skip_blanks(at);
    matches!(scan.byte(next), 0 | b'\n' | b'\r' | b'#')
        || next > at && (scan.byte(next) == b';' || scan.slice(next, next + 2) == "//")
}

/// Whether the line names a user before.
fn has_user_before(scan: &Scan<'_>, first: usize) -> bool {
    const BEFORE: usize = 48;
    let mut from = first.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(from) {
        from += 1;
    }
    let line = scan.slice(from, first).rsplit('\n').next().unwrap_or("");
    ["user", "login", "account"]
        .iter()
        .any(|word| holds(line, word))
}

fn begins_line(scan: &Scan<'_>, first: usize) -> bool {
    let start = scan.start_of(first, BLANK, 16);
    matches!(scan.back(start, 1), 0 | b'\n' | b'\r') || QUOTE.has(scan.back(start, 1))
}
