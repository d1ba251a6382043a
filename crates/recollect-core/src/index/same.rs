//! Rows of a project that say the same, and which of them are shown.
//!
//! A change costs a few steps of a search tree, however many say the same: which
//! are shown is decided anew from the change on, and only as far as it differs.
//! [`fold`](super::fold) says by which rules.

use std::collections::{BTreeSet, HashMap};
use std::ops::Bound::{Excluded, Unbounded};

use super::fold::FOLDED_WITHIN_MILLIS;
use super::row::{Row, StampKey};
use crate::log::id::RecordId;
use crate::log::record::{Kind, Trust};

/// Where a row stands among those that say the same: facts by stamp, others by time.
type Place = (StampKey, RecordId, u32);

/// What rows say, in which project; in four-byte parts, so that none is padding.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) struct Key {
    content: [u32; 2],
    project: u32,
}

impl Key {
    /// None for content that is never folded.
    pub(super) fn new(content: u64, project: u32) -> Option<Self> {
        (content != 0).then_some(Self {
            content: [content as u32, (content >> 32) as u32],
            project,
        })
    }
}

/// Stands before the number of a group, where a row's number would be.
const GROUP: u32 = 1 << 31;

/// All rows by what they say.
#[derive(Debug, Default)]
pub(super) struct Same {
    /// The one row that says it, or a group.
    by_key: HashMap<Key, u32>,
    groups: Vec<Group>,
    unused: Vec<u32>,
    /// Groups that have changed since [`Same::settle`].
    changed: BTreeSet<u32>,
    /// Rows that were looked at, so that tests need no clock.
    #[cfg(test)]
    pub(super) steps: usize,
}

#[derive(Debug, Default)]
struct Group {
    is_of_facts: bool,
    high: Chain,
    low: Chain,
}

/// Rows of one trust.
#[derive(Debug, Default)]
struct Chain {
    rows: BTreeSet<Place>,
    /// Those that no other one of the chain stands for.
    shown: BTreeSet<Place>,
    /// Those that came since the last decision.
    came: Vec<Place>,
    /// The first and the last that came or went since then.
    changed: Option<(Place, Place)>,
}

/// Rows, and whether each is folded from here on.
pub(super) type Changes = Vec<(u32, bool)>;

fn place(row: &Row, number: u32) -> Place {
    if row.kind == Kind::Fact {
        return (row.stamp, row.id, number);
    }
    (at_place(row.at.0), row.id, number)
}

/// A moment in the order of stamps.
fn at_place(millis: i64) -> StampKey {
    StampKey {
        time: (millis as u64) ^ (1 << 63),
        writer: [0; 8],
    }
}

fn millis(place: &Place) -> i64 {
    (place.0.time ^ (1 << 63)) as i64
}

impl Same {
    pub(super) fn reserve(&mut self, rows: usize) {
        self.by_key.reserve(rows);
    }

    /// Numbers of the rows with that key, in no order that means anything.
    pub(super) fn numbers(&self, key: Key) -> Vec<u32> {
        match self.by_key.get(&key) {
            None => Vec::new(),
            Some(only) if only & GROUP == 0 => vec![*only],
            Some(_) => {
                let chains = self.group(key).into_iter().flat_map(Group::chains);
                let rows = chains.flat_map(|chain| &chain.rows);
                rows.map(|(_, _, number)| *number).collect()
            }
        }
    }

    fn group(&self, key: Key) -> Option<&Group> {
        let number = self.by_key.get(&key)?;
        self.groups
            .get((number & !GROUP) as usize)
            .filter(|_| number & GROUP != 0)
    }

    /// Puts a row in; `other` gives a row that is in already.
    pub(super) fn insert<'a>(
        &mut self,
        key: Key,
        number: u32,
        row: &Row,
        other: impl FnOnce(u32) -> Option<&'a Row>,
    ) {
        let Some(known) = self.by_key.get(&key).copied() else {
            self.by_key.insert(key, number);
            return;
        };
        let group = if known & GROUP == 0 {
            let unused = self.unused.pop();
            let group = unused.unwrap_or_else(|| {
                self.groups.push(Group::default());
                (self.groups.len() - 1) as u32
            });
            self.by_key.insert(key, group | GROUP);
            if let (Some(of), Some(other)) = (self.groups.get_mut(group as usize), other(known)) {
                of.is_of_facts = row.kind == Kind::Fact;
                of.chain_mut(other.trust).note(place(other, known), true);
            }
            group
        } else {
            known & !GROUP
        };
        if let Some(of) = self.groups.get_mut(group as usize) {
            of.chain_mut(row.trust).note(place(row, number), true);
        }
        self.changed.insert(group);
    }

    /// Takes a row out.
    pub(super) fn remove(&mut self, key: Key, number: u32, row: &Row) {
        let Some(known) = self.by_key.get(&key).copied() else {
            return;
        };
        if known & GROUP == 0 {
            self.by_key.remove(&key);
            return;
        }
        let group = known & !GROUP;
        let Some(of) = self.groups.get_mut(group as usize) else {
            return;
        };
        of.chain_mut(row.trust).note(place(row, number), false);
        self.changed.insert(group);
        if of.high.rows.is_empty() && of.low.rows.is_empty() {
            *of = Group::default();
            self.by_key.remove(&key);
            self.changed.remove(&group);
            self.unused.push(group);
        }
    }

    /// What has changed since the last call of which rows are folded, facts aside
    /// that are alone under their key.
    pub(super) fn settle(&mut self, is_over: impl Fn(u32) -> bool) -> Changes {
        let mut changes = Changes::new();
        for number in std::mem::take(&mut self.changed) {
            let Some(group) = self.groups.get_mut(number as usize) else {
                continue;
            };
            let steps = match group.is_of_facts {
                true => group.settle_facts(&is_over, &mut changes),
                false => group.settle_copies(&mut changes),
            };
            #[cfg(test)]
            (self.steps += steps);
            let _ = steps;
        }
        changes
    }

    /// Decides anew about the facts with this key, whose time came or did not yet;
    /// false if there is only one, which is shown while it holds.
    pub(super) fn look_again(&mut self, key: Key) -> bool {
        match self.by_key.get(&key) {
            Some(known) if known & GROUP != 0 => {
                self.changed.insert(known & !GROUP);
                true
            }
            _ => false,
        }
    }

    /// Whether a fact was replaced by one that no longer holds.
    pub(super) fn is_replaced_by(
        &self,
        key: Key,
        number: u32,
        row: &Row,
        is_over: impl Fn(u32) -> bool,
    ) -> bool {
        let Some(group) = self.group(key).filter(|group| group.is_of_facts) else {
            return false;
        };
        let behind = (Excluded(place(row, number)), Unbounded);
        let low = (row.trust == Trust::Low).then_some(&group.low);
        let chains = [Some(&group.high), low];
        let later = chains.into_iter().flatten();
        later
            .flat_map(|chain| chain.rows.range(behind))
            .any(|(_, _, later)| is_over(*later))
    }

    /// The latest stamp of rows with this key, of a trust or more.
    pub(super) fn latest(&self, key: Key, trust: Trust) -> Option<u32> {
        match self.by_key.get(&key) {
            Some(only) if only & GROUP == 0 => Some(*only),
            _ => {
                let group = self.group(key)?;
                let of_high = group.high.rows.last();
                let of_low = group.low.rows.last().filter(|_| trust == Trust::Low);
                of_high.max(of_low).map(|(_, _, number)| *number)
            }
        }
    }

    /// Copies that are shown through a row, in the order of time.
    pub(super) fn copies(&self, key: Key, number: u32, row: &Row) -> Vec<u32> {
        let Some(group) = self.group(key) else {
            return Vec::new();
        };
        if group.is_of_facts {
            return self.numbers(key);
        }
        let (from, to) = around(row.at.0);
        let own = place(row, number);
        let mut copies = Vec::new();
        for (chain, trust) in [(&group.high, Trust::High), (&group.low, Trust::Low)] {
            // What is believed more is no copy of what is believed less.
            if row.trust == Trust::Low && trust == Trust::High {
                continue;
            }
            let first = if trust == row.trust { own } else { from };
            let near = chain.rows.range(first..=to);
            copies.extend(near.map(|(_, _, number)| *number));
        }
        copies
    }
}

/// The places as far from a moment as a copy may be.
fn around(millis: i64) -> (Place, Place) {
    let from = at_place(millis.saturating_sub(FOLDED_WITHIN_MILLIS));
    let to = at_place(millis.saturating_add(FOLDED_WITHIN_MILLIS));
    let (first, last) = (
        RecordId::from_bytes([0; 16]),
        RecordId::from_bytes([255; 16]),
    );
    ((from, first, 0), (to, last, u32::MAX))
}

impl Group {
    fn chains(&self) -> [&Chain; 2] {
        [&self.high, &self.low]
    }

    fn chain_mut(&mut self, trust: Trust) -> &mut Chain {
        match trust {
            Trust::High => &mut self.high,
            Trust::Low => &mut self.low,
        }
    }

    /// Of facts at most one is shown: the last one of the highest trust, unless its
    /// time is over.
    fn settle_facts(&mut self, is_over: &impl Fn(u32) -> bool, changes: &mut Changes) -> usize {
        let mut steps = 0;
        let holds = |place: &&Place| !is_over(place.2);
        let last_high = self.high.rows.last();
        // One whose time is over has ended what was written before it, and not what
        // somebody of less trust wrote since.
        let last_low = self
            .low
            .rows
            .last()
            .filter(|low| last_high.is_none_or(|high| *low > high));
        let high = last_high.filter(holds);
        let low = last_low.filter(holds).filter(|_| high.is_none());
        let (high, low) = (high.copied(), low.copied());
        for (chain, shown) in [(&mut self.high, high), (&mut self.low, low)] {
            chain.changed = None;
            for (_, _, number) in std::mem::take(&mut chain.came) {
                steps += 1;
                changes.push((number, true));
            }
            for (_, _, number) in std::mem::take(&mut chain.shown) {
                changes.push((number, true));
            }
            if let Some(place) = shown {
                changes.push((place.2, false));
                chain.shown.insert(place);
            }
        }
        steps + 1
    }

    /// Of copies the earliest of ten minutes is shown, of high trust where there is one.
    fn settle_copies(&mut self, changes: &mut Changes) -> usize {
        let (mut high, mut low) = (Vec::new(), Vec::new());
        let mut steps = self.high.settle(&mut high) + self.low.settle(&mut low);
        for (place, is_folded) in high {
            changes.push((place.2, is_folded));
            let (from, to) = around(millis(&place));
            low.extend(self.low.shown.range(from..=to).map(|near| (*near, false)));
        }
        for (place, _) in low {
            steps += 1;
            let (from, to) = around(millis(&place));
            let is_outranked = self.high.shown.range(from..=to).next().is_some();
            let is_folded = is_outranked || !self.low.shown.contains(&place);
            changes.push((place.2, is_folded));
        }
        steps
    }
}

impl Chain {
    fn note(&mut self, place: Place, is_there: bool) {
        if is_there {
            self.rows.insert(place);
            self.came.push(place);
        } else {
            self.rows.remove(&place);
            self.shown.remove(&place);
        }
        self.changed = Some(match self.changed {
            Some((from, to)) => (from.min(place), to.max(place)),
            None => (place, place),
        });
    }

    /// Which rows came to be shown or folded: from the first change on, each shown one
    /// stands for ten minutes, until that is as it was before.
    fn settle(&mut self, changes: &mut Vec<(Place, bool)>) -> usize {
        let Some((from, to)) = self.changed.take() else {
            return 0;
        };
        let mut steps = 1;
        for place in std::mem::take(&mut self.came) {
            steps += 1;
            changes.push((place, true));
        }
        let mut last = self.shown.range(..from).next_back().copied();
        loop {
            steps += 1;
            let next = match last {
                Some(last) => self
                    .rows
                    .range((Excluded(around(millis(&last)).1), Unbounded))
                    .next(),
                None => self.rows.first(),
            };
            let next = next.copied();
            let behind = last.map_or(Unbounded, Excluded);
            let folded = self.shown.range((behind, next.map_or(Unbounded, Excluded)));
            let folded: Vec<Place> = folded.copied().collect();
            for place in folded {
                steps += 1;
                self.shown.remove(&place);
                changes.push((place, true));
            }
            let Some(next) = next else {
                return steps;
            };
            if !self.shown.insert(next) && next > to {
                return steps;
            }
            changes.push((next, false));
            last = Some(next);
        }
    }
}
