//! Parts of a year that a question names: seasons, halves, quarters, weeks, and the days around
//! Christmas.

use super::calendar::{Span, Today, day_of, first_of, weekday, year};
use super::words::Words;

/// What such a part is, from a word on, and the number of the word behind it. `is_led` says that
/// a word such as `in` leads to it.
pub(super) fn period_at(
    words: &Words<'_>,
    from: usize,
    today: Today,
    is_led: bool,
) -> Option<(Span, usize)> {
    season(words, from, today)
        .or_else(|| half_or_quarter(words, from, today))
        .or_else(|| week(words, from, today, is_led))
        .or_else(|| christmas(words, from, today, is_led))
}

/// The first month of a season; winter begins in December.
fn season_of(word: &str) -> Option<i64> {
    Some(match word {
        "spring" => 3,
        "summer" => 6,
        "autumn" | "fall" => 9,
        "winter" => 12,
        _ => return None,
    })
}

fn season_from(year: i64, month: i64) -> Span {
    Span::days(first_of(year, month), first_of(year, month + 3))
}

/// `summer of 2022`, `winter 2021`, `last summer`, `this spring`.
fn season(words: &Words<'_>, from: usize, today: Today) -> Option<(Span, usize)> {
    let first = words.lower(from);
    if let Some(month) = season_of(first) {
        let at = from + 1 + usize::from(words.lower(from + 1) == "of");
        let of_year = year(words.lower(at))?;
        return Some((season_from(of_year, month), at + 1));
    }
    let is_this = matches!(first, "this" | "current");
    if !is_this && !matches!(first, "last" | "past" | "previous") {
        return None;
    }
    let month = season_of(words.lower(from + 1))?;
    let (this_year, _, _) = today.date();
    // The newest that has begun, or where the last one is meant the newest that is over.
    let edge = |span: &Span| if is_this { span.since } else { span.before };
    let midnight = today.start();
    let span = (0..3)
        .map(|back| season_from(this_year - back, month))
        .find(|span| edge(span).is_some_and(|edge| edge <= midnight))?;
    Some((span, from + 2))
}

/// `H1 2024`, `2024 Q2`, `Q3 of 2024`; a quarter alone is the newest that has begun.
fn half_or_quarter(words: &Words<'_>, from: usize, today: Today) -> Option<(Span, usize)> {
    let part = |word: &str| {
        let (letter, digit) = word.split_at_checked(1)?;
        let number: i64 = digit.parse().ok().filter(|_| digit.len() == 1)?;
        match (letter, number) {
            ("q", 1..=4) => Some((number * 3 - 2, 3)),
            ("h", 1..=2) => Some((number * 6 - 5, 6)),
            _ => None,
        }
    };
    let span = |of_year: i64, (month, length): (i64, i64)| {
        Span::days(first_of(of_year, month), first_of(of_year, month + length))
    };
    let first = words.lower(from);
    if let Some(of_year) = year(first) {
        let part = part(words.lower(from + 1))?;
        return Some((span(of_year, part), from + 2));
    }
    let part = part(first)?;
    let at = from + 1 + usize::from(words.lower(from + 1) == "of");
    if let Some(of_year) = year(words.lower(at)) {
        return Some((span(of_year, part), at + 1));
    }
    let (this_year, this_month, _) = today.date();
    let of_year = this_year - i64::from(part.0 > this_month);
    // `h1` alone is a heading, or a version of a protocol.
    (part.1 == 3).then(|| (span(of_year, part), from + 1))
}

/// `week 20 of 2024`, `calendar week 20`, `2024-W20`: weeks of ISO 8601, of which the first holds
/// 4 January.
fn week(words: &Words<'_>, from: usize, today: Today, is_led: bool) -> Option<(Span, usize)> {
    let of_year = |of_year: i64, number: i64| {
        let fourth = day_of(of_year, 1, 4)?;
        let monday = fourth - weekday(fourth) + 7 * (number - 1);
        (1..=53)
            .contains(&number)
            .then(|| Span::days(monday, monday + 7))
    };
    let first = words.lower(from);
    if let Some((told, number)) = first.split_once("-w") {
        return Some((of_year(year(told)?, number.parse().ok()?)?, from + 1));
    }
    let is_calendar = first == "calendar";
    let at = from + usize::from(is_calendar);
    if words.lower(at) != "week" {
        return None;
    }
    let number: i64 = words.lower(at + 1).parse().ok()?;
    let behind = at + 2 + usize::from(matches!(words.lower(at + 2), "of" | "in"));
    if let Some(told) = year(words.lower(behind)) {
        return Some((of_year(told, number)?, behind + 1));
    }
    let (this_year, _, _) = today.date();
    let now = today.start();
    let begun = |span: &Span| span.since.is_some_and(|since| since <= now);
    let span = of_year(this_year, number)
        .filter(begun)
        .or_else(|| of_year(this_year - 1, number))?;
    (is_led || is_calendar).then_some((span, at + 2))
}

/// `Christmas`, `Christmas 2022`: from 20 December to New Year's Day.
fn christmas(words: &Words<'_>, from: usize, today: Today, is_led: bool) -> Option<(Span, usize)> {
    let is_last = matches!(words.lower(from), "last" | "this");
    let at = from + usize::from(is_last);
    if !matches!(words.lower(at), "christmas" | "xmas") {
        return None;
    }
    let span = |of_year: i64| Span::days(first_of(of_year, 12) + 19, first_of(of_year + 1, 1) + 1);
    let behind = at + 1 + usize::from(words.lower(at + 1) == "of");
    if let Some(told) = year(words.lower(behind)) {
        return Some((span(told), behind + 1));
    }
    let (this_year, _, _) = today.date();
    let begun = |span: &Span| span.since.is_some_and(|since| since <= today.start());
    let newest = Some(span(this_year)).filter(begun);
    let found = newest.unwrap_or_else(|| span(this_year - 1));
    (is_led || is_last).then_some((found, at + 1))
}
