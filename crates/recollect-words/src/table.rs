//! A table from words to what is known of them.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Place;

/// A value for each of many words.
///
/// Every token of every memory is looked up in it, so a word of up to
/// [`SHORT`] bytes stands in the table itself and not behind a pointer.
#[derive(Debug)]
pub(crate) struct Table<T> {
    entries: HashTable<Entry<T>>,
}

#[derive(Debug)]
struct Entry<T> {
    word: Word,
    value: T,
}

/// Longest word that needs no allocation, in bytes.
const SHORT: usize = 14;

#[derive(Debug)]
enum Word {
    Short { length: u8, bytes: [u8; SHORT] },
    Long(Box<[u8]>),
}

impl Word {
    fn new(word: &[u8]) -> Self {
        let mut bytes = [0; SHORT];
        match bytes.get_mut(..word.len()) {
            None => Self::Long(word.into()),
            Some(place) => {
                place.copy_from_slice(word);
                let length = word.len() as u8;
                Self::Short { length, bytes }
            }
        }
    }

    fn bytes(&self) -> &[u8] {
        match self {
            Self::Short { length, bytes } => bytes.get(..usize::from(*length)).unwrap_or(bytes),
            Self::Long(bytes) => bytes,
        }
    }

    fn is(&self, word: &[u8]) -> bool {
        let bytes = self.bytes();
        // In place: a call for a few bytes takes longer than they do.
        bytes.len() == word.len() && bytes.iter().zip(word).all(|(one, other)| one == other)
    }
}

/// A hash of few instructions. Who makes words collide on purpose slows the
/// reading of their own memories.
///
/// After FxHash of the Firefox project: rotate, add, multiply by an odd number.
#[must_use]
pub fn hash(word: &[u8]) -> u64 {
    let add =
        |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let (chunks, rest) = word.as_chunks::<8>();
    let mut hash = 0;
    for chunk in chunks {
        hash = add(hash, u64::from_le_bytes(*chunk));
    }
    let mut last = [0; 8];
    for (to, from) in last.iter_mut().zip(rest) {
        *to = *from;
    }
    hash = add(hash, u64::from_le_bytes(last));
    // The table goes by the highest and the lowest bits.
    hash ^ hash >> 32
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            entries: HashTable::new(),
        }
    }
}

impl<T: Default> Table<T> {
    pub(crate) fn get(&self, word: &[u8]) -> Option<&T> {
        let entry = self.entries.find(hash(word), |entry| entry.word.is(word))?;
        Some(&entry.value)
    }

    pub(crate) fn get_mut(&mut self, word: &[u8]) -> Option<&mut T> {
        let entry = self
            .entries
            .find_mut(hash(word), |entry| entry.word.is(word))?;
        Some(&mut entry.value)
    }

    /// The value of a word, which is a new one if there is none.
    pub(crate) fn take_in(&mut self, word: &[u8]) -> &mut T {
        let place = self.entries.entry(
            hash(word),
            |entry| entry.word.is(word),
            |entry| hash(entry.word.bytes()),
        );
        let entry = match place {
            Place::Occupied(entry) => entry.into_mut(),
            Place::Vacant(place) => {
                let (word, value) = (Word::new(word), T::default());
                place.insert(Entry { word, value }).into_mut()
            }
        };
        &mut entry.value
    }

    pub(crate) fn remove(&mut self, word: &[u8]) {
        if let Ok(entry) = self
            .entries
            .find_entry(hash(word), |entry| entry.word.is(word))
        {
            entry.remove();
        }
    }

    /// All words with their values, in no order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (&[u8], &T)> {
        let entries = self.entries.iter();
        entries.map(|entry| (entry.word.bytes(), &entry.value))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.entries.iter_mut().map(|entry| &mut entry.value)
    }

    pub(crate) fn len(&self) -> usize {
        self.entries.len()
    }

    pub(crate) fn reserve(&mut self, words: usize) {
        self.entries
            .reserve(words, |entry| hash(entry.word.bytes()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::collections::HashMap;

    proptest! {
        #[test]
        fn it_holds_what_a_map_would(
            steps in prop::collection::vec((any::<bool>(), "[ab]{0,3}|[a-c]{13,16}"), 0..200),
        ) {
            let mut table: Table<usize> = Table::default();
            let mut map: HashMap<Vec<u8>, usize> = HashMap::new();
            for (number, (is_removal, word)) in steps.into_iter().enumerate() {
                let word = word.into_bytes();
                if is_removal {
                    table.remove(&word);
                    map.remove(&word);
                } else {
                    *table.take_in(&word) += number;
                    *map.entry(word.clone()).or_default() += number;
                }
                prop_assert_eq!(table.get(&word), map.get(&word));
                prop_assert_eq!(table.get_mut(&word), map.get_mut(&word));
            }
            prop_assert_eq!(table.len(), map.len());
            let all: HashMap<Vec<u8>, usize> =
                table.iter().map(|(word, value)| (word.to_vec(), *value)).collect();
            prop_assert_eq!(all, map);
        }
    }
}
