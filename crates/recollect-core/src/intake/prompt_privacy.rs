//! Prompts that were private as a whole: what follows from them is not stored.
//!
//! Known only while the process lives; not even that such a prompt happened is
//! written anywhere.

use std::collections::{BTreeSet, HashMap};

use crate::intake::admit::Draft;
use crate::intake::privacy::key_of;
use crate::log::record::Body;

/// The private prompts of the sessions of this process.
#[derive(Debug, Default)]
pub(crate) struct PromptPrivacy {
    sessions: HashMap<String, Prompts>,
}

#[derive(Debug, Default)]
struct Prompts {
    latest: u32,
    private: BTreeSet<u32>,
}

impl PromptPrivacy {
    /// Takes note of a prompt. A number that stood for a private one once does so for good,
    /// whatever else is told under it: what comes late may follow from either.
    pub(crate) fn note(&mut self, session: &str, number: u32, is_private: bool) {
        let session = key_of(session);
        if !is_private && !self.sessions.contains_key(&session) {
            return;
        }
        let prompts = self.sessions.entry(session).or_default();
        prompts.latest = prompts.latest.max(number);
        if is_private {
            prompts.private.insert(number);
        }
    }

    /// Whether a prompt of a session is private as a whole; the latest unless one is named.
    pub(crate) fn is_private(&self, session: &str, number: Option<u32>) -> bool {
        let prompts = self.sessions.get(&key_of(session));
        prompts.is_some_and(|prompts| prompts.private.contains(&number.unwrap_or(prompts.latest)))
    }

    /// Whether a draft follows from a private prompt: an observation of that
    /// prompt (of the latest, if it names none), or the summary after it.
    pub(crate) fn covers(&self, draft: &Draft) -> bool {
        let session = draft
            .origin
            .as_ref()
            .and_then(|origin| origin.session.as_ref());
        let Some(prompts) = session.and_then(|session| self.sessions.get(&key_of(session))) else {
            return false;
        };
        match &draft.body {
            Body::Observation(observation) => {
                let number = observation.prompt_number.unwrap_or(prompts.latest);
                prompts.private.contains(&number)
            }
            Body::Summary(_) => prompts.private.contains(&prompts.latest),
            _ => false,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_that_was_private_once_stays_so() {
        let mut prompts = PromptPrivacy::default();
        prompts.note("s", 1, true);
        prompts.note("s", 1, false);
        prompts.note("s", 2, false);
        assert!(prompts.is_private("s", Some(1)));
        assert!(prompts.is_private("s\u{200b}", Some(1)));
        assert!(!prompts.is_private("s", Some(2)));
        assert!(!prompts.is_private("s", None));
        assert!(!prompts.is_private("other", Some(1)));
    }
}
