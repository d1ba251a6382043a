//! Folding of what two windows noticed at the same time, and of values that were
//! replaced.
//!
//! Of the facts of a project under one key the last one of the highest trust is
//! shown, by stamp, as long as it holds. One whose time is over ends what was
//! written before it by nobody who is believed more.
//!
//! Memories of one project that say the same within ten minutes are shown once,
//! through the earliest of the highest trust. Only the index folds: the log keeps every record, and
//! when the earliest is forgotten by somebody who did not see the others, the
//! next one shows. Which are folded depends on the set of records alone, not on
//! the order in which they came.

use std::hash::{DefaultHasher, Hasher};

use recollect_words::same::add_words;

use super::Index;
use crate::log::id::RecordId;
use crate::log::memory::{Memory, summary_sections};
use crate::log::record::Kind;

/// Memories further apart are no copies, but somebody saying it again.
pub(super) const FOLDED_WITHIN_MILLIS: i64 = 10 * 60 * 1000;

/// Equal for memories that say the same, whatever the white space and the letter
/// case; 0 for kinds of which each counts.
pub(super) fn content(memory: &Memory) -> u64 {
    if memory.kind == Kind::Fact {
        return of_key(&memory.title);
    }
    if !matches!(
        memory.kind,
        Kind::Observation | Kind::Summary | Kind::Prompt
    ) {
        return 0;
    }
    let mut text = Vec::new();
    let mut push = |part: &str| {
        add_words(part, &mut text);
        text.push(0);
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
    hash(&text)
}

/// The content of facts under a key; each sign of it counts.
pub(super) fn of_key(key: &str) -> u64 {
    hash(["fact\0", key].concat().as_bytes())
}

/// SipHash, by which nobody makes texts collide without trying billions of them. Outside
/// of a process it is only in images, which no other version reads.
fn hash(text: &[u8]) -> u64 {
    let mut hasher = DefaultHasher::new();
    hasher.write(text);
    hasher.finish().max(1)
}

impl Index {
    /// Copies that are folded into the memory of that id, if it is one that shows.
    pub(crate) fn folded_with(&self, id: RecordId) -> Vec<RecordId> {
        let number = self.rows.number(id);
        let shown = number.and_then(|number| Some((number, self.rows.get(number)?)));
        let Some((number, shown)) = shown.filter(|(_, row)| !row.is_folded) else {
            return Vec::new();
        };
        let copies = self.rows.copies(number, shown);
        let copies = copies.iter().filter_map(|number| self.rows.get(*number));
        let folded = copies.filter(|row| row.is_folded);
        folded.map(|row| row.id).collect()
    }
}
