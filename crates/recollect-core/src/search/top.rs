//! The best hits of a query, found in one pass over its matches.
//!
//! SQLite's FTS5 would rank every match and sort them all. Here each match is looked at
//! once, beside what is known of its row in memory, and only as many as are
//! wanted are kept.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::error::Result;
use crate::index::row::{Row, StampKey};
use crate::index::text::column_phrase;
use crate::index::{Index, RowSet};
use crate::log::record::Trust;
use crate::log::time::UnixMillis;
use crate::search::expression::Expression;
use crate::search::predicate::Test;
use crate::search::rank::{Explanation, RECENCY_HALF_LIFE_DAYS, Weights, recency};
use crate::search::request::Order;
use crate::weigh::salience::Fading;

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

/// The factor of what holds every word that is looked for.
const ALL_TERMS: f64 = 1.3;

/// Nearness of what is about the file at hand, its folder, its project.
const IN_FILE: f64 = 1.0;
const IN_FOLDER: f64 = 0.6;
const IN_PROJECT: f64 = 0.3;

impl Near {
    pub(crate) fn of(index: &Index, file: Option<&str>, project: Option<&str>) -> Self {
        let rows_in = |path: &str| -> Option<RowSet> {
            let phrase = column_phrase("files", path)?;
            Some(index.matching(&[phrase]))
        };
        let folder = file
            .and_then(|path| path.rsplit_once(['/', '\\']))
            .map(|(folder, _)| folder);
        Self {
            file: file.and_then(rows_in),
            folder: folder.and_then(rows_in),
            project: project.and_then(|id| index.rows().project_number(id)),
        }
    }

    /// The greatest nearness that a row can have.
    fn most(&self) -> f64 {
        match (&self.file, self.project) {
            (Some(_), _) => IN_FILE,
            (None, Some(_)) => IN_PROJECT,
            (None, None) => 0.0,
        }
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

    /// Whether it may not be believed.
    pub(crate) fn is_low(&self) -> bool {
        self.is_low
    }
}

/// Best first, what may be believed before what may not; equal scores newest first.
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> Ordering {
        let (a, b) = (&self.rank, &other.rank);
        (self.is_low.cmp(&other.is_low))
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
    fn is_below(&self, is_trusted: bool, score: f64) -> bool {
        let place = (is_trusted, score);
        self.heap.len() == self.keep
            && self
                .heap
                .peek()
                .is_none_or(|worst| place < (!worst.is_low, worst.rank.score))
    }

    /// Whoever leaves next, if one has to and may be believed.
    fn worst(&self) -> Option<&Candidate> {
        let worst = self.heap.peek().filter(|worst| !worst.is_low);
        worst.filter(|_| self.heap.len() == self.keep)
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

    /// What a row that is kept scores by BM25 at least.
    fn least(&self, best: &Best) -> f64 {
        match best.worst() {
            // Less by more than rounding can make.
            Some(worst) if matches!(self.order, Order::Best | Order::Relevance) => {
                worst.rank.score / self.most() * (1.0 - 1e-9)
            }
            _ => 0.0,
        }
    }

    /// The greatest factor that [`Ranking::boost`] can make.
    fn most(&self) -> f64 {
        match self.order {
            Order::Best => (1.0 + Weights::BEST.most(self.near.most())) * ALL_TERMS,
            Order::Relevance | Order::Newest | Order::Oldest => 1.0,
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
        let mut total = 0;
        let most = ranking.most();
        let rows = self.rows();
        let is_counted = |number| {
            let brief = rows.marked().get(number);
            brief
                .is_some_and(|(mark, brief)| test.passes(number, mark, brief, &|| rows.get(number)))
        };
        // Rows of which a mark says enough need not even be told.
        let are_marks_enough = !test.asks_for_more();
        let least = |best: &Best| match are_marks_enough {
            true => ranking.least(best),
            false => 0.0,
        };
        let others = self.score(expression, &[], test, &mut |number, scored| {
            if !is_counted(number) {
                return 0.0;
            }
            total += 1;
            let mut rank = Explanation {
                bm25: scored.bm25,
                ..Explanation::default()
            };
            if ranking.order == Order::Best {
                rank.has_all_terms = expression.has_all(scored.phrases);
            }
            // Most rows are below the worst that is kept, whatever else they have.
            let greatest = match ranking.order {
                Order::Best | Order::Relevance => rank.bm25 * most,
                Order::Newest | Order::Oldest => f64::INFINITY,
            };
            if !best.is_below(true, greatest)
                && let Some(row) = rows.get(number)
                && !best.is_below(row.trust != Trust::Low, greatest)
            {
                rank.score = match ranking.order {
                    Order::Newest => 0.0,
                    Order::Oldest => -(row.at.0 as f64),
                    Order::Relevance => rank.bm25,
                    Order::Best => {
                        let tier = if rank.has_all_terms { ALL_TERMS } else { 1.0 };
                        rank.bm25 * tier * (1.0 + ranking.boost(number, row, &mut rank))
                    }
                };
                best.push(Candidate::new(number, row, rank));
            }
            least(&best)
        })?;
        Ok(Top {
            best: best.into_sorted(),
            total: total + others,
        })
    }
}
