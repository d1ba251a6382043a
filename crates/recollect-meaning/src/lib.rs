//! What texts mean, by a table of vectors for pieces of words: how near two texts are
//! though they share no word.
//!
//! The table is distilled from a model and lies in a file (`scripts/distil` makes it);
//! this crate gets its bytes and does no I/O. It ranks nothing and knows no memories.
//! It is compiled for speed, because every text that is remembered passes through it.
//!
//! To read in this order: [`table`] draws the file, `pieces` cuts texts into what the
//! table holds, [`vector`] is what a whole text means, [`max_sim`](Table::max_sim) what
//! its words mean one by one.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod embed;
mod lanes;
mod max_sim;
mod pieces;
pub mod table;
pub mod vector;

#[cfg(test)]
mod small;

pub use max_sim::Asked;
pub use table::{ReadError, Table};
pub use vector::{ROUNDED_LENGTH, Vector, cosine, rounded, scan};
