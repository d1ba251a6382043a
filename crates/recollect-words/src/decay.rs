//! Fading by halves.

/// Half-lives after which nothing is left.
const GONE: f64 = 1000.0;

/// `2^-x` for `x` of at least 0, within 2e-7 of it and never rising with `x`.
///
/// The whole part goes into the exponent's bits, the rest through the series of
/// `exp` to the sixth power, about the middle of its range.
#[must_use]
pub fn half_to_the(x: f64) -> f64 {
    // No time by an endless rate is no number, and no time.
    if x.is_nan() || x <= 0.0 {
        return 1.0;
    }
    if x >= GONE {
        return 0.0;
    }
    let whole = x as u64;
    let y = (0.5 - (x - whole as f64)) * std::f64::consts::LN_2;
    let series = 1.0
        + y * (1.0
            + y * (1.0 / 2.0
                + y * (1.0 / 6.0 + y * (1.0 / 24.0 + y * (1.0 / 120.0 + y * (1.0 / 720.0))))));
    let scale = f64::from_bits((1023 - whole) << 52);
    (series * std::f64::consts::FRAC_1_SQRT_2 * scale).min(1.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_series_is_the_power_of_two() {
        let mut before = 1.0;
        for step in 0..200_000 {
            let x = f64::from(step) / 16_000.0;
            let value = half_to_the(x);
            let exact = (-x).exp2();
            assert!(
                (value - exact).abs() <= exact * 2e-7,
                "{x}: {value} {exact}"
            );
            assert!(value <= before, "{x}");
            before = value;
        }
        assert_eq!(half_to_the(f64::INFINITY), 0.0);
        assert_eq!(half_to_the(f64::NAN), 1.0);
    }
}
