//! Sessions, as they cross.

use std::collections::BTreeMap;

use recollect_core::derive::session::{self, SessionRequest as CoreRequest};
use recollect_core::{Error, Page, log::record};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::millis;
use crate::store::{Recollect, Thrown, out};
use crate::types::{Appended, Memory, Project};

/// Which sessions are wanted.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionRequest {
    /// Id or name of their project; none means all.
    #[tsify(optional)]
    pub project: Option<String>,
    /// Whether they are put aside.
    #[tsify(optional)]
    pub is_archived: Option<bool>,
    /// Most sessions, 1 to 200; 20 unless told.
    #[tsify(optional)]
    pub limit: Option<u32>,
    /// Sessions to leave out before the first; 0 unless told.
    #[tsify(optional)]
    pub offset: Option<u32>,
}

impl SessionRequest {
    fn into_core(self) -> Result<CoreRequest, Error> {
        let Self {
            project,
            is_archived,
            limit,
            offset,
        } = self;
        Ok(CoreRequest {
            project,
            is_archived,
            page: Page::new(limit, offset)?,
        })
    }
}

/// A session, without what was recorded in it.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Session {
    /// The key that its owner gave it.
    pub key: String,
    /// Id of its first `session` record, if it has one.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The project.
    pub project: Project,
    /// The assistant or editor that runs it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<String>,
    /// Who works in it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub user: Option<String>,
    /// The editor's name.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ide: Option<String>,
    /// What it is about; the first prompt, if nobody said it.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When its first record happened.
    pub started_at: f64,
    /// When its last record happened.
    pub last_at: f64,
    /// When it ended; absent while it goes on.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub ended_at: Option<f64>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Whether it is put aside.
    pub is_archived: bool,
    /// What happened in it, in numbers.
    pub statistics: SessionStatistics,
}

impl From<session::Session> for Session {
    fn from(session: session::Session) -> Self {
        let session::Session {
            key,
            id,
            project,
            source,
            user,
            ide,
            title,
            started_at,
            last_at,
            ended_at,
            is_pinned,
            is_archived,
            statistics,
        } = session;
        Self {
            key,
            id: id.map(|id| id.to_string()),
            project: project.into(),
            source,
            user,
            ide,
            title,
            started_at: started_at.0 as f64,
            last_at: last_at.0 as f64,
            ended_at: ended_at.map(|at| at.0 as f64),
            is_pinned,
            is_archived,
            statistics: statistics.into(),
        }
    }
}

/// What happened in a session, in numbers.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SessionStatistics {
    /// Events.
    pub total_events: u32,
    /// Events by primary sector; sectors without any are absent.
    #[tsify(type = "Partial<Record<Sector, number>>")]
    pub sectors: BTreeMap<String, f64>,
    /// How many files there are.
    pub unique_files: usize,
    /// Files that events, observations and the context name, in order.
    pub files: Vec<String>,
    /// From the first record to the end, or to the last record.
    pub duration_ms: f64,
    /// Edits of files.
    pub edits: u32,
    /// Runs of tests.
    pub tests_run: u32,
    /// Those of them that failed.
    pub tests_failed: u32,
    /// Commits.
    pub commits: u32,
    /// Prompts.
    pub prompts: u32,
    /// Observations.
    pub observations: u32,
}

impl From<session::Statistics> for SessionStatistics {
    fn from(statistics: session::Statistics) -> Self {
        let session::Statistics {
            total_events,
            sectors,
            files,
            duration_millis,
            edits,
            tests_run,
            tests_failed,
            commits,
            prompts,
            observations,
            ..
        } = statistics;
        let mut by_sector = BTreeMap::new();
        for (sector, count) in record::Sector::ALL.into_iter().zip(sectors) {
            if count > 0 {
                by_sector.insert(sector.as_str().to_owned(), f64::from(count));
            }
        }
        Self {
            total_events,
            sectors: by_sector,
            unique_files: files.len(),
            files,
            duration_ms: duration_millis as f64,
            edits,
            tests_run,
            tests_failed,
            commits,
            prompts,
            observations,
        }
    }
}

/// A page of sessions.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object)]
pub struct SessionList {
    /// The one with the newest record first.
    pub sessions: Vec<Session>,
    /// How many there are on all pages.
    pub total: f64,
}

/// A session with what it amounted to.
#[derive(Debug, Serialize, Tsify)]
#[tsify(hashmap_as_object)]
pub struct SessionDetail {
    /// The session.
    pub session: Session,
    /// Its latest summary.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<Memory>,
    /// What was used in it.
    pub context: SessionContext,
}

/// The context of a session, each list in the order of last use.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct SessionContext {
    /// Files that were used.
    pub files: Vec<ContextPiece>,
    /// What was searched for.
    pub searches: Vec<ContextPiece>,
    /// What was decided.
    pub decisions: Vec<ContextPiece>,
    /// Memories that were used.
    pub memories: Vec<ContextPiece>,
    /// Pieces that are left out to save room.
    pub left_out: u32,
    /// Whether it is condensed, as it is above 32 KiB.
    pub is_compressed: bool,
    /// Bytes of JSON of an object of the four lists, before it was condensed.
    pub size_bytes: usize,
    /// The same of what is left.
    pub compressed_bytes: usize,
}

impl From<session::SessionContext> for SessionContext {
    fn from(context: session::SessionContext) -> Self {
        let session::SessionContext {
            files,
            searches,
            decisions,
            memories,
            left_out,
            is_compressed,
            size_bytes,
            compressed_bytes,
        } = context;
        let [files, searches, decisions, memories] = [files, searches, decisions, memories]
            .map(|list| list.into_iter().map(Into::into).collect());
        Self {
            files,
            searches,
            decisions,
            memories,
            left_out,
            is_compressed,
            size_bytes,
            compressed_bytes,
        }
    }
}

/// One piece of a session's context.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ContextPiece {
    /// Path of the file, words of the search, the decision, or id of the memory;
    /// a path that ends with `/` stands for files of that folder.
    pub text: String,
    /// Key of the memory.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
    /// How much it matters, from 0 to 1.
    pub importance: f64,
    /// When it was last used.
    pub at: f64,
    /// Place of that use among all of the session, from 1.
    pub order: u32,
    /// Times it was used.
    pub count: u32,
    /// Whether it is kept as it is.
    pub is_pinned: bool,
    /// Id of the record of its last use, by which it can be pinned.
    pub record: String,
}

impl From<session::ContextPiece> for ContextPiece {
    fn from(piece: session::ContextPiece) -> Self {
        let session::ContextPiece {
            text,
            key,
            importance,
            at,
            order,
            count,
            is_pinned,
            record,
            ..
        } = piece;
        Self {
            text,
            key,
            importance,
            at: at.0 as f64,
            order,
            count,
            is_pinned,
            record: record.to_string(),
        }
    }
}

/// How a session ended.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object)]
pub struct EndedSession {
    /// Its key.
    pub key: String,
    /// When.
    pub ended_at: f64,
    /// Id of its latest summary; absent if there was nothing to say.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub summary: Option<String>,
    /// Whether that summary was added now.
    pub is_summary_new: bool,
    /// What happened in it, in numbers.
    pub statistics: SessionStatistics,
    /// Whether it ended now; else it had ended before, and nothing was added.
    pub is_new: bool,
}

/// What is to be changed of a session; absent fields stay as they are.
#[derive(Debug, Default, Deserialize, Tsify)]
#[serde(default, rename_all = "camelCase")]
pub struct SessionChange {
    /// What it is about.
    #[tsify(optional)]
    pub title: Option<String>,
    /// Whether it is kept at hand.
    #[tsify(optional)]
    pub is_pinned: Option<bool>,
    /// Whether it is put aside.
    #[tsify(optional)]
    pub is_archived: Option<bool>,
}

#[wasm_bindgen]
impl Recollect {
    /// Sessions, the one with the newest record first. One that has no end and no
    /// record for 30 minutes counts as ended with its last record.
    pub fn sessions(&self, request: Ts<SessionRequest>, now: f64) -> Thrown<Ts<SessionList>> {
        let request = read(&request)?.into_core().map_err(thrown)?;
        let list = self.store.index().sessions(&request, millis(now));
        let session::SessionList { sessions, total } = list.map_err(thrown)?;
        out(&SessionList {
            sessions: sessions.into_iter().map(Into::into).collect(),
            total: total as f64,
        })
    }

    /// The session of that key; `NotFound` if nothing is recorded of it.
    pub fn session(&self, key: &str, now: f64) -> Thrown<Ts<SessionDetail>> {
        let detail = self.store.index().session(key, millis(now));
        let session::SessionDetail {
            session,
            summary,
            context,
        } = detail.map_err(thrown)?;
        out(&SessionDetail {
            session: session.into(),
            summary: summary.map(Into::into),
            context: context.into(),
        })
    }

    /// Ends a session: adds a summary by rules, unless there is nothing to say or
    /// one was made since, and the end with its counts. Ending twice adds nothing.
    /// What is not durable yet counts too. `NotFound` if nothing is recorded of it.
    #[wasm_bindgen(js_name = endSession)]
    pub fn end_session(&mut self, key: &str, now: f64) -> Thrown<Ts<EndedSession>> {
        let ended = self.store.end_session(key, millis(now)).map_err(thrown)?;
        let recollect_core::EndedSession {
            key,
            ended_at,
            summary,
            is_summary_new,
            statistics,
            is_new,
        } = ended;
        out(&EndedSession {
            key,
            ended_at: ended_at.0 as f64,
            summary: summary.map(|id| id.to_string()),
            is_summary_new,
            statistics: statistics.into(),
            is_new,
        })
    }

    /// Adds a summary by rules of a session that goes on; `closing` is the
    /// assistant's last message. Nothing if there is nothing to say or, without
    /// `closing`, one was made since.
    #[wasm_bindgen(js_name = summariseSession)]
    pub fn summarise_session(
        &mut self,
        key: &str,
        closing: Option<String>,
        now: f64,
    ) -> Thrown<Option<Ts<Appended>>> {
        let appended = self
            .store
            .summarise_session(key, closing.as_deref(), millis(now))
            .map_err(thrown)?;
        appended
            .map(|appended| out(&Appended::from(appended)))
            .transpose()
    }

    /// Brings the summary of a session that goes on up to date, under the id that it
    /// keeps; durable once flushed. That id if there is a new version; nothing where
    /// the version that is there says all, or there is nothing to say.
    #[wasm_bindgen(js_name = refreshSummary)]
    pub fn refresh_summary(&mut self, key: &str, now: f64) -> Thrown<Option<String>> {
        let id = self
            .store
            .refresh_summary(key, millis(now))
            .map_err(thrown)?;
        Ok(id.map(|id| id.to_string()))
    }

    /// Titles, pins or archives a session; durable once flushed.
    #[wasm_bindgen(js_name = changeSession)]
    pub fn change_session(&mut self, key: &str, change: Ts<SessionChange>, now: f64) -> Thrown<()> {
        let SessionChange {
            title,
            is_pinned,
            is_archived,
        } = read(&change)?;
        let change = recollect_core::SessionChange {
            title,
            is_pinned,
            is_archived,
        };
        self.store
            .change_session(key, &change, millis(now))
            .map_err(thrown)
    }
}
