//! What full-text search sees of a memory.

use crate::memory::{Memory, summary_sections};

/// The texts of one row of `memory_text`, in the order of its columns.
pub(super) fn fields(memory: &Memory) -> [String; 6] {
    let mut narrative = memory.narrative.clone().unwrap_or_default();
    if let Some(summary) = &memory.summary {
        for (_, text) in summary_sections(summary) {
            narrative.push_str(text);
            narrative.push('\n');
        }
    }
    let files: Vec<&str> = memory.files().collect();
    [
        memory.title.clone(),
        memory.subtitle.clone().unwrap_or_default(),
        narrative,
        memory.facts.join("\n"),
        memory.concepts.join("\n"),
        files.join("\n"),
    ]
}
