//! What ranking, filtering and listing need to know of each memory, in memory:
//! a search looks at thousands of rows and shows twenty.
//!
//! A row's number is that of its record in `memory` and of its text in
//! `memory_text`; it is above those of all rows that came before.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::ops::Bound::{Excluded, Included};

use crate::intake::privacy::key_of;
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::project::Project;
use crate::log::record::{Kind, Trust, Uses};
use crate::log::time::UnixMillis;
use crate::weigh::salience;
use crate::weigh::sector;

use super::alias::Aliases;
use super::mark::Marked;
use super::names::{Name, Names};
use super::projects::Projects;
use super::row::{NEVER, Row, StampKey};
use super::same::{Key, Same};
use super::sessions::Sessions;
use super::slots::Slots;

/// All rows.
#[derive(Debug, Default)]
pub(crate) struct Rows {
    /// By number less one.
    slots: Slots,
    marked: Marked,
    by_id: HashMap<RecordId, u32>,
    by_time: BTreeSet<(UnixMillis, StampKey, u32)>,
    by_session: Sessions,
    pub(super) same: Same,
    /// Facts with a time limit, by the moment from which on they no longer hold.
    by_expiry: BTreeSet<(UnixMillis, u32)>,
    /// As of when facts hold or do not.
    now: UnixMillis,
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
        self.same.reserve(rows);
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

    /// The earliest row of a session, of those that are believed most.
    pub(crate) fn first_of_session(&self, key: &str) -> Option<&Row> {
        let name = self.names.find(&self.session_key(key))?;
        let rows = self.of_session(name).iter();
        rows.filter_map(|number| self.get(*number))
            .min_by_key(|row| (row.trust == Trust::Low, row.at, row.stamp))
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
            now: self.now,
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
        self.settle();
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
        // Who is believed less names no project that others name.
        let named_at = match memory.trust {
            Trust::High => stamp,
            Trust::Low => StampKey::FIRST,
        };
        let own_project = self.projects.note(&memory.project, named_at);
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

    /// Puts a row in under a number that none has. [`Rows::settle`] decides afterwards
    /// which rows are folded.
    pub(super) fn insert_at(&mut self, number: u32, mut row: Row) {
        let slot = (number as usize).saturating_sub(1);
        self.by_id.insert(row.id, number);
        self.aliases.note_new(row.id);
        self.by_time.insert((row.at, row.stamp, number));
        self.by_session.note(row.session, number, true);
        self.projects
            .count_name(row.own_project, row.project_name, true);
        if row.expires_at < NEVER {
            self.by_expiry.insert((row.expires_at, number));
        }
        row.is_folded = row.expires_at <= self.now;
        self.marked.note(number, &row);
        if let Some(key) = Key::new(row.content, row.project) {
            let slots = &self.slots;
            let other = |number: u32| slots.get(number as usize - 1);
            self.same.insert(key, number, &row, other);
        }
        self.slots.put(slot, row);
    }

    /// Takes the row of an id out.
    pub(super) fn remove(&mut self, id: RecordId) -> Option<(u32, Row)> {
        let number = self.by_id.remove(&id)?;
        self.aliases.note_gone();
        let row = self.slots.get_mut(number as usize - 1)?.take()?;
        self.marked.end(number);
        self.by_time.remove(&(row.at, row.stamp, number));
        self.by_expiry.remove(&(row.expires_at, number));
        self.by_session.note(row.session, number, false);
        self.projects
            .count_name(row.own_project, row.project_name, false);
        if let Some(key) = Key::new(row.content, row.project) {
            self.same.remove(key, number, &row);
        }
        Some((number, row))
    }

    /// Decides which rows are folded, where rows have come or gone.
    pub(super) fn settle(&mut self) {
        let (slots, now) = (&self.slots, self.now);
        let changes = self.same.settle(|number| is_over(slots, number, now));
        for (number, is_folded) in changes {
            self.set_folded(number, is_folded);
        }
    }

    /// From here on facts hold or do not as of this moment, which may lie before the
    /// last one: a clock that was wrong ends nothing.
    pub(super) fn tell_time(&mut self, now: UnixMillis) {
        let (from, to) = (self.now.min(now), self.now.max(now));
        self.now = now;
        let limits = (Excluded((from, u32::MAX)), Included((to, u32::MAX)));
        let numbers: Vec<u32> = self
            .by_expiry
            .range(limits)
            .map(|(_, number)| *number)
            .collect();
        for number in &numbers {
            let Some(row) = self.get(*number) else {
                continue;
            };
            let (key, is_over) = (Key::new(row.content, row.project), row.expires_at <= now);
            let is_one_of_many = key.is_some_and(|key| self.same.look_again(key));
            self.set_folded(*number, is_over || is_one_of_many);
        }
        if !numbers.is_empty() {
            self.settle();
        }
    }

    /// Whether a fact no longer holds as of the moment that was told, or was replaced
    /// by one that does not.
    pub(crate) fn is_over(&self, number: u32) -> bool {
        let (slots, now) = (&self.slots, self.now);
        let Some(row) = self.get(number).filter(|row| row.kind == Kind::Fact) else {
            return false;
        };
        let is_replaced = |key| {
            self.same
                .is_replaced_by(key, number, row, |later| is_over(slots, later, now))
        };
        let key = Key::new(row.content, row.project);
        !self.by_expiry.is_empty() && (row.expires_at <= now || key.is_some_and(is_replaced))
    }

    /// Facts that no longer hold at a moment, and what they had replaced: what was
    /// written before under the same key, by nobody who is believed more.
    pub(crate) fn over_at(&self, now: UnixMillis) -> Vec<RecordId> {
        let over = self.by_expiry.range(..=(now, u32::MAX));
        let over: Vec<u32> = over.map(|(_, number)| *number).collect();
        let mut latest: BTreeMap<Key, [Option<StampKey>; 2]> = BTreeMap::new();
        for row in over.iter().filter_map(|number| self.get(*number)) {
            if let Some(key) = Key::new(row.content, row.project) {
                let [low, high] = latest.entry(key).or_default();
                let of_trust = if row.trust == Trust::High { high } else { low };
                *of_trust = (*of_trust).max(Some(row.stamp));
            }
        }
        let mut ended: BTreeSet<u32> = over.into_iter().collect();
        for (key, [low, high]) in latest {
            let replaced = self.same.numbers(key).into_iter().filter(|number| {
                let row = self.get(*number);
                row.is_some_and(|row| {
                    let by_low = low.filter(|_| row.trust == Trust::Low);
                    high.max(by_low) > Some(row.stamp)
                })
            });
            ended.extend(replaced);
        }
        let rows = ended.into_iter().filter_map(|number| self.get(number));
        rows.map(|row| row.id).collect()
    }

    /// Numbers of the rows of a project that say the same.
    pub(crate) fn same(&self, content: u64, project: u32) -> Vec<u32> {
        let key = Key::new(content, project);
        key.map_or_else(Vec::new, |key| self.same.numbers(key))
    }

    /// The row with that content that was written last, among those of a trust or more.
    pub(crate) fn latest(&self, content: u64, project: u32, trust: Trust) -> Option<&Row> {
        self.get(self.same.latest(Key::new(content, project)?, trust)?)
    }

    /// Numbers of the copies that are shown through a row.
    pub(super) fn copies(&self, number: u32, row: &Row) -> Vec<u32> {
        let key = Key::new(row.content, row.project);
        key.map_or_else(Vec::new, |key| self.same.copies(key, number, row))
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

/// Whether the time of a row is over at a moment.
fn is_over(slots: &Slots, number: u32, now: UnixMillis) -> bool {
    let row = slots.get((number as usize).wrapping_sub(1));
    row.is_some_and(|row| row.expires_at <= now)
}
