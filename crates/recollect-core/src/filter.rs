//! Which memories a request is about.

use rusqlite::types::Value;

use crate::error::{Error, Result};
use crate::index::MEMORY_KINDS;
use crate::record::Kind;
use crate::time::UnixMillis;

/// Conditions that all must hold; an empty list or an absent value asks nothing.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Filter {
    /// Kinds; none means every kind that is a memory.
    pub kinds: Vec<Kind>,
    /// Ids or names of projects.
    pub projects: Vec<String>,
    /// Types of observations or events.
    pub types: Vec<String>,
    /// At this time or later.
    pub since: Option<UnixMillis>,
    /// Earlier than this time.
    pub before: Option<UnixMillis>,
    /// Key of the session.
    pub session: Option<String>,
    /// Whether nobody asked: then only what may be recalled by itself, which
    /// leaves out low trust and what reads as if it told a model what to do.
    pub is_automatic: bool,
}

/// Which part of an ordered list is wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Page {
    limit: u32,
    offset: u32,
}

impl Page {
    /// Items when nothing else is asked for.
    pub const DEFAULT_LIMIT: u32 = 20;
    /// Most items at once.
    pub const MAX_LIMIT: u32 = 200;

    /// `limit` items from `offset` on.
    ///
    /// # Errors
    ///
    /// When `limit` is not from 1 to 200.
    pub fn new(limit: Option<u32>, offset: Option<u32>) -> Result<Self> {
        let limit = limit.unwrap_or(Self::DEFAULT_LIMIT);
        if limit == 0 || limit > Self::MAX_LIMIT {
            return Err(Error::invalid(
                "limit",
                format!("{limit} is not from 1 to {}", Self::MAX_LIMIT),
            ));
        }
        Ok(Self {
            limit,
            offset: offset.unwrap_or(0),
        })
    }

    /// Most items.
    #[must_use]
    pub fn limit(self) -> u32 {
        self.limit
    }

    /// Items before the first.
    #[must_use]
    pub fn offset(self) -> u32 {
        self.offset
    }
}

impl Default for Page {
    fn default() -> Self {
        Self {
            limit: Self::DEFAULT_LIMIT,
            offset: 0,
        }
    }
}

/// A condition in SQL and the values it binds, in order.
#[derive(Debug, Default)]
pub(crate) struct Condition {
    pub(crate) sql: String,
    pub(crate) values: Vec<Value>,
}

impl Condition {
    fn and(&mut self, sql: &str, values: impl IntoIterator<Item = Value>) {
        if !self.sql.is_empty() {
            self.sql.push_str(" AND ");
        }
        self.sql.push_str(sql);
        self.values.extend(values);
    }
}

fn placeholders(count: usize) -> String {
    vec!["?"; count].join(", ")
}

impl Filter {
    /// The condition on `memory m JOIN project p`; never empty.
    pub(crate) fn condition(&self) -> Condition {
        let Self {
            kinds,
            projects,
            types,
            since,
            before,
            session,
            is_automatic,
        } = self;
        let mut condition = Condition::default();
        let kinds: &[Kind] = if kinds.is_empty() {
            &MEMORY_KINDS
        } else {
            kinds
        };
        condition.and("m.is_folded = 0", []);
        condition.and(
            &format!("m.kind IN ({})", placeholders(kinds.len())),
            kinds
                .iter()
                .map(|kind| Value::from(kind.as_str().to_owned())),
        );
        if !projects.is_empty() {
            let marks = placeholders(projects.len());
            let names = || projects.iter().cloned().map(Value::from);
            condition.and(
                &format!("m.project IN (SELECT row FROM project WHERE id IN ({marks}) OR name IN ({marks}))"),
                names().chain(names()),
            );
        }
        if !types.is_empty() {
            condition.and(
                &format!("m.type IN ({})", placeholders(types.len())),
                types.iter().cloned().map(Value::from),
            );
        }
        if let Some(since) = since {
            condition.and("m.at >= ?", [Value::from(since.0)]);
        }
        if let Some(before) = before {
            condition.and("m.at < ?", [Value::from(before.0)]);
        }
        if let Some(session) = session {
            condition.and("m.session = ?", [Value::from(session.clone())]);
        }
        if *is_automatic {
            condition.and("m.trust = 'high' AND m.flag IS NULL", []);
        }
        condition
    }
}
