//! What the sessions of a project add up to: whole numbers under keys, so that
//! adding and taking away in any order gives the same.

use std::collections::BTreeMap;

use super::chance::{Age, Cases};
use super::digest::Digest;
use super::order::insert;

/// Steps after the first that count as following it: up to two others may stand
/// between, such as a file looked up on the way.
pub(super) const WINDOW: usize = 3;
/// Steps of the longest sequence.
pub(super) const MAX_LENGTH: usize = 4;

/// One unit of [`Tally::expected`].
pub(super) const EXPECTED_UNIT: u64 = 1 << 16;

/// What is counted under a key.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Tally {
    /// Sessions with at least one occurrence.
    pub sessions: u32,
    /// Occurrences.
    pub times: u32,
    /// Of pairs of steps, occurrences to expect if every session had its steps in
    /// random order, in units of 1/65536; of sets of files, how many files they have.
    pub expected: u64,
}

impl Tally {
    /// As so many of all cases.
    pub fn cases(self, all: u32, age: Age) -> Cases {
        Cases {
            times: self.times,
            all,
            sessions: self.sessions,
            age,
        }
    }
}

pub(super) type Tallies = BTreeMap<u64, Tally>;

/// What a key's count is about; the upper bits of the key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Of {
    /// A step.
    Step = 1,
    /// A step and one that follows it.
    Pair,
    /// Sets of files that changed at once.
    Changes,
    /// Those with a file.
    Change,
    /// Those with two files, the lower number first.
    CoChange,
    /// Fixes of a failure.
    Failure,
    /// Those that changed a file.
    Fix,
    /// An activity in a part of the week.
    Habit,
}

impl Of {
    /// The key about two numbers of at most 28 bits.
    pub const fn key(self, first: u32, second: u32) -> u64 {
        (self as u64) << 60 | (first as u64) << 28 | second as u64
    }

    /// All counts of that kind, with their two numbers.
    pub fn all(self, tallies: &Tallies) -> impl Iterator<Item = (u32, u32, &Tally)> {
        tallies
            .range(self.key(0, 0)..(self as u64 + 1) << 60)
            .map(|(key, tally)| ((key >> 28) as u32, (key & 0xfff_ffff) as u32, tally))
    }
}

/// The count under a key; nothing is a count of 0.
pub(super) fn at(tallies: &Tallies, key: u64) -> Tally {
    tallies.get(&key).copied().unwrap_or_default()
}

/// Adds a session to the counts, or takes it away.
pub(super) fn count(tallies: &mut Tallies, digest: &Digest, is_added: bool) {
    count_steps(tallies, digest, is_added);
    let mut keys = Vec::new();
    let single = |of: Of, number: u32| of.key(number, 0);
    for files in &digest.changes {
        keys.push(single(Of::Changes, 0));
        for (position, file) in files.iter().enumerate() {
            keys.push(single(Of::Change, *file));
            let others = files[position + 1..].iter();
            keys.extend(others.map(|other| Of::CoChange.key(*file, *other)));
        }
    }
    for files in &digest.changes {
        let size = files.len() as u64;
        change(tallies, single(Of::Changes, 0), 0, size, is_added);
        for file in files {
            change(tallies, single(Of::Change, *file), 0, size, is_added);
        }
    }
    for (failure, files) in &digest.fixes {
        keys.push(single(Of::Failure, *failure));
        keys.extend(files.iter().map(|file| Of::Fix.key(*failure, *file)));
    }
    // A session counts once in a day or quarter of which it saw several parts.
    let mut habits = Vec::new();
    for habit in &digest.habits {
        for part in parts(habit & 0xff) {
            insert(&mut habits, habit & !0xff | part);
        }
    }
    keys.extend(
        habits
            .iter()
            .map(|habit| Of::Habit.key(habit >> 8, habit & 0xff)),
    );
    count_keys(tallies, keys, is_added);
}

/// Adds one session in which these keys occurred, as often as they stand there.
pub(super) fn count_keys(tallies: &mut Tallies, mut keys: Vec<u64>, is_added: bool) {
    crate::order::sort_numbers(&mut keys);
    for same in keys.chunk_by(|first, second| first == second) {
        change(tallies, same[0], same.len() as u32, 0, is_added);
    }
}

/// The parts of the week that one of 28 belongs to: itself, its quarter of any
/// day (28 to 31), and its day (32 to 38).
pub(super) fn parts(part: u32) -> [u32; 3] {
    [part, 28 + part % 4, 32 + part / 4]
}

fn change(tallies: &mut Tallies, key: u64, times: u32, expected: u64, is_added: bool) {
    let tally = tallies.entry(key).or_default();
    let sessions = u32::from(times > 0);
    if is_added {
        tally.sessions += sessions;
        tally.times += times;
        tally.expected += expected;
    } else {
        tally.sessions -= sessions;
        tally.times -= times;
        tally.expected -= expected;
        if *tally == Tally::default() {
            tallies.remove(&key);
        }
    }
}

/// Counts each step, for each start once each step within its window, and what to
/// expect of these.
fn count_steps(tallies: &mut Tallies, digest: &Digest, is_added: bool) {
    let steps = &digest.steps;
    let mut classes = Vec::new();
    for step in steps {
        insert(&mut classes, (*step).into());
    }
    let width = classes.len();
    let places: Vec<usize> = steps
        .iter()
        .map(|step| classes.binary_search(&(*step).into()).unwrap_or(0))
        .collect();
    let mut counts = vec![0_u64; width];
    let mut times = vec![0_u32; width * width];
    for (position, first) in places.iter().enumerate() {
        counts[*first] += 1;
        let after = &places[position + 1..places.len().min(position + 1 + WINDOW)];
        for (distance, second) in after.iter().enumerate() {
            if second != first && !after[..distance].contains(second) {
                times[first * width + second] += 1;
            }
        }
    }
    for first in 0..width {
        let key = Of::Step.key(classes[first], 0);
        change(tallies, key, counts[first] as u32, 0, is_added);
        for second in 0..width {
            let times = times[first * width + second];
            let expected = expected(counts[first], counts[second], steps.len() as u64);
            if first != second && (times, expected) != (0, 0) {
                let key = Of::Pair.key(classes[first], classes[second]);
                change(tallies, key, times, expected, is_added);
            }
        }
    }
}

/// Starts of a step, of `first` many, that one of `second` many others would
/// follow in the window by chance among `all` steps: `first · (1 − (1 − second /
/// all)³)`, in whole units, so that what is added can be taken away.
fn expected(first: u64, second: u64, all: u64) -> u64 {
    let rest = all - second;
    // With at most 2,000 steps every product stays far below 2⁶⁴.
    let hits = (all * all * all - rest * rest * rest) * EXPECTED_UNIT;
    first * (hits / (all * all)) / all
}
