//! Sequences of steps that recur.
//!
//! What is searched is what PrefixSpan searches ("PrefixSpan: Mining sequential
//! patterns efficiently by prefix-projected pattern growth", Pei et al., 2001):
//! patterns grown step by step from their prefixes, supported by the sessions
//! that contain them. Its gap and length are bounded, so the sequences within one
//! session are few, and counting them session by session gives the very supports
//! that projecting all sessions would, without looking at the others again.
//!
//! Pairs are counted for every session. Longer sequences are counted along pairs
//! that are *followed* because they proved remarkable; each new such pair costs
//! one pass over the sessions.

use super::chance::{Age, Lift, sequence_lift};
use super::digest::Digest;
use super::order::insert;
use super::tally::{EXPECTED_UNIT, MAX_LENGTH, Of, Tallies, Tally, WINDOW, at, count_keys};

/// Fewest sessions; twice is still a coincidence.
pub(super) const MIN_SESSIONS: u32 = 3;
/// In large memories a pattern is in one of so many sessions, so that what is
/// listed is how somebody works now and not everything that happened thrice.
const SESSIONS_PER_PATTERN: u32 = 20;
/// Each step must follow this much more often than in random order. Order itself
/// (one opens before one edits) easily makes 1.5.
const MIN_LIFT: f64 = 2.0;
/// The last step must follow the others in this share of cases: more often than not.
const MIN_CONFIDENCE: f64 = 0.5;
/// Most pairs that are followed: the most remarkable.
const MAX_FOLLOWED: usize = 256;

/// Bits of a step in the key of a sequence.
const STEP_BITS: u32 = 15;
const STEP_MASK: u64 = (1 << STEP_BITS) - 1;

/// A sequence that recurs.
#[derive(Clone, Debug)]
pub(super) struct Sequence {
    /// Two to four steps.
    pub steps: Vec<u16>,
    /// How often, and in how many sessions.
    pub tally: Tally,
    /// How often all but the last step.
    pub before: u32,
    /// How much more often than by chance the last step follows; few, if any of the
    /// steps before it does so in few cases.
    pub lift: Lift,
}

/// Counts of sequences of three steps and more.
#[derive(Debug, Default)]
pub(super) struct Chains {
    /// Pairs along which sequences are counted, sorted.
    followed: Vec<u32>,
    tallies: Tallies,
}

impl Chains {
    /// Adds a session to the counts, or takes it away.
    pub fn count(&mut self, digest: &Digest, is_added: bool) {
        if self.followed.is_empty() {
            return;
        }
        let mut keys = Vec::new();
        for start in 0..digest.steps.len() {
            let mut of_start = Vec::new();
            self.grow(&digest.steps[start..], 0, 1, &mut of_start);
            keys.append(&mut of_start);
        }
        count_keys(&mut self.tallies, keys, is_added);
    }

    fn grow(&self, steps: &[u16], prefix: u64, length: usize, keys: &mut Vec<u64>) {
        let Some((first, rest)) = steps.split_first() else {
            return;
        };
        let prefix = prefix << STEP_BITS | u64::from(*first);
        // A start counts once, however many ways lead on from it.
        if length >= 3 && !keys.contains(&prefix) {
            keys.push(prefix);
        }
        if length == MAX_LENGTH {
            return;
        }
        for (distance, second) in rest.iter().take(WINDOW).enumerate() {
            if self.followed.binary_search(&pair(*first, *second)).is_ok() {
                self.grow(&rest[distance..], prefix, length + 1, keys);
            }
        }
    }

    /// The sequences that recur, none of which only repeats a longer one. Few cases
    /// decide nothing about the others.
    pub fn sequences<'a>(
        &mut self,
        tallies: &Tallies,
        sessions: impl ExactSizeIterator<Item = &'a Digest> + Clone,
    ) -> Vec<Sequence> {
        let mut found = self.of_age(tallies, sessions.clone(), Age::Grown);
        if Age::of(sessions.len()) == Age::Grown {
            return found;
        }
        let mut few = self.of_age(tallies, sessions, Age::Young);
        let is_said = |few: &Sequence| {
            found.iter().any(|proved: &Sequence| {
                is_part(&few.steps, &proved.steps) || is_part(&proved.steps, &few.steps)
            })
        };
        few.retain(|sequence| sequence.lift.is_few && !is_said(sequence));
        found.append(&mut few);
        found
    }

    fn of_age<'a>(
        &mut self,
        tallies: &Tallies,
        sessions: impl ExactSizeIterator<Item = &'a Digest>,
        age: Age,
    ) -> Vec<Sequence> {
        let least = MIN_SESSIONS.max((sessions.len() as u32).div_ceil(SESSIONS_PER_PATTERN));
        let mut found = pairs(tallies, least, age);
        let remarkable = most_remarkable(&found);
        self.follow(&remarkable, sessions);
        let mut level = found.clone();
        for _ in 3..=MAX_LENGTH {
            level = self.longer(tallies, &remarkable, &level, least, age);
            found.extend(level.iter().cloned());
        }
        found.retain(|sequence| {
            f64::from(sequence.tally.times) >= MIN_CONFIDENCE * f64::from(sequence.before)
        });
        without_parts(&found)
    }

    /// Counts all sessions anew if a pair is remarkable that was not followed.
    fn follow<'a>(&mut self, remarkable: &[u32], sessions: impl Iterator<Item = &'a Digest>) {
        let is_followed = |pair| self.followed.binary_search(pair).is_ok();
        if remarkable.iter().all(is_followed) {
            return;
        }
        // Pairs on the edge stay, so that they do not cost a pass each time.
        if self.followed.len() > MAX_FOLLOWED {
            self.followed.clear();
        }
        for pair in remarkable {
            insert(&mut self.followed, *pair);
        }
        self.tallies.clear();
        for digest in sessions {
            self.count(digest, true);
        }
    }

    /// Follows every pair that occurs.
    #[cfg(test)]
    pub fn follow_all<'a>(
        &mut self,
        tallies: &Tallies,
        sessions: impl Iterator<Item = &'a Digest>,
    ) {
        let pairs: Vec<_> = Of::Pair
            .all(tallies)
            .map(|(first, second, _)| pair(first as u16, second as u16))
            .collect();
        self.follow(&pairs, sessions);
    }

    /// All sequences of three steps and more that were counted.
    #[cfg(test)]
    pub fn counted(&self) -> impl Iterator<Item = (Vec<u16>, Tally)> {
        let step = |key: u64, place: u32| (key >> (STEP_BITS * place) & STEP_MASK) as u16;
        self.tallies.iter().map(move |(key, tally)| {
            let steps = (0..4).rev().map(|place| step(*key, place));
            (steps.filter(|step| *step > 0).collect(), *tally)
        })
    }

    /// Sequences whose steps are all remarkable, one step longer than `shorter`.
    ///
    /// Which pairs are followed depends on what was listed before, so it decides
    /// nothing here.
    fn longer(
        &self,
        tallies: &Tallies,
        remarkable: &[u32],
        shorter: &[Sequence],
        least: u32,
        age: Age,
    ) -> Vec<Sequence> {
        let Some(length) = shorter.first().map(|sequence| sequence.steps.len() + 1) else {
            return Vec::new();
        };
        let shift = STEP_BITS * length as u32;
        let floor = 1 << (shift - STEP_BITS);
        let ceiling = 1 << shift;
        let candidates: Vec<_> = self
            .tallies
            .range(floor..ceiling)
            .filter(|(_, tally)| tally.sessions >= least)
            .filter_map(|(key, tally)| {
                let (last, step) = (
                    (key >> STEP_BITS & STEP_MASK) as u16,
                    (key & STEP_MASK) as u16,
                );
                remarkable.binary_search(&pair(last, step)).ok()?;
                // Keys go up, so what was made from them is in order.
                let prefix = key >> STEP_BITS;
                let at = shorter.binary_search_by(|other| key_of(&other.steps).cmp(&prefix));
                Some((&shorter[at.ok()?], (last, step), tally))
            })
            .collect();
        let count = candidates.len();
        candidates
            .into_iter()
            .filter_map(|(prefix, (last, step), tally)| {
                let base = base_rate(tallies, last, step);
                let cases = tally.cases(prefix.tally.times, age);
                let mut lift = sequence_lift(cases, base, MIN_LIFT, count)?;
                lift.is_few |= prefix.lift.is_few;
                let mut steps = prefix.steps.clone();
                steps.push(step);
                Some(Sequence {
                    steps,
                    tally: *tally,
                    before: prefix.tally.times,
                    lift,
                })
            })
            .collect()
    }
}

/// Those pairs, sorted, from which longer sequences are grown.
fn most_remarkable(pairs: &[Sequence]) -> Vec<u32> {
    let weight = |pair: &Sequence| (pair.lift.times * f64::from(pair.tally.times)) as u64;
    let mut weights: Vec<u64> = pairs.iter().map(weight).collect();
    crate::order::sort_numbers(&mut weights);
    let excess = weights.len().checked_sub(MAX_FOLLOWED + 1);
    // The heaviest that is too many, and what weighs no more.
    let least = excess.map(|at| weights[at]);
    pairs
        .iter()
        .filter(|pair| least.is_none_or(|least| weight(pair) > least))
        .map(|sequence| pair(sequence.steps[0], sequence.steps[1]))
        .collect()
}

fn pair(first: u16, second: u16) -> u32 {
    u32::from(first) << 16 | u32::from(second)
}

/// The remarkable pairs, in order of their keys.
fn pairs(tallies: &Tallies, least: u32, age: Age) -> Vec<Sequence> {
    let candidates: Vec<_> = Of::Pair
        .all(tallies)
        .filter(|(_, _, tally)| tally.sessions >= least)
        .collect();
    let count = candidates.len();
    candidates
        .into_iter()
        .filter_map(|(first, second, tally)| {
            let (first, second) = (first as u16, second as u16);
            let before = at(tallies, Of::Step.key(first.into(), 0)).times;
            let base = base_rate(tallies, first, second);
            Some(Sequence {
                steps: vec![first, second],
                tally: *tally,
                before,
                lift: sequence_lift(tally.cases(before, age), base, MIN_LIFT, count)?,
            })
        })
        .collect()
}

/// Share of a step's occurrences that another would follow in random order.
fn base_rate(tallies: &Tallies, first: u16, second: u16) -> f64 {
    let expected = at(tallies, Of::Pair.key(first.into(), second.into())).expected;
    let times = at(tallies, Of::Step.key(first.into(), 0)).times;
    expected as f64 / EXPECTED_UNIT as f64 / f64::from(times.max(1))
}

/// Drops sequences that say nothing beside the longer ones that contain them:
/// those that are not closed, being in exactly as many sessions, and those that
/// stand within longer ones in most cases.
fn without_parts(found: &[Sequence]) -> Vec<Sequence> {
    let mut kept: Vec<Sequence> = Vec::new();
    let lengths = (2..=MAX_LENGTH).rev();
    for sequence in lengths.flat_map(|length| found.iter().filter(move |s| s.steps.len() == length))
    {
        let mut is_closed = true;
        let mut within = 0;
        for longer in &kept {
            if longer.steps.len() > sequence.steps.len() && is_part(&sequence.steps, &longer.steps)
            {
                is_closed &= longer.tally.sessions != sequence.tally.sessions;
                within += longer.tally.times;
            }
        }
        if is_closed && 2 * within < sequence.tally.times {
            kept.push(sequence.clone());
        }
    }
    kept
}

/// Whether `part` is `whole` with steps left out.
fn is_part(part: &[u16], whole: &[u16]) -> bool {
    let mut rest = whole.iter();
    part.iter().all(|step| rest.any(|other| other == step))
}

/// Whether the steps occur in that order, each within the window of the one before.
pub(super) fn contains(steps: &[u16], sequence: &[u16]) -> bool {
    fn leads_on(steps: &[u16], sequence: &[u16]) -> bool {
        let Some((next, later)) = sequence.split_first() else {
            return true;
        };
        (0..steps.len().min(WINDOW))
            .any(|position| steps[position] == *next && leads_on(&steps[position + 1..], later))
    }
    let Some((first, later)) = sequence.split_first() else {
        return true;
    };
    (0..steps.len())
        .any(|position| steps[position] == *first && leads_on(&steps[position + 1..], later))
}

fn key_of(steps: &[u16]) -> u64 {
    steps
        .iter()
        .fold(0, |key, step| key << STEP_BITS | u64::from(*step))
}
