//! What searches ask of a row, kept apart from it: they ask of thousands, and rows are
//! too large for all of them to be near the processor.
//!
//! A mark is what most searches ask, in a byte; a [`Brief`] is what filters ask besides.
//!
//! | bits of a mark | |
//! | --- | --- |
//! | 0 to 3 | place of its kind in [`Kind::ALL`](crate::log::record::Kind::ALL) |
//! | 4 | it is there |
//! | 5 | it is shown through another that says the same |
//! | 6 | it is not recalled by itself |
//! | 7 | it is put aside |

use super::names::Name;
use super::row::Row;
use crate::log::record::{Sector, Sectors, Trust};
use crate::log::time::UnixMillis;

pub(crate) const THERE: u8 = 1 << 4;
pub(crate) const FOLDED: u8 = 1 << 5;
pub(crate) const DOUBTFUL: u8 = 1 << 6;
pub(crate) const ARCHIVED: u8 = 1 << 7;

/// The place of the kind in [`Kind::ALL`](crate::log::record::Kind::ALL).
pub(crate) fn kind(mark: u8) -> u8 {
    mark & 0b1111
}

/// What filters ask of a row besides its mark, in eight bytes. It knows what it has
/// room for: of what is beyond, the row is asked.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Brief {
    /// Number of the project, or [`BEYOND`].
    project: u16,
    /// Number of the name, or [`BEYOND`].
    memory_type: u16,
    /// Minutes since 1970, the sectors, and whether it is pinned.
    rest: u32,
}

/// Stands for numbers that are not below.
const BEYOND: u16 = u16::MAX;

/// Bits of the sectors and of being pinned.
const STATE_BITS: u32 = 6;
/// The last minute that is told apart from those behind, in the year 2097.
const LAST_MINUTE: u32 = u32::MAX >> STATE_BITS;
const PINNED: u32 = 1 << 5;

fn short(number: u32) -> u16 {
    u16::try_from(number).unwrap_or(BEYOND)
}

fn minute(at: UnixMillis) -> u32 {
    let minutes = at.0.div_euclid(60_000).max(0);
    u32::try_from(minutes).map_or(LAST_MINUTE, |minutes| minutes.min(LAST_MINUTE))
}

/// A bit for each sector, without which of them is the primary one.
fn set(sectors: Sectors) -> u32 {
    u32::from(sectors.bits()) & (PINNED - 1)
}

impl Brief {
    /// Whether the row is of that project, if that can be told.
    pub(crate) fn is_of_project(self, number: u32) -> Option<bool> {
        (self.project != BEYOND).then_some(u32::from(self.project) == number)
    }

    /// Whether the row is of that type, if that can be told.
    pub(crate) fn is_of_type(self, name: Name) -> Option<bool> {
        (self.memory_type != BEYOND).then_some(u32::from(self.memory_type) == name.0)
    }

    /// Whether the row is of a later minute than a moment, if it is of another.
    pub(crate) fn is_later(self, at: UnixMillis) -> Option<bool> {
        let (ours, theirs) = (self.rest >> STATE_BITS, minute(at));
        (ours != theirs).then_some(ours > theirs)
    }

    pub(crate) fn is_pinned(self) -> bool {
        self.rest & PINNED != 0
    }

    pub(crate) fn is_of_sector(self, sector: Sector) -> bool {
        self.rest & set(Sectors::only(sector)) != 0
    }
}

/// The marks and briefs of all rows.
#[derive(Debug, Default)]
pub(crate) struct Marked {
    /// By number; 0 of those that are not there.
    marks: Vec<u8>,
    /// By number; of those that are there.
    briefs: Vec<Brief>,
}

impl Marked {
    /// A row has come or is another.
    pub(super) fn note(&mut self, number: u32, row: &Row) {
        let (number, brief) = (number as usize, row.brief());
        if self.marks.len() <= number {
            self.marks.resize(number + 1, 0);
            self.briefs.resize(number + 1, brief);
        }
        self.marks[number] = row.mark();
        self.briefs[number] = brief;
    }

    /// The row of that number went.
    pub(super) fn end(&mut self, number: u32) {
        if let Some(mark) = self.marks.get_mut(number as usize) {
            *mark = 0;
        }
    }

    /// The marks by number, 0 of rows that are not there.
    pub(crate) fn marks(&self) -> &[u8] {
        &self.marks
    }

    /// What is kept of a row that is there.
    pub(crate) fn get(&self, number: u32) -> Option<(u8, Brief)> {
        let number = number as usize;
        Some((*self.marks.get(number)?, *self.briefs.get(number)?))
    }
}

impl Row {
    /// What filters ask of it besides its mark.
    pub(crate) fn brief(&self) -> Brief {
        let pinned = if self.is_pinned { PINNED } else { 0 };
        let state = set(self.sectors) | pinned;
        Brief {
            project: short(self.project),
            memory_type: short(self.memory_type.0),
            rest: minute(self.at) << STATE_BITS | state,
        }
    }

    /// What most searches ask of it.
    pub(crate) fn mark(&self) -> u8 {
        let bit = |is_set, bit| if is_set { bit } else { 0 };
        let is_doubtful = self.trust == Trust::Low || self.flag.is_some();
        self.kind as u8
            | THERE
            | bit(self.is_folded, FOLDED)
            | bit(is_doubtful, DOUBTFUL)
            | bit(self.is_archived, ARCHIVED)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn brief(project: u32, memory_type: u32, at: i64) -> Brief {
        Brief {
            project: short(project),
            memory_type: short(memory_type),
            rest: minute(UnixMillis(at)) << STATE_BITS,
        }
    }

    #[test]
    fn what_a_brief_has_no_room_for_is_asked_of_the_row() {
        let last = u32::from(BEYOND) - 1;
        let known = brief(last, last, 0);
        assert_eq!(known.is_of_project(last), Some(true));
        assert_eq!(known.is_of_project(last + 1), Some(false));
        assert_eq!(known.is_of_type(Name(last)), Some(true));
        assert_eq!(known.is_of_type(Name(last + 7)), Some(false));
        let beyond = brief(last + 1, last + 7, 0);
        assert_eq!(beyond.is_of_project(last + 1), None);
        assert_eq!(beyond.is_of_type(Name(last)), None);
    }

    #[test]
    fn of_two_times_in_a_minute_the_row_decides() {
        let at = 60_000 * 1_000_000;
        for (moment, expected) in [
            (at - 1, Some(true)),
            (at, None),
            (at + 59_999, None),
            (at + 60_000, Some(false)),
            (i64::MAX, Some(false)),
            (i64::MIN, Some(true)),
        ] {
            let told = brief(0, 0, at).is_later(UnixMillis(moment));
            assert_eq!(told, expected, "{moment}");
        }
        assert_eq!(brief(0, 0, i64::MIN).is_later(UnixMillis(-1)), None);
        assert_eq!(
            brief(0, 0, i64::MAX).is_later(UnixMillis(i64::MAX - 1)),
            None
        );
    }
}
