//! Cutting texts without breaking a character.

use std::borrow::Cow;

pub use recollect_words::line::one_line;

/// The first line that is not blank, trimmed; empty if there is none.
#[must_use]
pub fn first_line(text: &str) -> &str {
    text.lines()
        .map(str::trim)
        .find(|line| !line.is_empty())
        .unwrap_or("")
}

/// `text`, or as much of its beginning as fits `max_bytes` with `…` behind it.
#[must_use]
pub fn cut(text: &str, max_bytes: usize) -> Cow<'_, str> {
    if text.len() <= max_bytes {
        return Cow::Borrowed(text);
    }
    let end = text.floor_char_boundary(max_bytes.saturating_sub('…'.len_utf8()));
    Cow::Owned(format!("{}…", text[..end].trim_end()))
}

/// Whether a word has a capital behind its first letter, as names have: `GraphQL`.
pub(crate) fn has_capital_inside(word: &str) -> bool {
    word.chars().skip(1).any(char::is_uppercase)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cut_never_exceeds_its_limit_nor_breaks_a_character() {
        for limit in 3..20 {
            let text = cut("größenwahnsinnig", limit);
            assert!(text.len() <= limit, "{text}");
        }
        assert_eq!(cut("short", 5), "short");
    }

    #[test]
    fn a_line_is_the_first_with_words() {
        assert_eq!(first_line("\n  \n  a b \n c"), "a b");
        assert_eq!(first_line(" \n"), "");
        assert_eq!(one_line(" a\n\tb  c "), "a b c");
    }
}
