//! When a moment has passed for sure.
//!
//! What is over is left out of answers as soon as somebody asks, as of the moment that
//! the host tells, and is back when that was wrong. Only what is certain may end
//! something for good: no question is asked for it, but the clock that the host reads
//! while it keeps the files in order, and that must have said so again and again for
//! ten minutes without having been set back. A jump ahead, as after a computer's sleep
//! or by a wrong date, counts as one minute however far it went.
//!
//! Then ordinary tombstones end it. So what is dead never depends on a clock, but on
//! records alone, in every window and in any order of files.

use crate::log::time::UnixMillis;

/// How long a clock must have agreed with itself.
const STEADY_MILLIS: i64 = 10 * 60 * 1_000;
/// What a step between two readings counts for at most.
const STEP_MILLIS: i64 = 60 * 1_000;

/// Readings of the host's clock.
#[derive(Debug, Default)]
pub(super) struct SteadyClock {
    last: Option<UnixMillis>,
    /// The reading at which this run began.
    since: UnixMillis,
    /// How much time the run is known to have taken.
    steady_millis: i64,
}

impl SteadyClock {
    /// Takes a reading; now and then gives a moment that has passed for sure.
    pub(super) fn read(&mut self, now: UnixMillis) -> Option<UnixMillis> {
        let step = self.last.map(|last| now.0.saturating_sub(last.0));
        self.last = Some(now);
        match step {
            Some(step) if step >= 0 => self.steady_millis += step.min(STEP_MILLIS),
            _ => {
                self.since = now;
                self.steady_millis = 0;
            }
        }
        if self.steady_millis < STEADY_MILLIS {
            return None;
        }
        let passed = self.since;
        self.since = now;
        self.steady_millis = 0;
        Some(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MINUTE: i64 = 60_000;

    fn read(readings: impl IntoIterator<Item = i64>) -> Option<i64> {
        let mut clock = SteadyClock::default();
        let passed = readings
            .into_iter()
            .filter_map(|now| clock.read(UnixMillis(now)));
        passed.map(|passed| passed.0).max()
    }

    #[test]
    fn a_moment_has_passed_once_a_clock_has_said_so_for_ten_minutes() {
        assert_eq!(read((0..10).map(|n| n * MINUTE)), None);
        assert_eq!(read((0..=10).map(|n| n * MINUTE)), Some(0));
        assert_eq!(read((0..=600).map(|n| n * 1_000)), Some(0));
        assert_eq!(read((0..=20).map(|n| n * MINUTE)), Some(10 * MINUTE));
    }

    #[test]
    fn a_clock_that_was_wrong_for_a_while_has_passed_nothing() {
        const FAR: i64 = 4_000_000_000_000;
        for wrong in [1, 2, 9] {
            let wrong = (0..wrong).map(|n| FAR + n * MINUTE);
            let right = (0..30).map(|n| n * MINUTE);
            let passed = read((0..5).map(|n| n * MINUTE).chain(wrong).chain(right));
            assert_eq!(passed, Some(10 * MINUTE));
        }
        // However far apart the wrong readings are.
        assert_eq!(read([0, FAR, FAR * 2, FAR * 3, i64::MAX, MINUTE]), None);
        assert_eq!(read([i64::MAX, i64::MIN, i64::MAX, 0]), None);
    }
}
