//! What full-text search sees of a memory.

use crate::memory::{Memory, summary_sections};
use recollect_words::token::indexed_text;

/// The tokens of one row, by column.
#[derive(Debug)]
pub(super) struct Fields {
    /// In the order of the columns, tokens parted by spaces.
    pub(super) texts: [String; 6],
    /// Tokens in all of them.
    pub(super) length: u32,
}

impl Fields {
    pub(super) fn of(memory: &Memory) -> Self {
        let mut length = 0;
        let mut tokens = |text: &str| {
            let (tokens, count) = indexed_text(text);
            length += count;
            tokens
        };
        let narrative = memory.narrative.as_deref().unwrap_or("");
        let narrative = match &memory.summary {
            None => tokens(narrative),
            Some(summary) => {
                let mut text = narrative.to_owned();
                for (_, section) in summary_sections(summary) {
                    text.push('\n');
                    text.push_str(section);
                }
                tokens(&text)
            }
        };
        let files: Vec<&str> = memory.files().collect();
        let texts = [
            tokens(&memory.title),
            tokens(memory.subtitle.as_deref().unwrap_or("")),
            narrative,
            tokens(&memory.facts.join("\n")),
            tokens(&memory.concepts.join("\n")),
            tokens(&files.join("\n")),
        ];
        Self { texts, length }
    }
}
