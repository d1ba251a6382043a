//! One pass over the words of a text, with a table of rules made at build time.
//!
//! The table holds no words, only where the hash of a word or phrase belongs and
//! ten bits more of it: some two bytes a rule in the module. Another phrase is
//! taken for a rule's about once in 1,000 looks, so that every third text of 600
//! characters gets a few points of the forty or so that are not its own.

use super::rules::{LINKS, RULES};
use super::{READ_BYTES, Sector};

/// Half as many again as there are rules, so that a look soon ends; two to the
/// power of the bits that `place` gives.
const SLOTS: usize = 4096;

/// Stands before the first word of a sentence, as `^` in the rules.
const START: u32 = word_hash(b"^", 0, 1);
/// Stands for each word that begins with a digit, as `0` in the rules.
const NUMBER: u32 = word_hash(b"0", 0, 1);
/// Stands beside each word that ends in "ed", as `*ed` in the rules.
const PAST: u32 = word_hash(b"*ed", 0, 3);

/// Marks a word after which a clause begins as a sentence does.
const LINK: u8 = 7;

/// Points for an exclamation mark, and how many of them count.
const EXCLAMATION_POINTS: u32 = 2;
const MAX_EXCLAMATIONS: u32 = 2;

/// Open addressing with linear probing; an empty slot is 0. A rule has the sector's
/// place in bits 0 to 2, the points in bits 3 to 5 and bits of the hash above.
static TABLE: [u16; SLOTS] = build();

const fn build() -> [u16; SLOTS] {
    let mut table = [0; SLOTS];
    let mut group = 0;
    while group < RULES.len() {
        let (sector, points, phrases) = RULES[group];
        insert_all(&mut table, phrases.as_bytes(), points << 3 | sector as u8);
        group += 1;
    }
    insert_all(&mut table, LINKS.as_bytes(), 1 << 3 | LINK);
    table
}

const fn insert_all(table: &mut [u16; SLOTS], phrases: &[u8], rule: u8) {
    let mut start = 0;
    while start < phrases.len() {
        let mut end = start;
        while end < phrases.len() && phrases[end] != b',' {
            end += 1;
        }
        let (mut slot, key) = place(phrase_hash(phrases, start, end));
        while table[slot] != 0 {
            slot = (slot + 1) % SLOTS;
        }
        table[slot] = key << 6 | rule as u16;
        start = end + 1;
    }
}

/// FNV-1a over the bytes of a word.
const fn word_hash(bytes: &[u8], start: usize, end: usize) -> u32 {
    let mut hash = FNV_BASIS;
    let mut position = start;
    while position < end {
        hash = (hash ^ bytes[position] as u32).wrapping_mul(FNV_PRIME);
        position += 1;
    }
    hash
}

const FNV_BASIS: u32 = 0x811c_9dc5;
const FNV_PRIME: u32 = 0x0100_0193;

/// The hash of words with one space between them.
const fn phrase_hash(bytes: &[u8], start: usize, end: usize) -> u32 {
    let mut hash = 0;
    let mut from = start;
    while from < end {
        let mut to = from;
        while to < end && bytes[to] != b' ' {
            to += 1;
        }
        let word = word_hash(bytes, from, to);
        hash = if from == start {
            word
        } else {
            join(hash, word)
        };
        from = to + 1;
    }
    hash
}

/// The hash of a phrase that goes on with a word.
const fn join(phrase: u32, word: u32) -> u32 {
    (phrase.rotate_left(15) ^ word).wrapping_mul(0x85eb_ca6b)
}

/// First slot and ten bits of a hash.
///
/// With this factor no two rules are taken for each other, which a test watches;
/// other rules may need another.
const fn place(hash: u32) -> (usize, u16) {
    let mixed = hash.wrapping_mul(0x9e37_79b1);
    (mixed as usize >> 20, (mixed >> 10 & 0x3ff) as u16)
}

/// The rule for a hash, or 0.
fn look_up(hash: u32) -> u8 {
    let (mut slot, key) = place(hash);
    loop {
        let entry = TABLE[slot];
        if entry == 0 || entry >> 6 == key {
            return (entry & 0x3f) as u8;
        }
        slot = (slot + 1) % SLOTS;
    }
}

/// What a byte is in a text: 0 for a separator, else the byte in lower case.
static FOLDED: [u8; 256] = {
    let mut folded = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        let value = byte as u8;
        if value.is_ascii_alphanumeric() || value == b'_' || value >= 0x80 {
            folded[byte] = value.to_ascii_lowercase();
        }
        byte += 1;
    }
    folded
};

/// The end of a word, as the last bytes read.
const ED: u32 = (b'e' as u32) << 8 | b'd' as u32;
const EE: u32 = b'e' as u32;

/// Whether dashes, quotes, bullets (U+2000 to U+203F) or arrows come next.
fn is_punctuation(bytes: &[u8]) -> bool {
    matches!(bytes, [0xe2, 0x80 | 0x86, ..])
}

/// The width of an apostrophe that a letter follows, or 0.
fn apostrophe(bytes: &[u8]) -> usize {
    match bytes {
        [b'\'', letter, ..] if letter.is_ascii_alphabetic() => 1,
        [0xe2, 0x80, 0x99, letter, ..] if letter.is_ascii_alphabetic() => 3,
        _ => 0,
    }
}

/// Counts points by sector while texts are read.
pub(super) struct Scan {
    /// Twice the points by place in [`Sector::ALL`]; the rest takes what is no sector.
    halves: [u32; 8],
    bytes_left: usize,
    exclamations: u32,
    /// Hashes of the last word and of the last two.
    word: u32,
    pair: u32,
    /// Whether the next word may begin a clause.
    after_link: bool,
}

impl Scan {
    pub(super) fn new(points: [u32; 5]) -> Self {
        let mut scan = Self {
            halves: [0; 8],
            bytes_left: READ_BYTES,
            exclamations: 0,
            word: START,
            pair: 0,
            after_link: false,
        };
        for (half, points) in scan.halves.iter_mut().zip(points) {
            *half = 2 * points;
        }
        scan
    }

    pub(super) fn give(&mut self, sector: Sector, points: u32) {
        self.halves[sector as usize] += 2 * points;
    }

    /// Points by place in [`Sector::ALL`].
    pub(super) fn points(&self) -> [u32; 5] {
        std::array::from_fn(|place| self.halves[place] / 2)
    }

    /// Reads a text, or as much of it as is left to read of the memory.
    pub(super) fn read(&mut self, text: &str) {
        let bytes = text.as_bytes();
        let bytes = &bytes[..bytes.len().min(self.bytes_left)];
        self.bytes_left -= bytes.len();
        self.begin_sentence();
        let mut position = 0;
        while let Some(&byte) = bytes.get(position) {
            if is_punctuation(&bytes[position..]) {
                position += 3;
            } else if FOLDED[usize::from(byte)] == 0 {
                self.separate(byte, bytes.get(position + 1).copied());
                position += 1;
            } else {
                position = self.read_word(bytes, position);
            }
        }
    }

    fn begin_sentence(&mut self) {
        self.word = START;
        self.pair = 0;
        self.after_link = false;
    }

    fn separate(&mut self, byte: u8, next: Option<u8>) {
        let is_last = next.is_none_or(|next| next.is_ascii_whitespace());
        match byte {
            b'\n' => self.begin_sentence(),
            // Not the dot of a file's name nor the colon of a time.
            b'.' | b'?' | b':' | b';' if is_last => self.begin_sentence(),
            b'!' if is_last => {
                if self.exclamations < MAX_EXCLAMATIONS {
                    self.exclamations += 1;
                    self.give(Sector::Emotional, EXCLAMATION_POINTS);
                }
                self.begin_sentence();
            }
            b',' if is_last => {
                self.word = 0;
                self.pair = 0;
                self.after_link = true;
            }
            _ => {}
        }
    }

    /// Reads the word that begins at `start`; gives the position behind it.
    fn read_word(&mut self, bytes: &[u8], start: usize) -> usize {
        let mut hash = FNV_BASIS;
        let mut position = start;
        // The last bytes of the word, for its ending.
        let mut tail = 0_u32;
        while let Some(&byte) = bytes.get(position) {
            let mut folded = FOLDED[usize::from(byte)];
            let mut width = 1;
            if folded == 0 || byte == 0xe2 {
                width = apostrophe(&bytes[position..]);
                if width > 0 {
                    folded = b'\'';
                } else if folded == 0 || is_punctuation(&bytes[position..]) {
                    break;
                } else {
                    width = 1;
                }
            }
            hash = (hash ^ u32::from(folded)).wrapping_mul(FNV_PRIME);
            tail = tail << 8 | u32::from(folded);
            position += width;
        }
        let is_number = bytes[start].is_ascii_digit();
        // Not "need" or "speed", nor "red".
        let is_past = tail & 0xffff == ED && tail >> 16 & 0xff != EE && position - start > 3;
        self.count(if is_number { NUMBER } else { hash }, is_past);
        position
    }

    fn count(&mut self, word: u32, is_past: bool) {
        let alone = look_up(word);
        self.add(alone, 2);
        let pair = join(self.word, word);
        self.add(look_up(pair), 2);
        self.add(look_up(join(self.pair, word)), 2);
        if self.after_link {
            self.add(look_up(join(START, word)), 1);
        }
        if is_past {
            self.add(look_up(PAST), 2);
            self.add(look_up(join(self.word, PAST)), 2);
            if self.after_link {
                self.add(look_up(join(START, PAST)), 1);
            }
        }
        self.after_link = alone & 7 == LINK;
        self.word = word;
        self.pair = pair;
    }

    fn add(&mut self, rule: u8, times: u32) {
        self.halves[usize::from(rule & 7)] += u32::from(rule >> 3) * times;
    }
}

#[cfg(test)]
pub(super) fn rule_of(phrase: &str) -> u8 {
    look_up(phrase_hash(phrase.as_bytes(), 0, phrase.len()))
}
