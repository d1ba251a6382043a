//! What stood around a memory, a session or a moment.

use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::row::{Row, StampKey};
use crate::log::id::RecordId;
use crate::log::record::Kind;
use crate::log::time::UnixMillis;
use crate::search::filter::Filter;
use crate::search::query::Query;
use crate::search::request::{Format, Hit};
use recollect_words::find::Terms;

/// What a timeline is around.
#[derive(Clone, Debug, PartialEq)]
pub enum Anchor {
    /// A memory.
    Memory(RecordId),
    /// A session, by its key: its first memory.
    Session(String),
    /// A moment.
    Time(UnixMillis),
}

/// Which part of the timeline is wanted.
#[derive(Clone, Debug, PartialEq)]
pub struct TimelineRequest {
    /// Around what.
    pub anchor: Anchor,
    /// Memories before the anchor, at most 100.
    pub before: u32,
    /// Memories after the anchor, at most 100.
    pub after: u32,
    /// Ids or names of projects; none means all.
    pub projects: Vec<String>,
    /// Kinds; none means observations, prompts and summaries.
    pub kinds: Vec<Kind>,
}

/// Memories around an anchor.
#[derive(Clone, Debug, PartialEq)]
pub struct Timeline {
    /// Oldest first.
    pub items: Vec<Hit>,
    /// The memory it is around, if it is around one.
    pub anchor: Option<RecordId>,
}

/// A place in the order of all memories.
type Place = (UnixMillis, StampKey);

/// Depth on each side when nothing else is asked for.
pub const DEFAULT_DEPTH: u32 = 10;
/// Greatest depth on each side.
pub const MAX_DEPTH: u32 = 100;

impl Index {
    /// Memories around an anchor, in the order they happened.
    ///
    /// The anchor is among the items if it is a memory, whatever the filters say.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for an unknown memory, [`Error::InvalidInput`] for an
    /// unknown session or too great a depth.
    pub fn timeline(&self, request: &TimelineRequest) -> Result<Timeline> {
        for (field, depth) in [("before", request.before), ("after", request.after)] {
            if depth > MAX_DEPTH {
                return Err(Error::invalid(
                    field,
                    format!("{depth} is not from 0 to {MAX_DEPTH}"),
                ));
            }
        }
        let (place, anchor) = self.resolve(&request.anchor)?;
        let filter = Filter {
            kinds: if request.kinds.is_empty() {
                vec![Kind::Observation, Kind::Prompt, Kind::Summary]
            } else {
                request.kinds.clone()
            },
            projects: request.projects.clone(),
            ..Filter::default()
        };
        let test = self.test(&filter, &Query::default(), UnixMillis(0))?;
        let rows = self.rows();
        let accepted = |(number, row): &(u32, &Row)| test.accepts(*number, row);
        let mut around: Vec<(u32, &Row)> = rows
            .newest_first(Some(place))
            .filter(accepted)
            .take(request.before as usize)
            .collect();
        around.reverse();
        if let Some(id) = anchor {
            around.extend(rows.number(id).zip(rows.by_id(id)));
        }
        let later = rows.oldest_first(place).filter(accepted);
        around.extend(later.take(request.after as usize));
        let mut items = Vec::with_capacity(around.len());
        for (number, row) in around {
            items.extend(self.listed(number, row)?);
        }
        Ok(Timeline { items, anchor })
    }

    /// The place in the order of time, and the memory that is there, if it is one.
    fn resolve(&self, anchor: &Anchor) -> Result<(Place, Option<RecordId>)> {
        let rows = self.rows();
        let row = match anchor {
            Anchor::Memory(id) => rows.by_id(*id).ok_or(Error::NotFound(*id))?,
            Anchor::Session(session) => rows
                .first_of_session(session)
                .ok_or_else(|| Error::invalid("session", "no session with this key"))?,
            // A moment lies before everything that happened in its millisecond.
            Anchor::Time(at) => return Ok(((*at, StampKey::FIRST), None)),
        };
        Ok(((row.at, row.stamp), Some(row.id)))
    }

    /// The memory of that id as it is listed.
    pub(crate) fn hit(&self, id: RecordId) -> Result<Option<Hit>> {
        let rows = self.rows();
        let found = rows.number(id).zip(rows.by_id(id));
        Ok(found
            .map(|(number, row)| self.listed(number, row))
            .transpose()?
            .flatten())
    }

    fn listed(&self, number: u32, row: &Row) -> Result<Option<Hit>> {
        self.hit_of(number, row, None, &Terms::default(), Format::Index)
    }
}
