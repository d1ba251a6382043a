//! The store: the log and the index over it, without doing any I/O.
//!
//! The host lists and reads segments and passes them to [`Store::ingest`]. What
//! is to be remembered becomes pending; [`Store::next_flush`] gives the host a
//! file to write, and only [`Store::flushed`] makes its records searchable.
//! [`Store::flush_failed`] keeps them, to come again under a new name: after a
//! failed write the state of the old file is unknown, and ids make a duplicate
//! harmless.

mod cache;
mod exchange;
mod facts;
mod forget;
mod ids;
mod intake;
mod observe;
mod patterns;
mod places;
mod rewrite;
mod segments;
mod sessions;
mod steady;
mod twice;
mod uses;

use std::collections::{HashMap, HashSet, VecDeque};

pub use cache::cache_schema;
pub use exchange::{ImportReport, MAX_IMPORT_BYTES, RefusedLine};
pub use facts::{FactList, FactRequest, StoredFact};
pub use forget::{Selected, Selection};
pub use intake::{Appended, Captured, Learned, MAX_PENDING_BYTES, MAX_PENDING_RECORDS};
pub use patterns::PatternRequest;
#[cfg(feature = "mutants")]
pub use rewrite::Mutant;
pub use rewrite::{Area, Operation, Outcome};
pub use sessions::{EndedSession, SessionChange};
pub use uses::{Seen, UseOf};

use intake::Subject;
use patterns::Mined;
use rewrite::Maintenance;
use segments::{SegmentInfo, Segments};
use steady::SteadyClock;
use twice::Twice;

use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::projects::Claim;
use crate::intake::privacy::UserRules;
use crate::intake::prompt_privacy::PromptPrivacy;
use crate::log::clock::{Clock, Stamp};
use crate::log::entropy::{Entropy, SEED_LENGTH};
use crate::log::id::RecordId;
use crate::log::memory::Memory;
use crate::log::name::{SegmentName, WRITER_LENGTH, base32};
use crate::log::record::{Body, Record, UseBatch};
use crate::log::segment::{self, Decoded, TARGET_SEGMENT_BYTES};
use crate::log::time::UnixMillis;
use crate::order;
use crate::recall::fence::{self, ContextBlock};
use crate::search::stats::IndexStats;

/// A file for the host to write, once.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Flush {
    /// Its name; nobody else can produce it.
    pub name: SegmentName,
    /// Its bytes.
    pub bytes: Vec<u8>,
    /// How many records it holds.
    pub records: usize,
}

/// What a segment turned out to hold.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SegmentReport {
    /// Records read.
    pub records: usize,
    /// Memories that were not in the index before.
    pub added: usize,
    /// Lines that do not verify or are no records.
    pub damaged_lines: usize,
    /// Whether every byte is accounted for.
    pub is_whole: bool,
    /// Whether a newer version wrote it, so that it was left alone.
    pub is_newer: bool,
    /// What is wrong, in words, if anything is.
    pub problem: Option<&'static str>,
    /// Records that it ended; an image of the index from before holds them.
    pub ended: usize,
}

impl SegmentReport {
    fn of(decoded: &Decoded) -> Self {
        Self {
            records: decoded.records.len(),
            added: 0,
            damaged_lines: decoded.damaged_lines,
            is_whole: decoded.is_whole,
            is_newer: decoded.newer_major.is_some(),
            problem: decoded.problem,
            ended: 0,
        }
    }
}

/// What a segment holds, without taking it in.
#[must_use]
pub fn inspect(bytes: &[u8]) -> SegmentReport {
    SegmentReport::of(&segment::decode(bytes))
}

/// What the store holds.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct StoreStats {
    /// The index.
    pub index: IndexStats,
    /// Segments read or written.
    pub segments: u64,
    /// Their bytes.
    pub segment_bytes: u64,
    /// Lines that do not verify or are no records.
    pub damaged_lines: u64,
    /// Segments that a newer version wrote.
    pub newer_segments: u64,
    /// Records that are not durable yet.
    pub pending: u64,
    /// Segments that hold the text of something that was forgotten.
    pub unpurged_segments: u64,
}

/// A record on its way to a segment, with its line.
#[derive(Debug)]
struct Pending {
    id: RecordId,
    /// None for a kind that this version does not know.
    record: Option<Record>,
    json: String,
}

#[derive(Debug)]
struct InFlight {
    name: SegmentName,
    bytes: Vec<u8>,
    batch: Vec<Pending>,
}

/// Memories that full-text search takes at once; more would be felt.
const SETTLED_AT_ONCE: usize = 256;

/// Memories that get their vectors at once: each takes about a tenth of a millisecond.
const GIVEN_AT_ONCE: usize = 64;

/// All memories of a user, as one process sees them.
#[derive(Debug)]
pub struct Store {
    index: Index,
    entropy: Entropy,
    clock: Clock,
    writer: String,
    app: String,
    counter: u32,
    segments: Segments,
    maintenance: Maintenance,
    pending: VecDeque<Pending>,
    in_flight: Option<InFlight>,
    prompts: PromptPrivacy,
    twice: Twice,
    rules: UserRules,
    /// What was used and is not pending yet.
    uses: UseBatch,
    mined: Mined,
    /// Other ids of projects, to be written along with their next memory.
    claims: Vec<Claim>,
    steady: SteadyClock,
    /// Replaced facts that wait to be ended.
    ending: HashSet<RecordId>,
    /// What was written last, of what had to get a stamp ahead of the clock.
    ahead: HashMap<Subject, Stamp>,
}

impl Store {
    /// An empty store; the host then ingests the segments it finds.
    ///
    /// `seed` must come fresh from a secure generator at each start: the
    /// writer's name, which makes file names unique, is drawn from it.
    /// `app` is the version written into headers.
    ///
    /// # Errors
    ///
    /// When the engine cannot be opened.
    pub fn new(seed: [u8; SEED_LENGTH], app: impl Into<String>) -> Result<Self> {
        let mut entropy = Entropy::new(seed);
        let writer = base32(u64::from_le_bytes(entropy.bytes()), WRITER_LENGTH);
        Ok(Self {
            index: Index::new()?,
            entropy,
            clock: Clock::new(writer.clone()),
            writer,
            app: app.into(),
            counter: 0,
            segments: Segments::default(),
            maintenance: Maintenance::default(),
            pending: VecDeque::new(),
            in_flight: None,
            prompts: PromptPrivacy::default(),
            twice: Twice::default(),
            rules: UserRules::default(),
            uses: UseBatch::default(),
            mined: Mined::default(),
            claims: Vec::new(),
            steady: SteadyClock::default(),
            ending: HashSet::new(),
            ahead: HashMap::new(),
        })
    }

    /// From here on these rules are kept to, beside the built-in ones.
    pub fn set_user_rules(&mut self, rules: UserRules) {
        self.rules = rules;
    }

    /// The index, for searching.
    #[must_use]
    pub fn index(&self) -> &Index {
        &self.index
    }

    /// Those of `names` that are segments and were not ingested, newest first.
    pub fn missing<'a>(&self, names: impl IntoIterator<Item = &'a str>) -> Vec<SegmentName> {
        let mut missing: Vec<SegmentName> = names
            .into_iter()
            .filter_map(SegmentName::parse)
            .filter(|name| !self.segments.contains(name))
            .filter(|name| {
                self.in_flight
                    .as_ref()
                    .is_none_or(|flight| flight.name != *name)
            })
            .collect();
        order::sort(&mut missing, |a, b| b.cmp(a));
        missing.dedup();
        missing
    }

    /// Reads a segment into the index. Damage is part of the report.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn ingest(
        &mut self,
        name: &SegmentName,
        bytes: &[u8],
        now: UnixMillis,
    ) -> Result<SegmentReport> {
        let decoded = segment::decode(bytes);
        for record in &decoded.records {
            self.clock.observe(&record.stamp, now);
            if let Body::Wipe(wipe) = &record.body {
                self.clock.follow(&wipe.before);
            }
        }
        let info = SegmentInfo::of(&decoded, bytes);
        let report = SegmentReport::of(&decoded);
        let lines = decoded.records.into_iter().zip(decoded.lines);
        let ingested = self.index.ingest(lines)?;
        self.index.note_unknown(&decoded.unknown)?;
        let mut met_dead = ingested.met_dead;
        for line in &decoded.suspects {
            met_dead |= self.is_named_dead(line)?;
        }
        self.register(name.clone(), info, met_dead);
        // A segment can hold both a text and its tombstone.
        self.after_ingest(&ingested);
        self.index.tell_time(now);
        Ok(SegmentReport {
            added: ingested.added,
            ended: ingested.killed.len(),
            ..report
        })
    }

    /// Makes ready for questions what waits for an idle moment: some of the names that they
    /// ask by, then some of the vectors. Whether more is left.
    ///
    /// Whoever asks before waits for the names, and goes without the vectors. Call it in idle
    /// moments until it answers false.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn settle(&mut self) -> Result<bool> {
        Ok(self.settle_names()? || self.settle_meaning()?)
    }

    /// Makes some of the names ready that questions and conditions ask by; whether others are
    /// left. Who asks before waits for all of them at once.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn settle_names(&self) -> Result<bool> {
        self.index.extend_catalog(SETTLED_AT_ONCE)
    }

    /// Gives some of the memories that have none the vectors of what they mean; whether others
    /// are left.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn settle_meaning(&mut self) -> Result<bool> {
        self.index.extend_meaning(GIVEN_AT_ONCE)
    }

    /// The next file to write; none while one is in flight or nothing is pending.
    pub fn next_flush(&mut self, now: UnixMillis) -> Option<Flush> {
        self.index.tell_time(now);
        if self.in_flight.is_some() || self.pending.is_empty() {
            return None;
        }
        // Counts go along with what makes a file anyway.
        self.keep_uses(now).ok();
        let mut batch = Vec::new();
        let mut bytes = 0;
        while let Some(next) = self.pending.front() {
            bytes += next.json.len() + 10;
            if bytes > TARGET_SEGMENT_BYTES && !batch.is_empty() {
                break;
            }
            batch.extend(self.pending.pop_front());
        }
        let bytes = self.encode(batch.iter().map(|pending: &Pending| pending.json.as_str()));
        let name = self.fresh_name(now);
        let flush = Flush {
            name: name.clone(),
            records: batch.len(),
            bytes,
        };
        self.in_flight = Some(InFlight {
            name,
            bytes: flush.bytes.clone(),
            batch,
        });
        Some(flush)
    }

    /// Takes note that the file in flight is durable: its records are
    /// searchable from here on.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if `name` is not in flight.
    pub fn flushed(&mut self, name: &str) -> Result<()> {
        let flight = self.land(name)?;
        let is_unknown = |pending: &&Pending| pending.record.is_none();
        let unknown = flight.batch.iter().filter(is_unknown);
        let unknown: Vec<RecordId> = unknown.map(|pending| pending.id).collect();
        let records = flight.batch.iter();
        let records = records.filter_map(|pending| pending.record.as_ref());
        let info = SegmentInfo::whole(records, &unknown, &flight.bytes);
        let batch = flight.batch.into_iter();
        let records = batch.filter_map(|pending| Some((pending.record?, pending.json)));
        let ingested = self.index.ingest(records)?;
        self.index.note_unknown(&unknown)?;
        self.register(flight.name, info, ingested.met_dead);
        self.after_ingest(&ingested);
        Ok(())
    }

    /// Takes note that the file in flight could not be written. Its records
    /// come again, first, under a new name.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if `name` is not in flight.
    pub fn flush_failed(&mut self, name: &str) -> Result<()> {
        let flight = self.land(name)?;
        for pending in flight.batch.into_iter().rev() {
            self.pending.push_front(pending);
        }
        Ok(())
    }

    /// Memories as one fenced block of text for a model; unknown ids are left out.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn context(&mut self, ids: &[RecordId], max_tokens: u32) -> Result<ContextBlock> {
        let memories = self.get(ids)?;
        Ok(fence::fence(
            &memories,
            self.entropy.bytes(),
            max_tokens,
            &self.index.zone,
        ))
    }

    /// Memories by their ids, in that order; unknown ones are left out.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn get(&self, ids: &[RecordId]) -> Result<Vec<Memory>> {
        let mut memories = Vec::with_capacity(ids.len());
        for id in ids {
            memories.extend(self.index.memory(*id)?);
        }
        Ok(memories)
    }

    /// The whole numbers, below 2^53 and in the order of time, that stand for
    /// records where a UUID does not fit; none for an id that is not here.
    /// They depend on nothing but which records there are.
    pub fn aliases(&mut self, ids: &[RecordId]) -> Vec<Option<u64>> {
        self.index.aliases(ids)
    }

    /// The memory that an edit changes; none for what is no edit, or was taken back.
    ///
    /// # Errors
    ///
    /// If the engine refuses a statement.
    pub fn edited_by(&self, edit: RecordId) -> Result<Option<RecordId>> {
        self.index.edited_by(edit)
    }

    /// The records that [`Store::aliases`] gave these numbers; none for a number
    /// that none has.
    pub fn aliased(&mut self, numbers: &[u64]) -> Vec<Option<RecordId>> {
        self.index.aliased(numbers)
    }

    /// What the store holds.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn stats(&self) -> Result<StoreStats> {
        let mut stats = StoreStats {
            index: self.index.stats()?,
            pending: self.waiting().count() as u64,
            unpurged_segments: self.segments.dirty() as u64,
            ..StoreStats::default()
        };
        for (_, segment) in self.segments.infos() {
            stats.segments += 1;
            stats.segment_bytes += segment.bytes as u64;
            stats.damaged_lines += segment.damaged_lines as u64;
            stats.newer_segments += u64::from(segment.is_newer);
        }
        Ok(stats)
    }

    /// A name that nobody has used; the next one differs.
    fn fresh_name(&mut self, now: UnixMillis) -> SegmentName {
        let name = SegmentName::new(now, &self.writer, self.counter);
        self.counter += 1;
        name
    }

    /// A segment of these lines, to go under the next fresh name.
    fn encode<'a>(&self, lines: impl ExactSizeIterator<Item = &'a str>) -> Vec<u8> {
        segment::encode(&self.writer, self.counter, &self.app, lines)
    }

    /// How many records wait to be written, those in flight among them. They are
    /// written in the order they came.
    #[must_use]
    pub fn pending(&self) -> usize {
        self.waiting().count()
    }

    fn waiting(&self) -> impl Iterator<Item = &Pending> {
        let in_flight = self.in_flight.iter().flat_map(|flight| &flight.batch);
        self.pending.iter().chain(in_flight)
    }

    fn land(&mut self, name: &str) -> Result<InFlight> {
        match self.in_flight.take() {
            Some(flight) if flight.name.as_str() == name => Ok(flight),
            other => {
                self.in_flight = other;
                Err(Error::invalid("name", "is not the file in flight"))
            }
        }
    }
}
