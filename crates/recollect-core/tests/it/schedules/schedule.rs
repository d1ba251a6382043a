//! One schedule: random steps, and after each of them what must hold.

use std::collections::BTreeMap;

use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{
    Body, Edit, Observation, ObservationType, Origin, Provenance, Trust,
};
use recollect_core::search::request::Format;
use recollect_core::{
    Appended, Area, Filter, Memory, Page, Project, RecordId, Selection, log::segment,
};

use super::disk::Disk;
use super::others::{AFTERWARDS, Keys};
use super::process::Process;
use super::random::Random;

/// Which rules the stores keep.
#[derive(Clone, Copy, Default)]
pub struct Rules {
    pub mutant: recollect_core::Mutant,
}

/// What somebody asked to remember.
pub struct Submitted {
    pub payload: String,
    pub is_acknowledged: bool,
    /// Somebody asked to forget it, or its file was damaged: it may be gone.
    pub may_be_gone: bool,
    /// Forgetting it was acknowledged: it must be gone.
    pub must_be_gone: bool,
}

/// A wipe of everything that somebody asked for.
struct Wiped {
    /// Which process, told from others that had its place before or after.
    by: u64,
    is_acknowledged: bool,
    /// Files that hold it.
    names: Vec<String>,
}

pub struct World {
    pub disk: Disk,
    pub processes: Vec<Process>,
    pub submitted: BTreeMap<RecordId, Submitted>,
    /// The user's values of each key.
    pub keys: Keys,
    /// What each process is writing: ids to remember and ids to forget.
    pub waiting: Vec<(Vec<RecordId>, Vec<RecordId>)>,
    wipes: Vec<Wiped>,
    /// An image of some index at some time.
    image: Option<Vec<u8>>,
    /// Whether a bit of some file was flipped.
    is_damaged: bool,
    /// Whether that hit the file with the line of a newer version.
    is_foreign_damaged: bool,
    rules: Rules,
}

/// A segment of a later version, which nobody of this one may touch.
const NEWER: &str = "0000000000-newerver-0000.seg";

/// A segment with a line of a kind that this version does not know.
const FOREIGN: &str = "0000000000-f0re1gn0-0000.seg";

const FOREIGN_LINE: &str = concat!(
    r#"{"id":"00000000-0001-7000-8000-000000000001","k":"hologram","#,
    r#""h":"000000000001-0000-f0re1gn0","at":1,"new":{"b":1,"a":[2.50]}}"#
);

/// Runs the schedule of this seed.
pub fn run(seed: u64, rules: Rules) -> Result<(), String> {
    let mut random = Random::new(seed);
    let mut world = World::new(&mut random, rules);
    let steps = 30 + random.below(90);
    let may_damage = random.chance(10);
    for _ in 0..steps {
        world.step(&mut random, may_damage)?;
        world.check_durability()?;
    }
    world.finish(&mut random)
}

impl World {
    fn new(random: &mut Random, rules: Rules) -> Self {
        let mut disk = Disk::default();
        let newer = newer_segment();
        disk.place(NEWER, newer);
        let foreign = segment::encode("f0re1gn0", 0, "0.9.0", [FOREIGN_LINE].into_iter());
        disk.place(FOREIGN, foreign);
        disk.has_faults = true;
        let mut world = Self {
            disk,
            processes: Vec::new(),
            submitted: BTreeMap::new(),
            keys: Keys::new(),
            waiting: vec![Default::default(); 3],
            wipes: Vec::new(),
            image: None,
            is_damaged: false,
            is_foreign_damaged: false,
            rules,
        };
        for _ in 0..3 {
            let process = world.start(random);
            world.processes.push(process);
        }
        world
    }

    fn start(&mut self, random: &mut Random) -> Process {
        #[allow(unused_mut)]
        let mut process = Process::start(random);
        process.store.set_mutant(self.rules.mutant);
        let _ = self.rules;
        if let Some(image) = self.image.as_ref().filter(|_| random.chance(70)) {
            process.start_from(image, &self.disk);
        }
        process
    }

    fn step(&mut self, random: &mut Random, may_damage: bool) -> Result<(), String> {
        let who = random.below(3);
        self.processes[who].tick(random);
        match random.below(100) {
            0..9 => self.remember(who, random),
            9..11 => self.set_fact(who, random),
            11 => self.import(who, random),
            12 if random.chance(60) => self.be_wrong_once(who),
            12 => self.import(who, random),
            13 => self.save_image(who, random),
            14..22 => self.forget(who, random),
            22..25 => self.edit(who, random),
            25..50 => self.write(who, random)?,
            50..61 => self.processes[who].refresh(&self.disk, random),
            61..91 => {
                for _ in 0..random.below(5) {
                    self.processes[who].maintain_step(&mut self.disk, random)?;
                    self.check_durability()?;
                }
            }
            91..93 => self.kill(who, random),
            93..97 => {
                self.disk.cut_power(random);
                for who in 0..3 {
                    self.kill(who, random);
                }
            }
            97 if random.chance(50) => self.wipe(who),
            97 => self.disk.settle(),
            98 if may_damage => self.damage(random),
            _ => {}
        }
        Ok(())
    }

    fn kill(&mut self, who: usize, random: &mut Random) {
        self.processes[who] = self.start(random);
        self.waiting[who] = Default::default();
    }

    fn remember(&mut self, who: usize, random: &mut Random) {
        let payload = format!("payload{:016x}", random.next());
        let process = &mut self.processes[who];
        let now = process.now();
        let appended = process.store.append(vec![told(&payload)], now).unwrap();
        let [Appended::Pending(id)] = appended.as_slice() else {
            return;
        };
        self.submit(who, *id, payload);
        self.waiting[who].0.push(*id);
    }

    /// Takes note of what a process was asked to keep.
    pub fn submit(&mut self, who: usize, id: RecordId, payload: String) {
        // A wipe also ends what a window that has not seen it remembers.
        let may_be_gone = !self.knows_all_wipes(who);
        self.submitted.insert(
            id,
            Submitted {
                payload,
                is_acknowledged: false,
                may_be_gone,
                must_be_gone: false,
            },
        );
    }

    /// One of the memories that this process shows.
    pub fn pick(&self, who: usize, random: &mut Random) -> Option<RecordId> {
        let ids = shown(&self.processes[who]);
        let position = random.below(ids.len().max(1));
        ids.into_keys().nth(position)
    }

    fn forget(&mut self, who: usize, random: &mut Random) {
        let Some(id) = self.pick(who, random) else {
            return;
        };
        let process = &mut self.processes[who];
        let now = process.now();
        process.store.forget(&[id], now).unwrap();
        if let Some(submitted) = self.submitted.get_mut(&id) {
            submitted.may_be_gone = true;
        }
        // With a value of a key go those that it replaced.
        for ids in self.keys.values().filter(|ids| ids.contains(&id)) {
            for id in ids {
                if let Some(submitted) = self.submitted.get_mut(id) {
                    submitted.may_be_gone = true;
                }
            }
        }
        self.waiting[who].1.push(id);
    }

    /// Asks to forget everything.
    fn wipe(&mut self, who: usize) {
        self.waiting[who]
            .1
            .extend(shown(&self.processes[who]).into_keys());
        let process = &mut self.processes[who];
        let now = process.now();
        let everything = Selection {
            is_everything: true,
            ..Selection::default()
        };
        process.store.forget_selected(&everything, now).unwrap();
        for submitted in self.submitted.values_mut() {
            submitted.may_be_gone = true;
        }
        self.wipes.push(Wiped {
            by: process.identity,
            is_acknowledged: false,
            names: Vec::new(),
        });
    }

    fn knows_all_wipes(&self, who: usize) -> bool {
        let process = &self.processes[who];
        self.wipes.iter().all(|wipe| {
            wipe.by == process.identity
                || wipe
                    .names
                    .iter()
                    .any(|name| process.has_read(name) && self.disk.has_wipe(name))
        })
    }

    fn save_image(&mut self, who: usize, random: &mut Random) {
        let image = self.processes[who]
            .store
            .save_cache(|parts| parts.concat())
            .unwrap();
        if let Some(mut image) = image {
            if random.chance(10) {
                image.truncate(random.below(image.len()));
            }
            self.image = Some(image);
        }
    }

    fn edit(&mut self, who: usize, random: &mut Random) {
        let Some(of) = self.pick(who, random) else {
            return;
        };
        let payload = self
            .submitted
            .get(&of)
            .map(|submitted| submitted.payload.clone());
        let process = &mut self.processes[who];
        let now = process.now();
        let draft = Draft {
            at: None,
            origin: None,
            body: Body::Edit(Edit {
                // An edit holds the text as well, and must go with it.
                title: payload.map(|payload| format!("edited {payload}")),
                is_pinned: Some(random.chance(50)),
                is_rewriting: random.chance(30),
                ..Edit::of(of)
            }),
        };
        process.store.append(vec![draft], now).unwrap();
    }

    pub fn write(&mut self, who: usize, random: &mut Random) -> Result<(), String> {
        let process = &mut self.processes[who];
        let is_first_half = process.writing.is_none();
        let is_acknowledged = process.write_step(&mut self.disk, random)?;
        if is_first_half && process.writing.is_some() {
            // What comes later is not in this file.
            let (remember, forget) = &mut self.waiting[who];
            let process = &mut self.processes[who];
            process.carried = (remember.clone(), forget.clone());
            let name = process.writing.as_ref().map(|flush| flush.name.to_string());
            for wipe in &mut self.wipes {
                if wipe.by == process.identity && !wipe.is_acknowledged {
                    wipe.names.extend(name.clone());
                }
            }
        }
        if !is_acknowledged {
            return Ok(());
        }
        let (remembered, forgotten) = std::mem::take(&mut self.processes[who].carried);
        let identity = self.processes[who].identity;
        for wipe in &mut self.wipes {
            wipe.is_acknowledged |= wipe.by == identity && !wipe.names.is_empty();
        }
        for id in remembered {
            self.waiting[who].0.retain(|waiting| *waiting != id);
            if let Some(submitted) = self.submitted.get_mut(&id) {
                submitted.is_acknowledged = true;
            }
        }
        for id in forgotten {
            self.waiting[who].1.retain(|waiting| *waiting != id);
            if let Some(submitted) = self.submitted.get_mut(&id) {
                submitted.must_be_gone = true;
            }
            if shown(&self.processes[who]).contains_key(&id) {
                return Err(format!("I4: {id} is shown by the process that forgot it"));
            }
        }
        Ok(())
    }

    fn damage(&mut self, random: &mut Random) {
        let damage = self.disk.damage(random, NEWER).unwrap_or_default();
        self.is_damaged = true;
        self.is_foreign_damaged |= !self.disk.has_line(FOREIGN_LINE);
        for id in damage.lost {
            if let Some(submitted) = self.submitted.get_mut(&id) {
                submitted.may_be_gone = true;
            }
        }
        for (id, submitted) in &mut self.submitted {
            if damage.has_wipe || damage.revived.contains(id) {
                submitted.must_be_gone = false;
            }
        }
    }

    /// I1 and I7: at every moment what was acknowledged is in a whole, durable segment.
    fn check_durability(&self) -> Result<(), String> {
        for (id, submitted) in &self.submitted {
            // Older values of a key may have been ended by newer ones.
            if self.keys.values().any(|ids| ids.contains(id)) {
                continue;
            }
            if submitted.is_acknowledged && !submitted.may_be_gone && !self.disk.holds(*id) {
                return Err(format!(
                    "I1: {id} was acknowledged and is in no whole segment"
                ));
            }
        }
        Ok(())
    }

    /// Everybody starts anew without faults, puts the files in order, and must
    /// show the same.
    fn finish(mut self, random: &mut Random) -> Result<(), String> {
        self.disk.has_faults = false;
        if random.chance(50) {
            self.let_time_pass(random)?;
        }
        for who in 0..3 {
            // Those that live go on with what they were doing, some start anew.
            if random.chance(50) {
                self.kill(who, random);
            }
        }
        // Folding drops what is dead as well, and must not be needed for it.
        let is_idle = random.chance(50);
        for process in &mut self.processes {
            process.is_idle = is_idle;
        }
        let mut rounds = 0;
        loop {
            rounds += 1;
            if rounds > 100 {
                return Err("the processes keep each other busy".to_owned());
            }
            let mut has_changed = false;
            for process in &mut self.processes {
                has_changed |= process.finish(&mut self.disk, random)?;
            }
            if !has_changed {
                break;
            }
        }
        self.check_durability()?;
        if self.is_damaged {
            // An image still shows what a file lost after it was read.
            self.image = None;
        }
        for who in 0..3 {
            self.kill(who, random);
            self.processes[who].refresh(&self.disk, random);
            self.processes[who].store.at(AFTERWARDS).unwrap();
        }
        let whole: Vec<_> = self.processes.iter().map(memories).collect();
        if whole.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err("I3: two readers of one folder show memories differently".to_owned());
        }
        let views: Vec<_> = self.processes.iter().map(shown).collect();
        if views.windows(2).any(|pair| pair[0] != pair[1]) {
            return Err("I3: two readers of one folder show different memories".to_owned());
        }
        self.check_view(&views[0])?;
        self.check_keys(&views[0])?;
        self.check_files()
    }

    fn check_view(&self, view: &BTreeMap<RecordId, String>) -> Result<(), String> {
        for (id, narrative) in view {
            let Some(submitted) = self.submitted.get(id) else {
                return Err(format!("I2: {id} was never submitted"));
            };
            if submitted.payload != *narrative {
                return Err(format!("I2: {id} says what nobody submitted"));
            }
            if submitted.must_be_gone {
                return Err(format!("I4: {id} was forgotten and is shown"));
            }
        }
        for (id, submitted) in &self.submitted {
            let must_be_shown = submitted.is_acknowledged && !submitted.may_be_gone;
            // Of the values of a key one is shown.
            let is_value = self.keys.values().any(|ids| ids.contains(id));
            if must_be_shown && !is_value && !view.contains_key(id) {
                return Err(format!("I1: {id} was acknowledged and is not shown"));
            }
        }
        Ok(())
    }

    fn check_files(&self) -> Result<(), String> {
        let gone: BTreeMap<&str, String> = self
            .submitted
            .iter()
            .filter(|(_, submitted)| submitted.must_be_gone)
            .map(|(id, submitted)| (submitted.payload.as_str(), id.to_string()))
            .collect();
        for (area, name, bytes) in self.disk.contents() {
            if (area, name) == (Area::Segments, NEWER) {
                if bytes != newer_segment() {
                    return Err("I10: a newer segment was touched".to_owned());
                }
                continue;
            }
            let text = String::from_utf8_lossy(bytes);
            for line in text.lines() {
                let mut words = line.split(|c: char| !c.is_ascii_alphanumeric());
                // Of a line so damaged that it does not say whose it is, nobody
                // can tell that it was forgotten.
                if words.any(|word| gone.get(word).is_some_and(|id| line.contains(id))) {
                    return Err(format!(
                        "I5: {area:?} {name} holds what was forgotten: {line}"
                    ));
                }
            }
        }
        if self
            .disk
            .read(&(Area::Segments, NEWER.to_owned()))
            .is_none()
        {
            return Err("I10: a newer segment was deleted".to_owned());
        }
        let may_be_gone = self.is_foreign_damaged || !self.wipes.is_empty();
        if !may_be_gone && !self.disk.has_line(FOREIGN_LINE) {
            return Err("I9: a line of a newer version was lost or changed".to_owned());
        }
        Ok(())
    }
}

fn newer_segment() -> Vec<u8> {
    let header = r#"{"mem":2,"w":"newerver","n":0,"app":"9.0.0"}"#;
    let checksum = crc32fast::hash(header.as_bytes());
    format!("{checksum:08x} {header}\nsomething else\n").into_bytes()
}

/// What a process shows: the narrative of each memory.
fn shown(process: &Process) -> BTreeMap<RecordId, String> {
    let memories = memories(process).into_iter();
    let told = memories.map(|(id, memory)| (id, memory.narrative.unwrap_or_default()));
    told.collect()
}

/// The memories that a process shows.
fn memories(process: &Process) -> BTreeMap<RecordId, Memory> {
    let mut shown = BTreeMap::new();
    for offset in (0..).step_by(200) {
        let page = Page::new(Some(200), Some(offset)).unwrap();
        let hits = process
            .store
            .index()
            .recent(&Filter::default(), page, Format::Full)
            .unwrap();
        let count = hits.hits.len();
        for hit in hits.hits {
            let memory = hit.memory.unwrap();
            shown.insert(memory.id, memory);
        }
        if count < 200 {
            break;
        }
    }
    shown
}

fn told(payload: &str) -> Draft {
    Draft {
        at: None,
        origin: Some(Origin {
            project: Project::of(None, "file:///a/app"),
            provenance: Provenance::User,
            trust: Trust::High,
            flag: None,
            session: None,
            workspace: None,
        }),
        body: Body::Observation(Observation {
            observation_type: ObservationType::Discovery,
            title: "title".to_owned(),
            subtitle: None,
            narrative: Some(payload.to_owned()),
            facts: Vec::new(),
            concepts: Vec::new(),
            files_read: Vec::new(),
            files_modified: Vec::new(),
            prompt_number: None,
            tokens_spent: None,
            commit: None,
            git: None,
            is_cut: false,
        }),
    }
}
