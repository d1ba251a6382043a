//! Uses of memories, as they cross.

use recollect_core::UseOf as CoreUse;
use serde::{Deserialize, Serialize};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::{millis, parse_ids};
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

/// How much memories matter.
#[derive(Debug, Serialize, Tsify)]
pub struct SeenList(pub Vec<Seen>);

#[wasm_bindgen]
impl Recollect {
    /// Counts a use of each of these memories; unknown ids are passed over. Counts
    /// are written with the next file that is written for something else.
    pub fn used(&mut self, ids: Vec<String>, how: Ts<UseOf>, now: f64) -> Thrown<()> {
        let ids = parse_ids(&ids).map_err(thrown)?;
        let how = match read(&how)? {
            UseOf::Recalled => CoreUse::Recalled,
            UseOf::Reinforced => CoreUse::Reinforced,
        };
        self.store.used(&ids, how, millis(now)).map_err(thrown)
    }

    /// Makes what was counted pending by itself, as before a window closes.
    #[wasm_bindgen(js_name = keepUses)]
    pub fn keep_uses(&mut self, now: f64) -> Thrown<()> {
        self.store.keep_uses(millis(now)).map_err(thrown)
    }

    /// How much memories matter, in that order; unknown ids are left out. Uses
    /// count when they are durable.
    pub fn seen(&self, ids: Vec<String>, now: f64) -> Thrown<Ts<SeenList>> {
        let ids = parse_ids(&ids).map_err(thrown)?;
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
