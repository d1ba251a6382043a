//! The privacy filter: what is left holds no tag, nothing that was not there
//! before, and nothing of what stood behind an opening tag.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_core::intake::privacy::{TAGS, strip, strip_json};
use serde_json::Value;

/// Stands for a secret; a private use character, which the input is freed of.
const SECRET: char = '\u{e000}';

fuzz_target!(|text: &str| {
    check(text);
    check_secret(text);
    if let Ok(mut value) = serde_json::from_str::<Value>(text) {
        strip_json(&mut value);
        let once = value.clone();
        assert!(!strip_json(&mut value), "a second time removes something");
        assert_eq!(value, once);
    }
});

fn check(text: &str) {
    let stripped = strip(text);
    assert_eq!(stripped.had_private, stripped.text != text);
    let again = strip(&stripped.text);
    assert!(!again.had_private, "a second time removes something");
    assert!(is_part_of(&stripped.text, text), "something was added");
    let lower = stripped.text.to_ascii_lowercase();
    for tag in TAGS {
        assert!(!lower.contains(&format!("<{tag}>")), "{tag} is left");
        assert!(!lower.contains(&format!("</{tag}>")), "{tag} is left");
    }
}

/// What follows an opening tag at once is dropped, whatever stands around both.
fn check_secret(text: &str) {
    let text = text.replace(SECRET, "");
    let middle = text.char_indices().nth(text.chars().count() / 2);
    let (before, after) = text.split_at(middle.map_or(0, |(position, _)| position));
    for tag in TAGS {
        let whole = format!("{before}<{tag}>{SECRET}{after}");
        assert!(
            !strip(&whole).text.contains(SECRET),
            "{tag} keeps the secret"
        );
    }
}

/// Whether the letters of `part` stand in `whole` in the same order.
fn is_part_of(part: &str, whole: &str) -> bool {
    let mut letters = whole.chars();
    part.chars()
        .all(|letter| letters.any(|other| other == letter))
}
