//! From a text to what it means.

use crate::table::Table;
use crate::vector::{DIMS, Vector};

/// A text is known by its first pieces, as the model that taught the table reads.
const MAX_PIECES: usize = 256;

impl Table {
    /// What a text means: the sum of what its words mean, the rare ones counting more.
    #[must_use]
    pub fn embed(&self, text: &str) -> Vector {
        let mut sum = [0.0; DIMS];
        for id in self.tokens(text, MAX_PIECES) {
            self.add(id, &mut sum);
        }
        Vector::of(&sum)
    }
}
