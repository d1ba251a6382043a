//! A second look at the best hits, at what lists of words do not tell: how near the words stand
//! to each other, what a text means, and what stands before and after it in its session.
//!
//! Weights were chosen on the tuning halves of the quality sets; `docs/quality.md` has what each
//! part brings.

mod meaning;
mod proximity;
mod session;

use crate::error::Result;
use crate::index::{Index, RowSet};
use crate::log::memory::Memory;
use crate::search::predicate::Test;
use crate::search::rank::Explanation;

/// Hits that are looked at again, of the best by their words.
pub(crate) const LOOKED_AT: usize = 50;
/// The factor of what was said by somebody whom the question names.
const SPEAKER: f64 = 1.15;

/// What is asked, as far as the second look needs it.
#[derive(Debug, Default)]
pub(crate) struct Asked {
    /// All words that say what is meant, in their order.
    pub(crate) told: String,
    /// What the question means by the user's model; empty without.
    pub(crate) meant: Vec<f32>,
    /// The words that are looked for.
    pub(crate) terms: Vec<Term>,
    /// Whether what holds none of the words may be an answer.
    pub(crate) may_be_without_words: bool,
    /// Rows among which the nearest are looked for besides.
    pub(crate) likely: Option<RowSet>,
    /// Whether a reason is asked for.
    pub(crate) asks_why: bool,
}

impl Asked {
    /// Whether it has but one or two words, which names are: what holds none of them is hardly
    /// what is looked for.
    fn is_short(&self) -> bool {
        const FEW: usize = 3;
        self.terms.len() < FEW
    }

    /// Whether a name is one of its words, as it is or of whose something is.
    fn names(&self, name: &str) -> bool {
        let plain = |term: &Term| term.text.trim_end_matches("'s").eq_ignore_ascii_case(name);
        self.terms.iter().any(plain)
    }
}

/// A word that is looked for.
#[derive(Clone, Debug)]
pub(crate) struct Term {
    pub(crate) text: String,
    pub(crate) tokens: Vec<String>,
    /// Inverse document frequency.
    pub(crate) idf: f64,
}

/// A hit and how good it is; the parts are there to be explained.
#[derive(Clone, Debug, Default)]
pub(crate) struct Weighed {
    pub(crate) row: u32,
    /// What counts in the end.
    pub(crate) score: f64,
    /// Relevance of the words.
    pub(crate) bm25: f64,
    /// Whether it holds all words that are looked for.
    has_all: bool,
    /// How near the words stand to each other, in parts of the relevance.
    pub(crate) proximity: f64,
    /// How near it is in what it means, from 0 to 1.
    pub(crate) meaning: f64,
    /// What its neighbours in the session lend it, in parts of the score.
    pub(crate) neighbours: f64,
    memory: Option<Memory>,
}

impl Weighed {
    /// A row that was found by its words, as far as they go.
    pub(crate) fn of_words(row: u32, rank: &Explanation) -> Self {
        Self {
            row,
            score: rank.score,
            bm25: rank.bm25,
            has_all: rank.has_all_terms,
            ..Self::default()
        }
    }

    /// A row that is there for another reason.
    fn without_words(row: u32) -> Self {
        Self {
            row,
            ..Self::default()
        }
    }

    /// Puts the parts of its score where they are explained.
    pub(crate) fn explain(&self, rank: &mut Explanation) {
        rank.score = self.score;
        rank.proximity = self.proximity;
        rank.meaning = self.meaning;
        rank.neighbours = self.neighbours;
    }
}

impl Index {
    /// Weighs hits again, which come best first by their words, and puts them into their new
    /// order; others may come in. `lift` gives a factor for what a memory says. Whether it was by
    /// what they mean, too: scores are up to 1 then, before neighbours lend theirs.
    pub(crate) fn rerank(
        &self,
        asked: &Asked,
        test: &Test,
        hits: &mut Vec<Weighed>,
        lift: &dyn Fn(&Memory) -> f64,
    ) -> Result<bool> {
        for hit in hits.iter_mut().take(LOOKED_AT) {
            self.read(hit)?;
            if let Some(memory) = &hit.memory {
                hit.proximity = proximity::of(&asked.terms, memory);
                if hit.bm25 > 0.0 {
                    hit.score *= 1.0 + hit.proximity / hit.bm25;
                }
            }
        }
        in_order(hits);
        let words = asked.terms.iter();
        let words = words.map(|term| (term.text.as_str(), term.idf));
        let meant = self.meant(&asked.told, words, &asked.meant);
        if let Some(meant) = &meant {
            self.weigh_meaning(asked, meant, test, hits)?;
        }
        self.lend(asked, test, hits, &|hit| {
            if let Some(meant) = &meant {
                self.add_meaning(asked, meant, hit);
            }
        })?;
        for hit in hits.iter_mut() {
            if let Some(memory) = &hit.memory {
                let is_said = speaker(memory).is_some_and(|name| asked.names(name));
                hit.score *= lift(memory) * if is_said { SPEAKER } else { 1.0 };
            }
        }
        in_order(hits);
        Ok(meant.is_some())
    }

    /// Reads the memory of a hit, unless it is there.
    fn read(&self, hit: &mut Weighed) -> Result<()> {
        if hit.memory.is_none()
            && let Some(row) = self.rows().get(hit.row)
        {
            hit.memory = self.memory_at(hit.row, row.id)?;
        }
        Ok(())
    }

    /// Whether a row is there and passes a test.
    fn may_be_found(&self, test: &Test, row: u32) -> bool {
        let known = self.rows().get(row);
        known.is_some_and(|known| test.accepts(row, known))
    }
}

/// Who says a text that begins with a name and a colon, as recorded conversations do.
fn speaker(memory: &Memory) -> Option<&str> {
    const MAX_BYTES: usize = 30;
    let text = memory.narrative.as_ref().unwrap_or(&memory.title);
    let (name, _) = text.split_once(':')?;
    (name.len() <= MAX_BYTES).then_some(name)
}

/// Best first; equal ones as they were.
fn in_order(hits: &mut [Weighed]) {
    hits.sort_by(|a, b| b.score.total_cmp(&a.score));
}
