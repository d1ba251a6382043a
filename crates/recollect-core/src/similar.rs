//! Words that are spelled nearly as what was typed, for when few memories hold
//! the very words.
//!
//! Likeness is the share of common trigrams (Dice's coefficient) with the words
//! of the index. Scores by the very words and by nearly the same ones are brought
//! to the range from 0 to 1 each and added, with the weights [`EXACT`] and
//! [`LIKE`].

use crate::error::Result;
use crate::expression::{Expression, MAX_PHRASES, Phrase, TermPhrases, parts_of};
use crate::index::{Index, Test};
use crate::preview::Terms;
use crate::query::{Form, Need, Query};
use crate::rank::Explanation;
use crate::token::scan;
use crate::top::{Best, Candidate, Ranking, Top};

/// Fewer hits than this, and nearly the same words are looked for.
const FEW_HITS: u64 = 5;
/// Share of common trigrams from which words are alike.
const MIN_LIKENESS: f64 = 0.5;
/// Least likeness of a word to one that it stands in.
const WITHIN: f64 = 0.6;
/// Shortest word that is compared.
const MIN_LETTERS: usize = 4;
/// Most words that stand for one.
const MAX_LIKE: usize = 6;
/// Most words of a query that are compared.
const MAX_WORDS: usize = 8;
/// Weights of the normalised scores.
const EXACT: f64 = 0.8;
const LIKE: f64 = 0.2;

/// A word of the index, and how like it is to one that was typed.
struct Like {
    token: String,
    likeness: f64,
}

impl Index {
    /// `found`, or if that is little, the hits of nearly the same words as well.
    pub(crate) fn with_similar(
        &self,
        found: Top,
        query: &Query,
        test: &Test,
        ranking: &Ranking,
        terms: &mut Terms,
    ) -> Result<Top> {
        if found.total >= FEW_HITS {
            return Ok(found);
        }
        let mut expression = Expression::of(query);
        let mut likeness = Vec::new();
        for (term, word) in words_of(query) {
            let postings = self.text().postings();
            // A word that is there often enough is spelled as it was meant.
            if postings
                .list(&word)
                .is_some_and(|list| u64::from(list.rows()) >= FEW_HITS)
            {
                continue;
            }
            for like in self.like(&word) {
                let number = expression.phrases.len();
                let Some(term) = expression.terms.get_mut(term) else {
                    break;
                };
                if number == MAX_PHRASES {
                    break;
                }
                // What must be there may be there as it is nearly spelled.
                term.whole |= 1 << number;
                expression.phrases.push(Phrase::Word(like.token.clone()));
                likeness.push(like.likeness);
                terms.add(like.token);
            }
        }
        if likeness.is_empty() {
            return Ok(found);
        }
        let candidates = self.fused(&expression, &likeness, test, ranking)?;
        let mut best = Best::new(ranking.keep);
        let total = candidates.len() as u64;
        candidates.into_iter().for_each(|one| best.push(one));
        Ok(Top {
            best: best.into_sorted(),
            total,
        })
    }

    /// All rows with exact or similar words, scored by both.
    fn fused(
        &self,
        expression: &Expression,
        likeness: &[f64],
        test: &Test,
        ranking: &Ranking,
    ) -> Result<Vec<Candidate>> {
        let rows = self.rows();
        let mut candidates = Vec::new();
        let required = expression.terms.iter().filter(|term| term.is_required);
        let required: Vec<TermPhrases> = required.copied().collect();
        self.score(expression, likeness, &mut |number, scored| {
            let has_required = required.iter().all(|term| term.is_in(scored.phrases));
            if !has_required {
                return;
            }
            if let Some(row) = rows.get(number).filter(|row| test.accepts(number, row)) {
                let rank = Explanation {
                    bm25: scored.bm25,
                    trigram: scored.like,
                    ..Explanation::default()
                };
                candidates.push(Candidate::new(number, row, rank));
            }
        })?;
        let bm25 = Normal::of(candidates.iter().map(|one| one.rank.bm25));
        let trigram = Normal::of(candidates.iter().map(|one| one.rank.trigram));
        for candidate in &mut candidates {
            let rank = &mut candidate.rank;
            let fused =
                EXACT * bm25.normalised(rank.bm25) + LIKE * trigram.normalised(rank.trigram);
            let boost = rows
                .get(candidate.number)
                .map_or(0.0, |row| ranking.boost(candidate.number, row, rank));
            rank.score = fused * (1.0 + boost);
        }
        Ok(candidates)
    }

    /// The words of the index that are most like one.
    fn like(&self, word: &str) -> Vec<Like> {
        let trigrams = trigrams(word);
        let length = word.chars().count();
        let mut likes: Vec<Like> = Vec::new();
        for token in self.text().postings().tokens() {
            if token == word || token.len() + 2 < length {
                continue;
            }
            let likeness = likeness(&trigrams, word, token);
            if likeness >= MIN_LIKENESS {
                likes.push(Like {
                    token: token.to_owned(),
                    likeness,
                });
            }
        }
        likes.sort_unstable_by(|a, b| {
            b.likeness
                .total_cmp(&a.likeness)
                .then_with(|| a.token.cmp(&b.token))
        });
        likes.truncate(MAX_LIKE);
        likes
    }
}

/// The scores of one way, brought to the range from 0 to 1: 0 is having none.
struct Normal {
    most: f64,
}

impl Normal {
    fn of(scores: impl Iterator<Item = f64>) -> Self {
        Self {
            most: scores.fold(0.0, f64::max),
        }
    }

    fn normalised(&self, score: f64) -> f64 {
        if self.most > 0.0 {
            score / self.most
        } else {
            0.0
        }
    }
}

/// The words to compare, each with the number of its term in the expression.
fn words_of(query: &Query) -> Vec<(usize, String)> {
    let mut words = Vec::new();
    let wanted = query
        .terms
        .iter()
        .filter(|term| term.need != Need::Excluded);
    let wanted = wanted.filter(|term| !parts_of(&term.text).is_empty());
    for (number, term) in wanted.enumerate() {
        if term.form == Form::Phrase {
            continue;
        }
        let has_number = term.text.bytes().any(|byte| byte.is_ascii_digit());
        let mut tokens = Vec::new();
        scan(&term.text, &mut |token| {
            // Of a name with a number, no part alone is meant.
            if has_number && token.is_whole {
                tokens.clear();
            }
            tokens.push(token.text.to_owned());
        });
        tokens.retain(|token| token.chars().count() >= MIN_LETTERS);
        words.extend(tokens.into_iter().map(|token| (number, token)));
    }
    words.truncate(MAX_WORDS);
    words
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
        trigrams.push(last);
    }
    trigrams.sort_unstable();
    trigrams.dedup();
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
