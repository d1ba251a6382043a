//! Kinds of questions as maintainers ask them, about the history that `ask` makes.

use recollect_core::log::record::Body;
use recollect_core::search::answer::{Answer, Note};
use recollect_core::search::question::Direction;
use recollect_core::{Store, UnixMillis};

use crate::ask::{NOW, after, ask, ask_with, fitting, project, shop};
use crate::common::{keep, told};

fn files(answer: &Answer) -> Vec<(&str, u64)> {
    let notes = answer.notes.iter();
    let files = notes.filter_map(|note| match note {
        Note::Files(files) => Some(files),
        _ => None,
    });
    files
        .flatten()
        .map(|(path, count)| (path.as_str(), *count))
        .collect()
}

#[track_caller]
fn check(store: &Store, questions: &[(&str, &[&str])]) {
    for (text, expected) in questions {
        let mine = ask_with(store, text, |ask| {
            ask.question.me = Some("Cid Dunn".to_owned());
        });
        assert_eq!(fitting(&mine), *expected, "{text}");
    }
}

#[test]
fn files_are_told_by_how_often_they_changed() {
    let store = shop();
    for text in [
        "most changed files",
        "which files change most often?",
        "what are the hotspots of this repo?",
        "list the files that changed most",
    ] {
        let answer = ask(&store, text);
        assert_eq!(answer.subject, "", "{text}");
        assert_eq!(answer.fitting, 9, "{text}");
        let expected = [
            ("README.md", 2),
            ("src/cart.ts", 2),
            ("src/cart/index.ts", 2),
        ];
        assert_eq!(files(&answer)[..3], expected, "{text}");
    }
    let theirs = ask(&store, "which files did Bo Chen touch?");
    assert_eq!(files(&theirs).len(), 3);
    let gone = ask(&store, "which files were deleted this year?");
    assert_eq!(files(&gone), [("src/mail.ts", 1)]);
    assert_eq!(fitting(&gone), ["aa04"]);
}

#[test]
fn files_that_change_along_with_one_are_told_without_it() {
    let store = shop();
    for text in [
        "which files changed together with docs/prices.md?",
        "what else changes when docs/prices.md changes?",
        "co-changes of docs/prices.md",
    ] {
        let answer = ask(&store, text);
        assert_eq!(files(&answer), [("README.md", 1)], "{text}");
        assert_eq!(fitting(&answer), ["aa08"], "{text}");
    }
    // Its earlier name is no other file.
    let cart = ask(
        &store,
        "which files changed together with src/cart/index.ts?",
    );
    assert!(files(&cart).is_empty());
}

#[test]
fn who_knows_a_file_is_told_by_names() {
    let store = shop();
    let names = |text: &str| -> Vec<String> {
        let notes = ask(&store, text).notes;
        let authors = notes.into_iter().filter_map(|note| match note {
            Note::Authors(authors) => Some(authors),
            _ => None,
        });
        authors.flatten().map(|(name, _)| name).collect()
    };
    for text in [
        "who knows src/mail.ts best?",
        "who should I ask about src/mail.ts?",
        "who owns src/mail.ts",
        "top contributors to src/mail.ts",
    ] {
        assert_eq!(names(text), ["Ann Bell", "Bo Chen"], "{text}");
    }
    assert_eq!(names("how many people contributed?").len(), 3);
    // Ann and Bo were there before.
    let new = ask(&store, "new contributors in the last 50 days");
    assert_eq!(fitting(&new), ["aa05"]);
}

#[test]
fn what_belongs_to_a_time_or_to_me_is_understood_in_many_forms() {
    let store = shop();
    check(
        &store,
        &[
            ("show me yesterday's commits", &["aa08"]),
            ("which of my commits fixed a bug?", &["aa05"]),
            (
                "hi, I was wondering, what happened to src/price.ts?",
                &["aa05"],
            ),
            ("git log src/price.ts", &["aa05"]),
            ("who touched the price?", &["aa05"]),
            ("history of the README", &["aa08", "aa01"]),
        ],
    );
    let first = ask(&store, "when did the project start?");
    assert_eq!(fitting(&first)[0], "aa01");
}

#[test]
fn releases_are_counted_once_and_ranges_are_understood() {
    let store = shop();
    check(
        &store,
        &[
            ("what's unreleased?", &["aa09", "aa08"]),
            ("git diff v1.0.0..v2.0.0", &["aa06", "aa05", "aa04"]),
            ("changelog for 2.0.0", &["aa06", "aa05", "aa04"]),
            ("how often did we release?", &["aa07", "aa06", "aa03"]),
            ("what is the first release", &["aa03", "aa06", "aa07"]),
        ],
    );
    let later = ask(&store, "is there a release after 2.0.1?");
    assert!(!later.is_answered);
    let with = ask(&store, "which release has the cart with two coupons?");
    assert_eq!(with.hits[1].title, "Release v2.0.1");
}

#[test]
fn a_file_that_never_moved_was_not_renamed() {
    let store = shop();
    let never = ask(&store, "was src/price.ts ever renamed?");
    assert!(!never.is_answered);
    let moved = ask(&store, "was src/cart.ts ever renamed?");
    assert_eq!(fitting(&moved), ["aa03"]);
    let gone = ask(&store, "where did src/mail.ts go?");
    assert_eq!(fitting(&gone), ["aa04"]);
    // A path that nobody knows is not answered by its parts.
    assert!(!ask(&store, "what changed in src/mail/cart.rs?").is_answered);
}

#[test]
fn numbers_are_read_in_addresses_and_lists() {
    let mut store = shop();
    check(
        &store,
        &[
            ("https://github.com/a/shop/pull/12", &["aa02"]),
            ("PRs 12 and 34", &["aa02", "aa07"]),
            ("34", &["aa07"]),
        ],
    );
    // What a hosting service tells of a pull request has no commit.
    let mut draft = told("Keep the cart (#56)", "As decided by all of us.");
    if let (Some(origin), Body::Observation(one)) = (&mut draft.origin, &mut draft.body) {
        origin.project = project();
        one.facts = vec!["Pull request #56, merged".to_owned()];
    }
    keep(&mut store, vec![draft], UnixMillis(NOW));
    assert_eq!(ask(&store, "PR 56").hits[0].title, "Keep the cart (#56)");
}

#[test]
fn what_goes_on_keeps_what_it_does_not_change() {
    let store = shop();
    for (text, earlier, expected) in [
        (
            "and Cid?",
            "what did Ann Bell do in 2026?",
            &["aa09", "aa05"][..],
        ),
        (
            "and last week?",
            "what did Bo Chen do this year?",
            &["aa07"],
        ),
        (
            "what about 2025?",
            "what happened in July 2026?",
            &["aa02", "aa01"],
        ),
        (
            "only the fixes",
            "what went into v2.0.0?",
            &["aa06", "aa05"],
        ),
    ] {
        let answer = after(&store, text, earlier);
        let found = fitting(&answer);
        let expected: Vec<&str> = expected.to_vec();
        assert_eq!(found[..expected.len().min(found.len())], expected, "{text}");
        assert!(answer.notes.contains(&Note::UsedEarlier), "{text}");
    }
    let oldest = ask_with(&store, "all commits", |ask| {
        ask.order = Some(Direction::Oldest)
    });
    assert_eq!(fitting(&oldest)[0], "aa01");
}
