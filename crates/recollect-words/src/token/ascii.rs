//! Where words of ASCII letters and digits end, and where their parts do.

use super::MIN_NUMBERED_WORD;

/// Where the words that begin at `start` end, joined by `_` or `-`; none if they need
/// a closer look: other letters, apostrophes, versions, or names such as `C++`.
pub(super) fn end(text: &[u8], start: usize) -> Option<usize> {
    let first = text.get(start)?;
    let mut end = start;
    loop {
        let rest = text.get(end..)?;
        let length = rest.iter().position(|byte| !byte.is_ascii_alphanumeric());
        end += length.unwrap_or(rest.len());
        match text.get(end) {
            Some(b'_' | b'-') => match text.get(end + 1) {
                Some(next) if next.is_ascii_alphanumeric() => end += 1,
                Some(next) if !next.is_ascii() => return None,
                _ => break,
            },
            Some(b'\'' | b'+' | b'#') => return None,
            Some(next) if !next.is_ascii() => return None,
            _ => break,
        }
    }
    let may_be_version = first.is_ascii_digit()
        || matches!(first, b'v' | b'V') && text.get(start + 1).is_some_and(u8::is_ascii_digit);
    (!may_be_version).then_some(end)
}

/// Where the part of a word that begins at `from` ends: before a joint, before a
/// capital behind a small letter or digit, before the last capital of several in front
/// of a small letter, and before a number behind a word.
pub(super) fn part_end(word: &[u8], from: usize) -> usize {
    let is_whole = matches!(&word[from..], [b'0', b'x' | b'X', ..])
        && (from == 0 || matches!(word[from - 1], b'_' | b'-'));
    let mut letters = 0;
    let mut previous = 0;
    for (position, byte) in word.iter().enumerate().skip(from) {
        if matches!(byte, b'_' | b'-') {
            return position;
        }
        let is_cut = position > from
            && !is_whole
            && if byte.is_ascii_uppercase() {
                !u8::is_ascii_uppercase(&previous)
                    || word.get(position + 1).is_some_and(u8::is_ascii_lowercase)
            } else {
                byte.is_ascii_digit() && letters >= MIN_NUMBERED_WORD
            };
        if is_cut {
            return position;
        }
        letters = if byte.is_ascii_alphabetic() {
            letters + 1
        } else {
            0
        };
        previous = *byte;
    }
    word.len()
}
