//! What is thrown.

use js_sys::{Array, Object, Reflect};
use recollect_core::Error;
use serde::Serialize;
use serde::de::DeserializeOwned;
use tsify::{Ts, Tsify};
use wasm_bindgen::{JsCast, JsValue};

/// `name` of every error that is thrown.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
pub enum ErrorName {
    /// A value that the caller can correct; the message names the field.
    InvalidInput,
    /// No memory has this id, or nothing has this name; the message begins with the field.
    NotFound,
    /// A text longer than a memory may be.
    TooLarge,
    /// So much waits to be written that no more is taken.
    Full,
    /// The engine or the module failed.
    Database,
}

/// A thrown value: a JavaScript `Error` with a name of [`ErrorName`].
pub(crate) fn throw(name: ErrorName, message: &str) -> JsValue {
    let error = js_sys::Error::new(message);
    error.set_name(match name {
        ErrorName::InvalidInput => "InvalidInput",
        ErrorName::NotFound => "NotFound",
        ErrorName::TooLarge => "TooLarge",
        ErrorName::Full => "Full",
        ErrorName::Database => "Database",
    });
    error.into()
}

pub(crate) fn thrown(error: Error) -> JsValue {
    let name = match error {
        Error::InvalidInput { .. } => ErrorName::InvalidInput,
        Error::NotFound(_) | Error::Unknown { .. } => ErrorName::NotFound,
        Error::TooLarge { .. } => ErrorName::TooLarge,
        Error::Full { .. } => ErrorName::Full,
        _ => ErrorName::Database,
    };
    throw(name, &chain(&error))
}

/// Takes apart what a caller passed.
pub(crate) fn read<T: Tsify + DeserializeOwned>(value: &Ts<T>) -> Result<T, JsValue> {
    read_value(&value.js_value(), |value| {
        serde_wasm_bindgen::from_value(value.clone()).map_err(|error| error.to_string())
    })
}

/// As [`read`], with a reader of its own.
pub(crate) fn read_value<T>(
    value: &JsValue,
    read: impl Fn(&JsValue) -> Result<T, String>,
) -> Result<T, JsValue> {
    read(value).map_err(|message| malformed(value, &message, &|value| read(value).err()))
}

/// A value of the wrong shape: which field, and what was expected. What it holds
/// must not be said, since the message ends in a log.
fn malformed(
    value: &JsValue,
    message: &str,
    problem_of: &dyn Fn(&JsValue) -> Option<String>,
) -> JsValue {
    let Some(list) = value.dyn_ref::<Array>() else {
        let message = without_values(message);
        let field = field_of(value, &message, problem_of);
        return throw(ErrorName::InvalidInput, &(field + &message));
    };
    for (position, entry) in list.iter().enumerate() {
        let problem_of = |entry: &JsValue| problem_of(&Array::of1(entry));
        if let Some(message) = problem_of(&entry) {
            let message = without_values(&message);
            let field = field_of(&entry, &message, &problem_of);
            let message = format!("entry {position}: {field}{message}");
            return throw(ErrorName::InvalidInput, &message);
        }
    }
    throw(ErrorName::InvalidInput, &without_values(message))
}

/// The field that is wrong, with a colon: the one without which something else
/// is. Everything is, without the tag.
fn field_of(
    value: &JsValue,
    message: &str,
    problem_of: &dyn Fn(&JsValue) -> Option<String>,
) -> String {
    const TAG: &str = "kind";
    const MOST_FIELDS: usize = 64;
    let mut found = String::new();
    let Some(object) = value.dyn_ref::<Object>() else {
        return found;
    };
    if message.starts_with("missing field") {
        return found;
    }
    for key in Object::keys(object).iter().take(MOST_FIELDS) {
        let rest = Object::assign(&Object::new(), object);
        // Fails for no key of a fresh object.
        let _ = Reflect::delete_property(&rest, &key);
        let problem = problem_of(&rest);
        let is_wrong = problem.is_none_or(|problem| without_values(&problem) != message);
        if is_wrong && (found.is_empty() || key != TAG) {
            found = key.as_string().unwrap_or_default() + ": ";
        }
    }
    found
}

/// A message of a parser without what it found, which stands in quotes or in
/// brackets, and without a position, which nobody can look up.
fn without_values(message: &str) -> String {
    let message = message.trim_start_matches("Error: ");
    // Of the engine, which may say what it was given.
    if message.starts_with("TypeError: ") || message.starts_with("RangeError: ") {
        return "is of the wrong type".to_owned();
    }
    // Names of fields that are missing are ours.
    if message.starts_with("missing field") {
        return message.to_owned();
    }
    // Last, since what was found may say the same.
    let (found, expected) = message.rsplit_once(", expected ").unwrap_or((message, ""));
    let (found, _) = found.split_once(['"', '`', '(']).unwrap_or((found, ""));
    let mut kept = before_position(found).trim_end().to_owned();
    if !expected.is_empty() {
        kept.push_str(", expected ");
        kept.push_str(before_position(expected));
    }
    kept
}

fn before_position(message: &str) -> &str {
    message
        .rsplit_once(" at line ")
        .map_or(message, |(before, _)| before)
}

/// The message and those of its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&without_values(&error.to_string()));
        cause = error.source();
    }
    message
}
