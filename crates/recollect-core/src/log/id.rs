//! Identities: UUIDv7 from a time and random bits that the host provides.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Serialize};
use uuid::{Builder, Uuid};

use crate::log::time::UnixMillis;

/// Identity of a record: a UUIDv7.
///
/// Unique by its 74 random bits; the time part only makes ids sort by age.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RecordId(Uuid);

/// Names the summaries of all sessions, for [`RecordId::of_summary`].
const SUMMARY_NAMESPACE: Uuid = Uuid::from_u128(0x2b9e_64c7_1f0d_4c52_a3d8_91e5_7c46_0ab3);
/// Names the commands of all projects, for [`RecordId::of_command`].
const COMMAND_NAMESPACE: Uuid = Uuid::from_u128(0x9d27_40cb_6e15_4f83_b1a6_0c5e_d238_71f4);
/// Names the commits of all projects, for [`RecordId::of_commit`].
const COMMIT_NAMESPACE: Uuid = Uuid::from_u128(0x6f1d_2b53_9c1e_4d0a_8f6e_3b72_5a90_c4d1);

impl RecordId {
    /// A fresh id. `random` must differ for each call.
    #[must_use]
    pub fn new(at: UnixMillis, random: &[u8; 10]) -> Self {
        let millis = u64::try_from(at.0).unwrap_or(0);
        Self(Builder::from_unix_timestamp_millis(millis, random).into_uuid())
    }

    /// The id of the observation made from a commit, the same whenever and
    /// wherever it is learned, so that learning twice adds nothing.
    #[must_use]
    pub fn of_commit(at: UnixMillis, project_id: &str, hash: &str) -> Self {
        Self::named(at, &COMMIT_NAMESPACE, &format!("{project_id}\n{hash}"))
    }

    /// The id of the summary of a session that began then, the same for each version
    /// of it, so that a later version takes the place of an earlier one. `number`
    /// tells summaries of one session apart, from 0.
    #[must_use]
    pub fn of_summary(began_at: UnixMillis, session: &str, number: u32) -> Self {
        let name = format!("{number}\n{session}");
        Self::named(began_at, &SUMMARY_NAMESPACE, &name)
    }

    /// The id of a command that worked in a folder of a project, the same each time
    /// and in every window, so that a later run takes the place of an earlier one.
    ///
    /// The time in it tells nothing: it differs by command, so that a few digits
    /// tell two of them apart, and lies before any memory.
    #[must_use]
    pub fn of_command(project_id: &str, folder: &str, line: &str) -> Self {
        let name = format!("{project_id}\n{folder}\n{line}");
        let named = Uuid::new_v5(&COMMAND_NAMESPACE, name.as_bytes());
        let [a, b, c, d, e, ..] = *named.as_bytes();
        let at = i64::from_be_bytes([0, 0, 0, a, b, c, d, e]);
        Self::named(UnixMillis(at), &COMMAND_NAMESPACE, &name)
    }

    fn named(at: UnixMillis, namespace: &Uuid, name: &str) -> Self {
        let named = Uuid::new_v5(namespace, name.as_bytes());
        let mut random = [0; 10];
        random.copy_from_slice(&named.as_bytes()[..10]);
        Self::new(at, &random)
    }

    /// When it was made, as the id tells.
    #[must_use]
    pub fn made_at(self) -> UnixMillis {
        let [a, b, c, d, e, f, ..] = *self.as_bytes();
        let millis = u64::from_be_bytes([0, 0, a, b, c, d, e, f]);
        UnixMillis(i64::try_from(millis).unwrap_or(UnixMillis::MAX.0))
    }

    /// The 16 bytes, as the index keeps them.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 16] {
        self.0.as_bytes()
    }

    /// How many hexadecimal digits two ids have in common at their beginnings.
    pub(crate) fn shared_digits(&self, other: Self) -> usize {
        let differing = self.0.as_u128() ^ other.0.as_u128();
        differing.leading_zeros() as usize / DIGIT_BITS
    }

    /// The first of the id's hexadecimal digits, as it is written.
    pub(crate) fn beginning(&self, digits: usize) -> String {
        let mut written = String::new();
        let mut left = digits;
        for character in self.to_string().chars() {
            if left == 0 {
                break;
            }
            left -= usize::from(character != '-');
            written.push(character);
        }
        written
    }

    /// The id whose bytes these are.
    #[must_use]
    pub fn from_bytes(bytes: [u8; 16]) -> Self {
        Self(Uuid::from_bytes(bytes))
    }
}

impl fmt::Display for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.as_hyphenated().fmt(f)
    }
}

impl fmt::Debug for RecordId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Digits that a short form of an id has at least.
pub(crate) const MIN_DIGITS: usize = 8;
const DIGITS: usize = 32;
const DIGIT_BITS: usize = 4;

/// The first digits of an id, at least eight of them, with or without its hyphens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct IdBeginning {
    /// The digits, and zeros behind them.
    bits: u128,
    digits: usize,
}

impl IdBeginning {
    /// The least id that begins so.
    pub(crate) fn first(&self) -> RecordId {
        RecordId(Uuid::from_u128(self.bits))
    }

    /// Whether an id begins so.
    pub(crate) fn is_of(&self, id: RecordId) -> bool {
        id.shared_digits(self.first()) >= self.digits
    }
}

impl FromStr for IdBeginning {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        let mut bits: u128 = 0;
        let mut digits = 0;
        for (place, character) in text.chars().enumerate() {
            if character == '-' && matches!(place, 8 | 13 | 18 | 23) {
                continue;
            }
            let digit = character.to_digit(16).ok_or(NotAnId)?;
            if digits == DIGITS {
                return Err(NotAnId);
            }
            digits += 1;
            bits |= u128::from(digit) << (DIGIT_BITS * (DIGITS - digits));
        }
        match digits {
            0..MIN_DIGITS => Err(NotAnId),
            _ => Ok(Self { bits, digits }),
        }
    }
}

/// A text that is not a [`RecordId`].
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an id: expected a UUID, or at least the first 8 of its digits")]
pub struct NotAnId;

impl FromStr for RecordId {
    type Err = NotAnId;

    fn from_str(text: &str) -> Result<Self, NotAnId> {
        if text.len() != 36 {
            return Err(NotAnId);
        }
        Uuid::try_parse(text).map(Self).map_err(|_| NotAnId)
    }
}

impl Serialize for RecordId {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for RecordId {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = std::borrow::Cow::<str>::deserialize(deserializer)?;
        text.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_sort_by_time_and_are_version_7() {
        let earlier = RecordId::new(UnixMillis(1_000), &[255; 10]);
        let later = RecordId::new(UnixMillis(1_001), &[0; 10]);
        assert!(earlier < later);
        assert_eq!(earlier.0.get_version_num(), 7);
        assert_eq!(earlier.to_string().parse(), Ok(earlier));
    }

    #[test]
    fn a_commit_has_one_id_in_each_project() {
        let at = UnixMillis(1_760_000_000_000);
        let id = RecordId::of_commit(at, "example.org/a", "c0ffee");
        assert_eq!(id, RecordId::of_commit(at, "example.org/a", "c0ffee"));
        assert_ne!(id, RecordId::of_commit(at, "example.org/b", "c0ffee"));
        assert_ne!(id, RecordId::of_commit(at, "example.org/a", "c0ffed"));
    }

    #[test]
    fn ids_are_told_by_their_first_digits() {
        let id: RecordId = "0199f300-1234-7abc-8000-0000000000ff".parse().unwrap();
        for beginning in [
            "0199f300",
            "0199f300-",
            "0199f3001",
            "0199F300-1234-7a",
            "0199f30012347abc80000000000000ff",
            "0199f300-1234-7abc-8000-0000000000ff",
        ] {
            let beginning: IdBeginning = beginning.parse().expect(beginning);
            assert!(beginning.is_of(id), "{beginning:?}");
            assert!(beginning.first() <= id);
        }
        assert!(!"0199f300-1235".parse::<IdBeginning>().unwrap().is_of(id));
        for wrong in [
            "",
            "0199f30",
            "0199-f300",
            "0199f300-zzzz",
            "m1",
            "\u{e9}99f30012",
        ] {
            assert_eq!(wrong.parse::<IdBeginning>(), Err(NotAnId), "{wrong}");
        }
        let long = format!("{id}0");
        assert_eq!(long.parse::<IdBeginning>(), Err(NotAnId));
        assert_eq!(id.beginning(8), "0199f300");
        assert_eq!(id.beginning(9), "0199f300-1");
        assert_eq!(id.beginning(33), id.to_string());
    }

    #[test]
    fn the_summary_of_a_session_has_one_id() {
        let at = UnixMillis(1_760_000_000_000);
        let id = RecordId::of_summary(at, "s", 0);
        assert_eq!(id, RecordId::of_summary(at, "s", 0));
        assert_eq!(id.made_at(), at);
        let others = [
            RecordId::of_summary(at, "s", 1),
            RecordId::of_summary(at, "t", 0),
            RecordId::of_summary(UnixMillis(at.0 + 1), "s", 0),
        ];
        assert!(!others.contains(&id));
    }

    #[test]
    fn other_texts_are_no_ids() {
        for wrong in [
            "",
            "m1",
            "0199f3000000",
            "{0199f300-0000-7000-8000-000000000000}",
        ] {
            assert_eq!(wrong.parse::<RecordId>(), Err(NotAnId), "{wrong}");
        }
    }
}
