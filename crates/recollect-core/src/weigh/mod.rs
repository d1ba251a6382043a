//! What kind of remembering a memory is of, and how much it matters.

pub mod salience;
pub mod sector;
