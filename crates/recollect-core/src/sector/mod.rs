//! Which of five kinds of remembering a memory belongs to.
//!
//! | sector | is about | such as |
//! | --- | --- | --- |
//! | episodic | what happened, at some time, to somebody | "yesterday the deploy failed twice" |
//! | semantic | what is so, whoever asks and whenever | "a session token is valid for an hour" |
//! | procedural | how something is done | "run the formatter before committing" |
//! | emotional | how somebody feels about it | "this test drives me crazy" |
//! | reflective | what is thought of it afterwards, and why | "in hindsight we should have measured" |
//!
//! The five are those of the OpenMemory documentation ("Memory sectors"), after
//! the division into episodic and semantic memory of Tulving (1972). Each word gets a
//! class, from lists of English words (`lexicon.rs`) or by its shape; classes, pairs of
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

use serde::de::Error;
use serde::{Deserialize, Serialize};

use crate::memory::{Memory, summary_sections};
use crate::record::Kind;
use scan::Scan;
use table::PAIRS;
use weights::{CLASS_WEIGHTS, PAIR_WEIGHTS};

/// A kind of remembering.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Sector {
    /// What happened.
    Episodic,
    /// What is so.
    Semantic,
    /// How something is done.
    Procedural,
    /// How somebody feels about it.
    Emotional,
    /// What is thought of it.
    Reflective,
}

impl Sector {
    /// All sectors, in the order they are documented and stored.
    pub const ALL: [Self; 5] = [
        Self::Episodic,
        Self::Semantic,
        Self::Procedural,
        Self::Emotional,
        Self::Reflective,
    ];

    /// The name in JSON, in the index and in queries.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Episodic => "episodic",
            Self::Semantic => "semantic",
            Self::Procedural => "procedural",
            Self::Emotional => "emotional",
            Self::Reflective => "reflective",
        }
    }

    /// The sector of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|sector| sector.as_str() == name)
    }

    const fn bit(self) -> u8 {
        1 << self as u8
    }
}

/// The sectors of one memory: at least one, of which one is primary.
///
/// ```
/// # use recollect_core::sector::{Sector, Sectors};
/// let sectors = Sectors::only(Sector::Semantic).with(Sector::Reflective);
/// assert!(sectors.contains(Sector::Reflective));
/// assert_eq!(Sectors::from_bits(sectors.bits()), Some(sectors));
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Sectors {
    primary: Sector,
    /// One bit a sector in the order of [`Sector::ALL`]; the primary's is set.
    set: u8,
}

impl Sectors {
    /// One sector and no other.
    #[must_use]
    pub const fn only(primary: Sector) -> Self {
        Self {
            primary,
            set: primary.bit(),
        }
    }

    /// The same with one sector more; the primary stays.
    #[must_use]
    pub const fn with(self, sector: Sector) -> Self {
        Self {
            primary: self.primary,
            set: self.set | sector.bit(),
        }
    }

    /// The sectors of these names, the primary first; none if none is known. A
    /// newer version may know more of them.
    pub(crate) fn named(names: &[String]) -> Option<Self> {
        let mut sectors = names.iter().filter_map(|name| Sector::parse(name));
        let primary = sectors.next()?;
        Some(sectors.fold(Self::only(primary), Self::with))
    }

    /// The sector that fits best.
    #[must_use]
    pub const fn primary(self) -> Sector {
        self.primary
    }

    /// Whether the memory belongs to that sector, as its primary or beside it.
    #[must_use]
    pub const fn contains(self, sector: Sector) -> bool {
        self.set & sector.bit() != 0
    }

    /// The sectors, the primary first and the others in the order of [`Sector::ALL`].
    pub fn iter(self) -> impl Iterator<Item = Sector> {
        let others = Sector::ALL
            .into_iter()
            .filter(move |sector| *sector != self.primary && self.contains(*sector));
        std::iter::once(self.primary).chain(others)
    }

    /// How many sectors beside the primary.
    #[must_use]
    pub const fn others(self) -> u32 {
        self.set.count_ones() - 1
    }

    /// For a column of the index: bits 0 to 4 are the sectors in the order of
    /// [`Sector::ALL`], bits 5 to 7 the place of the primary one in it.
    ///
    /// `bits & (1 << place)` selects a sector, `bits >> 5` is the primary's place.
    #[must_use]
    pub const fn bits(self) -> u8 {
        (self.primary as u8) << 5 | self.set
    }

    /// What [`Sectors::bits`] gave; nothing for bits that it cannot give.
    #[must_use]
    pub fn from_bits(bits: u8) -> Option<Self> {
        let primary = *Sector::ALL.get(usize::from(bits >> 5))?;
        let set = bits & 0b1_1111;
        (set & primary.bit() != 0).then_some(Self { primary, set })
    }
}

/// As a list of names, the primary first.
impl Serialize for Sectors {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter().map(Sector::as_str))
    }
}

impl<'de> Deserialize<'de> for Sectors {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = Vec::<String>::deserialize(deserializer)?;
        Self::named(&names).ok_or_else(|| D::Error::custom("no sector"))
    }
}

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
/// # use recollect_core::record::Kind;
/// # use recollect_core::sector::{Sector, classify_texts};
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
        // A habit that was found in what happened is a way to do things.
        (_, Some("pattern")) => [0, 0, 8, 0, 0],
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
