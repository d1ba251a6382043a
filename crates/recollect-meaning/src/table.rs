//! The table of pieces of words and their vectors, as it lies in its file.
//!
//! All numbers are little-endian:
//!
//! | bytes | what |
//! | --- | --- |
//! | 8 | `RCLMEAN` and a zero |
//! | 2 | version, 1 |
//! | 2 | dimensions, 256 |
//! | 2 | values that share a scale, 32 |
//! | 2 | zero |
//! | 4 | number of pieces, n |
//! | 4 | bytes of the vocabulary, v |
//! | v | the pieces in ASCII, the most frequent first, a line feed between two; one that only goes on with a word begins with `##` |
//! | 8 n | codes of the scales: code c is 2 to the power of (c − 200) / 16 |
//! | 128 n | values plus 8, of 4 bits; of each group of 32 the first half in the low halves of 16 bytes, the second in the high ones |
//! | 4 | CRC-32 of all before |
//!
//! A vector holds the weight of its piece: the rarer, the longer. So what a text means is
//! the sum of its pieces' vectors.

use crate::lanes::dot_halves;
use crate::vector::{DIMS, Vector, length};

/// Values that share a scale.
const GROUP: usize = 32;
const GROUPS: usize = DIMS / GROUP;
const PIECE_BYTES: usize = DIMS / 2;
const HEAD_BYTES: usize = 24;
const CRC_BYTES: usize = 4;
const MAGIC: &[u8; 8] = b"RCLMEAN\0";
const VERSION: u16 = 1;

/// More pieces than any vocabulary has; keeps sums of sizes far from their limits.
const MAX_PIECES: usize = 1 << 20;

/// Code of the scale 1.
const SCALE_ONE: i32 = 200;
/// Codes from one power of two to the next.
const SCALE_STEPS: i32 = 16;

/// Marks a piece that only goes on with a word.
const GOES_ON: &str = "##";

/// An empty place of the hash table.
const NONE: u32 = u32::MAX;

/// Why bytes are no [`Table`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum ReadError {
    /// The file is of another kind.
    #[error("not a table of meanings")]
    Foreign,
    /// The file was made for a newer version of the extension.
    #[error("version {found} of the table, expected {VERSION}")]
    Version {
        /// Version in the file.
        found: u16,
    },
    /// The file was cut short or changed.
    #[error("the table is damaged")]
    Damaged,
}

/// Vectors of pieces of words.
pub struct Table {
    /// The whole file.
    bytes: Vec<u8>,
    /// Where in the file each piece begins, and after the last one where the next would.
    starts: Vec<u32>,
    /// Numbers of pieces by the hash of their text, each at the first free place behind it.
    places: Vec<u32>,
    /// Length of each piece's vector.
    lengths: Vec<f32>,
    /// Scale of each code.
    scales: [f32; 256],
    longest: usize,
    codes_at: usize,
    values_at: usize,
}

impl std::fmt::Debug for Table {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Table")
            .field("pieces", &self.len())
            .finish_non_exhaustive()
    }
}

impl Table {
    /// What tells this table from any other: the checksum of its bytes.
    #[must_use]
    pub fn checksum(&self) -> u32 {
        let at = self.bytes.len().saturating_sub(CRC_BYTES);
        u32_at(&self.bytes, at).unwrap_or_default()
    }

    /// Takes the bytes of a file, which stay in memory as they are.
    ///
    /// # Errors
    ///
    /// Where they are no whole table of this version.
    pub fn read(bytes: Vec<u8>) -> Result<Self, ReadError> {
        if bytes.get(..8) != Some(MAGIC) {
            return Err(ReadError::Foreign);
        }
        let version = u16_at(&bytes, 8).ok_or(ReadError::Damaged)?;
        if version != VERSION {
            return Err(ReadError::Version { found: version });
        }
        let (codes_at, values_at, count) = layout(&bytes).ok_or(ReadError::Damaged)?;
        let starts = starts(&bytes, codes_at);
        let is_whole = starts.len() == count + 1
            && starts.is_sorted_by(|a, b| a + 1 < *b)
            && bytes
                .get(HEAD_BYTES..codes_at)
                .is_some_and(<[u8]>::is_ascii);
        if !is_whole {
            return Err(ReadError::Damaged);
        }
        let mut table = Self {
            bytes,
            starts,
            places: vec![NONE; (count * 2).next_power_of_two()],
            lengths: Vec::with_capacity(count),
            scales: std::array::from_fn(|code| scale(code as i32)),
            longest: 0,
            codes_at,
            values_at,
        };
        for id in 0..count as u32 {
            table.enter(id);
        }
        Ok(table)
    }

    /// How many pieces the table holds. Their numbers, the ids, count from 0, the most
    /// frequent piece first.
    #[must_use]
    pub fn len(&self) -> usize {
        self.lengths.len()
    }

    /// Whether the table holds no piece.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lengths.is_empty()
    }

    /// The text of a piece, with `##` before it where it only goes on with a word; empty
    /// for an id that the table does not have.
    #[must_use]
    pub fn piece(&self, id: u32) -> &str {
        let Some([start, next, ..]) = self.starts.get(id as usize..) else {
            return "";
        };
        let text = self.bytes.get(*start as usize..*next as usize - 1);
        std::str::from_utf8(text.unwrap_or_default()).unwrap_or_default()
    }

    /// How much a piece counts in what a text means; near 0 for words such as `the`.
    #[must_use]
    pub fn weight(&self, id: u32) -> f32 {
        self.lengths.get(id as usize).copied().unwrap_or(0.0)
    }

    /// Whether a piece only goes on with a word.
    pub(crate) fn goes_on(&self, id: u32) -> bool {
        let start = self.starts.get(id as usize);
        let bytes = start.and_then(|start| self.bytes.get(*start as usize..));
        bytes.is_some_and(|bytes| bytes.starts_with(GOES_ON.as_bytes()))
    }

    /// Bytes of the longest piece.
    pub(crate) fn longest(&self) -> usize {
        self.longest
    }

    /// The piece with a text, either as a word's beginning or as what goes on with one.
    pub(crate) fn find(&self, text: &str, goes_on: bool) -> Option<u32> {
        let mut place = self.place(text, goes_on);
        loop {
            let id = *self.places.get(place)?;
            if id == NONE {
                return None;
            }
            let piece = self.piece(id);
            let found = match piece.strip_prefix(GOES_ON) {
                Some(rest) => goes_on && rest == text,
                None => !goes_on && piece == text,
            };
            if found {
                return Some(id);
            }
            place = (place + 1) & (self.places.len() - 1);
        }
    }

    /// Adds a piece's vector to a sum.
    pub(crate) fn add(&self, id: u32, sum: &mut [f32; DIMS]) {
        let (scales, values) = self.vector(id);
        for ((sum, scale), values) in sum.chunks_exact_mut(GROUP).zip(scales).zip(values) {
            let (first, second) = sum.split_at_mut(GROUP / 2);
            for ((first, second), byte) in first.iter_mut().zip(second).zip(values) {
                *first += scale * low(*byte) as f32;
                *second += scale * high(*byte) as f32;
            }
        }
    }

    /// The product of a piece's vector and another one.
    pub(crate) fn dot(&self, id: u32, other: &Vector) -> f32 {
        let (scales, values) = self.vector(id);
        let groups: &[[i8; GROUP]] = other.0.as_chunks().0;
        let each = groups.iter().zip(scales).zip(values);
        each.map(|((other, scale), values)| scale * dot_halves(values, other) as f32)
            .sum()
    }

    /// The scales of a piece's groups and their values; zeros for an id that the table
    /// does not have.
    fn vector(&self, id: u32) -> ([f32; GROUPS], &[[u8; GROUP / 2]]) {
        let (codes, values) = self.bytes.split_at(self.values_at);
        let codes: &[[u8; GROUPS]] = codes[self.codes_at..].as_chunks().0;
        let values: &[[u8; PIECE_BYTES]] = values.as_chunks().0;
        match (codes.get(id as usize), values.get(id as usize)) {
            (Some(codes), Some(values)) => {
                let scales = codes.map(|code| self.scales[usize::from(code)]);
                (scales, values.as_chunks().0)
            }
            _ => ([0.0; GROUPS], &[]),
        }
    }

    /// Takes a piece into what is looked up.
    fn enter(&mut self, id: u32) {
        let mut vector = [0.0; DIMS];
        self.add(id, &mut vector);
        self.lengths.push(length(&vector));
        let piece = self.piece(id);
        let (text, goes_on) = match piece.strip_prefix(GOES_ON) {
            Some(rest) => (rest, true),
            None => (piece, false),
        };
        let size = text.len();
        let mut place = self.place(text, goes_on);
        // At least half of the places are free.
        while self.places[place] != NONE {
            place = (place + 1) & (self.places.len() - 1);
        }
        self.longest = self.longest.max(size);
        self.places[place] = id;
    }

    /// Where a piece stands among the places, or behind it: FNV-1a.
    fn place(&self, text: &str, goes_on: bool) -> usize {
        let start = 0x811C_9DC5 ^ u32::from(goes_on);
        let hash = text.bytes().fold(start, |hash, byte| {
            (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193)
        });
        (hash ^ hash >> 15) as usize & (self.places.len() - 1)
    }
}

/// The value in the low half of a byte.
fn low(byte: u8) -> i8 {
    (byte & 15) as i8 - 8
}

/// The value in the high half of a byte.
fn high(byte: u8) -> i8 {
    (byte >> 4) as i8 - 8
}

/// The scale of a code, by multiplication alone: the same on every machine.
fn scale(code: i32) -> f32 {
    let steps = code - SCALE_ONE;
    let mut scale = 1.0;
    for _ in 0..steps.rem_euclid(SCALE_STEPS) {
        scale *= 1.044_273_782_427_413_8; // the sixteenth root of 2
    }
    for _ in steps.div_euclid(SCALE_STEPS)..0 {
        scale *= 0.5;
    }
    for _ in 0..steps.div_euclid(SCALE_STEPS) {
        scale *= 2.0;
    }
    scale as f32
}

/// Where codes and values begin, and how many pieces there are, if the file is whole.
fn layout(bytes: &[u8]) -> Option<(usize, usize, usize)> {
    let is_known = u16_at(bytes, 10)? as usize == DIMS && u16_at(bytes, 12)? as usize == GROUP;
    let count = u32_at(bytes, 16)? as usize;
    let codes_at = (u32_at(bytes, 20)? as usize).checked_add(HEAD_BYTES)?;
    if !is_known || count > MAX_PIECES {
        return None;
    }
    let values_at = codes_at.checked_add(count * GROUPS)?;
    let crc_at = values_at.checked_add(count * PIECE_BYTES)?;
    let is_whole = bytes.len() == crc_at.checked_add(CRC_BYTES)?
        && u32_at(bytes, crc_at)? == crc32fast::hash(bytes.get(..crc_at)?);
    is_whole.then_some((codes_at, values_at, count))
}

/// Where each piece of the vocabulary begins, and where one after the last would.
fn starts(bytes: &[u8], end: usize) -> Vec<u32> {
    let mut starts = Vec::new();
    if end > HEAD_BYTES {
        starts.push(HEAD_BYTES as u32);
        let vocabulary = bytes.iter().enumerate().take(end).skip(HEAD_BYTES);
        let ends = vocabulary.filter(|(_, byte)| **byte == b'\n');
        starts.extend(ends.map(|(at, _)| at as u32 + 1));
    }
    starts.push(end as u32 + 1);
    starts
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..)?.first_chunk()?;
    Some(u16::from_le_bytes(*two))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..)?.first_chunk()?;
    Some(u32::from_le_bytes(*four))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::small::{bytes, seal};

    fn small() -> Vec<u8> {
        bytes(&["to", "##ken", "ken"], |piece, dim| {
            ((piece + dim) % 16) as i8 - 8
        })
    }

    #[track_caller]
    fn check(bytes: Vec<u8>, expected: ReadError) {
        assert_eq!(Table::read(bytes).unwrap_err(), expected);
    }

    #[test]
    fn pieces_are_found_by_their_texts() {
        let table = Table::read(small()).unwrap();
        assert_eq!(table.len(), 3);
        assert_eq!(table.find("ken", true), Some(1));
        assert_eq!(table.find("ken", false), Some(2));
        assert_eq!(table.find("to", true), None);
        assert_eq!(
            (table.piece(0), table.piece(1), table.piece(3)),
            ("to", "##ken", "")
        );
        assert_eq!(table.weight(3), 0.0);
    }

    #[test]
    fn vectors_are_as_they_were_written() {
        let table = Table::read(small()).unwrap();
        let mut sum = [0.0; DIMS];
        table.add(1, &mut sum);
        let expected: [f32; DIMS] = std::array::from_fn(|dim| ((1 + dim) % 16) as f32 - 8.0);
        assert_eq!(sum, expected);
        let other = Vector(std::array::from_fn(|dim| (dim % 7) as i8 - 3));
        let product: f32 = expected
            .iter()
            .zip(other.0)
            .map(|(a, b)| a * f32::from(b))
            .sum();
        assert_eq!(table.dot(1, &other), product);
    }

    #[test]
    fn a_scale_doubles_every_sixteen_codes() {
        assert_eq!((scale(200), scale(216), scale(184)), (1.0, 2.0, 0.5));
        assert!((scale(208) - std::f32::consts::SQRT_2).abs() < 1e-6);
        assert!((scale(0) - 2.0_f32.powf(-12.5)).abs() < 1e-9);
    }

    #[test]
    fn a_file_of_another_kind_or_version_is_refused() {
        check(Vec::new(), ReadError::Foreign);
        check(b"RCLMEAN".to_vec(), ReadError::Foreign);
        check(b"RCLMEAN\0".to_vec(), ReadError::Damaged);
        check(b"RCLMEAN\0\x02\0".to_vec(), ReadError::Version { found: 2 });
    }

    #[test]
    fn a_damaged_file_is_refused() {
        let whole = small();
        for end in 8..whole.len() {
            check(whole[..end].to_vec(), ReadError::Damaged);
        }
        for at in 10..whole.len() {
            let mut bytes = whole.clone();
            bytes[at] ^= 4;
            check(bytes, ReadError::Damaged);
        }
    }

    #[test]
    fn a_vocabulary_that_does_not_match_is_refused() {
        check(bytes(&["to", "", "ken"], |_, _| 0), ReadError::Damaged);
        check(bytes(&["to\nken"], |_, _| 0), ReadError::Damaged);
        check(bytes(&["für"], |_, _| 0), ReadError::Damaged);
        assert!(Table::read(bytes(&[], |_, _| 0)).unwrap().is_empty());
    }

    proptest! {
        #[test]
        fn no_bytes_bring_the_reader_down(
            changes in prop::collection::vec((0_usize..500, any::<u8>()), 0..4),
            text in ".{0,40}",
        ) {
            let mut bytes = small();
            bytes.truncate(bytes.len() - CRC_BYTES);
            for (at, byte) in changes {
                let at = at % bytes.len();
                bytes[at] = byte;
            }
            if let Ok(table) = Table::read(seal(bytes)) {
                let tokens = table.tokens(&text, 9);
                let question: Vec<(u32, f32)> = tokens.iter().map(|id| (*id, 1.0)).collect();
                prop_assert!((0.0..=1.0).contains(&table.max_sim(&question, &tokens)));
                prop_assert!(table.embed(&text).cosine(&table.embed("token")).abs() < 1.1);
            }
        }
    }
}
