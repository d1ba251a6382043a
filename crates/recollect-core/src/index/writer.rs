//! A change of the index under way, which each kind of record makes in its own file.

use std::collections::BTreeMap;

use rusqlite::Transaction;

use super::Exceptions;
use super::meaning::Meaning;
use super::rows::Rows;
use super::text::TextIndex;
use crate::log::id::RecordId;
use crate::log::record::Edit;

/// What a list of records did to the index.
#[derive(Debug, Default)]
pub(crate) struct Ingested {
    /// Memories that were not there before.
    pub(crate) added: usize,
    /// Ids that these records ended.
    pub(crate) killed: Vec<RecordId>,
    /// Whether one of the records had been ended before it arrived.
    pub(crate) met_dead: bool,
    /// Whether a wipe was among these records that was not known before.
    pub(crate) has_wiped: bool,
    /// Whether ids may be of other projects than before.
    pub(super) has_aliased: bool,
    /// Edits that were joined to what the others come to: tests count these.
    pub(crate) edits_joined: usize,
}

/// A change of the index under way.
pub(super) struct Writer<'a> {
    pub(super) transaction: Transaction<'a>,
    pub(super) rows: &'a mut Rows,
    pub(super) text: &'a mut TextIndex,
    pub(super) exceptions: &'a mut Exceptions,
    pub(super) meaning: &'a mut Meaning,
    pub(super) ingested: Ingested,
    /// Memories whose edits have changed and whose rows have not.
    pub(super) touched: BTreeMap<RecordId, Touched>,
}

/// A memory whose edits are changing, while its row is as it was.
#[derive(Debug)]
pub(super) struct Touched {
    /// The sum with which it was indexed.
    pub(super) indexed: Option<Edit>,
    pub(super) is_stale: bool,
}
