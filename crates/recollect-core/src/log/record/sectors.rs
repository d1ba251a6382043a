//! The five kinds of remembering that a memory may belong to.
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
//! the division into episodic and semantic memory of Tulving (1972).

use serde::de::Error;
use serde::{Deserialize, Serialize};

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
/// # use recollect_core::log::record::{Sector, Sectors};
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
