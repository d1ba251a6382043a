//! Facts, as they cross.

use recollect_core::{FactRequest as CoreRequest, Page};
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::error::{read, thrown};
use crate::requests::millis;
use crate::store::{Recollect, Thrown, out};
use crate::types::Project;

/// A value that holds.
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
#[tsify(hashmap_as_object, missing_as_null)]
pub struct Fact {
    /// Identity of this value; another one under the key has another.
    pub id: String,
    /// The project.
    pub project: Project,
    /// The key.
    pub key: String,
    /// The value.
    pub value: String,
    /// Anything else its sender said.
    #[tsify(type = "Record<string, unknown>")]
    pub metadata: Map<String, Value>,
    /// When it was written.
    pub at: f64,
    /// From when on it no longer holds, if ever.
    #[tsify(optional)]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub expires_at: Option<f64>,
    /// Times it was given out before.
    pub accessed: u32,
    /// When it was last given out before, or else written.
    pub last_accessed: f64,
}

impl From<recollect_core::StoredFact> for Fact {
    fn from(fact: recollect_core::StoredFact) -> Self {
        let recollect_core::StoredFact {
            id,
            project,
            key,
            value,
            mut metadata,
            at,
            expires_at,
            accessed,
            last_accessed,
        } = fact;
        metadata.values_mut().for_each(keep_number);
        Self {
            id: id.to_string(),
            project: project.into(),
            key,
            value,
            metadata,
            at: at.0 as f64,
            expires_at: expires_at.map(|at| at.0 as f64),
            accessed,
            last_accessed: last_accessed.0 as f64,
        }
    }
}

/// As a number of JavaScript, which has no others.
fn keep_number(value: &mut Value) {
    match value {
        Value::Number(number) => *value = number.as_f64().into(),
        Value::Array(values) => values.iter_mut().for_each(keep_number),
        Value::Object(map) => map.values_mut().for_each(keep_number),
        _ => {}
    }
}

/// Which facts are wanted.
#[derive(Debug, Deserialize, Tsify)]
pub struct FactRequest {
    /// Id or name of their project.
    pub project: String,
    /// How their keys begin.
    #[tsify(optional)]
    #[serde(default)]
    pub prefix: String,
    /// Most facts, 1 to 200; 20 unless told.
    #[tsify(optional)]
    #[serde(default)]
    pub limit: Option<u32>,
    /// Facts to leave out before the first; 0 unless told.
    #[tsify(optional)]
    #[serde(default)]
    pub offset: Option<u32>,
}

/// A page of facts.
#[derive(Debug, Serialize, Tsify)]
#[tsify(hashmap_as_object, missing_as_null)]
pub struct FactList {
    /// The one that was used last first.
    pub facts: Vec<Fact>,
    /// How many there are on all pages.
    pub total: f64,
}

#[wasm_bindgen]
impl Recollect {
    /// Facts of a project; none of them counts as recalled. `NotFound` with a message that
    /// begins with `project` if nothing is recorded of it.
    pub fn facts(&mut self, request: Ts<FactRequest>, now: f64) -> Thrown<Ts<FactList>> {
        let FactRequest {
            project,
            prefix,
            limit,
            offset,
        } = read(&request)?;
        let request = CoreRequest {
            project,
            prefix,
            page: Page::new(limit, offset).map_err(thrown)?,
        };
        let list = self.store.facts(&request, millis(now)).map_err(thrown)?;
        out(&FactList {
            facts: list.facts.into_iter().map(Into::into).collect(),
            total: list.total as f64,
        })
    }

    /// The value of a key, which does not count as recalled. `NotFound` with a message that
    /// begins with `project` if nothing is recorded of it, and with `key` if that
    /// has no value that holds.
    pub fn fact(&mut self, project: &str, key: &str, now: f64) -> Thrown<Ts<Fact>> {
        let fact = self.store.fact(project, key, millis(now)).map_err(thrown)?;
        out(&Fact::from(fact))
    }
}
