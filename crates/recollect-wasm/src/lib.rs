//! The boundary: JavaScript values in, one call of the core, JavaScript values out.
//!
//! Nothing here decides anything about memories, and nothing runs on import.
//! Types that cross stand in [`mod@types`] and [`drafts`], from where TypeScript
//! gets them too. What is thrown is an `Error` whose `name` is one of
//! [`error::ErrorName`]; its message is for the log.
//!
//! [`Recollect`] is one class with a file for each use: [`intake`] takes in and forgets,
//! [`find`] and [`ask`] answer, [`files`] gives the host what it is to write and read.

mod ask;
mod drafts;
mod error;
mod facts;
mod files;
mod find;
mod foreign;
mod host_bytes;
mod intake;
mod meaning;
mod observe;
mod patterns;
mod requests;
mod room;
mod sessions;
mod store;
mod texts;
mod types;
mod uses;

pub use foreign::ForeignDatabase;
pub use store::{Recollect, start_anew};
