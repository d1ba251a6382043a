//! The functions by which layers bend their numbers.

use crate::folder::Activation;

pub(crate) fn bend(activation: Activation, x: f32) -> f32 {
    match activation {
        Activation::Gelu => 0.5 * x * (1.0 + erf(x * std::f32::consts::FRAC_1_SQRT_2)),
        Activation::GeluByTanh => {
            let inner = (2.0 / std::f32::consts::PI).sqrt() * (x + 0.044_715 * x * x * x);
            0.5 * x * (1.0 + inner.tanh())
        }
        Activation::Relu => x.max(0.0),
    }
}

/// The error function, right to 1.5e-7: formula 7.1.26 of Abramowitz and Stegun, "Handbook of
/// Mathematical Functions".
fn erf(x: f32) -> f32 {
    const FACTORS: [f32; 5] = [
        1.061_405_4,
        -1.453_152_1,
        1.421_413_7,
        -0.284_496_74,
        0.254_829_6,
    ];
    let t = 1.0 / (1.0 + 0.327_591_1 * x.abs());
    let sum = FACTORS.iter().fold(0.0, |sum, factor| sum * t + factor);
    (1.0 - sum * t * (-x * x).exp()).copysign(x)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_bent_as_published() {
        for (activation, x, expected) in [
            (Activation::Gelu, 1.0, 0.841_344_7),
            (Activation::Gelu, -1.0, -0.158_655_26),
            (Activation::Gelu, 0.0, 0.0),
            (Activation::Gelu, 9.0, 9.0),
            (Activation::GeluByTanh, 1.0, 0.841_192),
            (Activation::Relu, -2.0, 0.0),
            (Activation::Relu, 2.0, 2.0),
        ] {
            let found = bend(activation, x);
            assert!(
                (found - expected).abs() < 1e-5,
                "{activation:?} of {x}: {found}"
            );
        }
    }
}
