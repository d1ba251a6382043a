//! What is made of texts, uses of tools and records: observations, sessions, patterns.

pub mod commit;
pub mod note;
pub mod observe;
pub mod pattern;
pub mod session;
