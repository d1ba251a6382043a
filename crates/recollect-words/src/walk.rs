//! What every row scores, a stretch of rows at a time.
//!
//! The lists of all phrases are walked together over a window of row numbers:
//! first each adds its part to the scores of its rows, then the rows are told in
//! their order. That visits every place once, needs no heap of lists, and adds
//! the parts of a row in the order of the phrases (as Lucene's BooleanScorer does).

use crate::bm25::Bm25;
use crate::postings::{Cursor, List};

/// Rows of a window.
const WINDOW: usize = 2048;

/// The scores of a row.
#[derive(Clone, Copy, Debug, Default)]
pub struct Scored {
    /// Of the phrases of the expression.
    pub bm25: f64,
    /// Of words that are nearly those.
    pub like: f64,
    /// Which phrases it holds, as bits.
    pub phrases: u128,
}

/// One phrase on its way through its list.
#[derive(Debug)]
pub struct Stream<'a> {
    cursor: Cursor<'a>,
    /// The next row, and how often the phrase is in it.
    next: Option<(u32, u32)>,
    /// How much the phrase counts.
    weight: f64,
    bit: u128,
    is_like: bool,
}

impl<'a> Stream<'a> {
    /// A phrase at the beginning of its list: how much it counts, its bit, and
    /// whether it is a word that is nearly the one meant.
    #[must_use]
    pub fn new(list: &'a List, weight: f64, bit: u128, is_like: bool) -> Self {
        let mut cursor = list.cursor();
        Self {
            next: cursor.next(),
            cursor,
            weight,
            bit,
            is_like,
        }
    }
}

/// Which rows count, by a byte that is kept of each: a search looks at thousands of
/// rows, and all that is known of them is more than fits near the processor.
#[derive(Clone, Copy, Debug)]
pub struct Gate<'a> {
    /// Of each row, by its number; 0 where there is none.
    pub marks: &'a [u8],
    /// Marks of the rows that count.
    pub admitted: Marks,
}

impl Gate<'_> {
    fn admits(&self, row: u32) -> bool {
        let mark = self.marks.get(row as usize);
        mark.is_some_and(|mark| self.admitted.contains(*mark))
    }
}

/// A set of marks.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Marks([u64; 4]);

impl Marks {
    /// Those that pass.
    #[must_use]
    pub fn that(pass: impl Fn(u8) -> bool) -> Self {
        let mut marks = Self::default();
        for mark in (0..=u8::MAX).filter(|mark| pass(*mark)) {
            marks.0[usize::from(mark >> 6)] |= 1 << (mark & 63);
        }
        marks
    }

    /// Whether a mark is in it.
    #[must_use]
    pub fn contains(&self, mark: u8) -> bool {
        self.0[usize::from(mark >> 6)] >> (mark & 63) & 1 == 1
    }
}

/// Calls `each` with the rows of the lists and their scores, by row number. It
/// answers the least score by BM25 that the rows behind need to be told; how many of
/// the others counted comes back.
///
/// `lengths` are those of the rows; a row without one went and is left out.
#[inline(never)]
pub fn walk(
    streams: &mut [Stream<'_>],
    bm25: &Bm25,
    lengths: &[u32],
    gate: &Gate<'_>,
    each: &mut dyn FnMut(u32, &Scored) -> f64,
) -> u64 {
    if let [stream] = streams {
        return walk_one(stream, bm25, lengths, gate, each);
    }
    let mut window = vec![Scored::default(); WINDOW];
    let mut touched = [0_u64; WINDOW / 64];
    let (mut least, mut others) = (0.0, 0);
    while let Some(first) = streams
        .iter()
        .filter_map(|stream| Some(stream.next?.0))
        .min()
    {
        let place = |row: u32| row.checked_sub(first).map(|place| place as usize);
        for stream in &mut *streams {
            while let Some((row, frequency)) = stream.next
                && let Some(place) = place(row)
                && let Some(scored) = window.get_mut(place)
            {
                stream.next = stream.cursor.next();
                let Some(length) = counted(row, lengths, gate) else {
                    continue;
                };
                touched[place / 64] |= 1 << (place % 64);
                let part = Bm25::part(stream.weight, frequency, bm25.norm(length));
                if stream.is_like {
                    scored.like += part;
                } else {
                    scored.bm25 += part;
                }
                scored.phrases |= stream.bit;
            }
        }
        for (number, word) in touched.iter_mut().enumerate() {
            while *word != 0 {
                let place = number * 64 + word.trailing_zeros() as usize;
                *word &= *word - 1;
                let scored = std::mem::take(&mut window[place]);
                if scored.bm25 < least {
                    others += 1;
                } else {
                    least = each(first + place as u32, &scored);
                }
            }
        }
    }
    others
}

/// The same for one phrase, whose list is in order already.
fn walk_one(
    stream: &mut Stream<'_>,
    bm25: &Bm25,
    lengths: &[u32],
    gate: &Gate<'_>,
    each: &mut dyn FnMut(u32, &Scored) -> f64,
) -> u64 {
    let (mut least, mut others) = (0.0, 0);
    let weight = stream.weight;
    while let Some((row, frequency)) = stream.next {
        stream.next = stream.cursor.next();
        let Some(length) = counted(row, lengths, gate) else {
            continue;
        };
        let norm = bm25.norm(length);
        if !stream.is_like && Bm25::is_below(weight, frequency, norm, least) {
            others += 1;
            continue;
        }
        let part = Bm25::part(weight, frequency, norm);
        let mut scored = Scored {
            phrases: stream.bit,
            ..Scored::default()
        };
        if stream.is_like {
            scored.like = part;
        } else {
            scored.bm25 = part;
        }
        least = each(row, &scored);
    }
    others
}

/// The length of a row, if it is there and counts.
fn counted(row: u32, lengths: &[u32], gate: &Gate<'_>) -> Option<u32> {
    let length = lengths.get(row as usize).filter(|length| **length > 0)?;
    gate.admits(row).then_some(*length)
}
