//! Sessions: stretches of work, as the records that name them tell.
//!
//! A session is nothing but the records with its key, so every window that has
//! read the same records knows the same sessions. Its key is any text that its
//! owner chose; work under the key of an ended session resumes it.
//!
//! | of a session | is |
//! | --- | --- |
//! | project, source, user, ide, title | what its last `session` record says; without one, the project of its first record and the first prompt |
//! | began | when its first record happened |
//! | last | when its last record but a summary happened |
//! | ended | the last `session_end` at or after that; else, after 30 minutes without a record, the last one |
//! | pinned, archived | whether a `session` record of it is |

mod context;
mod part;
mod statistics;

pub use context::{ContextPiece, MAX_BYTES as MAX_CONTEXT_BYTES, SessionContext};
pub use statistics::Statistics;

pub(crate) use part::{Part, of_index, of_record};

use std::cmp::Reverse;

use rusqlite::params;
use serde_json::Value;

use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::names::Name;
use crate::index::row::{Row, StampKey};
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::project::Project;
use crate::log::record::{Kind, Origin, Trust};
use crate::log::time::UnixMillis;
use crate::order;
use crate::search::filter::Page;
use crate::text::{cut, first_line};

/// Milliseconds without a record after which a session counts as ended.
pub const IDLE_MILLIS: i64 = 30 * 60 * 1_000;

/// Most summaries by rules of one session: a next one is begun where somebody has
/// changed the words of the last.
pub(crate) const MAX_SUMMARIES: u32 = 16;

const MAX_TITLE_BYTES: usize = 120;

/// A session, without what was recorded in it.
#[derive(Clone, Debug, PartialEq)]
pub struct Session {
    /// Its key.
    pub key: String,
    /// Id of its first `session` record, if it has one.
    pub id: Option<RecordId>,
    /// The project.
    pub project: Project,
    /// The assistant or editor that runs it.
    pub source: Option<String>,
    /// Who works in it.
    pub user: Option<String>,
    /// The editor's name.
    pub ide: Option<String>,
    /// What it is about.
    pub title: Option<String>,
    /// When its first record happened.
    pub started_at: UnixMillis,
    /// When its last record happened.
    pub last_at: UnixMillis,
    /// When it ended, if it has.
    pub ended_at: Option<UnixMillis>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Whether it is put aside.
    pub is_archived: bool,
    /// What happened in it, in numbers.
    pub statistics: Statistics,
}

/// Which sessions are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionRequest {
    /// Id or name of their project; none means all.
    pub project: Option<String>,
    /// Whether they are put aside.
    pub is_archived: Option<bool>,
    /// Which part of the list.
    pub page: Page,
}

/// A page of sessions.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionList {
    /// The one with the newest record first.
    pub sessions: Vec<Session>,
    /// How many there are before and after the page as well.
    pub total: u64,
}

/// A session with what it amounted to.
#[derive(Clone, Debug, PartialEq)]
pub struct SessionDetail {
    /// The session.
    pub session: Session,
    /// Its latest summary.
    pub summary: Option<Memory>,
    /// What was used in it.
    pub context: SessionContext,
}

/// A session with its records.
#[derive(Debug)]
pub(crate) struct Whole {
    pub(crate) session: Session,
    /// In the order of time.
    pub(crate) parts: Vec<Part>,
    /// Whether a record ended it, rather than time.
    pub(crate) is_closed: bool,
}

impl Whole {
    /// What records of one session tell; `None` if there are none.
    pub(crate) fn of(
        key: &str,
        mut parts: Vec<Part>,
        closed_at: Option<UnixMillis>,
        now: UnixMillis,
    ) -> Option<Self> {
        order::sort_by_key(&mut parts, |part| part.place);
        // Who is believed less adds to a session and does not say what it is.
        let has_high = parts.iter().any(|part| part.trust == Trust::High);
        let counts = |part: &&Part| part.trust == Trust::High || !has_high;
        let (first, last) = (parts.iter().find(counts)?, parts.iter().rfind(counts)?);
        let act = parts
            .iter()
            .rfind(|part| counts(part) && part.kind != Kind::Summary);
        let last_at = act.unwrap_or(last).place.0;
        let closed_at = closed_at.filter(|at| *at >= last_at);
        let is_idle = now.0.saturating_sub(last_at.0) > IDLE_MILLIS;
        let ended_at = closed_at.or(is_idle.then_some(last_at));
        let mut session = Session {
            key: key.to_owned(),
            id: None,
            project: first.project.clone(),
            source: None,
            user: None,
            ide: None,
            title: None,
            started_at: first.place.0,
            last_at,
            ended_at,
            is_pinned: false,
            is_archived: false,
            statistics: Statistics::default(),
        };
        let statistics = &mut session.statistics;
        parts.iter().for_each(|part| statistics.add(part));
        let end = ended_at.unwrap_or(last_at);
        statistics.finish(end.0.saturating_sub(session.started_at.0));
        let named = parts.iter().filter(|part| part.kind == Kind::Session);
        for part in named.filter(counts) {
            session.id.get_or_insert(part.id);
            session.project.clone_from(&part.project);
            session.is_pinned |= part.is_pinned;
            session.is_archived |= part.is_archived;
            for (name, field) in [
                ("source", &mut session.source),
                ("user", &mut session.user),
                ("ide", &mut session.ide),
                ("title", &mut session.title),
            ] {
                if let Some(Value::String(text)) = part.fields.get(name) {
                    *field = Some(text.clone());
                }
            }
        }
        if session.title.is_none() {
            let mut prompts = parts.iter().filter(|part| part.kind == Kind::Prompt);
            let asked = prompts.find(counts);
            let text = asked.and_then(|part| part.fields.get("text")?.as_str());
            session.title = text.map(|text| cut(first_line(text), MAX_TITLE_BYTES).into_owned());
        }
        Some(Self {
            session,
            parts,
            is_closed: closed_at.is_some(),
        })
    }

    /// The moment that the ids of its summaries by rules tell: when its first record
    /// was made, unless there is a summary that tells another one.
    pub(crate) fn began_at(&self) -> UnixMillis {
        let summaries = self.parts.iter().filter(|part| part.kind == Kind::Summary);
        let known = summaries.map(|part| (part.id, part.id.made_at()));
        let mut known = known.filter(|(id, at)| self.numbers_summary(*id, *at).is_some());
        if let Some((_, at)) = known.next() {
            return at;
        }
        let first = self.parts.iter().map(|part| part.id).min();
        first.map_or(self.session.started_at, RecordId::made_at)
    }

    /// The number by which this is the id of one of its summaries by rules.
    pub(crate) fn numbers_summary(&self, id: RecordId, began_at: UnixMillis) -> Option<u32> {
        let of = |number| RecordId::of_summary(began_at, &self.session.key, number);
        (0..MAX_SUMMARIES).find(|number| of(*number) == id)
    }

    /// Its latest summary.
    pub(crate) fn summary(&self) -> Option<&Part> {
        self.parts.iter().rfind(|part| part.kind == Kind::Summary)
    }
}

/// The events of a session, by the rows that hold them.
#[derive(Debug)]
pub(crate) struct Worked {
    /// Number of its project.
    pub(crate) project: u32,
    /// In the order of time.
    pub(crate) events: Vec<u32>,
    /// Another one if the events are others.
    pub(crate) mark: u64,
}

/// What rows alone tell of a session.
struct Outline {
    name: Name,
    project: u32,
    last: (UnixMillis, StampKey),
}

impl Index {
    /// Sessions of which something is recorded, the one with the newest record first.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn sessions(&self, request: &SessionRequest, now: UnixMillis) -> Result<SessionList> {
        let rows = self.rows();
        let mut outlines = self.outlines(request);
        order::sort_by_key(&mut outlines, |outline| Reverse(outline.last));
        let mut list = SessionList {
            sessions: Vec::new(),
            total: outlines.len() as u64,
        };
        let offset = request.page.offset() as usize;
        let page = outlines.iter().skip(offset);
        for outline in page.take(request.page.limit() as usize) {
            let Some(key) = rows.names.text(outline.name) else {
                continue;
            };
            let parts = of_index(self, rows.of_session(outline.name))?;
            let whole = Whole::of(key, parts, self.closed_at(key)?, now);
            list.sessions.extend(whole.map(|whole| whole.session));
        }
        Ok(list)
    }

    /// The session of that key, with what it amounted to.
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if nothing is recorded of it; when the engine refuses a
    /// statement.
    pub fn session(&self, key: &str, now: UnixMillis) -> Result<SessionDetail> {
        let key = &self.rows().session_key(key);
        let parts = of_index(self, self.session_rows(key))?;
        let whole = Whole::of(key, parts, self.closed_at(key)?, now);
        let whole = whole.ok_or(Error::Unknown { field: "session" })?;
        let summary = match whole.summary() {
            Some(part) => self.memory(part.id)?,
            None => None,
        };
        Ok(SessionDetail {
            context: context::context(self, &whole.parts, whole.session.is_pinned),
            session: whole.session,
            summary,
        })
    }

    /// Numbers of the rows of a session.
    pub(crate) fn session_rows(&self, key: &str) -> &[u32] {
        let rows = self.rows();
        rows.of_session(rows.names.find(key).unwrap_or_default())
    }

    /// Where a record about a session belongs that is none of its own.
    pub(crate) fn origin_of_session(&self, key: &str) -> Option<Origin> {
        let rows = self.rows();
        let row = rows.first_of_session(key)?;
        Some(Origin {
            project: rows.own_project(row)?.clone(),
            provenance: row.provenance,
            trust: row.trust,
            flag: None,
            session: None,
            workspace: None,
        })
    }

    /// When a session was last ended by a record.
    pub(crate) fn closed_at(&self, key: &str) -> Result<Option<UnixMillis>> {
        let rows = self.rows();
        let mut numbers = self.session_rows(key).iter();
        let is_high = |row: &Row| row.trust == Trust::High;
        // Who is believed less does not end what others work in.
        let has_high = numbers.any(|number| rows.get(*number).is_some_and(is_high));
        let at: Option<i64> = self
            .database()
            .prepare_cached("SELECT max(at) FROM session_end WHERE session = ?1 AND is_high >= ?2")?
            .query_row(params![key, has_high], |row| row.get(0))?;
        Ok(at.map(UnixMillis))
    }

    /// The events of a session, if it has any.
    pub(crate) fn worked(&self, name: Name) -> Option<Worked> {
        let rows = self.rows();
        let project = self
            .outline(name, &SessionRequest::default(), None)?
            .project;
        let numbers = rows.of_session(name).iter();
        let numbered = numbers.filter_map(|number| Some((*number, rows.get(*number)?)));
        let mut events: Vec<(u32, &Row)> = numbered
            // What a file says that nobody vouches for is nobody's habit.
            .filter(|(_, row)| row.kind == Kind::Event && row.trust == Trust::High)
            .collect();
        order::sort_by_key(&mut events, |(_, row)| (row.at, row.stamp));
        let mark = events.iter().fold(0, |mark: u64, (_, row)| {
            let [.., a, b, c, d, e, f, g, h] = *row.id.as_bytes();
            let id = u64::from_le_bytes([a, b, c, d, e, f, g, h]);
            (mark ^ id)
                .wrapping_mul(0x9e37_79b9_7f4a_7c15)
                .rotate_left(29)
        });
        let events: Vec<u32> = events.into_iter().map(|(number, _)| number).collect();
        (!events.is_empty()).then_some(Worked {
            project,
            events,
            mark,
        })
    }

    fn outlines(&self, request: &SessionRequest) -> Vec<Outline> {
        let rows = self.rows();
        let wanted = request.project.as_ref();
        let wanted = wanted.map(|project| rows.projects_named(project));
        let names = rows.sessions();
        names
            .filter_map(|name| self.outline(name, request, wanted.as_deref()))
            .collect()
    }

    /// What the rows of a session tell, if the session is one that is asked for.
    fn outline(
        &self,
        name: Name,
        request: &SessionRequest,
        wanted: Option<&[u32]>,
    ) -> Option<Outline> {
        let rows = self.rows();
        let numbers = rows.of_session(name).iter();
        let mut all: Vec<&Row> = numbers.filter_map(|number| rows.get(*number)).collect();
        if all.iter().any(|row| row.trust == Trust::High) {
            all.retain(|row| row.trust == Trust::High);
        }
        let place = |row: &Row| (row.at, row.stamp);
        let of_session = || all.iter().filter(|row| row.kind == Kind::Session);
        let first = all.iter().min_by_key(|row| place(row))?;
        let named = of_session().max_by_key(|row| place(row)).unwrap_or(first);
        if wanted.is_some_and(|wanted| !wanted.contains(&named.project)) {
            return None;
        }
        let is_archived = of_session().any(|row| row.is_archived);
        if request.is_archived.is_some_and(|is| is != is_archived) {
            return None;
        }
        let acts = all.iter().filter(|row| row.kind != Kind::Summary);
        let last = acts.map(|row| place(row)).max();
        Some(Outline {
            name,
            project: named.project,
            last: last.unwrap_or(place(first)),
        })
    }
}
