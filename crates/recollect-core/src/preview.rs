//! What a hit shows: the words around what was looked for, and where it stands.

use crate::expression::parts_of;
use crate::memory::Memory;
use crate::query::{Form, Need, Query};
use crate::text::one_line;
use crate::token::{Initials, Token, scan, scan_while};

/// Bytes of a text from the first to behind the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Range {
    /// The first.
    pub start: usize,
    /// Behind the last.
    pub end: usize,
}

/// Most characters of a preview.
const PREVIEW_CHARS: usize = 200;
/// Characters of a preview that stand before the match.
const PREVIEW_LEAD_CHARS: usize = 40;

/// The tokens that are looked for.
#[derive(Clone, Debug, Default)]
pub(crate) struct Terms {
    tokens: Vec<String>,
    prefixes: Vec<String>,
    initials: Initials,
}

impl Terms {
    /// Those that a query wants.
    pub(crate) fn of(query: &Query) -> Self {
        let mut terms = Self::default();
        for term in query
            .terms
            .iter()
            .filter(|term| term.need != Need::Excluded)
        {
            if term.form == Form::Phrase {
                parts_of(&term.text)
                    .into_iter()
                    .for_each(|token| terms.add(token));
                continue;
            }
            scan(&term.text, &mut |token| terms.add(token.text.to_owned()));
            if term.form == Form::Prefix
                && let Some(last) = term.text.split(|c: char| !c.is_alphanumeric()).next_back()
                && !last.is_empty()
            {
                let prefix = last.to_lowercase();
                terms.initials.add(&prefix);
                terms.prefixes.push(prefix);
            }
        }
        terms
    }

    /// Looks for one more.
    pub(crate) fn add(&mut self, token: String) {
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
    pub(crate) fn highlights(&self, text: &str) -> Vec<Range> {
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
    fn first(&self, text: &str) -> Option<usize> {
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

/// The part of a memory's text that shows why it was found, and where.
pub(crate) fn preview(memory: &Memory, terms: &Terms) -> (String, Vec<Range>) {
    let text = one_line(&memory.text());
    let text = if text.is_empty() {
        one_line(&memory.files().collect::<Vec<_>>().join(" "))
    } else {
        text
    };
    let start = terms.first(&text).unwrap_or(0);
    let lead = text[..start]
        .char_indices()
        .rev()
        .take(PREVIEW_LEAD_CHARS)
        .last()
        .map_or(start, |(position, _)| position);
    // A lead shorter than its length reaches the beginning; otherwise it starts at a word.
    let begin = if lead == 0 {
        0
    } else {
        text[lead..start]
            .find(' ')
            .map_or(lead, |space| lead + space + 1)
    };
    let mut preview = String::new();
    if begin > 0 {
        preview.push('…');
    }
    let room = PREVIEW_CHARS - 2;
    let shown = text[begin..]
        .char_indices()
        .nth(room)
        .map_or(text.len(), |(end, _)| begin + end);
    preview.push_str(&text[begin..shown]);
    if shown < text.len() {
        preview.push('…');
    }
    let highlights = terms.highlights(&preview);
    (preview, highlights)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &str) {
        let terms = Terms::of(&Query::parse(query, false));
        let mut shown = String::new();
        let mut at = 0;
        for Range { start, end } in terms.highlights(text) {
            shown.push_str(&text[at..start]);
            shown.push('[');
            shown.push_str(&text[start..end]);
            shown.push(']');
            at = end;
        }
        shown.push_str(&text[at..]);
        assert_eq!(shown, marked, "{query}");
    }

    #[test]
    fn what_was_looked_for_is_marked() {
        check(
            "drop queue",
            "we dropped both queues",
            "we [dropped] both [queues]",
        );
        check("token", "call getUserToken()", "call getUser[Token]()");
        check(
            "getUserToken",
            "a get_user_token here",
            "a [get_user_token] here",
        );
        check("cach*", "Caching caches", "[Caching] [caches]");
        check("größe", "die GROSSE Größe", "die [GROSSE] [Größe]");
        check("数据库", "使用数据库吗", "使用[数据库]吗");
        check("-no yes", "no yes", "no [yes]");
        check("", "nothing", "nothing");
    }
}
