//! What a rewrite takes in and what it puts out: every live line of what it
//! read, byte for byte, and nothing that was forgotten. Of the versions of a summary
//! that it read, only the last.

use std::cmp::Ordering;
use std::collections::{HashMap, HashSet};

use super::{Area, Input, Output, Quarantined, Rewrite};
use crate::error::Result;
use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::name::SegmentName;
use crate::log::record::{Body, Record, Trust};
use crate::log::segment;
use crate::log::time::UnixMillis;
use crate::store::Store;

/// Versions of summaries among the lines of an output. Of those with one id the last
/// is shown in every window, and it stands in the same output, so that no other file
/// is relied on; the earlier ones would only grow.
#[derive(Default)]
struct Versions {
    /// By id the rank of the last version so far, and its place among the lines.
    last: HashMap<RecordId, (bool, Stamp, usize)>,
    outdone: Vec<usize>,
}

impl Versions {
    fn note(&mut self, line: &str, place: usize) {
        let Ok(record) = Record::from_json(line) else {
            return;
        };
        let (Body::Summary(_), Some(origin)) = (&record.body, &record.origin) else {
            return;
        };
        let version = (origin.trust == Trust::High, record.stamp, place);
        let Some(known) = self.last.get_mut(&record.id) else {
            self.last.insert(record.id, version);
            return;
        };
        let rank = |version: &(bool, Stamp, usize)| (version.0, version.1.clone());
        // Of two with one stamp both stay; the index tells them apart by their bytes.
        match rank(known).cmp(&rank(&version)) {
            Ordering::Less => self.outdone.push(std::mem::replace(known, version).2),
            Ordering::Greater => self.outdone.push(place),
            Ordering::Equal => {}
        }
    }

    fn drop_earlier(mut self, lines: &mut Vec<String>) {
        crate::order::sort(&mut self.outdone, Ord::cmp);
        for place in self.outdone.into_iter().rev() {
            lines.remove(place);
        }
    }
}

impl Store {
    pub(super) fn take_input(
        &mut self,
        rewrite: &mut Rewrite,
        area: Area,
        name: SegmentName,
        bytes: &[u8],
        now: UnixMillis,
    ) -> Result<()> {
        let lines = segment::lines(bytes);
        if area == Area::Quarantine {
            if rewrite.unread.iter().any(|(_, unread)| *unread == name) {
                // Its original is read after it, and says all that it says.
                rewrite.copies.push((name, bytes.to_vec()));
            } else if lines.good.is_empty() && !self.names_dead(&lines.remains)? {
                let named = Quarantined::Remains(segment::named_ids(&lines.remains));
                self.maintenance.quarantined.insert(name, named);
            } else {
                // Its original was rewritten by a process that did not see it, or
                // something in it was forgotten since.
                rewrite.deletions.push((Area::Quarantine, name));
                rewrite.read.push(Input { lines });
            }
            return Ok(());
        }
        let known = self.segments.get(&name).map(|info| info.checksum);
        let is_usable = (lines.is_whole || rewrite.is_purge) && !lines.is_newer;
        if !is_usable || known != Some(crc32fast::hash(bytes)) {
            // Read short, or damaged since: the index is told what it is now, and
            // nothing of it is deleted this time.
            self.ingest(&name, bytes, now)?;
            return Ok(());
        }
        // A copy that was written in part, or read short, holds nothing else.
        let copy = rewrite
            .copies
            .iter()
            .position(|(copy, copied)| *copy == name && bytes.starts_with(copied));
        let copy = copy.map(|position| rewrite.copies.swap_remove(position).0);
        rewrite.deletions.push((Area::Segments, name.clone()));
        rewrite
            .deletions
            .extend(copy.map(|name| (Area::Quarantine, name)));
        rewrite.read.push(Input { lines });
        Ok(())
    }

    /// Makes the outputs from the lines that live at this moment.
    pub(super) fn make_outputs(&mut self, rewrite: &mut Rewrite, now: UnixMillis) -> Result<()> {
        let mut lines: Vec<String> = Vec::new();
        let mut taken: HashSet<String> = HashSet::new();
        let mut versions = Versions::default();
        let mut remains: Vec<Vec<u8>> = Vec::new();
        for input in &mut rewrite.read {
            for line in input.lines.good.drain(..) {
                if taken.contains(&line) || !self.is_live(&line)? {
                    continue;
                }
                taken.insert(line.clone());
                versions.note(&line, lines.len());
                lines.push(line);
            }
            if !input.lines.is_whole {
                let rest = std::mem::take(&mut input.lines.remains);
                let rest = self.without_dead(&rest)?;
                if !rest.is_empty() && !remains.contains(&rest) {
                    remains.push(rest);
                }
            }
        }
        versions.drop_earlier(&mut lines);
        #[cfg(feature = "mutants")]
        self.mutate(rewrite, &mut lines)?;
        if !lines.is_empty() {
            let bytes = self.encode(lines.iter().map(String::as_str));
            let name = self.output_name(&lines, now);
            rewrite.outputs.push(Output {
                area: Area::Segments,
                name,
                bytes,
            });
        }
        for bytes in remains {
            let name = self.fresh_name(now);
            rewrite.outputs.push(Output {
                area: Area::Quarantine,
                name,
                bytes,
            });
        }
        Ok(())
    }

    /// Whether a line must be kept. A kind that this version does not know is
    /// kept as it is, unless it was forgotten.
    fn is_live(&self, line: &str) -> Result<bool> {
        match crate::log::record::Record::from_json(line) {
            Ok(record) => Ok(!self.index.is_dead(&record)?),
            Err(_) => Ok(!self.is_named_dead(line.as_bytes())?),
        }
    }

    /// The remains of a damaged segment without lines that name something dead.
    fn without_dead(&self, remains: &[u8]) -> Result<Vec<u8>> {
        let mut kept = Vec::with_capacity(remains.len());
        for line in remains.split_inclusive(|byte| *byte == b'\n') {
            if !self.names_dead(line)? {
                kept.extend_from_slice(line);
            }
        }
        Ok(kept)
    }

    fn names_dead(&self, bytes: &[u8]) -> Result<bool> {
        for line in bytes.split(|byte| *byte == b'\n') {
            if self.is_named_dead(line)? {
                return Ok(true);
            }
        }
        Ok(false)
    }

    /// Whether a line that cannot be read as a record says something that was
    /// forgotten, as far as its ids and its stamp tell.
    pub(in crate::store) fn is_named_dead(&self, line: &[u8]) -> Result<bool> {
        for id in segment::named_ids(line) {
            if self.index.is_dead_id(id)? {
                return Ok(true);
            }
        }
        match segment::named_stamp(line) {
            Some(stamp) => self.index.is_wiped(&stamp, line),
            None => Ok(false),
        }
    }

    /// Makes a verified output part of what is known.
    pub(super) fn keep_output(
        &mut self,
        rewrite: &Rewrite,
        position: usize,
        now: UnixMillis,
    ) -> Result<()> {
        if let Some(output) = rewrite.outputs.get(position) {
            match output.area {
                Area::Segments => {
                    self.ingest(&output.name, &output.bytes, now)?;
                }
                Area::Quarantine => {
                    let known = if self.names_dead(&output.bytes)? {
                        Quarantined::Dirty
                    } else {
                        Quarantined::Remains(segment::named_ids(&output.bytes))
                    };
                    self.maintenance
                        .quarantined
                        .insert(output.name.clone(), known);
                }
            }
        }
        Ok(())
    }

    #[cfg(not(feature = "mutants"))]
    fn output_name(&mut self, _lines: &[String], now: UnixMillis) -> SegmentName {
        self.fresh_name(now)
    }
}
