//! Which sessions are about what is asked: by what their summaries say, and by their best turns.

use std::collections::HashMap;

use crate::error::Result;
use crate::index::Index;
use crate::log::record::Kind;
use crate::search::predicate::Test;
use crate::search::question::Plan;
use crate::search::rank::Explanation;

use super::rank::FITTING_MEANING;
use super::{Ask, Found, Results, certain};

/// How much the summary of a session counts, and the best of its turns.
const BY_SUMMARY: f64 = 0.5;
const BY_TURN: f64 = 0.5;

impl Index {
    /// Weighs sessions by their turns, too, and adds those of which only a turn says what is asked.
    pub(super) fn weigh_turns(
        &self,
        ask: &Ask,
        plan: &Plan,
        is_here: bool,
        test: &Test,
        results: &mut Results,
    ) -> Result<()> {
        let mut of_turns = plan.clone();
        of_turns.wish.sort = None;
        let turns = self.results_of(ask, &of_turns, is_here)?;
        // By the number of the row that sums its session up, the best score of a turn.
        let mut best: HashMap<u32, f64> = HashMap::new();
        for turn in turns.found.iter().filter(|turn| turn.fits) {
            let Some(row) = self.rows().get(turn.row) else {
                continue;
            };
            let session = self.rows().of_session(row.session).iter();
            let mut summaries = session.filter(|number| {
                let row = self.rows().get(**number);
                row.is_some_and(|row| row.kind == Kind::Summary && test.accepts(**number, row))
            });
            if let Some(summary) = summaries.next_back()
                && *summary != turn.row
            {
                let score = best.entry(*summary).or_default();
                *score = score.max(turn.rank.score);
            }
        }
        let top = |scores: &mut dyn Iterator<Item = f64>| scores.fold(f64::MIN_POSITIVE, f64::max);
        let top_turn = top(&mut best.values().copied());
        let top_summary = top(&mut results.found.iter().map(|one| one.rank.score));
        let mut by_row: HashMap<u32, Found> = HashMap::new();
        for one in results.found.drain(..) {
            by_row.insert(one.row, one);
        }
        for row in best.keys() {
            if let Some(known) = self.rows().get(*row) {
                by_row.entry(*row).or_insert(Found {
                    rank: Explanation::default(),
                    coverage: 0.0,
                    ..certain(*row, known)
                });
            }
        }
        let mut found: Vec<Found> = by_row.into_values().collect();
        for one in &mut found {
            let by_turn = best.get(&one.row).copied().unwrap_or_default();
            one.rank.score =
                BY_SUMMARY * one.rank.score / top_summary + BY_TURN * by_turn / top_turn;
        }
        super::rank::in_order(&mut found);
        let least = FITTING_MEANING * found.first().map_or(0.0, |one| one.rank.score);
        for one in &mut found {
            one.fits = (one.fits || best.contains_key(&one.row)) && one.rank.score >= least;
        }
        results.fitting = found.iter().filter(|one| one.fits).count() as u64;
        results.found = found;
        Ok(())
    }
}
