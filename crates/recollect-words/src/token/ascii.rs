//! Words of ASCII letters and digits, which nearly all are.

use super::stem::stem;
use super::{MAX_TOKEN_BYTES, MIN_NUMBERED_WORD, Scanner, Token};

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
fn part_end(word: &[u8], from: usize) -> usize {
    let is_whole = matches!(&word[from..], [b'0', b'x' | b'X', ..])
        && (from == 0 || matches!(word[from - 1], b'_' | b'-'));
    let mut letters = 0;
    let mut previous = 0;
    for (position, byte) in (from..).zip(&word[from..]) {
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

impl Scanner<'_, '_> {
    /// Takes words of ASCII letters and digits that are joined by `_` or `-` and
    /// end at `end`: what [`Scanner::compound`] makes of them in less time.
    pub(super) fn ascii(&mut self, start: usize, end: usize) -> usize {
        let word = &self.text.as_bytes()[start..end];
        let mut from = 0;
        let mut parts = 0;
        while from < word.len() {
            let cut = part_end(word, from);
            let part = &word[from..cut];
            parts += 1;
            if part.len() <= MAX_TOKEN_BYTES && self.initials.has(part[0].to_ascii_lowercase()) {
                self.ascii_part(start + from, start + cut);
            }
            from = cut + usize::from(matches!(word.get(cut), Some(b'_' | b'-')));
        }
        if parts > 1 {
            self.ascii_whole(word, start);
        }
        end
    }

    fn ascii_part(&mut self, start: usize, end: usize) {
        let rest = &self.text.as_bytes()[start..];
        let part = &rest[..end - start];
        if self.sink.take_known(rest, part.len()) {
            return;
        }
        self.buffer.clear();
        // In place: a call to copy a few bytes takes longer than they do.
        self.buffer.extend(part.iter().map(u8::to_ascii_lowercase));
        let mut is_stem = false;
        if part.iter().all(u8::is_ascii_alphabetic) {
            stem(&mut self.buffer);
            let last = part.last().map(u8::to_ascii_lowercase);
            is_stem = self.buffer.len() != part.len() || self.buffer.last().copied() != last;
        }
        self.goes_on &= self.sink.take(Token {
            text: str::from_utf8(&self.buffer).unwrap_or_default(),
            start,
            end,
            is_whole: false,
            is_stem,
        });
    }

    fn ascii_whole(&mut self, word: &[u8], start: usize) {
        self.buffer.clear();
        let letters = word.iter().filter(|byte| !matches!(byte, b'_' | b'-'));
        self.buffer.extend(letters.map(u8::to_ascii_lowercase));
        if let Some(text) = str::from_utf8(&self.buffer)
            .ok()
            .filter(|text| text.len() <= MAX_TOKEN_BYTES)
        {
            self.goes_on &= self.sink.take(Token {
                text,
                start,
                end: start + word.len(),
                is_whole: true,
                is_stem: false,
            });
        }
    }
}
