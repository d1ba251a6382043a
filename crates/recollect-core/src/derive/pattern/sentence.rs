//! Patterns in words.

use super::digest::SEPARATOR;
use super::rules::Rule;

/// A sentence in pieces.
pub(super) struct Sentence(String);

impl Sentence {
    /// Begins with a capital letter.
    pub fn new(beginning: &str) -> Self {
        let mut sentence = Self(String::new());
        let mut rest = beginning.chars();
        if let Some(first) = rest.next() {
            sentence.0.push(first.to_ascii_uppercase());
            sentence.0.push_str(rest.as_str());
        }
        sentence
    }

    /// Goes on.
    pub fn and(mut self, words: &str) -> Self {
        self.0.push_str(words);
        self
    }

    /// Ends with the counts, and says if they are few.
    pub fn end<T>(self, rule: &Rule<T>, cases: &str) -> String {
        let so_far = match rule.lift.is_few {
            true => ": few so far, it may be chance.",
            false => ".",
        };
        self.and(": ")
            .and(&rule.times.to_string())
            .and(" of ")
            .and(&rule.all.to_string())
            .and(cases)
            .and(", in ")
            .and(&rule.sessions.to_string())
            .and(" sessions")
            .and(so_far)
            .0
    }
}

/// `After a and b comes c`.
pub(super) fn sequence(steps: &[&str]) -> Sentence {
    let Some((last, before)) = steps.split_last() else {
        return Sentence::new("");
    };
    Sentence::new(&before.join(", then "))
        .and(" is followed by ")
        .and(last)
}

/// `One changes together with other`.
pub(super) fn co_change(rarer: &str, other: &str) -> Sentence {
    Sentence(rarer.to_owned())
        .and(" and ")
        .and(other)
        .and(" change together")
}

/// `When the task fails with an error, changing files mends it`.
pub(super) fn fix(failure: &str, files: &[&str]) -> Sentence {
    let (task, error) = self::failure(failure);
    let mut sentence = Sentence::new("when ");
    sentence = match (task, error) {
        ("", "") => sentence.and("an error appears"),
        ("", _) => sentence.and("“").and(error).and("” appears"),
        (_, "") => sentence.and(task).and(" fails"),
        _ => sentence.and(task).and(" fails with “").and(error).and("”"),
    };
    sentence
        .and(", a change of ")
        .and(&files.join(" and "))
        .and(" mends it")
}

/// The task and the error of a failure; one of them may be empty.
pub(super) fn failure(name: &str) -> (&str, &str) {
    name.split_once(SEPARATOR).unwrap_or((name, ""))
}

/// The day, from 0 for Monday, and the quarter of the day, from 0 for the night, of a habit.
pub(super) fn part_of(part: u32) -> (Option<u32>, Option<u32>) {
    match part {
        0..28 => (Some(part / 4), Some(part % 4)),
        28..32 => (None, Some(part % 4)),
        _ => (Some((part - 32) % 7), None),
    }
}

/// `Something happens mostly on Friday afternoons`.
pub(super) fn habit(activity: &str, part: u32) -> Sentence {
    const DAYS: [&str; 7] = [
        "Monday",
        "Tuesday",
        "Wednesday",
        "Thursday",
        "Friday",
        "Saturday",
        "Sunday",
    ];
    const QUARTERS: [&str; 4] = ["night", "morning", "afternoon", "evening"];
    let day = |day: u32| DAYS[day as usize % 7];
    let quarter = |quarter: u32| QUARTERS[quarter as usize % 4];
    let sentence = Sentence::new(activity).and(" happens mostly ");
    match part_of(part) {
        (Some(on), Some(at)) => sentence
            .and("on ")
            .and(day(on))
            .and(" ")
            .and(quarter(at))
            .and("s"),
        (None, Some(0)) => sentence.and("at night"),
        (None, at) => sentence.and("in the ").and(quarter(at.unwrap_or(0))),
        (Some(on), None) => sentence.and("on ").and(day(on)).and("s"),
    }
}
