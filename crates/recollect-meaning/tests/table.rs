//! The table that is shipped.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::LazyLock;

use recollect_meaning::{Table, Vector, scan};

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../extension/media/meaning.bin");
    Table::read(std::fs::read(path).unwrap()).unwrap()
});

#[test]
fn texts_are_taken_apart_as_by_the_reference() {
    let sample = include_str!("pieces.jsonl");
    let mut count = 0;
    for line in sample.lines() {
        let line: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = line["text"].as_str().unwrap();
        let tokens = TABLE.tokens(text, usize::MAX);
        let pieces: Vec<&str> = tokens.iter().map(|id| TABLE.piece(*id)).collect();
        assert_eq!(pieces.join(" "), line["pieces"], "{text:?}");
        count += 1;
    }
    assert!(count > 200);
}

/// The first of the texts must be nearest to the question, by the whole text and by words.
#[track_caller]
fn check(question: &str, texts: &[&str]) {
    let vectors: Vec<i8> = texts.iter().flat_map(|text| TABLE.embed(text).0).collect();
    let nearest = scan(
        &TABLE.embed(question).0,
        Vector::LENGTH,
        &vectors,
        1,
        &|_| true,
    );
    assert_eq!(nearest.first().map(|hit| hit.0), Some(0), "{nearest:?}");
    let asked: Vec<(u32, f32)> = TABLE
        .tokens(question, 64)
        .iter()
        .map(|id| (*id, 1.0))
        .collect();
    let by_words = texts
        .iter()
        .map(|text| TABLE.max_sim(&asked, &TABLE.tokens(text, 64)));
    let by_words: Vec<f32> = by_words.collect();
    assert!(
        by_words.iter().skip(1).all(|other| *other < by_words[0]),
        "{by_words:?}"
    );
}

#[test]
fn what_is_meant_is_nearer_than_what_is_not() {
    check(
        "people were billed two times",
        &[
            "Customers got charged twice for one order",
            "Move the build to a newer compiler",
            "The login page flickers in dark mode",
        ],
    );
    check(
        "why did the machine run out of storage?",
        &[
            "Rotate logs, because they filled the disk",
            "Rename a setting of the editor",
            "Ask for a password again after a day",
        ],
    );
    check(
        "getting rid of the old picture cache",
        &[
            "Remove stale image caching",
            "Add a button that opens the terminal",
            "Send mail when a job fails",
        ],
    );
}

#[test]
fn common_words_count_little() {
    let weight = |word| TABLE.weight(TABLE.tokens(word, 1)[0]);
    assert!(weight("the") * 10.0 < weight("database"));
}
