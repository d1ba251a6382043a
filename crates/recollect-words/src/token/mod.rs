//! From a text to the tokens that full-text search sees.
//!
//! | in the text | tokens | rule |
//! | --- | --- | --- |
//! | `Dropped queries` | `drop` `queri` | folded, English stems |
//! | `Größe` `café` | `gross` `cafe` | no diacritics |
//! | `don't` `server's` | `dont` `server` | apostrophes join, a possessive goes |
//! | `l'erreur` `qu'il` | `l` `erreur` `qu` `il` | but no word and what has lost its vowel before it |
//! | `getUserToken` | `get` `user` `token` + `getusertoken` | parts, and the whole |
//! | `get_user_token` `get-user-token` | the same | whichever the spelling |
//! | `HTTPServer2` | `http` `server` `2` + `httpserver2` | a number ends a word of four letters |
//! | `E0502` `TS2345` `utf8` | `e0502` `ts2345` `utf8` | codes stay as they are |
//! | `0x80070005` | `0x80070005` | |
//! | `v1.2.3` `1.2.3` `v18` | `1.2.3` `1.2.3` `18` | versions lose their `v` |
//! | `src/api/user.ts` | `src` `api` `user` `ts` | every segment, and the extension |
//! | `std::fmt::Display` | `std` `fmt` `displai` | |
//! | `C++` `C#` | `c++` `c#` | |
//! | `数据库` | `数据` `据库` | pairs, where words have no spaces |
//! | `🚀` `👍🏽` `👩‍💻` `🇩🇪` `1️⃣` | `🚀` `👍` `👩` `💻` `🇩🇪` `1⃣` | signs that people search for |
//!
//! What is typed in another way is the same word: see `normal`, and for letter case
//! and diacritics `letter`.
//!
//! Parts stand where the identifier stood, so that phrases go across them;
//! wholes stand behind the text: a title, a story, one of the facts or files.

mod ascii;
mod cuts;
mod letter;
mod normal;
mod place;
mod spelling;
mod stem;

use cuts::Cuts;
use normal::Normal;
pub use normal::folded;

/// Longest token, in bytes; what is longer is no word that somebody searches for.
const MAX_TOKEN_BYTES: usize = 64;
/// What loses its vowel before another word, in French and Italian.
const ELIDED: [&str; 17] = [
    "c", "d", "j", "l", "m", "n", "s", "t", "qu", "jusqu", "lorsqu", "puisqu", "all", "dall",
    "dell", "nell", "sull",
];
/// Letters before a number that are a word of their own.
const MIN_NUMBERED_WORD: usize = 4;

/// A token, and where in the text it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Token<'a> {
    /// As it is indexed.
    pub text: &'a str,
    /// First byte in the text.
    pub start: usize,
    /// Behind the last byte.
    pub end: usize,
    /// Whether it is an identifier whose parts came before it.
    pub is_whole: bool,
    /// Whether it was cut to its stem, so that a longer word can begin so.
    pub is_stem: bool,
}

/// The tokens of `text` with a space behind each, parts in their order and the
/// wholes of identifiers behind them; and how many there are.
#[must_use]
#[inline(never)]
pub fn indexed_text(text: &str) -> (String, u32) {
    let mut parts = String::with_capacity(text.len() + text.len() / 4);
    let mut wholes = String::new();
    let mut count = 0;
    scan(text, &mut |token| {
        let list = if token.is_whole {
            &mut wholes
        } else {
            &mut parts
        };
        list.push_str(token.text);
        list.push(' ');
        count += 1;
    });
    parts.push_str(&wholes);
    (parts, count)
}

/// Takes the tokens of a text.
pub(crate) trait Sink {
    /// Takes the token of a part that begins `rest` and is `length` bytes long, ASCII
    /// letters and digits, if it knows that token already.
    fn take_known(&mut self, _rest: &[u8], _length: usize) -> bool {
        false
    }

    /// Takes a token; whether more are wanted.
    fn take(&mut self, token: Token<'_>) -> bool;
}

impl<F: FnMut(Token<'_>) -> bool> Sink for F {
    fn take(&mut self, token: Token<'_>) -> bool {
        self(token)
    }
}

/// Calls `emit` with every token of `text`; a whole comes right behind its parts.
pub fn scan(text: &str, emit: &mut dyn FnMut(Token<'_>)) {
    scan_into(text, &mut |token: Token<'_>| {
        emit(token);
        true
    });
}

/// Gives `sink` every token of `text`; a whole comes right behind its parts.
pub(crate) fn scan_into(text: &str, sink: &mut dyn Sink) {
    scan_while(text, Initials::ALL, sink);
}

/// As [`scan_into`], but leaves out words of other initials, and stops behind the word
/// of which `sink` wants no more.
pub(crate) fn scan_while(text: &str, initials: Initials, sink: &mut dyn Sink) {
    let mut scanner = Scanner {
        text,
        sink,
        goes_on: true,
        initials,
        normal_to: 0,
        buffer: Vec::new(),
        whole: String::new(),
        normal: None,
    };
    scanner.run();
}

/// Whether there is something that a token can be made of: a letter, a digit or an emoji.
#[must_use]
pub fn has_word(text: &str) -> bool {
    text.contains(|c: char| c.is_alphanumeric() || letter::is_symbol(c))
}

struct Scanner<'a, 'e> {
    text: &'a str,
    sink: &'e mut dyn Sink,
    goes_on: bool,
    initials: Initials,
    /// Up to here all is as it is compared.
    normal_to: usize,
    /// The stem of a word, or a whole.
    buffer: Vec<u8>,
    /// The parts of a compound.
    whole: String,
    /// Words in the form in which they are compared.
    normal: Option<Box<Normal>>,
}

/// First bytes of tokens; a stem begins as its word does.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Initials([u64; 4]);

impl Initials {
    /// Those of every token.
    pub(crate) const ALL: Self = Self([u64::MAX; 4]);

    pub(crate) fn add(&mut self, token: &str) {
        if let Some(first) = token.bytes().next() {
            self.0[usize::from(first >> 6)] |= 1 << (first & 63);
        }
    }

    pub(crate) fn has(&self, byte: u8) -> bool {
        self.0[usize::from(byte >> 6)] >> (byte & 63) & 1 == 1
    }
}

impl Scanner<'_, '_> {
    fn run(&mut self) {
        let mut at = 0;
        while let Some(next) = self.next_compound(at).filter(|_| self.goes_on) {
            at = next;
        }
    }

    /// Takes the words joined by `_` or `-` that begin at `at` or behind it;
    /// gives where they end, or nothing at the end of the text.
    fn next_compound(&mut self, at: usize) -> Option<usize> {
        let start = self.next_start(at)?;
        match ascii::end(self.text.as_bytes(), start) {
            Some(end) => Some(self.ascii(start, end)),
            None => self.any(at, start),
        }
    }

    /// Takes what begins at `start`, the first after `at`, whatever its letters; gives
    /// where it ends.
    #[inline(never)]
    fn any(&mut self, at: usize, start: usize) -> Option<usize> {
        if start >= self.normal_to {
            let bytes = self.text.as_bytes();
            let length = bytes[start..].iter().position(u8::is_ascii_whitespace);
            let end = length.map_or(bytes.len(), |length| start + length);
            if !normal::is_all_plain(&self.text[start..end]) {
                // `#` and `*` may be of a keycap.
                let is_key = start > at && matches!(bytes[start - 1], b'#' | b'*');
                self.normalized(start - usize::from(is_key), end);
                return Some(end);
            }
            self.normal_to = end;
        }
        self.normal(start)
    }

    /// Takes the words between two places, which need to be brought to the form in
    /// which they are compared.
    #[cold]
    #[inline(never)]
    fn normalized(&mut self, start: usize, end: usize) {
        let mut normal = self.normal.take().unwrap_or_default();
        normal.read(&self.text[start..end]);
        let mut scanner = Scanner {
            text: &normal.text,
            sink: &mut place::Placed {
                sink: self.sink,
                normal: &normal,
                start,
            },
            goes_on: true,
            initials: self.initials,
            normal_to: normal.text.len(),
            buffer: std::mem::take(&mut self.buffer),
            whole: std::mem::take(&mut self.whole),
            normal: None,
        };
        scanner.run();
        self.goes_on &= scanner.goes_on;
        self.buffer = std::mem::take(&mut scanner.buffer);
        self.whole = std::mem::take(&mut scanner.whole);
        self.normal = Some(normal);
    }

    /// Takes what begins at `start` and is as it is compared; gives where it ends.
    fn normal(&mut self, start: usize) -> Option<usize> {
        let first = self.text[start..].chars().next()?;
        if let Some(end) = self.symbol(start, first) {
            return Some(end);
        }
        if !first.is_alphanumeric() {
            return Some(start + first.len_utf8());
        }
        if letter::is_unspaced(first) {
            return Some(self.unspaced(start));
        }
        if let Some(end) = self.version(start) {
            return Some(end);
        }
        let mut whole = std::mem::take(&mut self.whole);
        whole.clear();
        let end = self.compound(start, &mut whole);
        self.whole = whole;
        Some(end)
    }

    /// Where the next ASCII letter or digit, or any other character, stands.
    fn next_start(&self, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..)?;
        let skipped = rest
            .iter()
            .position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
        Some(at + skipped)
    }

    /// Takes an emoji that begins at `start`: a flag is two letters, a keycap is the
    /// sign before it and itself.
    fn symbol(&mut self, start: usize, first: char) -> Option<usize> {
        let behind = start + first.len_utf8();
        let next = self.text[behind..].chars().next();
        let is_flag = letter::is_regional(first) && next.is_some_and(letter::is_regional);
        let (from, end) = match next {
            Some(next) if is_flag => (start, behind + next.len_utf8()),
            Some(letter::KEYCAP) if first.is_ascii_digit() => {
                (start, behind + letter::KEYCAP.len_utf8())
            }
            _ if first == letter::KEYCAP => {
                if !self.text[..start].ends_with(['#', '*']) {
                    return Some(behind);
                }
                (start - 1, behind)
            }
            _ if letter::is_symbol(first) => (start, behind),
            _ => return None,
        };
        self.slice(from, end);
        Some(end)
    }

    /// Takes the words joined by `_` or `-` that begin at `start`; gives where
    /// they end.
    fn compound(&mut self, start: usize, whole: &mut String) -> usize {
        let mut parts = 0;
        let mut from = start;
        loop {
            let end = self.word_end(from);
            parts += self.word(from, end, whole);
            let rest = &self.text[end..];
            let joins = rest.starts_with(['_', '-'])
                && rest[1..]
                    .chars()
                    .next()
                    .is_some_and(|c| c.is_alphanumeric() && !letter::stands_alone(c));
            if !joins {
                if parts > 1 && whole.len() <= MAX_TOKEN_BYTES {
                    self.goes_on &= self.sink.take(Token {
                        text: whole,
                        start,
                        end,
                        is_whole: true,
                        is_stem: false,
                    });
                }
                return end + self.possessive(end);
            }
            from = end + 1;
        }
    }

    /// Where the letters and digits from `from` on end. An apostrophe between
    /// letters is one of them, unless it makes a possessive.
    fn word_end(&self, from: usize) -> usize {
        let rest = &self.text[from..];
        let mut end = from;
        for (position, c) in rest.char_indices() {
            let is_inside = if c.is_ascii() {
                c.is_ascii_alphanumeric()
                    || c == '\'' && position > 0 && self.is_apostrophe(from, from + position, 1)
            } else if c == '’' {
                position > 0 && self.is_apostrophe(from, from + position, c.len_utf8())
            } else {
                (c.is_alphanumeric() || normal::is_letter_mark(c)) && !letter::stands_alone(c)
            };
            if !is_inside {
                break;
            }
            end = from + position + c.len_utf8();
        }
        if end == from + 1
            && self.text[from..end]
                .bytes()
                .all(|b| b.is_ascii_alphabetic())
        {
            // C++ and C#, F# and their like.
            if self.text[end..].starts_with("++") {
                return end + 2;
            }
            if self.text[end..].starts_with('#') && !self.continues(end + 1) {
                return end + 1;
            }
        }
        end
    }

    fn continues(&self, at: usize) -> bool {
        self.text[at..].starts_with(char::is_alphanumeric)
    }

    /// Whether the apostrophe at `at`, `width` bytes wide, joins letters to the word that
    /// begins at `from`.
    fn is_apostrophe(&self, from: usize, at: usize, width: usize) -> bool {
        let Some(next) = self.text[at + width..].chars().next() else {
            return false;
        };
        let is_vowel = !"bcdfgjklmnpqrstvwxz".contains(next.to_ascii_lowercase());
        let before = &self.text[from..at];
        let is_elided = is_vowel && ELIDED.iter().any(|one| one.eq_ignore_ascii_case(before));
        next.is_alphabetic() && !is_elided && self.possessive(at) == 0
    }

    /// Bytes of a possessive ending at `at`, or 0.
    fn possessive(&self, at: usize) -> usize {
        let rest = &self.text[at..];
        for ending in ["'s", "’s", "'S", "’S"] {
            if rest.starts_with(ending) && !self.continues(at + ending.len()) {
                return ending.len();
            }
        }
        0
    }

    /// Emits the parts of one word and adds it to `whole`; gives how many they are.
    fn word(&mut self, start: usize, end: usize, whole: &mut String) -> usize {
        let word = &self.text[start..end];
        let mut count = 0;
        let mut from = 0;
        if !word.starts_with("0x") && !word.starts_with("0X") {
            let mut cuts = Cuts::new(word);
            while let Some(cut) = cuts.next() {
                self.part(start + from, start + cut, whole);
                count += 1;
                from = cut;
            }
        }
        self.part(start + from, end, whole);
        count + 1
    }

    fn part(&mut self, start: usize, end: usize, whole: &mut String) {
        let begin = whole.len();
        let part = &self.text[start..end];
        for c in part.chars().filter(|c| !matches!(c, '\'' | '’')) {
            letter::fold(c, whole);
        }
        let folded = &whole[begin..];
        let Some(first) = folded.bytes().next() else {
            return;
        };
        if folded.len() > MAX_TOKEN_BYTES || !self.initials.has(first) {
            return;
        }
        let mut token = Token {
            text: folded,
            start,
            end,
            is_whole: false,
            is_stem: false,
        };
        if folded.bytes().all(|byte| byte.is_ascii_lowercase()) {
            self.buffer.clear();
            self.buffer.extend_from_slice(folded.as_bytes());
            stem::stem(&mut self.buffer);
            if let Ok(stem) = str::from_utf8(&self.buffer) {
                token.is_stem = stem != folded;
                token.text = stem;
            }
        }
        self.goes_on &= self.sink.take(token);
    }

    /// Takes numbers joined by dots that begin at `start`, with or without a `v`.
    fn version(&mut self, start: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let has_v = matches!(bytes.get(start), Some(b'v' | b'V'));
        let first = start + usize::from(has_v);
        let digits = |mut at: usize| {
            while bytes.get(at).is_some_and(u8::is_ascii_digit) {
                at += 1;
            }
            at
        };
        let mut end = digits(first);
        if end == first {
            return None;
        }
        let mut has_dot = false;
        while bytes.get(end) == Some(&b'.') && bytes.get(end + 1).is_some_and(u8::is_ascii_digit) {
            has_dot = true;
            end = digits(end + 1);
        }
        // `v8Engine`, `2fa` and `1.5x` are words.
        let is_version = (has_dot || has_v) && !self.continues(end);
        if !is_version || end - first > MAX_TOKEN_BYTES {
            return None;
        }
        self.goes_on &= self.sink.take(Token {
            text: &self.text[first..end],
            start,
            end,
            is_whole: false,
            is_stem: false,
        });
        Some(end)
    }

    /// Takes a run of a script without spaces: every pair of characters, or the
    /// one that stands alone.
    fn unspaced(&mut self, start: usize) -> usize {
        let mut previous: Option<usize> = None;
        let mut has_pair = false;
        let mut end = start;
        for (position, c) in self.text[start..].char_indices() {
            if !letter::is_unspaced(c) {
                break;
            }
            let at = start + position;
            end = at + c.len_utf8();
            if let Some(previous) = previous {
                self.slice(previous, end);
                has_pair = true;
            }
            previous = Some(at);
        }
        if !has_pair {
            self.slice(start, end);
        }
        end
    }

    /// Takes a token that is as it stands in the text.
    fn slice(&mut self, start: usize, end: usize) {
        self.goes_on &= self.sink.take(Token {
            text: &self.text[start..end],
            start,
            end,
            is_whole: false,
            is_stem: false,
        });
    }
}

#[cfg(test)]
mod tests;
