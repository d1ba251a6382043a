//! Words that are spelled nearly as what was typed, for when few memories hold
//! the very words.
//!
//! Likeness is the share of common trigrams (Dice's coefficient) with the words
//! of the index. Scores by the very words and by nearly the same ones are brought
//! to the range from 0 to 1 each and added, with the weights [`EXACT`] and
//! [`LIKE`].

use recollect_words::find::Terms;
use recollect_words::like::most_like;
use recollect_words::token::scan;

use crate::error::Result;
use crate::index::Index;
use crate::search::expression::{Expression, MAX_PHRASES, Phrase, TermPhrases, parts_of};
use crate::search::predicate::Test;
use crate::search::query::{Form, Need, Query};
use crate::search::rank::Explanation;
use crate::search::top::{Best, Candidate, Ranking, Top};

/// Fewer hits than this, and nearly the same words are looked for.
const FEW_HITS: u64 = 5;
/// Shortest word that is compared.
const MIN_LETTERS: usize = 4;
/// Most words of a query that are compared.
const MAX_WORDS: usize = 8;
/// Weights of the normalised scores.
const EXACT: f64 = 0.8;
const LIKE: f64 = 0.2;

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
            for like in most_like(&word, postings) {
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
        self.score(expression, likeness, test, &mut |number, scored| {
            let has_required = required.iter().all(|term| term.is_in(scored.phrases));
            if has_required
                && let Some(row) = rows.get(number).filter(|row| test.accepts(number, row))
            {
                let rank = Explanation {
                    bm25: scored.bm25,
                    trigram: scored.like,
                    ..Explanation::default()
                };
                candidates.push(Candidate::new(number, row, rank));
            }
            0.0
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
