//! One pass over the words of a text that tells what it is made of.
//!
//! Each word gets a class, from the lexicon or by its shape; marks between words have
//! classes too. A text then is the classes that stand in it, which two stand side by
//! side or with one between them, and for each sentence how it begins and ends, how
//! long it is and what it has in it as a whole.

use super::READ_BYTES;
use super::lexicon::PAST;
use super::table::{EMPTY, GROUPS, WORDS, class, join, letter};

/// What a text has in it: a class, or a pair of them.
///
/// A class is its place, below 256. A pair is two bytes below a kind from 1.
pub(super) type Feature = u32;

const ADJACENT: u32 = 1;
const APART: u32 = 2;
const FIRST_AND_LAST: u32 = 3;
const GROUPS_IN: u32 = 4;
const FIRST_AND_PAST: u32 = 5;
const LENGTH: u32 = 6;

const fn pair(kind: u32, one: u8, other: u8) -> Feature {
    kind << 16 | (one as u32) << 8 | other as u32
}

const START: u8 = class("start");
const END: u8 = class("end");
const STOP: u8 = class("stop");
const QUESTION: u8 = class("question mark");
const EXCLAMATION: u8 = class("exclamation mark");
const COLON: u8 = class("colon");
const SEMICOLON: u8 = class("semicolon");
const LINE_END: u8 = class("line end");
const COMMA: u8 = class("comma");
const DASH: u8 = class("dash");
const DOTS: u8 = class("dots");
const CODE_MARK: u8 = class("code mark");
const QUOTE: u8 = class("quote");
const BRACKET: u8 = class("bracket");
const OPTION: u8 = class("option");
const PERCENT: u8 = class("percent");
const SMILEY: u8 = class("smiley");
const CLOCK: u8 = class("clock");
const NUMBER: u8 = class("number");
const MIXED_NUMBER: u8 = class("number with letters");
const CODE: u8 = class("code");
const PAST_FORM: u8 = class("past form");
const PAST_ACT: u8 = class("past act");
const PRESENT_ACT: u8 = class("present act");
const DOING: u8 = class("doing");
const ING: u8 = class("-ing");
const ACRONYM: u8 = class("acronym");
const PLURAL: u8 = class("-s");
const LY: u8 = class("-ly");
const FIRST_CAPITAL: u8 = class("first capital");
const CAPITAL: u8 = class("capital");
const ABSTRACT: u8 = class("abstract");
const QUALITY: u8 = class("quality");
const WORD: u8 = class("word");

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

/// Hash of a word's bytes in lower case.
fn word_hash(bytes: &[u8]) -> u32 {
    bytes
        .iter()
        .fold(EMPTY, |hash, &byte| letter(hash, FOLDED[usize::from(byte)]))
}

/// The class of a mark of several bytes, with their number; 0 bytes if there is none.
fn wide_mark(bytes: &[u8]) -> (u8, usize) {
    match bytes {
        [0xe2, 0x80, 0x93 | 0x94, ..] | [0xe2, 0x86, _, ..] => (DASH, 3),
        [0xe2, 0x80, 0xa6, ..] | [b'.', b'.', b'.', ..] => (DOTS, 3),
        [0xe2, 0x80, _, ..] => (0, 3),
        [0xe2, 0x9d, 0xa4, ..] => (SMILEY, 3),
        [0xf0, 0x9f, _, _, ..] => (SMILEY, 4),
        [b':', b')' | b'(' | b'D', ..] | [b'<', b'3', ..] => (SMILEY, 2),
        [b'-', b'>', ..] => (DASH, 2),
        [b' ', b'-', b'-', letter, ..] if letter.is_ascii_alphabetic() => (OPTION, 3),
        [b' ', b'-', letter, ..] if letter.is_ascii_alphabetic() => (OPTION, 2),
        [b' ', b'-', b' ', ..] => (DASH, 2),
        _ => (0, 0),
    }
}

/// The width of an apostrophe that a letter follows, or 0.
fn apostrophe(bytes: &[u8]) -> usize {
    match bytes {
        [b'\'', letter, ..] if letter.is_ascii_alphabetic() => 1,
        [0xe2, 0x80, 0x99, letter, ..] if letter.is_ascii_alphabetic() => 3,
        _ => 0,
    }
}

/// The width of a mark within a path, a name or a time, or 0.
fn inner_mark(bytes: &[u8]) -> usize {
    match bytes {
        [b':', b':', next, ..] if FOLDED[usize::from(*next)] != 0 => 2,
        [b'.' | b'/' | b':' | b'=' | b'@' | b'#', next, ..] if FOLDED[usize::from(*next)] != 0 => 1,
        _ => 0,
    }
}

/// Reads the texts of one memory.
pub(super) struct Scan {
    bytes_left: usize,
    /// Classes of the last token and of the one before.
    last: u8,
    before: u8,
    /// Class of the first token of the sentence, 0 before it.
    first: u8,
    words: u8,
    groups: u8,
    /// Hash of the last word, 0 where none stands directly before.
    word: u32,
}

impl Scan {
    pub(super) fn new() -> Self {
        Self {
            bytes_left: READ_BYTES,
            last: START,
            before: 0,
            first: 0,
            words: 0,
            groups: 0,
            word: 0,
        }
    }

    /// Tells what a text has in it, or as much of it as is left to read of the memory.
    pub(super) fn read(&mut self, text: &str, tell: &mut impl FnMut(Feature)) {
        let bytes = text.as_bytes();
        let bytes = &bytes[..bytes.len().min(self.bytes_left)];
        self.bytes_left -= bytes.len();
        let mut position = 0;
        while let Some(&byte) = bytes.get(position) {
            let is_plain = FOLDED[usize::from(byte)] != 0 && byte < 0xe2;
            let (mark, width) = if is_plain {
                (0, 0)
            } else {
                wide_mark(&bytes[position..])
            };
            if width > 0 {
                if mark != 0 {
                    self.token(mark, tell);
                    self.word = 0;
                }
                position += width;
            } else if FOLDED[usize::from(byte)] == 0 {
                self.separate(byte, bytes.get(position + 1).copied(), tell);
                position += 1;
            } else {
                position = self.read_word(bytes, position, tell);
            }
        }
        self.end_sentence(END, tell);
    }

    fn separate(&mut self, byte: u8, next: Option<u8>, tell: &mut impl FnMut(Feature)) {
        let is_last = next.is_none_or(|next| !next.is_ascii_alphanumeric() && next != b'/');
        match byte {
            b'\n' => self.end_sentence(LINE_END, tell),
            b'.' if is_last => self.end_sentence(STOP, tell),
            b'?' if is_last => self.end_sentence(QUESTION, tell),
            b'!' if is_last => self.end_sentence(EXCLAMATION, tell),
            b':' if is_last => self.end_sentence(COLON, tell),
            b';' if is_last => self.end_sentence(SEMICOLON, tell),
            b',' => self.mark(COMMA, tell),
            b'`' => self.mark(CODE_MARK, tell),
            b'"' => self.mark(QUOTE, tell),
            b'(' => self.mark(BRACKET, tell),
            b'%' => self.mark(PERCENT, tell),
            _ => {}
        }
    }

    fn mark(&mut self, mark: u8, tell: &mut impl FnMut(Feature)) {
        self.token(mark, tell);
        self.word = 0;
    }

    fn token(&mut self, class: u8, tell: &mut impl FnMut(Feature)) {
        tell(Feature::from(class));
        tell(pair(ADJACENT, self.last, class));
        if self.before != 0 {
            tell(pair(APART, self.before, class));
        }
        self.before = self.last;
        self.last = class;
        if self.first == 0 {
            self.first = class;
        }
        self.groups |= GROUPS[usize::from(class)];
    }

    fn end_sentence(&mut self, end: u8, tell: &mut impl FnMut(Feature)) {
        // Marks alone are no sentence, as in "?!".
        if self.words > 0 {
            self.token(end, tell);
            tell(pair(FIRST_AND_LAST, self.first, end));
            tell(pair(GROUPS_IN, 0, self.groups));
            tell(pair(FIRST_AND_PAST, self.first, self.groups & PAST));
            tell(pair(LENGTH, 0, (self.words / 4).min(6)));
        } else if end == EXCLAMATION || end == QUESTION {
            tell(Feature::from(end));
        }
        self.last = START;
        self.before = 0;
        self.first = 0;
        self.words = 0;
        self.groups = 0;
        self.word = 0;
    }

    /// Reads the word that begins at `start`; gives the position behind it.
    fn read_word(&mut self, bytes: &[u8], start: usize, tell: &mut impl FnMut(Feature)) -> usize {
        let mut hash = EMPTY;
        let mut position = start;
        let (mut is_code, mut was_small) = (false, false);
        let (mut capitals, mut digits) = (0, 0);
        // The place of an apostrophe, and the hash of what stands before it.
        let mut possessor = (0, 0);
        while let Some(&byte) = bytes.get(position) {
            let rest = &bytes[position..];
            let mut folded = FOLDED[usize::from(byte)];
            let mut width = 1;
            if folded == 0 || byte >= 0xe2 {
                width = apostrophe(rest);
                if width > 0 {
                    folded = b'\'';
                    possessor = (position, hash);
                } else if folded == 0 {
                    width = inner_mark(rest);
                    is_code |= width > 0;
                    folded = byte;
                } else if wide_mark(rest).1 == 0 {
                    width = 1;
                }
            }
            if width == 0 {
                break;
            }
            let is_capital = byte.is_ascii_uppercase();
            is_code |= byte == b'_' || is_capital && was_small;
            was_small = byte.is_ascii_lowercase();
            capitals += usize::from(is_capital);
            digits += usize::from(byte.is_ascii_digit());
            hash = letter(hash, folded);
            position += width;
        }
        let word = &bytes[start..position];
        let class = if word[0].is_ascii_digit() {
            if word.contains(&b':') {
                CLOCK
            } else if word.iter().any(u8::is_ascii_alphabetic) {
                MIXED_NUMBER
            } else {
                NUMBER
            }
        } else if is_code || digits > 0 {
            CODE
        } else {
            self.class_of(word, hash, possessor, capitals)
        };
        self.words = self.words.saturating_add(1);
        self.token(class, tell);
        if self.word != 0 {
            let phrase = WORDS.look_up(join(self.word, hash));
            if phrase != 0 {
                tell(Feature::from(phrase));
                self.groups |= GROUPS[usize::from(phrase)];
            }
        }
        self.word = hash;
        position
    }

    fn class_of(&self, word: &[u8], hash: u32, possessor: (usize, u32), capitals: usize) -> u8 {
        let class = WORDS.look_up(hash);
        if class != 0 {
            return class;
        }
        if possessor.0 > 0 {
            let class = WORDS.look_up(possessor.1);
            if class != 0 {
                return class;
            }
        }
        let class = inflected(word);
        if class != 0 {
            return class;
        }
        let is_capital = word[0].is_ascii_uppercase();
        let long = word.len() > 3;
        let mut lower = [0; 4];
        for (to, &from) in lower.iter_mut().rev().zip(word.iter().rev()) {
            *to = FOLDED[usize::from(from)];
        }
        match lower {
            _ if capitals > 1 && capitals == word.len() => ACRONYM,
            [_, before, b'e', b'd'] if long && before != b'e' => PAST_FORM,
            [_, b'i', b'n', b'g'] if word.len() > 4 => ING,
            [_, _, b'l', b'y'] => LY,
            _ if is_capital && self.first == 0 => FIRST_CAPITAL,
            _ if is_capital => CAPITAL,
            [_, _, before, b's'] if long && before != b's' => PLURAL,
            [b't', b'i', b'o', b'n']
            | [b'n', b'e', b's', b's']
            | [b'm', b'e', b'n', b't']
            | [_, b'i', b't', b'y']
            | [b'a' | b'e', b'n', b'c', b'e'] => ABSTRACT,
            [_, b'f', b'u', b'l']
            | [_, b'o', b'u', b's']
            | [_, b'i', b'v', b'e']
            | [b'a' | b'i', b'b', b'l', b'e']
            | [_, b'i', b's', b'h'] => QUALITY,
            _ => WORD,
        }
    }
}

/// The class of a regular form of a word in the lexicon, or 0.
fn inflected(word: &[u8]) -> u8 {
    // No ending has another last letter.
    let last = word.last().map(u8::to_ascii_lowercase);
    if !matches!(last, Some(b'd' | b'g' | b's' | b'y')) {
        return 0;
    }
    for (ending, add, act) in ENDINGS {
        let Some(split) = word.len().checked_sub(ending.len()) else {
            continue;
        };
        let (stem, end) = word.split_at(split);
        if split < 3 || !end.eq_ignore_ascii_case(ending) {
            continue;
        }
        let hash = word_hash(stem);
        let mut class = WORDS.look_up(add.iter().fold(hash, |hash, &byte| letter(hash, byte)));
        if class == 0 && matches!(*act, PAST_ACT | DOING) {
            class = WORDS.look_up(letter(hash, b'e'));
            if class == 0 && stem[split - 1] == stem[split - 2] {
                class = WORDS.look_up(word_hash(&stem[..split - 1]));
            }
        }
        if ACTS.contains(&class) && *act != LY {
            return *act;
        }
        if FEELINGS.contains(&class) {
            return class;
        }
    }
    0
}

/// Endings of regular forms, what stands in their place in the base form and the
/// class of a verb with them.
const ENDINGS: &[(&[u8], &[u8], u8)] = &[
    (b"ied", b"y", PAST_ACT),
    (b"ies", b"y", PRESENT_ACT),
    (b"ing", b"", DOING),
    (b"ed", b"", PAST_ACT),
    (b"es", b"", PRESENT_ACT),
    (b"s", b"", PRESENT_ACT),
    (b"ly", b"", LY),
];

/// Classes of verbs that somebody does.
const ACTS: &[u8] = &[
    class("act"),
    class("hold"),
    class("put"),
    class("git"),
    class("meet"),
    class("kind"),
];

/// Classes whose words mean the same in every form.
const FEELINGS: &[u8] = &[
    class("bad feeling"),
    class("good feeling"),
    class("show of feeling"),
    class("feeling"),
    class("hate"),
    class("love"),
    class("think"),
    class("matter of thought"),
    class("exclamation"),
    class("swear"),
];
