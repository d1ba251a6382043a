//! What every row that matches scores, a stretch of rows at a time.
//!
//! The lists of all phrases are walked together over a window of row numbers:
//! first each adds its part to the scores of its rows, then the rows are told in
//! their order. That visits every place once, needs no heap of lists, and adds
//! the parts of a row in the order of the phrases (as Lucene's BooleanScorer does).

use crate::error::Result;
use crate::expression::{Expression, Phrase, TermPhrases};
use crate::index::Index;
use crate::index::postings::{Cursor, List};
use crate::rank::Bm25;

/// Rows of a window.
const WINDOW: usize = 2048;

/// The scores of a row.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Scored {
    /// Of the phrases of the expression.
    pub(crate) bm25: f64,
    /// Of words that are nearly those.
    pub(crate) like: f64,
    /// Which phrases it holds, as bits.
    pub(crate) phrases: u128,
}

/// One phrase on its way through its list.
struct Stream<'a> {
    cursor: Cursor<'a>,
    /// The next row, and how often the phrase is in it.
    next: Option<(u32, u32)>,
    /// How much the phrase counts.
    weight: f64,
    bit: u128,
    is_like: bool,
}

impl Index {
    /// Calls `each` with every row that holds a phrase of the expression and
    /// something of each required term, in the order of row numbers.
    ///
    /// The last `like.len()` phrases are words that are nearly the ones meant;
    /// what they score is told apart, times that likeness squared.
    pub(crate) fn score(
        &self,
        expression: &Expression,
        like: &[f64],
        each: &mut dyn FnMut(u32, &Scored),
    ) -> Result<()> {
        let postings = self.text().postings();
        let mut found: Vec<List> = Vec::new();
        for phrase in &expression.phrases {
            if let Phrase::Text(text) = phrase {
                found.push(self.text().phrase(self.database(), text)?);
            }
        }
        let mut found = found.iter();
        let (rows, tokens) = postings.totals();
        let bm25 = Bm25::new(rows, tokens);
        let exact = expression.phrases.len().saturating_sub(like.len());
        let mut streams: Vec<Stream<'_>> = Vec::new();
        for (number, phrase) in expression.phrases.iter().enumerate() {
            let list = match phrase {
                Phrase::Word(token) => postings.list(token),
                Phrase::Text(_) => found.next(),
            };
            let Some(list) = list else { continue };
            let likeness = number
                .checked_sub(exact)
                .and_then(|place| like.get(place))
                .copied();
            let mut cursor = list.cursor();
            streams.push(Stream {
                next: cursor.next(),
                cursor,
                weight: bm25.idf(list.rows()) * likeness.map_or(1.0, |likeness| likeness.powi(2)),
                bit: 1 << number,
                is_like: likeness.is_some(),
            });
        }
        let required = expression.terms.iter().filter(|term| term.is_required);
        let required: Vec<TermPhrases> = required.copied().collect();
        walk(
            &mut streams,
            &bm25,
            postings.lengths(),
            &mut |row, scored| {
                if required.iter().all(|term| term.touches(scored.phrases)) {
                    each(row, scored);
                }
            },
        );
        Ok(())
    }
}

fn walk(
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
