//! How near the words of a question stand to each other in a memory.

use recollect_words::token::scan;

use crate::log::memory::Memory;
use crate::text::cut;

use super::Term;

/// How much nearness counts beside the words. Measured, as the distance is.
const NEAR: f64 = 0.6;
/// Most tokens between words that stand near each other.
const MAX_DISTANCE: usize = 8;
/// How much of each text is read.
const READ_BYTES: usize = 4096;

/// For words that follow one another in the question: the lesser of what the two count, divided
/// by how far apart they stand.
pub(super) fn of(terms: &[Term], memory: &Memory) -> f64 {
    if terms.len() < 2 {
        return 0.0;
    }
    let mut places: Vec<Vec<usize>> = vec![Vec::new(); terms.len()];
    let mut place = 0;
    let story = memory.narrative.iter().chain(&memory.facts);
    for text in std::iter::once(&memory.title).chain(story) {
        scan(cut(text, READ_BYTES).as_ref(), &mut |token| {
            if token.is_whole {
                return;
            }
            for (places, term) in places.iter_mut().zip(terms) {
                if term.tokens.first().is_some_and(|first| first == token.text) {
                    places.push(place);
                }
            }
            place += 1;
        });
        place += MAX_DISTANCE;
    }
    let near: f64 = (1..terms.len())
        .map(|number| {
            let weight = terms[number - 1].idf.min(terms[number].idf);
            match distance(&places[number - 1], &places[number]) {
                Some(distance) => weight / distance as f64,
                None => 0.0,
            }
        })
        .sum();
    NEAR * near
}

/// The least distance between two lists of places in order, if it is small.
fn distance(one: &[usize], other: &[usize]) -> Option<usize> {
    let pairs = one.iter().flat_map(|place| {
        let behind = other.partition_point(|other| other < place);
        let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
        near.filter_map(|near| other.get(near))
            .map(|other| place.abs_diff(*other))
    });
    pairs
        .min()
        .filter(|distance| (1..=MAX_DISTANCE).contains(distance))
}
