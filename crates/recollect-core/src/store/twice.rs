//! Prompts that are told of twice at once.
//!
//! A host may run one hook from two of its settings, or two clients may tell of
//! one prompt. The second within some seconds, of the same session and with the
//! same text, is the first. Known only while the process lives.

use std::collections::VecDeque;
use std::collections::hash_map::DefaultHasher;
use std::hash::{Hash, Hasher};

use crate::intake::admit::Draft;
use crate::log::id::RecordId;
use crate::log::record::Body;
use crate::log::time::UnixMillis;

/// How far apart two may be that are one.
const WITHIN_MILLIS: u64 = 5_000;
/// Most prompts that are remembered; in that time come no more.
const MOST: usize = 64;

/// The prompts of the last seconds.
#[derive(Clone, Debug, Default)]
pub(super) struct Twice {
    told: VecDeque<(Told, RecordId)>,
}

/// One prompt: a hash of its session and text, and when.
#[derive(Clone, Debug)]
pub(super) struct Told {
    hash: u64,
    at: UnixMillis,
}

impl Twice {
    /// The prompt that a draft is; none without a session.
    pub(super) fn prompt(&self, draft: &Draft, now: UnixMillis) -> Option<Told> {
        let Body::Prompt(prompt) = &draft.body else {
            return None;
        };
        let session = draft.origin.as_ref()?.session.as_ref()?;
        let mut hasher = DefaultHasher::new();
        (session, prompt.text.trim()).hash(&mut hasher);
        Some(Told {
            hash: hasher.finish(),
            at: draft.at.unwrap_or(now),
        })
    }

    /// The record of the same prompt, if it was told a moment ago.
    pub(super) fn known(&self, prompt: &Told) -> Option<RecordId> {
        let is_same = |told: &Told| {
            told.hash == prompt.hash && told.at.0.abs_diff(prompt.at.0) <= WITHIN_MILLIS
        };
        let mut told = self.told.iter().rev();
        told.find(|(told, _)| is_same(told)).map(|&(_, id)| id)
    }

    pub(super) fn note(&mut self, prompt: Told, id: RecordId) {
        if self.told.len() == MOST {
            self.told.pop_front();
        }
        self.told.push_back((prompt, id));
    }
}
