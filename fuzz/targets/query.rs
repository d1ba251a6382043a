//! The query language: every text is a query, prints as one that parses to
//! itself, and takes time in proportion to its length.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_core::search::query::{Form, MAX_CONDITIONS, MAX_WORDS, Query};

/// Bytes of which a quadratic parser would be at it for many seconds.
const LONG: usize = 1 << 17;
/// Begins an input that is repeated up to that length.
const REPEAT: char = '\u{7f}';
/// Most bytes that are repeated.
const MAX_UNIT: usize = 16;

fuzz_target!(|text: &str| {
    check(text, false);
    check(text, true);
    // Behind a sign that nobody types: what a long text is made of. Seldom, because it takes long.
    if let Some(unit) = text.strip_prefix(REPEAT)
        && (1..=MAX_UNIT).contains(&unit.len())
    {
        check(&unit.repeat(LONG / unit.len()), true);
    }
});

fn check(text: &str, is_prefix: bool) {
    let query = Query::parse(text, is_prefix);
    assert!(query.terms.len() <= MAX_WORDS * 2 && query.conditions.len() <= MAX_CONDITIONS);
    for term in &query.terms {
        assert!(!term.text.is_empty());
        // Operators with nothing to join are words in lower case.
        assert!(text.contains(&term.text) || ["and", "or", "not"].contains(&&*term.text));
        assert!(term.form == Form::Phrase || !term.text.contains(char::is_whitespace));
    }
    let printed = query.to_string();
    assert_eq!(
        Query::parse(&printed, false),
        query,
        "printed as {printed:?}"
    );
}
