//! What the question before has to do with an answer.

use std::collections::HashMap;

use super::rank::in_order;
use super::{Found, Results};
use crate::search::question::{Aspect, Plan, Wish, is_deed};

/// Brings forward, of what fits, what fits together with the question before as well; whether
/// another is first then.
pub(super) fn bring_forward(results: &mut Results, together: &Results) -> bool {
    let best = |found: &[Found]| {
        let scores = found.iter().map(|one| one.rank.score);
        scores.fold(f64::MIN_POSITIVE, f64::max)
    };
    let (top, top_together) = (best(&results.found), best(&together.found));
    let together: HashMap<u32, f64> = (together.found.iter())
        .map(|one| (one.row, one.rank.score / top_together))
        .collect();
    let fitting = results.found.iter().filter(|one| one.fits).count();
    let first = results.found.first().map(|one| one.row);
    for one in &mut results.found[..fitting] {
        let both = together.get(&one.row).copied().unwrap_or_default();
        one.rank.score = one.rank.score / top + both;
    }
    in_order(&mut results.found[..fitting]);
    results.found.first().map(|one| one.row) != first
}

impl Plan {
    /// Takes of the question before what this one does not say otherwise.
    pub(super) fn inherit(&mut self, before: &Plan) {
        let told = self.understood.clone();
        let is_own = |aspect: Aspect| told.iter().any(|part| part.aspect == aspect);
        if !is_own(Aspect::Time) && !is_own(Aspect::Version) {
            self.since = before.since;
            self.before = before.before;
            self.releases.clone_from(&before.releases);
        }
        if !is_own(Aspect::File) {
            self.files.clone_from(&before.files);
        }
        if !is_own(Aspect::Person) {
            self.people.clone_from(&before.people);
            self.is_me = before.is_me;
        }
        let parts = before.understood.iter();
        let parts = parts.filter(|part| match part.aspect {
            Aspect::Time | Aspect::Version => !is_own(Aspect::Time) && !is_own(Aspect::Version),
            aspect => !is_own(aspect),
        });
        self.understood.extend(parts.cloned());
    }
}

/// A plan for a question that leans on the one before it; none if it stands alone.
pub(super) fn joined(plan: &Plan, before: &Plan, fitting: u64) -> Option<Plan> {
    let is_bare = plan.subject.is_empty();
    let has_own = !is_bare && !plan.leans;
    let Wish {
        sort,
        direction,
        is_of_commits,
        ..
    } = &plan.wish;
    let asks_of_kind = sort.is_some() || direction.is_some() && *is_of_commits;
    let asks_of_kind = asks_of_kind && !plan.wish.asks_version;
    if is_bare && (plan.is_narrowed() || asks_of_kind) && !plan.goes_on && !plan.leans {
        // A time, a person or a kind alone is a question of its own, also where it holds nothing.
        return None;
    }
    let is_narrowing = is_bare && plan.is_narrowed() && plan.goes_on;
    let needs = plan.leans || (is_bare && !plan.is_narrowed()) || is_narrowing || fitting == 0;
    if !needs || has_own && fitting > 0 {
        return None;
    }
    // What was done then is not what is asked now, where something else is.
    let told = || {
        let words = before.subject.split(' ');
        let words: Vec<&str> = words
            .filter(|word| !is_deed(&word.to_lowercase()))
            .collect();
        words.join(" ")
    };
    let subject = match (plan.subject.as_str(), before.subject.as_str()) {
        (own, "") => own.to_owned(),
        ("", _) if plan.wish.deed.is_some() && !told().is_empty() => told(),
        ("", before) => before.to_owned(),
        (own, _) => [told().as_str(), own].join(" "),
    };
    let mut joined = plan.clone();
    joined.told = format!("{} {}", before.told, plan.told);
    joined.subject = subject;
    if plan.wish.asks_version {
        joined.wish.sort = None;
    }
    if !plan.is_narrowed() || plan.goes_on {
        joined.inherit(before);
    }
    if joined.numbers.is_empty() {
        joined.numbers.clone_from(&before.numbers);
    }
    joined.others.extend(before.others.iter().cloned());
    joined.wish.deed = plan.wish.deed.or(before.wish.deed);
    if joined.wish.sort.is_none() {
        joined.wish.sort = before.wish.sort;
        joined.wish.sort_text.clone_from(&before.wish.sort_text);
    }
    Some(joined)
}
