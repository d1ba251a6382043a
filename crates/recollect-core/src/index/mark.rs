//! What most searches ask of a row, in a byte.
//!
//! | bits | |
//! | --- | --- |
//! | 0 to 3 | place of its kind in [`Kind::ALL`](crate::record::Kind::ALL) |
//! | 4 | it is there |
//! | 5 | it is shown through another that says the same |
//! | 6 | it is not recalled by itself |
//! | 7 | it is put aside |

use super::rows::Row;
use crate::record::Trust;

pub(super) const THERE: u8 = 1 << 4;
pub(super) const FOLDED: u8 = 1 << 5;
pub(super) const DOUBTFUL: u8 = 1 << 6;
pub(super) const ARCHIVED: u8 = 1 << 7;

/// The place of the kind in [`Kind::ALL`](crate::record::Kind::ALL).
pub(super) fn kind(mark: u8) -> u8 {
    mark & 0b1111
}

impl Row {
    /// What most searches ask of it.
    pub(super) fn mark(&self) -> u8 {
        let bit = |is_set, bit| if is_set { bit } else { 0 };
        let is_doubtful = self.trust == Trust::Low || self.flag.is_some();
        self.kind as u8
            | THERE
            | bit(self.is_folded, FOLDED)
            | bit(is_doubtful, DOUBTFUL)
            | bit(self.is_archived, ARCHIVED)
    }
}
