//! Tells by its words which of the five [`Sector`]s a memory belongs to.
//!
//! Each word gets a class, from lists of English words (`lexicon.rs`) or by its shape; classes, pairs of
//! them that stand side by side and what a sentence has in it as a whole (`scan.rs`)
//! each weigh for or against a sector. The weights (`weights.rs`) are those of a
//! multinomial logistic regression, rounded, fitted to labelled texts by
//! `npm run quality -- --fit-sectors`. To their sums come some points for the kind of
//! the record, its type and its labels; the highest sum makes the primary sector. A text
//! in another language counts as a plain statement or keeps what its kind gives.
//!
//! How often the primary sector is right, by the text alone (`npm run quality`):
//!
//! | texts of `tests/quality/sectors.jsonl` | right |
//! | --- | --- |
//! | the half called report, fresh texts that nothing was fitted to | 156 of 165 |
//! | the half called tune, each fifth by weights fitted to the other four | 86.6 % |
//! | the half called tune, which the weights are fitted to | over 99 % |
//!
//! The texts of tune are the harder ones: feelings and judgements that are only implied,
//! and orders that read like subjects of commits.
//!
//! Reading is one pass in linear time over at most [`READ_BYTES`] bytes, without
//! allocation: every memory passes here when it is taken into the index.

mod lexicon;
mod scan;
mod table;
mod weights;

use crate::log::memory::{Memory, summary_sections};
use crate::log::record::{Kind, Sector, Sectors};
use scan::Scan;
use table::PAIRS;
use weights::{CLASS_WEIGHTS, PAIR_WEIGHTS};

/// How much of a memory is read, in bytes: what a text is about shows early.
pub const READ_BYTES: usize = 4096;

/// Weights are in this part of a nat, the natural unit of log-odds.
const NAT: i32 = 16;

/// A sector beside the primary is at most this far behind it, plus
const MARGIN: i32 = 24;

/// one part in this many of how far the last sector is behind.
const SHARE: i32 = 4;

/// Weights by sector that add up while texts are read.
struct Points {
    scan: Scan,
    sums: [i32; 5],
}

impl Points {
    fn new(kind: Kind, memory_type: Option<&str>) -> Self {
        let mut points = Self {
            scan: Scan::new(),
            sums: weights::BIAS.map(i32::from),
        };
        for (sum, prior) in points.sums.iter_mut().zip(prior(kind, memory_type)) {
            *sum += prior * NAT;
        }
        points
    }

    fn give(&mut self, sector: Sector, nats: i32) {
        self.sums[sector as usize] += nats * NAT;
    }

    fn read(&mut self, text: &str) {
        let sums = &mut self.sums;
        self.scan.read(text, &mut |feature| {
            let weights = match u8::try_from(feature) {
                Ok(class) => CLASS_WEIGHTS.get(usize::from(class)),
                Err(_) => match PAIRS.look_up(feature) {
                    // As most pairs.
                    0 => None,
                    place => PAIR_WEIGHTS.get(usize::from(place)),
                },
            };
            if let Some(weights) = weights {
                for (sum, weight) in sums.iter_mut().zip(weights) {
                    *sum += i32::from(*weight);
                }
            }
        });
    }

    fn decide(&self) -> Sectors {
        let of = |sector: Sector| self.sums[sector as usize];
        let (mut primary, mut last) = (Sector::Semantic, Sector::Semantic);
        for sector in Sector::ALL {
            if of(sector) > of(primary) {
                primary = sector;
            }
            if of(sector) < of(last) {
                last = sector;
            }
        }
        let needed = of(primary) - MARGIN - (of(primary) - of(last)) / SHARE;
        let mut sectors = Sectors::only(primary);
        for sector in Sector::ALL {
            if of(sector) >= needed {
                sectors = sectors.with(sector);
            }
        }
        sectors
    }
}

/// The sectors of a memory, from its kind, type, labels and texts.
#[must_use]
pub fn classify(memory: &Memory) -> Sectors {
    let mut points = Points::new(memory.kind, memory.memory_type.as_deref());
    if memory.commit.is_some() {
        points.give(Sector::Episodic, 1);
    }
    for concept in &memory.concepts {
        if let Some((sector, nats)) = concept_points(concept) {
            points.give(sector, nats);
        }
    }
    // The title of a prompt is how its text begins, and counts once.
    let narrative = memory.narrative.as_deref().unwrap_or_default();
    if !narrative.starts_with(&*memory.title) {
        points.read(&memory.title);
    }
    for text in [memory.subtitle.as_deref().unwrap_or_default(), narrative] {
        points.read(text);
    }
    if let Some(summary) = &memory.summary {
        for (_, text) in summary_sections(summary) {
            points.read(text);
        }
    }
    for fact in &memory.facts {
        points.read(fact);
    }
    points.decide()
}

/// The sectors of texts that are to become a memory of that kind and type.
///
/// ```
/// # use recollect_core::log::record::{Kind, Sector};
/// # use recollect_core::weigh::sector::classify_texts;
/// let of = |text| classify_texts(Kind::Observation, None, &[text]).primary();
/// assert_eq!(of("Last night the deploy failed twice."), Sector::Episodic);
/// assert_eq!(of("Run the formatter before you commit."), Sector::Procedural);
/// ```
#[must_use]
pub fn classify_texts(kind: Kind, memory_type: Option<&str>, texts: &[&str]) -> Sectors {
    let mut points = Points::new(kind, memory_type);
    for text in texts {
        points.read(text);
    }
    points.decide()
}

/// What a text has in it that weighs, as the numbers that `weights.rs` knows it by:
/// for fitting the weights.
#[doc(hidden)]
#[must_use]
pub fn features(text: &str) -> Vec<u32> {
    let mut found = Vec::new();
    Scan::new().read(text, &mut |feature| found.push(feature));
    found
}

/// How many of the features are single classes, the numbers below; the rest are pairs.
#[doc(hidden)]
pub const CLASSES: usize = table::CLASSES;

/// Nats before anything is read, by sector.
fn prior(kind: Kind, memory_type: Option<&str>) -> [i32; 5] {
    match (kind, memory_type) {
        // A habit that was found in what happened is a way to do things, and so is a command.
        (_, Some("pattern" | "command")) => [0, 0, 8, 0, 0],
        (Kind::Observation, Some("bugfix" | "feature" | "refactor" | "change")) => [5, 0, 0, 0, 0],
        (Kind::Observation, Some("discovery")) => [0, 3, 0, 0, 0],
        (Kind::Observation, Some("decision")) => [0, 0, 0, 0, 5],
        (Kind::Event | Kind::Session | Kind::SessionEnd, _) => [8, 0, 0, 0, 0],
        (Kind::Context, _) => [4, 0, 0, 0, 0],
        (Kind::Summary, _) => [5, 0, 0, 0, 1],
        (Kind::Fact, _) => [0, 5, 0, 0, 0],
        _ => [0; 5],
    }
}

/// What the usual labels of an observation say about its sector, in nats.
fn concept_points(concept: &str) -> Option<(Sector, i32)> {
    Some(match concept {
        "how-it-works" | "gotcha" => (Sector::Semantic, 2),
        "what-changed" => (Sector::Episodic, 2),
        "problem-solution" => (Sector::Procedural, 1),
        "pattern" => (Sector::Procedural, 2),
        "why-it-exists" => (Sector::Reflective, 1),
        "trade-off" => (Sector::Reflective, 2),
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
