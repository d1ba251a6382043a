//! Patterns, as they cross.

use recollect_core::{PatternRequest as CoreRequest, derive::pattern};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::millis;
use crate::store::{Recollect, Thrown, out};

/// What recurs.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum PatternKind {
    /// Steps that follow each other.
    Sequence,
    /// Two files that change together.
    CoChange,
    /// A failure and what mends it.
    ErrorFix,
    /// An activity at a time of the day or week.
    Habit,
}

impl From<PatternKind> for pattern::Kind {
    fn from(kind: PatternKind) -> Self {
        match kind {
            PatternKind::Sequence => Self::Sequence,
            PatternKind::CoChange => Self::CoChange,
            PatternKind::ErrorFix => Self::Fix,
            PatternKind::Habit => Self::Habit,
        }
    }
}

/// Which patterns are wanted.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct PatternRequest {
    /// Id or name of their project; none means all.
    #[tsify(optional)]
    pub project: Option<String>,
    /// Key of a session that shows them.
    #[tsify(optional)]
    pub session: Option<String>,
    /// Kinds; none means all.
    #[tsify(optional)]
    pub kinds: Vec<PatternKind>,
    /// Most patterns; 20 unless told.
    #[tsify(optional)]
    pub limit: Option<usize>,
}

/// Something that recurs.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Pattern {
    /// A UUID, the same whenever and wherever the same pattern is found.
    pub id: String,
    /// What recurs.
    #[tsify(type = "PatternKind")]
    pub kind: &'static str,
    /// Id of the project it was found in.
    pub project: String,
    /// One sentence, with the counts.
    pub description: String,
    /// What the sentence is about: steps in their order; two files; a task and an error, of which
    /// one may be empty, and the files that mend it; or an activity.
    pub names: Vec<String>,
    /// The day of a habit, from 0 for Monday, if it has one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub weekday: Option<u32>,
    /// Its quarter of the day, from 0 for the night, if it has one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub quarter: Option<u32>,
    /// Sessions it was seen in.
    pub support: u32,
    /// Times it was seen.
    pub count: u32,
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
    pub detected_at: f64,
    /// End of the last session with it.
    pub last_reinforced: f64,
    /// From 0 to 1: falls with time, rises when it is seen again.
    pub salience: f64,
}

impl From<pattern::Pattern> for Pattern {
    fn from(pattern: pattern::Pattern) -> Self {
        let pattern::Pattern {
            id,
            kind,
            project,
            description,
            names,
            weekday,
            quarter,
            support,
            times,
            confidence,
            lift,
            is_few,
            sessions,
            files,
            detected_at,
            last_reinforced,
            salience,
        } = pattern;
        Self {
            id,
            kind: kind.as_str(),
            project,
            description,
            names,
            weekday,
            quarter,
            support,
            count: times,
            confidence,
            lift,
            is_few,
            sessions,
            files,
            detected_at: detected_at.0 as f64,
            last_reinforced: last_reinforced.0 as f64,
            salience,
        }
    }
}

/// Patterns, the most salient first.
#[derive(Debug, Serialize, Tsify)]
pub struct PatternList(pub Vec<Pattern>);

#[wasm_bindgen]
impl Recollect {
    /// What recurs over sessions. The first call reads all events, later ones those
    /// of sessions that have changed. `NotFound` for a project of which nothing is
    /// recorded.
    pub fn patterns(&mut self, request: Ts<PatternRequest>, now: f64) -> Thrown<Ts<PatternList>> {
        let PatternRequest {
            project,
            session,
            kinds,
            limit,
        } = read(&request)?;
        let request = CoreRequest {
            project,
            session,
            kinds: kinds.into_iter().map(Into::into).collect(),
            limit: limit.unwrap_or(20),
        };
        let patterns = self.store.patterns(&request, millis(now)).map_err(thrown)?;
        out(&PatternList(patterns.into_iter().map(Into::into).collect()))
    }
}
