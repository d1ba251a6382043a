//! Uses of memories, as they cross.

use recollect_core::weigh::salience;
use recollect_core::{UseOf as CoreUse, Zone};
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::millis;
use crate::store::{Recollect, Thrown, out};

/// How a memory was used.
#[derive(Clone, Copy, Debug, Deserialize, Tsify)]
#[serde(rename_all = "snake_case")]
pub enum UseOf {
    /// It was given to somebody who asked.
    Recalled,
    /// It was found again, confirmed or cited; this counts more.
    Reinforced,
}

/// How much a memory matters at a moment, and why.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct Seen {
    /// The memory.
    pub id: String,
    /// From 0 to 1: fades with time and rises with use, each use less than the one before.
    pub salience: f64,
    /// When it was last used, or else the moment it is of.
    pub last_seen: f64,
    /// Times it was recalled.
    pub recalled: u32,
    /// Times it was reinforced.
    pub reinforced: u32,
}

/// Days until a memory that nobody uses is half as salient, by its sector; each from 1 to
/// 3650, and the documented one unless told.
#[derive(Debug, Deserialize, Tsify)]
#[serde(default)]
pub struct HalfLives {
    /// For what happened.
    #[tsify(optional)]
    pub episodic: f64,
    /// For what is so.
    #[tsify(optional)]
    pub semantic: f64,
    /// For how something is done.
    #[tsify(optional)]
    pub procedural: f64,
    /// For how somebody felt.
    #[tsify(optional)]
    pub emotional: f64,
    /// For what was thought of it.
    #[tsify(optional)]
    pub reflective: f64,
}

impl Default for HalfLives {
    fn default() -> Self {
        let salience::HalfLives {
            episodic_days: episodic,
            semantic_days: semantic,
            procedural_days: procedural,
            emotional_days: emotional,
            reflective_days: reflective,
        } = salience::HalfLives::default();
        Self {
            episodic,
            semantic,
            procedural,
            emotional,
            reflective,
        }
    }
}

impl From<HalfLives> for salience::HalfLives {
    fn from(half_lives: HalfLives) -> Self {
        let HalfLives {
            episodic: episodic_days,
            semantic: semantic_days,
            procedural: procedural_days,
            emotional: emotional_days,
            reflective: reflective_days,
        } = half_lives;
        Self {
            episodic_days,
            semantic_days,
            procedural_days,
            emotional_days,
            reflective_days,
        }
    }
}

/// How much memories matter.
#[derive(Debug, Serialize, Tsify)]
pub struct SeenList(pub Vec<Seen>);

#[wasm_bindgen]
impl Recollect {
    /// Counts a use of each of these memories; unknown ids are passed over. Counts
    /// are written with the next file that is written for something else.
    pub fn used(&mut self, ids: Vec<String>, how: Ts<UseOf>, now: f64) -> Thrown<()> {
        let ids = self.store.ids_of("ids", &ids).map_err(thrown)?;
        let how = match read(&how)? {
            UseOf::Recalled => CoreUse::Recalled,
            UseOf::Reinforced => CoreUse::Reinforced,
        };
        self.store.used(&ids, how, millis(now)).map_err(thrown)
    }

    /// How fast memories fade from here on, in searches and in `seen`. The message of an
    /// error says which sector is wrong; nothing changes then.
    #[wasm_bindgen(js_name = setHalfLives)]
    pub fn set_half_lives(&mut self, half_lives: Ts<HalfLives>) -> Thrown<()> {
        let half_lives = read(&half_lives)?.into();
        self.store.set_half_lives(half_lives).map_err(thrown)
    }

    /// When the user's days begin, from here on: in questions, in blocks for a model and in
    /// habits. Pairs of a moment in Unix milliseconds and of the minutes that local time is
    /// ahead of UTC from then on; before the first as from then on. UTC unless told.
    #[wasm_bindgen(js_name = setZone)]
    pub fn set_zone(&mut self, changes: &[f64]) {
        let (pairs, _) = changes.as_chunks();
        let pairs = pairs
            .iter()
            .map(|[from, minutes]| (millis(*from), *minutes as i32));
        self.store.set_zone(Zone::new(pairs));
    }

    /// Makes what was counted pending by itself, as before a window closes.
    #[wasm_bindgen(js_name = keepUses)]
    pub fn keep_uses(&mut self, now: f64) -> Thrown<()> {
        self.store.keep_uses(millis(now)).map_err(thrown)
    }

    /// How much memories matter, in that order; unknown ids are left out. Uses
    /// count when they are durable.
    pub fn seen(&mut self, ids: Vec<String>, now: f64) -> Thrown<Ts<SeenList>> {
        let ids = self.store.ids_of("ids", &ids).map_err(thrown)?;
        let seen = self.store.seen(&ids, millis(now)).map_err(thrown)?;
        let seen = seen.into_iter().map(|seen| {
            let recollect_core::Seen {
                id,
                salience,
                last_seen,
                recalled,
                reinforced,
            } = seen;
            Seen {
                id: id.to_string(),
                salience,
                last_seen: last_seen.0 as f64,
                recalled,
                reinforced,
            }
        });
        out(&SeenList(seen.collect()))
    }
}
