//! What may be written: limits, tidying and the privacy filter.

pub mod admit;
pub(crate) mod envelope;
pub mod instruction;
pub mod privacy;
pub(crate) mod prompt_privacy;
