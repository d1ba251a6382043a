//! What is remembered of the tools that agents use.

#![allow(clippy::unwrap_used)]

mod golden;
mod properties;
mod summary;
