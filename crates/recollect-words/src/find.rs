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

/// Most tokens that are looked for; those of a longer question are where these are.
const MAX_TOKENS: usize = 128;

/// The tokens that are looked for.
#[derive(Clone, Debug, Default)]
pub struct Terms {
    tokens: Vec<String>,
    prefixes: Vec<String>,
    initials: Initials,
    /// The last five bits of their first bytes, of small letters and capitals alike.
    letters: u32,
}

impl Terms {
    /// Looks for words that begin so, in small letters.
    pub fn add_prefix(&mut self, prefix: String) {
        self.note_start(&prefix);
        self.prefixes.push(prefix);
    }

    fn note_start(&mut self, token: &str) {
        self.initials.add(token);
        self.letters |= token.bytes().next().map_or(0, |first| 1 << (first & 31));
    }

    /// Looks for one more.
    pub fn add(&mut self, token: String) {
        if self.tokens.len() < MAX_TOKENS && !self.tokens.contains(&token) {
            self.note_start(&token);
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
            // The rest of an identifier is told as well.
            first.get_or_insert(start);
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
        while let Some(chunk) = self.next_chunk(text.as_bytes(), &mut at) {
            scan_while(
                &text[chunk.start..chunk.end],
                self.initials,
                &mut |token: Token<'_>| {
                    if self.has(token) {
                        goes_on = each(chunk.start + token.start, chunk.start + token.end);
                    }
                    goes_on
                },
            );
            if !goes_on {
                return;
            }
        }
    }

    /// The next part of a text between spaces whose letters allow that one of them
    /// stands in it: it begins as they do, or something is folded. `at` is where the
    /// search goes on.
    fn next_chunk(&self, text: &[u8], at: &mut usize) -> Option<Range> {
        let from = *at;
        let mut start = from;
        let is_space = |byte: &u8| matches!(byte, b' ' | b'\n');
        for (place, byte) in (from..).zip(text.get(from..)?) {
            if is_space(byte) {
                start = place + 1;
            } else if !byte.is_ascii()
                || self.letters >> (byte & 31) & 1 == 1 && self.may_start(&text[place..])
            {
                let length = text[place..].iter().position(is_space);
                *at = length.map_or(text.len(), |length| place + length);
                return Some(Range { start, end: *at });
            }
        }
        None
    }

    /// Whether a token may begin where this text does.
    fn may_start(&self, text: &[u8]) -> bool {
        let mut tokens = self.tokens.iter().chain(&self.prefixes);
        tokens.any(|token| begins_as(text, token.as_bytes()))
    }
}

/// Whether a word at the beginning of a text may have that token. Stemming changes no
/// more than the last two letters of what it leaves, and none of the first but a `y`.
fn begins_as(text: &[u8], token: &[u8]) -> bool {
    let certain = token.len().saturating_sub(2).max(1);
    for (place, letter) in token.iter().enumerate().take(certain) {
        match text.get(place) {
            Some(byte) if byte.eq_ignore_ascii_case(letter) => {}
            // Signs within a word may be left out of its token.
            Some(byte) => {
                return place > 0 && !byte.is_ascii_alphanumeric() && !byte.is_ascii_whitespace();
            }
            None => return false,
        }
    }
    true
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::token::scan;
    use proptest::prelude::*;

    #[test]
    fn of_very_many_tokens_the_first_are_looked_for() {
        let mut terms = Terms::default();
        for number in 0..8_000 {
            terms.add(format!("w{number}"));
        }
        assert_eq!(terms.tokens.len(), MAX_TOKENS);
        assert_eq!(terms.highlights("w0 w127 w128").len(), 2);
    }

    proptest! {
        #[test]
        fn words_are_found_wherever_the_whole_text_has_their_tokens(
            text in "([a-dA-D1é数据][a-dA-Dyie'_.+#-]{0,5}[ \n\t]){0,12}",
            wanted in "[a-dA-D1é][a-dA-Dyie'_.-]{0,4}",
            is_prefix in any::<bool>(),
        ) {
            let mut terms = Terms::default();
            if is_prefix {
                terms.add_prefix(wanted.to_lowercase());
            } else {
                scan(&wanted, &mut |token| terms.add(token.text.to_owned()));
            }
            let mut expected = None;
            scan(&text, &mut |token| {
                if expected.is_none() && terms.has(token) {
                    expected = Some(token.start);
                }
            });
            prop_assert_eq!(terms.first(&text), expected);
        }
    }
}
