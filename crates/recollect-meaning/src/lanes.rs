//! Products of small whole numbers, sixteen at a time where the module may.
//!
//! All of the module is optimised as one for size, which takes no loop apart into lanes, so this
//! is told lane by lane.

/// Numbers of a vector, and bytes where it is kept.
pub const DIMS: usize = 256;

/// Bytes that are taken at a time.
pub(crate) const LANES: usize = 16;

/// The product of two vectors, of as many numbers as both have, in whole lanes.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) fn dot(a: &[i8], b: &[i8]) -> i32 {
    let (a, b) = (a.as_chunks::<LANES>().0, b.as_chunks::<LANES>().0);
    let pairs = a.as_flattened().iter().zip(b.as_flattened());
    pairs
        .map(|(a, b)| i32::from(i16::from(*a) * i16::from(*b)))
        .sum()
}

/// The product of 32 halves of bytes, less 8 each, and as many numbers: those of the lower halves
/// stand first.
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
pub(crate) fn dot_halves(halves: &[u8; LANES], other: &[i8; 2 * LANES]) -> i32 {
    let (first, second) = other.split_at(LANES);
    let each = halves.iter().zip(first).zip(second);
    each.map(|((byte, first), second)| {
        let low = i32::from(byte & 15) - 8;
        let high = i32::from(byte >> 4) - 8;
        low * i32::from(*first) + high * i32::from(*second)
    })
    .sum()
}

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
pub(crate) use wasm::{dot, dot_halves};

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
mod wasm {
    use core::arch::wasm32::{
        i8x16_splat, i8x16_sub, i16x8_extmul_high_i8x16, i16x8_extmul_low_i8x16, i32x4_add,
        i32x4_extadd_pairwise_i16x8, i32x4_extract_lane, i32x4_splat, u8x16_shr, u8x16_splat,
        u64x2, v128, v128_and,
    };

    use super::LANES;

    pub(crate) fn dot(a: &[i8], b: &[i8]) -> i32 {
        let mut sum = i32x4_splat(0);
        for (a, b) in a.as_chunks().0.iter().zip(b.as_chunks().0) {
            sum = i32x4_add(sum, products(lanes(a), lanes(b)));
        }
        total(sum)
    }

    pub(crate) fn dot_halves(halves: &[u8; LANES], other: &[i8; 2 * LANES]) -> i32 {
        let halves = lanes(&halves.map(u8::cast_signed));
        let eight = i8x16_splat(8);
        let low = i8x16_sub(v128_and(halves, u8x16_splat(15)), eight);
        let high = i8x16_sub(u8x16_shr(halves, 4), eight);
        let [first, second] = other.as_chunks().0 else {
            return 0;
        };
        total(i32x4_add(
            products(low, lanes(first)),
            products(high, lanes(second)),
        ))
    }

    fn lanes(bytes: &[i8; LANES]) -> v128 {
        let [a, b, c, d, e, f, g, h, i, j, k, l, m, n, o, p] = bytes.map(i8::cast_unsigned);
        u64x2(
            u64::from_le_bytes([a, b, c, d, e, f, g, h]),
            u64::from_le_bytes([i, j, k, l, m, n, o, p]),
        )
    }

    fn products(a: v128, b: v128) -> v128 {
        i32x4_add(
            i32x4_extadd_pairwise_i16x8(i16x8_extmul_low_i8x16(a, b)),
            i32x4_extadd_pairwise_i16x8(i16x8_extmul_high_i8x16(a, b)),
        )
    }

    fn total(sum: v128) -> i32 {
        i32x4_extract_lane::<0>(sum)
            + i32x4_extract_lane::<1>(sum)
            + i32x4_extract_lane::<2>(sum)
            + i32x4_extract_lane::<3>(sum)
    }
}
