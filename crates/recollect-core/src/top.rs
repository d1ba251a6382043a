//! The best hits of a query, found in one pass over its matches.
//!
//! FTS5 would rank every match and sort them all. Here each match is looked at
//! once, beside what is known of its row in memory, and only as many as are
//! wanted are kept.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::error::Result;
use crate::expression::{Expression, column_phrase};
use crate::index::rows::{Row, StampKey};
use crate::index::text::Found;
use crate::index::vocabulary::Vocabulary;
use crate::index::{Index, RowSet, Test};
use crate::rank::{Bm25, Explanation, FIELD_WEIGHTS, RECENCY_HALF_LIFE_DAYS, Weights, recency};
use crate::record::Trust;
use crate::salience::Fading;
use crate::search::Order;
use crate::time::UnixMillis;

/// By what hits are ordered, and how many are wanted.
#[derive(Debug)]
pub(crate) struct Ranking {
    pub(crate) order: Order,
    pub(crate) now: UnixMillis,
    pub(crate) fading: Fading,
    pub(crate) near: Near,
    pub(crate) keep: usize,
}

/// What is at hand.
#[derive(Debug, Default)]
pub(crate) struct Near {
    file: Option<RowSet>,
    folder: Option<RowSet>,
    project: Option<u32>,
}

/// Nearness of what is about the file at hand, its folder, its project.
const IN_FILE: f64 = 1.0;
const IN_FOLDER: f64 = 0.6;
const IN_PROJECT: f64 = 0.3;

impl Near {
    pub(crate) fn of(index: &Index, file: Option<&str>, project: Option<&str>) -> Result<Self> {
        let rows_in = |path: &str| -> Result<Option<RowSet>> {
            column_phrase("files", path)
                .map(|phrase| index.matching(&phrase))
                .transpose()
        };
        let folder = file
            .and_then(|path| path.rsplit_once(['/', '\\']))
            .map(|(folder, _)| folder);
        Ok(Self {
            file: file.map(rows_in).transpose()?.flatten(),
            folder: folder.map(rows_in).transpose()?.flatten(),
            project: project.and_then(|id| index.rows().project_number(id)),
        })
    }

    fn of_row(&self, number: u32, row: &Row) -> f64 {
        let is_in = |set: &Option<RowSet>| set.as_ref().is_some_and(|set| set.contains(number));
        if is_in(&self.file) {
            IN_FILE
        } else if is_in(&self.folder) {
            IN_FOLDER
        } else if self.project == Some(row.project) {
            IN_PROJECT
        } else {
            0.0
        }
    }
}

/// A row that may be shown.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Candidate {
    pub(crate) number: u32,
    pub(crate) rank: Explanation,
    is_low: bool,
    at: UnixMillis,
    stamp: StampKey,
}

impl Candidate {
    pub(crate) fn new(number: u32, row: &Row, rank: Explanation) -> Self {
        Self {
            number,
            rank,
            is_low: row.trust == Trust::Low,
            at: row.at,
            stamp: row.stamp,
        }
    }
}

/// Best first, what may be believed before what may not; equal scores newest first.
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.rank, &other.rank);
        (self.is_low.cmp(&other.is_low))
            .then_with(|| b.has_all_terms.cmp(&a.has_all_terms))
            .then_with(|| b.score.total_cmp(&a.score))
            .then_with(|| (other.at, other.stamp).cmp(&(self.at, self.stamp)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Candidate {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Candidate {}

/// The best of all matches.
#[derive(Debug, Default)]
pub(crate) struct Top {
    /// Best first.
    pub(crate) best: Vec<Candidate>,
    pub(crate) total: u64,
}

/// The best so far; the worst of them is on top.
pub(crate) struct Best {
    heap: BinaryHeap<Candidate>,
    keep: usize,
}

impl Best {
    pub(crate) fn new(keep: usize) -> Self {
        Self {
            heap: BinaryHeap::new(),
            keep,
        }
    }

    /// Whether a candidate of at most that score would not be kept.
    fn is_below(&self, row: &Row, has_all_terms: bool, score: f64) -> bool {
        let place = (row.trust != Trust::Low, has_all_terms, score);
        self.heap.len() == self.keep
            && self.heap.peek().is_none_or(|worst| {
                place < (!worst.is_low, worst.rank.has_all_terms, worst.rank.score)
            })
    }

    pub(crate) fn push(&mut self, candidate: Candidate) {
        if self.heap.len() < self.keep {
            self.heap.push(candidate);
        } else if let Some(mut worst) = self.heap.peek_mut()
            && candidate < *worst
        {
            *worst = candidate;
        }
    }

    pub(crate) fn into_sorted(self) -> Vec<Candidate> {
        self.heap.into_sorted_vec()
    }
}

impl Ranking {
    /// Recency, salience and nearness of a row, and the boost that they make.
    pub(crate) fn boost(&self, number: u32, row: &Row, rank: &mut Explanation) -> f64 {
        if self.order != Order::Best {
            return 0.0;
        }
        rank.recency = recency(row.at, self.now, RECENCY_HALF_LIFE_DAYS);
        rank.salience = row.salience(&self.fading);
        rank.nearness = self.near.of_row(number, row);
        Weights::BEST.recency * rank.recency
            + Weights::BEST.salience * rank.salience
            + Weights::BEST.nearness * rank.nearness
    }

    /// The greatest factor that [`Ranking::boost`] can make.
    fn most(&self) -> f64 {
        match self.order {
            Order::Best => 1.0 + Weights::BEST.most(),
            Order::Relevance | Order::Newest => 1.0,
        }
    }
}

/// Counts the phrases of an expression in the rows that match.
pub(crate) struct Counter<'e> {
    expression: &'e Expression,
    vocabulary: &'e Vocabulary,
    has_parts: bool,
    bm25: Option<Bm25>,
    /// Parts seen in the row at hand, by term.
    seen: Vec<u32>,
}

impl<'e> Counter<'e> {
    pub(crate) fn new(expression: &'e Expression, vocabulary: &'e Vocabulary) -> Self {
        Self {
            expression,
            vocabulary,
            has_parts: expression.phrases.iter().any(|phrase| phrase.is_part),
            bm25: None,
            seen: vec![0; expression.parts.len()],
        }
    }

    /// What each phrase adds to BM25 goes to `each`, with the phrase's number;
    /// gives the terms that the row holds, as bits.
    pub(crate) fn count(
        &mut self,
        found: &Found<'_, '_>,
        length: u32,
        each: &mut impl FnMut(usize, f64),
    ) -> u64 {
        let phrases = &self.expression.phrases;
        let vocabulary = self.vocabulary;
        let bm25 = self.bm25.get_or_insert_with(|| {
            let (rows, tokens) = found.totals();
            let rows_with =
                phrases
                    .iter()
                    .enumerate()
                    .map(|(number, phrase)| match &phrase.token {
                        Some(token) => u64::from(vocabulary.rows_with(token)),
                        None if phrase.is_repeated => 0,
                        None => found.rows_with(number),
                    });
            Bm25::new(rows, tokens, rows_with)
        });
        let norm = bm25.norm(length);
        let mut terms = 0;
        if self.has_parts {
            self.seen.fill(0);
        }
        for (number, phrase) in phrases.iter().enumerate() {
            if phrase.is_repeated {
                continue;
            }
            let mut frequency = 0.0;
            found.columns(number, &mut |column| {
                frequency += FIELD_WEIGHTS.get(column).copied().unwrap_or(0.0);
            });
            if frequency == 0.0 {
                continue;
            }
            each(number, bm25.part(number, frequency, norm));
            let term = usize::from(phrase.term);
            let is_there = if phrase.is_part {
                self.seen[term] += 1;
                self.seen[term] == self.expression.parts[term]
            } else {
                true
            };
            terms |= u64::from(is_there) << term;
        }
        terms
    }
}

impl Expression {
    /// Bits of all terms.
    pub(crate) fn all(&self) -> u64 {
        match self.parts.len() {
            64.. => u64::MAX,
            count => (1 << count) - 1,
        }
    }
}

impl Index {
    /// The best rows that match an expression and pass a test.
    pub(crate) fn top(
        &self,
        expression: &Expression,
        test: &Test,
        ranking: &Ranking,
    ) -> Result<Top> {
        let mut best = Best::new(ranking.keep);
        let mut counter = Counter::new(expression, &self.text().vocabulary);
        let mut total = 0;
        let all = expression.all();
        let most = ranking.most();
        let rows = self.rows();
        self.text()
            .visit(self.database(), &expression.text, &mut |number, found| {
                let Some(row) = rows.get(number).filter(|row| test.accepts(number, row)) else {
                    return;
                };
                total += 1;
                let mut rank = Explanation::default();
                let terms = counter.count(found, row.length, &mut |_, part| rank.bm25 += part);
                rank.has_all_terms = terms == all;
                match ranking.order {
                    Order::Newest => rank.has_all_terms = false,
                    Order::Relevance => {
                        rank.has_all_terms = false;
                        rank.score = rank.bm25;
                    }
                    Order::Best => {
                        if best.is_below(row, rank.has_all_terms, rank.bm25 * most) {
                            return;
                        }
                        rank.score = rank.bm25 * (1.0 + ranking.boost(number, row, &mut rank));
                    }
                }
                best.push(Candidate::new(number, row, rank));
            })?;
        Ok(Top {
            best: best.into_sorted(),
            total,
        })
    }
}
