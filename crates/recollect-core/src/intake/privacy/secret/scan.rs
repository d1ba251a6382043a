//! Reading a text byte by byte.

use super::view::View;

/// A set of ASCII characters.
#[derive(Clone, Copy, Debug)]
pub(super) struct Class(u128);

impl Class {
    pub const fn of(characters: &str) -> Self {
        let bytes = characters.as_bytes();
        let mut set = 0;
        let mut at = 0;
        while at < bytes.len() {
            set |= 1 << bytes[at];
            at += 1;
        }
        Self(set)
    }

    pub const fn and(self, characters: &str) -> Self {
        Self(self.0 | Self::of(characters).0)
    }

    pub fn has(self, byte: u8) -> bool {
        byte < 128 && self.0 >> byte & 1 == 1
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
    /// Bytes looked at, to show that the time is linear.
    #[cfg(test)]
    pub steps: std::cell::Cell<usize>,
}

impl<'a> Scan<'a> {
    pub fn new(view: &'a View<'_>) -> Self {
        Self {
            text: view.text(),
            depths: view.depths(),
            #[cfg(test)]
            steps: std::cell::Cell::new(0),
        }
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
        let mut at = from;
        let mut count = 0;
        while count < limit {
            if !class.has(self.byte(at)) {
                break;
            }
            at += 1;
            count += 1;
        }
        (count, at)
    }

    /// Behind all characters of a class.
    pub fn end_of(&self, from: usize, class: Class) -> usize {
        self.run(from, class, usize::MAX).1
    }

    /// Where the characters of a class begin that end at a place, `limit` at most.
    pub fn start_of(&self, end: usize, class: Class, limit: usize) -> usize {
        let mut at = end;
        while end - at < limit && class.has(self.back(at, 1)) {
            at -= 1;
        }
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
    counts
        .into_iter()
        .filter(|&count| count > 0)
        .map(|count| f64::from(count) / length)
        .map(|share| -share * share.log2())
        .sum()
}

/// Whether a text holds a word, in any letter case; the word is in lower case.
pub(super) fn holds(text: &str, word: &str) -> bool {
    text.as_bytes()
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word.as_bytes()))
}

/// Whether a text holds a word as people write it: small, in capitals, or with a first
/// capital. Four letters that a machine drew are `xxxx` in some mixture of cases once in
/// ten thousand values.
pub(super) fn says(text: &str, word: &str) -> bool {
    text.as_bytes()
        .windows(word.len())
        .any(|window| window.eq_ignore_ascii_case(word.as_bytes()) && is_written(window))
}

/// Whether letters are of one case, but for a first capital.
pub(super) fn is_written(letters: &[u8]) -> bool {
    let rest = letters.get(1..).unwrap_or_default();
    !rest.iter().any(u8::is_ascii_uppercase) || !letters.iter().any(u8::is_ascii_lowercase)
}
