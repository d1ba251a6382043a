//! Whether something is more than chance.

/// Probability with which a project's patterns of one kind may contain one that
/// is none, as far as chance is independent. The bound below is wide, so in truth
/// it is several times less.
const ERROR_RATE: f64 = 0.05;
/// The same of sequences, of which each length is looked at, and which are longer
/// by chance together with their parts.
const SEQUENCE_ERROR_RATE: f64 = 0.01;

/// How many times as often as by chance something is so.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Lift {
    pub times: f64,
    /// Whether there are so few cases that it could still be chance.
    pub is_few: bool,
}

/// Fewest sessions of what could still be chance; twice is a coincidence.
pub(super) const MIN_FEW_SESSIONS: u32 = 3;
/// Sessions of a project that is young.
const YOUNG_SESSIONS: usize = 20;

/// How long a project has been known.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Age {
    /// So short that hardly anything can be more than chance: what recurs is shown
    /// all the same, marked as few.
    Young,
    Grown,
}

impl Age {
    /// That of a project with so many sessions.
    pub fn of(sessions: usize) -> Self {
        match sessions > YOUNG_SESSIONS {
            true => Self::Grown,
            false => Self::Young,
        }
    }

    /// Whether what is in so many sessions is shown before it is proved.
    fn shows_few(self, sessions: u32) -> bool {
        self == Self::Young && sessions >= MIN_FEW_SESSIONS
    }
}

/// Something that may be a pattern: in `times` of `all` cases, in `sessions`.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cases {
    pub times: u32,
    pub all: u32,
    pub sessions: u32,
    pub age: Age,
}

/// How many times as often as by chance: `times` of `all` cases against a base
/// rate; none unless that is at least `least` and chance would hardly do it. In a
/// young project few cases are enough, and so is what was never otherwise.
///
/// The probability of so many cases is bounded as in "Probability inequalities
/// for sums of bounded random variables" (Hoeffding, 1963), theorem 1, and must
/// be at most [`ERROR_RATE`] shared among the `candidates` that are looked at
/// (Bonferroni's correction).
pub(super) fn lift(cases: Cases, base: f64, least: f64, candidates: usize) -> Option<Lift> {
    lift_within(ERROR_RATE, cases, base, least, candidates)
}

/// The same for sequences, with [`SEQUENCE_ERROR_RATE`].
pub(super) fn sequence_lift(
    cases: Cases,
    base: f64,
    least: f64,
    candidates: usize,
) -> Option<Lift> {
    lift_within(SEQUENCE_ERROR_RATE, cases, base, least, candidates)
}

// One copy: it is short, but its callers are many.
#[inline(never)]
fn lift_within(
    error_rate: f64,
    cases: Cases,
    base: f64,
    least: f64,
    candidates: usize,
) -> Option<Lift> {
    let (times, all) = (f64::from(cases.times), f64::from(cases.all));
    let base = base.max(1e-9);
    let rate = (times / all).min(1.0);
    let is_lifted = rate > base && rate >= least * base;
    let mut exponent = rate * (rate / base).ln();
    if rate < 1.0 {
        exponent += (1.0 - rate) * ((1.0 - rate) / (1.0 - base)).ln();
    }
    let is_proved = is_lifted && all * exponent >= (candidates as f64 / error_rate).ln();
    let is_always = cases.times > 0 && cases.times >= cases.all;
    let is_lifted = is_lifted && cases.times > 0;
    let is_shown = is_proved || (cases.age.shows_few(cases.sessions) && (is_lifted || is_always));
    is_shown.then_some(Lift {
        times: rate / base,
        is_few: !is_proved,
    })
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The lift of what is proved.
    pub fn proved(times: u32, all: u32, base: f64, least: f64, candidates: usize) -> Option<f64> {
        let cases = Cases {
            times,
            all,
            sessions: times,
            age: Age::Grown,
        };
        lift(cases, base, least, candidates).map(|lift| lift.times)
    }

    #[test]
    fn few_cases_or_a_high_base_rate_are_chance() {
        assert_eq!(proved(1, 1, 0.1, 2.0, 1), None);
        assert_eq!(proved(2, 2, 0.05, 2.0, 1), Some(20.0));
        assert_eq!(proved(2, 2, 0.05, 2.0, 1_000), None);
        assert_eq!(proved(30, 40, 0.5, 2.0, 1), None);
        assert_eq!(proved(30, 40, 0.25, 2.0, 1_000), Some(3.0));
        assert_eq!(proved(0, 0, 0.0, 2.0, 1), None);
    }

    #[test]
    fn three_sessions_of_a_young_project_are_few() {
        let few = |times, all, sessions, base| {
            let age = Age::of(20);
            let cases = Cases {
                times,
                all,
                sessions,
                age,
            };
            lift(cases, base, 2.0, 50).map(|lift| lift.is_few)
        };
        assert_eq!(few(3, 4, 3, 0.3), Some(true));
        assert_eq!(few(3, 4, 2, 0.3), None);
        assert_eq!(few(3, 4, 3, 0.5), None);
        assert_eq!(few(3, 3, 3, 1.0), Some(true));
        assert_eq!(few(0, 0, 3, 0.0), None);
        assert_eq!(few(40, 40, 40, 0.1), Some(false));
        assert_eq!(Age::of(21), Age::Grown);
    }
}
