//! The one cleaner of texts: what is stored, shown or sent passes through here.
//!
//! A text from a page, a tool or another person's file can hold characters that nobody
//! sees and that still act: on a terminal, on the order in which letters are shown, or
//! on a model that reads what a person cannot. [`clean`] takes them out of a text of
//! several lines, [`clean_line`] of one line.
//!
//! | what | becomes |
//! | --- | --- |
//! | LF, CR, CR LF, VT, FF, NEL, U+2028, U+2029 | LF; in one line a blank |
//! | escape sequences of a terminal: CSI, OSC, DCS, APC, PM, SOS, in their 7 and 8 bit forms | nothing |
//! | all other control characters but the tab | nothing |
//! | bidirectional controls, fillers, tag characters, noncharacters, characters without width | nothing |
//! | variation selectors | nothing, but one U+FE0F behind a sign that it can colour |
//! | U+200C and U+200D | nothing, but one between letters of scripts and emoji that need it |
//!
//! Halves of surrogate pairs are no part of a string here; the boundary puts U+FFFD.

use std::borrow::Cow;

use recollect_words::line::one_line;

/// `text` without what is hidden or acts on a terminal, with LF as its only line end.
///
/// Cleaning a second time changes nothing.
///
/// ```
/// use recollect_core::clean::clean;
///
/// assert_eq!(clean("a\r\nb\u{2028}c"), "a\nb\nc");
/// assert_eq!(clean("\u{1b}[31mred\u{1b}[0m"), "red");
/// ```
#[must_use]
pub fn clean(text: &str) -> Cow<'_, str> {
    cleaned(text, &mut |_| false)
}

/// As [`clean`], in one line: a blank stands for every run of white space, and none is at
/// either end.
#[must_use]
pub fn clean_line(text: &str) -> String {
    one_line(&clean(text))
}

/// As [`clean`], for what something is known by: in one line, with its blanks as they are.
#[must_use]
pub fn clean_key(text: &str) -> String {
    clean(text).replace(['\n', '\t'], " ")
}

/// Cleans a text where it stands.
pub fn clean_in_place(text: &mut String) {
    if let Cow::Owned(cleaned) = clean(text) {
        *text = cleaned;
    }
}

/// Makes one clean line of a text where it stands, if it is none. Blanks in it stay.
pub fn clean_line_in_place(text: &mut String) {
    if first_unclean(text).is_some() || text.contains(['\n', '\t']) {
        *text = clean_line(text);
    }
}

/// As [`clean`]; asks whether to keep what a terminal would take as the content of a
/// sequence, such as the title of its window.
pub(crate) fn cleaned<'a>(text: &'a str, keeps: &mut dyn FnMut(&str) -> bool) -> Cow<'a, str> {
    let Some(first) = first_unclean(text) else {
        return Cow::Borrowed(text);
    };
    let mut kept = String::with_capacity(text.len());
    kept.push_str(&text[..first]);
    let mut rest = Rest { text, at: first };
    while let Some(c) = rest.next() {
        match c {
            '\r' => {
                rest.next_if(|c| c == '\n');
                kept.push('\n');
            }
            '\u{1b}' => rest.escape(keeps),
            '\u{9b}' => rest.control_sequence(),
            '\u{90}' | '\u{98}' | '\u{9d}'..='\u{9f}' => rest.control_string(keeps),
            _ if is_line_end(c) => kept.push('\n'),
            '\u{fe0f}' | '\u{200c}' | '\u{200d}' => {
                if is_needed(c, kept.chars().next_back(), rest.peek()) {
                    kept.push(c);
                }
            }
            _ if is_hidden(c) => {}
            _ => kept.push(c),
        }
    }
    Cow::Owned(kept)
}

/// Where the first character stands that is not simply kept.
fn first_unclean(text: &str) -> Option<usize> {
    let is_plain = |byte: &u8| matches!(byte, b' '..=b'~' | b'\n' | b'\t');
    let plain = text.bytes().take_while(|byte| is_plain(byte)).count();
    text[plain..]
        .char_indices()
        .find(|&(_, c)| c != '\n' && (is_line_end(c) || is_hidden(c)))
        .map(|(at, _)| plain + at)
}

/// Whether a line ends with this character, as Unicode has it.
#[must_use]
pub fn is_line_end(c: char) -> bool {
    matches!(
        c,
        '\n' | '\u{b}' | '\u{c}' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}'
    )
}

/// Whether a character shows nothing of its own, and is no white space.
///
/// The default ignorable code points of Unicode, controls, format characters of single
/// scripts and noncharacters.
#[must_use]
pub fn is_hidden(c: char) -> bool {
    (c.is_control() && c != '\t' && !is_line_end(c))
        || matches!(c,
            '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}'..='\u{1160}' | '\u{17b4}'..='\u{17b5}'
            | '\u{180b}'..='\u{180f}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}'
            | '\u{2060}'..='\u{206f}' | '\u{3164}' | '\u{fdd0}'..='\u{fdef}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff0}'..='\u{fffb}'
            | '\u{13430}'..='\u{1343f}' | '\u{1bca0}'..='\u{1bca3}' | '\u{1d173}'..='\u{1d17a}'
            | '\u{e0000}'..='\u{e0fff}')
        || u32::from(c) & 0xfffe == 0xfffe
}

/// Whether a joiner or the selector of coloured emoji does what it is for. Only one of
/// them stands at a place, so that a text cannot be hidden in a row of them.
fn is_needed(c: char, before: Option<char>, after: Option<char>) -> bool {
    let Some(before) = before else { return false };
    match c {
        '\u{fe0f}' => is_picture(before) || matches!(before, '#' | '*' | '0'..='9' | '©' | '®'),
        _ => {
            let joins = |c: char| is_picture(c) || is_joining(c);
            (before == '\u{fe0f}' || joins(before)) && after.is_some_and(joins)
        }
    }
}

/// Signs and emoji.
fn is_picture(c: char) -> bool {
    matches!(c, '\u{203c}' | '\u{2049}' | '\u{2122}' | '\u{2139}' | '\u{2190}'..='\u{2bff}'
        | '\u{3030}' | '\u{303d}' | '\u{3297}' | '\u{3299}' | '\u{1f000}'..='\u{1faff}')
}

/// Letters of scripts in which a joiner makes another word or another form: Arabic and
/// its relatives, and those of India and its neighbours.
fn is_joining(c: char) -> bool {
    matches!(c, '\u{620}'..='\u{8ff}' | '\u{900}'..='\u{dff}' | '\u{1000}'..='\u{109f}'
        | '\u{1780}'..='\u{17b3}' | '\u{17b6}'..='\u{17ff}' | '\u{fb50}'..='\u{fdcf}'
        | '\u{fe70}'..='\u{fefc}')
}

/// What is still to be read.
struct Rest<'a> {
    text: &'a str,
    at: usize,
}

impl Rest<'_> {
    fn peek(&self) -> Option<char> {
        self.text[self.at..].chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn next_if(&mut self, is_wanted: impl Fn(char) -> bool) -> bool {
        let is_next = self.peek().is_some_and(is_wanted);
        if is_next {
            self.next();
        }
        is_next
    }

    /// What stands behind an escape character.
    fn escape(&mut self, keeps: &mut dyn FnMut(&str) -> bool) {
        match self.peek() {
            Some('[') => {
                self.next();
                self.control_sequence();
            }
            Some(']' | 'P' | 'X' | '^' | '_') => {
                self.next();
                self.control_string(keeps);
            }
            _ => {
                // Such as `ESC ( B`, which chooses letters.
                while self.next_if(|c| matches!(c, ' '..='/') && !begins_tag(c)) {}
                self.next_if(|c| matches!(c, '0'..='~') && !begins_tag(c));
            }
        }
    }

    /// Parameters, intermediates and one final character.
    fn control_sequence(&mut self) {
        while self.next_if(|c| matches!(c, '0'..='?') && !begins_tag(c)) {}
        while self.next_if(|c| matches!(c, ' '..='/') && !begins_tag(c)) {}
        self.next_if(|c| matches!(c, '@'..='~') && !begins_tag(c));
    }

    /// Up to a bell or a string terminator, or the end of the line.
    fn control_string(&mut self, keeps: &mut dyn FnMut(&str) -> bool) {
        let start = self.at;
        // Where another sequence begins, this one ends, so that each is looked at once.
        let ends = |c| is_line_end(c) || matches!(c, '\u{7}' | '\u{1b}' | '\u{80}'..='\u{9f}');
        while self.next_if(|c| !ends(c)) {}
        if keeps(&self.text[start..self.at]) {
            self.at = start;
            return;
        }
        if self.next_if(|c| c == '\u{1b}') {
            if !self.next_if(|c| c == '\\') {
                // A sequence of its own.
                self.at -= 1;
            }
        } else {
            self.next_if(|c| matches!(c, '\u{7}' | '\u{9c}'));
        }
    }
}

/// Whether a privacy tag can begin with a character, wherever it stands: a sequence never
/// takes it along.
fn begins_tag(c: char) -> bool {
    matches!(c, '<' | '&' | '%' | '\\')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[track_caller]
    fn check(cases: &[(&str, &str)]) {
        for &(text, left) in cases {
            assert_eq!(clean(text), left, "of {text:?}");
        }
    }

    #[test]
    fn every_line_end_is_one_line_feed() {
        for end in [
            "\n", "\r", "\r\n", "\u{b}", "\u{c}", "\u{85}", "\u{2028}", "\u{2029}",
        ] {
            assert_eq!(clean(&format!("a{end}b")), "a\nb", "of {end:?}");
            assert_eq!(clean_line(&format!(" a{end}\tb ")), "a b", "of {end:?}");
        }
        assert_eq!(clean_key("a\r\n b\tc "), "a  b c ");
    }

    #[test]
    fn what_acts_on_a_terminal_goes() {
        check(&[
            ("\u{1b}[1;31mred\u{1b}[m", "red"),
            ("\u{1b}[01;31m\u{1b}[Kx\u{1b}[m\u{1b}[K", "x"),
            ("\u{9b}31mred", "red"),
            ("\u{1b}]0;title\u{7}x", "x"),
            (
                "\u{1b}]8;;https://example.org\u{1b}\\link\u{1b}]8;;\u{1b}\\",
                "link",
            ),
            ("\u{9d}0;title\u{9c}x", "x"),
            ("\u{1b}Pdata\u{1b}\\x", "x"),
            ("\u{1b}_data\u{1b}\\x\u{1b}^y\u{7}z", "xz"),
            ("\u{1b}(Bx\u{1b}7y\u{1b}=z", "xyz"),
            ("\u{1b}]0;never ended\nx", "\nx"),
            ("\u{1b}]0;a\u{1b}[31mb", "b"),
            (
                "bell\u{7} back\u{8} null\0 delete\u{7f}",
                "bell back null delete",
            ),
            ("ends with \u{1b}", "ends with "),
            ("\u{1b}[", ""),
        ]);
    }

    #[test]
    fn a_sequence_takes_no_beginning_of_a_tag_along() {
        check(&[
            ("\u{1b}[<private>", "<private>"),
            ("\u{1b}<private>", "<private>"),
            ("\u{1b}[&lt;private>", "&lt;private>"),
            ("\u{1b}[\\u003cprivate>", "\\u003cprivate>"),
            ("\u{1b}%3Cprivate>", "%3Cprivate>"),
        ]);
    }

    #[test]
    fn what_nobody_sees_goes_and_what_people_write_stays() {
        check(&[
            (
                "a\u{200b}b\u{200e}c\u{202e}d\u{2066}e\u{feff}f\u{ad}g\u{3164}h",
                "abcdefgh",
            ),
            (
                "a\u{e0041}b\u{e01ef}c\u{fe00}d\u{fe0f}e\u{fff9}f\u{34f}g\u{ffff}h",
                "abcdefgh",
            ),
            ("a\u{200d}b п\u{200d}р", "ab пр"),
            ("می\u{200c}خواهم", "می\u{200c}خواهم"),
            ("می\u{200c}\u{200c}\u{200d}خواهم", "می\u{200d}خواهم"),
            ("क्\u{200d}ष", "क्\u{200d}ष"),
            (
                "👩\u{200d}💻 ❤\u{fe0f} 1\u{fe0f} ❤\u{fe0f}\u{200d}🔥",
                "👩\u{200d}💻 ❤\u{fe0f} 1\u{fe0f} ❤\u{fe0f}\u{200d}🔥",
            ),
            ("❤\u{fe0f}\u{fe0f}\u{fe0f}", "❤\u{fe0f}"),
            (
                "Grüße, 日本語, naïve, עברית\n\ttab",
                "Grüße, 日本語, naïve, עברית\n\ttab",
            ),
        ]);
    }

    #[test]
    fn a_clean_text_is_not_copied() {
        for text in ["", "plain\n\ttext", "Größe 日本語"] {
            assert!(matches!(clean(text), Cow::Borrowed(_)), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn what_is_clean_stays_as_it_is(text in "[a<\\[\\]P0m;\u{1b}\u{9b}\u{9d}\u{7}\r\n\u{b}\u{2028}\u{200b}\u{200d}\u{fe0f}م👩\u{e0041}]{0,24}") {
            let once = clean(&text).into_owned();
            prop_assert_eq!(&clean(&once), &once);
            prop_assert!(!once.chars().any(|c| c != '\n' && is_line_end(c)));
            let line = clean_line(&text);
            prop_assert!(!line.contains(['\n', '\t']));
            prop_assert_eq!(clean_line(&line), line);
        }

        #[test]
        fn any_text_can_be_cleaned(text in any::<String>()) {
            let once = clean(&text).into_owned();
            prop_assert_eq!(&clean(&once), &once);
        }
    }
}
