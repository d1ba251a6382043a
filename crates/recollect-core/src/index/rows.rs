//! What ranking, filtering and listing need to know of each memory, in memory:
//! a search looks at thousands of rows and shows twenty.
//!
//! A row's number is that of its record in `memory` and of its text in
//! `memory_text`; it is above those of all rows that came before.

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};

use crate::id::RecordId;
use crate::memory::Memory;
use crate::order;
use crate::privacy::key_of;
use crate::project::Project;
use crate::record::{Flag, Kind, Provenance, Trust};
use crate::salience::{self, Fading, Uses};
use crate::sector::{self, Sectors};
use crate::time::{Stamp, UnixMillis};

use super::alias::Aliases;
use super::fold;
use super::mark::Marked;
use super::names::{Name, Names};
use super::projects::Projects;
use super::sessions::Sessions;
use super::slots::Slots;

/// A [`Stamp`] without its allocation, in the same order.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct StampKey {
    pub(super) time: u64,
    pub(super) writer: [u8; 8],
}

impl StampKey {
    /// Before every stamp.
    pub(crate) const FIRST: Self = Self {
        time: 0,
        writer: [0; 8],
    };

    pub(crate) fn new(stamp: &Stamp) -> Self {
        let mut writer = [0; 8];
        for (to, from) in writer.iter_mut().zip(stamp.writer.bytes()) {
            *to = from;
        }
        Self {
            time: stamp.millis << 16 | u64::from(stamp.counter),
            writer,
        }
    }

    pub(crate) fn stamp(self) -> Stamp {
        let [.., high, low] = self.time.to_be_bytes();
        Stamp {
            millis: self.time >> 16,
            counter: u16::from_be_bytes([high, low]),
            writer: String::from_utf8_lossy(&self.writer).into_owned(),
        }
    }
}

/// One memory.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Row {
    pub(crate) id: RecordId,
    pub(crate) at: UnixMillis,
    pub(crate) stamp: StampKey,
    /// Number of the project that it belongs to.
    pub(crate) project: u32,
    /// Number of the id that its record names.
    pub(super) own_project: u32,
    /// What its record calls the project.
    pub(super) project_name: Name,
    pub(crate) kind: Kind,
    pub(crate) memory_type: Name,
    pub(crate) session: Name,
    pub(crate) provenance: Provenance,
    pub(crate) trust: Trust,
    /// Why it is not recalled by itself, if so.
    pub(crate) flag: Option<Flag>,
    pub(crate) is_pinned: bool,
    pub(crate) is_archived: bool,
    /// Whether it is shown through an earlier one that says the same.
    pub(crate) is_folded: bool,
    /// Estimated cost of the full memory.
    pub(crate) tokens: u32,
    /// Tokens that full-text search has of it.
    pub(crate) length: u32,
    pub(crate) sectors: Sectors,
    /// When it was last used, or else the moment it is of.
    pub(crate) last_seen: UnixMillis,
    /// Salience when it was last seen, from 0 to 1.
    pub(crate) strength: f32,
    /// When it no longer holds, or the end of time.
    pub(crate) expires_at: UnixMillis,
    /// Hash of what it says, or 0 if it is never folded.
    pub(crate) content: u64,
    /// The next row with the same hash, or 0.
    pub(super) next_same: u32,
}

impl Row {
    /// How much it matters at a moment, from 0 to 1.
    pub(crate) fn salience(&self, fading: &Fading) -> f64 {
        if self.is_pinned {
            return 1.0;
        }
        let sector = self.sectors.primary();
        fading.salience(f64::from(self.strength), sector, self.last_seen)
    }
}

/// Stands for no moment.
pub(super) const NEVER: UnixMillis = UnixMillis(i64::MAX);

/// A fact that no longer holds: what it replaced does not come back.
#[derive(Clone, Copy, Debug)]
struct Expired {
    content: u64,
    project: u32,
    stamp: StampKey,
}

/// All rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// By number less one.
    slots: Slots,
    marked: Marked,
    by_id: HashMap<RecordId, u32>,
    by_time: BTreeSet<(UnixMillis, StampKey, u32)>,
    by_session: Sessions,
    /// The first row of each hash.
    by_content: HashMap<u64, u32>,
    /// No row expires before, and none is replaced by one that has; none if none will.
    next_expiry: Option<UnixMillis>,
    expired: Vec<Expired>,
    pub(super) projects: Projects,
    pub(crate) names: Names,
    pub(super) aliases: Aliases,
}

impl Rows {
    pub(crate) fn len(&self) -> usize {
        self.by_id.len()
    }

    /// Makes room for so many rows.
    pub(super) fn reserve(&mut self, rows: usize) {
        self.by_id.reserve(rows);
        self.by_content.reserve(rows);
    }

    /// The number that the next row gets.
    pub(super) fn next_number(&self) -> u32 {
        u32::try_from(self.slots.len() + 1).unwrap_or(u32::MAX)
    }

    pub(crate) fn get(&self, number: u32) -> Option<&Row> {
        self.slots.get(number.checked_sub(1)? as usize)
    }

    fn get_mut(&mut self, number: u32) -> Option<&mut Row> {
        self.slots
            .get_mut(number.checked_sub(1)? as usize)?
            .as_mut()
    }

    pub(crate) fn number(&self, id: RecordId) -> Option<u32> {
        self.by_id.get(&id).copied()
    }

    pub(crate) fn by_id(&self, id: RecordId) -> Option<&Row> {
        self.get(self.number(id)?)
    }

    /// All rows in the order of their numbers.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (u32, &Row)> {
        self.behind(0)
    }

    /// The rows whose numbers are above `number`, in their order.
    pub(super) fn behind(&self, number: u32) -> impl Iterator<Item = (u32, &Row)> {
        let rows = self.slots.from(number as usize);
        rows.map(|(slot, row)| (slot as u32 + 1, row))
    }

    /// All rows, newest first, of those before a place in that order if one is given.
    pub(crate) fn newest_first(
        &self,
        before: Option<(UnixMillis, StampKey)>,
    ) -> impl Iterator<Item = (u32, &Row)> {
        let end = before.map_or((UnixMillis(i64::MAX), StampKey::FIRST, 0), |(at, stamp)| {
            (at, stamp, 0)
        });
        self.by_time
            .range(..end)
            .rev()
            .filter_map(|(_, _, number)| Some((*number, self.get(*number)?)))
    }

    /// All rows behind a place in the order of time, oldest first.
    pub(crate) fn oldest_first(
        &self,
        place: (UnixMillis, StampKey),
    ) -> impl Iterator<Item = (u32, &Row)> {
        self.by_time
            .range((place.0, place.1, u32::MAX)..)
            .filter_map(|(_, _, number)| Some((*number, self.get(*number)?)))
    }

    /// Key of a row's session.
    pub(crate) fn session(&self, row: &Row) -> Option<&str> {
        self.names.text(row.session)
    }

    /// Type of a row's observation or event.
    pub(crate) fn memory_type(&self, row: &Row) -> Option<&str> {
        self.names.text(row.memory_type)
    }

    /// A session's key as its records have it, however it was typed.
    pub(crate) fn session_key<'a>(&self, key: &'a str) -> Cow<'a, str> {
        match self.names.find(key) {
            Some(_) => Cow::Borrowed(key),
            None => Cow::Owned(key_of(key)),
        }
    }

    /// The earliest row of a session.
    pub(crate) fn first_of_session(&self, key: &str) -> Option<&Row> {
        let name = self.names.find(&self.session_key(key))?;
        let rows = self.of_session(name).iter();
        rows.filter_map(|number| self.get(*number))
            .min_by_key(|row| (row.at, row.stamp))
    }

    /// Numbers of the rows of a session, in their order.
    pub(crate) fn of_session(&self, name: Name) -> &[u32] {
        self.by_session.rows(name)
    }

    /// The names of all sessions.
    pub(crate) fn sessions(&self) -> impl Iterator<Item = Name> {
        self.by_session.names()
    }

    /// Sessions whose rows are others than when this was last asked.
    pub(super) fn take_changed_sessions(&mut self) -> Vec<Name> {
        self.by_session.take_changed()
    }

    /// Takes all rows out; names keep their numbers.
    pub(super) fn clear(&mut self) {
        self.by_session.clear();
        *self = Self {
            by_session: std::mem::take(&mut self.by_session),
            names: std::mem::take(&mut self.names),
            ..Self::default()
        };
    }

    pub(crate) fn project(&self, number: u32) -> Option<&Project> {
        self.projects.shown(number)
    }

    /// The id of its project that a row's record names.
    pub(crate) fn own_project(&self, row: &Row) -> Option<&Project> {
        self.projects.own(row.own_project)
    }

    /// The projects that have this id or had this name.
    pub(crate) fn projects_named(&self, text: &str) -> Vec<u32> {
        let name_of = |name| self.names.text(name).map(str::to_owned);
        self.projects.named(text, name_of)
    }

    /// The ids of all projects.
    pub(crate) fn projects(&self) -> &Projects {
        &self.projects
    }

    /// Puts each row where the id that its record names belongs now.
    pub(super) fn regroup(&mut self) {
        let moved: Vec<RecordId> = self
            .iter()
            .filter(|(_, row)| row.project != self.projects.group(row.own_project))
            .map(|(_, row)| row.id)
            .collect();
        for id in moved {
            if let Some((number, mut row)) = self.remove(id) {
                row.project = self.projects.group(row.own_project);
                self.insert_at(number, row);
            }
        }
        for one in &mut self.expired {
            one.project = self.projects.group(one.project);
        }
    }

    /// The project of that id.
    pub(crate) fn project_number(&self, id: &str) -> Option<u32> {
        self.projects.group_of(id)
    }

    /// The row of a memory, to be put in.
    pub(super) fn row_of(
        &mut self,
        memory: &Memory,
        stamp: StampKey,
        length: u32,
        uses: Uses,
    ) -> Row {
        let sectors = memory.sectors.unwrap_or_else(|| sector::classify(memory));
        let initial = salience::initial(memory.kind, sectors);
        let own_project = self.projects.note(&memory.project, stamp);
        Row {
            id: memory.id,
            at: memory.at,
            stamp,
            project: self.projects.group(own_project),
            own_project,
            project_name: self.names.intern(Some(&memory.project.name)),
            kind: memory.kind,
            memory_type: self.names.intern(memory.memory_type.as_deref()),
            session: self.names.intern(memory.session.as_deref()),
            provenance: memory.provenance,
            trust: memory.trust,
            flag: memory.flag,
            is_pinned: memory.is_pinned,
            is_archived: memory.is_archived,
            is_folded: false,
            tokens: memory.tokens(),
            length,
            sectors,
            expires_at: memory.expires_at.unwrap_or(NEVER),
            last_seen: uses.last_seen(memory.at),
            strength: salience::strength(initial, uses) as f32,
            content: 0,
            next_same: 0,
        }
    }

    /// Takes note of all uses of a memory.
    pub(super) fn set_uses(&mut self, id: RecordId, uses: Uses) {
        let row = self.number(id).and_then(|number| self.get_mut(number));
        if let Some(row) = row {
            let initial = salience::initial(row.kind, row.sectors);
            row.last_seen = uses.last_seen(row.at);
            row.strength = salience::strength(initial, uses) as f32;
        }
    }

    /// Puts a row in under a number that none has.
    pub(super) fn insert_at(&mut self, number: u32, mut row: Row) {
        let slot = (number as usize).saturating_sub(1);
        self.by_id.insert(row.id, number);
        self.aliases.note_new(row.id);
        self.by_time.insert((row.at, row.stamp, number));
        self.by_session.note(row.session, number, true);
        self.projects
            .count_name(row.own_project, row.project_name, true);
        if row.content != 0 {
            row.next_same = self.by_content.insert(row.content, number).unwrap_or(0);
        }
        let may_be_replaced = row.kind == Kind::Fact && !self.expired.is_empty();
        let expires_at = if may_be_replaced {
            UnixMillis(0)
        } else {
            row.expires_at
        };
        if expires_at < self.next_expiry.unwrap_or(NEVER) {
            self.next_expiry = Some(expires_at);
        }
        let (content, project) = (row.content, row.project);
        self.marked.note(number, &row);
        self.slots.put(slot, row);
        self.fold(content, project);
    }

    /// Takes the row of an id out.
    pub(super) fn remove(&mut self, id: RecordId) -> Option<(u32, Row)> {
        let number = self.by_id.remove(&id)?;
        self.aliases.note_gone();
        let row = self.slots.get_mut(number as usize - 1)?.take()?;
        self.marked.end(number);
        self.by_time.remove(&(row.at, row.stamp, number));
        self.by_session.note(row.session, number, false);
        self.projects
            .count_name(row.own_project, row.project_name, false);
        self.unchain(&row, number);
        self.fold(row.content, row.project);
        Some((number, row))
    }

    fn unchain(&mut self, row: &Row, number: u32) {
        let Some(mut at) = self.by_content.get(&row.content).copied() else {
            return;
        };
        if at == number {
            match row.next_same {
                0 => self.by_content.remove(&row.content),
                next => self.by_content.insert(row.content, next),
            };
            return;
        }
        while let Some(before) = self.get_mut(at) {
            if before.next_same == number {
                before.next_same = row.next_same;
                return;
            }
            at = before.next_same;
        }
    }

    /// Whether something expires, or is replaced by what has, at a moment.
    pub(super) fn has_expired(&self, now: UnixMillis) -> bool {
        self.next_expiry.is_some_and(|next| next <= now)
    }

    /// Facts that no longer hold at a moment, and those that they had replaced.
    pub(super) fn expire(&mut self, now: UnixMillis) -> (Vec<RecordId>, Vec<RecordId>) {
        let mut gone = Vec::new();
        let mut expired = std::mem::take(&mut self.expired);
        let mut next = NEVER;
        for (_, row) in self.iter() {
            if row.expires_at <= now {
                gone.push(row.id);
                expired.push(Expired {
                    content: row.content,
                    project: row.project,
                    stamp: row.stamp,
                });
            } else {
                next = next.min(row.expires_at);
            }
        }
        let mut replaced = Vec::new();
        for one in &expired {
            for number in self.same(one.content, one.project) {
                let row = self.get(number);
                let older = row.filter(|row| row.stamp < one.stamp && row.expires_at > now);
                replaced.extend(older.map(|row| row.id));
            }
        }
        self.expired = expired;
        self.next_expiry = (next < NEVER).then_some(next);
        (gone, replaced)
    }

    /// Numbers of the rows of a project that say the same.
    pub(crate) fn same(&self, content: u64, project: u32) -> Vec<u32> {
        let mut same = Vec::new();
        if content == 0 {
            return same;
        }
        let mut at = self.by_content.get(&content).copied().unwrap_or(0);
        while let Some(row) = self.get(at) {
            if row.project == project {
                same.push(at);
            }
            at = row.next_same;
        }
        same
    }

    /// Decides anew which of the rows with this content are folded.
    fn fold(&mut self, content: u64, project: u32) {
        let mut same = self.same(content, project);
        if let [only] = same[..] {
            self.set_folded(only, false);
            return;
        }
        let is_fact = |number| self.get(number).is_some_and(|row| row.kind == Kind::Fact);
        if same.first().is_some_and(|first| is_fact(*first)) {
            let last = |number: &u32| self.get(*number).map(|row| (row.stamp, row.id));
            let shown = same.iter().copied().max_by_key(last);
            for number in same {
                self.set_folded(number, Some(number) != shown);
            }
            return;
        }
        order::sort_by_key(&mut same, |number| {
            self.get(*number).map(|row| (row.at, row.id))
        });
        let times: Vec<UnixMillis> = same
            .iter()
            .filter_map(|number| Some(self.get(*number)?.at))
            .collect();
        for (number, is_folded) in same.into_iter().zip(fold::folded(&times)) {
            self.set_folded(number, is_folded);
        }
    }

    fn set_folded(&mut self, number: u32, is_folded: bool) {
        let Some(slot) = number.checked_sub(1) else {
            return;
        };
        if let Some(Some(row)) = self.slots.get_mut(slot as usize) {
            row.is_folded = is_folded;
            self.marked.note(number, row);
        }
    }

    /// What searches ask of each row before they look at it.
    pub(crate) fn marked(&self) -> &Marked {
        &self.marked
    }
}
