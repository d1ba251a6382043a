//! Where in a text words stand.

use crate::token::{Initials, Token, scan_while};

/// Bytes of a text from the first to behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

/// The tokens that are looked for.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    tokens: Vec<String>,
    prefixes: Vec<String>,
    initials: Initials,
}

impl Terms {
    /// Looks for words that begin so, in small letters.
    pub fn add_prefix(&mut self, prefix: String) {
        self.initials.add(&prefix);
        self.prefixes.push(prefix);
    }

    /// Looks for one more.
    pub fn add(&mut self, token: String) {
        if !self.tokens.contains(&token) {
            self.initials.add(&token);
            self.tokens.push(token);
        }
    }

    fn is_empty(&self) -> bool {
        self.tokens.is_empty() && self.prefixes.is_empty()
    }

    fn has(&self, token: Token<'_>) -> bool {
        self.tokens.iter().any(|one| one == token.text)
            || self
                .prefixes
                .iter()
                .any(|prefix| token.text.starts_with(prefix.as_str()))
    }

    /// Where in a text they stand, in order and apart.
    #[must_use]
    #[inline(never)]
    pub fn highlights(&self, text: &str) -> Vec<Range> {
        let mut ranges: Vec<Range> = Vec::new();
        self.find(text, &mut |mut start, end| {
            // A whole comes behind its parts and covers them.
            while let Some(last) = ranges.pop_if(|last| last.end > start) {
                start = start.min(last.start);
            }
            ranges.push(Range { start, end });
            true
        });
        ranges
    }

    /// Where the first of them stands.
    #[must_use]
    #[inline(never)]
    pub fn first(&self, text: &str) -> Option<usize> {
        let mut first = None;
        self.find(text, &mut |start, _| {
            first = Some(start);
            false
        });
        first
    }

    /// Calls `each` with where they stand until it answers false.
    fn find(&self, text: &str, each: &mut dyn FnMut(usize, usize) -> bool) {
        if self.is_empty() {
            return;
        }
        let mut goes_on = true;
        let mut at = 0;
        // No token goes across white space.
        for chunk in text.split_inclusive([' ', '\n']) {
            let start = at;
            at += chunk.len();
            if !self.may_be_in(chunk.as_bytes()) {
                continue;
            }
            scan_while(chunk, self.initials, &mut |token| {
                if self.has(token) {
                    goes_on = each(start + token.start, start + token.end);
                }
                goes_on
            });
            if !goes_on {
                return;
            }
        }
    }

    /// Whether the letters of a text allow that one of them stands in it: their
    /// first two do, or something that is folded.
    fn may_be_in(&self, text: &[u8]) -> bool {
        let mut bytes = text.iter().copied().peekable();
        while let Some(byte) = bytes.next() {
            if !byte.is_ascii() {
                return true;
            }
            let lower = byte.to_ascii_lowercase();
            if self.initials.has(lower)
                && bytes.peek().is_none_or(|next| {
                    !next.is_ascii_alphanumeric()
                        || self.has_start(lower, next.to_ascii_lowercase())
                })
            {
                return true;
            }
        }
        false
    }

    fn has_start(&self, first: u8, second: u8) -> bool {
        let begins_so = |text: &String| match text.as_bytes() {
            [] => false,
            [one] => *one == first,
            // A stem may end in an `i` that was a `y`.
            [one, two, ..] => *one == first && (*two == second || *two == b'i'),
        };
        self.tokens.iter().chain(&self.prefixes).any(begins_so)
    }
}
