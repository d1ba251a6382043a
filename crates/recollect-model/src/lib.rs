//! What texts mean, by a model of the BERT family that a user has chosen: what the table of
//! word vectors tells, only better and far slower.
//!
//! This is the whole of a module of its own, which runs in a worker and is loaded only where a
//! folder with such a model is set. It gets the bytes of the folder's files and does no I/O; it
//! ranks nothing and knows no memories. The products of matrices are ndarray's.
//!
//! To read in this order: [`folder`] is what the files say beside the weights, `pieces` cuts
//! texts into what the model knows, `weights` reads its numbers and [`model`] puts the two
//! together. `boundary` is what JavaScript sees.

#![cfg_attr(test, allow(clippy::unwrap_used))]

mod bend;
#[cfg(target_family = "wasm")]
mod boundary;
pub mod folder;
pub mod model;
mod pieces;
mod weights;

pub use folder::Folder;
pub use model::{Model, Said};

/// Why a folder's model cannot be used: which of its files, and what is wrong with it.
#[derive(Debug, thiserror::Error)]
#[error("{file}: {problem}")]
pub struct Error {
    /// Name of the file in the folder.
    pub file: &'static str,
    /// What was found, and what was expected.
    pub problem: String,
}

impl Error {
    pub(crate) fn new(file: &'static str, problem: impl Into<String>) -> Self {
        let problem = problem.into();
        Self { file, problem }
    }
}
