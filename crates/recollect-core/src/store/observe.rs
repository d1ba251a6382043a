//! What agents' tools did, as observations.

use super::{Appended, Store};
use crate::derive::observe::{self, ToolUse};
use crate::error::Result;
use crate::intake::admit::Draft;
use crate::log::id::RecordId;
use crate::log::record::{Body, Origin, Provenance};
use crate::log::time::UnixMillis;

/// When a command that is known is written anew, so that it counts as lately used.
const AGAIN_AFTER_MILLIS: i64 = 24 * 60 * 60 * 1_000;

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

    /// Takes in the command that a tool's use ran with success, if it is one that is
    /// worth knowing again; `None` if it is not, or is known already of this day.
    /// It belongs to its project and to no session: each command is one memory,
    /// however often it runs.
    ///
    /// # Errors
    ///
    /// As [`Store::append`].
    pub fn command_worked(
        &mut self,
        tool_use: ToolUse,
        origin: Origin,
        now: UnixMillis,
    ) -> Result<Option<Appended>> {
        let session = origin.session.as_deref().unwrap_or_default();
        if self.prompts.is_private(session, tool_use.prompt_number) {
            return Ok(Some(Appended::Private));
        }
        let Some((mut observation, worked)) = observe::command_that_worked(tool_use, &self.rules)
        else {
            return Ok(None);
        };
        let id = RecordId::of_command(&origin.project.id, &worked.folder, &worked.line);
        let is_known = match self.index.rows().by_id(id) {
            Some(row) => now.0.saturating_sub(row.at.0) < AGAIN_AFTER_MILLIS,
            None => self.index.is_dead_id(id)?,
        };
        if is_known {
            return Ok(None);
        }
        // The prompt is one of a session.
        observation.prompt_number = None;
        let draft = Draft {
            at: None,
            origin: Some(Origin {
                provenance: Provenance::Tool,
                session: None,
                ..origin
            }),
            body: Body::Observation(observation),
        };
        self.capture_as(id, draft, None, now)
    }

    /// Whether the prompt of a session is private as a whole, its latest unless one
    /// is named: then nothing that follows from it is stored.
    #[must_use]
    pub fn is_prompt_private(&self, session: &str, number: Option<u32>) -> bool {
        self.prompts.is_private(session, number)
    }
}
