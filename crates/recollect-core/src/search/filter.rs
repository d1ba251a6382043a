//! Which memories a request is about.

use crate::error::{Error, Result};
use crate::log::record::{Kind, Sector};
use crate::log::time::UnixMillis;

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
    /// Kinds of remembering, primary or not.
    pub sectors: Vec<Sector>,
    /// Labels; the words of each must follow one another in one of a memory's.
    pub concepts: Vec<String>,
    /// Paths, or whole segments of one.
    pub files: Vec<String>,
    /// Names of commits' authors, or words of one.
    pub authors: Vec<String>,
    /// Whether it is kept at hand.
    pub is_pinned: Option<bool>,
    /// Whether it is put aside.
    pub is_archived: Option<bool>,
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

impl Page {
    /// Items up to the end of the page.
    #[must_use]
    pub fn end(self) -> usize {
        (u64::from(self.limit) + u64::from(self.offset))
            .try_into()
            .unwrap_or(usize::MAX)
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
