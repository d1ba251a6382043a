//! How well a memory answers a query: published formulas, each part visible.
//!
//! The score is `BM25 × (1 + boost)`, where the boost adds up recency, salience
//! and nearness, each from 0 to 1, by the weights in [`Weights`], and is more where every word
//! that is looked for is held. The best are looked at again, as `rerank` tells.

use recollect_words::half_to_the;

use crate::log::time::UnixMillis;

/// How much each part of a boost counts.
///
/// Chosen on one half of the quality sets and reported on the other.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Weights {
    pub(crate) recency: f64,
    pub(crate) salience: f64,
    pub(crate) nearness: f64,
}

impl Weights {
    pub(crate) const BEST: Self = Self {
        recency: 0.05,
        salience: 0.05,
        nearness: 0.4,
    };

    /// The greatest boost, of rows of at most that nearness.
    pub(crate) fn most(self, nearness: f64) -> f64 {
        self.recency + self.salience + self.nearness * nearness
    }
}

/// Days in which recency halves.
pub(crate) const RECENCY_HALF_LIFE_DAYS: f64 = 30.0;

/// Weight in (0, 1] that halves every `half_life_days` days of age.
///
/// `half_life_days` must be positive. A memory stamped in the future, which a
/// clock change can produce, weighs 1.
///
/// ```
/// # use recollect_core::{UnixMillis, search::rank::recency};
/// let day = 86_400_000;
/// let weight = recency(UnixMillis(0), UnixMillis(30 * day), 30.0);
/// assert!((weight - 0.5).abs() < 1e-6);
/// ```
#[must_use]
pub fn recency(at: UnixMillis, now: UnixMillis, half_life_days: f64) -> f64 {
    let age_days = now.0.saturating_sub(at.0).max(0) as f64 / 86_400_000.0;
    half_to_the(age_days / half_life_days)
}

/// The moment at which memories are ranked that are asked for now: the end of the
/// hour, so that equal questions soon after each other have equal scores. All ages
/// grow by the same, and nothing lies behind it that did not before.
#[must_use]
pub(crate) fn ranking_moment(now: UnixMillis) -> UnixMillis {
    const HOUR: i64 = 3_600_000;
    UnixMillis(
        now.0
            .div_euclid(HOUR)
            .saturating_add(1)
            .saturating_mul(HOUR),
    )
}

/// The parts of a score.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Explanation {
    /// What all parts come to, by which hits are ordered.
    pub score: f64,
    /// Whether every word that is looked for is in it; such hits score more.
    pub has_all_terms: bool,
    /// Relevance of the words.
    pub bm25: f64,
    /// Likeness to words that are spelled nearly so, if few hits have the very words.
    pub trigram: f64,
    /// From 0 to 1, halved every 30 days.
    pub recency: f64,
    /// From 0 to 1.
    pub salience: f64,
    /// From 0 to 1: 1 in the file at hand, less in its folder and project.
    pub nearness: f64,
    /// How near the words stand to each other, in parts of the relevance.
    pub proximity: f64,
    /// From 0 to 1: how near it is to the question in what it means; 0 without the table of
    /// word vectors.
    pub meaning: f64,
    /// What the hits before and after it in the session lend it, in parts of the score.
    pub neighbours: f64,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_future_is_as_recent_as_now() {
        assert_eq!(recency(UnixMillis(5), UnixMillis(1), 30.0), 1.0);
        assert_eq!(
            recency(UnixMillis(i64::MIN), UnixMillis(i64::MAX), 30.0),
            0.0
        );
    }

    #[test]
    fn one_hour_has_one_moment() {
        let moment = |now| ranking_moment(UnixMillis(now)).0;
        assert_eq!(moment(0), moment(3_599_999));
        assert_eq!(moment(3_600_000), 7_200_000);
        assert_eq!(moment(-1), 0);
        for now in [i64::MIN, -7, 0, 1_760_000_000_123, i64::MAX - 1] {
            assert!(moment(now) > now);
        }
        assert_eq!(moment(i64::MAX), i64::MAX);
    }
}
