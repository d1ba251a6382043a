//! The redactor: what is left holds no secret, nothing is longer than the text
//! and its markers, and a second time changes nothing.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_core::intake::privacy::{UserRules, path::is_denied, redact};

/// Longest marker.
const MARKER: usize = 32;

fuzz_target!(|text: &str| {
    let kept = redact(text);
    let markers = kept.text.matches("[redacted:").count();
    assert!(kept.text.len() <= text.len() + markers * MARKER);
    assert_eq!(kept.had_secret, kept.text != text);
    assert_eq!(redact(&kept.text).text, kept.text, "a second time");

    let people = UserRules::default().with_personal_data();
    let kept = people.redact(text);
    assert_eq!(people.redact(&kept.text).text, kept.text, "a second time");

    // The first line is a pattern of a user, of texts and of paths.
    let (pattern, rest) = text.split_once('\n').unwrap_or((text, ""));
    let pattern = [pattern.to_owned()];
    if let Ok(rules) = UserRules::new(&pattern) {
        let _ = rules.redact(rest);
    }
    if let Ok(rules) = UserRules::default().with_excluded_paths(&pattern) {
        assert!(rules.denies(rest) || !is_denied(rest));
    }
});
