//! How often memories were recalled and reinforced, and the records that say so.
//!
//! What is recalled and reinforced is counted in memory and written now and then
//! as one record ([`UseBatch`], of the kind `use`):
//!
//! ```text
//! {"id":…,"k":"use","h":…,"at":…,"uses":[{"of":"0199…","n":3,"r":1,"at":1767225600000}]}
//! ```
//!
//! | key | holds |
//! | --- | --- |
//! | `of` | the memory |
//! | `n` | times it was recalled since the batch before, absent for 0 |
//! | `r` | times it was reinforced, absent for 0 |
//! | `at` | its last use, Unix milliseconds |
//!
//! * A batch counts only what its own window did since its last batch, so the
//!   uses of a memory are the sum over all batches, each record taken once by its
//!   id: the union of records is enough, and a record read twice counts once.
//! * Older versions keep the line as it is, as one of a kind that they do not know.
//! * It is no memory: it has no origin, no text and is never shown. Lines of a
//!   memory that is deleted or wiped are passed over; ids are all they hold.
//! * Losing a batch in a crash loses some counts and nothing that anyone was told
//!   was kept, so it waits for the next flush instead of making one.
//! * Forgetting a memory ends its counts; wiping everything ends the records.

use serde::{Deserialize, Serialize};

use crate::log::id::RecordId;
use crate::log::time::UnixMillis;

/// What is known of the uses of one memory.
///
/// [`Uses::join`] takes them together in any order:
///
/// ```
/// # use recollect_core::{UnixMillis, log::record::Uses};
/// let ours = Uses { recalled: 2, reinforced: 0, last: Some(UnixMillis(50)) };
/// let theirs = Uses { recalled: 1, reinforced: 1, last: Some(UnixMillis(20)) };
/// assert_eq!(ours.join(theirs), theirs.join(ours));
/// ```
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    /// Times it was given to somebody who asked.
    pub recalled: u32,
    /// Times it was found again, confirmed or cited.
    pub reinforced: u32,
    /// The last of them.
    pub last: Option<UnixMillis>,
}

impl Uses {
    /// Both together; commutative and associative, and nothing overflows.
    #[must_use]
    pub fn join(self, other: Self) -> Self {
        Self {
            recalled: self.recalled.saturating_add(other.recalled),
            reinforced: self.reinforced.saturating_add(other.reinforced),
            last: self.last.max(other.last),
        }
    }

    /// When a memory of `at` was last seen.
    #[must_use]
    pub fn last_seen(self, at: UnixMillis) -> UnixMillis {
        self.last.map_or(at, |last| last.max(at))
    }
}

/// Uses of one memory in a [`UseBatch`].
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Use {
    /// The memory.
    pub of: RecordId,
    /// Times it was recalled since the batch before.
    #[serde(default, rename = "n", skip_serializing_if = "is_zero")]
    pub recalled: u32,
    /// Times it was reinforced since the batch before.
    #[serde(default, rename = "r", skip_serializing_if = "is_zero")]
    pub reinforced: u32,
    /// Its last use.
    pub at: UnixMillis,
}

#[allow(clippy::trivially_copy_pass_by_ref)]
fn is_zero(count: &u32) -> bool {
    *count == 0
}

impl From<&Use> for Uses {
    fn from(one: &Use) -> Self {
        Self {
            recalled: one.recalled,
            reinforced: one.reinforced,
            last: Some(one.at),
        }
    }
}

/// The fields of a `use` record; the module's text draws it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct UseBatch {
    /// At most [`UseBatch::MAX`] memories, in the order of their ids, each once.
    pub uses: Vec<Use>,
}

impl UseBatch {
    /// Most memories in one record: some 25 KB of JSON.
    pub const MAX: usize = 256;

    /// Counts uses of a memory, in the line that the batch has for it or a new one.
    ///
    /// Gives back `false` when the batch is full, which is the time to write it.
    #[must_use]
    pub fn count(&mut self, of: RecordId, recalled: u32, reinforced: u32, at: UnixMillis) -> bool {
        match self.uses.binary_search_by(|one| one.of.cmp(&of)) {
            Ok(place) => {
                let one = &mut self.uses[place];
                one.recalled = one.recalled.saturating_add(recalled);
                one.reinforced = one.reinforced.saturating_add(reinforced);
                one.at = one.at.max(at);
            }
            Err(_) if self.uses.len() >= Self::MAX => return false,
            Err(place) => self.uses.insert(
                place,
                Use {
                    of,
                    recalled,
                    reinforced,
                    at,
                },
            ),
        }
        true
    }
}
