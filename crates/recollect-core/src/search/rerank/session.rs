//! What stands before and after a hit in its session says more of what it is about.

use std::collections::HashMap;

use crate::error::Result;
use crate::index::Index;
use crate::index::names::Name;
use crate::log::memory::Memory;
use crate::log::record::Kind;
use crate::search::predicate::Test;

use super::{Asked, Weighed, in_order};

/// The share of its score that a hit lends to what follows it, and to what precedes it; what
/// stands one further gets so much of that, up to so far.
const FOLLOWING: f64 = 0.3;
const PRECEDING: f64 = 0.2;
const FURTHER: f64 = 0.6;
const REACH: usize = 3;
/// The share that the best of a session, in the mean of so many, give to each of its turns.
const BY_SESSION: f64 = 0.2;
const BEST_OF_SESSION: usize = 3;
/// A neighbour's share at most of the score of who lends to it.
const BEHIND: f64 = 0.99;
/// Hits that lend.
const LENDING: usize = 10;

/// A hit that holds all words, and what these count.
#[derive(Clone, Copy)]
struct Whole {
    score: f64,
    words: f64,
}

impl Index {
    /// Lets the best hits lend some of their score to their neighbours, which come in if they
    /// hold no word of a question that is not short, as good as `weigh` makes them. Commits
    /// neither lend nor borrow: what was committed before says nothing of what comes after.
    pub(super) fn lend(
        &self,
        asked: &Asked,
        test: &Test,
        hits: &mut Vec<Weighed>,
        weigh: &dyn Fn(&mut Weighed),
    ) -> Result<()> {
        // Each with what it is lent, and how good it may become at most.
        let mut lent: Vec<(u32, f64, Option<Whole>)> = Vec::new();
        for hit in hits.iter().take(LENDING) {
            let Some(row) = self.rows().get(hit.row) else {
                continue;
            };
            if !hit.memory.as_ref().is_some_and(is_turn) {
                continue;
            }
            let session = self.rows().of_session(row.session);
            let Ok(at) = session.binary_search(&hit.row) else {
                continue;
            };
            let whole = hit.has_all.then_some(Whole {
                score: hit.score,
                words: hit.bm25,
            });
            let mut score = hit.score;
            for far in 1..=REACH {
                let next = session.get(at + far).map(|row| (*row, FOLLOWING));
                let before = at.checked_sub(far).and_then(|before| session.get(before));
                let before = before.map(|row| (*row, PRECEDING));
                let both = next.into_iter().chain(before);
                lent.extend(both.map(|(row, share)| (row, share * score, whole)));
                score *= FURTHER;
            }
        }
        let may_come = asked.may_be_without_words && !asked.is_short();
        let mut places: HashMap<u32, usize> = hits
            .iter()
            .enumerate()
            .map(|(place, hit)| (hit.row, place))
            .collect();
        for (row, score, whole) in lent {
            let place = match places.get(&row) {
                Some(place) => *place,
                None if may_come && self.may_be_found(test, row) => {
                    let mut hit = Weighed::without_words(row);
                    self.read(&mut hit)?;
                    if !hit.memory.as_ref().is_some_and(is_turn) {
                        continue;
                    }
                    weigh(&mut hit);
                    hits.push(hit);
                    places.insert(row, hits.len() - 1);
                    hits.len() - 1
                }
                None => continue,
            };
            let hit = &mut hits[place];
            self.read(hit)?;
            if hit.memory.as_ref().is_some_and(is_turn) {
                // What stands around what holds all words is found with it, and not before it.
                let most = match whole {
                    Some(whole) if whole.words > hit.bm25 => BEHIND * whole.score - hit.score,
                    _ => f64::INFINITY,
                };
                hit.neighbours = hit.neighbours.max((hit.neighbours + score).min(most));
            }
        }
        for hit in hits.iter_mut() {
            hit.score += hit.neighbours;
        }
        in_order(hits);
        self.add_sessions(hits);
        Ok(())
    }

    /// Adds to each turn a share of what the best of its session come to: what is said of it in
    /// several turns, a conversation is about.
    fn add_sessions(&self, hits: &mut [Weighed]) {
        let session = |hit: &Weighed| {
            let row = self.rows().get(hit.row)?;
            let is_in = hit.memory.as_ref().is_some_and(is_turn);
            (is_in && self.rows().session(row).is_some()).then_some(row.session)
        };
        let mut best: HashMap<Name, (usize, f64)> = HashMap::new();
        for hit in hits.iter() {
            if let Some(session) = session(hit) {
                let (count, sum) = best.entry(session).or_default();
                *count += 1;
                if *count <= BEST_OF_SESSION {
                    *sum += hit.score;
                }
            }
        }
        for hit in hits.iter_mut() {
            if let Some((_, sum)) = session(hit).and_then(|session| best.get(&session)) {
                let share = BY_SESSION * sum / BEST_OF_SESSION as f64;
                hit.neighbours += share;
                hit.score += share;
            }
        }
        in_order(hits);
    }
}

/// Whether a memory is one of a conversation's turns.
fn is_turn(memory: &Memory) -> bool {
    memory.commit.is_none() && matches!(memory.kind, Kind::Prompt | Kind::Observation)
}
