//! A text as its words, so that phrases are found whatever stands between them.

/// The words of a text in lower case. Letters and digits make words, an
/// apostrophe inside one is left out (`don't` is `dont`), all else separates.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Words {
    text: String,
    /// By what its words begin with; most phrases that are asked for begin with no word of it.
    begins: [u64; 8],
    /// Whether it has a script without spaces.
    has_unspaced: bool,
}

/// From here on, scripts put no space between words.
pub(crate) const FIRST_UNSPACED: char = '\u{2e80}';

impl Words {
    pub(crate) fn of(text: &str) -> Self {
        let mut words = String::with_capacity(text.len() + 2);
        words.push(' ');
        for c in text.chars() {
            if c.is_alphanumeric() {
                words.extend(c.to_lowercase());
            } else if !matches!(c, '\'' | '’') && !words.ends_with(' ') {
                words.push(' ');
            }
        }
        if !words.ends_with(' ') {
            words.push(' ');
        }
        let mut begins = [0; 8];
        for pair in words.split_ascii_whitespace().map(beginning) {
            begins[pair / 64] |= 1 << (pair % 64);
        }
        Self {
            has_unspaced: words.contains(|c| c >= FIRST_UNSPACED),
            text: words,
            begins,
        }
    }

    /// Where a phrase of whole words begins. Spelled as words are: `trade off`.
    /// In scripts that put no space between words, a phrase stands anywhere.
    pub(crate) fn find(&self, phrase: &str) -> Option<usize> {
        if phrase.starts_with(|c| c >= FIRST_UNSPACED) {
            let is_possible = self.has_unspaced;
            return is_possible.then(|| self.text.find(phrase)).flatten();
        }
        let pair = beginning(phrase);
        if self.begins[pair / 64] >> (pair % 64) & 1 == 0 {
            return None;
        }
        let mut from = 0;
        while let Some(at) = self.text.get(from..)?.find(phrase) {
            let start = from + at;
            let end = start + phrase.len();
            let is_whole =
                self.text.get(..start)?.ends_with(' ') && self.text.get(end..)?.starts_with(' ');
            if is_whole {
                return Some(start);
            }
            from = end;
        }
        None
    }

    /// All of them, each between spaces.
    pub(crate) fn as_str(&self) -> &str {
        &self.text
    }

    /// How many there are.
    pub(crate) fn count(&self) -> usize {
        self.text.split_ascii_whitespace().count()
    }

    /// Whether they are these and no others.
    pub(crate) fn is(&self, phrase: &str) -> bool {
        self.text.trim() == phrase
    }

    /// Whether the last of them are these.
    pub(crate) fn ends_with(&self, phrase: &str) -> bool {
        let rest = self.text.trim_end().strip_suffix(phrase);
        rest.is_some_and(|rest| rest.ends_with(' '))
    }

    /// Whether behind these at their beginning stand numbers alone.
    pub(crate) fn is_numbered(&self, phrase: &str) -> bool {
        let rest = self.text.trim().strip_prefix(phrase).unwrap_or_default();
        rest.chars().all(|c| c == ' ' || c.is_ascii_digit())
    }

    pub(crate) fn has_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.find(phrase).is_some())
    }

    pub(crate) fn starts_with_any(&self, phrases: &[&str]) -> bool {
        phrases.iter().any(|phrase| self.find(phrase) == Some(1))
    }
}

/// A number below 512 for the first two bytes of a word or a phrase.
fn beginning(word: &str) -> usize {
    let mut bytes = word.bytes();
    let first = bytes.next().map_or(0, usize::from);
    let second = bytes.next().map_or(usize::from(b' '), usize::from);
    (first * 31 + second) % 512
}

#[cfg(test)]
mod tests {
    use super::Words;

    #[test]
    fn a_phrase_is_found_as_whole_words_only() {
        let words = Words::of("Let's use Tokio, not the trade-off; refix fix");
        assert_eq!(words.find("lets use"), Some(1));
        assert!(words.starts_with_any(&["lets"]));
        assert!(words.has_any(&["nope", "trade off"]));
        assert_eq!(words.find("let"), None);
        assert!(words.find("fix") > words.find("refix"));
        assert_eq!(Words::of("").find("x"), None);
        assert_eq!(Words::of("ÄÖ'Ü").find("äöü"), Some(1));
        assert_eq!(Words::of("what i do").find("i"), Some(6));
        assert_eq!(Words::of("what i do").find("i do"), Some(6));
        assert_eq!(Words::of("we 决定保留").find("决定"), Some(4));
    }
}
