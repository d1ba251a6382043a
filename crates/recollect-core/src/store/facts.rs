//! Facts of a project: values under keys, with a time to live.
//!
//! The last one of the highest trust under a key is its value, by stamp, in every
//! window. One that no longer holds is in no answer from that millisecond on, nor is
//! what it had replaced; [`steady`](super::steady) says when both are ended for good.

use std::collections::{BTreeSet, HashMap};

use super::Store;
use crate::error::{Error, Result};
use crate::index::Index;
use crate::intake::privacy::key_of;
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::project::Project;
use crate::log::record::{Body, Kind, Record, Trust, Uses};
use crate::log::time::UnixMillis;
use crate::order;
use crate::search::filter::Page;
use serde_json::{Map, Value};

/// Values that a key may have had before the older ones are forgotten.
const MAX_REPLACED: usize = 16;

/// A value that holds.
#[derive(Clone, Debug, PartialEq)]
pub struct StoredFact {
    /// Identity of this value; another one under the key has another.
    pub id: RecordId,
    /// The project.
    pub project: Project,
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// Anything else its sender said.
    pub metadata: Map<String, Value>,
    /// When it was written.
    pub at: UnixMillis,
    /// From when on it no longer holds, if ever.
    pub expires_at: Option<UnixMillis>,
    /// Times it was given out before.
    pub accessed: u32,
    /// When it was last given out before, or else written.
    pub last_accessed: UnixMillis,
}

/// Which facts are wanted.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactRequest {
    /// Id or name of their project.
    pub project: String,
    /// How their keys begin.
    pub prefix: String,
    /// Which part of the list.
    pub page: Page,
}

/// A page of facts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct FactList {
    /// The one that was used last first.
    pub facts: Vec<StoredFact>,
    /// How many there are before and after the page as well.
    pub total: u64,
}

impl Store {
    /// The index as of a moment: facts that no longer hold are in no answer. Nothing
    /// ends by it, and an earlier moment brings them back.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn at(&mut self, now: UnixMillis) -> Result<&Index> {
        self.index.tell_time(now);
        Ok(&self.index)
    }

    /// Ends facts whose time is over for good, with what they had replaced, once the
    /// clock of this process has said so for long enough.
    pub(super) fn end_what_is_over(&mut self, now: UnixMillis) -> Result<()> {
        let passed = self.steady.read(now);
        #[cfg(feature = "mutants")]
        let passed = match self.maintenance.mutant {
            super::Mutant::EndAtOnce => Some(now),
            _ => passed,
        };
        let Some(passed) = passed else {
            return Ok(());
        };
        // Those that wait to be ended are in the index until their file is durable.
        let over = self.index.rows().over_at(passed).into_iter();
        let new: Vec<RecordId> = over.filter(|id| !self.ending.contains(id)).collect();
        self.ending.extend(&new);
        self.end_exactly(new, now)
    }

    /// Facts of a project. Looking at one counts for nothing: see [`Store::used`].
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] if nothing is recorded of the project; when the engine
    /// refuses a statement.
    pub fn facts(&mut self, request: &FactRequest, now: UnixMillis) -> Result<FactList> {
        let index = self.at(now)?;
        let project = index.known_project(&request.project)?;
        let prefix = key_of(&request.prefix);
        let rows = index.rows().iter();
        let shown = rows
            .filter(|(_, row)| row.kind == Kind::Fact && row.project == project && !row.is_folded);
        let numbers: Vec<u32> = shown.map(|(number, _)| number).collect();
        let waiting = self.waiting_uses();
        let mut facts = Vec::new();
        for number in numbers {
            let fact = self.stored_fact(number, &waiting)?;
            facts.extend(fact.filter(|fact| fact.key.starts_with(&prefix)));
        }
        order::sort(&mut facts, |a, b| {
            (b.last_accessed.cmp(&a.last_accessed)).then_with(|| a.key.cmp(&b.key))
        });
        let total = facts.len() as u64;
        facts.truncate(request.page.end());
        facts.drain(..facts.len().min(request.page.offset() as usize));
        Ok(FactList { facts, total })
    }

    /// The value of a key. Looking at it counts for nothing: see [`Store::used`].
    ///
    /// # Errors
    ///
    /// [`Error::Unknown`] of the field `project` if nothing is recorded of it, and
    /// of `key` if it has no value that holds; when the engine refuses a statement.
    pub fn fact(&mut self, project: &str, key: &str, now: UnixMillis) -> Result<StoredFact> {
        let index = self.at(now)?;
        let project = index.known_project(project)?;
        let numbers = index.facts_under(project, &key_of(key));
        let mut shown = numbers.into_iter().filter(|number| {
            let row = index.rows().get(*number);
            row.is_some_and(|row| !row.is_folded)
        });
        let fact = match shown.next() {
            Some(number) => self.stored_fact(number, &self.waiting_uses())?,
            None => None,
        };
        fact.ok_or(Error::Unknown { field: "key" })
    }

    /// Forgets values of keys that were just written and are replaced, where they are
    /// many.
    pub(super) fn thin_facts(&mut self, keys: &[(String, String)], now: UnixMillis) -> Result<()> {
        let keys: BTreeSet<&(String, String)> = keys.iter().collect();
        for (project, key) in keys {
            let rows = self.index.rows();
            let Some(project) = rows.project_number(project) else {
                continue;
            };
            let numbers = self.index.facts_under(project, key);
            if numbers.len() < MAX_REPLACED {
                continue;
            }
            let values = || numbers.iter().filter_map(|number| rows.get(*number));
            let last = |trust| {
                let of_trust = values().filter(move |row| row.trust == trust);
                of_trust.map(|row| row.stamp).max()
            };
            let (high, low) = (last(Trust::High), last(Trust::Low));
            let replaced = values().filter(|row| {
                let by_low = low.filter(|_| row.trust == Trust::Low);
                row.is_folded && high.max(by_low) > Some(row.stamp)
            });
            let replaced: Vec<RecordId> = replaced.map(|row| row.id).collect();
            // Those that wait to be ended are in the index until their file is durable.
            let new = replaced.into_iter().filter(|id| !self.ending.contains(id));
            let new: Vec<RecordId> = new.collect();
            if new.len() >= MAX_REPLACED - 2 {
                self.ending.extend(&new);
                self.end_exactly(new, now)?;
            }
        }
        Ok(())
    }

    fn stored_fact(
        &self,
        number: u32,
        waiting: &HashMap<RecordId, Uses>,
    ) -> Result<Option<StoredFact>> {
        let Some(row) = self.index.rows().get(number) else {
            return Ok(None);
        };
        let json = self.index.record_at(number)?.unwrap_or_default();
        let Ok(record) = Record::from_json(&json) else {
            return Ok(None);
        };
        let Body::Fact(fact) = record.body else {
            return Ok(None);
        };
        let Some(memory) = self.index.memory(row.id)? else {
            return Ok(None);
        };
        let uses = match waiting.get(&row.id) {
            Some(waiting) => self.index.uses(row.id)?.join(*waiting),
            None => self.index.uses(row.id)?,
        };
        let Memory {
            project,
            narrative,
            at,
            expires_at,
            ..
        } = memory;
        Ok(Some(StoredFact {
            id: row.id,
            project: self
                .index
                .rows()
                .project(row.project)
                .cloned()
                .unwrap_or(project),
            key: fact.key,
            value: narrative.unwrap_or(fact.value),
            metadata: fact.metadata,
            at,
            expires_at,
            accessed: uses.recalled,
            last_accessed: uses.last_seen(at),
        }))
    }

    /// What this window has counted of uses and is not durable yet, by memory.
    fn waiting_uses(&self) -> HashMap<RecordId, Uses> {
        let waiting = self.waiting().filter_map(|pending| pending.record.as_ref());
        let batches = waiting.filter_map(|record| match &record.body {
            Body::Use(batch) => Some(batch),
            _ => None,
        });
        let mut uses: HashMap<RecordId, Uses> = HashMap::new();
        for one in batches.chain([&self.uses]).flat_map(|batch| &batch.uses) {
            let known = uses.entry(one.of).or_default();
            *known = known.join(one.into());
        }
        uses
    }
}
