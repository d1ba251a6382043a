//! The patterns of one project.

use uuid::Uuid;

use super::chance::{Age, MIN_FEW_SESSIONS};
use super::digest::{Digest, ProjectNames};
use super::event::SessionEvents;
use super::rules::{self, Rule};
use super::sequence::{self, Chains};
use super::tally::{Tallies, count};
use super::{Kind, Pattern, sentence};
use crate::log::time::UnixMillis;
use crate::order::sort_by_rank;

/// Most patterns of a kind that are listed: the best supported.
const MAX_LISTED: usize = 64;
/// Most patterns of a kind that are few.
const MAX_FEW: usize = 5;
/// Most sessions that a pattern names.
const MAX_EXAMPLES: usize = 3;
/// Days in which the salience of a pattern that is not seen again halves.
const HALF_LIFE_DAYS: f64 = 30.0;
/// Sessions that take half of what is missing to a certain pattern.
const HALF_SESSIONS: f64 = 4.0;

/// Names the patterns of all projects.
const NAMESPACE: Uuid = Uuid::from_u128(0x1f0c_8a4e_5d27_4b93_a6c1_07de_92b3_58f4);

/// The sessions of a project and what they add up to.
#[derive(Debug, Default)]
pub(super) struct Project {
    /// In order of their keys.
    sessions: Vec<(String, Box<Digest>)>,
    names: ProjectNames,
    tallies: Tallies,
    chains: Chains,
}

/// Something that recurs, of any kind, in numbers.
enum Shape {
    Sequence(Vec<u16>),
    CoChange(u32, u32),
    Fix(u32, Vec<u32>),
    Habit(u32, u32),
}

impl Project {
    pub fn add(&mut self, session: &SessionEvents<'_>) {
        self.forget(session.key);
        let digest = Box::new(Digest::of(session, &mut self.names));
        count(&mut self.tallies, &digest, true);
        self.chains.count(&digest, true);
        if let Err(at) = self.find(session.key) {
            self.sessions.insert(at, (session.key.to_owned(), digest));
        }
    }

    pub fn forget(&mut self, session: &str) -> bool {
        let Ok(at) = self.find(session) else {
            return false;
        };
        let (_, digest) = self.sessions.remove(at);
        count(&mut self.tallies, &digest, false);
        self.chains.count(&digest, false);
        digest.release(&mut self.names);
        true
    }

    fn find(&self, session: &str) -> Result<usize, usize> {
        self.sessions
            .binary_search_by(|(key, _)| key.as_str().cmp(session))
    }

    pub fn is_empty(&self) -> bool {
        self.sessions.is_empty()
    }

    /// The patterns that the session of that key shows, or those of all.
    pub fn patterns(&mut self, id: &str, session: Option<&str>, now: UnixMillis) -> Vec<Pattern> {
        let shown = match session.map(|key| self.find(key)) {
            None => None,
            Some(Ok(at)) => Some(&*self.sessions[at].1),
            Some(Err(_)) => return Vec::new(),
        };
        let sessions = self.sessions.iter();
        let mut by_time: Vec<(&str, &Digest)> = sessions
            .map(|(key, digest)| (key.as_str(), &**digest))
            .collect();
        sort_by_rank(&mut by_time, |(_, digest)| {
            (digest.end.wrapping_sub(i64::MIN) as u64, 0)
        });
        let mut found = Vec::new();
        let sessions = self.sessions.iter().map(|(_, digest)| &**digest);
        for sequence in self.chains.sequences(&self.tallies, sessions) {
            found.push(Rule {
                sessions: sequence.tally.sessions,
                times: sequence.tally.times,
                all: sequence.before,
                lift: sequence.lift,
                what: Shape::Sequence(sequence.steps),
            });
        }
        let texts = &self.names.texts;
        let age = Age::of(self.sessions.len());
        for rule in rules::co_changes(&self.tallies, texts, age) {
            found.push(rule.map(|(rarer, other)| Shape::CoChange(rarer, other)));
        }
        for rule in rules::fixes(&self.tallies, texts, age) {
            found.push(rule.map(|(failure, files)| Shape::Fix(failure, files)));
        }
        for rule in rules::habits(&self.tallies, age) {
            found.push(rule.map(|(activity, part)| Shape::Habit(activity, part)));
        }

        sort_by_rank(&mut found, |rule| {
            let support = u64::from(rule.sessions) << 32 | u64::from(rule.times);
            match rule.lift.is_few {
                false => (!support, self.id(id, &rule.what).as_u64_pair().0),
                // So few say little by their number: the most surprising of them first.
                true => (u64::MAX, !rule.lift.times.to_bits()),
            }
        });
        let mut listed = [[0; 4]; 2];
        let mut patterns = Vec::new();
        for rule in &found {
            let listed = &mut listed[usize::from(rule.lift.is_few)][rule.what.kind() as usize];
            *listed += 1;
            let most = if rule.lift.is_few {
                MAX_FEW
            } else {
                MAX_LISTED
            };
            if *listed <= most && shown.is_none_or(|digest| rule.what.is_in(digest)) {
                patterns.push(self.pattern(id, rule, &by_time, now));
            }
        }
        patterns
    }

    fn pattern(
        &self,
        project: &str,
        rule: &Rule<Shape>,
        by_time: &[(&str, &Digest)],
        now: UnixMillis,
    ) -> Pattern {
        let shape = &rule.what;
        let kind = shape.kind();
        let words = self.words(shape);
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        // Both ends are near where the pattern is frequent, so most sessions are
        // not looked at.
        let has_it = |(_, digest): &&(&str, &Digest)| shape.is_in(digest);
        let examples: Vec<_> = by_time
            .iter()
            .rev()
            .filter(has_it)
            .take(MAX_EXAMPLES)
            .collect();
        let least = match kind {
            Kind::Sequence => sequence::MIN_SESSIONS,
            Kind::CoChange => rules::MIN_CO_CHANGE_SESSIONS,
            Kind::Fix => rules::MIN_FIX_SESSIONS,
            Kind::Habit => rules::MIN_HABIT_SESSIONS,
        };
        let least = match rule.lift.is_few {
            true => MIN_FEW_SESSIONS,
            false => least,
        };
        let detected = by_time.iter().filter(has_it).nth(least as usize - 1);
        let end = |session: Option<&&(&str, &Digest)>| {
            UnixMillis(session.map_or(0, |(_, digest)| digest.end))
        };
        let last_reinforced = end(examples.first());
        let confidence = f64::from(rule.times) / f64::from(rule.all);
        let sentence = match shape {
            Shape::Sequence(_) => sentence::sequence(&words),
            Shape::CoChange(..) => sentence::co_change(words[0], words[1]),
            Shape::Fix(..) => sentence::fix(words[0], &words[1..]),
            Shape::Habit(_, part) => sentence::habit(words[0], *part),
        };
        let (weekday, quarter) = match shape {
            Shape::Habit(_, part) => sentence::part_of(*part),
            _ => (None, None),
        };
        let cases = match kind {
            Kind::CoChange => " changes of the former",
            _ => " times",
        };
        Pattern {
            id: self.id(project, shape).hyphenated().to_string(),
            kind,
            project: project.to_owned(),
            description: sentence.end(rule, cases),
            weekday,
            quarter,
            names: match shape {
                Shape::Fix(..) => {
                    let (task, error) = sentence::failure(words[0]);
                    let names = [task, error].into_iter().chain(words[1..].iter().copied());
                    names.map(str::to_owned).collect()
                }
                _ => words.iter().copied().map(str::to_owned).collect(),
            },
            support: rule.sessions,
            times: rule.times,
            confidence,
            lift: rule.lift.times,
            is_few: rule.lift.is_few,
            sessions: examples.iter().map(|(key, _)| (*key).to_owned()).collect(),
            files: match shape {
                Shape::CoChange(..) => words.iter().copied().map(str::to_owned).collect(),
                Shape::Fix(..) => words[1..].iter().copied().map(str::to_owned).collect(),
                Shape::Sequence(_) | Shape::Habit(..) => Vec::new(),
            },
            detected_at: end(detected.as_ref()),
            last_reinforced,
            salience: salience(rule.sessions, confidence, last_reinforced, now),
        }
    }

    /// The same for the same pattern, whenever and wherever it is found: made from
    /// what recurs, not from how often. The files of a fix may become more, and which
    /// of two files changes more rarely may turn, so neither is part of it.
    fn id(&self, project: &str, shape: &Shape) -> Uuid {
        let mut parts = self.words(shape);
        match shape {
            Shape::Sequence(_) => {}
            Shape::CoChange(..) => {
                if parts[1] < parts[0] {
                    parts.swap(0, 1);
                }
            }
            Shape::Fix(..) => parts.truncate(1),
            Shape::Habit(_, part) => parts.push(part.to_string()),
        }
        let name = [project, shape.kind().as_str(), &parts.join("\n")].join("\n");
        Uuid::new_v5(&NAMESPACE, name.as_bytes())
    }

    /// The names that a shape is made of.
    fn words(&self, shape: &Shape) -> Vec<String> {
        let class = |id: &u16| self.names.classes.name((*id).into()).to_owned();
        let text = |id: &u32| self.names.texts.name(*id).to_owned();
        match shape {
            Shape::Sequence(steps) => steps.iter().map(class).collect(),
            Shape::CoChange(rarer, other) => vec![text(rarer), text(other)],
            Shape::Fix(failure, files) => std::iter::once(failure).chain(files).map(text).collect(),
            Shape::Habit(activity, _) => vec![self.names.classes.name(*activity).to_owned()],
        }
    }
}

impl<T> Rule<T> {
    fn map(self, shape: impl FnOnce(T) -> Shape) -> Rule<Shape> {
        Rule {
            what: shape(self.what),
            sessions: self.sessions,
            times: self.times,
            all: self.all,
            lift: self.lift,
        }
    }
}

impl Shape {
    fn kind(&self) -> Kind {
        match self {
            Self::Sequence(_) => Kind::Sequence,
            Self::CoChange(..) => Kind::CoChange,
            Self::Fix(..) => Kind::Fix,
            Self::Habit(..) => Kind::Habit,
        }
    }

    fn is_in(&self, digest: &Digest) -> bool {
        match self {
            Self::Sequence(steps) => sequence::contains(&digest.steps, steps),
            Self::CoChange(rarer, other) => digest.changes.iter().any(|files| {
                [rarer, other]
                    .into_iter()
                    .all(|file| files.binary_search(file).is_ok())
            }),
            Self::Fix(failure, mended) => digest
                .fixes
                .iter()
                .any(|(other, files)| other == failure && files.binary_search(&mended[0]).is_ok()),
            Self::Habit(activity, of) => digest
                .habits
                .iter()
                .any(|habit| habit >> 8 == *activity && rules::is_within(habit & 0xff, *of)),
        }
    }
}

/// From 0 to 1: how certain, with diminishing returns for each further session,
/// and how long ago it was seen, with a half-life.
fn salience(sessions: u32, confidence: f64, last: UnixMillis, now: UnixMillis) -> f64 {
    let certainty = 1.0 - (-f64::from(sessions) / HALF_SESSIONS).exp2();
    let age_days = now.0.saturating_sub(last.0).max(0) as f64 / 86_400_000.0;
    confidence * certainty * (-age_days / HALF_LIFE_DAYS).exp2()
}
