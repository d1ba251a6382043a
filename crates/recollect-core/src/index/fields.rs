//! What full-text search sees of a memory.

use crate::memory::{Memory, summary_sections};

/// The texts of one row of `memory_text`, in the order of its columns.
pub(super) fn fields(memory: &Memory) -> [String; 6] {
    let mut narrative = memory.narrative.clone().unwrap_or_default();
    if let Some(summary) = &memory.summary {
        for (_, text) in summary_sections(summary) {
            narrative.push_str(text);
            narrative.push('\n');
        }
    }
    let files: Vec<&str> = memory.files().collect();
    [
        memory.title.clone(),
        memory.subtitle.clone().unwrap_or_default(),
        narrative,
        memory.facts.join("\n"),
        memory.concepts.join("\n"),
        files.join("\n"),
    ]
    .map(with_parts)
}

/// `text`, and behind it the parts of its identifiers, so that `token` finds
/// `getUserToken`. Words joined by `_`, `-`, `/` or `.` are parted by the tokenizer.
fn with_parts(mut text: String) -> String {
    let mut parts = String::new();
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let mut start = 0;
        for end in humps(word) {
            parts.push('\n');
            parts.push_str(&word[start..end]);
            start = end;
        }
        if start > 0 {
            parts.push('\n');
            parts.push_str(&word[start..]);
        }
    }
    text.push_str(&parts);
    text
}

/// Where the second and later parts of an identifier begin: at a capital behind
/// a small letter or digit, and at the last capital of several before a small
/// letter, as in `HTTPServer`.
fn humps(word: &str) -> impl Iterator<Item = usize> {
    let mut before: Option<char> = None;
    let mut chars = word.char_indices().peekable();
    std::iter::from_fn(move || {
        while let Some((position, c)) = chars.next() {
            let previous = before.replace(c);
            let next_is_small = chars.peek().is_some_and(|(_, next)| next.is_lowercase());
            let begins = match previous {
                Some(previous) if c.is_uppercase() => !previous.is_uppercase() || next_is_small,
                _ => false,
            };
            if begins {
                return Some(position);
            }
        }
        None
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, expected: &str) {
        assert_eq!(with_parts(text.to_owned()).replace('\n', " "), expected);
    }

    #[test]
    fn identifiers_are_followed_by_their_parts() {
        check("call getUserToken()", "call getUserToken() get User Token");
        check("HTTPServer2Config", "HTTPServer2Config HTTP Server2 Config");
        check("snake_case Plain UPPER", "snake_case Plain UPPER");
        check("größeÄndern", "größeÄndern größe Ändern");
        check("", "");
    }
}
