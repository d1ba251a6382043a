//! The part of a text that shows why it was found.

use crate::find::{Range, Terms};

/// Most characters of an excerpt, with the signs for what was left out.
const CHARS: usize = 200;
/// Characters of an excerpt that stand before the match.
const LEAD_CHARS: usize = 40;

/// The part of a text around the first of the words, or its beginning, and where in
/// it they stand.
#[must_use]
#[inline(never)]
pub fn excerpt(text: &str, terms: &Terms) -> (String, Vec<Range>) {
    let start = terms.first(text).unwrap_or(0);
    let before = &text[..start];
    let lead = before
        .char_indices()
        .rev()
        .take(LEAD_CHARS)
        .last()
        .map_or(start, |(position, _)| position);
    // A lead shorter than its length reaches the beginning; otherwise it starts at a word.
    let begin = if lead == 0 {
        0
    } else {
        before[lead..]
            .find(' ')
            .map_or(lead, |space| lead + space + 1)
    };
    let shown = beginning(&text[begin..], CHARS - 2);
    let is_cut = begin + shown.len() < text.len();
    let sign = |is_there| if is_there { "…" } else { "" };
    let excerpt = [sign(begin > 0), shown, sign(is_cut)].concat();
    let highlights = terms.highlights(&excerpt);
    (excerpt, highlights)
}

/// As many characters of a text, or all.
fn beginning(text: &str, chars: usize) -> &str {
    match text.as_bytes().get(..chars) {
        None => text,
        // Each is a byte.
        Some(bytes) if bytes.is_ascii() => &text[..chars],
        Some(_) => {
            let end = text.char_indices().nth(chars);
            &text[..end.map_or(text.len(), |(end, _)| end)]
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn around(text: &str, token: &str) -> String {
        let mut terms = Terms::default();
        terms.add(token.to_owned());
        excerpt(text, &terms).0
    }

    #[test]
    fn a_short_text_is_shown_whole() {
        assert_eq!(around("the whole story", "stori"), "the whole story");
        assert_eq!(around("", "stori"), "");
    }

    #[test]
    fn a_long_text_is_shown_around_the_word() {
        let text = format!("{}queue{}", "word ".repeat(100), " word".repeat(100));
        let shown = around(&text, "queue");
        assert!(shown.starts_with("…word word "), "{shown}");
        assert!(shown.ends_with('…'), "{shown}");
        let lead = shown.find("queue").unwrap_or(0);
        assert!((30..=44).contains(&lead), "{shown}");
    }

    proptest! {
        #[test]
        fn an_excerpt_is_a_part_that_holds_the_word(text in "[a-cé ]{0,90}( queue )?[a-cé ]{0,300}") {
            let shown = around(&text, "queue");
            prop_assert!(shown.chars().count() <= CHARS);
            prop_assert!(text.contains(shown.trim_matches('…')));
            prop_assert_eq!(shown.contains("queue"), text.contains(" queue "));
        }
    }
}
