//! What is written: records, their names and times, and the files that hold them.

pub(crate) mod clock;
pub(crate) mod entropy;
mod happened;
pub(crate) mod id;
pub(crate) mod memory;
pub mod name;
pub(crate) mod project;
pub mod record;
pub mod segment;
pub(crate) mod time;
pub(crate) mod zone;
