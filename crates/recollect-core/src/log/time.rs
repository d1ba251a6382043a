//! Moments: milliseconds of a wall clock.

use std::fmt;

use serde::{Deserialize, Serialize};

/// A moment as Unix milliseconds, as JavaScript's `Date.now()` gives.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(transparent)]
pub struct UnixMillis(pub i64);

impl UnixMillis {
    /// The last moment a record may carry: 9999-12-31, which every host can print.
    pub const MAX: Self = Self(253_402_300_799_999);

    /// Calendar date in UTC as `(year, month, day)`.
    ///
    /// The algorithm is "civil from days" of Howard Hinnant, "chrono-Compatible
    /// Low-Level Date Algorithms".
    #[must_use]
    pub fn date(self) -> (i64, u32, u32) {
        let shifted = self.0.div_euclid(86_400_000) + 719_468;
        let era = shifted.div_euclid(146_097);
        let day_of_era = shifted.rem_euclid(146_097);
        let year_of_era =
            (day_of_era - day_of_era / 1_460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
        let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
        let month_from_march = (5 * day_of_year + 2) / 153;
        let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
        let month = if month_from_march < 10 {
            month_from_march + 3
        } else {
            month_from_march - 9
        };
        let year = year_of_era + era * 400 + i64::from(month <= 2);
        (year, month as u32, day as u32)
    }
}

impl fmt::Display for UnixMillis {
    /// The date, as in `2026-11-02`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (year, month, day) = self.date();
        write!(f, "{year:04}-{month:02}-{day:02}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_are_those_of_the_calendar() {
        for (millis, date) in [
            (0, "1970-01-01"),
            (951_782_400_000, "2000-02-29"),
            (-1, "1969-12-31"),
            (1_793_577_600_000, "2026-11-02"),
            (UnixMillis::MAX.0, "9999-12-31"),
        ] {
            assert_eq!(UnixMillis(millis).to_string(), date);
        }
    }
}
