//! Rewriting segments without locks: folding small ones together, and purging
//! what was forgotten.
//!
//! The host carries out one operation after the other. The rules, which make it
//! safe for any number of processes to do this at the same time:
//!
//! * **G1** The output has a fresh name of this writer.
//! * **G2** It holds every live line of every input, byte for byte, whatever
//!   other segments hold.
//! * **G3** An input is deleted only after the output is durable and this
//!   process has read it back and found what it wrote.
//! * **G4** Tombstones are lines like others, and are carried for ever.
//! * **G5** Compaction leaves alone what is damaged, newer or just written.
//! * **G6** Each deletion names one file that this process has read.
//!
//! Whoever deletes a segment has a durable one of its own with all that lived in
//! it, so at every moment each live record is in at least one durable segment.
//!
//! A damaged segment is copied into quarantine as it is. If something in it is
//! forgotten, its good lines go into a new segment and the rest into quarantine.

mod lines;
#[cfg(feature = "mutants")]
mod mutant;

use std::collections::HashMap;

use super::Store;
use super::segments::SegmentInfo;
use crate::error::{Error, Result};
use crate::index::Ingested;
use crate::log::id::RecordId;
use crate::log::name::SegmentName;
use crate::log::segment::Lines;
use crate::log::time::UnixMillis;
#[cfg(feature = "mutants")]
pub use mutant::Mutant;

/// Where a file is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Area {
    /// Among the segments.
    Segments,
    /// Among the copies of damaged segments.
    Quarantine,
}

/// What the host is to do with its files; one at a time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Operation {
    /// Read a file.
    Read(Area, SegmentName),
    /// Write a new file, durably.
    PutNew(Area, SegmentName, Vec<u8>),
    /// Delete a file.
    Delete(Area, SegmentName),
}

/// What came of an operation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The bytes that were read.
    Bytes(Vec<u8>),
    /// There is no such file.
    Missing,
    /// It is written, durably, or deleted.
    Done,
    /// It could not be done.
    Failed,
}

/// How long to leave files alone after an operation on them has failed.
const REST_AFTER_FAILURE_MILLIS: i64 = 10_000;

#[derive(Debug)]
enum Task {
    Rewrite(Rewrite),
    Quarantine {
        name: SegmentName,
        bytes: Option<Vec<u8>>,
    },
}

#[derive(Debug)]
struct Rewrite {
    is_purge: bool,
    unread: Vec<(Area, SegmentName)>,
    copies: Vec<(SegmentName, Vec<u8>)>,
    read: Vec<Input>,
    outputs: Vec<Output>,
    deletions: Vec<(Area, SegmentName)>,
    phase: Phase,
}

#[derive(Debug)]
struct Input {
    lines: Lines,
}

#[derive(Debug)]
struct Output {
    area: Area,
    name: SegmentName,
    bytes: Vec<u8>,
}

/// Outputs are written and verified in turn, from the first.
#[derive(Debug, PartialEq, Eq)]
enum Phase {
    Reading,
    Writing(usize),
    Verifying(usize),
    Deleting,
}

/// What is known of a file in quarantine.
#[derive(Debug, Default)]
enum Quarantined {
    /// Nothing but that it is there.
    #[default]
    Unread,
    /// It holds no good line, and what is left in it names these ids.
    Remains(Vec<RecordId>),
    /// It names something that was forgotten since it was read.
    Dirty,
}

/// The task at hand and the operation that the host is carrying out for it.
#[derive(Debug, Default)]
pub(super) struct Maintenance {
    task: Option<Task>,
    is_waiting: bool,
    rests_until: Option<UnixMillis>,
    quarantined: HashMap<SegmentName, Quarantined>,
    #[cfg(feature = "mutants")]
    pub(super) mutant: Mutant,
}

impl Store {
    /// Tells which files are in quarantine; other processes put some there too.
    pub fn note_quarantined<'a>(&mut self, names: impl IntoIterator<Item = &'a str>) {
        for name in names.into_iter().filter_map(SegmentName::parse) {
            self.maintenance.quarantined.entry(name).or_default();
        }
    }

    /// The next operation that keeps the files in order, if there is one and
    /// none is under way.
    ///
    /// What was forgotten is purged at once, damaged segments are copied into
    /// quarantine, and small segments are folded together if there are more than
    /// `compact_above`; pass `None` unless the host is idle.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn next_operation(
        &mut self,
        compact_above: Option<usize>,
        now: UnixMillis,
    ) -> Result<Option<Operation>> {
        self.index.tell_time(now);
        self.end_what_is_over(now)?;
        if self.maintenance.is_waiting {
            return Ok(None);
        }
        if self
            .maintenance
            .rests_until
            .is_some_and(|until| now < until)
        {
            return Ok(None);
        }
        loop {
            let task = self.maintenance.task.take();
            let Some(mut task) = task.or_else(|| self.plan(compact_above, now)) else {
                return Ok(None);
            };
            let operation = match &mut task {
                Task::Quarantine { name, bytes: None } => {
                    Some(Operation::Read(Area::Segments, name.clone()))
                }
                Task::Quarantine {
                    name,
                    bytes: Some(bytes),
                } => Some(Operation::PutNew(
                    Area::Quarantine,
                    name.clone(),
                    bytes.clone(),
                )),
                Task::Rewrite(rewrite) => self.advance(rewrite, now)?,
            };
            // A rewrite that is over makes room for the next task.
            if operation.is_some() {
                self.maintenance.task = Some(task);
                self.maintenance.is_waiting = true;
                return Ok(operation);
            }
        }
    }

    /// Takes note of what came of the operation that [`Store::next_operation`] gave.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if none is under way, and when the engine refuses
    /// a statement.
    pub fn complete(&mut self, outcome: Outcome, now: UnixMillis) -> Result<()> {
        if !self.maintenance.is_waiting {
            return Err(Error::invalid("outcome", "no operation is under way"));
        }
        self.maintenance.is_waiting = false;
        match self.maintenance.task.take() {
            None => {}
            Some(Task::Quarantine { name, bytes }) => {
                self.quarantine_step(name, bytes, outcome, now)?;
            }
            Some(Task::Rewrite(mut rewrite)) => {
                let goes_on = self.rewrite_step(&mut rewrite, outcome, now)?;
                self.maintenance.task = goes_on.then_some(Task::Rewrite(rewrite));
            }
        }
        Ok(())
    }

    fn plan(&self, compact_above: Option<usize>, now: UnixMillis) -> Option<Task> {
        let purge = self.segments.to_purge();
        if !purge.is_empty() {
            let unread: Vec<_> = purge
                .into_iter()
                .flat_map(|name| {
                    let copy = self.maintenance.quarantined.contains_key(&name);
                    let copy = copy.then(|| (Area::Quarantine, name.clone()));
                    // Taken from the end: the copy is read before its original.
                    [Some((Area::Segments, name)), copy]
                })
                .flatten()
                .collect();
            return Some(Task::Rewrite(Rewrite::new(true, unread)));
        }
        let damaged = self.segments.infos().find(|(name, info)| {
            !info.is_whole && !info.is_newer && !self.maintenance.quarantined.contains_key(name)
        });
        if let Some((name, _)) = damaged {
            return Some(Task::Quarantine {
                name: name.clone(),
                bytes: None,
            });
        }
        let mut copies = self.maintenance.quarantined.iter();
        let orphan = copies.find(|(name, known)| {
            !matches!(known, Quarantined::Remains(_)) && !self.segments.contains(name)
        });
        if let Some((name, _)) = orphan {
            let unread = vec![(Area::Quarantine, name.clone())];
            return Some(Task::Rewrite(Rewrite::new(true, unread)));
        }
        let together = self.segments.to_compact(compact_above?, now);
        if together.is_empty() {
            return None;
        }
        let unread = together.into_iter().map(|name| (Area::Segments, name));
        Some(Task::Rewrite(Rewrite::new(false, unread.collect())))
    }

    /// What the rewrite needs next, or nothing if it is over.
    fn advance(&mut self, rewrite: &mut Rewrite, now: UnixMillis) -> Result<Option<Operation>> {
        if rewrite.phase == Phase::Reading {
            if let Some((area, name)) = rewrite.unread.last() {
                return Ok(Some(Operation::Read(*area, name.clone())));
            }
            if !rewrite.is_purge && rewrite.read.len() < 2 {
                // The others were folded by somebody else meanwhile.
                return Ok(None);
            }
            self.make_outputs(rewrite, now)?;
            rewrite.phase = Phase::Writing(0);
            #[cfg(feature = "mutants")]
            if self.maintenance.mutant == Mutant::DeleteFirst {
                rewrite.phase = Phase::Deleting;
            }
        }
        if let Phase::Writing(position) = rewrite.phase {
            match rewrite.outputs.get(position) {
                Some(output) => {
                    return Ok(Some(Operation::PutNew(
                        output.area,
                        output.name.clone(),
                        output.bytes.clone(),
                    )));
                }
                None => rewrite.phase = Phase::Deleting,
            }
        }
        if let Phase::Verifying(position) = rewrite.phase
            && let Some(output) = rewrite.outputs.get(position)
        {
            return Ok(Some(Operation::Read(output.area, output.name.clone())));
        }
        let next = rewrite.deletions.last();
        Ok(next.map(|(area, name)| Operation::Delete(*area, name.clone())))
    }

    /// Takes in an outcome; whether the rewrite goes on.
    fn rewrite_step(
        &mut self,
        rewrite: &mut Rewrite,
        outcome: Outcome,
        now: UnixMillis,
    ) -> Result<bool> {
        match rewrite.phase {
            Phase::Reading => {
                let Some((area, name)) = rewrite.unread.pop() else {
                    return Ok(true);
                };
                match outcome {
                    Outcome::Bytes(bytes) => self.take_input(rewrite, area, name, &bytes, now)?,
                    // Somebody else rewrote it; what lived in it is elsewhere.
                    Outcome::Missing => self.drop_file(area, &name),
                    Outcome::Done | Outcome::Failed => return Ok(self.give_up(now)),
                }
                Ok(true)
            }
            Phase::Writing(position) => {
                #[cfg(feature = "mutants")]
                if self.maintenance.mutant == Mutant::NoSync {
                    self.keep_output(rewrite, position, now)?;
                    rewrite.phase = Phase::Writing(position + 1);
                    return Ok(true);
                }
                if outcome != Outcome::Done {
                    return Ok(self.give_up(now));
                }
                rewrite.phase = Phase::Verifying(position);
                Ok(true)
            }
            Phase::Verifying(position) => {
                let written = rewrite.outputs.get(position).map(|output| &output.bytes);
                if !matches!((&outcome, written), (Outcome::Bytes(read), Some(written)) if read == written)
                {
                    return Ok(self.give_up(now));
                }
                self.keep_output(rewrite, position, now)?;
                rewrite.phase = Phase::Writing(position + 1);
                Ok(true)
            }
            Phase::Deleting => {
                if let Some((area, name)) = rewrite.deletions.pop() {
                    match outcome {
                        Outcome::Done | Outcome::Missing => self.drop_file(area, &name),
                        Outcome::Bytes(_) | Outcome::Failed => {
                            self.give_up(now);
                        }
                    }
                }
                #[cfg(feature = "mutants")]
                if self.maintenance.mutant == Mutant::DeleteFirst && rewrite.deletions.is_empty() {
                    if rewrite.outputs.is_empty() {
                        return Ok(false);
                    }
                    rewrite.phase = Phase::Writing(0);
                    return Ok(true);
                }
                Ok(!rewrite.deletions.is_empty())
            }
        }
    }

    fn drop_file(&mut self, area: Area, name: &SegmentName) {
        match area {
            Area::Segments => self.segments.remove(name),
            Area::Quarantine => {
                self.maintenance.quarantined.remove(name);
            }
        }
    }

    /// Ends the task at hand; what it has not done is planned again later.
    fn give_up(&mut self, now: UnixMillis) -> bool {
        let until = now.0.saturating_add(REST_AFTER_FAILURE_MILLIS);
        self.maintenance.rests_until = Some(UnixMillis(until));
        false
    }

    fn quarantine_step(
        &mut self,
        name: SegmentName,
        bytes: Option<Vec<u8>>,
        outcome: Outcome,
        now: UnixMillis,
    ) -> Result<()> {
        match (bytes, outcome) {
            (None, Outcome::Bytes(bytes)) => {
                // The first read may have been a short one.
                let report = self.ingest(&name, &bytes, now)?;
                if !report.is_whole && !report.is_newer {
                    self.maintenance.task = Some(Task::Quarantine {
                        name,
                        bytes: Some(bytes),
                    });
                }
            }
            (None, Outcome::Missing) => self.segments.remove(&name),
            (Some(_), Outcome::Done) => {
                self.maintenance
                    .quarantined
                    .insert(name, Quarantined::Unread);
            }
            _ => {
                self.give_up(now);
            }
        }
        Ok(())
    }

    /// Marks segments after something has ended.
    pub(super) fn after_ingest(&mut self, ingested: &Ingested) {
        let killed = &ingested.killed;
        if ingested.has_wiped {
            self.segments.mark_opaque();
            let quarantined = self.maintenance.quarantined.values_mut();
            quarantined.for_each(|known| *known = Quarantined::Dirty);
        }
        if killed.is_empty() {
            return;
        }
        if !self.ending.is_empty() {
            killed.iter().for_each(|id| _ = self.ending.remove(id));
        }
        self.segments.mark_dead(killed);
        for known in self.maintenance.quarantined.values_mut() {
            if matches!(known, Quarantined::Remains(named) if named.iter().any(|id| killed.contains(id)))
            {
                *known = Quarantined::Dirty;
            }
        }
    }

    /// Registers a segment that was read or written.
    pub(super) fn register(&mut self, name: SegmentName, mut info: SegmentInfo, met_dead: bool) {
        info.is_dirty = met_dead;
        #[cfg(feature = "mutants")]
        if self.maintenance.mutant == Mutant::OnePurge {
            info.is_dirty = false;
        }
        self.segments.insert(name, info);
    }
}

impl Rewrite {
    fn new(is_purge: bool, unread: Vec<(Area, SegmentName)>) -> Self {
        Self {
            is_purge,
            unread,
            copies: Vec::new(),
            read: Vec::new(),
            outputs: Vec::new(),
            deletions: Vec::new(),
            phase: Phase::Reading,
        }
    }
}
