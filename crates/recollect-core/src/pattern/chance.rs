//! Whether something is more than chance.

/// Probability with which a project's patterns of one kind may contain one that
/// is none, as far as chance is independent. The bound below is wide, so in truth
/// it is several times less.
const ERROR_RATE: f64 = 0.05;
/// The same of sequences, of which each length is looked at, and which are longer
/// by chance together with their parts.
const SEQUENCE_ERROR_RATE: f64 = 0.01;

/// How many times as often as by chance: `times` of `all` cases against a base
/// rate; none unless that is at least `least` and chance would hardly do it.
///
/// The probability of so many cases is bounded as in "Probability inequalities
/// for sums of bounded random variables" (Hoeffding, 1963), theorem 1, and must
/// be at most [`ERROR_RATE`] shared among the `candidates` that are looked at
/// (Bonferroni's correction).
pub(super) fn lift(times: u32, all: u32, base: f64, least: f64, candidates: usize) -> Option<f64> {
    lift_within(ERROR_RATE, [times, all], base, least, candidates)
}

/// The same for sequences, with [`SEQUENCE_ERROR_RATE`].
pub(super) fn sequence_lift(
    counts: [u32; 2],
    base: f64,
    least: f64,
    candidates: usize,
) -> Option<f64> {
    lift_within(SEQUENCE_ERROR_RATE, counts, base, least, candidates)
}

// One copy: it is short, but its callers are many.
#[inline(never)]
fn lift_within(
    error_rate: f64,
    [times, all]: [u32; 2],
    base: f64,
    least: f64,
    candidates: usize,
) -> Option<f64> {
    let (times, all) = (f64::from(times), f64::from(all));
    let base = base.max(1e-9);
    let rate = (times / all).min(1.0);
    // A negation, so that 0 of 0 is nothing.
    if !(rate > base && rate >= least * base) {
        return None;
    }
    let mut exponent = rate * (rate / base).ln();
    if rate < 1.0 {
        exponent += (1.0 - rate) * ((1.0 - rate) / (1.0 - base)).ln();
    }
    (all * exponent >= (candidates as f64 / error_rate).ln()).then_some(rate / base)
}

#[cfg(test)]
mod tests {
    use super::lift;

    #[test]
    fn few_cases_or_a_high_base_rate_are_chance() {
        assert_eq!(lift(1, 1, 0.1, 2.0, 1), None);
        assert_eq!(lift(2, 2, 0.05, 2.0, 1), Some(20.0));
        assert_eq!(lift(2, 2, 0.05, 2.0, 1_000), None);
        assert_eq!(lift(30, 40, 0.5, 2.0, 1), None);
        assert_eq!(lift(30, 40, 0.25, 2.0, 1_000), Some(3.0));
        assert_eq!(lift(0, 0, 0.0, 2.0, 1), None);
    }
}
