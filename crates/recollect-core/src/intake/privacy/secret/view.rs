//! A text as its escapes mean it.
//!
//! A secret in JSON inside JSON, in a URL, in HTML or in full-width letters is
//! the same secret, so the rules read one plain view of it, and what they find
//! is led back to the bytes of the text.
//!
//! | in the text | in the view |
//! | --- | --- |
//! | `\"`, `\\\"`, `\/`, `\n`, `\x3d`, `\u003d` | the one character that is meant |
//! | `%22`, `%2522` | the same |
//! | `&quot;`, `&amp;quot;`, `&#34;`, `&#x22;` | the same |
//! | `：`, `Ａ`, `“`, `’`, a blank that does not break | `:`, `A`, `"`, `'`, a blank |
//! | a terminal's colour, a character without width | nothing |

use std::borrow::Cow;

/// More backslashes than this in a row are no escape.
const MAX_BACKSLASHES: usize = 8;
/// More layers of `%25` or `&amp;` than this are no escape.
const MAX_LAYERS: usize = 4;

/// See the module.
pub(super) struct View<'a> {
    text: Cow<'a, str>,
    /// For each byte of the view, where it begins in the text; empty where both are one.
    places: Vec<usize>,
    /// For each byte, how many characters escape it; empty where both are one.
    depths: Vec<u8>,
    /// Bytes of the text.
    length: usize,
}

impl<'a> View<'a> {
    pub fn new(text: &'a str) -> Self {
        let is_plain = |byte: u8| byte.is_ascii() && !matches!(byte, b'\\' | b'%' | b'&' | 0x1b);
        if text.bytes().all(is_plain) {
            return Self {
                text: Cow::Borrowed(text),
                places: Vec::new(),
                depths: Vec::new(),
                length: text.len(),
            };
        }
        let mut plain = String::with_capacity(text.len());
        let mut places = Vec::with_capacity(text.len());
        let mut depths = Vec::with_capacity(text.len());
        let mut at = 0;
        let mut share_end = 0;
        while let Some(c) = text.get(at..).and_then(|rest| rest.chars().next()) {
            if c == '\\' && at >= share_end {
                share_end = behind_share(text.as_bytes(), at).unwrap_or(share_end);
            }
            // The backslashes of `\\\\nas\\team` escape nothing.
            if at < share_end && c.is_ascii() {
                plain.push(c);
                places.push(at);
                depths.push(0);
                at += 1;
                continue;
            }
            let (meant, width, depth) = meaning(text, at, c);
            if let Some(meant) = meant {
                plain.push(meant);
                places.resize(plain.len(), at);
                depths.resize(plain.len(), depth);
            }
            at += width;
        }
        Self {
            text: Cow::Owned(plain),
            places,
            depths,
            length: text.len(),
        }
    }

    pub fn text(&self) -> &str {
        &self.text
    }

    pub fn depths(&self) -> &[u8] {
        &self.depths
    }

    /// Where a place of the view is in the text.
    pub fn place(&self, at: usize) -> usize {
        if self.depths.is_empty() && self.text.len() == self.length {
            return at.min(self.length);
        }
        self.places.get(at).copied().unwrap_or(self.length)
    }
}

/// What is meant at a place, how many bytes say it, and how deep it is escaped.
fn meaning(text: &str, at: usize, c: char) -> (Option<char>, usize, u8) {
    let bytes = text.as_bytes();
    let read = match c {
        '\\' => backslash(bytes, at),
        '%' => percent(bytes, at),
        '&' => entity(text, at),
        '\x1b' => Some((colour(bytes, at + 1).map_or(Some(c), |_| None), 1)),
        _ if c.is_ascii() => None,
        _ => return (folded(c), c.len_utf8(), 0),
    };
    let Some((meant, width)) = read else {
        return (Some(c), 1, 0);
    };
    let depth = u8::try_from(width - 1).unwrap_or(u8::MAX);
    if meant.is_none_or(|meant| meant == '\x1b')
        && let Some(end) = colour(bytes, at + width)
    {
        return (None, end - at, 0);
    }
    // What ends a text, and stands for no character.
    let meant = meant.map(|meant| if meant == '\0' { '\x01' } else { meant });
    (meant, width, depth)
}

fn backslash(bytes: &[u8], at: usize) -> Option<(Option<char>, usize)> {
    let mut count = 1;
    while count < MAX_BACKSLASHES && bytes.get(at + count) == Some(&b'\\') {
        count += 1;
    }
    let next = at + count;
    let one = |meant: char| Some((Some(meant), count + 1));
    match *bytes.get(next)? {
        quote @ (b'"' | b'\'' | b'`' | b'/') => one(char::from(quote)),
        b'n' | b'r' => one('\n'),
        b't' => one('\t'),
        b'b' | b'f' | b'v' => one('\x0c'),
        b'e' if colour(bytes, next + 1).is_some() => one('\x1b'),
        b'0' if bytes.get(next + 1..next + 3) == Some(b"33") => Some((Some('\x1b'), count + 3)),
        b'u' => number(bytes, next + 1, 4, 16).map(|meant| (Some(meant), count + 5)),
        b'x' => number(bytes, next + 1, 2, 16).map(|meant| (Some(meant), count + 3)),
        _ => None,
    }
    .or(Some((Some('\\'), count)))
}

/// Behind the name of a share on another computer, `\\\\host\\share`, whose backslashes may be
/// escaped themselves.
fn behind_share(bytes: &[u8], at: usize) -> Option<usize> {
    const LONGEST: usize = 96;
    let begins = at == 0 || b" \t\n\"'`=:(".contains(&bytes[at - 1]);
    let slashes = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter()
            .take(MAX_BACKSLASHES)
            .take_while(|&&byte| byte == b'\\')
            .count()
    };
    let word = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        let is_part = |byte: &&u8| byte.is_ascii_alphanumeric() || b".-_$".contains(byte);
        rest.iter().take(LONGEST).take_while(is_part).count()
    };
    let first = slashes(at);
    let host = word(at + first);
    let second = slashes(at + first + host);
    let share = at + first + host + second;
    let is_share = begins && first >= 2 && first == 2 * second && host > 0 && word(share) > 0;
    is_share.then(|| share + word(share))
}

fn percent(bytes: &[u8], at: usize) -> Option<(Option<char>, usize)> {
    let mut from = at + 1;
    for _ in 0..MAX_LAYERS {
        let is_layer =
            bytes.get(from..from + 2) == Some(b"25") && number(bytes, from + 2, 2, 16).is_some();
        from += if is_layer { 2 } else { 0 };
    }
    let meant = number(bytes, from, 2, 16)?;
    Some((Some(meant), from + 2 - at))
}

fn entity(text: &str, at: usize) -> Option<(Option<char>, usize)> {
    const NAMES: &[(&str, char)] = &[
        ("quot;", '"'),
        ("apos;", '\''),
        ("lt;", '<'),
        ("gt;", '>'),
        ("equals;", '='),
        ("colon;", ':'),
        ("sol;", '/'),
        ("lowbar;", '_'),
        ("nbsp;", ' '),
    ];
    let bytes = text.as_bytes();
    let mut from = at + 1;
    for _ in 0..MAX_LAYERS {
        let is_layer = text
            .get(from..)
            .is_some_and(|rest| rest.starts_with("amp;"));
        from += if is_layer { 4 } else { 0 };
    }
    let rest = text.get(from..)?;
    if let Some(&(name, meant)) = NAMES.iter().find(|(name, _)| rest.starts_with(name)) {
        return Some((Some(meant), from + name.len() - at));
    }
    let (digits, radix) = match rest.as_bytes() {
        [b'#', b'x' | b'X', ..] => (from + 2, 16),
        [b'#', ..] => (from + 1, 10),
        _ if from > at + 1 => return Some((Some('&'), from - at)),
        _ => return None,
    };
    let length = (1..=6).find(|&length| bytes.get(digits + length) == Some(&b';'))?;
    let meant = number(bytes, digits, length, radix)?;
    Some((Some(meant), digits + length + 1 - at))
}

/// An ASCII character by its number.
fn number(bytes: &[u8], from: usize, length: usize, radix: u32) -> Option<char> {
    let digits = bytes.get(from..from + length)?;
    digits
        .iter()
        .try_fold(0_u32, |value, &digit| {
            Some(value * radix + char::from(digit).to_digit(radix)?)
        })
        .filter(|&value| value < 128)
        .and_then(char::from_u32)
}

/// Behind a colour of a terminal, `[1;31m` without its ESC.
fn colour(bytes: &[u8], from: usize) -> Option<usize> {
    const LONGEST: usize = 16;
    if bytes.get(from) != Some(&b'[') {
        return None;
    }
    let is_number = |byte: &u8| byte.is_ascii_digit() || matches!(byte, b';' | b':' | b'?');
    let numbers = bytes[from + 1..].iter().take(LONGEST);
    let end = from + 1 + numbers.take_while(|&byte| is_number(byte)).count();
    matches!(bytes.get(end), Some(b'A'..=b'Z' | b'a'..=b'z')).then_some(end + 1)
}

/// A character beyond ASCII as the rules read it; none if it has no width.
fn folded(c: char) -> Option<char> {
    match c {
        '\u{ff01}'..='\u{ff5e}' => char::from_u32(u32::from(c) - 0xfee0),
        '“' | '”' | '„' | '«' | '»' | '「' | '」' => Some('"'),
        '‘' | '’' | '‚' => Some('\''),
        '\u{a0}' | '\u{2007}' | '\u{202f}' | '\u{3000}' => Some(' '),
        '\u{85}' | '\u{2028}' | '\u{2029}' => Some('\n'),
        '\u{ad}'
        | '\u{200b}'..='\u{200f}'
        | '\u{202a}'..='\u{202e}'
        | '\u{2060}'..='\u{2064}'
        | '\u{feff}' => None,
        _ => Some(c),
    }
}
