//! What recurs over sessions, kept in step with the records.

use super::Store;
use crate::error::Result;
use crate::pattern::{Event, Kind, Miner, Pattern, SessionEvents};
use crate::record::{self, Body};
use crate::session::Worked;
use crate::time::UnixMillis;

/// Which patterns are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct PatternRequest {
    /// Id or name of their project; none means all.
    pub project: Option<String>,
    /// Key of a session that shows them.
    pub session: Option<String>,
    /// Kinds; none means all.
    pub kinds: Vec<Kind>,
    /// Most patterns.
    pub limit: usize,
    /// Minutes that local time is ahead of UTC, for habits.
    pub utc_offset_minutes: i32,
}

/// The miner and what it has been given.
#[derive(Debug, Default)]
pub(super) struct Mined {
    miner: Miner,
    utc_offset_minutes: i32,
    /// In the order of their keys.
    sessions: Vec<Given>,
}

/// A session as the miner has it.
#[derive(Debug)]
struct Given {
    key: String,
    project: String,
    mark: u64,
}

impl Store {
    /// What recurs, the most salient first.
    ///
    /// The first call reads the events of all sessions; later ones read those of
    /// sessions that have other records than before. So what was forgotten is in no
    /// pattern, and all windows that have read the same records find the same.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`](crate::Error::Unknown) for a project of which nothing is
    /// recorded; when the engine refuses a statement.
    pub fn patterns(&mut self, request: &PatternRequest, now: UnixMillis) -> Result<Vec<Pattern>> {
        let mut mined = std::mem::take(&mut self.mined);
        let is_same_offset = mined.utc_offset_minutes == request.utc_offset_minutes;
        if !is_same_offset {
            mined = Mined {
                utc_offset_minutes: request.utc_offset_minutes,
                ..Mined::default()
            };
        }
        self.follow(&mut mined)?;
        let index = self.at(now)?;
        let project = match &request.project {
            Some(name) => {
                let number = index.known_project(name)?;
                index
                    .rows()
                    .project(number)
                    .map(|project| project.id.as_str())
            }
            None => None,
        };
        let mut patterns = match &request.session {
            None => mined.miner.patterns(project, now),
            Some(key) => match mined.find(key) {
                Ok(place) => {
                    let session = &mined.sessions[place];
                    mined.miner.patterns_of(&session.project, key, now)
                }
                Err(_) => Vec::new(),
            },
        };
        patterns.retain(|pattern| {
            let is_of_kind = request.kinds.is_empty() || request.kinds.contains(&pattern.kind);
            is_of_kind && project.is_none_or(|project| pattern.project == project)
        });
        patterns.truncate(request.limit);
        self.mined = mined;
        Ok(patterns)
    }

    /// Tells the miner of sessions that changed, and of those that are gone.
    fn follow(&self, mined: &mut Mined) -> Result<()> {
        let worked = self.index.worked();
        let mut gone = Vec::new();
        mined.sessions.retain(|given| {
            let found = worked.binary_search_by(|worked| worked.key.cmp(&given.key));
            let is_there = found.is_ok_and(|place| worked[place].project == given.project);
            if !is_there {
                gone.push((given.project.clone(), given.key.clone()));
            }
            is_there
        });
        for (project, key) in gone {
            mined.miner.forget_session(&project, &key);
        }
        for session in worked {
            let place = mined.find(&session.key);
            if place.is_ok_and(|place| mined.sessions[place].mark == session.mark) {
                continue;
            }
            self.mine(&session, mined)?;
            let given = Given {
                key: session.key,
                project: session.project,
                mark: session.mark,
            };
            match place {
                Ok(place) => mined.sessions[place] = given,
                Err(place) => mined.sessions.insert(place, given),
            }
        }
        Ok(())
    }

    fn mine(&self, session: &Worked, mined: &mut Mined) -> Result<()> {
        let mut events: Vec<(UnixMillis, record::Event)> = Vec::new();
        for number in &session.events {
            let (Some(row), Some(json)) = (
                self.index.rows().get(*number),
                self.index.record_at(*number)?,
            ) else {
                continue;
            };
            if let Ok(Body::Event(event)) = Body::from_json(record::Kind::Event, &json) {
                events.push((row.at, event));
            }
        }
        mined.miner.add_session(&SessionEvents {
            key: &session.key,
            project: &session.project,
            utc_offset_minutes: mined.utc_offset_minutes,
            events: events
                .iter()
                .map(|(at, event)| Event::of(event, *at))
                .collect(),
        });
        Ok(())
    }
}

impl Mined {
    fn find(&self, key: &str) -> std::result::Result<usize, usize> {
        self.sessions
            .binary_search_by(|given| given.key.as_str().cmp(key))
    }
}
