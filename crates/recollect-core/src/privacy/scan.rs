//! Ends the tags that a [`Watch`] finds, and drops what they enclose.
//!
//! Every character is read at most twice: the second time when an escape
//! inside a tag turns out to begin another tag.

use std::borrow::Cow;

use super::Stripped;
use super::escape::{Escape, Step};
use super::tag::{Tag, Tail, folded};
use super::watch::{Found, Watch};

pub(super) fn strip(text: &str) -> Stripped<'_> {
    Scan::new(text).run()
}

struct Scan<'a> {
    text: &'a str,
    /// Bytes of `text` that have been read.
    at: usize,
    /// Characters looked at, to show that the time is linear.
    #[cfg(test)]
    steps: usize,
}

/// What the end of a tag makes of it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Ending {
    Opens,
    Closes,
    Neither,
}

impl Tag {
    /// What a tag without its `>` does: whatever keeps less.
    fn unfinished(self) -> Ending {
        if self.is_closing {
            Ending::Neither
        } else {
            Ending::Opens
        }
    }
}

impl<'a> Scan<'a> {
    fn new(text: &'a str) -> Self {
        Self {
            text,
            at: 0,
            #[cfg(test)]
            steps: 0,
        }
    }

    fn run(&mut self) -> Stripped<'a> {
        let mut watch = Watch::default();
        let mut kept = String::new();
        let mut had_private = false;
        loop {
            let from = self.at;
            let found = self.find_tag(&mut watch);
            let Some(Found { tag, start }) = found else {
                if !had_private {
                    return Stripped {
                        text: Cow::Borrowed(self.text),
                        had_private,
                    };
                }
                kept.push_str(self.slice(from));
                return Stripped {
                    text: Cow::Owned(kept),
                    had_private,
                };
            };
            had_private = true;
            kept.push_str(self.slice(from));
            kept.truncate(start);
            if self.read_tail(tag) == Ending::Opens {
                self.drop_content(tag.name);
            }
        }
    }

    /// Reads on to the end of the next tag's name.
    fn find_tag(&mut self, watch: &mut Watch) -> Option<Found> {
        loop {
            if watch.is_idle() {
                let plain = plain_length(&self.text.as_bytes()[self.at..]);
                watch.skip(plain);
                self.at += plain;
                #[cfg(test)]
                {
                    self.steps += plain;
                }
            }
            let Some(c) = self.next() else {
                return watch.end();
            };
            if let Some(found) = watch.read(c) {
                return Some(found);
            }
            self.at += c.len_utf8();
        }
    }

    /// Reads from behind a tag's name to behind its `>`, or to the `<` of
    /// another tag.
    fn read_tail(&mut self, tag: Tag) -> Ending {
        let mut tail = Tail::Names { is_slash: false };
        let mut escape: Option<Escape> = None;
        let mut start = self.at;
        while let Some(c) = self.next() {
            let mut is_entity = false;
            // What was read, and whether it was spelled as something else.
            let (stands_for, is_escaped) = match escape {
                None => {
                    start = self.at;
                    self.at += c.len_utf8();
                    escape = Escape::begun_by(c);
                    if escape.is_some() {
                        continue;
                    }
                    (folded(c), false)
                }
                Some(begun) => match begun.step(c) {
                    Step::More(longer) => {
                        self.at += c.len_utf8();
                        escape = Some(longer);
                        continue;
                    }
                    Step::Done(stands_for) => {
                        self.at += c.len_utf8();
                        escape = None;
                        is_entity = matches!(begun, Escape::Named(_));
                        // A JSON string writes a plain quote as `\"`.
                        (stands_for, stands_for != c)
                    }
                    Step::Before(stands_for) => {
                        escape = None;
                        is_entity = true;
                        (stands_for, true)
                    }
                    Step::Not => {
                        escape = None;
                        // It stands for itself, and no rule asks which it is.
                        ('\\', false)
                    }
                },
            };
            match stands_for {
                _ if tail.is_quoted() => {}
                '<' => {
                    self.at = start;
                    return tag.unfinished();
                }
                '>' => {
                    if is_entity {
                        self.skip_semicolon();
                    }
                    return match tail {
                        _ if tag.is_closing => Ending::Closes,
                        Tail::Names { is_slash: true } => Ending::Neither,
                        _ => Ending::Opens,
                    };
                }
                _ => {}
            }
            tail = tail.with(stands_for, is_escaped);
        }
        tag.unfinished()
    }

    /// Reads to behind the closing tag that belongs to an opened one, or to
    /// the end.
    fn drop_content(&mut self, name: u8) {
        let mut depth: usize = 1;
        while depth > 0 {
            // A fresh one each time: inside what is dropped anyway, a closing
            // tag that only a removal would join closes nothing.
            let Some(Found { tag, .. }) = self.find_tag(&mut Watch::default()) else {
                return;
            };
            // Another tag counts for nothing, but what looks like a tag in one
            // of its quoted attributes does not either.
            match self.read_tail(tag) {
                _ if tag.name != name => {}
                Ending::Opens => depth += 1,
                Ending::Closes => depth -= 1,
                Ending::Neither => {}
            }
        }
    }

    /// Skips the `;` of a `>` that was spelled `&gt;`.
    fn skip_semicolon(&mut self) {
        if self.text.as_bytes().get(self.at) == Some(&b';') {
            self.at += 1;
        }
    }

    fn next(&mut self) -> Option<char> {
        #[cfg(test)]
        {
            self.steps += 1;
        }
        self.text[self.at..].chars().next()
    }

    fn slice(&self, from: usize) -> &'a str {
        &self.text[from..self.at]
    }
}

/// Bytes at the start that can begin neither a tag nor an escape.
fn plain_length(bytes: &[u8]) -> usize {
    let begins = |byte: &u8| {
        // The last is the first byte of the full-width and small forms of `<`.
        matches!(byte, b'<' | b'\\' | b'&' | b'%' | 0xef)
    };
    bytes.iter().position(begins).unwrap_or(bytes.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Each way to make a scanner go back, grown `n` times.
    fn hard_texts(n: usize) -> Vec<String> {
        [
            "<private>",
            "</private>",
            "<",
            "<<private",
            "<private a=\"",
            "<private a='x>",
            "<pri",
            "<pri<private>x</private>",
            "<private>x</private>vate>",
            "\\",
            "\\u003c",
            "\\\\\\u003c/private",
            "\\u00",
            "&",
            "&amp;",
            "&#6",
            "&#60",
            "&#60<pri",
            "%",
            "%25",
            "%253C",
            "&lt;private a=&quot;",
            "< ",
            "<private <",
            "<private \\u003c",
            "/>",
            "＜",
            "<private/>",
            "<system-reminder><private>",
            "<\u{200b}",
            "<p;",
            "\\<",
            "a<b ",
        ]
        .iter()
        .flat_map(|piece| {
            let grown = piece.repeat(n);
            let in_private = format!("<private>{grown}");
            let closed = format!("{grown}{}", "</private>".repeat(n));
            let joined = format!("{grown}{}", "vate>".repeat(n));
            [grown, in_private, closed, joined]
        })
        .collect()
    }

    #[test]
    fn every_character_is_looked_at_a_few_times_at_most() {
        for text in hard_texts(2_000) {
            let mut scan = Scan::new(&text);
            scan.run();
            let limit = 3 * text.len() + 16;
            assert!(
                scan.steps <= limit,
                "{} steps for {:.40}… of {}",
                scan.steps,
                text,
                text.len()
            );
        }
    }

    #[test]
    fn what_is_left_of_a_hard_text_holds_no_tag() {
        for text in hard_texts(9) {
            let once = strip(&text).text.into_owned();
            assert_eq!(strip(&once).text, once, "from {text}");
            assert!(once.len() <= text.len());
        }
    }
}
