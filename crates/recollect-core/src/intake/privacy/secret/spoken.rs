//! One word of a sentence, and whether it is the secret that the sentence tells.

use super::judge::{is_alone, is_secret};
use super::letters::{ALNUM, Class, QUOTE, SPACE, is_one_of};
use super::name::Promise;
use super::scan::Scan;
use super::value::{self, Look};
use super::written::{Place, Rest, Value, quoted};

pub(super) fn word_end(scan: &Scan<'_>, from: usize) -> usize {
    let mut at = from;
    while at - from < value::LOOK && scan.byte(at) != 0 && !SPACE.has(scan.byte(at)) {
        at += 1;
    }
    at
}

/// One word, in quotes or not, without the signs of the sentence.
pub(super) fn word(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let open = scan.run(at, const { Class::of("*_(") }, 3).1;
    let quote = scan.byte(open);
    if QUOTE.has(quote) {
        return quoted(scan, open);
    }
    let end = word_end(scan, open);
    let said = scan.slice(open, end);
    let length = said
        .find(['"', '\'', '`', ')', '<'])
        .map_or(said.len(), |at| at);
    let length = said[..length]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '…'])
        .len();
    // The sign at its end may be a part of a password as people choose them.
    let is_kept_sign = said[..length].len() + 1 == said.len() && said.ends_with('!');
    let to = open + length + usize::from(is_kept_sign);
    (length > 0).then_some(Value {
        place: Place::Loose,
        from: open,
        to,
        rest: if length >= value::LOOK {
            Rest::Class(const { ALNUM.and("!#$%&*+-./:=?@^_~") }, u8::MAX)
        } else {
            Rest::Nothing
        },
    })
}

pub(super) fn is_told(
    scan: &Scan<'_>,
    first: usize,
    value: Value,
    promise: Promise,
    is_bare: bool,
) -> bool {
    let text = scan.slice(value.from, value.to);
    const OF_CODE: Class = Class::of("()[]{}<>;\"");
    if text.bytes().any(|byte| OF_CODE.has(byte)) {
        return false;
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let has_sign = text.bytes().any(|byte| b"!@#$%^&*+=?~".contains(&byte));
    // Most words of a sentence are words.
    if digits == 0 && !has_sign && value.place != Place::Quoted {
        return false;
    }
    let look = scan.look(text);
    match (promise, look) {
        (_, Look::StandIn) => false,
        // A single word is one only where somebody quotes it and owns it.
        (Promise::Password, Look::Name) => {
            value.place == Place::Quoted
                && has_owner_before(scan, first)
                && text.len() >= 6
                && text.bytes().all(|byte| byte.is_ascii_lowercase())
        }
        (Promise::Password, Look::Number) if !is_bare => {
            (4..=16).contains(&text.len()) && is_alone(scan, value.to)
        }
        (Promise::Password | Promise::Pass, Look::Chosen) => {
            text.len() >= 5 && (digits > 0 || has_sign && text.len() >= 6)
        }
        (Promise::Password | Promise::Pass, Look::Drawn) => {
            text.len() >= 5 && (digits > 0 || has_sign)
        }
        (Promise::Key, Look::Drawn) => {
            text.len() >= 16 && digits >= 2 && is_secret(scan, first, value, promise)
        }
        (Promise::Pin, _) => is_secret(scan, first, value, promise),
        _ => false,
    }
}

/// The words in front of a place.
pub(super) fn words_before<'a>(scan: &Scan<'a>, first: usize) -> impl Iterator<Item = &'a str> {
    const BEFORE: usize = 32;
    let mut from = first.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(from) {
        from += 1;
    }
    let line = scan.slice(from, first).rsplit('\n').next().unwrap_or("");
    line.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .rev()
        .take(3)
}

fn has_owner_before(scan: &Scan<'_>, first: usize) -> bool {
    const OWNERS: &[&str] = &[
        "my", "our", "mein", "unser", "mon", "notre", "mi", "nuestra", "minha", "nossa",
    ];
    words_before(scan, first).any(|word| is_one_of(word, OWNERS))
}
