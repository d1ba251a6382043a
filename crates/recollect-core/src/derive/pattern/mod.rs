//! What recurs in how somebody works: sequences of steps, files that change
//! together, what mends an error, habits.
//!
//! A [`Miner`] is given sessions one by one and keeps whole numbers that they add
//! up to, so any order of sessions gives the same patterns and a session can be
//! taken away again. Read in this order: [`event`] (what it is told), `phrase`
//! (which events are alike), `digest` (what it keeps of a session), `tally` (what
//! the sessions add up to), `sequence` and `rules` (what of that is a pattern).
//!
//! A pattern is listed if it is frequent, usual, and more than chance:
//!
//! | kind | sessions at least | confidence | lift | base rate |
//! | --- | --- | --- | --- | --- |
//! | sequence of 2 to 4 steps, at most 2 others between | 3, and 1 in 20 | 0.5 | 2, each step | random order of each session's steps |
//! | files that change together | 3 | 0.5 | 2 | changes with the other file, large ones more |
//! | failure and fix | 2 | 0.5 | 2 | changes with the file |
//! | habit | 4 | 0.5 | 1.5 | share of all activity in that part of the week |
//!
//! and chance would give one such pattern of a kind in at most 1 project of 20,
//! of sequences in 1 of 100.
//! The reasons stand beside each threshold.
//!
//! None of that can be reached in the first weeks. In a project of at most 20
//! sessions, what is in 3 of them and often enough, or never otherwise, is listed
//! all the same: the 5 most surprising of each kind, marked as few.
//!
//! # Costs
//!
//! Of an event only those parts of its line are read that patterns depend on, and
//! each name once a session. Adding or forgetting a session looks at that session
//! alone: its steps (at most
//! 2,000 of 128 classes), each with the 3 after it, and the files of each of its
//! changes (at most 30). When a pair of steps becomes remarkable for the first
//! time, the next listing passes once over all sessions.
//! A listing goes over the counts; of the sessions it only looks at when they ended,
//! and into the few that a pattern names.
//!
//! Kept are, for each session, 2 bytes a step, 4 bytes a changed file and the like;
//! and about 50 bytes for each two classes that met in a session, for each two files
//! that changed at once, and for each sequence along at most 512 followed pairs. So
//! memory is bounded by the vocabulary of a project rather than by its age.
//!
//! The limits of the digest are the only approximation: steps after the 2,000th of
//! a session, classes after its 128th, and changes of more than 30 files at once do
//! not count, and only the 256 most remarkable pairs lead on to longer sequences.

mod chance;
mod digest;
pub mod event;
#[cfg(test)]
mod log_tests;
mod names;
mod order;
mod phrase;
mod project;
#[cfg(test)]
mod rule_tests;
mod rules;
mod sentence;
mod sequence;
mod tally;
#[cfg(test)]
mod tests;

pub use event::{Event, EventLog, Outcome, SessionEvents};

use crate::log::time::UnixMillis;
use crate::order::sort_by_rank;
use project::Project;

/// What recurs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// Steps that follow each other.
    Sequence,
    /// Two files that change together.
    CoChange,
    /// A failure and what mends it.
    Fix,
    /// An activity at a time of the day or week.
    Habit,
}

impl Kind {
    /// The name in JSON.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Sequence => "sequence",
            Self::CoChange => "co_change",
            Self::Fix => "error_fix",
            Self::Habit => "habit",
        }
    }
}

/// Something that recurs.
#[derive(Clone, Debug, PartialEq)]
pub struct Pattern {
    /// A UUID, the same whenever and wherever the same pattern is found.
    pub id: String,
    /// What recurs.
    pub kind: Kind,
    /// Id of the project it was found in.
    pub project: String,
    /// One sentence, with the counts.
    pub description: String,
    /// What the sentence is about: steps in their order; two files; a task and an error, of which
    /// one may be empty, and the files that mend it; or an activity.
    pub names: Vec<String>,
    /// The day of a habit, from 0 for Monday, if it has one.
    pub weekday: Option<u32>,
    /// Its quarter of the day, from 0 for the night, if it has one.
    pub quarter: Option<u32>,
    /// Sessions it was seen in.
    pub support: u32,
    /// Times it was seen.
    pub times: u32,
    /// Share of cases in which it held, from 0 to 1.
    pub confidence: f64,
    /// How many times as often as by chance.
    pub lift: f64,
    /// Whether the cases are so few that it could still be chance.
    pub is_few: bool,
    /// Keys of the newest sessions with it, newest first; at most 3.
    pub sessions: Vec<String>,
    /// Files it is about, if it is about single ones.
    pub files: Vec<String>,
    /// End of the session with which it had been seen often enough.
    pub detected_at: UnixMillis,
    /// End of the last session with it.
    pub last_reinforced: UnixMillis,
    /// From 0 to 1: falls with time, rises when it is seen again.
    pub salience: f64,
}

/// Finds patterns in sessions.
///
/// ```
/// use recollect_core::{UnixMillis, Zone};
/// use recollect_core::derive::pattern::{Event, Miner, SessionEvents};
///
/// let mut miner = Miner::default();
/// miner.add_session(&SessionEvents {
///     key: "monday",
///     project: "example.org/app",
///     zone: Zone::utc(),
///     events: vec![Event {
///         event_type: "code_edit",
///         file: Some("src/app.ts"),
///         task: None,
///         outcome: None,
///         error: None,
///         files: Vec::new(),
///         at: UnixMillis(1_760_000_000_000),
///     }],
/// });
/// assert!(miner.patterns(None, UnixMillis(1_760_000_000_000)).is_empty());
/// assert!(miner.forget_session("example.org/app", "monday"));
/// ```
#[derive(Debug, Default)]
pub struct Miner {
    /// In order of their ids.
    projects: Vec<(String, Project)>,
}

impl Miner {
    /// Learns from a session. One that it knows already is replaced.
    pub fn add_session(&mut self, session: &SessionEvents<'_>) {
        let at = self.find(session.project).unwrap_or_else(|at| {
            let project = (session.project.to_owned(), Project::default());
            self.projects.insert(at, project);
            at
        });
        self.projects[at].1.add(session);
    }

    /// Forgets all that a session contributed; whether there was one.
    pub fn forget_session(&mut self, project: &str, key: &str) -> bool {
        let Ok(at) = self.find(project) else {
            return false;
        };
        let was_known = self.projects[at].1.forget(key);
        if self.projects[at].1.is_empty() {
            self.projects.remove(at);
        }
        was_known
    }

    /// The patterns of a project, or of all, the most salient first; at most 64 of
    /// a kind in each project.
    pub fn patterns(&mut self, project: Option<&str>, now: UnixMillis) -> Vec<Pattern> {
        let mut patterns = Vec::new();
        for (id, found) in &mut self.projects {
            if project.is_none_or(|project| project == id) {
                patterns.append(&mut found.patterns(id, None, now));
            }
        }
        by_salience(patterns)
    }

    /// Those patterns of a session's project that the session itself shows.
    pub fn patterns_of(&mut self, project: &str, key: &str, now: UnixMillis) -> Vec<Pattern> {
        let Ok(at) = self.find(project) else {
            return Vec::new();
        };
        by_salience(self.projects[at].1.patterns(project, Some(key), now))
    }

    fn find(&self, project: &str) -> Result<usize, usize> {
        self.projects
            .binary_search_by(|(id, _)| id.as_str().cmp(project))
    }
}

/// Those that few sessions show behind the others, then the most salient first, then in
/// order of their ids.
fn by_salience(mut patterns: Vec<Pattern>) -> Vec<Pattern> {
    sort_by_rank(&mut patterns, |pattern| {
        // Numbers from 0 up are in the order of their bits, and their first bit is free.
        let salience = !pattern.salience.to_bits() >> 1;
        let few = u64::from(pattern.is_few) << 63;
        let id = u64::from_str_radix(pattern.id.get(..8).unwrap_or(""), 16);
        (few | salience, id.unwrap_or(0))
    });
    patterns
}
