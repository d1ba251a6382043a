//! What a memory is, how it is kept, found and forgotten.
//!
//! The crate is sans-I/O: it is given the bytes of segments, the time and a
//! random seed, and gives back bytes to write and values to show. It has no
//! clock, opens no file and knows no JavaScript, so it runs the same in tests
//! on a desk and in an editor's worker.
//!
//! Read in this order: [`record`] (what is kept), [`segment`] (how it is
//! written), [`privacy`] (what is never kept), [`Store`] (the whole), then
//! [`Index`] and the modules that ask it: [`search`], [`timeline`], [`stats`].

pub mod admit;
pub mod clean;
pub mod commit;
mod entropy;
mod envelope;
mod error;
mod expression;
pub mod fence;
mod filter;
mod id;
mod index;
pub mod instruction;
mod memory;
pub mod name;
pub mod note;
pub mod observe;
mod order;
pub mod pattern;
mod preview;
pub mod privacy;
mod project;
mod prompt_privacy;
pub mod query;
pub mod rank;
pub mod record;
pub mod salience;
mod score;
pub mod search;
pub mod sector;
pub mod segment;
pub mod session;
mod similar;
pub mod stats;
mod store;
pub mod text;
mod time;
pub mod timeline;
mod top;
mod zone;

pub use entropy::{Entropy, SEED_LENGTH};
pub use error::{Error, Result};
pub use filter::{Filter, Page};
pub use id::{NotAnId, RecordId};
pub use index::Index;
pub use memory::Memory;
pub use project::{Place, Project, Repository};
pub use query::Query;
pub use recollect_words::find::Range;
pub use recollect_words::token::indexed_text;
#[cfg(feature = "mutants")]
pub use store::Mutant;
pub use store::{
    Appended, Area, Captured, EndedSession, FactList, FactRequest, Flush, ImportReport, Learned,
    MAX_IMPORT_BYTES, MAX_PENDING_BYTES, MAX_PENDING_RECORDS, Operation, Outcome, PatternRequest,
    RefusedLine, Seen, SegmentReport, Selected, Selection, SessionChange, Store, StoreStats,
    StoredFact, UseOf, cache_schema, inspect,
};
pub use time::{Clock, NotAStamp, Stamp, UnixMillis};
pub use zone::Zone;
