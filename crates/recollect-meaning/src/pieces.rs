//! Texts as the pieces of words that the table holds: WordPiece, with the rules by which
//! BERT's uncased models part and fold words.
//!
//! A word is a run of letters and digits, in small letters and without accents. It is
//! taken apart from its beginning, each time by the longest piece there is; a word for
//! which there are none is left out whole. What differs here from those models:
//!
//! - `getUserToken` is three words and `HTTPServer` two, since only these mean something;
//! - `fix→ship` and `done✓` are parted at the sign, which there is a letter of the word;
//! - a word of more than six pieces is left out: it is a hash or a key, and its pieces
//!   mean nothing.

use std::ops::ControlFlow;

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::Table;

/// A word of more bytes is left out.
const MAX_WORD_BYTES: usize = 100;

/// A word of more pieces is left out.
const MAX_WORD_PIECES: usize = 6;

impl Table {
    /// The ids of a text's pieces in the order of the text, at most `max` of them, no word
    /// cut in the middle.
    #[must_use]
    pub fn tokens(&self, text: &str, max: usize) -> Vec<u32> {
        let mut tokens = Vec::new();
        let _ = for_each_word(text, &mut |word| {
            let before = tokens.len();
            if !self.take_apart(word, &mut tokens) {
                tokens.truncate(before);
            }
            if tokens.len() <= max {
                return ControlFlow::Continue(());
            }
            tokens.truncate(before);
            ControlFlow::Break(())
        });
        tokens
    }

    /// Adds the pieces of a word; whether there are some for all of it.
    fn take_apart(&self, word: &str, pieces: &mut Vec<u32>) -> bool {
        let mut start = 0;
        for _ in 0..MAX_WORD_PIECES {
            let longest = word.len().min(start + self.longest());
            let found = (start + 1..=longest).rev().find_map(|end| {
                let id = self.find(word.get(start..end)?, start > 0)?;
                Some((id, end))
            });
            let Some((id, end)) = found else {
                return false;
            };
            pieces.push(id);
            start = end;
            if start == word.len() {
                return true;
            }
        }
        false
    }
}

/// Calls for every word in the letters and digits of ASCII, until it is told to stop.
fn for_each_word(text: &str, call: &mut impl FnMut(&str) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut word = Word::default();
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_ascii_alphanumeric() {
            if c.is_ascii_uppercase() && begins_in_name(before, text.as_bytes().get(at + 1..)) {
                word.end(call)?;
            }
            word.push(c.to_ascii_lowercase());
        } else if c.is_ascii() {
            // Other control characters are as if they were not there.
            if !c.is_ascii_control() || matches!(c, '\t' | '\n' | '\r') {
                word.end(call)?;
            }
        } else if is_han(c) {
            word.end(call)?;
        } else if !is_invisible(c) {
            let mut is_end = false;
            decompose_canonical(c, |piece| match piece {
                _ if is_combining_mark(piece) => {}
                _ if piece.is_alphanumeric() => word.push(piece.to_ascii_lowercase()),
                _ => is_end = true,
            });
            if is_end {
                word.end(call)?;
            }
        }
        before = c;
    }
    word.end(call)
}

/// Whether a capital begins a word in the middle of a name, by what stands before and after.
fn begins_in_name(before: char, after: Option<&[u8]>) -> bool {
    match before {
        'a'..='z' | '0'..='9' => true,
        // One small letter is the plural of what stands before: `IDs`.
        'A'..='Z' => matches!(after, Some([b'a'..=b'z', b'a'..=b'z', ..])),
        _ => false,
    }
}

/// The word that is being read.
#[derive(Default)]
struct Word {
    text: String,
    is_foreign: bool,
}

impl Word {
    fn push(&mut self, c: char) {
        if c.is_ascii() && self.text.len() <= MAX_WORD_BYTES {
            self.text.push(c);
        }
        self.is_foreign |= !c.is_ascii();
    }

    /// Gives the word, unless it is too long or has letters that the table does not know.
    fn end(&mut self, call: &mut impl FnMut(&str) -> ControlFlow<()>) -> ControlFlow<()> {
        let is_known = !self.is_foreign && (1..=MAX_WORD_BYTES).contains(&self.text.len());
        let flow = match is_known {
            true => call(&self.text),
            false => ControlFlow::Continue(()),
        };
        self.text.clear();
        self.is_foreign = false;
        flow
    }
}

/// Whether a character is a word of its own, as Chinese is written.
fn is_han(c: char) -> bool {
    matches!(c,
        '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{2A6DF}'
        | '\u{2A700}'..='\u{2CEAF}'
        | '\u{2F800}'..='\u{2FA1F}')
}

/// Whether a character only directs how others are shown, or stands for none.
fn is_invisible(c: char) -> bool {
    matches!(c,
        '\u{80}'..='\u{9F}'
        | '\u{AD}'
        | '\u{061C}'
        | '\u{180E}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{FEFF}'
        | '\u{FFF9}'..='\u{FFFB}'
        | '\u{FFFD}'
        | '\u{E000}'..='\u{F8FF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small;

    const PIECES: &[&str] = &[
        "get", "user", "token", "to", "##ken", "http", "server", "ids", "caf", "##e", "a", "##a",
    ];

    fn small() -> Table {
        Table::read(small::bytes(PIECES, |_, dim| (dim % 15) as i8 - 7)).unwrap()
    }

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let table = small();
        let tokens = table.tokens(text, usize::MAX);
        let pieces: Vec<&str> = tokens.iter().map(|id| table.piece(*id)).collect();
        assert_eq!(pieces.join(" "), expected, "{text:?}");
    }

    #[test]
    fn a_word_is_taken_apart_by_the_longest_pieces() {
        check("token token9 toke toaken user", "token to ##a ##ken user");
        check("aaaaaa", "a ##a ##a ##a ##a ##a");
    }

    #[test]
    fn case_accents_and_invisible_characters_do_not_count() {
        check(
            "Café CAFE\u{301} ca\u{AD}fe us\u{200B}er",
            "caf ##e caf ##e caf ##e user",
        );
    }

    #[test]
    fn names_are_parted() {
        check(
            "getUserToken get_user_token GET_USER",
            "get user token get user token get user",
        );
        check("HTTPServer IDs userIDs", "http server ids user ids");
    }

    #[test]
    fn signs_and_han_part_words() {
        check("user→token✓ get用户user", "user token get user");
        check("“get” user… —token", "get user token");
    }

    #[test]
    fn what_is_not_in_the_table_is_left_out_whole() {
        check("userж getß geti aaaaaaa", "");
        check(&"a".repeat(101), "");
    }

    #[test]
    fn no_word_is_cut_where_the_count_ends() {
        let table = small();
        assert_eq!(table.tokens("get cafe cafe", 4).len(), 3);
        assert_eq!(table.tokens("get cafe user", 4).len(), 4);
        assert!(table.tokens("get", 0).is_empty());
    }
}
