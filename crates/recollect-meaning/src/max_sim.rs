//! How near the words of a question are to those of a text, one by one.

use std::cell::RefCell;
use std::collections::HashMap;

use crate::table::Table;
use crate::vector::{DIMS, Vector, length};

impl Table {
    /// How well the words of a question are answered by a text: of each the cosine with
    /// the nearest word of the text, weighted, from 0 to 1. This is MaxSim, from "ColBERT:
    /// Efficient and Effective Passage Search", SIGIR 2020, with words out of any context.
    ///
    /// Both are pieces as [`tokens`](Table::tokens) gives them, and the pieces of one word
    /// count as one. Of a word the weight that stands with its first piece is taken, times
    /// how much the word counts by the table; a good one is the IDF of the word where the
    /// text stands. A weight that is not positive leaves a word out.
    #[must_use]
    pub fn max_sim(&self, question: &[(u32, f32)], text: &[u32]) -> f32 {
        self.asked(question).max_sim(self, text)
    }

    /// The words of a question, to compare them with more than one text by
    /// [`Asked::max_sim`].
    #[must_use]
    pub fn asked(&self, question: &[(u32, f32)]) -> Asked {
        let mut words = Vec::new();
        for pieces in question.chunk_by(|_, (next, _)| self.goes_on(*next)) {
            let ids: Vec<u32> = pieces.iter().map(|(id, _)| *id).collect();
            let sum = self.sum(&ids);
            let given = pieces.first().map_or(0.0, |(_, weight)| *weight);
            let weight = given * length(&sum) / ids.len() as f32;
            let vector = Vector::of(&sum);
            if weight > 0.0
                && weight.is_finite()
                && !words.iter().any(|(_, other)| *other == vector)
            {
                words.push((weight, vector));
            }
        }
        Asked {
            words,
            products: RefCell::default(),
        }
    }

    fn sum(&self, pieces: &[u32]) -> [f32; DIMS] {
        let mut sum = [0.0; DIMS];
        for id in pieces {
            self.add(*id, &mut sum);
        }
        sum
    }
}

/// The words of a question.
#[derive(Debug)]
pub struct Asked {
    /// What each counts and means.
    words: Vec<(f32, Vector)>,
    /// The products of each piece that was met with all of them: the texts that are compared with
    /// a question have most of their pieces in common.
    products: RefCell<HashMap<u32, Vec<f32>>>,
}

impl Asked {
    /// See [`Table::max_sim`], by the table that the words are of.
    #[must_use]
    pub fn max_sim(&self, table: &Table, text: &[u32]) -> f32 {
        let mut best = vec![0.0_f32; self.words.len()];
        let mut products = self.products.borrow_mut();
        // A word that stands there again answers nothing better, and many do in any text.
        let mut seen: Vec<u32> = Vec::with_capacity(text.len());
        for pieces in text.chunk_by(|_, next| table.goes_on(*next)) {
            let length = match pieces {
                [id] if seen.contains(id) => continue,
                [id] => {
                    seen.push(*id);
                    table.weight(*id)
                }
                _ => length(&table.sum(pieces)),
            };
            if length <= 0.0 {
                continue;
            }
            let mut sum = vec![0.0; self.words.len()];
            for id in pieces {
                let words = self.words.iter();
                let product = (products.entry(*id))
                    .or_insert_with(|| words.map(|(_, word)| table.dot(*id, word)).collect());
                for (sum, product) in sum.iter_mut().zip(product.iter()) {
                    *sum += product;
                }
            }
            for (best, sum) in best.iter_mut().zip(sum) {
                *best = best.max(sum / length);
            }
        }
        let whole: f32 = self.words.iter().map(|(weight, _)| weight).sum();
        if whole <= 0.0 {
            return 0.0;
        }
        let found = best.iter().zip(&self.words);
        let found: f32 = found.map(|(best, (weight, _))| best * weight).sum();
        (found / (Vector::LENGTH * whole)).min(1.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::small;

    /// Words along a dimension of their own; the last one's pieces are two of these.
    fn table() -> Table {
        let value = |piece, dim| if dim % 8 == piece { 7 } else { 0 };
        Table::read(small::bytes(
            &["red", "green", "blue", "blu", "##ish"],
            value,
        ))
        .unwrap()
    }

    #[track_caller]
    fn check(question: &[(&str, f32)], text: &str, expected: f32) {
        let table = table();
        let tokens = |text: &str| table.tokens(text, 99);
        let question: Vec<(u32, f32)> = question
            .iter()
            .flat_map(|(word, weight)| tokens(word).into_iter().map(move |id| (id, *weight)))
            .collect();
        let found = table.max_sim(&question, &tokens(text));
        assert!((found - expected).abs() < 0.01, "{found}, not {expected}");
    }

    #[test]
    fn each_word_counts_by_its_weight() {
        check(&[("red", 3.0), ("green", 1.0)], "red blue", 0.75);
        check(&[("red", 3.0), ("green", 1.0)], "green red green", 1.0);
        check(&[("red", 1.0)], "blue", 0.0);
        check(
            &[("red", 1.0), ("green", 0.0), ("blue", f32::NAN)],
            "red",
            1.0,
        );
        check(&[], "red", 0.0);
        check(&[("red", 1.0)], "", 0.0);
    }

    #[test]
    fn a_word_that_is_asked_twice_counts_once() {
        check(&[("red", 1.0), ("red", 1.0), ("green", 1.0)], "red", 0.5);
    }

    #[test]
    fn the_pieces_of_a_word_are_one() {
        check(&[("bluish", 1.0)], "bluish", 1.0);
        check(&[("bluish", 1.0)], "blu", 0.5_f32.sqrt());
        check(&[("blu", 1.0)], "red bluish", 0.5_f32.sqrt());
    }
}
