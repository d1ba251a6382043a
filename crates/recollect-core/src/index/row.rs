//! What is known of one memory, without its texts.

use super::names::Name;
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::record::{Flag, Kind, Provenance, Sectors, Trust};
use crate::log::time::UnixMillis;
use crate::weigh::salience::Fading;

/// A [`Stamp`] without its allocation, in the same order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StampKey {
    pub(super) time: u64,
    pub(super) writer: [u8; 8],
}

impl StampKey {
    /// Before every stamp.
    pub(crate) const FIRST: Self = Self {
        time: 0,
        writer: [0; 8],
    };

    pub(crate) fn new(stamp: &Stamp) -> Self {
        let mut writer = [0; 8];
        for (to, from) in writer.iter_mut().zip(stamp.writer.bytes()) {
            *to = from;
        }
        Self {
            time: stamp.millis << 16 | u64::from(stamp.counter),
            writer,
        }
    }

    pub(crate) fn stamp(self) -> Stamp {
        let [.., high, low] = self.time.to_be_bytes();
        Stamp {
            millis: self.time >> 16,
            counter: u16::from_be_bytes([high, low]),
            writer: String::from_utf8_lossy(&self.writer).into_owned(),
        }
    }
}

/// One memory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: RecordId,
    pub(crate) at: UnixMillis,
    pub(crate) stamp: StampKey,
    /// Number of the project that it belongs to.
    pub(crate) project: u32,
    /// Number of the id that its record names.
    pub(super) own_project: u32,
    /// What its record calls the project.
    pub(super) project_name: Name,
    pub(crate) kind: Kind,
    pub(crate) memory_type: Name,
    pub(crate) session: Name,
    pub(crate) provenance: Provenance,
    pub(crate) trust: Trust,
    /// Why it is not recalled by itself, if so.
    pub(crate) flag: Option<Flag>,
    pub(crate) is_pinned: bool,
    pub(crate) is_archived: bool,
    /// Whether it is shown through an earlier one that says the same.
    pub(crate) is_folded: bool,
    /// Estimated cost of the full memory.
    pub(crate) tokens: u32,
    /// Tokens that full-text search has of it.
    pub(crate) length: u32,
    pub(crate) sectors: Sectors,
    /// When it was last used, or else the moment it is of.
    pub(crate) last_seen: UnixMillis,
    /// Salience when it was last seen, from 0 to 1.
    pub(crate) strength: f32,
    /// When it no longer holds, or the end of time.
    pub(crate) expires_at: UnixMillis,
    /// Hash of what it says, or 0 if it is never folded.
    pub(crate) content: u64,
}

impl Row {
    /// How much it matters at a moment, from 0 to 1.
    pub(crate) fn salience(&self, fading: &Fading) -> f64 {
        if self.is_pinned {
            return 1.0;
        }
        let sector = self.sectors.primary();
        fading.salience(f64::from(self.strength), sector, self.last_seen)
    }
}

/// Stands for no moment.
pub(super) const NEVER: UnixMillis = UnixMillis(i64::MAX);
