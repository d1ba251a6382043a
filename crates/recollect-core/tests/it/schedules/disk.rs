//! A folder that fails as real ones do.

use std::collections::{BTreeMap, HashSet};

use recollect_core::log::record::Body;
use recollect_core::{Area, RecordId, log::segment};

use super::random::Random;

pub type Key = (Area, String);

/// Order of the areas, for a map.
fn sort_key(key: &Key) -> (bool, &str) {
    (key.0 == Area::Quarantine, &key.1)
}

#[derive(Clone)]
struct File {
    bytes: Vec<u8>,
    /// Records in it, if it is a whole segment.
    ids: Vec<RecordId>,
    /// Records that its tombstones end.
    ended: Vec<RecordId>,
    /// Whether it holds a wipe, which ends all there are.
    has_wipe: bool,
    is_durable: bool,
}

/// What a power cut may bring back.
#[derive(Clone)]
struct Deleted {
    key: Key,
    file: File,
}

/// What every process sees, and what a power cut leaves of it.
#[derive(Default)]
pub struct Disk {
    files: BTreeMap<(bool, String), File>,
    deleted: Vec<Deleted>,
    used: HashSet<Key>,
    pub has_faults: bool,
}

/// What a damaged segment held.
#[derive(Default)]
pub struct Damage {
    /// Records.
    pub lost: Vec<RecordId>,
    /// Records whose tombstones were in it.
    pub revived: Vec<RecordId>,
    /// Whether a wipe was in it.
    pub has_wipe: bool,
}

pub enum Put {
    Done,
    Failed,
}

impl Disk {
    pub fn list(&self) -> Vec<String> {
        self.files
            .keys()
            .filter(|(is_quarantine, _)| !is_quarantine)
            .map(|(_, name)| name.clone())
            .collect()
    }

    pub fn quarantined(&self) -> Vec<String> {
        self.files
            .keys()
            .filter(|(is_quarantine, _)| *is_quarantine)
            .map(|(_, name)| name.clone())
            .collect()
    }

    pub fn read(&self, key: &Key) -> Option<&[u8]> {
        let (is_quarantine, name) = sort_key(key);
        let file = self.files.get(&(is_quarantine, name.to_owned()))?;
        Some(&file.bytes)
    }

    /// Every file's bytes.
    pub fn contents(&self) -> impl Iterator<Item = (Area, &str, &[u8])> {
        self.files.iter().map(|((is_quarantine, name), file)| {
            let area = if *is_quarantine {
                Area::Quarantine
            } else {
                Area::Segments
            };
            (area, name.as_str(), file.bytes.as_slice())
        })
    }

    /// Writes a file. With a fault, nothing, a part or all of it may be there,
    /// durable or not, and the writer is told that it failed.
    pub fn put(
        &mut self,
        key: &Key,
        bytes: &[u8],
        fault: Option<&mut Random>,
    ) -> Result<Put, String> {
        // A copy in quarantine has the name of its original, so that it is made
        // once by whoever comes first; a second attempt is no fault.
        if !self.used.insert(key.clone()) && key.0 == Area::Segments {
            return Err(format!("I6: {} is written twice", key.1));
        }
        let (is_quarantine, name) = sort_key(key);
        let slot = (is_quarantine, name.to_owned());
        let Some(random) = fault else {
            let file = File::new(bytes.to_vec(), true);
            self.files.insert(slot, file);
            return Ok(Put::Done);
        };
        match random.below(4) {
            0 => {}
            1 => {
                let length = random.below(bytes.len());
                self.files
                    .insert(slot, File::new(bytes[..length].to_vec(), false));
            }
            choice => {
                self.files
                    .insert(slot, File::new(bytes.to_vec(), choice == 2));
            }
        }
        Ok(Put::Failed)
    }

    /// Removes a file; a power cut may undo it.
    pub fn delete(&mut self, key: &Key) {
        let (is_quarantine, name) = sort_key(key);
        if let Some(file) = self.files.remove(&(is_quarantine, name.to_owned())) {
            self.deleted.push(Deleted {
                key: key.clone(),
                file,
            });
        }
    }

    /// Forces what has happened so far to be durable, as time does.
    pub fn settle(&mut self) {
        self.deleted.clear();
        for file in self.files.values_mut() {
            file.is_durable = true;
        }
    }

    /// Loses what was not durable, and brings back some of what was deleted.
    pub fn cut_power(&mut self, random: &mut Random) {
        self.files
            .retain(|_, file| file.is_durable || random.chance(50));
        for Deleted { key, file } in std::mem::take(&mut self.deleted) {
            if file.is_durable && random.chance(50) {
                let (is_quarantine, name) = sort_key(&key);
                self.files.insert((is_quarantine, name.to_owned()), file);
            }
        }
        self.settle();
    }

    /// Whether the record is in a durable, whole segment.
    pub fn holds(&self, id: RecordId) -> bool {
        self.files.iter().any(|((is_quarantine, _), file)| {
            !is_quarantine && file.is_durable && file.ids.contains(&id)
        })
    }

    /// Whether a segment is whole and holds a wipe.
    pub fn has_wipe(&self, name: &str) -> bool {
        let file = self.files.get(&(false, name.to_owned()));
        file.is_some_and(|file| file.has_wipe)
    }

    /// Whether the line is in a whole segment, byte for byte.
    pub fn has_line(&self, line: &str) -> bool {
        self.files.iter().any(|((is_quarantine, _), file)| {
            let lines = segment::lines(&file.bytes);
            !is_quarantine && lines.is_whole && lines.good.iter().any(|good| good == line)
        })
    }

    /// Flips a bit of a segment.
    pub fn damage(&mut self, random: &mut Random, spared: &str) -> Option<Damage> {
        let mut names = self.list();
        names.retain(|name| name != spared);
        let name = names.get(random.below(names.len().max(1)))?.clone();
        let file = self.files.get_mut(&(false, name.clone()))?;
        let position = random.below(file.bytes.len());
        *file.bytes.get_mut(position)? ^= 1 << random.below(8);
        Some(Damage {
            lost: std::mem::take(&mut file.ids),
            revived: std::mem::take(&mut file.ended),
            has_wipe: std::mem::take(&mut file.has_wipe),
        })
    }

    /// Puts a file there that no process of this version wrote.
    pub fn place(&mut self, name: &str, bytes: Vec<u8>) {
        self.used.insert((Area::Segments, name.to_owned()));
        self.files
            .insert((false, name.to_owned()), File::new(bytes, true));
    }
}

impl File {
    fn new(bytes: Vec<u8>, is_durable: bool) -> Self {
        let decoded = segment::decode(&bytes);
        let (mut ids, mut ended, mut has_wipe) = (Vec::new(), Vec::new(), false);
        for record in decoded.records.iter().filter(|_| decoded.is_whole) {
            match &record.body {
                Body::Del(deletion) => ended.extend(&deletion.of),
                Body::Wipe(_) => has_wipe = true,
                _ => ids.push(record.id),
            }
        }
        Self {
            bytes,
            ids,
            ended,
            has_wipe,
            is_durable,
        }
    }
}
