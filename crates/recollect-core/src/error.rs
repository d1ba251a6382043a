use crate::log::id::RecordId;

/// Why an operation on a [`Store`](crate::Store) failed.
///
/// Messages name fields, ids and sizes, never a stored text.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// A value that the caller can correct.
    #[error("{field}: {problem}")]
    InvalidInput {
        /// The field that was wrong, as the caller spells it.
        field: &'static str,
        /// What was found and what was expected.
        problem: String,
    },
    /// A text longer than a memory may be.
    #[error("{field} has {found} bytes, more than the {limit} that are kept")]
    TooLarge {
        /// The field that was too long.
        field: &'static str,
        /// Bytes found.
        found: usize,
        /// Bytes allowed.
        limit: usize,
    },
    /// No memory has this id; it may have been forgotten meanwhile.
    #[error("no memory with id {0}")]
    NotFound(RecordId),
    /// Nothing of that name is here.
    #[error("{field}: is not known")]
    Unknown {
        /// What was asked for: `session`, `project` or `key`.
        field: &'static str,
    },
    /// So much waits to be written that no more is taken.
    #[error("{records} records of {bytes} bytes wait to be written, and no more are taken")]
    Full {
        /// Records that wait.
        records: usize,
        /// Their bytes.
        bytes: usize,
    },
    /// A stored body does not read back, which only a fault of ours can cause.
    #[error("stored body cannot be read")]
    Body(#[from] serde_json::Error),
    /// The engine refused a statement.
    #[error("database error")]
    Database(#[from] rusqlite::Error),
}

impl Error {
    /// An [`Error::InvalidInput`] about `field`.
    pub(crate) fn invalid(field: &'static str, problem: impl Into<String>) -> Self {
        Self::InvalidInput {
            field,
            problem: problem.into(),
        }
    }
}

/// A result of this crate.
pub type Result<T> = std::result::Result<T, Error>;
