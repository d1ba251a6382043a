//! What every row that matches an expression scores.

use recollect_words::bm25::Bm25;
use recollect_words::postings::List;
use recollect_words::walk::{Gate, Scored, Stream, walk};

use crate::error::Result;
use crate::index::Index;
use crate::search::expression::{Expression, Phrase, TermPhrases};
use crate::search::predicate::Test;

impl Index {
    /// Calls `each` with the rows that hold a phrase of the expression and something
    /// of each required term and may pass the test, in the order of row numbers. It
    /// answers the least score by BM25 that the rows behind need to be told; how many
    /// of the others there are comes back.
    ///
    /// The last `like.len()` phrases are words that are nearly the ones meant;
    /// what they score is told apart, times that likeness squared.
    pub(crate) fn score(
        &self,
        expression: &Expression,
        like: &[f64],
        test: &Test,
        each: &mut dyn FnMut(u32, &Scored) -> f64,
    ) -> Result<u64> {
        let postings = self.text().postings();
        let mut found: Vec<List> = Vec::new();
        for phrase in &expression.phrases {
            match phrase {
                Phrase::Word(_) => {}
                Phrase::Beginning(start) => found.push(postings.beginning(start)),
                Phrase::Tokens(phrase) => found.push(self.phrase(phrase)),
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
                Phrase::Beginning(_) | Phrase::Tokens(_) => found.next(),
            };
            let Some(list) = list else { continue };
            let likeness = number
                .checked_sub(exact)
                .and_then(|place| like.get(place))
                .copied();
            let weight = bm25.idf(list.rows()) * likeness.map_or(1.0, |likeness| likeness.powi(2));
            streams.push(Stream::new(list, weight, 1 << number, likeness.is_some()));
        }
        let required = expression.terms.iter().filter(|term| term.is_required);
        let required: Vec<TermPhrases> = required.copied().collect();
        let gate = Gate {
            marks: self.rows().marked().marks(),
            admitted: test.marks(),
        };
        let others = if required.is_empty() {
            walk(&mut streams, &bm25, postings.lengths(), &gate, each)
        } else {
            let each = &mut |row, scored: &Scored| {
                if required.iter().all(|term| term.touches(scored.phrases)) {
                    each(row, scored);
                }
                // Who is left out here must not be counted.
                0.0
            };
            walk(&mut streams, &bm25, postings.lengths(), &gate, each)
        };
        Ok(others)
    }
}
