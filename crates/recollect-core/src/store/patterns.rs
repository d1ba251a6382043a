//! What recurs over sessions, kept in step with the records.

use super::Store;
use crate::derive::pattern::{EventLog, Kind, Miner, Pattern, SessionEvents};
use crate::error::Result;
use crate::index::names::Name;
use crate::log::time::UnixMillis;
use crate::log::zone::Zone;

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
}

/// The miner and what it has been given.
#[derive(Debug, Default)]
pub(super) struct Mined {
    miner: Miner,
    /// When its days begin.
    zone: Zone,
    has_begun: bool,
    /// Rows that the last listing looked at, and events that it read.
    #[cfg(test)]
    work: (usize, usize),
    /// By the names of the sessions.
    sessions: Vec<Option<Given>>,
}

/// A session as the miner has it.
#[derive(Debug)]
struct Given {
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
        // Whatever may be refused comes first: what was mined is not to be lost by it.
        let index = self.at(now)?;
        let project = match &request.project {
            Some(name) => {
                let number = index.known_project(name)?;
                let project = index.rows().project(number);
                project.map(|project| project.id.clone())
            }
            None => None,
        };
        let project = project.as_deref();
        let mut mined = std::mem::take(&mut self.mined);
        if mined.zone != self.index.zone {
            mined = Mined {
                zone: self.index.zone.clone(),
                ..Mined::default()
            };
        }
        self.follow(&mut mined)?;
        let index = &self.index;
        let patterns = match &request.session {
            None => mined.miner.patterns(project, now),
            Some(key) => {
                let key = &*index.rows().session_key(key);
                let place = index.rows().names.find(key).map_or(0, Name::place);
                match mined.sessions.get(place) {
                    Some(Some(given)) => mined.miner.patterns_of(&given.project, key, now),
                    _ => Vec::new(),
                }
            }
        };
        let is_wanted = |pattern: &Pattern| {
            let is_of_kind = request.kinds.is_empty() || request.kinds.contains(&pattern.kind);
            is_of_kind && project.is_none_or(|project| pattern.project == project)
        };
        let mut wanted = Vec::new();
        for pattern in patterns {
            if wanted.len() < request.limit && is_wanted(&pattern) {
                wanted.push(pattern);
            }
        }
        self.mined = mined;
        Ok(wanted)
    }

    /// Tells the miner of sessions that changed, and of those that are gone.
    fn follow(&mut self, mined: &mut Mined) -> Result<()> {
        #[cfg(test)]
        (mined.work = (0, 0));
        let mut log = EventLog::default();
        for name in self.index.take_changed_sessions(!mined.has_begun) {
            let rows = self.index.rows();
            let Some(key) = rows.names.text(name) else {
                continue;
            };
            #[cfg(test)]
            (mined.work.0 += rows.of_session(name).len());
            let worked = self.index.worked(name);
            let project = worked.as_ref().and_then(|worked| {
                let project = rows.project(worked.project)?;
                Some(project.id.as_str())
            });
            if mined.sessions.len() <= name.place() {
                mined.sessions.resize_with(name.place() + 1, || None);
            }
            let given = &mut mined.sessions[name.place()];
            if let Some(known) = given
                && Some(known.project.as_str()) != project
            {
                mined.miner.forget_session(&known.project, key);
                *given = None;
            }
            let (Some(worked), Some(project)) = (worked, project) else {
                continue;
            };
            if given
                .as_ref()
                .is_some_and(|given| given.mark == worked.mark)
            {
                continue;
            }
            log.clear();
            self.index
                .each_record(&worked.events, &mut |number, json| {
                    let row = rows.get(number);
                    log.read(json, row.map_or(UnixMillis(0), |row| row.at));
                })?;
            #[cfg(test)]
            (mined.work.1 += worked.events.len());
            mined.miner.add_session(&SessionEvents {
                key,
                project,
                zone: &mined.zone,
                events: log.events(),
            });
            *given = Some(Given {
                project: project.to_owned(),
                mark: worked.mark,
            });
        }
        mined.has_begun = true;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::intake::admit::Draft;
    use crate::log::id::RecordId;
    use crate::log::project::Project;
    use crate::log::record::{Body, Event, Origin, Provenance, Trust};
    use crate::store::Appended;

    fn flush(store: &mut Store, drafts: Vec<Draft>) -> Vec<RecordId> {
        let now = UnixMillis(1_000_000);
        let appended = store.append(drafts, now).unwrap();
        write(store);
        let id = |appended: &Appended| match appended {
            Appended::Pending(id) => Some(*id),
            Appended::Private | Appended::Nothing => None,
        };
        appended.iter().filter_map(id).collect()
    }

    fn write(store: &mut Store) {
        while let Some(file) = store.next_flush(UnixMillis(1_000_000)) {
            store.flushed(file.name.as_str()).unwrap();
        }
    }

    /// Keeps a session of so many events.
    fn work(store: &mut Store, session: &str, events: usize) -> Vec<RecordId> {
        let event = |_| Draft {
            at: None,
            origin: Some(Origin {
                project: Project::of(None, "file:///a/app"),
                provenance: Provenance::Tool,
                trust: Trust::High,
                flag: None,
                session: Some(session.to_owned()),
                workspace: None,
            }),
            body: Body::Event(Event {
                event_type: "code_edit".to_owned(),
                ..Event::default()
            }),
        };
        flush(store, (0..events).map(event).collect())
    }

    /// Lists, and says how many rows it looked at and how many events it read.
    fn list(store: &mut Store, utc_offset_minutes: i32) -> (usize, usize) {
        store.set_zone(Zone::new([(UnixMillis(0), utc_offset_minutes)]));
        let request = PatternRequest {
            limit: 1,
            ..PatternRequest::default()
        };
        store.patterns(&request, UnixMillis(1_000_000)).unwrap();
        store.mined.work
    }

    #[test]
    fn a_listing_reads_what_is_new_however_much_there_is() {
        for sessions in [1, 10, 100] {
            let mut store = Store::new([1; 32], "0.0.0").unwrap();
            for session in 0..sessions {
                work(&mut store, &session.to_string(), 5);
            }
            assert_eq!(list(&mut store, 0), (5 * sessions, 5 * sessions));
            assert_eq!(list(&mut store, 0), (0, 0));
            let ids = work(&mut store, "one more", 7);
            assert_eq!(list(&mut store, 0), (7, 7));
            // A session that goes on is read again, and no other.
            work(&mut store, "0", 1);
            assert_eq!(list(&mut store, 0), (6, 6));
            // One of which a part is forgotten as well, and one that is gone not at all.
            for (some, left) in [(&ids[..3], 4), (&ids[3..], 0)] {
                store.forget(some, UnixMillis(1_000_000)).unwrap();
                write(&mut store);
                assert_eq!(list(&mut store, 0), (left, left));
            }
            // Asking for what is not known costs nothing of what is.
            let of_other = PatternRequest {
                project: Some("other".to_owned()),
                ..PatternRequest::default()
            };
            assert!(store.patterns(&of_other, UnixMillis(1_000_000)).is_err());
            assert_eq!(list(&mut store, 0), (0, 0));
            // Habits are of local time.
            let all = 5 * sessions + 1;
            assert_eq!(list(&mut store, 60), (all, all));
        }
    }
}
