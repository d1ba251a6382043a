//! Whole numbers for records, for interfaces that have no room for a UUID, and which
//! records have ids that begin alike.
//!
//! A number is below 2^53, which is as far as JavaScript counts exactly:
//!
//! | bits | holds                                                                |
//! | ---- | -------------------------------------------------------------------- |
//! | 42   | Unix milliseconds of the id, at most those of the year 2109          |
//! | 11   | the first of the id's random bits                                    |
//!
//! Ids in their own order get these numbers, and one whose number is not above
//! that of the id before it gets the next one. So the numbers are in the order of
//! time, depend on nothing but which records there are, and an id that arrives
//! late changes another's number only if it was made in the same millisecond and
//! draws one of its 2,048 numbers or one in a row with it.

use std::collections::BinaryHeap;

use crate::log::id::{IdBeginning, RecordId};

use super::Index;

const RANDOM_BITS: u32 = 11;
const LAST_MILLIS: u64 = (1 << 42) - 1;

/// The number that an id has if no other is in its way.
fn own_number(id: RecordId) -> u64 {
    let bits = u128::from_be_bytes(*id.as_bytes());
    // 48 bits of time, 4 of the version, then random ones.
    let millis = ((bits >> 80) as u64).min(LAST_MILLIS);
    let random = (bits >> (76 - RANDOM_BITS)) as u64 & ((1 << RANDOM_BITS) - 1);
    millis << RANDOM_BITS | random
}

/// The numbers of all ids, made when they are first asked for.
#[derive(Debug, Default)]
pub(super) struct Aliases {
    /// In the order of ids, which is that of numbers too.
    sorted: Vec<(RecordId, u64)>,
    /// Whether `sorted` holds what there is.
    is_current: bool,
}

impl Aliases {
    /// A record came.
    pub(super) fn note_new(&mut self, id: RecordId) {
        if !self.is_current {
            return;
        }
        // The newest comes last, as it nearly always does.
        match self.sorted.last() {
            Some((last, _)) if *last >= id => self.is_current = false,
            _ => self.push(id),
        }
    }

    /// A record went.
    pub(super) fn note_gone(&mut self) {
        self.is_current = false;
    }

    fn push(&mut self, id: RecordId) {
        let next = self.sorted.last().map_or(0, |(_, number)| number + 1);
        self.sorted.push((id, own_number(id).max(next)));
    }

    fn settle(&mut self, ids: impl Iterator<Item = RecordId>) {
        if self.is_current {
            return;
        }
        // A heap sorts nearly as fast as anything, and takes the least of the module.
        let ids = ids.collect::<BinaryHeap<RecordId>>().into_sorted_vec();
        self.sorted.clear();
        self.sorted.reserve(ids.len());
        for id in ids {
            self.push(id);
        }
        self.is_current = true;
    }
}

impl Index {
    /// The numbers of records, below 2^53; none for an id that is not here.
    pub(crate) fn aliases(&mut self, ids: &[RecordId]) -> Vec<Option<u64>> {
        let sorted = self.settled_aliases();
        ids.iter()
            .map(|id| {
                let place = sorted.binary_search_by_key(id, |(id, _)| *id).ok()?;
                Some(sorted[place].1)
            })
            .collect()
    }

    /// The records that have these numbers; none for a number that none has.
    pub(crate) fn aliased(&mut self, numbers: &[u64]) -> Vec<Option<RecordId>> {
        let sorted = self.settled_aliases();
        numbers
            .iter()
            .map(|number| {
                let place = sorted
                    .binary_search_by_key(number, |(_, number)| *number)
                    .ok()?;
                Some(sorted[place].0)
            })
            .collect()
    }

    /// The records whose ids begin so, at most `most` of them, in the order of ids.
    pub(crate) fn beginning_with(&mut self, beginning: &IdBeginning, most: usize) -> Vec<RecordId> {
        let sorted = self.settled_aliases();
        let first = sorted.partition_point(|(id, _)| *id < beginning.first());
        let all = sorted[first..].iter().map(|(id, _)| *id);
        let alike = all.take_while(|id| beginning.is_of(*id));
        alike.take(most).collect()
    }

    /// How many digits of an id no other record shares with it: the longest beginning that a
    /// neighbour in the order of ids has in common, and one more.
    pub(crate) fn telling_digits(&mut self, id: RecordId) -> usize {
        let sorted = self.settled_aliases();
        let place = sorted.partition_point(|(other, _)| *other < id);
        let before = place.checked_sub(1).and_then(|place| sorted.get(place));
        let after = sorted[place..].iter().find(|(other, _)| *other != id);
        let shared = before.into_iter().chain(after);
        let shared = shared.map(|(other, _)| id.shared_digits(*other)).max();
        shared.unwrap_or(0) + 1
    }

    fn settled_aliases(&mut self) -> &[(RecordId, u64)] {
        let mut aliases = std::mem::take(&mut self.rows.aliases);
        aliases.settle(self.rows.iter().map(|(_, row)| row.id));
        self.rows.aliases = aliases;
        &self.rows.aliases.sorted
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::log::time::UnixMillis;

    fn id(millis: i64, random: u8) -> RecordId {
        RecordId::new(UnixMillis(millis), &[random; 10])
    }

    fn numbers(ids: &[RecordId]) -> Vec<u64> {
        let mut aliases = Aliases::default();
        aliases.settle(ids.iter().copied());
        aliases.sorted.iter().map(|(_, number)| *number).collect()
    }

    #[test]
    fn a_number_says_when_and_is_exact_in_javascript() {
        let at = 1_760_000_000_000;
        let [number] = numbers(&[id(at, 7)])[..] else {
            panic!("one id has one number");
        };
        assert_eq!(number >> RANDOM_BITS, at as u64);
        assert!(number < 1 << 53);
    }

    #[test]
    fn ids_that_draw_the_same_number_get_the_next_ones() {
        let first = RecordId::new(UnixMillis(1), &[0; 10]);
        let mut random = [0; 10];
        random[9] = 1;
        let second = RecordId::new(UnixMillis(1), &random);
        assert_eq!(own_number(first), own_number(second));
        let number = own_number(first);
        assert_eq!(numbers(&[second, first]), [number, number + 1]);
    }

    #[test]
    fn ids_from_beyond_the_year_2109_still_differ() {
        let far = [id(1 << 43, 1), id((1 << 47) + 5, 1), id((1 << 47) + 6, 0)];
        let numbers = numbers(&far);
        assert!(numbers.is_sorted_by(|a, b| a < b));
    }

    #[test]
    fn what_comes_one_by_one_is_numbered_as_what_is_there_at_once() {
        let ids = [id(5, 1), id(5, 2), id(6, 0), id(4, 9)];
        let mut aliases = Aliases::default();
        aliases.settle(std::iter::empty());
        for (index, id) in ids.iter().enumerate() {
            aliases.note_new(*id);
            aliases.settle(ids[..=index].iter().copied());
        }
        let at_once = numbers(&ids);
        let one_by_one: Vec<u64> = aliases.sorted.iter().map(|(_, number)| *number).collect();
        assert_eq!(one_by_one, at_once);
    }
}
