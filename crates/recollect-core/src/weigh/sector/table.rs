//! Words and pairs of classes to small numbers, in one look.
//!
//! The table holds no words. A key's hash names a bucket, the bucket's seed a slot,
//! and the slot has eight bits of the key beside the value: two bytes a word and
//! about one look in 300 for a key that is not there ends in another's value. Seeds
//! are searched when the crate is built, so that no two keys want one slot ("hash,
//! displace and compress", ESA 2009).

use super::lexicon::{LEXICON, SHAPES};
use super::weights::PAIRS as PAIR_LIST;

/// More keys of one bucket than ever come together.
const MOST: usize = 16;

/// How many classes there are.
pub(super) const CLASSES: usize = SHAPES.len() + LEXICON.len();

/// Both numbers are powers of two.
pub(super) struct Table<const BUCKETS: usize, const SLOTS: usize> {
    seeds: [u8; BUCKETS],
    marks: [u8; SLOTS],
    values: [u8; SLOTS],
}

/// Classes by the hash of a word or of two words.
pub(super) static WORDS: Table<1024, 2816> = {
    let mut keys = Keys::new();
    let mut place = 0;
    while place < LEXICON.len() {
        keys.add_words(LEXICON[place].2.as_bytes(), (SHAPES.len() + place) as u8);
        place += 1;
    }
    keys.seat_all()
};

/// Places in [`PAIR_WEIGHTS`](super::weights::PAIR_WEIGHTS) by pair.
pub(super) static PAIRS: Table<352, 1024> = {
    let mut keys = Keys::new();
    let mut place = 0;
    while place < PAIR_LIST.len() {
        keys.add(PAIR_LIST[place].0, PAIR_LIST[place].1);
        place += 1;
    }
    keys.seat_all()
};

/// The place of the class with that name.
pub(super) const fn class(name: &str) -> u8 {
    let mut place = 0;
    while place < CLASSES {
        let other = if place < SHAPES.len() {
            SHAPES[place].0
        } else {
            LEXICON[place - SHAPES.len()].0
        };
        if is_same(name.as_bytes(), other.as_bytes()) {
            return place as u8;
        }
        place += 1;
    }
    panic!("no class has that name")
}

const fn is_same(one: &[u8], other: &[u8]) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut position = 0;
    while position < one.len() {
        if one[position] != other[position] {
            return false;
        }
        position += 1;
    }
    true
}

/// The group of each class.
pub(super) static GROUPS: [u8; CLASSES] = {
    let mut groups = [0; CLASSES];
    let mut place = 0;
    while place < CLASSES {
        groups[place] = if place < SHAPES.len() {
            SHAPES[place].1
        } else {
            LEXICON[place - SHAPES.len()].1
        };
        place += 1;
    }
    groups
};

const FNV_BASIS: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

/// The hash of a word with no letter yet.
pub(super) const EMPTY: u32 = FNV_BASIS;

/// The hash of a word that goes on with a byte (FNV-1a).
pub(super) const fn letter(hash: u32, byte: u8) -> u32 {
    (hash ^ byte as u32).wrapping_mul(FNV_PRIME)
}

/// The hash of two words.
pub(super) const fn join(one: u32, other: u32) -> u32 {
    (one.rotate_left(15) ^ other).wrapping_mul(0x85eb_ca6b)
}

/// Spreads a key over all bits.
const fn mix(key: u32) -> u32 {
    let mixed = (key ^ key >> 15).wrapping_mul(0x2c1b_3c6d);
    (mixed ^ mixed >> 13).wrapping_mul(0x297a_2d39)
}

/// The eight bits by which a key is known in its slot.
const fn mark(mixed: u32) -> u8 {
    (mixed >> 8) as u8
}

impl<const BUCKETS: usize, const SLOTS: usize> Table<BUCKETS, SLOTS> {
    /// The value of a key, or 0.
    pub(super) const fn look_up(&self, key: u32) -> u8 {
        let mixed = mix(key);
        let slot = Self::slot(mixed, self.seeds[Self::bucket(mixed)]);
        if self.marks[slot] == mark(mixed) {
            self.values[slot]
        } else {
            0
        }
    }

    const fn bucket(mixed: u32) -> usize {
        (mixed >> 16) as usize % BUCKETS
    }

    const fn slot(mixed: u32, seed: u8) -> usize {
        let spread = (mixed ^ (seed as u32).wrapping_mul(0x9e37_79b1)).wrapping_mul(0x85eb_ca6b);
        (spread >> 16) as usize % SLOTS
    }

    /// Finds a seed under which all keys of the bucket get free slots, and fills them.
    const fn seat(&mut self, keys: &Keys<BUCKETS, SLOTS>, bucket: usize) {
        let mut seed = 0;
        loop {
            let mut seated = 0;
            while seated < keys.count[bucket] {
                let mixed = keys.mixed[bucket][seated];
                let slot = Self::slot(mixed, seed);
                if self.values[slot] != 0 {
                    break;
                }
                self.marks[slot] = mark(mixed);
                self.values[slot] = keys.values[bucket][seated];
                seated += 1;
            }
            if seated == keys.count[bucket] {
                self.seeds[bucket] = seed;
                return;
            }
            while seated > 0 {
                seated -= 1;
                let slot = Self::slot(keys.mixed[bucket][seated], seed);
                self.marks[slot] = 0;
                self.values[slot] = 0;
            }
            assert!(seed < u8::MAX, "the table is too full or has a key twice");
            seed += 1;
        }
    }
}

/// Keys by bucket, while a table is built.
struct Keys<const BUCKETS: usize, const SLOTS: usize> {
    count: [usize; BUCKETS],
    mixed: [[u32; MOST]; BUCKETS],
    values: [[u8; MOST]; BUCKETS],
}

impl<const BUCKETS: usize, const SLOTS: usize> Keys<BUCKETS, SLOTS> {
    const fn new() -> Self {
        Self {
            count: [0; BUCKETS],
            mixed: [[0; MOST]; BUCKETS],
            values: [[0; MOST]; BUCKETS],
        }
    }

    const fn add(&mut self, key: u32, value: u8) {
        let mixed = mix(key);
        let bucket = Table::<BUCKETS, SLOTS>::bucket(mixed);
        let count = self.count[bucket];
        self.mixed[bucket][count] = mixed;
        self.values[bucket][count] = value;
        self.count[bucket] += 1;
    }

    /// Adds words and phrases with a comma between them.
    const fn add_words(&mut self, words: &[u8], value: u8) {
        let (mut first, mut hash) = (0, EMPTY);
        let mut position = 0;
        while position <= words.len() {
            let is_end = position == words.len() || words[position] == b',';
            if is_end {
                self.add(if first == 0 { hash } else { join(first, hash) }, value);
                (first, hash) = (0, EMPTY);
            } else if words[position] == b' ' {
                (first, hash) = (hash, EMPTY);
            } else {
                hash = letter(hash, words[position]);
            }
            position += 1;
        }
    }

    /// The table of all keys; the fullest buckets choose their slots first.
    const fn seat_all(&self) -> Table<BUCKETS, SLOTS> {
        let mut table = Table {
            seeds: [0; BUCKETS],
            marks: [0; SLOTS],
            values: [0; SLOTS],
        };
        let mut size = MOST;
        while size > 0 {
            let mut bucket = 0;
            while bucket < BUCKETS {
                if self.count[bucket] == size {
                    table.seat(self, bucket);
                }
                bucket += 1;
            }
            size -= 1;
        }
        table
    }
}
