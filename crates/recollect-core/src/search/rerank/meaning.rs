//! What hits mean, beside the words they hold.

use std::collections::HashSet;

use crate::error::Result;
use crate::index::Index;
use crate::index::meaning::Meant;
use crate::search::predicate::Test;

use super::{Asked, LOOKED_AT, Term, Weighed, in_order};

/// How much the words count, the text as a whole, and its words one by one.
struct Shares {
    words: f64,
    whole: f64,
    each: f64,
}

/// By the table of word vectors, and where a model tells of the whole, which it does better.
const BY_TABLE: Shares = Shares {
    words: 0.4,
    whole: 0.3,
    each: 0.3,
};
const BY_MODEL: Shares = Shares {
    words: 0.3,
    whole: 0.5,
    each: 0.2,
};
/// How many times what the words of a question count must be found, so that they are sure.
const SURE: f64 = 1.5;
/// How many times a word counts there that no memory holds.
const UNKNOWN: f64 = 2.0;
/// Hits that are near in what they mean without a common word.
const NEAREST: usize = 30;
/// How near these must be; nearer where nothing holds a word; and how near where the question has
/// but one or two: a name that nobody told of is near to something, and means nothing of it.
const LEAST: f64 = 0.25;
const LEAST_ALONE: f64 = 0.35;
const LEAST_OF_FEW: f64 = 0.5;

fn shares(meant: &Meant) -> &'static Shares {
    match meant.is_by_model() {
        true => &BY_MODEL,
        false => &BY_TABLE,
    }
}

impl Index {
    /// Weighs the best by what they mean, and adds what is near without a word of the question.
    pub(super) fn weigh_meaning(
        &self,
        asked: &Asked,
        meant: &Meant,
        test: &Test,
        hits: &mut Vec<Weighed>,
    ) -> Result<()> {
        let found = hits.len();
        if asked.may_be_without_words {
            let is_wanted = |row: u32| self.may_be_found(test, row);
            let mut near = self.nearest(meant, NEAREST, &is_wanted)?;
            if let Some(likely) = &asked.likely {
                let is_likely = |row: u32| likely.contains(row) && is_wanted(row);
                near.extend(self.nearest(meant, NEAREST, &is_likely)?);
            }
            let least = match (asked.is_short(), hits.is_empty()) {
                (true, _) => LEAST_OF_FEW,
                (false, true) => LEAST_ALONE,
                (false, false) => LEAST,
            };
            let mut known: HashSet<u32> = hits.iter().map(|hit| hit.row).collect();
            near.retain(|(row, nearness)| *nearness >= least && known.insert(*row));
            hits.extend(near.into_iter().map(|(row, _)| Weighed::without_words(row)));
        }
        // Words that are found only in part, the common ones above all, are not sure; still less
        // so where some are known nowhere: it is told in other words then.
        let postings = self.text().postings();
        let counts = |term: &Term| {
            let is_known = (term.tokens.iter()).any(|token| postings.list(token).is_some());
            if is_known {
                term.idf
            } else {
                UNKNOWN * term.idf
            }
        };
        let sure = SURE * asked.terms.iter().map(counts).sum::<f64>();
        let top = hits.iter().map(|hit| hit.score).fold(sure, f64::max);
        let words = shares(meant).words;
        for (place, hit) in hits.iter_mut().enumerate() {
            let by_words = if top > 0.0 { hit.score / top } else { 0.0 };
            hit.score = words * by_words;
            if (LOOKED_AT..found).contains(&place) {
                continue;
            }
            self.read(hit)?;
            self.add_meaning(asked, meant, hit);
        }
        in_order(hits);
        Ok(())
    }

    /// Adds to the score of a hit what it means, if it was read.
    pub(super) fn add_meaning(&self, asked: &Asked, meant: &Meant, hit: &mut Weighed) {
        let Shares { whole, each, .. } = *shares(meant);
        if let Some(memory) = &hit.memory {
            let near = self.nearness(meant, hit.row, memory, asked.asks_why);
            let by_meaning = whole * near.0 + each * near.1;
            hit.meaning = by_meaning / (whole + each);
            hit.score += by_meaning;
        }
    }
}
