//! What a whole text means: one vector of small whole numbers, and the nearest of many.

use crate::lanes::{LANES, dot};

pub use crate::lanes::DIMS;

/// Length of a vector.
pub(crate) fn length(vector: &[f32]) -> f32 {
    vector.iter().map(|value| value * value).sum::<f32>().sqrt()
}

/// What a text means. All zeros where the table knows none of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Vector(pub [i8; DIMS]);

impl Vector {
    /// Every vector but [`ZERO`](Vector::ZERO) has about this length, so the product of two
    /// tells their cosine. With 256 dimensions a number is rarely half of what a byte holds.
    pub const LENGTH: f32 = 256.0;

    /// Of a text of which nothing is known.
    pub const ZERO: Self = Self([0; DIMS]);

    /// Takes the direction of a sum.
    pub(crate) fn of(sum: &[f32; DIMS]) -> Self {
        let scale = scale(sum, Self::LENGTH);
        Self(std::array::from_fn(|i| (sum[i] * scale).round() as i8))
    }

    /// Whether nothing is known of the text.
    #[must_use]
    pub fn is_zero(&self) -> bool {
        *self == Self::ZERO
    }

    /// How near two texts are in what they mean: the cosine of the angle between them, 1
    /// for the same, about 0 for what has nothing in common, and 0 where nothing is known
    /// of one. Right to about 0.003.
    #[must_use]
    pub fn cosine(&self, other: &Self) -> f32 {
        cosine_of(dot(&self.0, &other.0), Self::LENGTH)
    }
}

/// Length of a vector that is not of the table: no number of it is too large for a byte, whatever
/// a model makes of a text.
pub const ROUNDED_LENGTH: f32 = 127.0;

/// By how much the numbers of a sum are multiplied to become whole ones of a length. What is too
/// large for a byte becomes the largest that it holds then.
fn scale(sum: &[f32], wanted: f32) -> f32 {
    let length = length(sum);
    match length > 0.0 && length.is_finite() {
        true => wanted / length,
        false => 0.0,
    }
}

/// A vector that is not of the table, of another width: as small whole numbers, with zeros up to
/// what is compared at a time. All zeros where it has no direction.
#[must_use]
pub fn rounded(numbers: &[f32]) -> Vec<i8> {
    let scale = scale(numbers, ROUNDED_LENGTH);
    let whole = numbers.iter().map(|number| (number * scale).round() as i8);
    let mut whole: Vec<i8> = whole.collect();
    whole.resize(whole.len().next_multiple_of(LANES), 0);
    whole
}

/// The cosine of two that were [`rounded`] from one width, right to about 0.01.
#[must_use]
pub fn cosine(one: &[i8], other: &[i8]) -> f32 {
    cosine_of(dot(one, other), ROUNDED_LENGTH)
}

/// The nearest of many vectors that lie one behind the other, with their places and their
/// cosines: the nearest first, at most `top`, of equal ones the earlier first. A vector of
/// zeros is near to none. Those whose places `is_wanted` refuses do not count; it is asked
/// only of those that would be among the nearest. All have one length.
#[must_use]
pub fn scan(
    question: &[i8],
    length: f32,
    vectors: &[i8],
    top: usize,
    is_wanted: &dyn Fn(usize) -> bool,
) -> Vec<(usize, f32)> {
    // Sorted so that the last is the first to go.
    let mut best: Vec<(i32, usize)> = Vec::with_capacity(top.min(vectors.len() / DIMS));
    let mut least = 0;
    for (place, vector) in vectors.chunks_exact(question.len().max(1)).enumerate() {
        let product = dot(question, vector);
        if product <= least || top == 0 || !is_wanted(place) {
            continue;
        }
        if best.len() == top {
            best.pop();
        }
        let at = best.partition_point(|(other, _)| *other >= product);
        best.insert(at, (product, place));
        if best.len() == top {
            least = best.last().map_or(0, |(last, _)| *last);
        }
    }
    best.into_iter()
        .map(|(product, place)| (place, cosine_of(product, length)))
        .collect()
}

/// The cosine of two vectors, by their product.
fn cosine_of(product: i32, length: f32) -> f32 {
    product as f32 / (length * length)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::small;
    use crate::table::Table;

    fn along(dim: usize, value: f32) -> [f32; DIMS] {
        std::array::from_fn(|i| if i % 16 == dim { value } else { 0.0 })
    }

    #[test]
    fn length_does_not_count() {
        let (short, long) = (Vector::of(&along(3, 0.01)), Vector::of(&along(3, 900.0)));
        assert_eq!(short, long);
        assert!((short.cosine(&long) - 1.0).abs() < 0.003);
        assert_eq!(short.cosine(&Vector::of(&along(4, 1.0))), 0.0);
    }

    #[test]
    fn nothing_is_near_to_nothing() {
        for bad in [0.0, f32::NAN] {
            assert!(Vector::of(&along(3, bad)).is_zero());
        }
        assert_eq!(Vector::ZERO.cosine(&Vector::ZERO), 0.0);
        assert!(
            scan(&Vector::ZERO.0, Vector::LENGTH, &[0; 3 * DIMS], 3, &|_| {
                true
            })
            .is_empty()
        );
    }

    #[test]
    fn a_text_means_what_its_words_mean() {
        let value = |piece, dim| if dim % 2 == piece { 7 } else { 0 };
        let table = Table::read(small::bytes(&["one", "two"], value)).unwrap();
        let (one, both) = (table.embed("one"), table.embed("two one, ONE? two!"));
        // All numbers are equal here, and rounded the same way.
        assert!((one.cosine(&both) - 0.5_f32.sqrt()).abs() < 0.02);
        assert_eq!(one.cosine(&table.embed("two")), 0.0);
        assert!(table.embed("three").is_zero());
    }

    #[test]
    fn a_vector_of_another_width_is_compared_alike() {
        let wide = |numbers: &[f32]| rounded(numbers);
        let one = wide(&[0.6, 0.0, 0.8]);
        assert_eq!(one.len(), LANES);
        assert!((cosine(&one, &wide(&[6.0, 0.0, 8.0])) - 1.0).abs() < 0.02);
        assert!((cosine(&one, &wide(&[1.0, 0.0, 0.0])) - 0.6).abs() < 0.02);
        for bad in [&[][..], &[0.0], &[f32::NAN, 1.0], &[f32::INFINITY]] {
            assert!(wide(bad).iter().all(|number| *number == 0), "{bad:?}");
        }
        assert!(scan(&[], ROUNDED_LENGTH, &[1, 2], 3, &|_| true).is_empty());
    }

    proptest! {
        #[test]
        fn the_nearest_come_first(
            vectors in prop::collection::vec(any::<i8>(), 0..40),
            top in 0_usize..12,
        ) {
            let question = Vector(std::array::from_fn(|i| (i % 2) as i8));
            let all: Vec<i8> = vectors.iter().flat_map(|value| [*value; DIMS]).collect();
            let mut expected: Vec<(usize, i8)> = vectors.into_iter().enumerate().collect();
            expected.retain(|(_, value)| *value > 0);
            expected.sort_by_key(|(_, value)| -i16::from(*value));
            expected.truncate(top);
            let places: Vec<usize> = expected.into_iter().map(|(place, _)| place).collect();
            let found: Vec<usize> = scan(&question.0, Vector::LENGTH, &all, top, &|_| true).into_iter().map(|hit| hit.0).collect();
            prop_assert_eq!(found, places);
        }
    }
}
