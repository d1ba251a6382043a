//! What full-text search sees of a memory.

use crate::log::memory::{Memory, summary_sections};
use recollect_words::token::indexed_text;

/// The texts of a memory, each with the number of its column in
/// [`COLUMNS`](super::text::COLUMNS).
pub(super) fn texts_of(memory: &Memory) -> Vec<(usize, &str)> {
    let mut texts = vec![(0, memory.title.as_str())];
    texts.extend(memory.subtitle.as_deref().map(|text| (1, text)));
    texts.extend(memory.narrative.as_deref().map(|text| (2, text)));
    if let Some(summary) = &memory.summary {
        summary_sections(summary).for_each(|(_, text)| texts.push((2, text)));
    }
    memory.facts.iter().for_each(|text| texts.push((3, text)));
    memory
        .concepts
        .iter()
        .for_each(|text| texts.push((4, text)));
    memory.files().for_each(|text| texts.push((5, text)));
    texts
}

/// The tokens of a memory by column, parted by spaces.
pub(super) fn tokens_of(memory: &Memory) -> [String; 6] {
    let mut columns: [String; 6] = Default::default();
    for (column, text) in texts_of(memory) {
        if let Some(tokens) = columns.get_mut(column) {
            tokens.push_str(&indexed_text(text).0);
        }
    }
    columns
}
