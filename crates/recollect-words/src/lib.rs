//! Words of texts: how a text is cut into tokens, in which rows they stand, and
//! what that scores.
//!
//! Nothing here knows what a memory is. This crate is compiled for speed, because
//! every word of every memory passes through it, every search walks its lists and
//! every event is read with it; the crates above it are compiled for size.

#![cfg_attr(test, allow(clippy::unwrap_used))]

pub mod bm25;
mod code;
mod decay;
pub mod excerpt;
pub mod find;
pub mod json;
pub mod like;
pub mod line;
pub mod phrase;
pub mod postings;
mod recent;
pub mod same;
mod sequence;
mod table;
pub mod token;
pub mod walk;

pub use decay::half_to_the;
pub use table::hash;
