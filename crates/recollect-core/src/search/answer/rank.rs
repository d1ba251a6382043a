//! Which memories hold most of a subject, in its words or in others for the same.

use std::collections::HashSet;

use crate::error::Result;
use crate::index::{Index, Test};
use crate::log::record::Trust;
use crate::search::answer::{Ask, Found, Note, Results};
use crate::search::expression::{Expression, MAX_PHRASES, Phrase, parts_of};
use crate::search::preview::terms_of;
use crate::search::query::{Form, Need, Query};
use crate::search::question::{Direction, Plan, thesaurus, words_of};
use crate::search::rank::{Explanation, RECENCY_HALF_LIFE_DAYS, ranking_moment, recency};
use crate::text::cut;

/// How much each part adds to the score of the words.
const COVERAGE: f64 = 1.0;
const PREFERRED: f64 = 0.3;
const REASON: f64 = 0.2;
const RECENT: f64 = 0.05;
const DEED: f64 = 0.25;
const AROUND: f64 = 0.5;
/// How alike words of one group are, of 1.
const ALIKE: f64 = 0.6;
/// Without its names, the best hit holds less than this of a subject that is none of ours.
const HALF: f64 = 0.5;
/// The share of what the best hit holds from which on another fits too, and of its score.
const FITTING: f64 = 0.6;
const FITTING_SCORE: f64 = 0.3;
const NEAR: f64 = 0.6;
/// Most tokens between words that stand near each other.
const MAX_DISTANCE: usize = 8;
/// Hits that are read, and how much of each.
const LOOKED_AT: usize = 100;
const READ_BYTES: usize = 4096;

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
            true => Some(self.label_rows("why-it-exists")?),
            false => None,
        };
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
        self.read_best(&mut found, plan, query, &wanted, &idf_of)?;
        judge(&mut found, &wanted, &mut results);
        if let Some(direction) = direction.filter(|_| results.fitting > 0) {
            let (mut fitting, others): (Vec<Found>, Vec<Found>) =
                found.into_iter().partition(|one| one.fits);
            fitting.sort_by_key(|one| match direction {
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
                for other in thesaurus::others(token) {
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

    /// Reads the best: words of the subject that stand near each other in a memory lift it, and
    /// so does a title that tells of the deed that is asked about.
    fn read_best(
        &self,
        found: &mut [Found],
        plan: &Plan,
        query: &Query,
        wanted: &[Wanted],
        idf: &dyn Fn(&Wanted) -> f64,
    ) -> Result<()> {
        let deed = plan.wish.deed.map_or(&[][..], words_of);
        let terms = query
            .terms
            .iter()
            .filter(|term| term.need != Need::Excluded);
        let tokens: Vec<Vec<String>> = terms
            .map(|term| parts_of(&term.text))
            .filter(|tokens| !tokens.is_empty())
            .collect();
        for one in found.iter_mut().take(LOOKED_AT) {
            let Some(row) = self.rows().get(one.row) else {
                continue;
            };
            let Some(memory) = self.memory_at(one.row, row.id)? else {
                continue;
            };
            let title = memory.title.to_lowercase();
            let mut words = title.split(|c: char| !c.is_alphanumeric());
            // `added` and `adding` begin as `add` does; `address` is longer.
            let tells =
                |word: &str, deed: &str| word.starts_with(deed) && word.len() <= deed.len() + 3;
            if words.any(|word| deed.iter().any(|deed| tells(word, deed))) {
                one.rank.score *= 1.0 + DEED;
            }
            if tokens.len() > 1 {
                let mut places: Vec<Vec<usize>> = vec![Vec::new(); tokens.len()];
                let texts = [Some(&memory.title), memory.narrative.as_ref()];
                let mut place = 0;
                for text in texts.into_iter().flatten() {
                    for token in parts_of(cut(text, READ_BYTES).as_ref()) {
                        for (number, wanted) in tokens.iter().enumerate() {
                            if wanted[0] == token {
                                places[number].push(place);
                            }
                        }
                        place += 1;
                    }
                    place += MAX_DISTANCE;
                }
                let near: f64 = (1..tokens.len().min(wanted.len()))
                    .map(|number| {
                        let weight = idf(&wanted[number - 1]).min(idf(&wanted[number]));
                        match distance(&places[number - 1], &places[number]) {
                            Some(distance) => weight / distance as f64,
                            None => 0.0,
                        }
                    })
                    .sum();
                one.rank.score += NEAR * near;
            }
        }
        in_order(found);
        Ok(())
    }
}

/// The least distance between two lists of places in order, if it is small.
fn distance(one: &[usize], other: &[usize]) -> Option<usize> {
    let pairs = one.iter().flat_map(|place| {
        let behind = other.partition_point(|other| other < place);
        let near = [behind.checked_sub(1), Some(behind)].into_iter().flatten();
        near.filter_map(|near| other.get(near))
            .map(|other| place.abs_diff(*other))
    });
    pairs
        .min()
        .filter(|distance| (1..=MAX_DISTANCE).contains(distance))
}

/// How long after a thing what was done about it is looked for: two months.
const AROUND_MILLIS: i64 = 62 * 86_400_000;

fn in_order(found: &mut [Found]) {
    found.sort_by(|a, b| {
        let by_score = b.rank.score.total_cmp(&a.rank.score);
        by_score.then(b.at.cmp(&a.at))
    });
}

/// Which of those that were found fit, and what is to be said of the words.
///
/// A name that is known nowhere is what was asked about: without any that is known, what holds
/// the other words answers something else.
fn judge(found: &mut [Found], wanted: &[Wanted], results: &mut Results) {
    let unknown = wanted.iter().filter(|one| one.rows_alike == 0);
    for one in unknown {
        results.notes.push(Note::UnknownWord(one.text.clone()));
    }
    let names = wanted.iter().filter(|one| one.is_name);
    let best = found.iter().map(|one| one.coverage).fold(0.0, f64::max);
    // A word with one capital letter may be written so for its beauty.
    let has_inner = |one: &Wanted| one.text.chars().skip(1).any(char::is_uppercase);
    let is_sure = names.clone().any(has_inner) || best < HALF;
    let is_of_nothing =
        is_sure && names.clone().count() > 0 && names.clone().all(|one| one.rows == 0);
    let top = found.first().map_or(0.0, |one| one.rank.score);
    for one in found.iter_mut() {
        one.fits = !is_of_nothing
            && one.coverage >= FITTING * best
            && one.rank.score >= FITTING_SCORE * top;
    }
    // Those that fit stand before those that may.
    found.sort_by_key(|one| !one.fits);
    results.fitting = found.iter().filter(|one| one.fits).count() as u64;
}
