//! What several actors say about one thing: values under keys by the user, values with
//! a time limit and edits from files that nobody vouches for, and a clock that is wrong
//! once.

use std::collections::BTreeMap;

use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Fact, Origin, Provenance, Trust};
use recollect_core::{Appended, Project, RecordId, UnixMillis};

use super::random::Random;
use super::schedule::World;

/// A moment at which all short limits are over and no long one is.
pub const AFTERWARDS: UnixMillis = UnixMillis(1_900_000_000_000);
/// A moment that no clock tells but one that is wrong.
const WRONG: UnixMillis = UnixMillis(4_000_000_000_000);
/// The long limit, of some sixty years: more than from the beginning of 1970, where
/// clocks may stand, to afterwards.
const LONG_SECONDS: u64 = 2_000_000_000;

/// The user's values of each key.
pub type Keys = BTreeMap<String, Vec<RecordId>>;

// A word after which the filter expects no secret.
fn key(random: &mut Random) -> String {
    format!("colour{}", random.below(3))
}

impl World {
    /// The user sets a value, now and then with a limit that is far off.
    pub fn set_fact(&mut self, who: usize, random: &mut Random) {
        let (key, payload) = (key(random), format!("payload{:016x}", random.next()));
        let now = self.processes[who].now();
        let is_limited = random.chance(50);
        let fact = Fact {
            key: key.clone(),
            value: payload.clone(),
            ttl_seconds: is_limited.then_some(LONG_SECONDS),
            ..Fact::default()
        };
        let draft = Draft {
            at: None,
            origin: Some(Origin {
                project: Project::of(None, "file:///a/app"),
                provenance: Provenance::User,
                trust: Trust::High,
                flag: None,
                session: None,
                workspace: None,
            }),
            body: Body::Fact(fact),
        };
        let store = &mut self.processes[who].store;
        let appended = store.append(vec![draft], now).unwrap();
        let [Appended::Pending(id)] = appended.as_slice() else {
            return;
        };
        self.submit(who, *id, payload);
        self.waiting[who].0.push(*id);
        self.keys.entry(key).or_default().push(*id);
    }

    /// Imports a value that soon is over, and edits of what is shown here.
    pub fn import(&mut self, who: usize, random: &mut Random) {
        let now = self.processes[who].now();
        let (key, payload) = (key(random), format!("payload{:016x}", random.next()));
        let mut bytes = [0; 10];
        bytes[..8].copy_from_slice(&random.next().to_le_bytes());
        let id = RecordId::new(now, &bytes);
        let stamp = ["ffffffffffff-0000-aaaaaaaa", "01b000000000-0000-aaaaaaaa"][random.below(2)];
        let mut text = format!(
            concat!(
                r#"{{"id":"{}","k":"fact","h":"{}","at":{},"project":{{"id":"file:///a/app","#,
                r#""name":"app"}},"src":"user","key":"{}","value":"{}","ttl_seconds":60}}"#
            ),
            id, stamp, now.0, key, payload
        );
        if let Some(of) = self.pick(who, random) {
            bytes[9] = 1;
            let id = RecordId::new(now, &bytes);
            text += &format!(
                "\n{{\"id\":\"{id}\",\"k\":\"edit\",\"h\":\"{stamp}\",\"at\":0,\"of\":\"{of}\",\
                 \"narrative\":\"taken over\"}}"
            );
        }
        let store = &mut self.processes[who].store;
        let report = store.import_lines(&text, Trust::Low, now).unwrap();
        if report.pending > 0 {
            self.submit(who, id, payload);
            if let Some(submitted) = self.submitted.get_mut(&id) {
                submitted.may_be_gone = true;
            }
        }
    }

    /// The clock of a process is wrong for one reading.
    pub fn be_wrong_once(&mut self, who: usize) {
        self.processes[who].read_wrong_clock(WRONG);
    }

    /// Lets each process keep its files in order for a quarter of an hour.
    pub fn let_time_pass(&mut self, random: &mut Random) -> Result<(), String> {
        for who in 0..3 {
            for _ in 0..15 {
                self.processes[who].pass(61_000);
                self.processes[who].maintain_step(&mut self.disk, random)?;
                self.write(who, random)?;
                self.write(who, random)?;
            }
        }
        Ok(())
    }

    /// A key that the user has set has one of the user's values.
    pub fn check_keys(&self, view: &BTreeMap<RecordId, String>) -> Result<(), String> {
        for (key, ids) in &self.keys {
            let must_hold = |id: &RecordId| {
                let submitted = self.submitted.get(id);
                submitted.is_some_and(|one| one.is_acknowledged && !one.may_be_gone)
            };
            if ids.iter().any(must_hold) && !ids.iter().any(|id| view.contains_key(id)) {
                return Err(format!("A1: {key} has lost the user's value"));
            }
        }
        Ok(())
    }
}
