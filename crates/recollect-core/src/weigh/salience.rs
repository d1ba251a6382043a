//! How much a memory still matters: it fades with time and rises with use.
//!
//! ```text
//! strength = 1 - (1 - initial) · 0.9^recalled · 0.7^reinforced
//! salience = strength · 2^-((now - last seen) / half-life of the sector)
//! ```
//!
//! The first line is the reinforcement `s ← s + α (1 - s)` of the OpenMemory
//! documentation ("HMD v2 specification", α between 0.1 and 0.3) carried out once
//! a use, in closed form: each use takes away the same part of what is missing to
//! 1, so that the first ones count most. The second is its exponential decay
//! ("Memory sectors"), with `last seen` the last use or else the moment the memory
//! is of.
//!
//! Both lines need of all uses only two counts and the latest time. Sums and
//! maxima do not depend on the order in which records were read, so every window
//! gets the same [`Uses`], and from them the same bits: only additions and
//! multiplications of IEEE 754 are used, no `exp` of some platform's library.
//!
//! Salience orders what is found. It deletes nothing: a memory that has faded is
//! found by who searches for it.

use recollect_words::half_to_the;

use crate::error::{Error, Result};
use crate::log::record::{Kind, Sector, Sectors, Uses};
use crate::log::time::UnixMillis;

/// Days until a memory of a sector that nobody uses is half as salient.
///
/// | sector | days | λ per day |
/// | --- | --- | --- |
/// | episodic | 46 | 0.015 |
/// | semantic | 139 | 0.005 |
/// | procedural | 87 | 0.008 |
/// | emotional | 35 | 0.020 |
/// | reflective | 693 | 0.001 |
///
/// The defaults are ln 2 / λ of the decay rates λ of OpenMemory: the first two are
/// in its documentation ("Memory sectors"), the others as "The architecture of
/// forgetting" (mnemosyne.info, 2025) reports them. None is measured on developers.
/// They are no record: each window has those of its user's settings, and windows
/// with the same settings agree. A sector whose days are not above 0 does not fade.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct HalfLives {
    /// For what happened.
    pub episodic_days: f64,
    /// For what is so.
    pub semantic_days: f64,
    /// For how something is done.
    pub procedural_days: f64,
    /// For how somebody felt.
    pub emotional_days: f64,
    /// For what was thought of it.
    pub reflective_days: f64,
}

impl Default for HalfLives {
    fn default() -> Self {
        Self {
            episodic_days: 46.0,
            semantic_days: 139.0,
            procedural_days: 87.0,
            emotional_days: 35.0,
            reflective_days: 693.0,
        }
    }
}

impl HalfLives {
    /// Fewest days that a user may choose: what fades within hours is found by
    /// nobody the next morning.
    pub const MIN_DAYS: f64 = 1.0;
    /// Most days that a user may choose: ten years, in which nothing fades that
    /// anybody would notice.
    pub const MAX_DAYS: f64 = 3_650.0;

    /// Whether all of them are what a user may choose.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] that says which sector has other ones.
    pub fn check(&self) -> Result<()> {
        for sector in Sector::ALL {
            if !(Self::MIN_DAYS..=Self::MAX_DAYS).contains(&self.days(sector)) {
                let problem = [sector.as_str(), " is not from 1 to 3650 days"].concat();
                return Err(Error::invalid("halfLives", problem));
            }
        }
        Ok(())
    }

    /// Days for one sector.
    #[must_use]
    pub fn days(&self, sector: Sector) -> f64 {
        match sector {
            Sector::Episodic => self.episodic_days,
            Sector::Semantic => self.semantic_days,
            Sector::Procedural => self.procedural_days,
            Sector::Emotional => self.emotional_days,
            Sector::Reflective => self.reflective_days,
        }
    }
}

/// Part of what is missing to 1 that is left after a recall.
const LEFT_BY_RECALL: f64 = 0.9;

/// Part of what is missing to 1 that is left after a reinforcement.
const LEFT_BY_REINFORCEMENT: f64 = 0.7;

/// Salience of a new memory, in (0, 1), from what it is.
///
/// What somebody wrote down or concluded begins higher than what merely happened,
/// and each sector beside the primary adds a little. The figures are our own.
#[must_use]
pub fn initial(kind: Kind, sectors: Sectors) -> f64 {
    let base = match kind {
        Kind::Summary | Kind::Fact => 0.5,
        Kind::Observation => 0.4,
        Kind::Prompt => 0.3,
        _ => 0.2,
    };
    base + 0.05 * f64::from(sectors.others())
}

/// Salience at the moment of the last use: never below `initial`, at most 1.
///
/// `initial` outside of 0 to 1 counts as the nearer of them, and no number as 0.
///
/// ```
/// # use recollect_core::{log::record::Uses, weigh::salience::strength};
/// let once = Uses { recalled: 1, ..Uses::default() };
/// assert!((strength(0.5, once) - 0.55).abs() < 1e-12);
/// ```
#[must_use]
pub fn strength(initial: f64, uses: Uses) -> f64 {
    // NaN fails the comparison as well.
    let initial = if initial > 0.0 { initial.min(1.0) } else { 0.0 };
    let missing = (1.0 - initial)
        * power(LEFT_BY_RECALL, uses.recalled)
        * power(LEFT_BY_REINFORCEMENT, uses.reinforced);
    // Rounding must not take away from what nobody has used.
    (1.0 - missing).max(initial)
}

/// Salience in 0 to 1 of one memory; for many at once, see [`Fading`].
///
/// ```
/// # use recollect_core::{UnixMillis, log::record::{Sector, Uses}};
/// # use recollect_core::weigh::salience::{HalfLives, salience};
/// let day = 86_400_000;
/// let half_lives = HalfLives { episodic_days: 30.0, ..HalfLives::default() };
/// let now = UnixMillis(30 * day);
/// let faded = salience(0.5, Sector::Episodic, UnixMillis(0), Uses::default(), now, &half_lives);
/// assert!((faded - 0.25).abs() < 1e-6);
/// ```
#[must_use]
pub fn salience(
    initial: f64,
    sector: Sector,
    at: UnixMillis,
    uses: Uses,
    now: UnixMillis,
    half_lives: &HalfLives,
) -> f64 {
    let fading = Fading::new(now, half_lives);
    fading.salience(strength(initial, uses), sector, uses.last_seen(at))
}

/// Decay at one moment, for a query that looks at many memories.
///
/// A row keeps its [`strength`], its primary sector and when it was last seen, all
/// of which change only when a record is read; what is left to do for a row is a
/// subtraction, two multiplications and a short polynomial.
#[derive(Clone, Copy, Debug)]
pub struct Fading {
    now: UnixMillis,
    /// Half-lives in a millisecond, by place in [`Sector::ALL`].
    rates: [f64; 5],
}

const MILLIS_A_DAY: f64 = 86_400_000.0;

impl Fading {
    /// Decay as of `now`.
    #[must_use]
    pub fn new(now: UnixMillis, half_lives: &HalfLives) -> Self {
        let rates = Sector::ALL.map(|sector| {
            let days = half_lives.days(sector);
            if days > 0.0 {
                1.0 / (days * MILLIS_A_DAY)
            } else {
                0.0
            }
        });
        Self { now, rates }
    }

    /// Part in 0 to 1 that is left of a memory of that sector, last seen then.
    ///
    /// A memory seen in the future, which a clock change can produce, is whole.
    #[must_use]
    pub fn left(&self, sector: Sector, last_seen: UnixMillis) -> f64 {
        let age = self.now.0.saturating_sub(last_seen.0).max(0);
        half_to_the(age as f64 * self.rates[sector as usize])
    }

    /// Salience in 0 to 1 of a row with that [`strength`].
    #[must_use]
    pub fn salience(&self, strength: f64, sector: Sector, last_seen: UnixMillis) -> f64 {
        strength * self.left(sector, last_seen)
    }
}

/// `base` to the power of `exponent` by squaring: the same bits everywhere, which
/// `powi` does not promise.
fn power(base: f64, exponent: u32) -> f64 {
    let mut result = 1.0;
    let mut square = base;
    let mut left = exponent;
    while left > 0 {
        if left & 1 == 1 {
            result *= square;
        }
        square *= square;
        left >>= 1;
    }
    result
}
