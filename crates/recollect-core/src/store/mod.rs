//! The store: the log and the index over it, without doing any I/O.
//!
//! The host lists and reads segments and passes them to [`Store::ingest`]. What
//! is to be remembered becomes pending; [`Store::next_flush`] gives the host a
//! file to write, and only [`Store::flushed`] makes its records searchable.
//! [`Store::flush_failed`] keeps them, to come again under a new name: after a
//! failed write the state of the old file is unknown, and ids make a duplicate
//! harmless.

mod rewrite;
mod segments;

use std::collections::{HashSet, VecDeque};

#[cfg(feature = "mutants")]
pub use rewrite::Mutant;
pub use rewrite::{Area, Operation, Outcome};

use rewrite::Maintenance;
use segments::{SegmentInfo, Segments};

use crate::admit::{Draft, MAX_BODY_BYTES, admit};
use crate::commit::{self, Commit};
use crate::entropy::{Entropy, SEED_LENGTH};
use crate::error::{Error, Result};
use crate::fence::{self, ContextBlock};
use crate::id::RecordId;
use crate::index::Index;
use crate::memory::Memory;
use crate::name::{SegmentName, WRITER_LENGTH, base32};
use crate::note::{self, Note};
use crate::project::Project;
use crate::prompt_privacy::PromptPrivacy;
use crate::record::{self, Body, Deletion, Origin, Provenance, Record, Trust};
use crate::segment::{self, MAX_LINE_BYTES, TARGET_SEGMENT_BYTES};
use crate::stats::IndexStats;
use crate::text::cut;
use crate::time::{Clock, UnixMillis};

/// What became of a draft.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Appended {
    /// It is durable once the flush that holds it is.
    Pending(RecordId),
    /// All it said was private: nothing of it is kept.
    Private,
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
}

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
    record: Record,
    json: String,
}

#[derive(Debug)]
struct InFlight {
    name: SegmentName,
    bytes: Vec<u8>,
    batch: Vec<Pending>,
}

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
        })
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
        missing.sort_unstable_by(|a, b| b.cmp(a));
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
        }
        let ingested = self.index.ingest(&decoded.records)?;
        let info = SegmentInfo::of(&decoded, bytes);
        let mut met_dead = ingested.met_dead;
        for id in &decoded.suspects {
            met_dead |= self.index.is_dead_id(*id)?;
        }
        self.register(name.clone(), info, met_dead);
        // A segment can hold both a text and its tombstone.
        self.after_ingest(&ingested.killed);
        Ok(SegmentReport {
            records: decoded.records.len(),
            added: ingested.added,
            damaged_lines: decoded.damaged_lines,
            is_whole: decoded.is_whole,
            is_newer: decoded.newer_major.is_some(),
            problem: decoded.problem,
        })
    }

    /// Takes drafts in, all or none, in their order.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] and [`Error::TooLarge`] for a draft that cannot
    /// be kept, [`Error::NotFound`] for an edit of an unknown memory; nothing
    /// of the list is taken then.
    pub fn append(&mut self, drafts: Vec<Draft>, now: UnixMillis) -> Result<Vec<Appended>> {
        let mut ready = Vec::with_capacity(drafts.len());
        let mut results = Vec::with_capacity(drafts.len());
        for draft in drafts {
            match self.admit(draft)? {
                Some(draft) => {
                    let pending = self.seal(None, draft, now)?;
                    results.push(Appended::Pending(pending.record.id));
                    ready.push(pending);
                }
                None => results.push(Appended::Private),
            }
        }
        self.pending.extend(ready);
        Ok(results)
    }

    /// Takes in a text that a person typed or selected.
    ///
    /// # Errors
    ///
    /// As [`Store::append`].
    pub fn remember(&mut self, note: Note, origin: Origin, now: UnixMillis) -> Result<Appended> {
        // The text is filtered before it is split, so that a tag that spans
        // the title and the rest is still one tag.
        let Some(observation) = note::observe(note)? else {
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
    /// When the engine refuses a statement. A commit that cannot be kept is
    /// counted as skipped.
    pub fn learn(
        &mut self,
        project: &Project,
        commits: Vec<Commit>,
        now: UnixMillis,
    ) -> Result<Learned> {
        let mut waiting: HashSet<RecordId> = self.waiting().map(|p| p.record.id).collect();
        let mut learned = Learned::default();
        for mut commit in commits {
            // A tag that the cut leaves open is private to the end.
            if commit.message.len() > MAX_BODY_BYTES {
                commit.message = cut(&commit.message, MAX_BODY_BYTES).into_owned();
            }
            let at = UnixMillis(commit.at.clamp(0, UnixMillis::MAX.0));
            let id = RecordId::of_commit(at, &project.id, &commit.hash);
            if waiting.contains(&id) || self.index.knows(id)? {
                learned.known += 1;
                continue;
            }
            let Some(observation) = commit::observe(&commit) else {
                learned.skipped += 1;
                continue;
            };
            let draft = Draft {
                at: Some(at),
                origin: Some(Origin {
                    project: project.clone(),
                    provenance: Provenance::File,
                    trust: Trust::High,
                    session: None,
                    workspace: None,
                }),
                body: Body::Observation(observation),
            };
            match self.admit(draft) {
                Ok(Some(draft)) => {
                    let pending = self.seal(Some(id), draft, now)?;
                    self.pending.push_back(pending);
                    waiting.insert(id);
                    learned.pending += 1;
                }
                Ok(None) | Err(Error::InvalidInput { .. } | Error::TooLarge { .. }) => {
                    learned.skipped += 1;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(learned)
    }

    /// Ends memories for good; gives how many there are of them.
    ///
    /// # Errors
    ///
    /// [`Error::NotFound`] for an unknown id; nothing is forgotten then.
    pub fn forget(&mut self, ids: &[RecordId], now: UnixMillis) -> Result<usize> {
        let mut distinct = Vec::with_capacity(ids.len());
        for id in ids {
            if self.index.memory(*id)?.is_none() {
                return Err(Error::NotFound(*id));
            }
            if !distinct.contains(id) {
                distinct.push(*id);
            }
        }
        for chunk in distinct.chunks(Deletion::MAX) {
            let draft = Draft {
                at: None,
                origin: None,
                body: Body::Del(Deletion { of: chunk.to_vec() }),
            };
            let pending = self.seal(None, draft, now)?;
            self.pending.push_back(pending);
        }
        Ok(distinct.len())
    }

    /// The next file to write; none while one is in flight or nothing is pending.
    pub fn next_flush(&mut self, now: UnixMillis) -> Option<Flush> {
        if self.in_flight.is_some() || self.pending.is_empty() {
            return None;
        }
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
        let records: Vec<Record> = flight.batch.into_iter().map(|p| p.record).collect();
        let ingested = self.index.ingest(&records)?;
        let info = SegmentInfo::whole(&records, &flight.bytes);
        self.register(flight.name, info, ingested.met_dead);
        self.after_ingest(&ingested.killed);
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
        Ok(fence::fence(&memories, self.entropy.bytes(), max_tokens))
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

    /// The draft as it may be stored, or `None` if all of it is private.
    fn admit(&mut self, draft: Draft) -> Result<Option<Draft>> {
        if self.prompts.covers(&draft) {
            return Ok(None);
        }
        let prompt = match (&draft.body, &draft.origin) {
            (Body::Prompt(prompt), Some(origin)) => origin
                .session
                .clone()
                .map(|session| (session, prompt.number)),
            _ => None,
        };
        let edited = match &draft.body {
            Body::Edit(edit) => Some(edit.of),
            _ => None,
        };
        let admitted = admit(draft)?;
        if let Some((session, number)) = prompt {
            self.prompts.note(&session, number, admitted.is_none());
        }
        if let Some(id) = edited
            && self.index.memory(id)?.is_none()
        {
            return Err(Error::NotFound(id));
        }
        Ok(admitted)
    }

    /// Makes the record and its line.
    fn seal(&mut self, id: Option<RecordId>, draft: Draft, now: UnixMillis) -> Result<Pending> {
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
        let record = Record {
            id,
            stamp: self.clock.read(now),
            at: at.unwrap_or(now),
            origin,
            body,
        };
        let json = record.to_json()?;
        if json.len() > MAX_LINE_BYTES {
            return Err(Error::TooLarge {
                field: "text",
                found: json.len(),
                limit: MAX_LINE_BYTES,
            });
        }
        if record::depth(&json) > record::MAX_DEPTH {
            return Err(Error::invalid(
                "metadata",
                format!("is nested deeper than {} levels", record::MAX_DEPTH),
            ));
        }
        Ok(Pending { record, json })
    }
}
