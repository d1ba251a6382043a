//! Ends the tags that a [`Watch`] finds, and drops what they enclose.
//!
//! Every character is read at most a few times: a second time when an escape inside a
//! tag turns out to begin another tag, and all once more where tags overlap.

use std::borrow::Cow;

use super::Stripped;
use super::escape::{Escape, Step, folded};
use super::outline::{Ending, Open, Outline, is_of_program};
use super::tag::{TAGS, Tag, Tail};
use super::watch::{Found, Watch};

pub(super) fn strip(text: &str) -> Stripped<'_> {
    Scan::new(text).run()
}

pub(super) struct Scan<'a> {
    pub text: &'a str,
    /// Bytes of `text` that have been read.
    pub at: usize,
    /// Made when somebody asks.
    outline: Option<Outline>,
    /// Characters looked at, to show that the time is linear.
    #[cfg(test)]
    steps: usize,
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
            outline: None,
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
            kept.push_str(self.slice(from));
            let behind_name = self.at;
            let ending = self.read_tail(tag);
            if !tag.is_closing && self.is_spoken_of(tag, &kept[..start], behind_name) {
                // What follows its name is read like any text.
                self.at = behind_name;
                watch.resume(kept.len());
                continue;
            }
            had_private = true;
            kept.truncate(start);
            if ending == Ending::Opens {
                self.drop_content(tag.name);
            }
        }
    }

    /// Reads on to the end of the next tag's name.
    pub fn find_tag(&mut self, watch: &mut Watch) -> Option<Found> {
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

    /// As [`Scan::find_tag`], as if nothing before were removed: the tag begins so many bytes
    /// into the text itself.
    pub fn find_in_place(&mut self) -> Option<Found> {
        let from = self.at;
        let Found { tag, start } = self.find_tag(&mut Watch::default())?;
        Some(Found {
            tag,
            start: from + start,
        })
    }

    /// Reads from behind a tag's name to behind its `>`, or to the `<` of
    /// another tag.
    pub fn read_tail(&mut self, tag: Tag) -> Ending {
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

    /// Whether a tag that is not a closing one is of a program, such as `Vec<private::Key>`: a
    /// name stands directly before it, something follows in it that is no attribute with a value,
    /// and no closing tag belongs to it. A `/` before its `>` changes nothing: what is removed
    /// behind the tag can bring the two together.
    fn is_spoken_of(&mut self, tag: Tag, before: &str, behind_name: usize) -> bool {
        let Some(rest) = self.text.get(behind_name..self.at) else {
            return false;
        };
        TAGS[usize::from(tag.name)] == "private"
            && is_of_program(before, rest)
            && !self.closes_more()
    }

    fn closes_more(&mut self) -> bool {
        let at = self.at;
        self.outline().closes_more(at)
    }

    /// What tags there are, read once.
    fn outline(&mut self) -> &Outline {
        let text = self.text;
        if self.outline.is_none() {
            let mut ahead = Scan::new(text);
            let outline = ahead.outlined();
            #[cfg(test)]
            {
                self.steps += ahead.steps;
            }
            self.outline = Some(outline);
        }
        self.outline.get_or_insert_default()
    }

    /// The tags from here to the end, as they stand.
    fn outlined(&mut self) -> Outline {
        let mut outline = Outline::default();
        while let Some(Found { tag, start }) = self.find_in_place() {
            let behind_name = self.at;
            let ending = self.read_tail(tag);
            let before = self.text.get(..start).unwrap_or_default();
            let rest = self.text.get(behind_name..self.at).unwrap_or_default();
            outline.note(tag.name, ending, self.at, before, rest);
        }
        outline.end();
        outline
    }

    /// Reads to behind the closing tags of all that has been opened, or to the end.
    ///
    /// Tags may overlap, as in `<a><private></a>x</private>`. A closing tag then ends
    /// everything that it can end only if no later one of its name can: of two readings
    /// the one that keeps less.
    fn drop_content(&mut self, name: u8) {
        let mut open = Open::default();
        open.push(name);
        while !open.is_empty() {
            // A fresh one each time: inside what is dropped anyway, a closing
            // tag that only a removal would join closes nothing.
            let Some(Found { tag, .. }) = self.find_tag(&mut Watch::default()) else {
                return;
            };
            // What looks like a tag in a quoted attribute does not count.
            match self.read_tail(tag) {
                Ending::Opens => {
                    // One of the host that nothing closes is only spoken of here.
                    let counts = open.is_within(tag.name)
                        || TAGS[usize::from(tag.name)] == "private"
                        || self.closes_later(tag.name);
                    if counts {
                        open.push(tag.name);
                    }
                }
                Ending::Closes => {
                    let is_last = open.is_innermost(tag.name) || !self.closes_later(tag.name);
                    open.close(tag.name, is_last);
                }
                Ending::Neither => {}
            }
        }
    }

    fn closes_later(&mut self, name: u8) -> bool {
        let at = self.at;
        self.outline().last_closing[usize::from(name)] > at
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
            "<private><system-reminder></private>",
            "<private><system-reminder></private></system-reminder>",
            "a<private T>",
            "a<private T></private>",
            "%EF%BC%9C",
            "%EF%BC%9Cprivate>",
            "%EF%3C",
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
            let limit = 6 * text.len() + 16;
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
    fn a_tag_of_a_program_is_text_whatever_a_removal_joins_to_it() {
        for (text, left) in [
            ("i<private ((</system-reminder>te/>", "i<private ((te/>"),
            ("i<private ((te/>", "i<private ((te/>"),
            ("i<private.x<private>y</private>/> z", "i<private.x/> z"),
            ("i<private/> z", "i z"),
            ("i</private (/> z", "i z"),
        ] {
            assert_eq!(strip(text).text, left, "of {text}");
            assert_eq!(strip(left).text, left);
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
