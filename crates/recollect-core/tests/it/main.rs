//! The core from outside, in one program, so that SQLite is linked once.

#![allow(clippy::unwrap_used, missing_docs)]

mod ask;
mod cache;
mod commits;
mod common;
mod edits;
mod envelopes;
mod exchange;
mod facts;
mod forget;
mod ids;
mod kept_out;
mod look_ups;
mod observe;
mod paths;
mod patterns;
mod privacy;
mod projects;
mod properties;
mod ranking;
mod recurring;
mod rerank;
mod salience;
mod schedules;
mod search;
mod secrets;
mod secrets_written;
mod sectors;
mod session_context;
mod sessions;
mod store;
mod tools;
mod untrusted;
mod uses;
mod workdays;
