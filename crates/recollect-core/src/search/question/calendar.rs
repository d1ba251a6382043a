//! Days, months and years of the user's calendar, as spans of local time.

use crate::log::time::UnixMillis;

pub(super) const MINUTE: i64 = 60_000;
pub(super) const HOUR: i64 = 60 * MINUTE;
pub(super) const DAY: i64 = 24 * HOUR;

/// From a local time on, up to another; either may be open. In milliseconds since 1970 by
/// the user's clock.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Span {
    pub(super) since: Option<i64>,
    pub(super) before: Option<i64>,
}

impl Span {
    pub(super) fn new(since: i64, before: i64) -> Self {
        Self {
            since: Some(since),
            before: Some(before),
        }
    }

    pub(super) fn day(day: i64) -> Self {
        Self::new(day * DAY, (day + 1) * DAY)
    }

    pub(super) fn days(from: i64, to: i64) -> Self {
        Self::new(from * DAY, to * DAY)
    }

    /// A month; those before 1 and behind 12 are of other years.
    pub(super) fn month(year: i64, month: i64) -> Self {
        Self::days(first_of(year, month), first_of(year, month + 1))
    }

    pub(super) fn year(year: i64) -> Self {
        Self::days(first_of(year, 1), first_of(year + 1, 1))
    }

    /// Three months, from 1 to 4.
    pub(super) fn quarter(year: i64, quarter: i64) -> Self {
        let month = quarter * 3 - 2;
        Self::days(first_of(year, month), first_of(year, month + 3))
    }

    /// The week of a day; it begins on Monday.
    pub(super) fn week(day: i64) -> Self {
        let monday = day - weekday(day);
        Self::days(monday, monday + 7)
    }

    /// From the beginning of one to the end of the other.
    pub(super) fn to(self, other: Self) -> Self {
        Self {
            since: self.since,
            before: other.before,
        }
    }
}

/// The time by the user's clock, from which words such as `today` are counted.
#[derive(Clone, Copy, Debug)]
pub(super) struct Today {
    /// Milliseconds since 1970 by that clock.
    pub(super) now: i64,
    pub(super) day: i64,
}

impl Today {
    pub(super) fn new(now: i64) -> Self {
        Self {
            now,
            day: now.div_euclid(DAY),
        }
    }

    /// Year, month and day.
    pub(super) fn date(self) -> (i64, i64, i64) {
        date(self.day)
    }

    /// The midnight with which it began.
    pub(super) fn start(self) -> i64 {
        self.day * DAY
    }
}

/// Days since Monday: 1970-01-01 was a Thursday.
pub(super) fn weekday(day: i64) -> i64 {
    (day + 3).rem_euclid(7)
}

/// Year, month and day of a day.
pub(super) fn date(day: i64) -> (i64, i64, i64) {
    let (year, month, of_month) = UnixMillis(day * DAY).date();
    (year, i64::from(month), i64::from(of_month))
}

/// The first day of a month; those before 1 and behind 12 are of other years.
pub(super) fn first_of(year: i64, month: i64) -> i64 {
    let year = year + (month - 1).div_euclid(12);
    let month = (month - 1).rem_euclid(12) + 1;
    crate::search::query::days_of(year, month, 1).unwrap_or(0)
}

/// The day of a date, if there is one.
pub(super) fn day_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let is_in_time = (1970..=9999).contains(&year);
    is_in_time
        .then(|| crate::search::query::days_of(year, month, day))
        .flatten()
}

/// The number of a month, by its name or the first three letters of it.
pub(super) fn month(word: &str) -> Option<i64> {
    const MONTHS: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.trim_end_matches('.');
    let place = MONTHS.iter().position(|name| {
        *name == word
            || word.len() == 3 && name.starts_with(word)
            || word == "sept" && *name == "september"
    })?;
    Some(place as i64 + 1)
}

/// The number of a weekday from 0, Monday, by its name or the beginning of it.
pub(super) fn named_weekday(word: &str) -> Option<i64> {
    const DAYS: [&str; 7] = [
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
    ];
    let place = DAYS.iter().position(|name| {
        // `sat` and `sun` are words of their own.
        *name == word
            || matches!(
                word,
                "mon" | "tue" | "tues" | "wed" | "thu" | "thur" | "thurs" | "fri"
            ) && name.starts_with(word)
    })?;
    Some(place as i64)
}

/// A small number in words or digits.
pub(super) fn number(word: &str) -> Option<i64> {
    const NUMBERS: [&str; 21] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
        "twenty",
    ];
    if let Some(place) = NUMBERS.iter().position(|name| *name == word) {
        return Some(place as i64);
    }
    match word {
        "a" | "an" => Some(1),
        "couple" => Some(2),
        "few" | "several" => Some(3),
        "dozen" => Some(12),
        "thirty" => Some(30),
        _ => word
            .parse()
            .ok()
            .filter(|number| (0..=10_000).contains(number)),
    }
}

/// `1st` to `31st`, or the number alone.
pub(super) fn day_of_month(word: &str) -> Option<i64> {
    let digits = ["st", "nd", "rd", "th"]
        .iter()
        .find_map(|end| word.strip_suffix(end))
        .unwrap_or(word);
    let is_short = (1..=2).contains(&digits.len());
    let day = digits.parse().ok().filter(|_| is_short)?;
    (1..=31).contains(&day).then_some(day)
}

/// `first` to `fourth`, from 1.
pub(super) fn ordinal(word: &str) -> Option<i64> {
    let place = ["first", "second", "third", "fourth", "fifth"]
        .iter()
        .position(|name| *name == word)
        .or_else(|| {
            ["1st", "2nd", "3rd", "4th", "5th"]
                .iter()
                .position(|name| *name == word)
        })?;
    Some(place as i64 + 1)
}

/// A year of four digits in which there can be memories.
pub(super) fn year(word: &str) -> Option<i64> {
    let is_year = word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let year = word.parse().ok().filter(|_| is_year)?;
    (1990..=2099).contains(&year).then_some(year)
}
