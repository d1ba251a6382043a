//! Words that are spelled nearly alike: the share of common trigrams (Dice's
//! coefficient).

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

/// The words that are most like one, at most [`MAX_LIKE`].
#[must_use]
pub fn most_like<'t>(word: &str, tokens: impl Iterator<Item = &'t str>) -> Vec<Like> {
    let trigrams = trigrams(word);
    let length = word.chars().count();
    let mut likes: Vec<Like> = Vec::new();
    for token in tokens {
        if token == word || token.len() + 2 < length {
            continue;
        }
        let likeness = likeness(&trigrams, word, token);
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

/// Whether a word is part of a token, and no number goes on beyond it.
fn stands_in(word: &str, token: &str) -> bool {
    let Some(start) = token.find(word) else {
        return false;
    };
    let is_digit = |text: &[u8], at: usize| text.get(at).is_some_and(u8::is_ascii_digit);
    let (word, token, end) = (word.as_bytes(), token.as_bytes(), start + word.len());
    let begins_inside = is_digit(word, 0) && start > 0 && is_digit(token, start - 1);
    let ends_inside = is_digit(word, word.len() - 1) && is_digit(token, end);
    !begins_inside && !ends_inside
}

/// Runs of three characters, the beginning and the end of the word among them.
fn trigrams(word: &str) -> Vec<[char; 3]> {
    let mut trigrams = Vec::with_capacity(word.len() + 2);
    let mut last = ['\0', '\0', '\0'];
    for c in word.chars().chain(['\0']) {
        last = [last[1], last[2], c];
        if let Err(place) = trigrams.binary_search(&last) {
            trigrams.insert(place, last);
        }
    }
    trigrams
}

/// From 0 to 1; a word that stands whole within the other is very like it. Another
/// number is another thing, however alike it looks.
fn likeness(trigrams: &[[char; 3]], word: &str, token: &str) -> f64 {
    let is_within = token.len() > word.len() && stands_in(word, token);
    if word.bytes().any(|byte| byte.is_ascii_digit()) {
        return if is_within { WITHIN } else { 0.0 };
    }
    let (mut common, mut count) = (0_usize, 0_usize);
    let mut last = ['\0', '\0', '\0'];
    for c in token.chars().chain(['\0']) {
        last = [last[1], last[2], c];
        count += 1;
        common += usize::from(trigrams.binary_search(&last).is_ok());
    }
    let dice = 2.0 * common as f64 / (trigrams.len() + count) as f64;
    if is_within { dice.max(WITHIN) } else { dice }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(word: &str, token: &str, is_like: bool) {
        let found = likeness(&trigrams(word), word, token);
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
        check("queue", "quiet", false);
        check("retry", "return", false);
        check("index", "inbox", false);
        check("cache", "catch", false);
    }
}
