//! What else recurs: files that change together, fixes, habits.

use std::cmp::Reverse;

use super::chance::{Age, Cases, Lift, MIN_FEW_SESSIONS, lift};
use super::names::Names;
use super::tally::{Of, Tallies, Tally, at, parts};

/// Fewest sessions in which two files change together; twice is a coincidence.
pub(super) const MIN_CO_CHANGE_SESSIONS: u32 = 3;
/// Fewest sessions in which the same change mended the same failure: when it is
/// met again is when knowing the fix helps, so waiting for more is of no use.
pub(super) const MIN_FIX_SESSIONS: u32 = 2;
/// Fewest sessions of a habit; a weekly one needs a month to show.
pub(super) const MIN_HABIT_SESSIONS: u32 = 4;
/// In this share of cases it must be so: more often than not.
const MIN_CONFIDENCE: f64 = 0.5;
/// How much more often than by chance. A base rate of half a week's work, as
/// afternoons have, leaves no room for more in habits.
const MIN_LIFT: f64 = 2.0;
const MIN_HABIT_LIFT: f64 = 1.5;
/// Share of a habit's cases that a narrower time has to hold as well.
const NEARLY_ALL: f64 = 0.9;

/// Something that recurs: in `times` of `all` cases, in `sessions` sessions.
#[derive(Clone, Debug)]
pub(super) struct Rule<T> {
    pub what: T,
    pub sessions: u32,
    pub times: u32,
    pub all: u32,
    pub lift: Lift,
}

/// Pairs of files, the rarer first: when it changes, so does the other.
///
/// Support, confidence and lift are those of association rules ("Mining
/// association rules between sets of items in large databases", Agrawal et al.,
/// 1993; lift: "Dynamic itemset counting and implication rules for market basket
/// data", Brin et al., 1997). A basket is what changed between two commits, or in
/// a session that made none.
///
/// The base rate is the share of baskets with the other file, or the share that
/// these have of the changes of all but the other file, if that is higher: what
/// changes at all is likely to do so in a large basket, where most else is too.
pub(super) fn co_changes(tallies: &Tallies, names: &Names, age: Age) -> Vec<Rule<(u32, u32)>> {
    let baskets = at(tallies, Of::Changes.key(0, 0));
    let candidates = || {
        Of::CoChange
            .all(tallies)
            .filter(|(_, _, tally)| tally.sessions >= MIN_CO_CHANGE_SESSIONS)
    };
    let count = candidates().count();
    candidates()
        .filter_map(|(first, second, tally)| {
            let with = |file| at(tallies, Of::Change.key(file, 0));
            let weight = |file| (with(file).times, names.name(file));
            let (rarer, other) = match weight(first) <= weight(second) {
                true => (first, second),
                false => (second, first),
            };
            let (all, with_other) = (with(rarer).times, with(other));
            let of_baskets = f64::from(with_other.times) / f64::from(baskets.times);
            let beside_other = |of: Tally| (of.expected - u64::from(with_other.times)) as f64;
            let of_files = beside_other(with_other) / beside_other(baskets);
            let base = of_baskets.max(of_files);
            let cases = tally.cases(all, age);
            let lift = lift(cases, base, MIN_LIFT, count)?;
            Some(Rule::of((rarer, other), cases, lift))
        })
        .filter(is_usual)
        .collect()
}

/// Failures with the files whose change mends them, the most usual first.
///
/// The base rate is how often a file changes at all: a file that is in every
/// change mends nothing in particular.
pub(super) fn fixes(tallies: &Tallies, names: &Names, age: Age) -> Vec<Rule<(u32, Vec<u32>)>> {
    let baskets = at(tallies, Of::Changes.key(0, 0)).times;
    let candidates: Vec<_> = Of::Fix
        .all(tallies)
        .filter(|(_, _, tally)| tally.sessions >= MIN_FIX_SESSIONS)
        .collect();
    let mut found: Vec<Rule<(u32, Vec<u32>)>> = Vec::new();
    let rules = candidates
        .iter()
        .filter_map(|(failure, file, tally)| {
            let all = at(tallies, Of::Failure.key(*failure, 0)).times;
            // Laplace's rule: what was never changed otherwise still could have been.
            let changes = at(tallies, Of::Change.key(*file, 0)).times + 1;
            let base = f64::from(changes) / f64::from(baskets + 2);
            let cases = tally.cases(all, age);
            let lift = lift(cases, base, MIN_LIFT, candidates.len())?;
            Some(Rule::of((*failure, vec![*file]), cases, lift))
        })
        .filter(is_usual);
    // Counts come in order of the failures.
    for rule in rules {
        match found.last_mut().filter(|last| last.what.0 == rule.what.0) {
            Some(last) => last.add_file(rule, names),
            None => found.push(rule),
        }
    }
    found
}

impl<T> Rule<T> {
    fn of(what: T, cases: Cases, lift: Lift) -> Self {
        Self {
            what,
            sessions: cases.sessions,
            times: cases.times,
            all: cases.all,
            lift,
        }
    }
}

impl Rule<(u32, Vec<u32>)> {
    /// Takes over the file of another rule about the same failure, and its counts if
    /// it is the more usual.
    fn add_file(&mut self, mut other: Self, names: &Names) {
        let name = |rule: &Self| names.name(rule.what.1[0]).to_owned();
        if (Reverse(other.times), name(&other)) < (Reverse(self.times), name(self)) {
            std::mem::swap(self, &mut other);
        }
        let files = &mut self.what.1;
        let place = |file: u32| names.name(file);
        for file in other.what.1 {
            let at = 1 + files[1..].partition_point(|known| place(*known) < place(file));
            files.insert(at, file);
        }
    }
}

/// Activities with the part of the week, quarter of the day or day that has more
/// of them than its share of all activity: of these the one that says most, as
/// Friday afternoons do over Fridays as long as it is true of nearly as many.
///
/// A session counts once for each part, so that one busy hour is not a habit.
pub(super) fn habits(tallies: &Tallies, age: Age) -> Vec<Rule<(u32, u32)>> {
    let least = match age {
        Age::Young => MIN_FEW_SESSIONS,
        Age::Grown => MIN_HABIT_SESSIONS,
    };
    let candidates: Vec<_> = Of::Habit
        .all(tallies)
        .filter(|(activity, _, tally)| *activity > 0 && tally.times >= least)
        .collect();
    let found: Vec<Rule<(u32, u32)>> = candidates
        .iter()
        .filter_map(|(activity, part, tally)| {
            let sum = |activity: u32| -> u32 {
                family(*part)
                    .map(|part| at(tallies, Of::Habit.key(activity, part)).times)
                    .sum()
            };
            let any = at(tallies, Of::Habit.key(0, *part)).times;
            let base = f64::from(any) / f64::from(sum(0));
            let all = sum(*activity);
            let cases = tally.cases(all, age);
            let lift = lift(cases, base, MIN_HABIT_LIFT, candidates.len())?;
            Some(Rule::of((*activity, *part), cases, lift))
        })
        .filter(is_usual)
        // Who has worked on one afternoon only has no habit of working then.
        .filter(|rule| rule.lift.times >= MIN_HABIT_LIFT)
        .collect();
    // Counts come in order of the activities.
    found
        .chunk_by(|a, b| a.what.0 == b.what.0)
        .filter_map(|same| {
            let share = |rule: &Rule<_>| f64::from(rule.times) / f64::from(rule.all);
            let best = same.iter().map(share).fold(0.0, f64::max);
            let narrow = |a: &&Rule<_>, b: &&Rule<_>| a.lift.times.total_cmp(&b.lift.times);
            let most = same.iter().filter(|rule| share(rule) >= NEARLY_ALL * best);
            most.max_by(narrow).cloned()
        })
        .collect()
}

/// The parts among which one stands.
fn family(part: u32) -> std::ops::Range<u32> {
    match part {
        0..28 => 0..28,
        28..32 => 28..32,
        _ => 32..39,
    }
}

/// Whether one of 28 parts of the week belongs to another.
pub(super) fn is_within(part: u32, of: u32) -> bool {
    parts(part).contains(&of)
}

fn is_usual<T>(rule: &Rule<T>) -> bool {
    f64::from(rule.times) >= MIN_CONFIDENCE * f64::from(rule.all)
}
