//! Sets of characters, and what letters of a text say by themselves.

/// A set of ASCII characters, in two halves: a shift of 128 bits is a call.
///
/// It is made in a `const`: the compiler would make it anew at every use.
#[derive(Clone, Copy, Debug)]
pub(super) struct Class([u64; 2]);

impl Class {
    pub const fn of(characters: &str) -> Self {
        let bytes = characters.as_bytes();
        let mut set = [0; 2];
        let mut at = 0;
        while at < bytes.len() {
            set[(bytes[at] >> 6) as usize] |= 1 << (bytes[at] & 63);
            at += 1;
        }
        Self(set)
    }

    pub const fn and(self, characters: &str) -> Self {
        let Self([low, high]) = Self::of(characters);
        Self([self.0[0] | low, self.0[1] | high])
    }

    // The innermost step of most rules.
    #[inline(always)]
    pub fn has(self, byte: u8) -> bool {
        let [low, high] = self.0;
        let half = if byte < 64 { low } else { high };
        byte < 128 && half >> (byte & 63) & 1 == 1
    }
}

pub(super) const DIGIT: Class = Class::of("0123456789");
pub(super) const HEX: Class = DIGIT.and("abcdefABCDEF");
pub(super) const UPPER: Class = DIGIT.and("ABCDEFGHIJKLMNOPQRSTUVWXYZ");
pub(super) const ALNUM: Class = UPPER.and("abcdefghijklmnopqrstuvwxyz");
pub(super) const WORD: Class = ALNUM.and("_");
pub(super) const URL_SAFE: Class = WORD.and("-");
pub(super) const BASE64: Class = ALNUM.and("+/=");
pub(super) const QUOTE: Class = Class::of("\"'`");
pub(super) const BLANK: Class = Class::of(" \t");
pub(super) const SPACE: Class = BLANK.and("\n\r");

/// Shannon's entropy of a text in bits per byte.
pub(super) fn entropy(text: &str) -> f64 {
    let mut counts = [0_u32; 256];
    for byte in text.bytes() {
        counts[usize::from(byte)] += 1;
    }
    let length = text.len() as f64;
    let mut sum = 0.0;
    for count in counts {
        if count > 0 {
            let share = f64::from(count) / length;
            sum -= share * share.log2();
        }
    }
    sum
}

/// Whether a word is one of a list, in any letter case.
pub(super) fn is_one_of(word: &str, list: &[&str]) -> bool {
    // Most words of a list have another length, and a comparison of letters is a call.
    list.iter()
        .any(|one| one.len() == word.len() && one.eq_ignore_ascii_case(word))
}

/// Whether a text holds a word, in any letter case; the word is in lower case.
pub(super) fn holds(text: &str, word: &str) -> bool {
    places(text, word, |_| true)
}

/// Whether a text holds a word as people write it: small, in capitals, or with a first
/// capital. Four letters that a machine drew are `xxxx` in some mixture of cases once in
/// ten thousand values.
pub(super) fn says(text: &str, word: &str) -> bool {
    places(text, word, is_written)
}

/// Whether a word stands in a text, in any letter case, with letters that will do.
fn places(text: &str, word: &str, will_do: fn(&[u8]) -> bool) -> bool {
    let (bytes, word) = (text.as_bytes(), word.as_bytes());
    let Some(last) = bytes.len().checked_sub(word.len()) else {
        return false;
    };
    let first = word.first().map_or(0, u8::to_ascii_lowercase);
    for at in 0..=last {
        // A comparison of letters is a call, and few places begin as the word does.
        if bytes[at].to_ascii_lowercase() == first
            && let Some(found) = bytes.get(at..at + word.len())
            && found.eq_ignore_ascii_case(word)
            && will_do(found)
        {
            return true;
        }
    }
    false
}

/// Whether letters are of one case, but for a first capital.
pub(super) fn is_written(letters: &[u8]) -> bool {
    let rest = letters.get(1..).unwrap_or_default();
    !rest.iter().any(u8::is_ascii_uppercase) || !letters.iter().any(u8::is_ascii_lowercase)
}
