//! Which times a question names.

use super::calendar::{DAY, Span, day_of};
use super::when::{Today, find};
use super::words::Words;
use crate::log::time::UnixMillis;

/// Friday, 14 August 2026, 10:00.
fn today() -> Today {
    Today::new(day_of(2026, 8, 14).unwrap_or(0) * DAY + 10 * 3_600_000)
}

fn days(span: Span) -> String {
    let day = |local: i64| UnixMillis(local).to_string();
    match (span.since, span.before) {
        (Some(since), Some(before)) => format!("{}..{}", day(since), day(before)),
        (Some(since), None) => format!("{}..", day(since)),
        (None, Some(before)) => format!("..{}", day(before)),
        (None, None) => "..".to_owned(),
    }
}

#[track_caller]
fn check(question: &str, expected: &str, told: &str) {
    let mut words = Words::of(question);
    let found = find(&words, today()).unwrap_or_else(|| panic!("{question}: no time"));
    assert_eq!(days(found.span), expected, "{question}");
    assert_eq!(words.take(found.from, found.to), told, "{question}");
}

#[test]
fn times_are_counted_from_the_day_of_asking() {
    for (question, expected, told) in [
        ("what did I do today?", "2026-08-14..2026-08-15", "today"),
        (
            "what changed last winter?",
            "2025-12-01..2026-03-01",
            "last winter",
        ),
        (
            "what changed last summer?",
            "2025-06-01..2025-09-01",
            "last summer",
        ),
        (
            "what changed this summer?",
            "2026-06-01..2026-09-01",
            "this summer",
        ),
        (
            "in the past fortnight",
            "2026-07-31..",
            "in the past fortnight",
        ),
        (
            "a fortnight ago",
            "2026-07-27..2026-08-03",
            "a fortnight ago",
        ),
        (
            "in the last half year",
            "2026-02-14..",
            "in the last half year",
        ),
        (
            "over the weekend",
            "2026-08-08..2026-08-10",
            "over the weekend",
        ),
        (
            "everything from yesterday, please",
            "2026-08-13..2026-08-14",
            "from yesterday",
        ),
        (
            "the day before yesterday",
            "2026-08-12..2026-08-13",
            "the day before yesterday",
        ),
        (
            "what happened this week",
            "2026-08-10..2026-08-17",
            "this week",
        ),
        (
            "what happened last week?",
            "2026-08-03..2026-08-10",
            "last week",
        ),
        ("last month", "2026-07-01..2026-08-01", "last month"),
        ("this year", "2026-01-01..2027-01-01", "this year"),
        ("last quarter", "2026-04-01..2026-07-01", "last quarter"),
        ("in the last 10 days", "2026-08-04..", "in the last 10 days"),
        (
            "over the past couple of months",
            "2026-06-14..",
            "over the past couple of months",
        ),
        (
            "during the past two weeks",
            "2026-07-31..",
            "during the past two weeks",
        ),
        ("three days ago", "2026-08-11..2026-08-12", "three days ago"),
        ("two weeks ago", "2026-07-27..2026-08-03", "two weeks ago"),
        ("a month ago", "2026-07-01..2026-08-01", "a month ago"),
        (
            "what broke on Monday?",
            "2026-08-10..2026-08-11",
            "on Monday",
        ),
        ("since Tuesday", "2026-08-11..", "since Tuesday"),
        ("last Friday", "2026-08-07..2026-08-08", "last Friday"),
        ("last night", "2026-08-13..2026-08-14", "last night"),
        (
            "over the last weekend",
            "2026-08-08..2026-08-10",
            "over the last weekend",
        ),
    ] {
        check(question, expected, told);
    }
}

#[test]
fn times_are_told_by_the_calendar() {
    for (question, expected, told) in [
        ("in July", "2026-07-01..2026-08-01", "in July"),
        ("in December", "2025-12-01..2026-01-01", "in December"),
        (
            "work of March 2021",
            "2021-03-01..2021-04-01",
            "of March 2021",
        ),
        ("in 2024", "2024-01-01..2025-01-01", "in 2024"),
        (
            "since September 2025?",
            "2025-09-01..",
            "since September 2025",
        ),
        ("since 1 June 2026", "2026-06-01..", "since 1 June 2026"),
        ("since August 10th", "2026-08-10..", "since August 10th"),
        (
            "since the start of 2022",
            "2022-01-01..",
            "since the start of 2022",
        ),
        ("after 2026-07-14", "2026-07-15..", "after 2026-07-14"),
        ("before July 2026", "..2026-07-01", "before July 2026"),
        (
            "until the end of June",
            "..2026-07-01",
            "until the end of June",
        ),
        ("on 3 June 2025", "2025-06-03..2025-06-04", "on 3 June 2025"),
        (
            "on June 3rd, 2025",
            "2025-06-03..2025-06-04",
            "on June 3rd, 2025",
        ),
        (
            "on the 3rd of June",
            "2026-06-03..2026-06-04",
            "on the 3rd of June",
        ),
        (
            "between 18 and 25 December 2013",
            "2013-12-18..2013-12-26",
            "between 18 and 25 December 2013",
        ),
        (
            "between 30 July and 2 August 2020?",
            "2020-07-30..2020-08-03",
            "between 30 July and 2 August 2020",
        ),
        (
            "from May to July",
            "2026-05-01..2026-08-01",
            "from May to July",
        ),
        (
            "between 2019 and 2020",
            "2019-01-01..2021-01-01",
            "between 2019 and 2020",
        ),
        ("from June on", "2026-06-01..", "from June on"),
        ("in Q3 2024", "2024-07-01..2024-10-01", "in Q3 2024"),
        ("in 2024 Q2", "2024-04-01..2024-07-01", "in 2024 Q2"),
        ("in H1 2024", "2024-01-01..2024-07-01", "in H1 2024"),
        (
            "in week 20 of 2024",
            "2024-05-13..2024-05-20",
            "in week 20 of 2024",
        ),
        ("in 2024-W20?", "2024-05-13..2024-05-20", "in 2024-W20"),
        ("in week 2", "2026-01-05..2026-01-12", "in week 2"),
        ("in week 50", "2025-12-08..2025-12-15", "in week 50"),
        ("in 05/2023", "2023-05-01..2023-06-01", "in 05/2023"),
        ("in mid-2022", "2022-05-02..2022-09-01", "in mid-2022"),
        (
            "since the beginning of the year",
            "2026-01-01..",
            "since the beginning of the year",
        ),
        (
            "since the start of this month",
            "2026-08-01..",
            "since the start of this month",
        ),
        (
            "around Christmas 2022",
            "2022-12-20..2023-01-02",
            "around Christmas 2022",
        ),
        ("last Christmas", "2025-12-20..2026-01-02", "last Christmas"),
        ("in winter 2021", "2021-12-01..2022-03-01", "in winter 2021"),
        (
            "in the second quarter of 2025",
            "2025-04-01..2025-07-01",
            "in the second quarter of 2025",
        ),
        (
            "the first week of September 2022",
            "2022-09-01..2022-09-08",
            "the first week of September 2022",
        ),
        (
            "the last week of May",
            "2026-05-25..2026-06-01",
            "the last week of May",
        ),
        ("in early 2023", "2023-01-01..2023-05-02", "in early 2023"),
        (
            "in the summer of 2022",
            "2022-06-01..2022-09-01",
            "in the summer of 2022",
        ),
    ] {
        check(question, expected, told);
    }
}

#[test]
fn words_that_look_like_times_are_none() {
    for question in [
        "the march of progress",
        "support h1 and h2",
        "a week 2 of us forgot",
        "may this be removed",
        "why is the sun icon yellow",
        "the last chunk of a stream",
        "who changed lib/route.js last?",
        "what does the second argument do",
        "add 3 retries",
        "in a hurry",
        "",
    ] {
        let words = Words::of(question);
        assert_eq!(find(&words, today()), None, "{question}");
    }
}

#[test]
fn a_time_of_the_thing_that_is_asked_about_is_told_apart() {
    let words = Words::of("why was last December's fix taken back?");
    assert!(find(&words, today()).is_some_and(|found| found.is_attribute));
}

proptest::proptest! {
    #[test]
    fn no_text_panics(text in "\\PC{0,80}") {
        let words = Words::of(&text);
        find(&words, today());
    }

    #[test]
    fn no_words_of_times_panic(words in proptest::collection::vec("(since|between|and|last|first|week|of|winter|h1|mid-2022|christmas|weekend|fortnight|05/2023|2024-w20|[0-9]{1,4}|may|quarter|half|ago|the|in|until|q[1-9]|monday|31|2026-02-30)", 0..12)) {
        let text = words.join(" ");
        find(&Words::of(&text), today());
    }
}

#[test]
fn a_command_that_is_called_as_a_wish_is_looked_for() {
    for (question, rest) in [
        ("find . -name", "find -name"),
        ("find ./src -exec wc", "find ./src -exec wc"),
        ("find the parser", "parser"),
    ] {
        let words = Words::of(question);
        let subject = words.rest(|word| !super::wish::says_nothing(&word.lower));
        assert_eq!(subject, rest, "{question}");
    }
}
