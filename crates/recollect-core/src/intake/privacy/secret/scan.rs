//! Reading a text byte by byte.

use std::cell::Cell;

use super::value::{self, Look};
use super::view::View;

/// A set of ASCII characters, in two halves: a shift of 128 bits is a call.
///
/// It is made in a `const`: the compiler would make it anew at every use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Class([u64; 2]);

impl Class {
    pub const fn of(characters: &str) -> Self {
        let bytes = characters.as_bytes();
        let mut set = [0; 2];
        let mut at = 0;
        while at < bytes.len() {
            set[(bytes[at] >> 6) as usize] |= 1 << (bytes[at] & 63);
            at += 1;
        }
        Self(set)
    }

    pub const fn and(self, characters: &str) -> Self {
        let Self([low, high]) = Self::of(characters);
        Self([self.0[0] | low, self.0[1] | high])
    }

    // The innermost step of most rules.
    #[inline(always)]
    pub fn has(self, byte: u8) -> bool {
        let [low, high] = self.0;
        let half = if byte < 64 { low } else { high };
        byte < 128 && half >> (byte & 63) & 1 == 1
    }
}

pub(super) const DIGIT: Class = Class::of("0123456789");
pub(super) const HEX: Class = DIGIT.and("abcdefABCDEF");
pub(super) const UPPER: Class = DIGIT.and("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
pub(super) const ALNUM: Class = UPPER.and("abcdefghijklmnopqrstuvwxyz");
pub(super) const WORD: Class = ALNUM.and("_");
pub(super) const URL_SAFE: Class = WORD.and("-");
pub(super) const BASE64: Class = ALNUM.and("+/=");
pub(super) const QUOTE: Class = Class::of("\"'`");
pub(super) const BLANK: Class = Class::of(" \t");
pub(super) const SPACE: Class = BLANK.and("\n\r");

/// A text to read at any place, as its [`View`] shows it.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    depths: &'a [u8],
    /// Bytes of values that may still be judged.
    left: Cell<usize>,
    /// Bytes looked at, to show that the time is linear.
    #[cfg(test)]
    pub steps: Cell<usize>,
}

/// How often each byte of a text may be a part of a value that is judged, on average.
/// Texts that people and programs write need it about once, and one of names in a row,
/// each of which has all others for its value, thirty times.
const JUDGED: usize = 4;
/// Texts that are shorter than this may have as much work as one that is so long.
const SHORT: usize = 64 * 1024;

impl<'a> Scan<'a> {
    pub fn new(view: &'a View<'_>) -> Self {
        Self {
            text: view.text(),
            depths: view.depths(),
            left: Cell::new(JUDGED * view.text().len().max(SHORT)),
            #[cfg(test)]
            steps: Cell::new(0),
        }
    }

    /// What a value of the text looks like, which is most of the work.
    pub fn look(&self, value: &str) -> Look {
        self.left.set(self.left.get().saturating_sub(value.len()));
        value::look(value)
    }

    /// Whether no more values may be judged.
    pub fn is_spent(&self) -> bool {
        self.left.get() == 0
    }

    /// The byte there; 0, which is in no class, behind the end.
    pub fn byte(&self, at: usize) -> u8 {
        #[cfg(test)]
        self.steps.set(self.steps.get() + 1);
        self.text.as_bytes().get(at).copied().unwrap_or(0)
    }

    /// The byte `distance` before a place; 0 before the beginning.
    pub fn back(&self, at: usize, distance: usize) -> u8 {
        at.checked_sub(distance).map_or(0, |at| self.byte(at))
    }

    /// How many characters escape the one there: a quote inside a quoted text
    /// has more of them than the quotes around it.
    pub fn depth(&self, at: usize) -> u8 {
        self.depths.get(at).copied().unwrap_or(0)
    }

    /// Reads characters of a class, `limit` at most: how many, and up to where.
    pub fn run(&self, from: usize, class: Class, limit: usize) -> (usize, usize) {
        let rest = self.text.as_bytes().get(from..).unwrap_or_default();
        let mut count = 0;
        while count < limit && count < rest.len() && class.has(rest[count]) {
            count += 1;
        }
        #[cfg(test)]
        self.steps.set(self.steps.get() + count + 1);
        (count, from + count)
    }

    /// Behind all characters of a class.
    pub fn end_of(&self, from: usize, class: Class) -> usize {
        self.run(from, class, usize::MAX).1
    }

    /// Where the characters of a class begin that end at a place, `limit` at most.
    pub fn start_of(&self, end: usize, class: Class, limit: usize) -> usize {
        let Some(before) = self.text.as_bytes().get(..end) else {
            return end;
        };
        let mut at = end;
        while at > 0 && end - at < limit && class.has(before[at - 1]) {
            at -= 1;
        }
        #[cfg(test)]
        self.steps.set(self.steps.get() + end - at + 1);
        at
    }

    /// Behind a character if it is meant there.
    pub fn expect(&self, at: usize, wanted: u8) -> Option<usize> {
        (self.byte(at) == wanted).then_some(at + 1)
    }

    /// Behind blanks, which are few where they are between a name and a value.
    pub fn skip_blanks(&self, at: usize) -> usize {
        self.run(at, BLANK, 16).1
    }

    /// Whether a word can begin there.
    pub fn is_word_start(&self, at: usize) -> bool {
        !WORD.has(self.back(at, 1))
    }

    pub fn slice(&self, from: usize, to: usize) -> &'a str {
        // Whoever takes a part of the text reads it.
        #[cfg(test)]
        self.steps.set(self.steps.get() + to.saturating_sub(from));
        self.text.get(from..to).unwrap_or("")
    }
}

/// Shannon's entropy of a text in bits per byte.
pub(super) fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = text.len() as f64;
    let mut sum = 0.0;
    for count in counts {
        if count > 0 {
            let share = f64::from(count) / length;
            sum -= share * share.log2();
        }
    }
    sum
}

/// Whether a word is one of a list, in any letter case.
pub(super) fn is_one_of(word: &str, list: &[&str]) -> bool {
    // Most words of a list have another length, and a comparison of letters is a call.
    list.iter()
        .any(|one| one.len() == word.len() && one.eq_ignore_ascii_case(word))
}

/// Whether a text holds a word, in any letter case; the word is in lower case.
pub(super) fn holds(text: &str, word: &str) -> bool {
    places(text, word, |_| true)
}

/// Whether a text holds a word as people write it: small, in capitals, or with a first
/// capital. Four letters that a machine drew are `xxxx` in some mixture of cases once in
/// ten thousand values.
pub(super) fn says(text: &str, word: &str) -> bool {
    places(text, word, is_written)
}

/// Whether a word stands in a text, in any letter case, with letters that will do.
fn places(text: &str, word: &str, will_do: fn(&[u8]) -> bool) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let Some(last) = bytes.len().checked_sub(word.len()) else {
        return false;
    };
    let first = word.first().map_or(0, u8::to_ascii_lowercase);
    for at in 0..=last {
        // A comparison of letters is a call, and few places begin as the word does.
        if bytes[at].to_ascii_lowercase() == first
            && let Some(found) = bytes.get(at..at + word.len())
            && found.eq_ignore_ascii_case(word)
            && will_do(found)
        {
            return true;
        }
    }
    false
}

/// Whether letters are of one case, but for a first capital.
pub(super) fn is_written(letters: &[u8]) -> bool {
    let rest = letters.get(1..).unwrap_or_default();
    !rest.iter().any(u8::is_ascii_uppercase) || !letters.iter().any(u8::is_ascii_lowercase)
}
