//! Escapes of JSON, programs, HTML and URLs, undone one character at a time.
//!
//! An escape may stand for the character that begins another one, as in
//! `&amp;lt;`, `\\u003c`, `\u0026lt;` or `%253C`; reading then goes on with the
//! other, to any depth.

/// An escape that has been begun but not ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Escape {
    /// One or more `\`.
    Backslash,
    /// `\u`, `\U` or `\x`, which take this many digits or some in braces.
    Letter { digits: u8 },
    /// `%`, perhaps of a character's next byte.
    Percent(Bytes),
    /// `%` and one digit.
    PercentDigit { bytes: Bytes, high: u32 },
    /// The first bytes of a character in UTF-8.
    PercentNext(Bytes),
    /// So many hexadecimal digits are still to come.
    Digits { left: u8, value: u32 },
    /// `\u{` and some digits.
    Braced { value: u32 },
    /// `&`.
    Ampersand,
    /// `&` and some letters.
    Named(Prefix),
    /// `&#`.
    Hash,
    /// `&#x`.
    HashX,
    /// `&#` and some digits, or `&#x` and some in base 16. Ends where the
    /// digits end, with or without a `;`.
    Number { value: u32, radix: u32 },
}

/// How much of a character in UTF-8 has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Bytes {
    value: u32,
    /// So many bytes are still to come; before the first it is 0.
    left: u8,
}

impl Bytes {
    /// What one more byte makes of them. One that cannot follow begins anew.
    fn with(self, byte: u32) -> Step {
        let next = |value, left| Step::More(Escape::PercentNext(Bytes { value, left }));
        match (self.left, byte) {
            // A percent sign that is escaped itself begins the same byte again.
            (_, 0x25) => Step::More(Escape::Percent(self)),
            (1, 0x80..=0xbf) => ended_with(character(self.value << 6 | byte & 0x3f)),
            (2.., 0x80..=0xbf) => next(self.value << 6 | byte & 0x3f, self.left - 1),
            (_, 0xc2..=0xdf) => next(byte & 0x1f, 1),
            (_, 0xe0..=0xef) => next(byte & 0xf, 2),
            (_, 0xf0..=0xf4) => next(byte & 7, 3),
            _ => ended_with(character(byte)),
        }
    }
}

/// What one more character makes of an [`Escape`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Step {
    /// Longer, not ended.
    More(Escape),
    /// Ended with this character; it stands for the one here, folded.
    Done(char),
    /// Ended before this character; it stands for the one here, folded.
    Before(char),
    /// Not an escape, and this character is no part of it.
    Not,
}

/// Names between `&` and `;` that can help to spell a tag, in lower case.
const NAMES: [&str; 12] = [
    "lt", "gt", "amp", "sol", "quot", "apos", "nbsp", "tab", "newline", "hyphen", "lowbar",
    "equals",
];
/// What [`NAMES`] stand for.
const NAMED: [char; 12] = [
    '<', '>', '&', '/', '"', '\'', '\u{a0}', '\t', '\n', '-', '_', '=',
];

/// Above every character, so that a number too long cannot wrap around.
const TOO_LARGE: u32 = 0x11_0000;

impl Escape {
    /// The escape that a character begins.
    pub fn begun_by(c: char) -> Option<Escape> {
        match c {
            '\\' => Some(Escape::Backslash),
            '&' => Some(Escape::Ampersand),
            '%' => Some(Escape::Percent(Bytes::default())),
            _ => None,
        }
    }

    /// Reads one more character.
    pub fn step(self, c: char) -> Step {
        let digit = c.to_digit(16);
        match self {
            // What is left of `&amp;` or `&#92;`.
            Escape::Backslash | Escape::Ampersand | Escape::Percent(_) if c == ';' => {
                Step::More(self)
            }
            Escape::Backslash => match c {
                '\\' => Step::More(self),
                'u' => Step::More(Escape::Letter { digits: 4 }),
                'U' => Step::More(Escape::Letter { digits: 8 }),
                'x' | 'X' => Step::More(Escape::Letter { digits: 2 }),
                'n' | 'r' | 't' | 'f' | 'v' => Step::Done(' '),
                '/' | '"' | '\'' | '>' | '=' | '-' | '_' => Step::Done(c),
                _ => Step::Not,
            },
            Escape::Letter { digits } => match digit {
                Some(value) => Step::More(Escape::Digits {
                    left: digits - 1,
                    value,
                }),
                None if c == '{' => Step::More(Escape::Braced { value: 0 }),
                // Java allows any number of `u`.
                None if c == 'u' && digits == 4 => Step::More(self),
                None => Step::Not,
            },
            Escape::Percent(bytes) => match digit {
                Some(high) => Step::More(Escape::PercentDigit { bytes, high }),
                None => Step::Not,
            },
            Escape::PercentDigit { bytes, high } => match digit {
                Some(low) => bytes.with(high * 16 + low),
                None => Step::Not,
            },
            Escape::PercentNext(bytes) if c == '%' => Step::More(Escape::Percent(bytes)),
            Escape::PercentNext(_) => Step::Not,
            Escape::Digits { left, value } => match digit {
                None => Step::Not,
                Some(digit) => {
                    let value = appended(value, 16, digit);
                    match left {
                        0 | 1 => ended_with(character(value)),
                        _ => Step::More(Escape::Digits {
                            left: left - 1,
                            value,
                        }),
                    }
                }
            },
            Escape::Braced { value } => match digit {
                Some(digit) => Step::More(Escape::Braced {
                    value: appended(value, 16, digit),
                }),
                None if c == '}' => ended_with(character(value)),
                None => Step::Not,
            },
            Escape::Ampersand if c == '#' => Step::More(Escape::Hash),
            Escape::Ampersand => named(Prefix::of(&NAMES), c),
            Escape::Named(read) => named(read, c),
            Escape::Hash => match c.to_digit(10) {
                Some(value) => Step::More(Escape::Number { value, radix: 10 }),
                None if matches!(c, 'x' | 'X') => Step::More(Escape::HashX),
                None => Step::Not,
            },
            Escape::HashX => match digit {
                Some(value) => Step::More(Escape::Number { value, radix: 16 }),
                None => Step::Not,
            },
            Escape::Number { value, radix } => match c.to_digit(radix) {
                Some(digit) => Step::More(Escape::Number {
                    value: appended(value, radix, digit),
                    radix,
                }),
                None => {
                    let stands_for = character(value);
                    match Escape::begun_by(stands_for) {
                        Some(next) => next.step(c),
                        None => Step::Before(stands_for),
                    }
                }
            },
        }
    }

    /// What the escape stands for if the text ends here.
    pub fn at_end(self) -> Option<char> {
        match self {
            Escape::Number { value, .. } => Some(character(value)),
            _ => None,
        }
    }
}

fn named(read: Prefix, c: char) -> Step {
    let Some(read) = read.with(folded(c), &NAMES) else {
        return Step::Not;
    };
    // HTML takes `&lt` without the `;` as well.
    match read
        .whole(&NAMES)
        .and_then(|name| NAMED.get(usize::from(name)))
    {
        Some(&stands_for) => ended_with(stands_for),
        None => Step::More(Escape::Named(read)),
    }
}

fn ended_with(stands_for: char) -> Step {
    match Escape::begun_by(stands_for) {
        Some(next) => Step::More(next),
        None => Step::Done(stands_for),
    }
}

fn appended(value: u32, radix: u32, digit: u32) -> u32 {
    // Smaller than 2^32: the larger factors are 0x110000 and 16.
    (value * radix + digit).min(TOO_LARGE)
}

fn character(value: u32) -> char {
    folded(char::from_u32(value).unwrap_or(char::REPLACEMENT_CHARACTER))
}

/// The beginning that some names of a list share, read letter by letter.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Prefix {
    /// One bit for each name that begins so.
    names: u16,
    length: u8,
}

impl Prefix {
    /// Nothing read: every name of a list of at most 16 is possible.
    pub fn of(list: &[&str]) -> Prefix {
        let names = (0..list.len().min(16)).fold(0, |names, index| names | 1 << index);
        Prefix { names, length: 0 }
    }

    /// The prefix with one more letter, or `None` if no name of `list` begins so.
    pub fn with(self, c: char, list: &[&str]) -> Option<Prefix> {
        let mut names = 0;
        for (index, name) in list.iter().enumerate().take(16) {
            let letter = name.as_bytes().get(usize::from(self.length));
            if self.names & 1 << index != 0 && letter.is_some_and(|&letter| char::from(letter) == c)
            {
                names |= 1 << index;
            }
        }
        (names != 0).then_some(Prefix {
            names,
            length: self.length + 1,
        })
    }

    /// The index of the name that has been read to its end.
    pub fn whole(self, list: &[&str]) -> Option<u8> {
        let index = self.names.trailing_zeros() as usize;
        let is_whole = list
            .get(index)
            .is_some_and(|name| name.len() == usize::from(self.length));
        is_whole.then_some(index as u8)
    }
}

/// A character as it counts in a tag: in lower case, full-width and other
/// compatible forms as the ASCII character they stand for.
pub(super) fn folded(c: char) -> char {
    match c {
        'A'..='Z' => c.to_ascii_lowercase(),
        '\u{ff01}'..='\u{ff5e}' => {
            let ascii = char::from_u32(u32::from(c) - 0xfee0).unwrap_or(c);
            ascii.to_ascii_lowercase()
        }
        '\u{fe64}' => '<',
        '\u{fe65}' => '>',
        '\u{2010}' | '\u{2011}' | '\u{fe63}' => '-',
        '\u{17f}' => 's',
        // Turkish upper and lower case of `i`: `PRİVATE`, `prıvate`.
        '\u{130}' | '\u{131}' => 'i',
        _ => c,
    }
}
