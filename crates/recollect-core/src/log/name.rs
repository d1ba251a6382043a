//! Names of segments: `<time>-<writer>-<counter>.seg`.
//!
//! | part | width | holds |
//! | --- | --- | --- |
//! | time | 10 | Unix milliseconds, Crockford base32, lower case |
//! | writer | 8 | 40 random bits, drawn once by each process |
//! | counter | 4 | how many segments this writer has named before |
//!
//! A name holds no user text and no upper case, so neither path traversal nor a
//! file system that folds case can confuse two of them.

use std::fmt;

use crate::log::time::UnixMillis;

/// Characters of the writer part.
pub const WRITER_LENGTH: usize = 8;
const TIME_LENGTH: usize = 10;
const COUNTER_LENGTH: usize = 4;
const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";

/// The name of a file in `seg/`, checked.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct SegmentName(String);

impl SegmentName {
    /// A name for the `counter`-th segment of `writer`.
    #[must_use]
    pub fn new(now: UnixMillis, writer: &str, counter: u32) -> Self {
        let millis = u64::try_from(now.0).unwrap_or(0);
        Self(format!(
            "{}-{writer}-{}.seg",
            base32(millis, TIME_LENGTH),
            base32(u64::from(counter), COUNTER_LENGTH),
        ))
    }

    /// `text` if it is the name of a segment: `^[0-9a-z]{10}-[0-9a-z]{8}-[0-9a-z]{4}\.seg$`.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let stem = text.strip_suffix(".seg")?;
        let mut parts = stem.split('-');
        for length in [TIME_LENGTH, WRITER_LENGTH, COUNTER_LENGTH] {
            let part = parts.next()?;
            if part.len() != length || !is_base32(part) {
                return None;
            }
        }
        parts.next().is_none().then(|| Self(text.to_owned()))
    }

    /// The time that stands in the name, Unix milliseconds.
    #[must_use]
    pub fn millis(&self) -> u64 {
        self.0.as_bytes()[..TIME_LENGTH]
            .iter()
            .fold(0, |millis, digit| {
                // A letter outside the alphabet can stand in somebody else's name.
                let value = ALPHABET.iter().position(|letter| letter == digit);
                (millis << 5) | value.unwrap_or(31) as u64
            })
    }

    /// The name as text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for SegmentName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The low `5 * length` bits of `value`, most significant first.
#[must_use]
pub fn base32(value: u64, length: usize) -> String {
    (0..length)
        .rev()
        .map(|position| {
            let shift = u32::try_from(position * 5).unwrap_or(u32::MAX);
            let digit = value.checked_shr(shift).unwrap_or(0) & 31;
            char::from(ALPHABET[digit as usize])
        })
        .collect()
}

/// Whether every character is a digit or a lower-case letter. Wider than the
/// alphabet written here, as the pattern of the layout is.
#[must_use]
pub fn is_base32(text: &str) -> bool {
    text.bytes()
        .all(|b| b.is_ascii_digit() || b.is_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_sort_by_time_then_counter() {
        let earlier = SegmentName::new(UnixMillis(1), "k3v9x0ab", 40);
        let later = SegmentName::new(UnixMillis(1 << 41), "k3v9x0ab", 0);
        let latest = SegmentName::new(UnixMillis(1 << 41), "k3v9x0ab", 33);
        assert!(earlier < later && later < latest);
        assert_eq!((earlier.millis(), latest.millis()), (1, 1 << 41));
        assert_eq!(latest.as_str().len(), 28);
    }

    #[test]
    fn only_names_of_the_layout_are_names() {
        let name = SegmentName::new(UnixMillis(1_760_000_000_000), "k3v9x0ab", 7);
        assert_eq!(SegmentName::parse(name.as_str()), Some(name));
        for wrong in [
            "",
            ".seg",
            "../../etc/passwd",
            "README.txt",
            "0000000000-k3v9x0ab-0000.tmp",
            "0000000000-K3V9X0AB-0000.seg",
            "0000000000-k3v9x0ab-0000-1.seg",
            "000000000/-k3v9x0ab-0000.seg",
            "00000000é-k3v9x0ab-0000.seg",
        ] {
            assert_eq!(SegmentName::parse(wrong), None, "{wrong}");
        }
    }
}
