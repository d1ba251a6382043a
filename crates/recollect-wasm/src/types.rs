//! Values that go out. Times are Unix milliseconds, ids UUIDv7 in text; an
//! optional field is absent when there is nothing to say.

mod found;
mod memory;
mod stats;
mod taken;

pub use found::*;
pub use memory::*;
pub use stats::*;
pub use taken::*;
