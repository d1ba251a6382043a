//! From a question to a plan: what a person who asks in plain words wants to be shown.
//!
//! One pass of rules and tables over the words, and no model. Each rule takes the words that it
//! understands, in this order: numbers and hashes, versions, files, people, times, kinds and
//! order. What is left is the subject, which is searched for as a text of the query language;
//! phrases in quotes, fields and signed words are left to that anyhow.
//!
//! A plan says what it understood, part by part, so that it can be shown and taken off.

mod calendar;
mod files;
mod numbers;
mod people;
mod periods;
mod phrasal;
pub(crate) mod releases;
pub(crate) mod thesaurus;
mod when;
mod wish;
mod words;

#[cfg(test)]
mod tests;

use self::calendar::Span;
use self::files::Files;
pub(crate) use self::numbers::Number;
use self::people::People;
pub(crate) use self::releases::Releases;
use self::when::Today;
pub use self::wish::Direction;
pub(crate) use self::wish::{Deed, Sort, Wish, is_deed, listed_by, words_of};
use self::words::Words;
use crate::error::Result;
use crate::index::Index;
use crate::index::catalog::{Catalog, Release};
use crate::log::time::UnixMillis;
use crate::log::zone::Zone;
use crate::search::query::Moment;
use crate::text::has_capital_inside;

/// What is asked, and where.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Question {
    /// The words.
    pub text: String,
    /// The moment of asking.
    pub now: UnixMillis,
    /// Ids or names of the projects at hand; none means all.
    pub projects: Vec<String>,
    /// Path of the file at hand, which `this file` and `here` mean.
    pub file: Option<String>,
    /// Name of whoever asks, as commits have it.
    pub me: Option<String>,
    /// Kinds of what was understood that do not count.
    pub without: Vec<Aspect>,
}

/// A kind of what can be understood of a question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Aspect {
    /// A time.
    Time,
    /// Files or folders.
    File,
    /// People.
    Person,
    /// Releases.
    Version,
    /// A commit's hash, the number of a pull request or an issue.
    Number,
    /// A kind of memory.
    Kind,
    /// The newest or the oldest first.
    Order,
}

impl Aspect {
    /// All of them.
    pub const ALL: [Self; 7] = [
        Self::Time,
        Self::File,
        Self::Person,
        Self::Version,
        Self::Number,
        Self::Kind,
        Self::Order,
    ];

    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Time => "time",
            Self::File => "file",
            Self::Person => "person",
            Self::Version => "version",
            Self::Number => "number",
            Self::Kind => "kind",
            Self::Order => "order",
        }
    }
}

/// One part of a question that was understood.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Understood {
    /// What it is.
    pub aspect: Aspect,
    /// The words that say it.
    pub text: String,
    /// What it was taken for, as a value: dates, paths, names.
    pub value: String,
}

/// What a question comes to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Plan {
    pub(crate) understood: Vec<Understood>,
    pub(crate) since: Option<UnixMillis>,
    pub(crate) before: Option<UnixMillis>,
    /// When the thing that is asked about was, which is not when what answers happened.
    pub(crate) around: Option<(Option<UnixMillis>, Option<UnixMillis>)>,
    pub(crate) files: Vec<String>,
    /// Names in lower case; with `is_me`, what has no author counts too.
    pub(crate) people: Vec<String>,
    pub(crate) is_me: bool,
    pub(crate) releases: Option<Releases>,
    pub(crate) numbers: Vec<Number>,
    pub(crate) wish: Wish,
    /// All words that no rule took, for what they mean together.
    pub(crate) told: String,
    /// The same by the user's model; empty without.
    pub(crate) meant: Vec<f32>,
    /// What is left to be searched for.
    pub(crate) subject: String,
    /// Words that are written as names: `GraphQL`, or with a capital letter inside of a sentence.
    pub(crate) names: Vec<String>,
    /// Words of the subject, each with another for it.
    pub(crate) others: Vec<(String, &'static str)>,
    /// Whether it leans on what was asked before: `it`, `that`, nothing of its own.
    pub(crate) leans: bool,
    /// Whether it begins as if it went on: `and …`, `what about …`.
    pub(crate) goes_on: bool,
}

impl Plan {
    /// Whether something narrows down what is asked about.
    pub(crate) fn is_narrowed(&self) -> bool {
        Aspect::ALL
            .iter()
            .any(|aspect| self.is_narrowed_by(*aspect))
    }

    /// Whether nothing was understood, and nothing is left to be searched for.
    pub(crate) fn asks_nothing(&self) -> bool {
        self.subject.is_empty()
            && !self.is_narrowed()
            && self.numbers.is_empty()
            && self.wish.direction.is_none()
            && self.wish.sort.is_none()
            && !self.wish.is_of_files
            && !self.wish.is_of_people
    }

    /// Whether a part of this kind does.
    pub(crate) fn is_narrowed_by(&self, aspect: Aspect) -> bool {
        match aspect {
            Aspect::Time => self.since.is_some() || self.before.is_some(),
            Aspect::File => !self.files.is_empty(),
            Aspect::Person => !self.people.is_empty() || self.is_me,
            Aspect::Version => self.releases.is_some(),
            Aspect::Number | Aspect::Kind | Aspect::Order => false,
        }
    }
}

/// A time from one moment up to another, each of which may be open.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Period {
    /// At this moment or later.
    pub since: Option<UnixMillis>,
    /// Earlier than this moment.
    pub before: Option<UnixMillis>,
}

impl Index {
    /// The time that a text is: `last week`, `since July`, `3 days ago`, an age such as `7d`, a
    /// date or a time; none if it says anything else.
    #[must_use]
    pub fn period(&self, text: &str, now: UnixMillis) -> Option<Period> {
        let text = text.trim().replace('_', " ");
        let words = Words::of(&text);
        if let Some(span) = when::whole(&words, Today::new(self.zone.local(now))) {
            return Some(Period {
                since: span.since.map(|local| self.zone.moment(local)),
                before: span.before.map(|local| self.zone.moment(local)),
            });
        }
        let since = match text.eq_ignore_ascii_case("now") {
            true => now,
            false => Moment::parse(&text)?.resolve(now, &self.zone),
        };
        Some(Period {
            since: Some(since),
            before: None,
        })
    }

    /// What a question comes to.
    pub(crate) fn plan(&self, question: &Question) -> Result<Plan> {
        let catalog = self.catalog()?;
        let rows = self.rows();
        let told = question.projects.iter();
        let groups: Vec<u32> = told.flat_map(|name| rows.projects_named(name)).collect();
        let is_there = |row: u32| {
            let row = rows.get(row);
            row.is_some_and(|row| question.projects.is_empty() || groups.contains(&row.project))
        };
        // Everything here is of the project, so that its name tells nothing apart.
        let name = match groups[..] {
            [group] => rows
                .project(group)
                .map(|project| project.name.to_lowercase()),
            _ => None,
        };
        let mut words = Words::of(&question.text);
        let mut plan = Plan {
            goes_on: goes_on(&words),
            names: names(&words),
            ..Plan::default()
        };
        plan.take_numbers(&mut words, &catalog);
        let known = catalog.releases().iter();
        let known: Vec<Release> = known.filter(|one| is_there(one.row)).cloned().collect();
        plan.take_releases(&mut words, &known, name.as_deref());
        plan.take_files(&mut words, &catalog, question.file.as_deref());
        let has_rows = |numbers: &[u32]| numbers.iter().any(|row| is_there(*row));
        let people = people::take(&mut words, &catalog, has_rows, question.me.as_deref());
        plan.take_people(people);
        plan.take_time(&mut words, question.now, &self.zone);
        // `this week` and `this file` are understood by now.
        plan.leans = has_pronoun(&words);
        plan.take_leads(&mut words);
        plan.take_wish(&mut words);
        for aspect in &question.without {
            plan.leave_out(*aspect);
        }
        plan.told = words.rest(|_| true);
        let verbs = phrasal::find(&words);
        if plan.leans {
            words.take_kind();
        }
        plan.subject = subject(&words, &plan, name.as_deref().unwrap_or(""));
        if plan.wish.sort.is_none()
            && !plan.wish.asks_why
            && let Some(sort) = wish::sort_alone(&plan.subject)
        {
            plan.wish.sort = Some(sort);
            plan.wish.sort_text = std::mem::take(&mut plan.subject);
            let text = plan.wish.sort_text.clone();
            plan.note(Aspect::Kind, &text, sort.as_str());
        }
        if plan.wish.asks_version && plan.subject.is_empty() {
            plan.wish.sort = Some(Sort::Release);
        }
        plan.take_verbs(&words, verbs);
        Ok(plan)
    }
}

impl Plan {
    fn note(&mut self, aspect: Aspect, text: &str, value: &str) {
        self.understood.push(Understood {
            aspect,
            text: text.to_owned(),
            value: value.to_owned(),
        });
    }

    fn take_numbers(&mut self, words: &mut Words<'_>, catalog: &Catalog) {
        self.numbers = numbers::take(words, catalog);
        for number in self.numbers.clone() {
            let text = number.to_string();
            self.note(Aspect::Number, &text, &text);
        }
    }

    fn take_releases(&mut self, words: &mut Words<'_>, known: &[Release], project: Option<&str>) {
        self.releases = releases::take(words, known, project);
        if let Some(told) = self.releases.as_ref().map(|releases| releases.told.clone()) {
            self.note(Aspect::Version, &told, &told);
        }
    }

    fn take_files(&mut self, words: &mut Words<'_>, catalog: &Catalog, at_hand: Option<&str>) {
        if let Some(Files { keys, told }) = files::take(words, catalog, at_hand) {
            let value = match &keys[..] {
                [key] => key,
                _ => &told,
            };
            self.note(Aspect::File, &told, value);
            self.files = keys;
        }
    }

    fn take_people(&mut self, people: Option<People>) {
        if let Some(People { keys, told, is_me }) = people {
            self.note(Aspect::Person, &told, &told);
            self.people = keys;
            self.is_me = is_me;
        }
    }

    fn take_time(&mut self, words: &mut Words<'_>, now: UnixMillis, zone: &Zone) {
        let Some(found) = when::find(words, Today::new(zone.local(now))) else {
            return;
        };
        let text = words.take(found.from, found.to);
        let since = found.span.since.map(|local| zone.moment(local));
        let before = found.span.before.map(|local| zone.moment(local));
        if found.is_attribute {
            self.around = Some((since, before));
        } else {
            self.note(Aspect::Time, text, &shown(found.span));
            self.since = since;
            self.before = before;
        }
    }

    fn take_wish(&mut self, words: &mut Words<'_>) {
        self.wish = wish::take(words, !self.files.is_empty());
        if let Some(sort) = self.wish.sort {
            let text = self.wish.sort_text.clone();
            self.note(Aspect::Kind, &text, sort.as_str());
        }
        if let Some(direction) = self.wish.direction {
            self.note(Aspect::Order, direction.as_str(), direction.as_str());
        }
    }

    /// Takes what leads to the question itself and is no part of it: `git log`, `search for`; and
    /// beside a version, what stands for all that is in it.
    fn take_leads(&self, words: &mut Words<'_>) {
        let is_git = words.lower(0) == "git"
            && matches!(
                words.lower(1),
                "log" | "blame" | "show" | "diff" | "shortlog"
            );
        if is_git {
            words.take(0, 2);
        } else if matches!(words.lower(0), "search" | "grep" | "hi" | "hello") {
            words.take(0, 1);
        }
        if self.releases.is_none() {
            return;
        }
        for at in 0..words.list.len() {
            let is_all = matches!(
                words.lower(at),
                "changelog"
                    | "notes"
                    | "diff"
                    | "compare"
                    | "difference"
                    | "differences"
                    | "final"
                    | "stable"
                    | "bring"
                    | "brought"
                    | "contain"
                    | "bump"
                    | "bumped"
                    | "cut"
                    | "version"
                    | "include"
            ) || words.is_at(at, "release notes");
            if is_all {
                words.take(at, at + 1);
            }
        }
    }

    /// Looks for what verbs of two words mean, too, where something else is asked about.
    fn take_verbs(&mut self, words: &Words<'_>, verbs: Vec<(usize, &'static str)>) {
        for (at, plain) in verbs {
            let Some(verb) = words.list.get(at).filter(|_| !self.subject.is_empty()) else {
                continue;
            };
            self.told = [&self.told, " ", plain].concat();
            match self.subject.split(' ').any(|word| word == verb.text) {
                true => self.others.push((verb.text.to_owned(), plain)),
                false => self.subject = [&self.subject, " ", plain].concat(),
            }
        }
    }

    /// Takes off what was understood of one kind; its words stay understood.
    pub(crate) fn leave_out(&mut self, aspect: Aspect) {
        self.understood.retain(|part| part.aspect != aspect);
        match aspect {
            Aspect::Time => {
                self.since = None;
                self.before = None;
            }
            Aspect::File => self.files.clear(),
            Aspect::Person => {
                self.people.clear();
                self.is_me = false;
            }
            Aspect::Version => self.releases = None,
            Aspect::Number => self.numbers.clear(),
            Aspect::Kind => self.wish.sort = None,
            Aspect::Order => self.wish.direction = None,
        }
    }
}

/// The words that are to be searched for.
fn subject(words: &Words<'_>, plan: &Plan, project: &str) -> String {
    let telling =
        |word: &words::Word<'_>| !wish::says_nothing(&word.lower) && word.lower != project;
    let own = |word: &words::Word<'_>| telling(word) && !wish::is_general(&word.lower);
    let rest = words.rest(own);
    let is_deed = |word: &str| {
        let lower = word.to_lowercase();
        plan.wish.deed.is_some() && wish::is_deed(&lower)
    };
    // A deed alone is about what was asked before, or about the file that is named.
    let has_subject = rest
        .split(' ')
        .any(|word| !word.is_empty() && !is_deed(word))
        || words.has_verbatim();
    if has_subject {
        return rest;
    }
    let is_list = plan.is_narrowed()
        || !plan.numbers.is_empty()
        || plan.wish.direction.is_some()
        || plan.wish.sort.is_some()
        || matches!(words.before(1), "show" | "list" | "all")
        || plan.wish.is_of_people
        || plan.wish.is_of_files;
    match is_list || plan.leans {
        true => String::new(),
        false => words.rest(telling),
    }
}

/// Dates of a span: `2026-07-01 to 2026-07-31`, `since 2026-07-01`, `before 2026-07-01`.
fn shown(span: Span) -> String {
    let day = |local: i64| UnixMillis(local).to_string();
    match (span.since, span.before) {
        (Some(since), Some(before)) => {
            let (first, last) = (day(since), day(before - 1));
            if first == last {
                first
            } else {
                format!("{first} to {last}")
            }
        }
        (Some(since), None) => format!("since {}", day(since)),
        (None, Some(before)) => format!("before {}", day(before)),
        (None, None) => String::new(),
    }
}

/// Whether a word stands for something that was told before: `it`, and `that` where it leads to no
/// clause of its own: at the end of a part, or behind a verb or a preposition as in `was that`,
/// `after this`.
fn has_pronoun(words: &Words<'_>) -> bool {
    let leads_to_one = |word: &str| {
        matches!(
            word,
            "is" | "was"
                | "are"
                | "were"
                | "be"
                | "been"
                | "did"
                | "does"
                | "do"
                | "has"
                | "had"
                | "have"
                | "will"
                | "would"
                | "can"
                | "could"
                | "of"
                | "for"
                | "by"
                | "to"
                | "with"
                | "without"
                | "about"
                | "after"
                | "before"
                | "since"
                | "from"
                | "in"
                | "on"
                | "than"
                | "like"
                | "why"
                | "how"
        )
    };
    let free = words.list.iter().enumerate();
    let mut free = free.filter(|(_, word)| word.is_free());
    free.any(|(number, word)| {
        let is_last = number + 1 == words.list.len() || word.ends_part;
        match word.lower.as_str() {
            "it" | "its" | "they" | "them" | "their" | "instead" => true,
            "he" | "she" => is_last,
            "that" | "this" | "these" | "those" => {
                let is_ours = matches!(
                    words.lower(number + 1),
                    "project" | "repo" | "repository" | "codebase"
                );
                is_last || !is_ours && leads_to_one(words.before(number))
            }
            _ => false,
        }
    })
}

/// Words that are written as names are, wherever they stand.
fn names(words: &Words<'_>) -> Vec<String> {
    let mut begins = true;
    let mut names = Vec::new();
    for word in &words.list {
        // A path that nobody knows is a name, too.
        let is_path = word
            .text
            .split_once('/')
            .is_some_and(|(_, name)| name.contains('.'));
        let is_name = has_capital_inside(word.text) || is_path;
        if is_name || word.is_capital() && !begins && word.text.len() > 1 {
            names.push(word.text.trim_end_matches("'s").to_owned());
        }
        begins = word.ends_part;
    }
    names
}

fn goes_on(words: &Words<'_>) -> bool {
    let starts = [
        "and",
        "what about",
        "how about",
        "but",
        "or",
        "only",
        "just",
    ];
    starts.iter().any(|start| words.is_at(0, start))
}
