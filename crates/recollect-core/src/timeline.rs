//! What stood around a memory, a session or a moment.

use rusqlite::types::Value;
use rusqlite::{OptionalExtension, params_from_iter};

use crate::error::{Error, Result};
use crate::filter::Filter;
use crate::id::RecordId;
use crate::index::{Index, ListedMemory};
use crate::record::Kind;
use crate::search::Hit;
use crate::time::UnixMillis;

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
struct Position {
    at: i64,
    stamp: String,
    memory: Option<RecordId>,
}

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
        let position = self.resolve(&request.anchor)?;
        let anchor = position.memory;
        let filter = Filter {
            kinds: if request.kinds.is_empty() {
                vec![Kind::Observation, Kind::Prompt, Kind::Summary]
            } else {
                request.kinds.clone()
            },
            projects: request.projects.clone(),
            ..Filter::default()
        };
        let mut items = self.side(&filter, "<", "DESC", &position, request.before)?;
        items.reverse();
        if let Some(id) = anchor {
            items.extend(self.row(id)?);
        }
        items.extend(self.side(&filter, ">", "ASC", &position, request.after)?);
        let mut hits = Vec::with_capacity(items.len());
        for row in items {
            hits.extend(self.listed(row)?);
        }
        Ok(Timeline {
            items: hits,
            anchor,
        })
    }

    fn resolve(&self, anchor: &Anchor) -> Result<Position> {
        let find = |condition: &str, value: &dyn rusqlite::ToSql| {
            let sql = format!(
                "SELECT at, stamp, id FROM memory WHERE {condition} ORDER BY at, stamp LIMIT 1"
            );
            self.database()
                .prepare_cached(&sql)?
                .query_row([value], |row| {
                    Ok(Position {
                        at: row.get(0)?,
                        stamp: row.get(1)?,
                        memory: Some(RecordId::from_bytes(row.get(2)?)),
                    })
                })
                .optional()
        };
        match anchor {
            Anchor::Memory(id) => find("id = ?1", id.as_bytes())?.ok_or(Error::NotFound(*id)),
            Anchor::Session(session) => find("session = ?1", session)?
                .ok_or_else(|| Error::invalid("session", "no session with this key")),
            // A moment lies before everything that happened in its millisecond.
            Anchor::Time(at) => Ok(Position {
                at: at.0,
                stamp: String::new(),
                memory: None,
            }),
        }
    }

    /// The memory of that id as it is listed.
    pub(crate) fn hit(&self, id: RecordId) -> Result<Option<Hit>> {
        let row = self.row(id)?;
        Ok(row.map(|row| self.listed(row)).transpose()?.flatten())
    }

    fn row(&self, id: RecordId) -> Result<Option<ListedMemory>> {
        let sql = format!(
            "SELECT {} FROM memory m JOIN project p ON p.row = m.project WHERE m.id = ?1",
            ListedMemory::COLUMNS
        );
        let row = self
            .database()
            .prepare_cached(&sql)?
            .query_row([id.as_bytes()], ListedMemory::read)
            .optional()?;
        Ok(row)
    }

    /// Up to `depth` memories on one side of a position, nearest first.
    fn side(
        &self,
        filter: &Filter,
        comparison: &str,
        direction: &str,
        position: &Position,
        depth: u32,
    ) -> Result<Vec<ListedMemory>> {
        let condition = filter.condition();
        let sql = format!(
            "SELECT {} FROM memory m JOIN project p ON p.row = m.project
             WHERE {} AND (m.at, m.stamp) {comparison} (?, ?)
             ORDER BY m.at {direction}, m.stamp {direction} LIMIT ?",
            ListedMemory::COLUMNS,
            condition.sql
        );
        let mut values = condition.values;
        values.extend([
            Value::from(position.at),
            Value::from(position.stamp.clone()),
            Value::from(depth),
        ]);
        let mut statement = self.database().prepare_cached(&sql)?;
        let rows = statement
            .query_map(params_from_iter(values), ListedMemory::read)?
            .collect::<rusqlite::Result<_>>()?;
        Ok(rows)
    }
}
