//! What can be asked, and how it is ranked.

pub mod activity;
pub mod answer;
pub(crate) mod expression;
mod files;
pub(crate) mod filter;
pub(crate) mod predicate;
pub(crate) mod preview;
pub mod query;
pub mod question;
pub mod rank;
pub mod request;
pub(crate) mod rerank;
pub mod run;
pub(crate) mod score;
pub(crate) mod similar;
pub mod stats;
pub mod timeline;
pub(crate) mod top;
