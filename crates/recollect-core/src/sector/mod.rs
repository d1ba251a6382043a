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
//! the division into episodic and semantic memory of Tulving (1972). The kind of
//! a record gives each sector some points to begin with, words and short phrases
//! of its texts give more (`rules.rs`), and the most points make the primary
//! sector. Rules know English; a text in another language keeps what its kind
//! gives.
//!
//! How often the primary sector is right, by the text alone (`npm run quality`):
//!
//! | texts of `tests/quality/sectors.jsonl` | right |
//! | --- | --- |
//! | the half called report, which the rules were not written against | 62 of 110 |
//! | the half called tune: 450 older texts and 200 that no rule was written for yet | 541 of 650 |
//! | single sentences of public pages, by many hands, each lot when it was new | 64 to 73 % |
//!
//! So the target of 85 % is not met for new texts: what is said in words that no rule
//! knows counts as semantic, above all feelings and judgements that are only implied.
//! A kind and a type help beyond that.
//!
//! Reading is one pass in linear time over at most [`READ_BYTES`] bytes, without
//! allocation: every memory passes here when it is taken into the index.

mod rules;
mod scan;

use serde::de::Error;
use serde::{Deserialize, Serialize};

use crate::memory::{Memory, summary_sections};
use crate::record::Kind;
use scan::Scan;

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

/// Points that a sector beside the primary needs.
const THRESHOLD: u32 = 5;

/// A sector beside the primary needs one part in this many of its points.
const SHARE: u32 = 2;

/// The sectors of a memory, from its kind, type, labels and texts.
#[must_use]
pub fn classify(memory: &Memory) -> Sectors {
    let mut scan = Scan::new(prior(memory.kind, memory.memory_type.as_deref()));
    if memory.commit.is_some() {
        scan.give(Sector::Episodic, 2);
    }
    for concept in &memory.concepts {
        if let Some((sector, points)) = concept_points(concept) {
            scan.give(sector, points);
        }
    }
    // The title of a prompt is how its text begins, and counts once.
    let narrative = memory.narrative.as_deref().unwrap_or_default();
    if !narrative.starts_with(&*memory.title) {
        scan.read(&memory.title);
    }
    for text in [memory.subtitle.as_deref().unwrap_or_default(), narrative] {
        scan.read(text);
    }
    if let Some(summary) = &memory.summary {
        for (_, text) in summary_sections(summary) {
            scan.read(text);
        }
    }
    for fact in &memory.facts {
        scan.read(fact);
    }
    decide(scan.points())
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
    let mut scan = Scan::new(prior(kind, memory_type));
    for text in texts {
        scan.read(text);
    }
    decide(scan.points())
}

/// Points before anything is read, by sector.
fn prior(kind: Kind, memory_type: Option<&str>) -> [u32; 5] {
    match (kind, memory_type) {
        // A habit that was found in what happened is a way to do things.
        (_, Some("pattern")) => [0, 0, 8, 0, 0],
        (Kind::Observation, Some("bugfix" | "feature" | "refactor" | "change")) => [4, 1, 0, 0, 0],
        (Kind::Observation, Some("discovery")) => [0, 4, 0, 0, 0],
        (Kind::Observation, Some("decision")) => [0, 3, 0, 0, 4],
        (Kind::Event | Kind::Session | Kind::SessionEnd, _) => [8, 0, 0, 0, 0],
        (Kind::Context, _) => [4, 0, 0, 0, 0],
        (Kind::Summary, _) => [6, 1, 0, 0, 2],
        (Kind::Fact, _) => [0, 6, 0, 0, 0],
        // What no rule knows is taken as a plain statement.
        _ => [0, 2, 0, 0, 0],
    }
}

/// What the usual labels of an observation say about its sector.
fn concept_points(concept: &str) -> Option<(Sector, u32)> {
    Some(match concept {
        "how-it-works" | "gotcha" => (Sector::Semantic, 3),
        "what-changed" => (Sector::Episodic, 3),
        "problem-solution" => (Sector::Procedural, 2),
        "pattern" => (Sector::Procedural, 3),
        "why-it-exists" => (Sector::Reflective, 2),
        "trade-off" => (Sector::Reflective, 4),
        _ => return None,
    })
}

fn decide(points: [u32; 5]) -> Sectors {
    let mut primary = Sector::Semantic;
    for sector in Sector::ALL {
        if points[sector as usize] > points[primary as usize] {
            primary = sector;
        }
    }
    let needed = THRESHOLD.max(points[primary as usize] / SHARE);
    let mut sectors = Sectors::only(primary);
    for sector in Sector::ALL {
        if points[sector as usize] >= needed {
            sectors = sectors.with(sector);
        }
    }
    sectors
}

#[cfg(test)]
mod tests;
