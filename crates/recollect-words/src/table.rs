//! A table from words to what is known of them.

use hashbrown::HashTable;
use hashbrown::hash_table::Entry as Place;

/// A value for each of many words.
///
/// Tokens of every memory are looked up in it, so a word of up to [`SHORT`] bytes stands
/// in the list itself and not behind a pointer. Words and values stand in the order in
/// which they came: those that are met most often come early, and so stand close together.
#[derive(Debug)]
pub(crate) struct Table<T> {
    words: Vec<Word>,
    values: Vec<T>,
    /// Where each word stands.
    places: HashTable<u32>,
    /// Where words stood that were removed; the next ones come there.
    free: Vec<u32>,
}

/// Longest word that needs no allocation, in bytes.
const SHORT: usize = 14;

#[derive(Debug)]
enum Word {
    Short {
        length: u8,
        bytes: [u8; SHORT],
    },
    Long(Box<[u8]>),
    /// It was removed.
    Gone,
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
            Self::Gone => &[],
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
#[inline(never)]
pub fn hash(word: &[u8]) -> u64 {
    let add =
        |hash: u64, part: u64| (hash.rotate_left(5) ^ part).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut hash = word.len() as u64;
    // The last eight bytes may be counted twice, which takes less than parting them does.
    if let Some(last) = word.last_chunk::<8>() {
        for chunk in word.as_chunks::<8>().0 {
            hash = add(hash, u64::from_le_bytes(*chunk));
        }
        hash = add(hash, u64::from_le_bytes(*last));
    } else if let (Some(first), Some(last)) = (word.first_chunk::<4>(), word.last_chunk::<4>()) {
        let (first, last) = (u32::from_le_bytes(*first), u32::from_le_bytes(*last));
        hash = add(hash, u64::from(first) << 32 | u64::from(last));
    } else if let [first, .., last] = word {
        let middle = word[word.len() / 2];
        hash = add(
            hash,
            u64::from_le_bytes([*first, middle, *last, 0, 0, 0, 0, 0]),
        );
    } else if let [only] = word {
        hash = add(hash, u64::from(*only));
    }
    // The table goes by the highest and the lowest bits.
    hash ^ hash >> 32
}

impl<T> Default for Table<T> {
    fn default() -> Self {
        Self {
            words: Vec::new(),
            values: Vec::new(),
            places: HashTable::new(),
            free: Vec::new(),
        }
    }
}

impl<T: Default> Table<T> {
    pub(crate) fn get(&self, word: &[u8]) -> Option<&T> {
        let place = self.find(word)?;
        self.values.get(place as usize)
    }

    pub(crate) fn get_mut(&mut self, word: &[u8]) -> Option<&mut T> {
        let place = self.find(word)?;
        self.at(place)
    }

    /// Where a word stands.
    pub(crate) fn find(&self, word: &[u8]) -> Option<u32> {
        let is_it = |place: &u32| is_at(&self.words, *place, word);
        self.places.find(hash(word), is_it).copied()
    }

    /// Where a word stands, which is taken in if it is new. It stands there until it is
    /// removed.
    pub(crate) fn place(&mut self, word: &[u8]) -> u32 {
        let words = &self.words;
        let free = self.free.last().copied();
        let next = free.unwrap_or(words.len() as u32);
        let place = self.places.entry(
            hash(word),
            |place| is_at(words, *place, word),
            |place| hash_at(words, *place),
        );
        match place {
            Place::Occupied(place) => *place.get(),
            Place::Vacant(place) => {
                place.insert(next);
                match self.words.get_mut(next as usize) {
                    Some(gone) => {
                        self.free.pop();
                        *gone = Word::new(word);
                    }
                    None => {
                        self.words.push(Word::new(word));
                        self.values.push(T::default());
                    }
                }
                next
            }
        }
    }

    /// The value of the word that stands there.
    pub(crate) fn at(&mut self, place: u32) -> Option<&mut T> {
        self.values.get_mut(place as usize)
    }

    pub(crate) fn remove(&mut self, word: &[u8]) {
        let words = &self.words;
        let is_it = |place: &u32| is_at(words, *place, word);
        let Ok(found) = self.places.find_entry(hash(word), is_it) else {
            return;
        };
        let (place, _) = found.remove();
        // The others keep their places, which texts are told by.
        if let (Some(word), Some(value)) = (
            self.words.get_mut(place as usize),
            self.values.get_mut(place as usize),
        ) {
            *word = Word::Gone;
            *value = T::default();
            self.free.push(place);
        }
    }

    /// How many places there are, those of words that were removed among them.
    pub(crate) fn places(&self) -> usize {
        self.words.len()
    }

    /// All words with their places and values, in the order of the places.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &[u8], &T)> {
        let words = (0..).zip(&self.words).zip(&self.values);
        words
            .filter(|((_, word), _)| !matches!(word, Word::Gone))
            .map(|((place, word), value)| (place, word.bytes(), value))
    }

    pub(crate) fn values_mut(&mut self) -> impl Iterator<Item = &mut T> {
        self.values.iter_mut()
    }

    pub(crate) fn len(&self) -> usize {
        self.places.len()
    }

    pub(crate) fn reserve(&mut self, more: usize) {
        let words = &self.words;
        self.places.reserve(more, |place| hash_at(words, *place));
        self.words.reserve_exact(more);
        self.values.reserve_exact(more);
    }
}

fn is_at(words: &[Word], place: u32, word: &[u8]) -> bool {
    words
        .get(place as usize)
        .is_some_and(|other| other.is(word))
}

fn hash_at(words: &[Word], place: u32) -> u64 {
    words
        .get(place as usize)
        .map_or(0, |word| hash(word.bytes()))
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
                    let place = table.place(&word);
                    *table.at(place).unwrap() += number;
                    *map.entry(word.clone()).or_default() += number;
                }
                prop_assert_eq!(table.get(&word), map.get(&word));
                prop_assert_eq!(table.get_mut(&word), map.get_mut(&word));
            }
            prop_assert_eq!(table.len(), map.len());
            let all: HashMap<Vec<u8>, usize> =
                table.iter().map(|(_, word, value)| (word.to_vec(), *value)).collect();
            prop_assert_eq!(all, map);
        }
    }
}
