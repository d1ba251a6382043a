//! Folding of what two windows noticed at the same time.
//!
//! Memories of one project that say the same within ten minutes are shown once,
//! through the earliest. Only the index folds: the log keeps every record, and
//! when the earliest is forgotten by somebody who did not see the others, the
//! next one shows. Which are folded depends on the set of records alone, not on
//! the order in which they came.

use rusqlite::{Transaction, params};
use uuid::Uuid;

use super::Index;
use crate::error::Result;
use crate::id::RecordId;
use crate::memory::{Memory, summary_sections};
use crate::record::Kind;

/// Memories further apart are no copies, but somebody saying it again.
const FOLDED_WITHIN_MILLIS: i64 = 10 * 60 * 1000;

/// A namespace of our own for hashes of texts (RFC 9562, version 5).
const NAMESPACE: Uuid = Uuid::from_u128(0x6f1c_2f0e_8c1b_5d4e_9a52_7b5d_21c9_e0a4);

/// Equal for memories that say the same, whatever the white space and the letter
/// case; `None` for kinds of which each counts.
pub(super) fn content(memory: &Memory) -> Option<[u8; 16]> {
    if !matches!(
        memory.kind,
        Kind::Observation | Kind::Summary | Kind::Prompt
    ) {
        return None;
    }
    let mut text = String::new();
    let mut push = |part: &str| {
        for word in part.split_whitespace() {
            text.push_str(&word.to_lowercase());
            text.push(' ');
        }
        text.push('\0');
    };
    push(memory.kind.as_str());
    push(memory.memory_type.as_deref().unwrap_or(""));
    push(&memory.title);
    push(memory.subtitle.as_deref().unwrap_or(""));
    push(memory.narrative.as_deref().unwrap_or(""));
    for (heading, part) in memory.summary.iter().flat_map(summary_sections) {
        push(heading);
        push(part);
    }
    for list in [
        &memory.facts,
        &memory.concepts,
        &memory.files_read,
        &memory.files_modified,
    ] {
        push(&list.len().to_string());
        list.iter().for_each(|entry| push(entry));
    }
    if memory.kind == Kind::Prompt {
        // "go on" means something else in each session and each time.
        push(memory.session.as_deref().unwrap_or(""));
        push(&memory.prompt_number.unwrap_or(0).to_string());
    }
    Some(Uuid::new_v5(&NAMESPACE, text.as_bytes()).into_bytes())
}

/// Decides anew which of the memories with this content are folded.
pub(super) fn fold(
    transaction: &Transaction<'_>,
    content: Option<[u8; 16]>,
    project: &str,
) -> Result<()> {
    let Some(content) = content else {
        return Ok(());
    };
    let mut statement = transaction.prepare_cached(
        // The + keeps SQLite from reading all memories of the project in the order
        // wanted, in place of the few with this content.
        "SELECT row, at, is_folded FROM memory
         WHERE content = ?1 AND +project = (SELECT row FROM project WHERE id = ?2)
         ORDER BY +at, id",
    )?;
    let rows: Vec<(i64, i64, bool)> = statement
        .query_map(params![content, project], |row| {
            Ok((row.get(0)?, row.get(1)?, row.get(2)?))
        })?
        .collect::<rusqlite::Result<_>>()?;
    let mut shown_at = None;
    for (row, at, was_folded) in rows {
        let is_folded = shown_at.is_some_and(|shown| at - shown <= FOLDED_WITHIN_MILLIS);
        if !is_folded {
            shown_at = Some(at);
        }
        if is_folded != was_folded {
            transaction
                .prepare_cached("UPDATE memory SET is_folded = ?2 WHERE row = ?1")?
                .execute(params![row, is_folded])?;
        }
    }
    Ok(())
}

impl Index {
    /// Copies that are folded into the memory of that id, if it is one that shows.
    pub(crate) fn folded_with(&self, id: RecordId) -> Result<Vec<RecordId>> {
        let mut statement = self.database().prepare_cached(
            "SELECT c.id FROM memory m JOIN memory c
                 ON c.content = m.content AND +c.project = m.project
             WHERE m.id = ?1 AND m.is_folded = 0 AND c.is_folded = 1
                 AND +c.at BETWEEN m.at AND m.at + ?2",
        )?;
        let ids = statement
            .query_map(params![id.as_bytes(), FOLDED_WITHIN_MILLIS], |row| {
                row.get(0).map(RecordId::from_bytes)
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(ids)
    }
}
