//! Export to lines and import of them.
//!
//! An export holds the live lines of all segments as they are, one JSON record a
//! line; sorted and without repetitions it is the same after an import into an
//! empty store. Tombstones are not among them: an import only adds. What was
//! forgotten here stays so, whatever a file says.
//!
//! A file says itself who wrote a record and how far that may be believed. The
//! importer is told how much of that counts: with [`Trust::Low`] everything
//! becomes of low trust, edits and the ends of sessions too, and nothing that is more
//! than that can be edited.
//!
//! It also says when. A stamp ahead of the importer's clock becomes a reading of that
//! clock, so that whatever is written here afterwards is later; and what is of low
//! trust did not happen later than now.

use std::collections::HashSet;

use super::{Pending, Store};
use crate::error::{Error, Result};
use crate::intake::admit::{Draft, Excess, admit, tidy};
use crate::intake::instruction;
use crate::intake::privacy;
use crate::log::id::RecordId;
use crate::log::record::{Body, Edit, Record, RecordError, Trust, kinds};
use crate::log::segment::{self, MAX_LINE_BYTES};
use crate::log::time::UnixMillis;

/// Most bytes of lines that are taken in at once.
pub const MAX_IMPORT_BYTES: usize = 4 * 1024 * 1024;

/// Most lines that were not taken of which is told why, so that a text of nothing
/// else costs no more than reading it.
const MAX_REFUSED_TOLD: usize = 100;

/// What came of an import.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ImportReport {
    /// New, durable once flushed.
    pub pending: usize,
    /// Here already.
    pub known: usize,
    /// Forgotten here, and so left out.
    pub forgotten: usize,
    /// Of the pending ones, those that lost private text, secrets or denied files.
    pub filtered: usize,
    /// Lines that were not taken, the first ones.
    pub refused: Vec<RefusedLine>,
    /// How many more were not taken.
    pub unlisted: usize,
}

/// A line that was not taken, and why.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefusedLine {
    /// From 1, in the text that was given.
    pub line: usize,
    /// What was wrong; never a part of the line.
    pub problem: String,
}

/// What becomes of one line.
enum Taken {
    Pending {
        pending: Box<Pending>,
        is_filtered: bool,
    },
    Known,
    Forgotten,
    Refused(String),
}

impl Store {
    /// The lines of a segment that an export holds, without line ends.
    ///
    /// The index must have read all segments.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn export_lines(&self, bytes: &[u8]) -> Result<Vec<String>> {
        let lines = segment::lines(bytes);
        if lines.is_newer {
            return Ok(Vec::new());
        }
        let mut exported = Vec::with_capacity(lines.good.len());
        for line in lines.good {
            if self.is_exported(&line)? {
                exported.push(line);
            }
        }
        Ok(exported)
    }

    fn is_exported(&self, line: &str) -> Result<bool> {
        match Record::from_json(line) {
            Ok(record) => match &record.body {
                Body::Del(_) | Body::Wipe(_) => Ok(false),
                // Of two records with one id only the one that is shown goes out,
                // since an import could keep only one.
                _ => {
                    let is_shown =
                        !self.index.is_outdone(&record) && !self.index.is_over(record.id);
                    Ok(is_shown && !self.index.is_dead(&record)?)
                }
            },
            Err(RecordError::UnknownKind) => Ok(!self.is_named_dead(line.as_bytes())?),
            Err(_) => Ok(false),
        }
    }

    /// Takes in whole lines of an export. Ids are kept, texts pass the filter, and
    /// nothing gets more than `trust`.
    ///
    /// # Errors
    ///
    /// [`Error::TooLarge`] for more than [`MAX_IMPORT_BYTES`], [`Error::Full`]
    /// while too much waits, and when the engine refuses a statement. A line that
    /// cannot be taken is part of the report.
    pub fn import_lines(
        &mut self,
        text: &str,
        trust: Trust,
        now: UnixMillis,
    ) -> Result<ImportReport> {
        if text.len() > MAX_IMPORT_BYTES {
            return Err(Error::TooLarge {
                field: "text",
                found: text.len(),
                limit: MAX_IMPORT_BYTES,
            });
        }
        self.check_room()?;
        let mut waiting = self.waiting_ids();
        let mut lowered = HashSet::new();
        let mut report = ImportReport::default();
        for (position, line) in text.lines().enumerate() {
            let line = line.trim();
            if line.is_empty() {
                continue;
            }
            let taken = match trust {
                Trust::High => self.take_line(line, &waiting, None, now)?,
                Trust::Low => self.take_line(line, &waiting, Some(&lowered), now)?,
            };
            match taken {
                Taken::Pending {
                    pending,
                    is_filtered,
                } => {
                    if let Some(record) = &pending.record {
                        self.clock.observe(&record.stamp, now);
                    }
                    waiting.insert(pending.id);
                    lowered.insert(pending.id);
                    self.pending.push_back(*pending);
                    report.pending += 1;
                    report.filtered += usize::from(is_filtered);
                }
                Taken::Known => report.known += 1,
                Taken::Forgotten => report.forgotten += 1,
                Taken::Refused(_) if report.refused.len() == MAX_REFUSED_TOLD => {
                    report.unlisted += 1;
                }
                Taken::Refused(problem) => report.refused.push(RefusedLine {
                    line: position + 1,
                    problem,
                }),
            }
        }
        Ok(report)
    }

    /// With `lowered`, what was taken in before, this is a file that is not trusted.
    fn take_line(
        &mut self,
        line: &str,
        waiting: &HashSet<RecordId>,
        lowered: Option<&HashSet<RecordId>>,
        now: UnixMillis,
    ) -> Result<Taken> {
        if line.len() > MAX_LINE_BYTES {
            let problem = format!(
                "has {} bytes, more than the {MAX_LINE_BYTES} of a record",
                line.len()
            );
            return Ok(Taken::Refused(problem));
        }
        let mut record = match Record::from_json_of_any_time(line) {
            Ok(record) => record,
            Err(RecordError::UnknownKind) if lowered.is_some() => {
                let problem = "a record of a newer version, which takes a trusted workspace";
                return Ok(Taken::Refused(problem.to_owned()));
            }
            Err(RecordError::UnknownKind) => return self.take_unknown(line, waiting),
            Err(error) => return Ok(Taken::Refused(error.to_string())),
        };
        if matches!(record.body, Body::Del(_) | Body::Wipe(_)) {
            let problem = "a deletion, which an import does not carry out";
            return Ok(Taken::Refused(problem.to_owned()));
        }
        if self.index.is_dead(&record)? || is_over(&record, now) {
            return Ok(Taken::Forgotten);
        }
        if waiting.contains(&record.id) || self.index.knows(record.id)? {
            return Ok(Taken::Known);
        }
        if let (Body::Use(_), Some(_)) = (&record.body, lowered) {
            let problem = "counts of uses, which take a trusted workspace";
            return Ok(Taken::Refused(problem.to_owned()));
        }
        if let (Body::Alias(_), Some(_)) = (&record.body, lowered) {
            let problem = "other ids of a project, which take a trusted workspace";
            return Ok(Taken::Refused(problem.to_owned()));
        }
        if let (Body::Edit(edit), Some(_)) = (&record.body, lowered)
            && edit.is_harmless
        {
            let problem = "an edit that says of a text that it is no instruction, which takes a trusted workspace";
            return Ok(Taken::Refused(problem.to_owned()));
        }
        if let (Body::Edit(edit), Some(lowered)) = (&record.body, lowered)
            && !lowered.contains(&edit.of)
            && !self.believes_edits()
            && !self.is_low(edit.of)?
        {
            let problem = "an edit of what is not of low trust, which takes a trusted workspace";
            return Ok(Taken::Refused(problem.to_owned()));
        }
        let has_moved = self.put_right_in_time(&mut record, lowered.is_some(), now);
        if let Some(problem) = lowered.and_then(|_| self.lower(&mut record)) {
            return Ok(Taken::Refused(problem.to_owned()));
        }
        self.filter(record, line, has_moved || lowered.is_some())
    }

    /// Takes back times that are ahead of the importer's clock; whether there were any.
    fn put_right_in_time(&mut self, record: &mut Record, is_low: bool, now: UnixMillis) -> bool {
        let mut has_moved = false;
        if self.clock.is_behind(&record.stamp, now) {
            record.stamp = self.clock.read(now);
            has_moved = true;
        }
        if let Body::Edit(Edit {
            target: Some(target),
            ..
        }) = &mut record.body
            && self.clock.is_behind(&target.h, now)
        {
            target.h = record.stamp.clone();
            has_moved = true;
        }
        if is_low && record.at > now {
            record.at = now;
            has_moved = true;
        }
        has_moved
    }

    /// Makes a record one of low trust, or says why it cannot be.
    fn lower(&self, record: &mut Record) -> Option<&'static str> {
        if let (Body::SessionEnd(end), None) = (&record.body, &record.origin) {
            // What is not known to be of low trust would end what is of more.
            record.origin = self.index.origin_of_session(&end.session);
        }
        #[cfg(feature = "mutants")]
        if self.believes_facts() && record.origin.is_some() {
            return None;
        }
        match (&mut record.origin, &mut record.body) {
            (None, Body::Edit(_)) if self.believes_edits() => {}
            (Some(origin), _) => origin.trust = Trust::Low,
            (None, Body::Edit(edit)) => edit.trust = Trust::Low,
            (None, _) => return Some("it does not say where it belongs"),
        }
        None
    }

    #[cfg(not(feature = "mutants"))]
    fn believes_edits(&self) -> bool {
        false
    }

    fn is_low(&self, id: RecordId) -> Result<bool> {
        let memory = self.index.memory(id)?;
        Ok(memory.is_some_and(|memory| memory.trust == Trust::Low))
    }

    /// A kind of a newer version is kept as it is, but only if nothing in it is private.
    fn take_unknown(&self, line: &str, waiting: &HashSet<RecordId>) -> Result<Taken> {
        if privacy::has_private_text(line) || self.rules.redact(line).had_secret {
            let problem = "private text in a record of a newer version";
            return Ok(Taken::Refused(problem.to_owned()));
        }
        let Some(id) = segment::named_ids(line.as_bytes()).into_iter().next() else {
            return Ok(Taken::Refused("a record without an id".to_owned()));
        };
        if self.is_named_dead(line.as_bytes())? {
            return Ok(Taken::Forgotten);
        }
        if waiting.contains(&id) || self.index.knows(id)? {
            return Ok(Taken::Known);
        }
        Ok(Taken::Pending {
            pending: Box::new(Pending {
                id,
                record: None,
                json: line.to_owned(),
            }),
            is_filtered: false,
        })
    }

    /// Filters and checks a record as if it were new; its line stays as it is if
    /// that changes nothing.
    fn filter(&self, record: Record, line: &str, is_changed: bool) -> Result<Taken> {
        let mut draft = Draft {
            at: Some(record.at),
            origin: record.origin.clone(),
            body: record.body.clone(),
        };
        let mut admitted = match admit(draft.clone(), &self.rules, Excess::Refused) {
            Ok(Some(admitted)) => admitted,
            Ok(None) => return Ok(Taken::Refused("all of it is private".to_owned())),
            Err(error @ (Error::InvalidInput { .. } | Error::TooLarge { .. })) => {
                return Ok(Taken::Refused(error.to_string()));
            }
            Err(error) => return Err(error),
        };
        if admitted != draft {
            tidy(&mut draft);
        }
        // Keys that this version does not know are no part of the draft.
        let is_filtered = admitted != draft
            || privacy::has_private_text(line)
            || self.rules.redact(line).had_secret && record.to_json()? != line;
        instruction::flag(&mut admitted);
        let is_same = admitted.body == record.body && admitted.origin == record.origin;
        let is_as_written = !is_changed || Record::from_json(line).is_ok_and(|own| own == record);
        let (record, json) = if is_same && is_as_written && !is_filtered {
            (record, line.to_owned())
        } else {
            let record = Record {
                origin: admitted.origin,
                body: admitted.body,
                ..record
            };
            let json = record.to_json()?;
            (record, json)
        };
        Ok(Taken::Pending {
            pending: Box::new(Pending {
                id: record.id,
                json,
                record: Some(record),
            }),
            is_filtered,
        })
    }
}

/// Whether a fact no longer holds.
fn is_over(record: &Record, now: UnixMillis) -> bool {
    match &record.body {
        Body::Fact(fact) => kinds::expires_at(fact, record.at).is_some_and(|end| end <= now),
        _ => false,
    }
}
