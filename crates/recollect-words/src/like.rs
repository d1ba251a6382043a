//! Words that are spelled nearly alike: the share of common trigrams (Dice's
//! coefficient).

use crate::postings::Postings;

/// Share of common trigrams from which words are alike.
const MIN_LIKENESS: f64 = 0.5;
/// Least likeness of a word to one that it stands in.
const WITHIN: f64 = 0.6;
/// Most words that stand for one.
const MAX_LIKE: usize = 6;
/// A word of the index, and how like it is to one that was typed.
#[derive(Clone, Debug, PartialEq)]
pub struct Like {
    /// The word.
    pub token: String,
    /// From 0 to 1.
    pub likeness: f64,
}

/// The words of the lists that are most like one, at most [`MAX_LIKE`].
#[must_use]
#[inline(never)]
pub fn most_like(word: &str, postings: &Postings) -> Vec<Like> {
    let word = Typed::new(word);
    let mut likes: Vec<Like> = Vec::new();
    for token in postings.tokens() {
        let likeness = word.likeness(token);
        if likeness >= MIN_LIKENESS {
            let place = likes.partition_point(|like| {
                let order = like.likeness.total_cmp(&likeness);
                order.then_with(|| token.cmp(&like.token)).is_gt()
            });
            if place < MAX_LIKE {
                likes.truncate(MAX_LIKE - 1);
                likes.insert(
                    place,
                    Like {
                        token: token.to_owned(),
                        likeness,
                    },
                );
            }
        }
    }
    likes
}

/// A word that was typed, as it is compared with every word of the index.
struct Typed<'a> {
    word: &'a str,
    letters: usize,
    /// Runs of three characters, the beginning and the end of the word among them,
    /// each once and in order.
    trigrams: Vec<Trigram>,
    /// Bits of their hashes: most runs of another word are none of these.
    hashes: u64,
    has_digit: bool,
}

type Trigram = [char; 3];

impl<'a> Typed<'a> {
    fn new(word: &'a str) -> Self {
        let mut typed = Self {
            word,
            letters: word.chars().count(),
            trigrams: Vec::with_capacity(word.len() + 2),
            hashes: 0,
            has_digit: word.bytes().any(|byte| byte.is_ascii_digit()),
        };
        each_trigram(word, |trigram| {
            typed.hashes |= hash(trigram);
            if let Err(place) = typed.trigrams.binary_search(&trigram) {
                typed.trigrams.insert(place, trigram);
            }
        });
        typed
    }

    /// From 0 to 1; a word that stands whole within the other is very like it.
    /// Another number is another thing, however alike it looks.
    fn likeness(&self, token: &str) -> f64 {
        if token == self.word || token.len() + 2 < self.letters {
            return 0.0;
        }
        let is_within = token.len() > self.word.len() && stands_in(self.word, token);
        if self.has_digit {
            return if is_within { WITHIN } else { 0.0 };
        }
        let (mut common, mut count) = (0_usize, 0_usize);
        each_trigram(token, |trigram| {
            count += 1;
            if self.hashes & hash(trigram) != 0 {
                common += usize::from(self.trigrams.binary_search(&trigram).is_ok());
            }
        });
        let dice = 2.0 * common as f64 / (self.trigrams.len() + count) as f64;
        if is_within { dice.max(WITHIN) } else { dice }
    }
}

fn each_trigram(word: &str, mut each: impl FnMut(Trigram)) {
    let mut last = ['\0'; 3];
    for c in word.chars().chain(['\0']) {
        last = [last[1], last[2], c];
        each(last);
    }
}

/// One of 64 bits.
fn hash([one, two, three]: Trigram) -> u64 {
    let mixed = (one as u32).wrapping_mul(7) ^ (two as u32).wrapping_mul(3) ^ three as u32;
    1 << (mixed % 64)
}

/// Whether a word is part of a token, and no number goes on beyond it.
fn stands_in(word: &str, token: &str) -> bool {
    let (word, token) = (word.as_bytes(), token.as_bytes());
    if word.is_empty() {
        return false;
    }
    // Words are too short for a search that has to be made ready first.
    let Some(start) = token.windows(word.len()).position(|part| part == word) else {
        return false;
    };
    let end = start + word.len();
    let is_digit = |text: &[u8], at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let begins_inside = is_digit(word, 0) && start > 0 && is_digit(token, start - 1);
    let ends_inside = is_digit(word, word.len() - 1) && is_digit(token, end);
    !begins_inside && !ends_inside
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, token: &str, is_like: bool) {
        let found = Typed::new(word).likeness(token);
        assert_eq!(
            found >= MIN_LIKENESS,
            is_like,
            "{word} and {token}: {found}"
        );
    }

    #[test]
    fn a_slip_of_the_fingers_leaves_words_alike() {
        check("retrieval", "retreival", true);
        check("postgres", "postgers", true);
        check("kubernetes", "kubernets", true);
        check("queue", "quene", true);
        check("token", "tokne", true);
        check("2345", "ts2345", true);
        check("80070005", "0x80070005", true);
        check("e0502", "e0503", false);
        check("number711", "number712", false);
        check("number71", "number712", false);
        check("345", "ts2345", false);
    }

    #[test]
    fn other_words_are_not_alike() {
        check("", "queue", false);
        check("queue", "quiet", false);
        check("retry", "return", false);
        check("index", "inbox", false);
        check("cache", "catch", false);
    }
}
