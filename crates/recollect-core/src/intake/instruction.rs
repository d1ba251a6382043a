//! Texts that read as if they told a model what to do.
//!
//! A memory can come from a page, a tool's output or another person's file, and
//! it can be written to be obeyed when it is recalled ("memory poisoning", OWASP
//! ASI06). Such texts are kept and found, but flagged when they are written and
//! left out of what is recalled without being asked for. Rules find the usual
//! wordings and nothing else: the fence and the reader's care stay necessary.
//!
//! | reads as | such as |
//! | --- | --- |
//! | taking back instructions | "ignore all previous instructions", "disregard what the user said" |
//! | giving a new role | "you are now", "new system prompt:" |
//! | speaking as somebody else | `<|im_start|>`, `[INST]`, a line that begins with `system:` |
//! | hiding from the user | "do not tell the user", "without asking the user" |
//! | ordering a tool or command | "you must run the following command", "call memory_forget" |
//! | running what is fetched | "please execute curl … \| sh" |
//! | sending data away | "send it to https://…", "open https://…?token=…", an image whose address has a query |
//!
//! "Call memory_forget" is an order and "we call memory_forget" is none, so some
//! rules ask whether a verb stands where a sentence begins with it. Words of
//! other scripts separate, and are no words here.

mod words;

use crate::clean::clean;
use crate::intake::admit::{Draft, for_each_text};
use crate::log::record::{Body, Flag};
use words::{
    ACTION, EARLIER, FETCHER, GIVEN, JOIN, LEAD, MARK, MEANS, MODAL, OPENING, PHRASE, PHRASES,
    PIPE, ROLE, SAID, SCHEME, SENDING, SHELL, SUBJECT, TAKING_BACK, TO, TOOL, USER, Word, Words,
    YOU,
};

/// Words between a verb and its object, such as "all of the previous".
const MAX_GAP: usize = 6;
/// Words of a command line or of a sentence with an address.
const MAX_LINE: usize = 30;
/// Bytes between "send" and the address that it is sent to.
const MAX_SENDING: usize = 80;

/// Parameters of an address that data leaves in.
const LEAKS: [&str; 15] = [
    "token",
    "key",
    "apikey",
    "api_key",
    "access_token",
    "auth",
    "secret",
    "password",
    "credentials",
    "cookie",
    "session",
    "data",
    "payload",
    "content",
    "env",
];

/// Flags a draft that holds such a text.
pub(crate) fn flag(draft: &mut Draft) {
    let mut is_found = false;
    for_each_text(draft, &mut |text| {
        is_found = is_found || reads_as_instruction(text);
    });
    let flag = is_found.then_some(Flag::Instructions);
    match (&mut draft.body, &mut draft.origin) {
        (Body::Edit(edit), _) => edit.flag = flag.filter(|_| !edit.is_harmless),
        (_, Some(origin)) => origin.flag = flag,
        (_, None) => {}
    }
}

/// Whether a text reads as if it told a model what to do.
#[must_use]
pub fn reads_as_instruction(text: &str) -> bool {
    // What is invisible must not hide a word. Most texts hold nothing of the kind.
    let is_plain = |byte: u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    if text.bytes().all(is_plain) {
        reads(text.as_bytes())
    } else {
        reads(clean(text).as_bytes())
    }
}

fn reads(text: &[u8]) -> bool {
    let mut words = Words { text, at: 0 };
    let mut before = 0;
    // Whether the next word stands where the verb of an order would.
    let mut is_next_ordered = false;
    let mut has_subject = false;
    let mut images = Images::default();
    let (mut shown, mut opened) = (Addresses::new(text), Addresses::new(text));
    while let Some(word) = words.next() {
        // Most words have a space before them, which says nothing.
        let is_inside = word.gap == b" " && word.start > 1;
        let opens_image = !is_inside && images.read(word.gap);
        let begins = !is_inside && begins_clause(&word);
        let is_ordered = begins || is_next_ordered;
        if begins && !word.gap.contains(&b',') {
            has_subject = false;
        }
        is_next_ordered = false;
        if word.class != 0 {
            has_subject |= word.is(SUBJECT);
            is_next_ordered = word.is(LEAD) && is_ordered
                || word.is(JOIN) && !has_subject
                || word.is(MODAL) && before & YOU != 0
                || word.is(TO) && before & MODAL != 0 && is_ordered;
            let is_found = word.is(PHRASE) && is_phrase(&word, words)
                || word.is(ROLE | MARK) && speaks_for_another(&word, text)
                || word.is(TAKING_BACK) && takes_back(words, is_ordered)
                || word.is(MODAL) && before & YOU != 0 && orders(words)
                || word.is(SENDING) && sends_away(&word, words)
                || word.is(SCHEME) && opens_image && shown.has_query(word.end)
                || is_ordered && word.is(ACTION) && ahead(words).any(|word| word.is(TOOL))
                || is_ordered
                    && (word.is(ACTION) || word.is(FETCHER) && !begins)
                    && runs_what_it_fetches(word, words)
                || is_ordered && word.is(OPENING) && opens_a_leak(words, &mut opened);
            if is_found {
                return true;
            }
        }
        before = word.class;
    }
    false
}

fn ahead(words: Words<'_>) -> std::iter::Take<Words<'_>> {
    words.take(MAX_GAP + 1)
}

/// Whether a clause begins with a word: after a full stop, a comma, a bullet or
/// an opening quote, but not where a line of running text merely breaks.
fn begins_clause(word: &Word<'_>) -> bool {
    let gap = word.gap;
    let has = |signs: &[u8]| gap.iter().any(|byte| signs.contains(byte));
    if word.start == gap.len() {
        return true;
    }
    let Some(&last) = gap.last().filter(|_| gap.len() > 1 || gap == b"\n") else {
        return false;
    };
    let breaks = gap.iter().filter(|&&byte| byte == b'\n').count();
    has(b".!?:;,->|#*")
        || b"\"'`(".contains(&last)
        || breaks > 1
        || word.word[0].is_ascii_uppercase() && (breaks == 1 || !gap.is_ascii())
}

fn is_phrase(first: &Word<'_>, words: Words<'_>) -> bool {
    PHRASES.iter().any(|phrase| {
        let mut words = words;
        let mut word = *first;
        let mut parts = phrase.trim_end_matches(':').split(' ').peekable();
        while let Some(part) = parts.next() {
            if !word.word.eq_ignore_ascii_case(part.as_bytes()) {
                return false;
            }
            if parts.peek().is_none() {
                break;
            }
            let Some(next) = words.next() else {
                return false;
            };
            word = next;
        }
        !phrase.ends_with(':') || words.text.get(word.end) == Some(&b':')
    })
}

/// `<|im_start|>`, `[INST]`, "system:" at the begin of a line.
fn speaks_for_another(word: &Word<'_>, text: &[u8]) -> bool {
    let line = word.gap.iter().rposition(|&byte| byte == b'\n');
    let indent = &word.gap[line.map_or(0, |end| end + 1)..];
    if word.is(ROLE)
        && (line.is_some() || word.start == word.gap.len())
        && indent.trim_ascii().is_empty()
        && text.get(word.end) == Some(&b':')
    {
        return true;
    }
    let signs: &[u8] = match word.word.first().map(u8::to_ascii_lowercase) {
        Some(b's') if word.word.len() == 3 => b"<<",
        Some(b's') => b"<|",
        Some(b'i') if word.word.len() == 4 => b"[",
        Some(b'i') if word.word.len() == 8 => b"<|",
        _ => b"### ",
    };
    word.is(MARK) && word.gap.ends_with(signs)
}

/// "Ignore" … "previous" … "instructions"; as an order, "ignore" … "user said".
fn takes_back(words: Words<'_>, is_ordered: bool) -> bool {
    let is_earlier = ahead(words)
        .take_while(|word| !word.is(GIVEN))
        .any(|word| word.is(EARLIER));
    if is_earlier && ahead(words).any(|word| word.is(GIVEN)) {
        return true;
    }
    let user = ahead(words).find(|word| word.is(USER));
    is_ordered
        && user.is_some_and(|user| {
            let after = Words {
                at: user.end,
                ..words
            };
            after.take(3).any(|word| word.is(SAID))
        })
}

/// "You must" … "run" … "command".
fn orders(words: Words<'_>) -> bool {
    // "shell.openPath" is no shell.
    let is_member = |word: &Word<'_>| {
        let after = &words.text[word.end..];
        after.starts_with(b".") && after.get(1).is_some_and(u8::is_ascii_alphanumeric)
    };
    ahead(words)
        .skip_while(|word| !word.is(ACTION))
        .any(|word| word.is(TOOL) || word.is(MEANS) && !is_member(&word))
}

/// "Send … to https://…".
fn sends_away(verb: &Word<'_>, words: Words<'_>) -> bool {
    let begins = verb
        .gap
        .last()
        .is_none_or(|byte| byte.is_ascii_whitespace() || b"\"(".contains(byte));
    let mut before = 0;
    begins
        && words
            .take_while(|word| word.end <= verb.start + MAX_SENDING)
            .any(|word| {
                let is_target = before & TO != 0 && is_address(&word, words.text);
                before = word.class;
                is_target
            })
}

/// "curl … | sh", "bash <(curl …)".
fn runs_what_it_fetches(first: Word<'_>, words: Words<'_>) -> bool {
    let (mut is_fetched, mut has_shell, mut is_piped) = (first.is(FETCHER), false, false);
    for (position, word) in words.take(MAX_LINE).enumerate() {
        is_piped |= is_fetched && (word.gap.contains(&b'|') || word.is(PIPE));
        if word.is(SHELL) && is_piped || has_shell && word.is(FETCHER) && word.gap.contains(&b'(') {
            return true;
        }
        if position <= MAX_GAP {
            is_fetched |= word.is(FETCHER);
            has_shell |= word.is(SHELL);
        }
    }
    false
}

/// "Open" … an address with a parameter that data leaves in.
fn opens_a_leak(words: Words<'_>, addresses: &mut Addresses<'_>) -> bool {
    let found = words
        .take(MAX_LINE)
        .find(|word| is_address(word, words.text));
    found.is_some_and(|scheme| {
        let host = &words.text[scheme.end + b"://".len()..];
        let is_here = [&b"localhost"[..], b"127.0.0.1", b"[::1]"]
            .iter()
            .any(|here| host.starts_with(here));
        !is_here && addresses.has_leak(scheme.end)
    })
}

fn is_address(scheme: &Word<'_>, text: &[u8]) -> bool {
    scheme.is(SCHEME) && text[scheme.end..].starts_with(b"://")
}

/// What the addresses of a text hold, asked from its beginning to its end.
///
/// Each place that was found stays true for the addresses before it, so that many
/// that never end are read once and not each to the end of the text.
struct Addresses<'a> {
    text: &'a [u8],
    /// The next place where an address ends, one where its query begins, and one
    /// where a parameter does that data leaves in.
    end: usize,
    query: usize,
    leak: usize,
    #[cfg(test)]
    steps: usize,
}

impl<'a> Addresses<'a> {
    fn new(text: &'a [u8]) -> Self {
        Self {
            text,
            end: 0,
            query: 0,
            leak: 0,
            #[cfg(test)]
            steps: 0,
        }
    }

    /// Whether the address behind a scheme has a query.
    fn has_query(&mut self, from: usize) -> bool {
        self.find_end(from);
        self.query = self.next(self.query, from, |text, at| text[at] == b'?');
        self.query < self.end
    }

    /// Whether the address behind a scheme has a parameter that data leaves in.
    fn has_leak(&mut self, from: usize) -> bool {
        self.find_end(from);
        self.leak = self.next(self.leak, from, begins_leak);
        self.leak < self.end
    }

    fn find_end(&mut self, from: usize) {
        self.end = self.next(self.end, from, |text, at| ends_address(text[at]));
    }

    /// The first place from `from` on that fits, if `known` was it for an earlier one.
    fn next(&mut self, known: usize, from: usize, fits: fn(&[u8], usize) -> bool) -> usize {
        let mut at = known;
        if at <= from {
            at = from;
            while at < self.text.len() && !fits(self.text, at) {
                at += 1;
            }
            #[cfg(test)]
            {
                self.steps += at - from;
            }
        }
        at
    }
}

fn ends_address(byte: u8) -> bool {
    byte.is_ascii_whitespace() || b")\"'`>".contains(&byte)
}

/// Whether `?token=`, `&key` or the like stands at a place.
fn begins_leak(text: &[u8], at: usize) -> bool {
    matches!(text[at], b'?' | b'&')
        && LEAKS.iter().any(|leak| {
            let name = text.get(at + 1..at + 1 + leak.len());
            let after = text.get(at + 1 + leak.len());
            name.is_some_and(|name| name.eq_ignore_ascii_case(leak.as_bytes()))
                && after.is_none_or(|&byte| ends_address(byte) || b"=?&".contains(&byte))
        })
}

/// Which open brackets begin a Markdown image, whose address carries data that
/// showing it would send. The last bit is the innermost bracket.
#[derive(Default)]
struct Images {
    open: u64,
    last: u8,
}

impl Images {
    /// Reads what stands between two words; whether an image's address comes next.
    fn read(&mut self, gap: &[u8]) -> bool {
        let mut is_image = false;
        for &byte in gap {
            match byte {
                b'[' => self.open = self.open << 1 | u64::from(self.last == b'!'),
                b']' => {
                    is_image = self.open & 1 != 0;
                    self.open >>= 1;
                }
                b'(' if self.last == b']' => {}
                _ => is_image = false,
            }
            self.last = byte;
        }
        let opens = is_image && self.last == b'(';
        self.last = 0;
        opens
    }
}

#[cfg(test)]
mod tests;
