//! Words that were met lately, as they are written.

/// Where the tokens of words stand that were met lately, so that most words need not be
/// cut to their stems and looked up.
#[derive(Debug, Default)]
pub(crate) struct Recent {
    /// By a hash of the word; a later one with the same hash takes the place.
    slots: Vec<Slot>,
    asked: Option<(usize, Key)>,
}

/// A word of at most sixteen letters and digits in lower case, with spaces behind it.
#[derive(Clone, Copy, Debug, Default)]
struct Key {
    low: u64,
    high: u64,
}

#[derive(Clone, Debug, Default)]
struct Slot {
    key: Key,
    place: u32,
}

/// Two thousand words are most of most texts, and stay in the nearest memory.
const BITS: u32 = 11;

/// Turns ASCII letters into small ones, leaves digits, and makes spaces of nothing.
const LOWER: u64 = 0x2020_2020_2020_2020;

impl Recent {
    /// Where the token of a word stands, which is the first `length` bytes of `rest`:
    /// ASCII letters and digits.
    pub(crate) fn find(&mut self, rest: &[u8], length: usize) -> Option<u32> {
        self.asked = None;
        let key = key(rest, length)?;
        let slot = slot(key);
        match self.slots.get(slot) {
            // In registers: what was just written in two parts is not soon read as one.
            Some(one) if one.key.low == key.low && one.key.high == key.high => Some(one.place),
            _ => {
                self.asked = Some((slot, key));
                None
            }
        }
    }

    /// Takes note of where the token of the word stands that was asked for last, unless
    /// it was found.
    pub(crate) fn note(&mut self, place: u32) {
        let Some((slot, key)) = self.asked.take() else {
            return;
        };
        if self.slots.is_empty() {
            self.slots = vec![Slot::default(); 1 << BITS];
        }
        if let Some(one) = self.slots.get_mut(slot) {
            *one = Slot { key, place };
        }
    }
}

fn key(rest: &[u8], length: usize) -> Option<Key> {
    let mut bytes = [0; 16];
    match rest.first_chunk::<16>() {
        Some(chunk) => bytes = *chunk,
        None => bytes
            .iter_mut()
            .zip(rest)
            .for_each(|(to, from)| *to = *from),
    }
    let ([low, high], _) = bytes.as_chunks::<8>() else {
        return None;
    };
    let mask = |bytes: usize| match bytes {
        8.. => u64::MAX,
        _ => (1 << (8 * bytes)) - 1,
    };
    (length <= 16).then(|| Key {
        low: u64::from_le_bytes(*low) & mask(length) | LOWER,
        high: u64::from_le_bytes(*high) & mask(length.saturating_sub(8)) | LOWER,
    })
}

fn slot(Key { low, high }: Key) -> usize {
    let hash = (low ^ high.rotate_left(31)).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    (hash >> (u64::BITS - BITS)) as usize
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_told_from_their_beginnings() {
        let text = "Aaaaaaaaaaaaaaaaaaaaaaaa";
        for rest in [text, "aaaaaaaaaaaaaaaaaaaa"] {
            let mut recent = Recent::default();
            for length in 1..=20 {
                let word = &text.as_bytes()[..length];
                assert_eq!(recent.find(rest.as_bytes(), length), None, "{length}");
                recent.note(length as u32);
                let expected = (length <= 16).then_some(length as u32);
                assert_eq!(recent.find(word, length), expected);
            }
        }
    }

    #[test]
    fn digits_are_no_letters() {
        let mut recent = Recent::default();
        for (place, word) in (1..).zip(["0", "p", "0x10", "pxqp", "a1", "aq"]) {
            assert_eq!(recent.find(word.as_bytes(), word.len()), None, "{word}");
            recent.note(place);
            let capitals = word.to_ascii_uppercase();
            assert_eq!(recent.find(capitals.as_bytes(), word.len()), Some(place));
        }
    }
}
