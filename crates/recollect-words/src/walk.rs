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

/// Calls `each` with every row of the lists and its scores, by row number.
/// `lengths` are those of the rows; a row without one went and is left out.
#[inline(never)]
pub fn walk(
    streams: &mut [Stream<'_>],
    bm25: &Bm25,
    lengths: &[u32],
    each: &mut dyn FnMut(u32, &Scored),
) {
    let mut window = vec![Scored::default(); WINDOW];
    let mut touched = [0_u64; WINDOW / 64];
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
                // Rows that went have no length.
                let Some(length) = lengths.get(row as usize).filter(|length| **length > 0) else {
                    continue;
                };
                touched[place / 64] |= 1 << (place % 64);
                let part = Bm25::part(stream.weight, frequency, bm25.norm(*length));
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
                each(first + place as u32, &scored);
            }
        }
    }
}
