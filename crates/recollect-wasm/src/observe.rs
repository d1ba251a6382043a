//! What agents' tools did, as it crosses.

use js_sys::JSON;
use recollect_core::derive::observe;
use serde::Serialize;
use serde_json::{Map, Value};
use tsify::{Ts, Tsify};
use wasm_bindgen::prelude::*;

use crate::drafts::Origin;
use crate::error::{read, read_value, thrown};
use crate::requests::millis;
use crate::store::{Recollect, Thrown, out};
use crate::types::{Appended, SkipReason};

/// One use of a tool, as its host tells it; may hold anything.
///
/// Only TypeScript sees this type: as a draft it crosses as JSON text.
#[allow(dead_code)]
#[derive(Debug, Serialize, Tsify)]
#[serde(rename_all = "camelCase")]
pub struct ToolUse {
    /// The tool, such as `Edit`, `run_in_terminal` or `mcp__github__create_issue`.
    pub name: String,
    /// Its arguments.
    #[tsify(optional, type = "unknown")]
    pub input: Value,
    /// What it gave back: an object, a list of texts or a text.
    #[tsify(optional, type = "unknown")]
    pub response: Value,
    /// The folder in which the agent works.
    #[tsify(optional)]
    pub cwd: Option<String>,
    /// The root of the working tree that this folder is in, in every spelling that is
    /// known; files are named from there.
    #[tsify(optional)]
    pub roots: Option<Vec<String>>,
    /// What the agent was asked, to tell the type of work by; none of it is kept.
    #[tsify(optional)]
    pub prompt: Option<String>,
    /// The number of that prompt in its session.
    #[tsify(optional)]
    pub prompt_number: Option<u32>,
}

fn tool_use(json: &str) -> Result<observe::ToolUse, String> {
    let mut fields: Map<String, Value> =
        serde_json::from_str(json).map_err(|error| error.to_string())?;
    let mut take = |key: &str| fields.remove(key).unwrap_or_default();
    let text = |value: Value, key: &str| match value {
        Value::String(text) => Ok(Some(text)),
        Value::Null => Ok(None),
        _ => Err([key, ": invalid type, expected a string"].concat()),
    };
    let texts = |value: Value| match value {
        Value::Null => Ok(Vec::new()),
        value => serde_json::from_value(value)
            .map_err(|_| "roots: invalid type, expected a list of strings".to_owned()),
    };
    let name = text(take("name"), "name")?;
    let number = take("promptNumber");
    Ok(observe::ToolUse {
        name: name.ok_or("missing field `name`")?,
        input: take("input"),
        response: take("response"),
        cwd: text(take("cwd"), "cwd")?,
        roots: texts(take("roots"))?,
        prompt: text(take("prompt"), "prompt")?,
        prompt_number: number
            .as_u64()
            .and_then(|number| u32::try_from(number).ok()),
    })
}

fn read_use(tool_use: &Ts<ToolUse>) -> Thrown<observe::ToolUse> {
    read_value(&tool_use.js_value(), |tool_use| {
        let json = JSON::stringify(tool_use).map_err(|_| "nested too deep or in a circle")?;
        self::tool_use(&json.as_string().unwrap_or_default())
    })
}

fn told(
    observed: recollect_core::Result<Option<recollect_core::Appended>>,
) -> Thrown<Ts<Appended>> {
    let nothing = Appended::Skipped {
        reason: SkipReason::Nothing,
    };
    out(&observed.map_err(thrown)?.map_or(nothing, Appended::from))
}

#[wasm_bindgen]
impl Recollect {
    /// Takes in what a tool's use is worth remembering for, by rules. Skipped as
    /// `nothing` if it is for nothing, and as `private` if its prompt is. The
    /// provenance is that of the tool's kind, whatever `origin` says.
    pub fn observe(
        &mut self,
        tool_use: Ts<ToolUse>,
        origin: Ts<Origin>,
        now: f64,
    ) -> Thrown<Ts<Appended>> {
        let (tool_use, origin) = (read_use(&tool_use)?, read(&origin)?.into());
        told(self.store.observe(tool_use, origin, millis(now)))
    }

    /// Takes in the command that a tool's use ran with success, if it is worth
    /// knowing again. Skipped as `nothing` if it is not, or is known of this day.
    #[wasm_bindgen(js_name = commandWorked)]
    pub fn command_worked(
        &mut self,
        tool_use: Ts<ToolUse>,
        origin: Ts<Origin>,
        now: f64,
    ) -> Thrown<Ts<Appended>> {
        let (tool_use, origin) = (read_use(&tool_use)?, read(&origin)?.into());
        told(self.store.command_worked(tool_use, origin, millis(now)))
    }

    /// Whether a session's prompt is private as a whole, its latest unless one is
    /// named: then nothing that follows from it is stored.
    #[wasm_bindgen(js_name = promptPrivacy)]
    pub fn prompt_privacy(&self, session: &str, number: Option<u32>) -> bool {
        self.store.is_prompt_private(session, number)
    }
}
