//! What a memory is, how it is kept, found and forgotten.
//!
//! The crate is sans-I/O: it is given the bytes of segments, the time and a
//! random seed, and gives back bytes to write and values to show. It has no
//! clock, opens no file and knows no JavaScript, so it runs the same in tests
//! on a desk and in an editor's worker.
//!
//! Read in this order: [`log::record`] (what is kept), [`log::segment`] (how it is
//! written), [`intake::privacy`] (what is never kept), [`Store`] (the whole), then
//! [`Index`] and the modules that ask it: [`search::run`], [`search::timeline`], [`search::stats`].

pub mod clean;
pub mod derive;
mod error;
mod foreign;
mod index;
pub mod intake;
pub mod log;
mod order;
pub mod recall;
pub mod search;
mod store;
pub mod text;
pub mod weigh;

pub use error::{Error, Result};
pub use foreign::ForeignDatabase;
pub use index::Index;
pub use log::clock::{Clock, NotAStamp, Stamp};
pub use log::entropy::{Entropy, SEED_LENGTH};
pub use log::id::{NotAnId, RecordId};
pub use log::memory::Memory;
pub use log::project::{Place, Project, Repository};
pub use log::time::UnixMillis;
pub use log::zone::Zone;
pub use recollect_words::find::Range;
pub use recollect_words::token::indexed_text;
pub use search::filter::{Filter, Page};
pub use search::query::Query;
#[cfg(feature = "mutants")]
pub use store::Mutant;
pub use store::{
    Appended, Area, Captured, EndedSession, FactList, FactRequest, Flush, ImportReport, Learned,
    MAX_IMPORT_BYTES, MAX_PENDING_BYTES, MAX_PENDING_RECORDS, Operation, Outcome, PatternRequest,
    RefusedLine, Seen, SegmentReport, Selected, Selection, SessionChange, Store, StoreStats,
    StoredFact, UseOf, cache_schema, inspect,
};
