//! What full-text search sees of a memory.

use crate::memory::{Memory, summary_sections};
use recollect_words::token::indexed_text;

/// The texts of a memory, each with the number of its column in
/// [`COLUMNS`](super::text::COLUMNS).
pub(super) fn texts_of(memory: &Memory) -> Vec<(usize, &str)> {
    let sections = memory.summary.iter().flat_map(summary_sections);
    let lists = [
        &mut Some(memory.title.as_str()).into_iter() as &mut dyn Iterator<Item = &str>,
        &mut memory.subtitle.as_deref().into_iter(),
        &mut memory
            .narrative
            .as_deref()
            .into_iter()
            .chain(sections.map(|(_, text)| text)),
        &mut memory.facts.iter().map(String::as_str),
        &mut memory.concepts.iter().map(String::as_str),
        &mut memory.files(),
    ];
    let lists = lists.into_iter().enumerate();
    lists
        .flat_map(|(column, texts)| texts.map(move |text| (column, text)))
        .collect()
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
