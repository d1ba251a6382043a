//! All tokens of the index, for finding those that are nearly what was typed.

use std::collections::HashMap;
use std::hash::{BuildHasherDefault, Hasher};

/// In how many rows each token occurs.
#[derive(Debug, Default)]
pub(crate) struct Vocabulary {
    tokens: HashMap<Box<[u8]>, Occurrence, BuildHasherDefault<TokenHasher>>,
}

#[derive(Debug)]
struct Occurrence {
    rows: u32,
    /// The row that was counted last, or the complement of one that was taken back.
    last: u32,
}

/// A hash of few instructions: every token of every memory goes through it. Who
/// makes tokens collide on purpose slows the reading of their own memories.
///
/// After FxHash of the Firefox project: rotate, add, multiply by an odd number.
#[derive(Debug, Default)]
struct TokenHasher(u64);

impl Hasher for TokenHasher {
    fn write(&mut self, bytes: &[u8]) {
        let mut chunks = bytes.chunks_exact(8);
        for chunk in &mut chunks {
            self.add(u64::from_le_bytes(chunk.try_into().unwrap_or_default()));
        }
        let mut last = [0; 8];
        for (to, from) in last.iter_mut().zip(chunks.remainder()) {
            *to = *from;
        }
        self.add(u64::from_le_bytes(last));
    }

    fn finish(&self) -> u64 {
        // The table goes by the highest and the lowest bits.
        self.0 ^ self.0 >> 32
    }
}

impl TokenHasher {
    fn add(&mut self, word: u64) {
        self.0 = (self.0.rotate_left(5) ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }
}

impl Vocabulary {
    /// Counts the tokens of a row; called for each of its texts, and then for no
    /// other row until it is done with this one.
    pub(super) fn add(&mut self, row: u32, tokens: &str) {
        for token in split(tokens) {
            match self.tokens.get_mut(token) {
                Some(occurrence) if occurrence.last == row => {}
                Some(occurrence) => {
                    occurrence.rows += 1;
                    occurrence.last = row;
                }
                None => {
                    let occurrence = Occurrence { rows: 1, last: row };
                    self.tokens.insert(token.into(), occurrence);
                }
            }
        }
    }

    /// Takes back what [`Vocabulary::add`] counted of the same row, in the same way.
    pub(super) fn remove(&mut self, row: u32, tokens: &str) {
        for token in split(tokens) {
            let Some(occurrence) = self.tokens.get_mut(token) else {
                continue;
            };
            if occurrence.last != !row {
                occurrence.rows -= 1;
                occurrence.last = !row;
            }
            if occurrence.rows == 0 {
                self.tokens.remove(token);
            }
        }
    }

    /// In how many rows a token occurs.
    pub(crate) fn rows_with(&self, token: &str) -> u32 {
        self.tokens
            .get(token.as_bytes())
            .map_or(0, |occurrence| occurrence.rows)
    }

    /// All tokens and in how many rows they occur, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&str, u32)> {
        self.tokens
            .iter()
            .filter_map(|(token, occurrence)| Some((str::from_utf8(token).ok()?, occurrence.rows)))
    }

    pub(super) fn restore(&mut self, token: &str, rows: u32) {
        let occurrence = Occurrence { rows, last: 0 };
        self.tokens.insert(token.as_bytes().into(), occurrence);
    }
}

/// The tokens of a text that has a space behind each.
fn split(tokens: &str) -> impl Iterator<Item = &[u8]> {
    let tokens = tokens.as_bytes().split(|byte| *byte == b' ');
    tokens.filter(|token| !token.is_empty())
}
