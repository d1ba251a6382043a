//! Reading a text byte by byte.

use std::cell::Cell;

use super::letters::{BLANK, Class, WORD};
use super::value::{self, Look};
use super::view::View;

/// A text to read at any place, as its [`View`] shows it.
pub(super) struct Scan<'a> {
    pub text: &'a str,
    depths: &'a [u8],
    /// Bytes of values that may still be judged.
    left: Cell<usize>,
    /// Where the value stands that was judged last, its length, and what it looked like:
    /// several rules ask about one value.
    last: Cell<(usize, usize, Look)>,
    /// Bytes looked at, to show that the time is linear.
    #[cfg(test)]
    pub steps: Cell<usize>,
}

/// How often each byte of a text may be a part of a value that is judged, on average.
/// Texts that people and programs write need it about once, and one of names in a row,
/// each of which has all others for its value, thirty times.
const JUDGED: usize = 2;
/// Texts that are shorter than this may have as much work as one that is so long.
const SHORT: usize = 64 * 1024;

impl<'a> Scan<'a> {
    pub fn new(view: &'a View<'_>) -> Self {
        Self {
            text: view.text(),
            depths: view.depths(),
            left: Cell::new(JUDGED * view.text().len().max(SHORT)),
            last: Cell::new((usize::MAX, 0, Look::Name)),
            #[cfg(test)]
            steps: Cell::new(0),
        }
    }

    /// What a value of the text looks like, which is most of the work.
    pub fn look(&self, value: &str) -> Look {
        let at = value
            .as_ptr()
            .addr()
            .wrapping_sub(self.text.as_ptr().addr());
        let (last, length, look) = self.last.get();
        if (last, length) == (at, value.len()) {
            return look;
        }
        self.left.set(self.left.get().saturating_sub(value.len()));
        let look = value::look(value);
        // What is no part of the text may be another value there the next time.
        if at < self.text.len() {
            self.last.set((at, value.len(), look));
        }
        look
    }

    #[cfg(test)]
    pub fn left(&self) -> usize {
        self.left.get()
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
