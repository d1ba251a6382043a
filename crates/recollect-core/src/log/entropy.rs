//! Random bytes, stretched from a seed that the host provides.

use rand_chacha::ChaCha8Rng;
use rand_chacha::rand_core::{RngCore, SeedableRng};

/// Bytes of a seed.
pub const SEED_LENGTH: usize = 32;

/// A stream of random bytes. The same seed gives the same stream, so every
/// process must start with a fresh seed from its host's secure generator.
#[derive(Debug)]
pub struct Entropy(ChaCha8Rng);

impl Entropy {
    /// The stream of `seed`.
    #[must_use]
    pub fn new(seed: [u8; SEED_LENGTH]) -> Self {
        Self(ChaCha8Rng::from_seed(seed))
    }

    /// The next `N` bytes of the stream.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        let mut bytes = [0; N];
        self.0.fill_bytes(&mut bytes);
        bytes
    }
}
