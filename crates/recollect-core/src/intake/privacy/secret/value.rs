//! What a value looks like: drawn by a machine, chosen by a person, or a name of something.

use super::letters::{entropy, is_written};
use super::parts::{Parts, is_route};
use super::stand_in::{is_reference, is_stand_in};

/// See [`look`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Look {
    /// It says where a secret is, or stands for one: `${TOKEN}`, `changeme`.
    StandIn,
    /// Words and few digits, joined by `- _ . /` or by capitals: a name, a path, a version.
    Name,
    /// Digits only.
    Number,
    /// One word with digits or signs at it, as people choose: `hunter2`.
    Chosen,
    /// Random.
    Drawn,
}

/// Longest beginning of a value that decides.
pub(super) const LOOK: usize = 128;

pub(super) fn look(value: &str) -> Look {
    if is_reference(value) || is_stand_in(value) {
        return Look::StandIn;
    }
    if value.bytes().all(|byte| byte.is_ascii_digit()) {
        return Look::Number;
    }
    let value = without_place(value);
    let parts = Parts::of(value);
    if parts.is_name() || is_code(value) || is_route(value) {
        return Look::Name;
    }
    if parts.is_chosen() {
        return Look::Chosen;
    }
    Look::Drawn
}

/// The path of a place in a file: `src/main.rs:10:5`.
fn without_place(value: &str) -> &str {
    let mut path = value;
    for _ in 0..2 {
        if let Some((before, number)) = path.rsplit_once(':')
            && !number.is_empty()
            && number.bytes().all(|byte| byte.is_ascii_digit())
            && before.contains('.')
        {
            path = before;
        }
    }
    path
}

/// Whether letters that stand together are all small but for the first, or all capitals
/// where `-` or `_` parts them. Of twenty random letters that is so once in a million,
/// while one in a thousand reads like words that capitals part.
pub(super) fn is_in_one_case(value: &str) -> bool {
    let is_parted = value.contains(['-', '_']);
    let words = value.as_bytes().split(|byte| !byte.is_ascii_alphabetic());
    for letters in words {
        let rest = letters.get(1..).unwrap_or_default();
        let has_capitals = rest.iter().any(u8::is_ascii_uppercase);
        if !is_written(letters) || has_capitals && !is_parted {
            return false;
        }
    }
    true
}

/// A number of a program, or a pattern.
fn is_code(value: &str) -> bool {
    let is_number = value.strip_prefix("0x").is_some_and(|digits| {
        digits.len() <= 16 && digits.bytes().all(|byte| byte.is_ascii_hexdigit())
    });
    is_number || value.starts_with("\\u{") || value.contains("[0-9") || value.contains("[a-z")
}

/// Shannon's entropy of the beginning of a value, in bits a byte.
pub(super) fn entropy_of(value: &str) -> f64 {
    entropy(
        value
            .get(..value.floor_char_boundary(LOOK))
            .unwrap_or(value),
    )
}
