//! The hybrid logical clock, which orders edits.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::log::name::{WRITER_LENGTH, is_base32};
use crate::log::time::UnixMillis;

/// A reading of the hybrid logical clock: `<milliseconds>-<counter>-<writer>`
/// with 12 and 4 hexadecimal digits, so that text order is clock order.
///
/// After "Logical Physical Clocks and Consistent Snapshots in Globally
/// Distributed Databases" (Kulkarni et al., 2014). It orders edits of one
/// entity and nothing else: no rule about durability or deletion uses it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Stamp {
    /// Logical time in Unix milliseconds.
    pub millis: u64,
    /// Position among readings of the same millisecond.
    pub counter: u16,
    /// Who read the clock: 8 characters of base32.
    pub writer: String,
}

/// The last millisecond that a clock gives: behind it stamps have no room to grow.
const MAX_STAMP_MILLIS: u64 = UnixMillis::MAX.0 as u64;

/// No wipe reaches further, which is the beginning of the year 2200: whoever has read
/// one stamps behind it, so there must be room for long.
const MAX_WIPE_MILLIS: u64 = 7_258_118_400_000;

impl Stamp {
    /// Bytes of a stamp as text.
    pub const TEXT_LENGTH: usize = 26;

    /// Whether no clock can have given it: what comes after it could not be stamped.
    ///
    /// The limit is the same for every reader, whatever its own clock says, so that all
    /// take the same records.
    #[must_use]
    pub fn is_impossible(&self) -> bool {
        self.millis > MAX_STAMP_MILLIS
    }

    /// Whether nothing may end up to this moment at once.
    #[must_use]
    pub fn is_beyond_wipes(&self) -> bool {
        self.millis >= MAX_WIPE_MILLIS
    }

    /// The first stamp of a writer behind this one, if there is room for one.
    pub(crate) fn next(&self, writer: &str) -> Option<Self> {
        let (millis, counter) = match self.counter.checked_add(1) {
            Some(counter) => (self.millis, counter),
            None => (self.millis + 1, 0),
        };
        let next = Self {
            millis,
            counter,
            writer: writer.to_owned(),
        };
        (!next.is_impossible()).then_some(next)
    }

    /// The stamp that is so much later.
    pub(crate) fn plus(&self, millis: u64) -> Self {
        Self {
            millis: self.millis.saturating_add(millis),
            ..self.clone()
        }
    }
}

impl fmt::Display for Stamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{:012x}-{:04x}-{}",
            self.millis, self.counter, self.writer
        )
    }
}

/// A text that is not a [`Stamp`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not a clock reading: expected 12 and 4 hexadecimal digits and a writer")]
pub struct NotAStamp;

impl FromStr for Stamp {
    type Err = NotAStamp;

    fn from_str(text: &str) -> Result<Self, NotAStamp> {
        let mut parts = text.split('-');
        let (Some(millis), Some(counter), Some(writer), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotAStamp);
        };
        let is_hex = |part: &str, length| {
            part.len() == length && part.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'))
        };
        if !is_hex(millis, 12) || !is_hex(counter, 4) {
            return Err(NotAStamp);
        }
        if writer.len() != WRITER_LENGTH || !is_base32(writer) {
            return Err(NotAStamp);
        }
        Ok(Self {
            millis: u64::from_str_radix(millis, 16).map_err(|_| NotAStamp)?,
            counter: u16::from_str_radix(counter, 16).map_err(|_| NotAStamp)?,
            writer: writer.to_owned(),
        })
    }
}

impl Serialize for Stamp {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Stamp {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

/// One writer's hybrid logical clock.
#[derive(Debug)]
pub struct Clock {
    writer: String,
    millis: u64,
    counter: u16,
}

/// A reading further ahead of the wall clock than this is not followed, so that
/// one machine with a wrong date cannot drag every other one along.
const MAX_LEAD_MILLIS: u64 = 24 * 60 * 60 * 1000;

impl Clock {
    /// A clock for `writer` that has read nothing yet.
    #[must_use]
    pub fn new(writer: String) -> Self {
        Self {
            writer,
            millis: 0,
            counter: 0,
        }
    }

    /// The next reading; each is greater than the one before, whatever `now` does.
    pub fn read(&mut self, now: UnixMillis) -> Stamp {
        let wall = u64::try_from(now.0).unwrap_or(0).min(MAX_STAMP_MILLIS);
        if wall > self.millis {
            self.millis = wall;
            self.counter = 0;
        } else if self.counter == u16::MAX && self.millis < MAX_STAMP_MILLIS {
            self.millis += 1;
            self.counter = 0;
        } else {
            self.counter = self.counter.saturating_add(1);
        }
        Stamp {
            millis: self.millis,
            counter: self.counter,
            writer: self.writer.clone(),
        }
    }

    /// Whether a reading is later than any that this clock has given or gives next.
    pub(crate) fn is_behind(&self, stamp: &Stamp, now: UnixMillis) -> bool {
        let wall = u64::try_from(now.0).unwrap_or(0);
        stamp.millis > wall.max(self.millis)
    }

    /// Takes note of somebody's reading, so that ours come after it.
    pub fn observe(&mut self, stamp: &Stamp, now: UnixMillis) {
        let wall = u64::try_from(now.0).unwrap_or(0);
        if stamp.millis <= wall.saturating_add(MAX_LEAD_MILLIS) {
            self.follow(stamp);
        }
    }

    /// Takes note of a reading however far ahead it is: of the end of a wipe,
    /// which would otherwise end what is remembered after it.
    pub fn follow(&mut self, stamp: &Stamp) {
        if (stamp.millis, stamp.counter) > (self.millis, self.counter) {
            self.millis = stamp.millis;
            self.counter = stamp.counter;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn clock() -> Clock {
        Clock::new("k3v9x0ab".to_owned())
    }

    #[test]
    fn readings_grow_when_the_wall_clock_does_not() {
        let mut clock = clock();
        let readings: Vec<Stamp> = [5, 5, 3, 9, 9]
            .map(|now| clock.read(UnixMillis(now)))
            .into();
        assert!(readings.windows(2).all(|pair| pair[0] < pair[1]));
        assert!(
            readings
                .windows(2)
                .all(|pair| pair[0].to_string() < pair[1].to_string())
        );
    }

    #[test]
    fn a_full_counter_moves_to_the_next_millisecond() {
        let mut clock = clock();
        for _ in 0..=u16::MAX {
            clock.read(UnixMillis(7));
        }
        let next = clock.read(UnixMillis(7));
        assert_eq!((next.millis, next.counter), (8, 0));
    }

    #[test]
    fn a_reading_far_ahead_is_not_followed() {
        let mut clock = clock();
        let now = UnixMillis(1_000);
        let stamp = |millis| Stamp {
            millis,
            counter: 0,
            writer: "aaaaaaaa".to_owned(),
        };
        clock.observe(&stamp(2_000), now);
        assert_eq!(clock.read(now).millis, 2_000);
        clock.observe(&stamp(MAX_LEAD_MILLIS * 3), now);
        assert_eq!(clock.read(now).millis, 2_000);
    }

    #[test]
    fn a_wipe_is_followed_however_far_ahead() {
        let mut clock = clock();
        let ahead = Stamp {
            millis: MAX_WIPE_MILLIS - 1,
            counter: u16::MAX - 1,
            writer: "aaaaaaaa".to_owned(),
        };
        clock.follow(&ahead);
        for _ in 0..3 {
            let stamp = clock.read(UnixMillis(1_000));
            assert!(stamp > ahead && !stamp.is_impossible());
            assert_eq!(stamp.to_string().parse(), Ok(stamp));
        }
    }

    #[test]
    fn a_stamp_survives_its_text() {
        let stamp = clock().read(UnixMillis(1_760_000_000_000));
        assert_eq!(stamp.to_string().parse(), Ok(stamp));
        for wrong in [
            "",
            "1-2-3",
            "0199f3000000-0002-k3v9x0a!",
            "019AF3000000-0002-k3v9x0ab",
        ] {
            assert_eq!(wrong.parse::<Stamp>(), Err(NotAStamp), "{wrong}");
        }
    }
}
