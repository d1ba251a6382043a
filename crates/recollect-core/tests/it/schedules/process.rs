//! One process: a store and the host around it, which does what the store asks
//! one operation at a time and may die between any two.

use std::collections::HashSet;

use recollect_core::{Area, Flush, Operation, Outcome, RecordId, Store, UnixMillis};

use super::disk::{Disk, Key, Put};
use super::random::Random;

pub struct Process {
    pub store: Store,
    /// Tells it from every other process of the schedule.
    pub identity: u64,
    /// This machine's idea of the time, which can be anything.
    clock: i64,
    pub writing: Option<Flush>,
    /// Ids in the file being written: to remember, to forget.
    pub carried: (Vec<RecordId>, Vec<RecordId>),
    operation: Option<Operation>,
    /// Files whose first read fails or comes short; each does so once.
    disturbed: HashSet<Key>,
    /// Whether small segments are folded too; a window that is never idle only purges.
    pub is_idle: bool,
}

/// What the host got from a read.
enum Read {
    Bytes(Vec<u8>),
    Missing,
}

impl Process {
    pub fn start(random: &mut Random) -> Self {
        let store = Store::new(random.seed(), "0.0.0").unwrap();
        let clock = match random.below(4) {
            0 => 0,
            1 => 1_790_000_000_000,
            _ => 1_790_000_000_000 + i64::try_from(random.below(400_000_000)).unwrap(),
        };
        Self {
            store,
            identity: random.next(),
            clock,
            writing: None,
            carried: Default::default(),
            operation: None,
            disturbed: HashSet::new(),
            is_idle: true,
        }
    }

    /// Begins with an image, which may be old, damaged or of files that have gone.
    pub fn start_from(&mut self, image: &[u8], disk: &Disk) {
        let names = disk.list();
        let now = self.now();
        self.store
            .load_cache(image, image.len(), names.iter().map(String::as_str), now);
    }

    /// Whether it has read a segment, and not in part.
    pub fn has_read(&self, name: &str) -> bool {
        let key = (Area::Segments, name.to_owned());
        self.store.missing([name]).is_empty() && !self.disturbed.contains(&key)
    }

    pub fn now(&self) -> UnixMillis {
        UnixMillis(self.clock)
    }

    pub fn tick(&mut self, random: &mut Random) {
        self.clock = match random.below(12) {
            0 => 0,
            1 => self.clock - 5_000_000,
            _ => self.clock + i64::try_from(random.below(70_000)).unwrap(),
        }
        .max(0);
    }

    /// Time passes, and nothing sets the clock back.
    pub fn pass(&mut self, millis: i64) {
        self.clock += millis;
    }

    /// Plans what is to be done by a clock that is wrong this one time.
    pub fn read_wrong_clock(&mut self, wrong: UnixMillis) {
        let planned = self.store.next_operation(None, wrong).unwrap();
        if planned.is_some() {
            self.operation = planned;
        }
        self.store.at(wrong).unwrap();
    }

    fn read(&mut self, disk: &Disk, key: &Key, random: &mut Random) -> Read {
        let Some(bytes) = disk.read(key) else {
            return Read::Missing;
        };
        if disk.has_faults && random.chance(5) && self.disturbed.insert(key.clone()) {
            if random.chance(50) {
                return Read::Missing;
            }
            return Read::Bytes(bytes[..random.below(bytes.len())].to_vec());
        }
        Read::Bytes(bytes.to_vec())
    }

    /// Lists and reads what is new; with faults the list may lack anything.
    pub fn refresh(&mut self, disk: &Disk, random: &mut Random) {
        let quarantined = disk.quarantined();
        self.store
            .note_quarantined(quarantined.iter().map(String::as_str));
        let mut names = disk.list();
        if disk.has_faults {
            let percent = random.below(60);
            names.retain(|_| !random.chance(percent));
        }
        for name in self.store.missing(names.iter().map(String::as_str)) {
            let key = (Area::Segments, name.to_string());
            if let Read::Bytes(bytes) = self.read(disk, &key, random) {
                let now = self.now();
                self.store.ingest(&name, &bytes, now).unwrap();
            }
        }
    }

    /// Begins a write, or ends the one that was begun. True once it is acknowledged.
    pub fn write_step(&mut self, disk: &mut Disk, random: &mut Random) -> Result<bool, String> {
        let Some(flush) = self.writing.take() else {
            let now = self.now();
            self.writing = self.store.next_flush(now);
            return Ok(false);
        };
        let key = (Area::Segments, flush.name.to_string());
        let has_fault = disk.has_faults && random.chance(10);
        match disk.put(&key, &flush.bytes, has_fault.then_some(random))? {
            Put::Done => {
                self.store.flushed(flush.name.as_str()).unwrap();
                Ok(true)
            }
            Put::Failed => {
                self.store.flush_failed(flush.name.as_str()).unwrap();
                Ok(false)
            }
        }
    }

    /// Begins an operation, or carries out the one that was begun. False if
    /// there is nothing to do.
    pub fn maintain_step(&mut self, disk: &mut Disk, random: &mut Random) -> Result<bool, String> {
        let now = self.now();
        let Some(operation) = self.operation.take() else {
            self.operation = self
                .store
                .next_operation(self.is_idle.then_some(2), now)
                .unwrap();
            return Ok(self.operation.is_some());
        };
        let has_fault = disk.has_faults && random.chance(10);
        let outcome = match operation {
            Operation::Read(area, name) => {
                match self.read(disk, &(area, name.to_string()), random) {
                    Read::Bytes(bytes) => Outcome::Bytes(bytes),
                    Read::Missing => Outcome::Missing,
                }
            }
            Operation::PutNew(area, name, bytes) => {
                let key = (area, name.to_string());
                if area == Area::Quarantine && disk.read(&key).is_some() {
                    // Another process copied it there already.
                    Outcome::Done
                } else {
                    match disk.put(&key, &bytes, has_fault.then_some(random)) {
                        Ok(Put::Done) => Outcome::Done,
                        Ok(Put::Failed) => Outcome::Failed,
                        Err(violation) => return Err(violation),
                    }
                }
            }
            Operation::Delete(..) if has_fault => Outcome::Failed,
            Operation::Delete(area, name) => {
                disk.delete(&(area, name.to_string()));
                Outcome::Done
            }
        };
        self.store.complete(outcome, now).unwrap();
        Ok(true)
    }

    /// Everything it has to do, without faults and with its clock at rest.
    pub fn finish(&mut self, disk: &mut Disk, random: &mut Random) -> Result<bool, String> {
        let mut has_changed = false;
        // A failure makes the store rest for a while.
        self.clock = self.clock.max(0) + 100_000;
        for _ in 0..1_000 {
            self.refresh(disk, random);
            let mut steps = 0;
            while self.maintain_step(disk, random)? {
                steps += 1;
                if steps > 10_000 {
                    return Err(format!("never comes to rest: {:?}", self.operation));
                }
            }
            if steps == 0 {
                return Ok(has_changed);
            }
            has_changed = true;
        }
        Err("never comes to rest".to_owned())
    }
}
