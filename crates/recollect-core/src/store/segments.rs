//! The segments that this process has read or written, and what must happen to them.

use std::collections::{HashMap, HashSet};

use crate::log::id::RecordId;
use crate::log::name::SegmentName;
use crate::log::record::{Body, Record};
use crate::log::segment::{self, Decoded, TARGET_SEGMENT_BYTES};
use crate::log::time::UnixMillis;
use crate::order;

/// Segments below this many bytes are worth folding together.
const SMALL_SEGMENT_BYTES: usize = 128 * 1024;
/// Segments younger than this are left alone by compaction: whoever wrote them
/// may still be telling others. Politeness only, no safety rests on it.
const SETTLED_AFTER_MILLIS: u64 = 60_000;

/// What is known of one segment.
#[derive(Debug)]
pub(super) struct SegmentInfo {
    pub(super) bytes: usize,
    /// CRC-32 of all its bytes, to tell a short read from what is there.
    pub(super) checksum: u32,
    pub(super) damaged_lines: usize,
    pub(super) is_whole: bool,
    pub(super) is_newer: bool,
    /// Whether it holds lines of which only ids and stamps can be read.
    pub(super) is_opaque: bool,
    /// Whether it holds the text of something that was forgotten.
    pub(super) is_dirty: bool,
    /// Ids whose end makes it dirty.
    pub(super) subjects: Vec<RecordId>,
}

impl SegmentInfo {
    /// What decoding `bytes` has shown.
    pub(super) fn of(decoded: &Decoded, bytes: &[u8]) -> Self {
        Self {
            bytes: bytes.len(),
            checksum: crc32fast::hash(bytes),
            damaged_lines: decoded.damaged_lines,
            is_whole: decoded.is_whole,
            is_newer: decoded.newer_major.is_some(),
            is_opaque: !decoded.suspects.is_empty(),
            is_dirty: false,
            subjects: {
                let mut subjects = subjects(&decoded.records);
                let named = decoded.suspects.iter().map(Vec::as_slice);
                subjects.extend(named.flat_map(segment::named_ids));
                subjects
            },
        }
    }

    /// A whole segment of these records and of others that this version does not know.
    pub(super) fn whole<'r>(
        records: impl IntoIterator<Item = &'r Record>,
        unknown: &[RecordId],
        bytes: &[u8],
    ) -> Self {
        Self {
            bytes: bytes.len(),
            checksum: crc32fast::hash(bytes),
            damaged_lines: 0,
            is_whole: true,
            is_newer: false,
            is_opaque: !unknown.is_empty(),
            is_dirty: false,
            subjects: [subjects(records), unknown.to_vec()].concat(),
        }
    }
}

fn subjects<'r>(records: impl IntoIterator<Item = &'r Record>) -> Vec<RecordId> {
    let mut subjects = Vec::new();
    for record in records {
        match &record.body {
            Body::Del(_) | Body::Wipe(_) => {}
            Body::Edit(edit) => subjects.extend([record.id, edit.of]),
            _ => subjects.push(record.id),
        }
    }
    subjects
}

/// The segments of the store, as far as this process knows them.
#[derive(Debug, Default)]
pub(super) struct Segments {
    by_name: HashMap<SegmentName, SegmentInfo>,
}

impl Segments {
    pub(super) fn contains(&self, name: &SegmentName) -> bool {
        self.by_name.contains_key(name)
    }

    pub(super) fn insert(&mut self, name: SegmentName, info: SegmentInfo) {
        self.by_name.insert(name, info);
    }

    pub(super) fn remove(&mut self, name: &SegmentName) {
        self.by_name.remove(name);
    }

    pub(super) fn get(&self, name: &SegmentName) -> Option<&SegmentInfo> {
        self.by_name.get(name)
    }

    pub(super) fn infos(&self) -> impl Iterator<Item = (&SegmentName, &SegmentInfo)> {
        self.by_name.iter()
    }

    /// Marks every segment that holds one of these ids.
    pub(super) fn mark_dead(&mut self, ids: &[RecordId]) {
        if ids.is_empty() {
            return;
        }
        let dead: HashSet<&RecordId> = ids.iter().collect();
        for info in self.by_name.values_mut().filter(|info| !info.is_dirty) {
            info.is_dirty = info.subjects.iter().any(|id| dead.contains(id));
        }
    }

    /// Marks every segment of which one must look at each line to tell what is dead.
    pub(super) fn mark_opaque(&mut self) {
        for info in self.by_name.values_mut() {
            info.is_dirty |= info.is_opaque && !info.is_newer;
        }
    }

    /// How many segments hold the text of something that was forgotten.
    pub(super) fn dirty(&self) -> usize {
        self.by_name.values().filter(|info| info.is_dirty).count()
    }

    /// Segments to be rewritten without what was forgotten: whole ones together,
    /// oldest first, or else one that is damaged.
    pub(super) fn to_purge(&self) -> Vec<SegmentName> {
        let dirty = |is_whole| {
            self.by_name.iter().filter(move |(_, info)| {
                info.is_dirty && !info.is_newer && info.is_whole == is_whole
            })
        };
        let whole = first_together(dirty(true));
        if !whole.is_empty() {
            return whole;
        }
        dirty(false)
            .map(|(name, _)| name.clone())
            .min()
            .into_iter()
            .collect()
    }

    /// Small segments to be folded into one, oldest first, if there are more
    /// than `above` of them.
    pub(super) fn to_compact(&self, above: usize, now: UnixMillis) -> Vec<SegmentName> {
        let now = u64::try_from(now.0).unwrap_or(0);
        let is_small = |info: &SegmentInfo| {
            info.is_whole && !info.is_newer && info.bytes < SMALL_SEGMENT_BYTES
        };
        let small = || self.by_name.iter().filter(|(_, info)| is_small(info));
        if small().count() <= above {
            return Vec::new();
        }
        let settled =
            small().filter(|(name, _)| name.millis().saturating_add(SETTLED_AFTER_MILLIS) <= now);
        let together = first_together(settled);
        if together.len() > 1 {
            together
        } else {
            Vec::new()
        }
    }
}

/// The oldest of these segments that fit into one, at least the first.
fn first_together<'a>(
    segments: impl Iterator<Item = (&'a SegmentName, &'a SegmentInfo)>,
) -> Vec<SegmentName> {
    let mut segments: Vec<_> = segments.collect();
    order::sort(&mut segments, |(a, _), (b, _)| a.cmp(b));
    let mut bytes = 0;
    segments
        .into_iter()
        .enumerate()
        .take_while(|(position, (_, info))| {
            bytes += info.bytes;
            *position == 0 || bytes <= TARGET_SEGMENT_BYTES
        })
        .map(|(_, (name, _))| name.clone())
        .collect()
}
