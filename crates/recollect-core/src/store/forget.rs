//! Forgetting: choosing what goes, showing it first, and the tombstones that end it.

use std::cmp::Reverse;
use std::collections::HashSet;

use recollect_words::token::folded;

use super::Store;
use super::twice::Twice;
use crate::error::{Error, Result};
use crate::index::row::{Row, StampKey};
use crate::index::{Index, MEMORY_KINDS};
use crate::intake::admit::Draft;
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::record::{Body, Deletion, Record, Wipe};
use crate::log::time::UnixMillis;
use crate::order;
use crate::search::request::Hit;

/// Which memories to forget; all that is given must hold, and something must be.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Exactly these.
    pub ids: Option<Vec<RecordId>>,
    /// Id of a project.
    pub project: Option<String>,
    /// Stands in it as search compares words: whatever the letter case, the marks on
    /// letters, their width, and characters without any.
    pub text: Option<String>,
    /// At this time or later.
    pub since: Option<UnixMillis>,
    /// Earlier than this time.
    pub before: Option<UnixMillis>,
    /// Must be true if nothing else is given.
    pub is_everything: bool,
}

/// What a selection holds at this moment.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selected {
    /// All of it, newest first: memories, sessions and their context.
    pub ids: Vec<RecordId>,
    /// How many of them are memories, which a person can see.
    pub total: usize,
    /// The newest of these.
    pub hits: Vec<Hit>,
}

/// Most memories of a selection that are shown.
const SHOWN: usize = 50;

/// How much later than all that this process knows a wipe may reach: what others wrote
/// meanwhile is of this year.
const UNSEEN_MILLIS: u64 = 365 * 24 * 60 * 60 * 1_000;

/// A record that could be chosen.
struct Candidate {
    id: RecordId,
    is_memory: bool,
    at: UnixMillis,
    stamp: StampKey,
}

impl Selection {
    fn check(&self) -> Result<()> {
        let Self {
            ids,
            project,
            text,
            since,
            before,
            is_everything,
        } = self;
        if text
            .as_ref()
            .is_some_and(|text| folded(text).trim().is_empty())
        {
            return Err(Error::invalid("text", "is empty"));
        }
        let is_limited = ids.is_some()
            || project.is_some()
            || text.is_some()
            || since.is_some()
            || before.is_some();
        match (is_limited, *is_everything) {
            (true, false) | (false, true) => Ok(()),
            (false, false) => Err(Error::invalid(
                "selection",
                "says neither what to forget nor that everything goes",
            )),
            (true, true) => Err(Error::invalid(
                "isEverything",
                "contradicts the other fields",
            )),
        }
    }

    /// The end of a whole project, or of everything, which ends also what this
    /// process has not seen.
    fn wipes(&self) -> Option<Option<String>> {
        match self {
            Self {
                ids: None,
                project,
                text: None,
                since: None,
                before: None,
                is_everything: _,
            } => Some(project.clone()),
            _ => None,
        }
    }
}

impl Store {
    /// Shows what a selection holds. Nothing changes.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] for a selection that says nothing or contradicts
    /// itself, [`Error::NotFound`] for an unknown id.
    pub fn select(&self, selection: &Selection) -> Result<Selected> {
        selection.check()?;
        let candidates = match &selection.ids {
            Some(ids) => self.index.candidates_by_id(ids)?,
            None => Vec::new(),
        };
        let rows = match &selection.ids {
            Some(_) => self.index.keep_matching(candidates, selection)?,
            None => self.index.matching_selection(selection)?,
        };
        let mut selected = Selected::default();
        for row in rows {
            if row.is_memory {
                selected.total += 1;
                if selected.hits.len() < SHOWN {
                    selected.hits.extend(self.index.hit(row.id)?);
                }
            }
            selected.ids.push(row.id);
        }
        Ok(selected)
    }

    /// Ends what a selection holds, for good; gives how many memories there are of it.
    ///
    /// A whole project, or everything, ends as of now: with what other processes
    /// wrote and this one has not seen.
    ///
    /// # Errors
    ///
    /// As [`Store::select`]; nothing is forgotten then.
    pub fn forget_selected(&mut self, selection: &Selection, now: UnixMillis) -> Result<usize> {
        let selected = self.select(selection)?;
        match selection.wipes() {
            Some(project) => {
                // A clock that is wrong by years must not end what comes in them.
                let newest = self.index.newest_stamps()?;
                let newest = newest
                    .0
                    .max(newest.1)
                    .map(|newest| newest.plus(UNSEEN_MILLIS));
                let read = self.clock.read(now);
                let before = newest.map_or(read.clone(), |newest| read.min(newest));
                if before.is_beyond_wipes() {
                    self.end(selected.ids, now)?;
                } else {
                    // Stamps of a clock that is far ahead are not followed, so a wipe
                    // does not reach them.
                    let ahead = self.index.stamped_after(&before, &selected.ids)?;
                    for project in self.index.wiped_ids(project) {
                        let before = before.clone();
                        self.push(Body::Wipe(Wipe { project, before }), now)?;
                    }
                    self.end(ahead, now)?;
                }
            }
            None => self.end(selected.ids, now)?,
        }
        Ok(selected.total)
    }

    /// Ends memories for good; gives how many there are of them. An edit that is ended
    /// is taken back.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for an unknown id; nothing is forgotten then.
    pub fn forget(&mut self, ids: &[RecordId], now: UnixMillis) -> Result<usize> {
        // What is told again after that is told anew.
        self.twice = Twice::default();
        let ids = Some(ids.to_vec());
        let selection = Selection {
            ids,
            ..Selection::default()
        };
        self.forget_selected(&selection, now)
    }

    pub(super) fn end(&mut self, ids: Vec<RecordId>, now: UnixMillis) -> Result<()> {
        // Whoever forgets a memory forgets its copies from other windows too.
        let mut ended = Vec::with_capacity(ids.len());
        let mut known = HashSet::new();
        for id in ids {
            for id in std::iter::once(id).chain(self.index.folded_with(id)) {
                if known.insert(id) {
                    ended.push(id);
                }
            }
        }
        self.end_exactly(ended, now)
    }

    /// Ends these records and no others.
    pub(super) fn end_exactly(&mut self, ids: Vec<RecordId>, now: UnixMillis) -> Result<()> {
        for chunk in ids.chunks(Deletion::MAX) {
            self.push(Body::Del(Deletion { of: chunk.to_vec() }), now)?;
        }
        Ok(())
    }

    fn push(&mut self, body: Body, now: UnixMillis) -> Result<()> {
        let draft = Draft {
            at: None,
            origin: None,
            body,
        };
        let pending = self.seal(None, draft, now)?;
        self.pending.push_back(pending);
        Ok(())
    }
}

impl Index {
    /// What wipes of all ids of a project name, or that of everything.
    fn wiped_ids(&self, project: Option<String>) -> Vec<Option<String>> {
        let Some(id) = project else {
            return vec![None];
        };
        let projects = self.rows().projects();
        let group = self.rows().project_number(&id);
        let ids = group.into_iter().flat_map(|group| projects.ids(group));
        let mut ids: Vec<String> = ids.map(str::to_owned).collect();
        if !ids.contains(&id) {
            ids.push(id);
        }
        ids.into_iter().map(Some).collect()
    }

    fn candidates_by_id(&self, ids: &[RecordId]) -> Result<Vec<Candidate>> {
        let mut known = HashSet::new();
        let mut candidates = Vec::with_capacity(ids.len());
        for id in ids.iter().filter(|id| known.insert(**id)) {
            candidates.push(match self.rows().by_id(*id) {
                Some(row) => Candidate::of(row),
                None => {
                    // An edit is taken back.
                    let of = self.edited_by(*id)?.ok_or(Error::NotFound(*id))?;
                    let row = self.rows().by_id(of).ok_or(Error::NotFound(*id))?;
                    Candidate {
                        id: *id,
                        is_memory: false,
                        ..Candidate::of(row)
                    }
                }
            });
        }
        Ok(candidates)
    }

    fn stamped_after(&self, before: &Stamp, ids: &[RecordId]) -> Result<Vec<RecordId>> {
        let ids: HashSet<&RecordId> = ids.iter().collect();
        let place = StampKey::new(before);
        let rows = self.rows().iter().map(|(_, row)| row);
        let mut after: Vec<RecordId> = rows
            .filter(|row| row.stamp >= place)
            .map(|row| row.id)
            .collect();
        let mut statement = self.database().prepare_cached(
            "SELECT id FROM session_end WHERE stamp >= ?1
                 UNION ALL SELECT id FROM alias WHERE stamp >= ?1",
        )?;
        let ends = statement.query_map([before.to_string()], |row| {
            row.get(0).map(RecordId::from_bytes)
        })?;
        for id in ends {
            after.push(id?);
        }
        after.retain(|id| ids.contains(id));
        Ok(after)
    }

    fn keep_matching(
        &self,
        candidates: Vec<Candidate>,
        selection: &Selection,
    ) -> Result<Vec<Candidate>> {
        let others = Selection {
            ids: None,
            ..selection.clone()
        };
        if others == Selection::default() {
            return Ok(candidates);
        }
        let matching: HashSet<RecordId> = self
            .matching_selection(&others)?
            .into_iter()
            .map(|c| c.id)
            .collect();
        let mut candidates = candidates;
        candidates.retain(|candidate| matching.contains(&candidate.id));
        Ok(candidates)
    }

    /// Everything that passes the conditions but `ids`, newest first.
    fn matching_selection(&self, selection: &Selection) -> Result<Vec<Candidate>> {
        let text = selection
            .text
            .as_ref()
            .map(|text| folded(text).trim().to_owned());
        let rows = self.rows();
        let project = selection.project.as_ref().map(|id| rows.project_number(id));
        let is_in_time = |at: UnixMillis| {
            selection.since.is_none_or(|since| at >= since)
                && selection.before.is_none_or(|before| at < before)
        };
        let mut matching = Vec::new();
        for (number, row) in self.rows().newest_first(None) {
            let is_in_project = project.is_none_or(|project| project == Some(row.project));
            if !is_in_project || !is_in_time(row.at) {
                continue;
            }
            if let Some(text) = &text {
                let json = self.record_at(number)?.unwrap_or_default();
                if !self.says(row.id, &json, text)? {
                    continue;
                }
            }
            matching.push(Candidate::of(row));
        }
        let mut statement = self.database().prepare_cached(
            "SELECT id, record, at, stamp, project FROM session_end
                 UNION ALL SELECT id, record, at, stamp, project FROM alias",
        )?;
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            let id = RecordId::from_bytes(row.get(0)?);
            let (json, at) = (row.get::<_, String>(1)?, UnixMillis(row.get(2)?));
            let stamp: Option<Stamp> = row.get::<_, String>(3)?.parse().ok();
            let theirs: Option<String> = row.get(4)?;
            let theirs = theirs.and_then(|id| self.rows().project_number(&id));
            let is_in_project =
                project.is_none_or(|project| project.is_some() && project == theirs);
            let says_it = match &text {
                None => true,
                Some(text) => self.says(id, &json, text)?,
            };
            if is_in_project && is_in_time(at) && says_it {
                matching.push(Candidate {
                    id,
                    is_memory: false,
                    at,
                    stamp: stamp.map_or(StampKey::FIRST, |stamp| StampKey::new(&stamp)),
                });
            }
        }
        order::sort_by_key(&mut matching, |candidate| {
            Reverse((candidate.at, candidate.stamp))
        });
        Ok(matching)
    }

    /// Whether a text, in lower case, stands in a record or in an edit of it.
    fn says(&self, id: RecordId, json: &str, text: &str) -> Result<bool> {
        if record_says(json, text) {
            return Ok(true);
        }
        let mut statement = self
            .database()
            .prepare_cached("SELECT record FROM edit WHERE of = ?1")?;
        let mut rows = statement.query([id.as_bytes()])?;
        while let Some(row) = rows.next()? {
            if record_says(&row.get::<_, String>(0)?, text) {
                return Ok(true);
            }
        }
        Ok(false)
    }
}

fn record_says(json: &str, text: &str) -> bool {
    let Ok(mut record) = Record::from_json(json) else {
        return false;
    };
    if let Body::Edit(edit) = &mut record.body {
        // Where it belongs is no part of what it says.
        edit.target = None;
    }
    let mut says_it = false;
    record.body.texts_mut(&mut |field| {
        says_it |= folded(field).contains(text);
    });
    says_it
}

impl Candidate {
    fn of(row: &Row) -> Self {
        Self {
            id: row.id,
            is_memory: MEMORY_KINDS.contains(&row.kind),
            at: row.at,
            stamp: row.stamp,
        }
    }
}
