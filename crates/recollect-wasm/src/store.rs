//! The one class that crosses.

use recollect_core::{SEED_LENGTH, Store};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{ErrorName, throw, thrown};
use crate::requests::millis;

pub(crate) type Thrown<T> = Result<T, JsValue>;

/// All memories of a user, as one process sees them. Free it when done.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Recollect {
    pub(crate) store: Store,
}

/// Has the next call run in a new instance of the module: after a trap the memory of
/// the old one may hold anything. Whatever was made before is gone with it.
#[wasm_bindgen(js_name = startAnew)]
pub fn start_anew() {
    wasm_bindgen::handler::schedule_reinit();
}

#[wasm_bindgen]
impl Recollect {
    /// An empty store. `seed` is 32 bytes, fresh from a secure generator each
    /// time; `app` is the version written into segments.
    #[wasm_bindgen(constructor)]
    pub fn new(seed: &[u8], app: &str) -> Thrown<Recollect> {
        console_error_panic_hook::set_once();
        let seed: [u8; SEED_LENGTH] = seed.try_into().map_err(|_| {
            let message = format!("seed has {} bytes, not {SEED_LENGTH}", seed.len());
            throw(ErrorName::InvalidInput, &message)
        })?;
        let store = Store::new(seed, app).map_err(thrown)?;
        Ok(Self { store })
    }
}

impl Recollect {
    /// The store as of a moment, or of the latest that was told.
    pub(crate) fn as_of(&mut self, now: Option<f64>) -> Thrown<&Store> {
        if let Some(now) = now {
            self.store.at(millis(now)).map_err(thrown)?;
        }
        Ok(&self.store)
    }
}

pub(crate) fn out<T: Tsify + serde::Serialize>(value: &T) -> Thrown<Ts<T>> {
    value
        .into_ts()
        .map_err(|error| throw(ErrorName::Database, &error.to_string()))
}
