//! Where words are cut into parts.

use super::MIN_NUMBERED_WORD;

/// Where the second and later parts of a word begin: at a capital behind a small
/// letter or digit, at the last capital of several before a small letter, and at
/// a number behind a word.
pub(super) struct Cuts<'a> {
    word: &'a str,
    at: usize,
    previous: Option<char>,
    letters: usize,
}

impl<'a> Cuts<'a> {
    pub(super) fn new(word: &'a str) -> Self {
        Self {
            word,
            at: 0,
            previous: None,
            letters: 0,
        }
    }

    pub(super) fn next(&mut self) -> Option<usize> {
        while let Some(c) = self.word[self.at..].chars().next() {
            let position = self.at;
            self.at += c.len_utf8();
            let letters = self.letters;
            self.letters = if c.is_alphabetic() { letters + 1 } else { 0 };
            let begins = match self.previous.replace(c) {
                None => false,
                Some(previous) if c.is_uppercase() => {
                    !previous.is_uppercase() || self.word[self.at..].starts_with(char::is_lowercase)
                }
                Some(_) => c.is_ascii_digit() && letters >= MIN_NUMBERED_WORD,
            };
            if begins {
                self.letters = usize::from(c.is_alphabetic());
                return Some(position);
            }
        }
        None
    }
}
