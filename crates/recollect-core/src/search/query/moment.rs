//! Moments as people write them.

use crate::log::time::UnixMillis;
use crate::log::zone::Zone;

const SECOND: i64 = 1_000;
const MINUTE: i64 = 60 * SECOND;
const HOUR: i64 = 60 * MINUTE;
const DAY: i64 = 24 * HOUR;

/// Units of an age. `m` is a minute, as in `90m`; a month is `mo`.
const UNITS: &[(&str, i64)] = &[
    ("s", SECOND),
    ("sec", SECOND),
    ("second", SECOND),
    ("m", MINUTE),
    ("min", MINUTE),
    ("minute", MINUTE),
    ("h", HOUR),
    ("hr", HOUR),
    ("hour", HOUR),
    ("d", DAY),
    ("day", DAY),
    ("w", 7 * DAY),
    ("wk", 7 * DAY),
    ("week", 7 * DAY),
    ("mo", 30 * DAY),
    ("month", 30 * DAY),
    ("y", 365 * DAY),
    ("yr", 365 * DAY),
    ("year", 365 * DAY),
];

/// A moment, fixed or counted from now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// So long ago: `7d`, `12h`, `2w`, `3mo` (of 30 days), `1y` (of 365 days).
    Age {
        /// Milliseconds, not negative.
        millis: i64,
    },
    /// A fixed moment from 1970 to 9999.
    At(UnixMillis),
    /// A time of the user's clock, in milliseconds since 1970 by that clock. A date is its
    /// beginning.
    Local(i64),
    /// The beginning of this day of the user's.
    Today,
    /// The beginning of the day before.
    Yesterday,
}

impl Moment {
    /// Reads an age (`7d`), `today`, `yesterday`, a year, month or date
    /// (`2026`, `2026-01`, `2026-01-31`), a date with a time in ISO 8601
    /// (the user's time where it has no offset), or Unix milliseconds of 11 digits or more.
    ///
    /// ```
    /// # use recollect_core::{UnixMillis, search::query::Moment};
    /// let noon = Moment::At(UnixMillis(1_767_268_800_000));
    /// assert_eq!(Moment::parse("2026-01-01T14:00:00+02:00"), Some(noon));
    /// assert_eq!(Moment::parse("1767268800000"), Some(noon));
    /// assert_eq!(Moment::parse("banana"), None);
    /// ```
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.eq_ignore_ascii_case("today") {
            return Some(Self::Today);
        }
        if text.eq_ignore_ascii_case("yesterday") {
            return Some(Self::Yesterday);
        }
        let digits = text.bytes().take_while(u8::is_ascii_digit).count();
        let (number, rest) = text.split_at(digits);
        let number: i64 = number.parse().ok()?;
        if digits == 4 && (rest.is_empty() || rest.starts_with('-')) {
            return date_time(text);
        }
        if rest.is_empty() {
            return fixed(number).filter(|_| digits >= 11).map(at);
        }
        let unit = rest.to_ascii_lowercase();
        let (_, length) = UNITS.iter().find(|(name, _)| {
            unit == *name || (name.len() > 1 && unit.strip_suffix('s') == Some(name))
        })?;
        let millis = number.checked_mul(*length)?;
        Some(Self::Age { millis })
    }

    /// The moment, if it is `now` in that zone.
    #[must_use]
    pub fn resolve(self, now: UnixMillis, zone: &Zone) -> UnixMillis {
        let midnight = |days_before: i64| {
            let day = zone.day_of(now).saturating_sub(days_before);
            zone.moment(day.saturating_mul(DAY))
        };
        match self {
            Self::Age { millis } => UnixMillis(now.0.saturating_sub(millis)),
            Self::At(at) => at,
            Self::Local(local) => zone.moment(local),
            Self::Today => midnight(0),
            Self::Yesterday => midnight(1),
        }
    }

    /// Adds the text that [`Moment::parse`] reads as this moment.
    pub(super) fn print(self, out: &mut String) {
        match self {
            Self::Today => out.push_str("today"),
            Self::Yesterday => out.push_str("yesterday"),
            Self::Age { millis } => {
                let (unit, length) = [("d", DAY), ("h", HOUR), ("m", MINUTE)]
                    .into_iter()
                    .find(|(_, length)| millis % length == 0)
                    .unwrap_or(("s", SECOND));
                out.push_str(&(millis / length).to_string());
                out.push_str(unit);
            }
            Self::At(at) => {
                print_time(at.0, true, out);
                out.push('Z');
            }
            Self::Local(local) => print_time(local, local.rem_euclid(DAY) != 0, out),
        }
    }
}

/// Adds a date, and the time of that day if it is wanted.
fn print_time(millis: i64, has_time: bool, out: &mut String) {
    out.push_str(&UnixMillis(millis).to_string());
    if !has_time {
        return;
    }
    let mut rest = millis.rem_euclid(DAY);
    for (sign, length, width) in [
        ('T', HOUR, 2),
        (':', MINUTE, 2),
        (':', SECOND, 2),
        ('.', 1, 3),
    ] {
        if sign == '.' && rest == 0 {
            break;
        }
        out.push(sign);
        let digits = (rest / length).to_string();
        out.extend((digits.len()..width).map(|_| '0'));
        out.push_str(&digits);
        rest %= length;
    }
}

/// Milliseconds of a moment that records can have.
fn fixed(millis: i64) -> Option<i64> {
    (0..=UnixMillis::MAX.0).contains(&millis).then_some(millis)
}

fn at(millis: i64) -> Moment {
    Moment::At(UnixMillis(millis))
}

/// The moment of `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or such a date with a time: `THH:MM`,
/// seconds, a fraction and an offset may follow.
fn date_time(text: &str) -> Option<Moment> {
    let mut text = text;
    let rest = &mut text;
    let year = digits(rest, 4)?;
    let mut month = 1;
    let mut day = 1;
    if skip(rest, b"-").is_some() {
        month = digits(rest, 2)?;
        if skip(rest, b"-").is_some() {
            day = digits(rest, 2)?;
            let days = days_of(year, month, day)?;
            let (time, has_offset) = match skip(rest, b"Tt") {
                Some(_) => time(rest)?,
                None => (0, false),
            };
            let millis = fixed(days * DAY + time).filter(|_| rest.is_empty());
            return millis.map(if has_offset { at } else { Moment::Local });
        }
    }
    let millis = fixed(days_of(year, month, day)? * DAY).filter(|_| rest.is_empty());
    millis.map(Moment::Local)
}

/// Milliseconds since the beginning of the day, and whether they are counted in UTC; less
/// than none where the offset leads to the day before.
fn time(rest: &mut &str) -> Option<(i64, bool)> {
    let mut millis = clock(rest)?;
    if skip(rest, b":").is_some() {
        millis += digits(rest, 2).filter(|second| *second < 60)? * SECOND;
        if skip(rest, b".").is_some() {
            let mut length = SECOND;
            let before = rest.len();
            while let Some(digit) = digits(rest, 1) {
                length /= 10;
                millis += digit * length;
            }
            if rest.len() == before {
                return None;
            }
        }
    }
    match skip(rest, b"Zz+-") {
        Some(b'+') => Some((millis - clock(rest)?, true)),
        Some(b'-') => Some((millis + clock(rest)?, true)),
        Some(_) => Some((millis, true)),
        None => Some((millis, false)),
    }
}

/// Milliseconds of `HH:MM`, `HHMM` or `HH`.
fn clock(rest: &mut &str) -> Option<i64> {
    let hour = digits(rest, 2).filter(|hour| *hour < 24)?;
    let is_long = skip(rest, b":").is_some();
    let minute = match digits(rest, 2) {
        None if is_long => return None,
        minute => minute.unwrap_or(0),
    };
    (minute < 60).then_some(hour * HOUR + minute * MINUTE)
}

/// Takes so many digits away.
fn digits(rest: &mut &str, count: usize) -> Option<i64> {
    let (head, tail) = rest.split_at_checked(count)?;
    if !head.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    *rest = tail;
    head.parse().ok()
}

/// Takes one of `signs` away.
fn skip(rest: &mut &str, signs: &[u8]) -> Option<u8> {
    let first = *rest.as_bytes().first()?;
    if !signs.contains(&first) {
        return None;
    }
    *rest = rest.get(1..)?;
    Some(first)
}

/// Days from 1970-01-01 to a date of the calendar.
///
/// "days from civil" of Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms".
pub(crate) fn days_of(year: i64, month: i64, day: i64) -> Option<i64> {
    let year_from_march = if month <= 2 { year - 1 } else { year };
    let era = year_from_march.div_euclid(400);
    let year_of_era = year_from_march.rem_euclid(400);
    let month_from_march = (month + 9) % 12;
    let day_of_year = (153 * month_from_march + 2) / 5 + day - 1;
    let day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
    let days = era * 146_097 + day_of_era - 719_468;
    // The 31st of February would be some other day.
    let found = UnixMillis(days * DAY).date();
    (found == (year, month as u32, day as u32)).then_some(days)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-05-06T07:08:09.010Z.
    const NOW: UnixMillis = UnixMillis(1_778_051_289_010);

    #[track_caller]
    fn check(text: &str, resolved: i64, printed: &str) {
        let moment = Moment::parse(text).expect(text);
        assert_eq!(moment.resolve(NOW, &Zone::default()).0, resolved, "{text}");
        let mut out = String::new();
        moment.print(&mut out);
        assert_eq!(out, printed);
        assert_eq!(Moment::parse(&out), Some(moment));
    }

    #[test]
    fn ages_are_counted_from_now() {
        for (text, millis, printed) in [
            ("7d", 7 * DAY, "7d"),
            ("12h", 12 * HOUR, "12h"),
            ("24H", DAY, "1d"),
            ("2w", 14 * DAY, "14d"),
            ("3mo", 90 * DAY, "90d"),
            ("1y", 365 * DAY, "365d"),
            ("90m", 90 * MINUTE, "90m"),
            ("90min", 90 * MINUTE, "90m"),
            ("30s", 30 * SECOND, "30s"),
            ("10days", 10 * DAY, "10d"),
            ("1Month", 30 * DAY, "30d"),
            ("0d", 0, "0d"),
            ("2026d", 2026 * DAY, "2026d"),
        ] {
            check(text, NOW.0 - millis, printed);
        }
    }

    #[test]
    fn dates_are_their_beginning_in_utc() {
        for (text, at, printed) in [
            ("today", 1_778_025_600_000, "today"),
            ("Yesterday", 1_777_939_200_000, "yesterday"),
            ("2026-01-01", 1_767_225_600_000, "2026-01-01"),
            ("2026-01", 1_767_225_600_000, "2026-01-01"),
            ("2026", 1_767_225_600_000, "2026-01-01"),
            ("2024-02-29", 1_709_164_800_000, "2024-02-29"),
            ("1970-01-01", 0, "1970-01-01"),
            ("9999-12-31", 253_402_214_400_000, "9999-12-31"),
            ("1767225600000", 1_767_225_600_000, "2026-01-01T00:00:00Z"),
            (
                "2026-01-01T00:00Z",
                1_767_225_600_000,
                "2026-01-01T00:00:00Z",
            ),
            ("2026-01-01T00:00", 1_767_225_600_000, "2026-01-01"),
            ("2026-01-01T10", 1_767_261_600_000, "2026-01-01T10:00:00"),
            ("2026-01-01T10:20", 1_767_262_800_000, "2026-01-01T10:20:00"),
            (
                "2026-01-01t10:20:30z",
                1_767_262_830_000,
                "2026-01-01T10:20:30Z",
            ),
            (
                "2026-01-01T10:20:30.5Z",
                1_767_262_830_500,
                "2026-01-01T10:20:30.500Z",
            ),
            (
                "2026-01-01T10:20:30.123456+02:00",
                1_767_255_630_123,
                "2026-01-01T08:20:30.123Z",
            ),
            (
                "2026-01-01T01:00-0130",
                1_767_234_600_000,
                "2026-01-01T02:30:00Z",
            ),
            (
                "2026-01-01T01:00+02",
                1_767_222_000_000,
                "2025-12-31T23:00:00Z",
            ),
        ] {
            check(text, at, printed);
        }
    }

    #[test]
    fn days_are_the_users() {
        let west = Zone::new([(UnixMillis(0), -480)]);
        // Summer time ended a day and nine hours before the 26th of October.
        let berlin = Zone::new([(UnixMillis(0), 120), (UnixMillis(1_792_890_000_000), 60)]);
        for (text, zone, now, resolved) in [
            ("today", &west, "2026-05-06T07:08Z", "2026-05-05T08:00Z"),
            ("yesterday", &west, "2026-05-06T07:08Z", "2026-05-04T08:00Z"),
            ("today", &berlin, "2026-10-25T12:00Z", "2026-10-24T22:00Z"),
            (
                "yesterday",
                &berlin,
                "2026-10-26T12:00Z",
                "2026-10-24T22:00Z",
            ),
            ("today", &berlin, "2026-10-26T12:00Z", "2026-10-25T23:00Z"),
            ("2026-01-31", &west, "2026-05-06", "2026-01-31T08:00Z"),
            ("2026-01", &west, "2026-05-06", "2026-01-01T08:00Z"),
            ("2026-01-31T10:00", &west, "2026-05-06", "2026-01-31T18:00Z"),
            (
                "2026-01-31T10:00Z",
                &west,
                "2026-05-06",
                "2026-01-31T10:00Z",
            ),
            (
                "2026-01-31T10:00+01:00",
                &west,
                "2026-05-06",
                "2026-01-31T09:00Z",
            ),
        ] {
            let moment = |text: &str| Moment::parse(text).expect(text);
            let utc = |text| moment(text).resolve(UnixMillis(0), &Zone::default());
            assert_eq!(
                moment(text).resolve(utc(now), zone),
                utc(resolved),
                "{text}"
            );
        }
    }

    #[test]
    fn what_is_no_moment_is_none() {
        for text in [
            "",
            "banana",
            "7",
            "d",
            "7x",
            "7ds",
            "-7d",
            "12345",
            "20260",
            "2026-",
            "2026-13",
            "2026-02-30",
            "2026-1-1",
            "2026-01-01T",
            "2026-01-01T24:00",
            "2026-01-01T10:60",
            "2026-01-01T10:00:60",
            "2026-01-01T10:00:00.",
            "2026-01-01T10:00+",
            "2026-01-01T10:00Zx",
            "2026-01-01 10:00",
            "1969-12-31",
            "1970-01-01T00:00+01:00",
            "99999999999999999",
            "9223372036854775807y",
            "９d",
            "７d",
            "2026-01-0é",
        ] {
            assert_eq!(Moment::parse(text), None, "{text}");
        }
    }

    #[test]
    fn no_now_is_too_early() {
        let all = Moment::Age { millis: i64::MAX };
        assert_eq!(all.resolve(UnixMillis(-2), &Zone::default()).0, i64::MIN);
        assert_eq!(
            Moment::Yesterday.resolve(UnixMillis(0), &Zone::default()).0,
            -DAY
        );
    }
}
