//! The user's time: when their days begin.

use crate::log::time::UnixMillis;

const DAY: i64 = 86_400_000;
const MINUTE: i64 = 60_000;

/// How far local time is ahead of UTC, from when on. What tells it is the host, since
/// the rules of zones change more often than this module.
///
/// ```
/// # use recollect_core::{UnixMillis, Zone};
/// let zone = Zone::new([(UnixMillis(0), 60), (UnixMillis(1_774_746_000_000), 120)]);
/// // The day on which summer time begins has 23 hours.
/// let day = zone.day_of(UnixMillis(1_774_746_000_000));
/// assert_eq!(zone.moment((day + 1) * 86_400_000).0 - zone.moment(day * 86_400_000).0, 23 * 3_600_000);
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Zone {
    /// From when, and how many milliseconds ahead; in order. The first holds before, too.
    changes: Vec<(i64, i64)>,
}

impl Zone {
    /// Local time is so many minutes ahead of UTC from each of these moments on; that of
    /// the earliest holds before it as well. Without any, local time is UTC.
    pub fn new(changes: impl IntoIterator<Item = (UnixMillis, i32)>) -> Self {
        // No place on earth is more than a day ahead or behind.
        let ahead = |minutes: i32| (i64::from(minutes) * MINUTE).clamp(-DAY, DAY);
        let mut zone = Self::default();
        for (from, minutes) in changes {
            let change = (from.0, ahead(minutes));
            let place = zone.changes.partition_point(|(at, _)| *at <= from.0);
            zone.changes.insert(place, change);
        }
        zone
    }

    /// Local time that is UTC.
    #[must_use]
    pub fn utc() -> &'static Self {
        static UTC: Zone = Zone {
            changes: Vec::new(),
        };
        &UTC
    }

    /// Milliseconds that local time is ahead of UTC.
    #[must_use]
    pub fn ahead(&self, at: UnixMillis) -> i64 {
        let behind = self.changes.partition_point(|(from, _)| *from <= at.0);
        self.changes
            .get(behind.saturating_sub(1))
            .map_or(0, |(_, ahead)| *ahead)
    }

    /// Milliseconds of local time since the beginning of 1970 in local time.
    #[must_use]
    pub fn local(&self, at: UnixMillis) -> i64 {
        at.0.saturating_add(self.ahead(at))
    }

    /// Days from 1970-01-01 to the local date.
    #[must_use]
    pub fn day_of(&self, at: UnixMillis) -> i64 {
        self.local(at).div_euclid(DAY)
    }

    /// The local date, as in `2026-11-02`.
    #[must_use]
    pub fn date(&self, at: UnixMillis) -> String {
        UnixMillis(self.local(at)).to_string()
    }

    /// The moment at which clocks show a local time: the first, where they show it twice;
    /// where they pass over it, the moment at which they do.
    #[must_use]
    pub fn moment(&self, local: i64) -> UnixMillis {
        let near = |distance| self.ahead(UnixMillis(local.saturating_add(distance)));
        let (before, after) = (near(-2 * DAY), near(2 * DAY));
        let (first, second) = (before.max(after), before.min(after));
        for ahead in [first, second] {
            let at = UnixMillis(local.saturating_sub(ahead));
            if self.ahead(at) == ahead {
                return at;
            }
        }
        let earliest = local.saturating_sub(first);
        let place = self.changes.partition_point(|(from, _)| *from <= earliest);
        let passed = self.changes.get(place).map_or(earliest, |(from, _)| *from);
        UnixMillis(passed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const HOUR: i64 = 3_600_000;
    /// 2026-03-29T01:00:00Z and 2026-10-25T01:00:00Z, when Berlin changes its clocks.
    const SPRING: i64 = 1_774_746_000_000;
    const AUTUMN: i64 = 1_792_890_000_000;

    fn berlin() -> Zone {
        Zone::new([
            (UnixMillis(AUTUMN), 60),
            (UnixMillis(0), 60),
            (UnixMillis(SPRING), 120),
        ])
    }

    #[test]
    fn days_begin_at_local_midnight() {
        let zone = berlin();
        for (at, date, length) in [
            (SPRING - 1, "2026-03-29", 23),
            (SPRING - 2 * HOUR, "2026-03-29", 23),
            (SPRING - 2 * HOUR - 1, "2026-03-28", 24),
            (AUTUMN, "2026-10-25", 25),
            (AUTUMN - 3 * HOUR, "2026-10-25", 25),
            (AUTUMN - 3 * HOUR - 1, "2026-10-24", 24),
            (AUTUMN + 22 * HOUR - 1, "2026-10-25", 25),
            (AUTUMN + 22 * HOUR, "2026-10-26", 24),
        ] {
            assert_eq!(zone.date(UnixMillis(at)), date);
            let day = zone.day_of(UnixMillis(at));
            let (from, to) = (zone.moment(day * DAY), zone.moment((day + 1) * DAY));
            assert!((from.0..to.0).contains(&at), "{date}");
            assert_eq!((to.0 - from.0) / HOUR, length, "{date}");
        }
    }

    #[test]
    fn a_time_that_is_shown_twice_or_never_has_one_moment() {
        let zone = berlin();
        let half_past_two =
            |at: i64| zone.local(UnixMillis(at)).div_euclid(DAY) * DAY + 5 * HOUR / 2;
        assert_eq!(zone.moment(half_past_two(SPRING)).0, SPRING);
        assert_eq!(zone.moment(half_past_two(AUTUMN)).0, AUTUMN - HOUR / 2);
        // Clocks that pass over midnight.
        let zone = Zone::new([(UnixMillis(0), 0), (UnixMillis(10 * DAY), 60)]);
        assert_eq!(zone.moment(10 * DAY).0, 10 * DAY);
        // A day that a place at the date line left out.
        let zone = Zone::new([
            (UnixMillis(0), -600),
            (UnixMillis(10 * DAY + 10 * HOUR), 840),
        ]);
        assert_eq!(zone.moment(10 * DAY).0, 10 * DAY + 10 * HOUR);
        assert_eq!(zone.moment(11 * DAY).0, 10 * DAY + 10 * HOUR);
    }

    #[test]
    fn without_rules_local_time_is_utc() {
        let zone = Zone::default();
        for at in [i64::MIN, -1, 0, 1_790_000_000_000, i64::MAX] {
            assert_eq!(zone.moment(zone.local(UnixMillis(at))).0, at);
        }
        let wild = Zone::new([
            (UnixMillis(i64::MAX), i32::MIN),
            (UnixMillis(i64::MIN), i32::MAX),
        ]);
        for at in [i64::MIN, 0, i64::MAX] {
            // It must not panic.
            let _ = wild.moment(wild.local(UnixMillis(at)));
        }
    }
}
