//! What is thrown.

use recollect_core::Error;
use serde::Serialize;
use tsify::Tsify;
use wasm_bindgen::JsValue;

/// `name` of every error that is thrown.
#[derive(Clone, Copy, Debug, Serialize, Tsify)]
pub enum ErrorName {
    /// A value that the caller can correct; the message names the field.
    InvalidInput,
    /// No memory has this id.
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
        Error::NotFound(_) => ErrorName::NotFound,
        Error::TooLarge { .. } => ErrorName::TooLarge,
        Error::Full { .. } => ErrorName::Full,
        _ => ErrorName::Database,
    };
    throw(name, &chain(&error))
}

/// A value of the wrong shape.
pub(crate) fn malformed(error: impl std::fmt::Display) -> JsValue {
    throw(ErrorName::InvalidInput, &error.to_string())
}

/// The message and those of its causes.
fn chain(error: &dyn std::error::Error) -> String {
    let mut message = error.to_string();
    let mut cause = error.source();
    while let Some(error) = cause {
        message.push_str(": ");
        message.push_str(&error.to_string());
        cause = error.source();
    }
    message
}
