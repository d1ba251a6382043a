//! When: the times that a question names.
//!
//! A *date* is anything that stands for one span of the calendar: `yesterday`, `last month`,
//! `July`, `3 June 2025`, `Q3 2024`, `the first week of May`, `two weeks ago`. What stands before
//! it says which part of time is meant: `since` it, `before` it, `between` it and another, or
//! it alone.

pub(super) use super::calendar::Today;
use super::calendar::{
    DAY, HOUR, MINUTE, Span, date, day_of, day_of_month, first_of, month, named_weekday, number,
    ordinal, weekday, year,
};
use super::periods::period_at;
use super::wish::is_general;
use super::words::Words;

/// A time that a question names.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct When {
    pub(super) span: Span,
    /// The words that tell it, as numbers from one up to another.
    pub(super) from: usize,
    pub(super) to: usize,
    /// Whether it belongs to the thing that is asked about, as in `last December's fix`, and
    /// does not say when what is asked for happened.
    pub(super) is_attribute: bool,
}

/// A date that was read, and the number of the word behind it.
type Read<T> = Option<(T, usize)>;

/// The first time that a question names and no rule has taken.
pub(super) fn find(words: &Words<'_>, today: Today) -> Option<When> {
    (0..words.list.len()).find_map(|from| read(words, from, today))
}

/// The time that all of the words are.
pub(super) fn whole(words: &Words<'_>, today: Today) -> Option<Span> {
    let end = words.list.len();
    let date = date_at(words, 0, today, true).filter(|(_, to)| *to == end);
    let told = || read(words, 0, today).filter(|when| when.to == end);
    date.map(|(span, _)| span)
        .or_else(|| told().map(|when| when.span))
}

fn read(words: &Words<'_>, from: usize, today: Today) -> Option<When> {
    let told = |span: Span, to: usize| {
        let last = words.list.get(to.wrapping_sub(1));
        // `yesterday's commits` are those of yesterday.
        let is_of_all =
            is_general(words.lower(to)) || matches!(words.lower(to), "fixes" | "releases");
        Some(When {
            span,
            from,
            to,
            is_attribute: last.is_some_and(|word| word.is_possessive) && !is_of_all,
        })
    };
    let first = words.lower(from);
    match first {
        "between" => {
            let (span, to) = pair(words, from + 1, today, &["and", "to", "until"])?;
            told(span, to)
        }
        "from" => match pair(
            words,
            from + 1,
            today,
            &["to", "until", "till", "through", "up"],
        ) {
            Some((span, to)) => told(span, to),
            None if is_onwards(words, from, today) => {
                let (span, to) = date_at(words, from + 1, today, true)?;
                let to = skip_onwards(words, to);
                told(
                    Span {
                        since: span.since,
                        before: None,
                    },
                    to,
                )
            }
            None => {
                let (span, to) = date_at(words, from + 1, today, true)?;
                told(span, to)
            }
        },
        "since" | "after" | "starting" => {
            let begin =
                from + 1 + usize::from(matches!(words.lower(from + 1), "from" | "in" | "on"));
            let (span, to) = date_at(words, begin, today, true)?;
            let since = match first {
                // What is after a day is not of it.
                "after" => span.before,
                _ => span.since,
            };
            told(
                Span {
                    since,
                    before: None,
                },
                to,
            )
        }
        "before" | "until" | "till" | "by" | "til" => {
            let (span, to) = date_at(words, from + 1, today, true)?;
            let before = match first {
                "before" => span.since,
                _ => span.before,
            };
            told(
                Span {
                    since: None,
                    before,
                },
                to,
            )
        }
        "prior" if words.lower(from + 1) == "to" => {
            let (span, to) = date_at(words, from + 2, today, true)?;
            told(
                Span {
                    since: None,
                    before: span.since,
                },
                to,
            )
        }
        "in" | "on" | "during" | "at" | "of" | "within" | "over" | "for" | "around"
        | "throughout" | "about" => {
            if let Some((span, to)) = pair(
                words,
                from + 1,
                today,
                &["to", "until", "through", "-", "–"],
            ) {
                return told(span, to);
            }
            let (span, to) = date_at(words, from + 1, today, first != "for")?;
            told(span, to)
        }
        _ => {
            let (span, to) = date_at(words, from, today, false)?;
            told(span, to)
        }
    }
}

fn is_onwards(words: &Words<'_>, from: usize, today: Today) -> bool {
    let behind = date_at(words, from + 1, today, true);
    behind.is_some_and(|(_, to)| skip_onwards(words, to) > to)
}

fn skip_onwards(words: &Words<'_>, to: usize) -> usize {
    match words.lower(to) {
        "on" | "onward" | "onwards" | "forward" => to + 1,
        "and" if words.lower(to + 1) == "on" => to + 2,
        _ => to,
    }
}

/// Two dates with a word between them. What the first does not say is said by the second:
/// `18 and 25 December 2013`.
fn pair(words: &Words<'_>, from: usize, today: Today, joints: &[&str]) -> Read<Span> {
    let joint = (from + 1..from + 6).find(|number| joints.contains(&words.lower(*number)))?;
    let begin = joint + 1 + usize::from(words.lower(joint) == "up");
    let begin =
        begin + usize::from(words.lower(begin) == "the" && words.lower(begin + 1) != "last");
    let (end, to) = match words.lower(begin) {
        "now" | "today" => (Span::day(today.day), begin + 1),
        _ => date_at(words, begin, today, true)?,
    };
    let (last_year, last_month, _) =
        date(end.before.unwrap_or(0).saturating_sub(1).div_euclid(DAY));
    let first = date_at(words, from, today, true).filter(|(_, behind)| *behind == joint);
    let has_year = (from..joint).any(|number| year(words.lower(number)).is_some());
    let span = if has_year {
        first?.0
    } else {
        bare_date(words, from, joint, last_year, last_month).or(first.map(|(span, _)| span))?
    };
    (span.since <= end.before).then(|| (span.to(end), to))
}

/// `18`, `18 December`, `December 18` or `December`, of a year and month that are told elsewhere.
fn bare_date(
    words: &Words<'_>,
    from: usize,
    to: usize,
    of_year: i64,
    of_month: i64,
) -> Option<Span> {
    let from = from + usize::from(words.lower(from) == "the");
    let told: Vec<&str> = (from..to)
        .map(|number| words.lower(number))
        .filter(|word| *word != "of")
        .collect();
    match told[..] {
        [one] => match (month(one), day_of_month(one)) {
            (Some(month), _) => Some(Span::month(of_year, month)),
            (None, Some(day)) => day_of(of_year, of_month, day).map(Span::day),
            (None, None) => None,
        },
        [one, other] => {
            let (month, day) = match (month(one), month(other)) {
                (Some(month), _) => (month, day_of_month(other)?),
                (_, Some(month)) => (month, day_of_month(one)?),
                _ => return None,
            };
            day_of(of_year, month, day).map(Span::day)
        }
        _ => None,
    }
}

/// A date from a word on. `is_led` says that a word such as `in` leads to it, so that a year or
/// a month alone is one.
fn date_at(words: &Words<'_>, from: usize, today: Today, is_led: bool) -> Read<Span> {
    let at = from + usize::from(words.lower(from) == "the");
    part_of(words, at, today)
        .or_else(|| period_at(words, at, today, is_led))
        .or_else(|| relative(words, at, today))
        .or_else(|| ago(words, at, today))
        .or_else(|| iso(words, at))
        .or_else(|| named(words, at, today, is_led))
}

/// `first week of May`, `end of 2024`, `beginning of last month`, `start of the year`, `early 2023`,
/// `mid-2022`.
fn part_of(words: &Words<'_>, from: usize, today: Today) -> Read<Span> {
    let first = words.lower(from);
    let second = words.lower(from + 1);
    let behind_of = |at: usize| {
        let is_of = matches!(words.lower(at), "of" | "in");
        let (span, to) = whole_at(words, at + usize::from(is_of), today)?;
        Some((span.since?, span.before?, to))
    };
    if let Some((part, of_year)) = first.split_once('-')
        && let (Some((begin, end)), Some(of_year)) = (third(part), year(of_year))
    {
        return Some((cut(Span::year(of_year), begin, end)?, from + 1));
    }
    if let (Some(place), "week" | "weeks") =
        (ordinal(first).or((first == "last").then_some(0)), second)
        && words.lower(from + 2) == "of"
    {
        let (since, before, to) = behind_of(from + 2)?;
        let span = match place {
            0 => Span::new(before - 7 * DAY, before),
            place => Span::new(
                since + (place - 1) * 7 * DAY,
                (since + place * 7 * DAY).min(before),
            ),
        };
        return Some((span, to));
    }
    if let ("first" | "second", "half") = (first, second) {
        let (since, before, to) = behind_of(from + 2)?;
        let middle = (since + (before - since) / 2).div_euclid(DAY) * DAY;
        let span = if first == "first" {
            Span::new(since, middle)
        } else {
            Span::new(middle, before)
        };
        return Some((span, to));
    }
    if let (Some(place @ 1..=4), "quarter") = (ordinal(first), second) {
        let (since, _, to) = behind_of(from + 2).or_else(|| {
            let (year, _, _) = today.date();
            Some((first_of(year, 1) * DAY, 0, from + 2))
        })?;
        let (of_year, _, _) = date(since.div_euclid(DAY));
        return Some((Span::quarter(of_year, place), to));
    }
    if let Some((begin, end)) = third(first) {
        let is_of = second == "of";
        if !is_of && matches!(first, "beginning" | "start" | "middle" | "end") {
            return None;
        }
        let at = from + 1 + usize::from(is_of);
        let at = at + usize::from(words.lower(at) == "the");
        let (span, to) = whole_at(words, at, today)?;
        return Some((cut(span, begin, end)?, to));
    }
    None
}

/// Which third of a time a word means, from one edge of thirds to another.
fn third(word: &str) -> Option<(i64, i64)> {
    match word {
        "beginning" | "start" | "early" => Some((0, 1)),
        "middle" | "mid" => Some((1, 2)),
        "end" | "late" => Some((2, 3)),
        _ => None,
    }
}

fn cut(span: Span, begin: i64, end: i64) -> Option<Span> {
    let (since, before) = (span.since?, span.before?);
    let edge = |part: i64| (since + (before - since) * part / 3).div_euclid(DAY) * DAY;
    Some(Span::new(
        edge(begin),
        if end == 3 { before } else { edge(end) },
    ))
}

/// A date of which a part is told, or a bare `year`, `month` or `week`, which is the present one.
fn whole_at(words: &Words<'_>, from: usize, today: Today) -> Read<Span> {
    let at = from + usize::from(words.lower(from) == "the");
    let (year, month, _) = today.date();
    let span = match words.lower(at) {
        "year" => Span::year(year),
        "quarter" => Span::quarter(year, (month - 1) / 3 + 1),
        "month" => Span::month(year, month),
        "week" => Span::week(today.day),
        _ => return date_at(words, at, today, true),
    };
    Some((span, at + 1))
}

/// `today`, `this week`, `last month`, `the past two weeks`, `last Friday`.
fn relative(words: &Words<'_>, from: usize, today: Today) -> Read<Span> {
    let (year, of_month, _) = today.date();
    let first = words.lower(from);
    let second = words.lower(from + 1);
    match first {
        "today" | "tonight" => return Some((Span::day(today.day), from + 1)),
        "yesterday" => return Some((Span::day(today.day - 1), from + 1)),
        "day" if words.is_at(from, "day before yesterday") => {
            return Some((Span::day(today.day - 2), from + 3));
        }
        _ => {}
    }
    if !matches!(
        first,
        "this" | "current" | "last" | "past" | "previous" | "preceding"
    ) {
        return None;
    }
    let is_this = matches!(first, "this" | "current");
    if matches!(second, "morning" | "afternoon" | "evening") && is_this {
        return Some((Span::day(today.day), from + 2));
    }
    if second == "night" && first == "last" {
        return Some((Span::day(today.day - 1), from + 2));
    }
    if let Some(named) = named_weekday(second) {
        let back = (weekday(today.day) - named).rem_euclid(7);
        let back = if back == 0 && !is_this { 7 } else { back };
        return Some((Span::day(today.day - back), from + 2));
    }
    if let Some(named) = month(second).filter(|_| second.len() > 3 || second != "may") {
        let is_now = named == of_month;
        let of_year = match (is_this, named > of_month || is_now && !is_this) {
            (true, _) => year,
            (false, true) => year - 1,
            (false, false) => year,
        };
        return Some((Span::month(of_year, named), from + 2));
    }
    let ago = i64::from(!is_this);
    let is_rolling = first == "past";
    let span = match second {
        "week" if is_rolling => Some(rolling(today, 7)),
        "fortnight" => Some(rolling(today, 14)),
        "month" if is_rolling => Some(rolling(today, 30)),
        "year" if is_rolling => Some(rolling(today, 365)),
        "day" => Some(if is_this {
            Span::day(today.day)
        } else {
            rolling(today, 1)
        }),
        "week" => Some(Span::week(today.day - 7 * ago)),
        "weekend" => {
            let saturday = today.day - weekday(today.day) + 5;
            let saturday = if is_this && saturday <= today.day {
                saturday
            } else {
                saturday - 7
            };
            Some(Span::days(saturday, saturday + 2))
        }
        "month" => Some(Span::month(year, of_month - ago)),
        "quarter" => {
            let quarter = (of_month - 1) / 3 + 1 - ago;
            Some(match quarter {
                0 => Span::quarter(year - 1, 4),
                quarter => Span::quarter(year, quarter),
            })
        }
        "year" => Some(Span::year(year - ago)),
        "hour" => Some(Span {
            since: Some(today.now - HOUR),
            before: None,
        }),
        "minute" => Some(Span {
            since: Some(today.now - MINUTE),
            before: None,
        }),
        _ => None,
    };
    if let Some(span) = span {
        return Some((span, from + 2));
    }
    // `last half year`, `past half a year`.
    let half = from + 2 + usize::from(matches!(words.lower(from + 2), "a" | "of"));
    if second == "half" && words.lower(half) == "year" {
        return Some((last(today, 6, Unit::Months), half + 1));
    }
    // `last two weeks`, `past few days`, `last couple of months`.
    let count = number(second)?;
    let at = from + 2 + usize::from(words.lower(from + 2) == "of");
    let length = unit(words.lower(at))?;
    Some((last(today, count, length), at + 1))
}

/// A length of time.
#[derive(Clone, Copy)]
enum Unit {
    Minutes,
    Hours,
    Days,
    Weeks,
    Fortnights,
    Months,
    Quarters,
    Years,
}

fn unit(word: &str) -> Option<Unit> {
    Some(match word.strip_suffix('s').unwrap_or(word) {
        "minute" | "min" => Unit::Minutes,
        "hour" => Unit::Hours,
        "day" => Unit::Days,
        "week" => Unit::Weeks,
        "fortnight" => Unit::Fortnights,
        "month" => Unit::Months,
        "quarter" => Unit::Quarters,
        "year" => Unit::Years,
        _ => return None,
    })
}

/// From so many days before today on.
fn rolling(today: Today, days: i64) -> Span {
    Span {
        since: Some((today.day - days) * DAY),
        before: None,
    }
}

/// The last so many of a length.
fn last(today: Today, count: i64, unit: Unit) -> Span {
    let (year, month, day) = today.date();
    let moved = |year: i64, month: i64| {
        let first = first_of(year, month);
        let length = first_of(year, month + 1) - first;
        Span {
            since: Some((first + day.min(length) - 1) * DAY),
            before: None,
        }
    };
    match unit {
        Unit::Minutes => Span {
            since: Some(today.now - count * MINUTE),
            before: None,
        },
        Unit::Hours => Span {
            since: Some(today.now - count * HOUR),
            before: None,
        },
        Unit::Days => rolling(today, count),
        Unit::Weeks => rolling(today, 7 * count),
        Unit::Fortnights => rolling(today, 14 * count),
        Unit::Months => moved(year, month - count),
        Unit::Quarters => moved(year, month - 3 * count),
        Unit::Years => moved(year - count, month),
    }
}

/// `three days ago`, `a year ago`.
fn ago(words: &Words<'_>, from: usize, today: Today) -> Read<Span> {
    let count = number(words.lower(from))?;
    let at = from + 1 + usize::from(words.lower(from + 1) == "of");
    let unit = unit(words.lower(at))?;
    if !matches!(words.lower(at + 1), "ago" | "back" | "earlier") {
        return None;
    }
    let (year, month, _) = today.date();
    let span = match unit {
        Unit::Minutes | Unit::Hours => {
            let length = if matches!(unit, Unit::Hours) {
                HOUR
            } else {
                MINUTE
            };
            let at = today.now - count * length;
            Span::new(at - length, at + length)
        }
        Unit::Days => Span::day(today.day - count),
        Unit::Weeks => Span::week(today.day - 7 * count),
        Unit::Fortnights => Span::week(today.day - 14 * count),
        Unit::Months => Span::month(year, month - count),
        Unit::Quarters => Span::month(year, month - 3 * count),
        Unit::Years => Span::year(year - count),
    };
    Some((span, at + 2))
}

/// `2026-07-14`, `2026-07`, `14.7.2026`, `2026/07/14`.
fn iso(words: &Words<'_>, from: usize) -> Read<Span> {
    let word = words.lower(from);
    if !word
        .bytes()
        .all(|byte| byte.is_ascii_digit() || b"-./".contains(&byte))
    {
        return None;
    }
    let parts: Vec<&str> = word.split(['-', '.', '/']).collect();
    let numbers: Vec<i64> = parts.iter().filter_map(|part| part.parse().ok()).collect();
    if numbers.len() != parts.len() {
        return None;
    }
    let span = match numbers[..] {
        [of_year, of_month, day] if year(parts[0]).is_some() => {
            Span::day(day_of(of_year, of_month, day)?)
        }
        [day, of_month, of_year] if word.contains('.') && year(parts[2]).is_some() => {
            Span::day(day_of(of_year, of_month, day)?)
        }
        [of_year, of_month]
            if year(parts[0]).is_some()
                && (1..=12).contains(&of_month)
                && word.contains(['-', '/']) =>
        {
            Span::month(of_year, of_month)
        }
        [of_month, of_year]
            if year(parts[1]).is_some()
                && (1..=12).contains(&of_month)
                && word.contains(['/', '.']) =>
        {
            Span::month(of_year, of_month)
        }
        _ => return None,
    };
    Some((span, from + 1))
}

/// `July`, `July 2026`, `3 June`, `June 3rd, 2025`, `Monday`, `2025`.
fn named(words: &Words<'_>, from: usize, today: Today, is_led: bool) -> Read<Span> {
    let (this_year, this_month, _) = today.date();
    let first = words.lower(from);
    if first == "weekend" && is_led {
        let saturday = today.day - (weekday(today.day) + 2).rem_euclid(7);
        return Some((Span::days(saturday, saturday + 2), from + 1));
    }
    if let Some(of_year) = year(first) {
        return is_led.then(|| (Span::year(of_year), from + 1));
    }
    if let Some(named) = named_weekday(first) {
        let back = (weekday(today.day) - named).rem_euclid(7);
        let is_name = is_led || words.free(from).is_some_and(super::words::Word::is_capital);
        return is_name.then(|| (Span::day(today.day - back), from + 1));
    }
    // A month that has not come yet is of the year before.
    let nearest = |month: i64| this_year - i64::from(month > this_month);
    if let Some(named) = month(first) {
        let after = from + 1 + usize::from(matches!(words.lower(from + 1), "of" | "the"));
        if let Some(day) = day_of_month(words.lower(after)) {
            let (of_year, to) = match year(words.lower(after + 1)) {
                Some(year) => (year, after + 2),
                None => (nearest(named), after + 1),
            };
            let day = day_of(of_year, named, day)?;
            let day = if day > today.day && to == after + 1 {
                day_of(of_year - 1, named, date(day).2)?
            } else {
                day
            };
            return Some((Span::day(day), to));
        }
        if let Some(of_year) = year(words.lower(after)) {
            return Some((Span::month(of_year, named), after + 1));
        }
        // `may` and `march` are verbs, and `sun` shines.
        let is_name = is_led && first.len() > 2;
        return is_name.then(|| (Span::month(nearest(named), named), from + 1));
    }
    let day = day_of_month(first)?;
    let at = from + 1 + usize::from(words.lower(from + 1) == "of");
    let named = month(words.lower(at));
    let Some(named) = named else {
        // `the 3rd`, of this month or the last.
        let is_ordinal = first.len() > 2 && is_led;
        let of_this = day_of(this_year, this_month, day).filter(|day| *day <= today.day);
        let before = || {
            let (year, month, _) = date(first_of(this_year, this_month) - 1);
            day_of(year, month, day)
        };
        return is_ordinal
            .then(|| of_this.or_else(before))
            .flatten()
            .map(|day| (Span::day(day), from + 1));
    };
    let (of_year, to) = match year(words.lower(at + 1)) {
        Some(year) => (year, at + 2),
        None => (nearest(named), at + 1),
    };
    let found = day_of(of_year, named, day)?;
    let found = if found > today.day && to == at + 1 {
        day_of(of_year - 1, named, day)?
    } else {
        found
    };
    Some((Span::day(found), to))
}
