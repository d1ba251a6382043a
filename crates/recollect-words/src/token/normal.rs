//! Texts as they are compared, however they were typed: compatibility forms as
//! plain ones (NFKC), without marks and without characters that have no width.
//!
//! | in the text | becomes | why |
//! | --- | --- | --- |
//! | `ﬁle` `x²` `ＡＰＩ` `①` | `file` `x2` `API` `1` | compatibility forms are a way of printing |
//! | `ﾊﾞ`, `한` in NFD | `バ` `한` | one letter, typed in pieces |
//! | `é` `ά` `ё` `أ` `שָׁלוֹם` `مُحَمَّد` | `e` `α` `е` `ا` `שלום` `محمد` | a mark is often left out |
//! | soft hyphen, U+200B, joiners, variation selectors | nothing | nobody sees or types them |
//! | `‐` `‑` and the modifier letter `ʼ` | `-` `'` | as on the keyboard |
//! | `ی` `ى` `ک` and tatweel | `ي` `ي` `ك` and nothing | one letter on two keyboards; a stroke |
//!
//! Marks stay where they are letters: the vowels, viramas and tones of the scripts
//! of India and South-East Asia (`कि` is not `का`, `ม้า` a horse and `มา` to come),
//! those of Thaana, and the voicing of kana (`バ` is not `ハ`). Of these only the
//! nukta of Devanagari goes, which Hindi writes or leaves out: `फ़ाइल` and `फाइल`.

use unicode_normalization::char::{
    canonical_combining_class, decompose_compatible, is_combining_mark,
};

use super::letter;

/// A text as it is compared, letter case and the marks of [`is_plain`] letters aside,
/// and where each of its bytes comes from.
#[derive(Debug, Default)]
pub(super) struct Normal {
    pub(super) text: String,
    /// First byte in the original of the character that each byte comes from.
    origins: Vec<u32>,
    original_length: usize,
}

impl Normal {
    /// Takes a text in place of the one before.
    pub(super) fn read(&mut self, original: &str) {
        self.text.clear();
        self.origins.clear();
        self.original_length = original.len();
        for (at, c) in original.char_indices() {
            // A text is shorter than 4 GiB wherever it comes from.
            let at = at as u32;
            if is_plain(c) {
                self.push(c, at);
            } else if !is_ignorable(c) {
                decompose_compatible(c, |piece| self.add(piece, at));
            }
        }
    }

    /// Where in the original the character begins that a byte comes from.
    pub(super) fn start(&self, at: usize) -> usize {
        self.origins
            .get(at)
            .map_or(self.original_length, |origin| *origin as usize)
    }

    /// Where in the original ends what ends at a byte, with the marks behind it.
    pub(super) fn end(&self, at: usize) -> usize {
        let last = at.checked_sub(1).and_then(|last| self.origins.get(last));
        let mut rest = self.origins.iter().skip(at);
        // The characters in the middle of a ligature end where it ends.
        let next = rest.find(|origin| last != Some(origin));
        next.map_or(self.original_length, |origin| *origin as usize)
    }

    fn push(&mut self, c: char, at: u32) {
        self.text.push(c);
        self.origins.resize(self.text.len(), at);
    }

    /// Takes one character of a decomposition.
    fn add(&mut self, c: char, at: u32) {
        let last = self.text.chars().next_back();
        match c {
            _ if is_ignorable(c) => {}
            '\u{1100}'..='\u{11FF}' | '\u{3099}' | '\u{309A}' => {
                match last.and_then(|last| composed(last, c)) {
                    Some(both) => {
                        self.text.pop();
                        let begins = self.origins.get(self.text.len()).copied();
                        self.origins.truncate(self.text.len());
                        self.push(both, begins.unwrap_or(at));
                    }
                    None if c < '\u{3000}' => self.push(c, at),
                    None => {}
                }
            }
            '\u{02BC}' => self.push('\'', at),
            '\u{2010}' | '\u{2011}' => self.push('-', at),
            '\u{0640}' => {}
            '\u{0649}' | '\u{06CC}' => self.push('\u{064A}', at),
            '\u{06A9}' => self.push('\u{0643}', at),
            // Of keycaps.
            '\u{20E3}' => self.push(c, at),
            _ if !is_combining_mark(c) => self.push(c, at),
            _ if is_letter_mark(c) => self.add_mark(c, at),
            _ => {}
        }
    }

    /// Marks stand in the order of their classes, in whichever they were typed.
    fn add_mark(&mut self, mark: char, at: u32) {
        let class = canonical_combining_class(mark);
        let mut place = self.text.len();
        if class > 0 {
            for (before, c) in self.text.char_indices().rev() {
                if canonical_combining_class(c) <= class {
                    break;
                }
                place = before;
            }
        }
        let origin = self.origins.get(place).copied().unwrap_or(at);
        self.text.insert(place, mark);
        let origins = std::iter::repeat_n(origin, mark.len_utf8());
        self.origins.splice(place..place, origins);
    }
}

/// A text as words are compared: normal, in small letters, without diacritics.
#[must_use]
pub fn folded(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    let mut normal = Normal::default();
    normal.read(text);
    let mut folded = String::with_capacity(normal.text.len());
    for c in normal.text.chars() {
        letter::fold(c, &mut folded);
    }
    folded
}

/// Whether all of a text is as it is compared, or [`letter::fold`] makes it so.
pub(super) fn is_all_plain(text: &str) -> bool {
    text.is_ascii() || text.chars().all(is_plain)
}

/// Whether a character is as it is compared, or [`letter::fold`] makes it so.
fn is_plain(c: char) -> bool {
    // Most of the long runs without a space.
    if matches!(c, '\0'..='\u{7F}' | '\u{4E00}'..='\u{9FFF}' | '\u{AC00}'..='\u{D7A3}') {
        return true;
    }
    match c {
        '\u{A7}' | '\u{AB}' | '\u{B0}' | '\u{B7}' | '\u{BB}' => true,
        '\u{0132}' | '\u{0133}' | '\u{013F}' | '\u{0140}' | '\u{0149}' | '\u{017F}' => false,
        '\u{2017}' | '\u{2024}' | '\u{2025}' | '\u{21AE}' | '\u{2460}'..='\u{24EA}' => false,
        '\u{00C0}'..='\u{017F}'
        | '\u{0386}'..='\u{03CE}'
        | '\u{0400}'..='\u{045F}'
        | '\u{05D0}'..='\u{05EA}'
        | '\u{1EA0}'..='\u{1EF9}'
        | '\u{2012}'..='\u{2026}'
        | '\u{2190}'..='\u{2BFF}'
        | '\u{3000}'..='\u{3029}'
        | '\u{3041}'..='\u{3096}'
        | '\u{30A1}'..='\u{30FE}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{FF01}'
        | '\u{FF08}'
        | '\u{FF09}'
        | '\u{FF0C}'
        | '\u{FF1A}'
        | '\u{FF1B}'
        | '\u{FF1F}'
        | '\u{1F300}'..='\u{1F3FA}'
        | '\u{1F400}'..='\u{1FAFF}' => true,
        _ => false,
    }
}

/// Characters without width, and those that only choose how another looks: the
/// default ignorable code points of Unicode, and skin tones.
fn is_ignorable(c: char) -> bool {
    matches!(c,
        '\u{00AD}'
        | '\u{034F}'
        | '\u{061C}'
        | '\u{115F}'..='\u{1160}'
        | '\u{17B4}'..='\u{17B5}'
        | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}'
        | '\u{202A}'..='\u{202E}'
        | '\u{2060}'..='\u{206F}'
        | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}'
        | '\u{FEFF}'
        | '\u{FFA0}'
        | '\u{FFF0}'..='\u{FFFB}'
        | '\u{1BCA0}'..='\u{1BCA3}'
        | '\u{1D173}'..='\u{1D17A}'
        | '\u{1F3FB}'..='\u{1F3FF}'
        | '\u{E0000}'..='\u{E0FFF}')
}

/// Whether a mark is one that words differ by.
pub(super) fn is_letter_mark(c: char) -> bool {
    let is_of_script = match c {
        '\u{093C}' | '\u{0951}'..='\u{0954}' | '\u{1CD0}'..='\u{1CFF}' => false,
        '\u{07A6}'..='\u{07B0}'
        | '\u{0900}'..='\u{109F}'
        | '\u{1700}'..='\u{1AAF}'
        | '\u{1B00}'..='\u{1CFF}'
        | '\u{A800}'..='\u{ABFF}'
        | '\u{11000}'..='\u{11FFF}'
        | '\u{16F00}'..='\u{16FFF}' => true,
        _ => false,
    };
    is_of_script && is_combining_mark(c)
}

/// The syllable or the voiced kana of two characters that follow each other.
///
/// Syllables by the arithmetic of the Unicode Standard, section 3.12.
fn composed(first: char, second: char) -> Option<char> {
    let (a, b) = (first as u32, second as u32);
    match (first, second) {
        ('\u{1100}'..='\u{1112}', '\u{1161}'..='\u{1175}') => {
            char::from_u32(0xAC00 + ((a - 0x1100) * 21 + (b - 0x1161)) * 28)
        }
        ('\u{AC00}'..='\u{D7A3}', '\u{11A8}'..='\u{11C2}') if (a - 0xAC00) % 28 == 0 => {
            char::from_u32(a + (b - 0x11A7))
        }
        ('\u{3041}'..='\u{30FE}', '\u{3099}' | '\u{309A}') => {
            // A voiced kana stands so far behind the other.
            [1, 2, 8, 0x4E].into_iter().find_map(|distance| {
                let voiced = char::from_u32(a + distance)?;
                let mut pieces = ['\0'; 2];
                let mut places = pieces.iter_mut();
                decompose_compatible(voiced, |piece| {
                    if let Some(place) = places.next() {
                        *place = piece;
                    }
                });
                (pieces == [first, second]).then_some(voiced)
            })
        }
        _ => None,
    }
}
