//! Which memories hold most of a subject, in its words or in others for the same.

use std::collections::{HashMap, HashSet};

use crate::error::Result;
use crate::index::Index;
use crate::log::memory::Memory;
use crate::log::record::Trust;
use crate::order;
use crate::search::answer::deeds::title_tells;
use crate::search::answer::{Ask, Found, Note, Results};
use crate::search::expression::{Expression, MAX_PHRASES, Phrase, parts_of};
use crate::search::predicate::Test;
use crate::search::preview::terms_of;
use crate::search::query::{Form, Need, Query};
use crate::search::question::{Direction, Plan, thesaurus, words_of};
use crate::search::rank::{Explanation, RECENCY_HALF_LIFE_DAYS, ranking_moment, recency};
use crate::search::rerank::{Asked, Term, Weighed};
use crate::text::has_capital_inside;

/// How much each part adds to the score of the words.
const COVERAGE: f64 = 1.0;
const PREFERRED: f64 = 0.3;
const REASON: f64 = 0.2;
const RECENT: f64 = 0.05;
const LIKELY: f64 = 0.3;
const DEED: f64 = 1.0;
const STORY: f64 = 0.15;
const AROUND: f64 = 0.5;
/// Bytes of a body that gives hardly a reason: a number, or who else signed.
const SHORT_BODY: usize = 80;
/// The label of what tells a reason.
const REASON_LABEL: &str = "why-it-exists";
/// How alike words of one group are, of 1.
const ALIKE: f64 = 0.6;
/// Without its names, the best hit holds less than this of a subject that is none of ours.
const HALF: f64 = 0.5;
/// The share of what the best hit holds from which on another fits too, and of its score.
const FITTING: f64 = 0.6;
const FITTING_SCORE: f64 = 0.3;
/// The share of the best score from which on another fits, where meaning counts.
pub(super) const FITTING_MEANING: f64 = 0.7;

/// What is looked for of one term of the subject.
struct Wanted {
    /// Phrases that stand for it, as bits.
    exact: u128,
    alike: u128,
    /// How many rows hold it, in its own words and in any.
    rows: u64,
    rows_alike: u64,
    is_name: bool,
    text: String,
}

/// A row with words of the subject.
struct Scored {
    row: u32,
    exact: f64,
    alike: f64,
    phrases: u128,
}

impl Index {
    /// What holds words of the subject, best first.
    pub(super) fn ranked(
        &self,
        ask: &Ask,
        plan: &Plan,
        query: &Query,
        test: &Test,
        direction: Option<Direction>,
    ) -> Result<Results> {
        let mut results = Results {
            terms: terms_of(query),
            ..Results::default()
        };
        let (expression, mut wanted, likeness) = self.expanded(query, plan);
        let mut scored: Vec<Scored> = Vec::new();
        self.score(&expression, &likeness, test, &mut |row, found| {
            for one in &mut wanted {
                one.rows += u64::from(found.phrases & one.exact != 0);
                one.rows_alike += u64::from(found.phrases & (one.exact | one.alike) != 0);
            }
            scored.push(Scored {
                row,
                exact: found.bm25,
                alike: found.like,
                phrases: found.phrases,
            });
            0.0
        })?;
        let (rows, _) = self.text().postings().totals();
        let idf = |with: u64| {
            let (rows, with) = (rows as f64, with as f64);
            (1.0 + (rows - with + 0.5).max(0.0) / (with + 0.5)).ln()
        };
        let total: f64 = wanted.iter().map(|one| idf(one.rows)).sum();
        let preferred = self.rows_of_sort(plan)?;
        let reasons = match plan.wish.asks_why {
            true => Some(self.label_rows(REASON_LABEL)?),
            false => None,
        };
        let of_deed = self.rows_of_deed(plan.wish.deed.map_or(&[][..], words_of));
        let now = ranking_moment(ask.question.now);
        let mut found: Vec<Found> = Vec::new();
        for one in scored {
            let Some(row) = self
                .rows()
                .get(one.row)
                .filter(|row| test.accepts(one.row, row))
            else {
                continue;
            };
            let held = wanted.iter().map(|wanted| {
                if one.phrases & wanted.exact != 0 {
                    idf(wanted.rows)
                } else if one.phrases & wanted.alike != 0 {
                    ALIKE * idf(wanted.rows_alike)
                } else {
                    0.0
                }
            });
            let coverage = if total > 0.0 {
                held.sum::<f64>() / total
            } else {
                0.0
            };
            let is_preferred = preferred.as_ref().is_some_and(|set| set.contains(one.row));
            let is_around = plan.around.is_some_and(|(since, before)| {
                since.is_none_or(|since| row.at >= since)
                    && before.is_none_or(|before| row.at.0 < before.0 + AROUND_MILLIS)
            });
            let has_reason = reasons.as_ref().is_some_and(|set| set.contains(one.row));
            let tells_of_deed = of_deed.as_ref().is_some_and(|set| set.contains(one.row));
            let lift = |is: bool, by: f64| if is { 1.0 + by } else { 1.0 };
            let mut rank = Explanation {
                bm25: one.exact + one.alike,
                has_all_terms: wanted.iter().all(|wanted| one.phrases & wanted.exact != 0),
                recency: recency(row.at, now, RECENCY_HALF_LIFE_DAYS),
                ..Explanation::default()
            };
            rank.score = rank.bm25
                * (1.0 + COVERAGE * coverage)
                * lift(is_preferred, PREFERRED)
                * lift(has_reason, REASON)
                * lift(is_around, AROUND)
                * lift(tells_of_deed, LIKELY)
                * (1.0 + RECENT * rank.recency)
                * if row.trust == Trust::Low { 0.5 } else { 1.0 };
            found.push(Found {
                row: one.row,
                at: row.at,
                rank,
                coverage,
                fits: false,
            });
        }
        in_order(&mut found);
        let idf_of = |one: &Wanted| idf(one.rows);
        let is_by_meaning = self.look_again(&mut found, plan, test, &wanted, &idf_of)?;
        judge(&mut found, &wanted, is_by_meaning, &mut results);
        if let Some(direction) = direction.filter(|_| results.fitting > 0) {
            let (mut fitting, others): (Vec<Found>, Vec<Found>) =
                found.into_iter().partition(|one| one.fits);
            order::sort_by_key(&mut fitting, |one| match direction {
                Direction::Newest => -one.at.0,
                Direction::Oldest => one.at.0,
            });
            found = fitting;
            found.extend(others);
        }
        results.found = found;
        Ok(results)
    }

    /// What a query looks for, and behind it other words for the same.
    fn expanded(&self, query: &Query, plan: &Plan) -> (Expression, Vec<Wanted>, Vec<f64>) {
        let mut expression = Expression::of(query);
        let terms = query
            .terms
            .iter()
            .filter(|term| term.need != Need::Excluded);
        let terms = terms.filter(|term| !parts_of(&term.text).is_empty());
        let postings = self.text().postings();
        let mut wanted = Vec::new();
        let mut likeness = Vec::new();
        let own: HashSet<String> = query
            .terms
            .iter()
            .flat_map(|term| parts_of(&term.text))
            .collect();
        for (number, term) in terms.enumerate() {
            let Some(phrases) = expression.terms.get(number).copied() else {
                break;
            };
            let mut alike = phrases.parts;
            let parts = parts_of(&term.text);
            if let ([token], Form::Word) = (&parts[..], term.form) {
                let of_verb = plan.others.iter().filter(|(word, _)| *word == term.text);
                let of_verb: Vec<String> = of_verb.flat_map(|(_, plain)| parts_of(plain)).collect();
                for other in of_verb.iter().chain(thesaurus::others(token)) {
                    let bit = expression.phrases.len();
                    if bit == MAX_PHRASES || own.contains(other) || postings.list(other).is_none() {
                        continue;
                    }
                    alike |= 1 << bit;
                    expression.phrases.push(Phrase::Word(other.clone()));
                    likeness.push(ALIKE);
                }
            }
            wanted.push(Wanted {
                exact: phrases.whole,
                alike,
                rows: 0,
                rows_alike: 0,
                is_name: term.form == Form::Phrase || plan.names.contains(&term.text),
                text: term.text.clone(),
            });
        }
        (expression, wanted, likeness)
    }

    /// Looks at the best again; whether it was by what they mean, too. A title that tells of the
    /// deed that is asked about lifts a hit.
    fn look_again(
        &self,
        found: &mut Vec<Found>,
        plan: &Plan,
        test: &Test,
        wanted: &[Wanted],
        idf: &dyn Fn(&Wanted) -> f64,
    ) -> Result<bool> {
        let deed = plan.wish.deed.map_or(&[][..], words_of);
        let words = plan.subject.to_lowercase();
        let is_of_updates = UPDATES.iter().any(|word| words.contains(word));
        // What a title tells of the deed lifts a hit, and so does a body where it may say why.
        let lift = |memory: &Memory| {
            let tells_of_deed = title_tells(&memory.title, deed);
            let may_say_why = plan.wish.asks_why
                && (memory.narrative.as_ref()).is_some_and(|text| text.len() > SHORT_BODY);
            let add = |is: bool, by: f64| if is { by } else { 0.0 };
            let lift = 1.0 + add(tells_of_deed, DEED) + add(may_say_why, STORY);
            // What a bot updates is hardly what a topic is about.
            match is_of_updates || !is_update(&memory.title) {
                true => lift,
                false => UPDATE * lift,
            }
        };
        // What was done is meant, too: `no longer` means `remove`.
        let told = std::iter::once(plan.told.as_str()).chain(deed.iter().take(2).copied());
        let told = told.collect::<Vec<_>>().join(" ");
        let asked = Asked {
            told,
            meant: plan.meant.clone(),
            terms: wanted
                .iter()
                .map(|one| Term {
                    text: one.text.clone(),
                    tokens: parts_of(&one.text),
                    idf: idf(one),
                })
                .collect(),
            may_be_without_words: true,
            likely: self.rows_of_deed(deed),
            asks_why: plan.wish.asks_why,
        };
        let mut hits: Vec<Weighed> = found
            .iter()
            .map(|one| Weighed::of_words(one.row, &one.rank))
            .collect();
        let is_by_meaning = self.rerank(&asked, test, &mut hits, &lift)?;
        let mut known: HashMap<u32, Found> = found.drain(..).map(|one| (one.row, one)).collect();
        for hit in hits {
            let one = known.remove(&hit.row).or_else(|| {
                let row = self.rows().get(hit.row)?;
                Some(Found {
                    row: hit.row,
                    at: row.at,
                    rank: Explanation::default(),
                    coverage: 0.0,
                    fits: false,
                })
            });
            if let Some(mut one) = one {
                hit.explain(&mut one.rank);
                found.push(one);
            }
        }
        Ok(is_by_meaning)
    }
}

/// Whether a title says no more than that something else has another version now.
fn is_update(title: &str) -> bool {
    let title = title.to_lowercase();
    title.contains("bump ") && title.contains(" from ") || title.starts_with("deps: ")
}

/// Words of questions about other versions of something else.
const UPDATES: [&str; 6] = ["bump", "deps", "depend", "updat", "upgrad", "version"];
/// How much such a title counts for other questions.
const UPDATE: f64 = 0.6;

/// How long after a thing what was done about it is looked for: two months.
const AROUND_MILLIS: i64 = 62 * 86_400_000;

pub(super) fn in_order(found: &mut [Found]) {
    found.sort_by(|a, b| {
        let by_score = b.rank.score.total_cmp(&a.rank.score);
        by_score.then(b.at.cmp(&a.at))
    });
}

/// Which of those that were found fit, and what is to be said of the words.
///
/// A name that is known nowhere is what was asked about: without any that is known, what holds
/// the other words answers something else.
fn judge(found: &mut [Found], wanted: &[Wanted], is_by_meaning: bool, results: &mut Results) {
    let unknown = wanted.iter().filter(|one| one.rows_alike == 0);
    for one in unknown {
        results.notes.push(Note::UnknownWord(one.text.clone()));
    }
    let names = wanted.iter().filter(|one| one.is_name);
    let best = found.iter().map(|one| one.coverage).fold(0.0, f64::max);
    // A word with one capital letter may be written so for its beauty.
    let has_inner = |one: &Wanted| one.text.contains('/') || has_capital_inside(&one.text);
    let is_sure = names.clone().any(has_inner) || best < HALF;
    let is_of_nothing =
        is_sure && names.clone().count() > 0 && names.clone().all(|one| one.rows == 0);
    let top = found.first().map_or(0.0, |one| one.rank.score);
    for one in found.iter_mut() {
        one.fits = !is_of_nothing
            && match is_by_meaning {
                true => one.rank.score >= FITTING_MEANING * top,
                false => one.coverage >= FITTING * best && one.rank.score >= FITTING_SCORE * top,
            };
    }
    // Those that fit stand before those that may.
    order::sort_by_key(found, |one| !one.fits);
    results.fitting = found.iter().filter(|one| one.fits).count() as u64;
}
