//! What comes in: drafts, notes and commits, filtered, sealed and pending.

use std::borrow::Cow;
use std::collections::HashSet;

use super::twice::Twice;
use super::{Pending, Store};
use crate::derive::commit::{self, Commit};
use crate::derive::note::{self, Note};
use crate::error::{Error, Result};
use crate::intake::admit::{Draft, Excess, MAX_BODY_BYTES, admit, cut_unread};
use crate::intake::envelope;
use crate::intake::instruction;
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::project::Project;
use crate::log::record::{self, Body, Observation, Origin, Provenance, Record, Trust};
use crate::log::segment::MAX_LINE_BYTES;
use crate::log::time::UnixMillis;
use crate::weigh::sector;
use recollect_words::json::shape;

/// Most records that may wait to be written; reached only while writing fails.
pub const MAX_PENDING_RECORDS: usize = 2_000;
/// Most bytes of them.
pub const MAX_PENDING_BYTES: usize = 8 * 1024 * 1024;

/// What records replace each other's say about.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) enum Subject {
    /// A key of a project.
    Key(String, String),
    /// A memory that is edited.
    Memory(RecordId),
}

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is durable once the flush that holds it is.
    Pending(RecordId),
    /// All it said was private: nothing of it is kept.
    Private,
    /// Nobody said it: a host's own message where a prompt would stand.
    Nothing,
}

/// What became of drafts of which each stands for itself.
#[derive(Debug, Default)]
pub struct Captured {
    /// Of those that were not refused, in their order.
    pub appended: Vec<Appended>,
    /// Why the others were; no reason holds a text of theirs.
    pub refused: Vec<Error>,
}

/// A list of drafts that is being taken in.
struct List {
    ready: Vec<Pending>,
    /// Of facts: the project and the key.
    keys: Vec<(String, String)>,
    twice: Twice,
    now: UnixMillis,
}

/// What is left of a draft that was looked at.
#[allow(clippy::large_enum_variant)] // Lives for one turn of a loop.
enum Admitted {
    Kept(Draft),
    Left(Appended),
}

/// What became of one thing that a repository tells.
enum Lesson {
    New,
    Known,
    Nothing,
}

/// What became of a list of commits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Learned {
    /// New, durable once flushed.
    pub pending: u32,
    /// Learned before, or forgotten.
    pub known: u32,
    /// Said nothing that may be kept.
    pub skipped: u32,
    /// New memories of releases that tags name; durable once flushed.
    pub releases: u32,
}

impl Store {
    /// Takes drafts in, all or none, in their order.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] and [`Error::TooLarge`] for a draft that cannot
    /// be kept, [`Error::NotFound`] for an edit of an unknown memory; nothing
    /// of the list is taken then. [`Error::Full`] while too much waits.
    pub fn append(&mut self, drafts: Vec<Draft>, now: UnixMillis) -> Result<Vec<Appended>> {
        self.check_room()?;
        let mut list = self.list(now);
        let mut results = Vec::with_capacity(drafts.len());
        for draft in drafts {
            results.push(self.take_in(&mut list, draft, Excess::Refused)?);
        }
        self.close(list)?;
        Ok(results)
    }

    /// One draft more of a list.
    fn take_in(&mut self, list: &mut List, draft: Draft, excess: Excess) -> Result<Appended> {
        let draft = match self.admit(draft, excess)? {
            Admitted::Kept(draft) => draft,
            Admitted::Left(left) => return Ok(left),
        };
        let prompt = list.twice.prompt(&draft, list.now);
        if let Some(known) = prompt.as_ref().and_then(|prompt| list.twice.known(prompt)) {
            return Ok(Appended::Pending(known));
        }
        let key = match (&draft.body, &draft.origin) {
            (Body::Fact(fact), Some(origin)) => Some((origin.project.id.clone(), fact.key.clone())),
            _ => None,
        };
        let pending = self.seal(None, draft, list.now)?;
        let id = pending.id;
        list.keys.extend(key);
        if let Some(prompt) = prompt {
            list.twice.note(prompt, id);
        }
        list.ready.push(pending);
        Ok(Appended::Pending(id))
    }

    /// Lets what was taken of a list wait for its file.
    fn close(&mut self, list: List) -> Result<()> {
        let List {
            ready,
            keys,
            twice,
            now,
        } = list;
        for pending in &ready {
            let origin = pending
                .record
                .as_ref()
                .and_then(|record| record.origin.as_ref());
            if let Some(origin) = origin {
                self.push_claims(&origin.project.id, now)?;
            }
        }
        self.pending.extend(ready);
        self.twice = twice;
        self.thin_facts(&keys, now)
    }

    /// What the filter leaves of a text that is kept elsewhere than in a record; nothing if
    /// all of it is private.
    #[must_use]
    pub fn filtered(&self, text: &str) -> Option<String> {
        let mut kept = text.to_owned();
        let had_private = self.rules.clean_in_place(&mut kept);
        (!had_private || !kept.trim().is_empty()).then_some(kept)
    }

    /// Takes in what nobody asked to be remembered: as [`Store::append`], but a
    /// text that is too long is cut and marked so, and a draft that cannot be kept
    /// is left out by itself.
    ///
    /// # Errors
    ///
    /// [`Error::Full`] while too much waits; nothing of the list is taken then.
    pub fn capture(&mut self, drafts: Vec<Draft>, now: UnixMillis) -> Result<Captured> {
        self.check_room()?;
        let mut list = self.list(now);
        let mut captured = Captured::default();
        for draft in drafts {
            match self.take_in(&mut list, draft, Excess::Cut) {
                Ok(appended) => captured.appended.push(appended),
                Err(
                    error @ (Error::InvalidInput { .. }
                    | Error::TooLarge { .. }
                    | Error::NotFound(_)),
                ) => captured.refused.push(error),
                Err(error) => return Err(error),
            }
        }
        self.close(list)?;
        Ok(captured)
    }

    /// As [`Store::capture`], of one draft.
    pub(super) fn capture_one(&mut self, draft: Draft, now: UnixMillis) -> Result<Appended> {
        self.check_room()?;
        let mut list = self.list(now);
        let appended = self.take_in(&mut list, draft, Excess::Cut)?;
        self.close(list)?;
        Ok(appended)
    }

    /// As [`Store::capture`], of one draft under an id that was given before: the
    /// later record takes the place of the earlier, and none is made that would say
    /// what the earlier says. Nothing if it cannot be kept.
    pub(super) fn capture_as(
        &mut self,
        id: RecordId,
        draft: Draft,
        earlier: Option<&Body>,
        now: UnixMillis,
    ) -> Result<Option<Appended>> {
        self.check_room()?;
        let admitted = match self.admit(draft, Excess::Cut) {
            Ok(admitted) => admitted,
            Err(Error::InvalidInput { .. } | Error::TooLarge { .. }) => return Ok(None),
            Err(error) => return Err(error),
        };
        let draft = match admitted {
            Admitted::Kept(draft) => draft,
            Admitted::Left(left) => return Ok(Some(left)),
        };
        if earlier == Some(&draft.body) {
            return Ok(Some(Appended::Pending(id)));
        }
        let project = draft
            .origin
            .as_ref()
            .map(|origin| origin.project.id.clone());
        let pending = self.seal(Some(id), draft, now)?;
        if let Some(project) = project {
            self.push_claims(&project, now)?;
        }
        self.pending.push_back(pending);
        Ok(Some(Appended::Pending(id)))
    }

    fn list(&self, now: UnixMillis) -> List {
        List {
            ready: Vec::new(),
            keys: Vec::new(),
            twice: self.twice.clone(),
            now,
        }
    }

    /// Takes in a text that a person typed or selected.
    ///
    /// # Errors
    ///
    /// As [`Store::append`].
    pub fn remember(&mut self, note: Note, origin: Origin, now: UnixMillis) -> Result<Appended> {
        // The text is filtered before it is split, so that a tag that spans
        // the title and the rest is still one tag.
        let Some(observation) = note::observe_with(note, &self.rules)? else {
            return Ok(Appended::Private);
        };
        let draft = Draft {
            at: None,
            origin: Some(origin),
            body: Body::Observation(observation),
        };
        let appended = self.append(vec![draft], now)?;
        Ok(appended.into_iter().next().unwrap_or(Appended::Private))
    }

    /// Takes in the commits of a project; one that was learned before, or
    /// forgotten since, adds nothing.
    ///
    /// # Errors
    ///
    /// [`Error::Full`] while too much waits, and when the engine refuses a
    /// statement. A commit that cannot be kept is counted as skipped.
    pub fn learn(
        &mut self,
        project: &Project,
        commits: Vec<Commit>,
        now: UnixMillis,
    ) -> Result<Learned> {
        self.check_room()?;
        let mut waiting = self.waiting_ids();
        let mut learned = Learned::default();
        for mut commit in commits {
            // Twice of what is kept is filtered, so that nothing is halved that it would know.
            if commit.message.len() > 2 * MAX_BODY_BYTES {
                commit.message = cut_unread(&commit.message, 2 * MAX_BODY_BYTES);
            }
            let at = UnixMillis(commit.at.clamp(0, UnixMillis::MAX.0));
            for tag in &commit.tags {
                let name = ["tag ", tag].concat();
                if let Some(release) = commit::release(&commit, tag) {
                    let lesson = self.learn_one(project, at, &name, release, &mut waiting, now)?;
                    learned.releases += u32::from(matches!(lesson, Lesson::New));
                }
            }
            let committed_at = commit.committed_at.unwrap_or(commit.at);
            let committed_at = UnixMillis(committed_at.clamp(0, UnixMillis::MAX.0));
            // It was remembered by the time of the commit once.
            if self.knows_commit(committed_at, project, &commit.hash)? {
                learned.known += 1;
                continue;
            }
            let Some(observation) = commit::observe_with(&commit, &self.rules) else {
                learned.skipped += 1;
                continue;
            };
            match self.learn_one(project, at, &commit.hash, observation, &mut waiting, now)? {
                Lesson::New => learned.pending += 1,
                Lesson::Known => learned.known += 1,
                Lesson::Nothing => learned.skipped += 1,
            }
        }
        Ok(learned)
    }

    /// The commits of a project that are remembered, each as its hash and those of the commits
    /// that it follows, parted by spaces.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn known_commits(&self, project: &str) -> Result<Vec<String>> {
        self.index.known_commits(project)
    }

    /// Takes in what a repository tells under a name: a hash or a tag.
    fn learn_one(
        &mut self,
        project: &Project,
        at: UnixMillis,
        name: &str,
        observation: Observation,
        waiting: &mut HashSet<RecordId>,
        now: UnixMillis,
    ) -> Result<Lesson> {
        let id = RecordId::of_commit(at, &project.id, name);
        if waiting.contains(&id) || self.knows_commit(at, project, name)? {
            return Ok(Lesson::Known);
        }
        let draft = Draft {
            at: Some(at),
            origin: Some(Origin {
                project: project.clone(),
                provenance: Provenance::File,
                trust: Trust::High,
                flag: None,
                session: None,
                workspace: None,
            }),
            body: Body::Observation(observation),
        };
        match self.admit(draft, Excess::Cut) {
            Ok(Admitted::Kept(draft)) => {
                let pending = self.seal(Some(id), draft, now)?;
                self.push_claims(&project.id, now)?;
                self.pending.push_back(pending);
                waiting.insert(id);
                Ok(Lesson::New)
            }
            Ok(Admitted::Left(_)) | Err(Error::InvalidInput { .. } | Error::TooLarge { .. }) => {
                Ok(Lesson::Nothing)
            }
            Err(error) => Err(error),
        }
    }

    /// Whether a commit or tag was learned under any id of its project, or forgotten since.
    fn knows_commit(&self, at: UnixMillis, project: &Project, name: &str) -> Result<bool> {
        let rows = self.index.rows();
        let group = rows.project_number(&project.id);
        let ids = group
            .into_iter()
            .flat_map(|group| rows.projects().ids(group));
        for id in ids.chain([project.id.as_str()]) {
            if self.index.knows(RecordId::of_commit(at, id, name))? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Refuses more while what waits cannot be written.
    pub(super) fn check_room(&self) -> Result<()> {
        let (mut records, mut bytes) = (0, 0);
        for pending in self.waiting() {
            records += 1;
            bytes += pending.json.len();
        }
        if records < MAX_PENDING_RECORDS && bytes < MAX_PENDING_BYTES {
            return Ok(());
        }
        Err(Error::Full { records, bytes })
    }

    /// Ids of what waits to be written.
    pub(super) fn waiting_ids(&self) -> HashSet<RecordId> {
        self.waiting().map(|pending| pending.id).collect()
    }

    /// The draft as it may be stored, or why nothing of it is.
    fn admit(&mut self, mut draft: Draft, excess: Excess) -> Result<Admitted> {
        if self.prompts.covers(&draft) {
            return Ok(Admitted::Left(Appended::Private));
        }
        if let Body::Prompt(prompt) = &draft.body
            && envelope::is_all(&prompt.text)
        {
            return Ok(Admitted::Left(Appended::Nothing));
        }
        let prompt = match (&draft.body, &draft.origin) {
            (Body::Prompt(prompt), Some(origin)) => origin
                .session
                .clone()
                .map(|session| (session, prompt.number)),
            _ => None,
        };
        if let (Body::SessionEnd(end), None) = (&draft.body, &draft.origin) {
            // A wipe of the session's project has to reach it.
            draft.origin = self.index.origin_of_session(&end.session);
        }
        if let Body::Edit(edit) = &mut draft.body {
            let target = self.index.target(edit.of);
            edit.target = Some(target.ok_or(Error::NotFound(edit.of))?);
        }
        let mut admitted = admit(draft, &self.rules, excess)?;
        if let Some(Draft {
            body: Body::Prompt(prompt),
            ..
        }) = &mut admitted
            && let Cow::Owned(typed) = envelope::typed(&prompt.text)
        {
            if typed.is_empty() {
                return Ok(Admitted::Left(Appended::Nothing));
            }
            prompt.text = typed;
        }
        admitted.iter_mut().for_each(instruction::flag);
        if let Some((session, number)) = prompt {
            self.prompts.note(&session, number, admitted.is_none());
        }
        Ok(admitted.map_or(Admitted::Left(Appended::Private), Admitted::Kept))
    }

    /// A reading of the clock that is later than what the record replaces: somebody's
    /// clock may have been ahead, and who writes later is to be believed all the same.
    fn stamp_for(
        &mut self,
        origin: Option<&Origin>,
        body: &Body,
        now: UnixMillis,
    ) -> Result<Stamp> {
        let stamp = self.clock.read(now);
        let (subject, replaced) = match (body, origin) {
            (Body::Fact(fact), Some(origin)) => {
                let replaced = self
                    .index
                    .replaced_by(&origin.project.id, &fact.key, origin.trust);
                let subject = Subject::Key(origin.project.id.clone(), fact.key.clone());
                (subject, replaced.map(|row| row.stamp.stamp()))
            }
            (Body::Edit(edit), _) => {
                let replaced = self.index.last_edit_of(edit.of)?;
                (
                    Subject::Memory(edit.of),
                    replaced.and_then(|stamp| stamp.parse().ok()),
                )
            }
            _ => return Ok(stamp),
        };
        let replaced = replaced.max(self.ahead.get(&subject).cloned());
        let ahead = replaced.filter(|replaced| *replaced >= stamp);
        let Some(next) = ahead.and_then(|replaced| replaced.next(&self.writer)) else {
            return Ok(stamp);
        };
        self.ahead.insert(subject, next.clone());
        Ok(next)
    }

    /// Makes the record and its line.
    pub(super) fn seal(
        &mut self,
        id: Option<RecordId>,
        draft: Draft,
        now: UnixMillis,
    ) -> Result<Pending> {
        let Draft {
            at,
            mut origin,
            body,
        } = draft;
        let id = id.unwrap_or_else(|| RecordId::new(now, &self.entropy.bytes()));
        if let (Body::Session(_), Some(origin)) = (&body, &mut origin) {
            // A session that nobody named is known by the id of its record.
            origin.session.get_or_insert_with(|| id.to_string());
        }
        let stamp = self.stamp_for(origin.as_ref(), &body, now)?;
        let mut record = Record {
            id,
            stamp,
            at: at.unwrap_or(now),
            sectors: None,
            origin,
            body,
        };
        record.sectors = Memory::of(record.clone()).map(|memory| sector::classify(&memory));
        let json = record.to_json()?;
        if json.len() > MAX_LINE_BYTES {
            return Err(Error::TooLarge {
                field: "text",
                found: json.len(),
                limit: MAX_LINE_BYTES,
            });
        }
        if shape(&json).0 > record::MAX_DEPTH {
            return Err(Error::invalid(
                "metadata",
                format!("is nested deeper than {} levels", record::MAX_DEPTH),
            ));
        }
        Ok(Pending {
            id,
            record: Some(record),
            json,
        })
    }
}
