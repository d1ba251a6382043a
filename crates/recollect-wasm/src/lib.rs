//! The boundary: JavaScript values in, one call of the core, JavaScript values out.
//!
//! Nothing here decides anything about memories, and nothing runs on import.
//! Types that cross stand in [`mod@types`] and [`drafts`], from where TypeScript
//! gets them too. What is thrown is an `Error` whose `name` is one of
//! [`error::ErrorName`]; its message is for the log.

mod ask;
mod drafts;
mod error;
mod facts;
mod foreign;
mod host_bytes;
mod observe;
mod patterns;
mod requests;
mod room;
mod sessions;
mod store;
mod types;
mod uses;

pub use foreign::ForeignDatabase;
pub use store::{Recollect, start_anew};
