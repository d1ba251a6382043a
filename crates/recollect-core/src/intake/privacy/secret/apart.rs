//! Names and values that stand apart: `{"name": "DB_PASSWORD", "value": "…"}`.

use super::judge::is_secret;
use super::letters::{ALNUM, Class, QUOTE, SPACE, is_one_of};
use super::name::Promise;
use super::scan::Scan;
use super::written::{Place, Value, element, phrase, push, quoted, unquoted};
use super::{Span, markup, table};

/// What the field of a value is called.
const FIELDS: &[&str] = &[
    "value",
    "s",
    "val",
    "newvalue",
    "content",
    "_value",
    "plaintext",
    "plain",
    "default",
    "parametervalue",
    "stringvalue",
    "string_value",
    "secretvalue",
    "secret_value",
    "fieldvalue",
];

/// Longest text in front of a name in which its value is looked for.
const BEFORE: usize = 200;

/// The value of `{"value": "…"}` at a place.
pub(super) fn in_object(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let inside = scan.expect(at, b'{')?;
    field(scan, scan.run(inside, SPACE, 32).1)
}

/// The value of a field that is called as values are.
pub(super) fn field(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let at = scan.run(at, QUOTE, 1).1;
    let (_, behind) = scan.run(at, const { ALNUM.and("_") }, 16);
    let name = scan.slice(at, behind);
    if !is_one_of(name, FIELDS) {
        return None;
    }
    let next = scan.skip_blanks(scan.run(behind, QUOTE, 1).1);
    let depth = scan.depth(next);
    let from = match scan.byte(next) {
        b':' | b'=' | b'>' => next + 1,
        _ => return None,
    };
    if scan.byte(next) == b'>' {
        return element(scan, from, depth);
    }
    let from = scan.skip_blanks(from);
    quoted(scan, from)
        .or_else(|| phrase(scan, from))
        .or_else(|| unquoted(scan, from, Place::Loose, false, depth))
}

/// Finds the value whose name, as a value itself, stands between two places.
pub(super) fn value(
    scan: &Scan<'_>,
    first: usize,
    behind: usize,
    promise: Promise,
    found: &mut Vec<Span>,
) {
    let hit = following(scan, behind)
        .or_else(|| preceding(scan, first))
        .or_else(|| markup::value(scan, first, behind));
    if hit.is_none() {
        table::values(scan, first, behind, promise, found);
    }
    if let Some(value) = hit
        && is_secret(scan, first, value, promise)
    {
        push(scan, value, found);
    }
}

fn following(scan: &Scan<'_>, behind: usize) -> Option<Value> {
    const FIELDS_BETWEEN: usize = 3;
    let mut at = scan.run(behind, QUOTE, 1).1;
    let begin = at;
    if scan.byte(at) == b'<' && scan.byte(at + 1) == b'/' {
        at = scan.run(at + 2, const { ALNUM.and(":_-") }, 24).1;
        at = scan.expect(at, b'>')?;
    }
    // The block of a variable: `variable "password" { default = "…" }`.
    let block = scan.skip_blanks(at);
    if scan.byte(block) == b'{' && at > behind {
        at = block + 1;
    }
    for _ in 0..FIELDS_BETWEEN {
        at = scan.run(at, const { SPACE.and(",<") }, 32).1;
        if at == begin {
            return None;
        }
        if let Some(value) = field(scan, at) {
            return Some(value);
        }
        // Another field of the same object.
        let (_, name) = scan.run(at, const { ALNUM.and("_\"'") }, 24);
        let sign = scan.skip_blanks(name);
        if name == at || !matches!(scan.byte(sign), b':' | b'=') {
            return None;
        }
        let other = scan.skip_blanks(sign + 1);
        at = match phrase(scan, other) {
            Some(value) => value.to + 1,
            None => scan.run(other, const { ALNUM.and("_-./\"'") }, 40).1,
        };
    }
    None
}

/// The value that stands in front of `"name": "DB_PASSWORD"`.
fn preceding(scan: &Scan<'_>, first: usize) -> Option<Value> {
    let start = scan.start_of(first, const { Class::of(" :=\"'") }, 6);
    let name = scan.start_of(start, ALNUM, 16);
    let is_name = ["name", "key", "id"]
        .iter()
        .any(|word| scan.slice(name, start).to_ascii_lowercase().ends_with(word));
    if !is_name || start == first {
        return None;
    }
    let mut from = name.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(from) {
        from += 1;
    }
    let before = scan.slice(from, name);
    let opened = before.rfind(['{', '\n']).map_or(0, |at| at + 1);
    let place = before[opened..].to_ascii_lowercase().rfind("value")?;
    let value = field(scan, from + opened + place)?;
    (value.to < name).then_some(value)
}
