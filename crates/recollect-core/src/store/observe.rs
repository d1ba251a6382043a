//! What agents' tools did, as observations.

use super::{Appended, Store};
use crate::derive::observe::{self, ToolUse};
use crate::error::Result;
use crate::intake::admit::Draft;
use crate::log::record::{Body, Origin};
use crate::log::time::UnixMillis;

impl Store {
    /// Takes in what a tool's use is worth remembering for; `None` if it is for
    /// nothing. The provenance is that of the tool's kind, whatever `origin` says.
    ///
    /// # Errors
    ///
    /// As [`Store::append`].
    pub fn observe(
        &mut self,
        tool_use: ToolUse,
        origin: Origin,
        now: UnixMillis,
    ) -> Result<Option<Appended>> {
        let session = origin.session.as_deref().unwrap_or_default();
        if self.prompts.is_private(session, tool_use.prompt_number) {
            return Ok(Some(Appended::Private));
        }
        let provenance = observe::provenance(&tool_use.name);
        let Some(observation) = observe::observe_with(tool_use, &self.rules) else {
            return Ok(None);
        };
        let draft = Draft {
            at: None,
            origin: Some(Origin {
                provenance,
                ..origin
            }),
            body: Body::Observation(observation),
        };
        self.capture_one(draft, now).map(Some)
    }

    /// Whether the prompt of a session is private as a whole, its latest unless one
    /// is named: then nothing that follows from it is stored.
    #[must_use]
    pub fn is_prompt_private(&self, session: &str, number: Option<u32>) -> bool {
        self.prompts.is_private(session, number)
    }
}
