//! What a session came to stands before the prompt that it answers.

use crate::error::Result;
use crate::index::Index;
use crate::log::record::Kind;

use super::{Found, Results};

/// How many of the best are looked at, and how far below each a summary is looked for.
const LOOKED_AT: usize = 20;
const BELOW: usize = 50;

impl Index {
    /// Puts the summary of a session before the prompt whose words it has for a title.
    ///
    /// Both hold the same words of a question, and only the summary may answer it.
    pub(super) fn put_summaries_first(&self, results: &mut Results) -> Result<()> {
        let found = &mut results.found;
        let mut place = 0;
        while place < LOOKED_AT.min(found.len()) {
            if let Some(at) = self.summary_below(found, place)? {
                let mut summary = found.remove(at);
                if found[place].fits && !summary.fits {
                    summary.fits = true;
                    results.fitting += 1;
                }
                found.insert(place, summary);
                // The prompt was looked at.
                place += 1;
            }
            place += 1;
        }
        Ok(())
    }

    /// The place of a summary that answers the prompt at a place.
    fn summary_below(&self, found: &[Found], place: usize) -> Result<Option<usize>> {
        let Some(prompt) = self.rows().get(found[place].row) else {
            return Ok(None);
        };
        if prompt.kind != Kind::Prompt || self.rows().session(prompt).is_none() {
            return Ok(None);
        }
        let Some(asked) = self.title_of(found[place].row)? else {
            return Ok(None);
        };
        for (at, one) in found.iter().enumerate().take(place + BELOW).skip(place + 1) {
            let summary = self
                .rows()
                .get(one.row)
                .filter(|row| row.kind == Kind::Summary && row.session == prompt.session);
            if summary.is_some()
                && let Some(title) = self.title_of(one.row)?
                && begin_alike(&title, &asked)
            {
                return Ok(Some(at));
            }
        }
        Ok(None)
    }

    pub(super) fn title_of(&self, number: u32) -> Result<Option<String>> {
        let Some(row) = self.rows().get(number) else {
            return Ok(None);
        };
        Ok(self.memory_at(number, row.id)?.map(|memory| memory.title))
    }
}

/// Whether two titles are the same as far as the shorter goes; each may have been cut.
fn begin_alike(one: &str, other: &str) -> bool {
    let [one, other] = [one, other].map(|title| title.trim_end_matches('…').trim());
    let is_named = !one.is_empty() && !other.is_empty();
    is_named && (one.starts_with(other) || other.starts_with(one))
}
