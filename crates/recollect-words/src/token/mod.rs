//! From a text to the tokens that full-text search sees.
//!
//! | in the text | tokens | rule |
//! | --- | --- | --- |
//! | `Dropped queries` | `drop` `queri` | folded, English stems |
//! | `Größe` `café` | `gross` `cafe` | no diacritics |
//! | `don't` `server's` | `dont` `server` | apostrophes join, a possessive goes |
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
//!
//! Parts stand where the identifier stood, so that phrases go across them;
//! wholes stand behind the text of a field.

mod ascii;
mod letter;
mod stem;

/// Longest token, in bytes; what is longer is no word that somebody searches for.
const MAX_TOKEN_BYTES: usize = 64;
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
        buffer: Vec::new(),
        whole: String::new(),
    };
    let mut at = 0;
    while let Some(next) = scanner.next_compound(at).filter(|_| scanner.goes_on) {
        at = next;
    }
}

struct Scanner<'a, 'e> {
    text: &'a str,
    sink: &'e mut dyn Sink,
    goes_on: bool,
    initials: Initials,
    /// The stem of a word, or a whole.
    buffer: Vec<u8>,
    /// The parts of a compound.
    whole: String,
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
    /// Takes the words joined by `_` or `-` that begin at `at` or behind it;
    /// gives where they end, or nothing at the end of the text.
    fn next_compound(&mut self, at: usize) -> Option<usize> {
        let start = self.next_start(at)?;
        match ascii::end(self.text.as_bytes(), start) {
            Some(end) => Some(self.ascii(start, end)),
            None => self.any(start),
        }
    }

    /// Takes what begins at `start`, whatever its letters.
    fn any(&mut self, start: usize) -> Option<usize> {
        let first = self.text[start..].chars().next()?;
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

    /// Where the next letter or digit stands.
    fn next_start(&self, at: usize) -> Option<usize> {
        let rest = self.text.as_bytes().get(at..)?;
        let skipped = rest
            .iter()
            .position(|byte| byte.is_ascii_alphanumeric() || !byte.is_ascii())?;
        let at = at + skipped;
        if rest[skipped].is_ascii() {
            return Some(at);
        }
        Some(at + self.text[at..].find(char::is_alphanumeric)?)
    }

    /// Takes words of ASCII letters and digits that are joined by `_` or `-`: nearly
    /// all there are, and what [`Scanner::compound`] makes of them in less time.
    fn ascii(&mut self, start: usize, end: usize) -> usize {
        let word = &self.text.as_bytes()[start..end];
        let mut from = 0;
        let mut parts = 0;
        while from < word.len() {
            let cut = ascii::part_end(word, from);
            let part = &word[from..cut];
            parts += 1;
            if part.len() <= MAX_TOKEN_BYTES && self.initials.has(part[0].to_ascii_lowercase()) {
                self.ascii_part(start + from, start + cut);
            }
            from = cut + usize::from(matches!(word.get(cut), Some(b'_' | b'-')));
        }
        if parts > 1 {
            self.ascii_whole(word, start);
        }
        end
    }

    fn ascii_part(&mut self, start: usize, end: usize) {
        let rest = &self.text.as_bytes()[start..];
        let part = &rest[..end - start];
        if self.sink.take_known(rest, part.len()) {
            return;
        }
        self.buffer.clear();
        // In place: a call to copy a few bytes takes longer than they do.
        self.buffer.extend(part.iter().map(u8::to_ascii_lowercase));
        let mut is_stem = false;
        if part.iter().all(u8::is_ascii_alphabetic) {
            stem::stem(&mut self.buffer);
            let last = part.last().map(u8::to_ascii_lowercase);
            is_stem = self.buffer.len() != part.len() || self.buffer.last().copied() != last;
        }
        self.goes_on &= self.sink.take(Token {
            text: str::from_utf8(&self.buffer).unwrap_or_default(),
            start,
            end,
            is_whole: false,
            is_stem,
        });
    }

    fn ascii_whole(&mut self, word: &[u8], start: usize) {
        self.buffer.clear();
        let letters = word.iter().filter(|byte| !matches!(byte, b'_' | b'-'));
        self.buffer.extend(letters.map(u8::to_ascii_lowercase));
        if let Some(text) = str::from_utf8(&self.buffer)
            .ok()
            .filter(|text| text.len() <= MAX_TOKEN_BYTES)
        {
            self.goes_on &= self.sink.take(Token {
                text,
                start,
                end: start + word.len(),
                is_whole: true,
                is_stem: false,
            });
        }
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
                    .is_some_and(|c| c.is_alphanumeric() && !letter::is_unspaced(c));
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
                    || c == '\'' && position > 0 && self.is_apostrophe(from + position, 1)
            } else if c == '’' {
                position > 0 && self.is_apostrophe(from + position, c.len_utf8())
            } else {
                (c.is_alphanumeric() || matches!(c, '\u{0300}'..='\u{036F}'))
                    && !letter::is_unspaced(c)
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

    /// Whether the apostrophe there, `width` bytes wide, joins letters.
    fn is_apostrophe(&self, at: usize, width: usize) -> bool {
        self.text[at + width..].starts_with(|c: char| c.is_alphabetic()) && self.possessive(at) == 0
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
        if part.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
            whole.push_str(part);
            whole[begin..].make_ascii_lowercase();
        } else {
            for c in part.chars().filter(|c| !matches!(c, '\'' | '’')) {
                letter::fold(c, whole);
            }
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
            self.buffer
                .extend(folded.bytes().map(|byte| byte.to_ascii_lowercase()));
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
                self.pair(previous, end);
                has_pair = true;
            }
            previous = Some(at);
        }
        if !has_pair {
            self.pair(start, end);
        }
        end
    }

    fn pair(&mut self, start: usize, end: usize) {
        self.goes_on &= self.sink.take(Token {
            text: &self.text[start..end],
            start,
            end,
            is_whole: false,
            is_stem: false,
        });
    }
}

/// Where the second and later parts of a word begin: at a capital behind a small
/// letter or digit, at the last capital of several before a small letter, and at
/// a number behind a word.
struct Cuts<'a> {
    word: &'a str,
    at: usize,
    previous: Option<char>,
    letters: usize,
}

impl<'a> Cuts<'a> {
    fn new(word: &'a str) -> Self {
        Self {
            word,
            at: 0,
            previous: None,
            letters: 0,
        }
    }

    fn next(&mut self) -> Option<usize> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        let (tokens, count) = indexed_text(text);
        assert_eq!(tokens.trim_end(), expected, "{text}");
        assert_eq!(count as usize, expected.split_whitespace().count());
    }

    #[test]
    fn words_are_folded_and_english_ones_cut_to_their_stem() {
        check("Dropped queries, RETRIES!", "drop queri retri");
        check("Größe ändern", "gross andern");
        check("don't the server’s it's", "dont the server it");
        check("naïve café", "naiv cafe");
        check("", "");
        check("?! -- '' _", "");
        check("O'Brien's", "o brien obrien");
    }

    #[test]
    fn identifiers_are_found_by_their_parts_and_as_a_whole() {
        check("getUserToken", "get user token getusertoken");
        check("get_user_token", "get user token getusertoken");
        check("get-user-token", "get user token getusertoken");
        check("GET_USER_TOKEN", "get user token getusertoken");
        check("HTTPServer2", "http server 2 httpserver2");
        check("parseJSONFast()", "pars json fast parsejsonfast");
        check("__init__", "init");
        check("a_-b", "a b");
        check("größeÄndern", "gross andern grosseandern");
        check(
            "call getUserToken twice",
            "call get user token twice getusertoken",
        );
    }

    #[test]
    fn codes_and_versions_stay_whole() {
        check("E0502 TS2345 utf8 sha256", "e0502 ts2345 utf8 sha256");
        check("0x80070005 0xC0", "0x80070005 0xc0");
        check("v1.2.3 1.2.3 v18 3.14.", "1.2.3 1.2.3 18 3.14");
        check("ENOENT SIGSEGV", "enoent sigsegv");
        check("ERR_INVALID_ARG", "err invalid arg errinvalidarg");
        check(
            "python3 2fa 10ms v8Engine",
            "python 3 2fa 10ms v8 engin python3 v8engine",
        );
        check("#42 7d8ae1d", "42 7d8ae1d");
        check("C++ and C# in c", "c++ and c# in c");
    }

    #[test]
    fn paths_and_qualified_names_are_found_by_any_segment() {
        check("src/api/user.ts", "src api user ts");
        check("C:\\dir\\File.cs", "c dir file cs");
        check("std::fmt::Display", "std fmt displai");
        check("obj.methodName", "obj method name methodname");
        check("https://example.org/a?b=c", "http exampl org a b c");
    }

    #[test]
    fn scripts_without_spaces_are_cut_into_pairs() {
        check("数据库", "数据 据库");
        check("库", "库");
        check("使用FTS5索引", "使用 fts5 索引");
        check("データベース", "デー ータ タベ ベー ース");
        check("검색을", "검색 색을");
    }

    proptest! {
        /// Whether a word needs no closer look must not be seen: the letter behind
        /// it decides that, not the word.
        #[test]
        fn plain_words_take_no_other_way(
            word in "([A-Z]?[a-z]{1,8}s?|[A-Z]{1,3}|[0-9]{1,3}|0x[0-9a-fA-F]{2}|[_-]){1,7}|[A-Z]?[a-z]{60,70}",
            all in any::<bool>(),
        ) {
            let tokens = |text: &str| {
                let mut initials = if all { Initials::ALL } else { Initials::default() };
                initials.add("s");
                let mut found = Vec::new();
                scan_while(text, initials, &mut |token: Token<'_>| {
                    let Token { text, start, end, is_whole, is_stem } = token;
                    found.push((text.to_owned(), start, end, is_whole, is_stem));
                    true
                });
                found
            };
            prop_assert_eq!(tokens(&format!("{word} ")), tokens(&format!("{word}…")));
        }
    }

    #[test]
    fn a_token_says_where_it_stands() {
        let text = "é HTTPServer’s v1.2";
        let mut found = Vec::new();
        scan(text, &mut |token| {
            found.push((token.text.to_owned(), &text[token.start..token.end]));
        });
        let found: Vec<(&str, &str)> = found.iter().map(|(a, b)| (a.as_str(), *b)).collect();
        assert_eq!(
            found,
            [
                ("e", "é"),
                ("http", "HTTP"),
                ("server", "Server"),
                ("httpserver", "HTTPServer"),
                ("1.2", "v1.2"),
            ]
        );
    }
}
