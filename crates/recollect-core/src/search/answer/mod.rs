//! From a plan to an answer: which memories fit, in which order, and what to say where none does.

mod authors;
mod deeds;
mod earlier;
mod files;
mod rank;
mod sessions;
mod sets;
mod turns;

use self::earlier::{bring_forward, joined};
use crate::error::Result;
use crate::index::catalog::{Catalog, NumberRole, Release};
use crate::index::row::Row;
use crate::index::{Index, RowSet};
use crate::log::record::{Git, Kind, Trust};
use crate::log::time::UnixMillis;
use crate::order;
use crate::search::filter::Filter;
use crate::search::predicate::Test;
use crate::search::query::{Field, Query};
use crate::search::question::releases::is_told_once;
use crate::search::question::{
    Aspect, Deed, Direction, Number, Plan, Question, Sort, Understood, Wish,
};
use crate::search::rank::{Explanation, ranking_moment};
use crate::search::request::{Format, Hit, Order};
use crate::search::top::{Near, Ranking, Top};
use recollect_words::find::Terms;

/// A question with what is known around it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Ask {
    /// What is asked.
    pub question: Question,
    /// What it means as a whole, by the user's model; empty without.
    pub meant: Vec<f32>,
    /// The question before it in the same conversation.
    pub earlier: Option<String>,
    /// Whether nothing that happened later than the moment of asking counts.
    pub is_as_of: bool,
    /// What must hold besides, whatever the question says; its projects are those of the question.
    pub filter: Filter,
    /// What comes first, whatever the question says.
    pub order: Option<Direction>,
    /// Whether the last word is still being typed.
    pub is_prefix: bool,
    /// Hits that are left out before the first.
    pub offset: usize,
    /// Most hits, at least 1.
    pub limit: usize,
    /// How much of each hit is wanted.
    pub format: Format,
    /// Whether other projects are left out even if this one has nothing.
    pub is_here_only: bool,
}

/// Something to say of an answer besides its hits.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Note {
    /// The question before was used, since this one has no subject of its own.
    UsedEarlier,
    /// This word is known nowhere.
    UnknownWord(String),
    /// No memory is of this number or hash.
    NoNumber(String),
    /// Nothing is of the time that was asked for; the nearest memory is of this moment.
    NothingThen(Option<UnixMillis>),
    /// Nothing fits with this part of the question; without it, so many do.
    NothingWith(Aspect, u64),
    /// What is listed is of other projects.
    Elsewhere,
    /// Who wrote what fits, where people are asked for: names, and of how many memories each is
    /// the author, most first.
    Authors(Vec<(String, u64)>),
    /// Which files what fits changed, where files are asked for: paths, and how often, most first;
    /// of a file that is asked about, those that changed along with it.
    Files(Vec<(String, u64)>),
}

/// What answers a question.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answer {
    /// What the question was taken for.
    pub understood: Vec<Understood>,
    /// The words that were searched for.
    pub subject: String,
    /// Whether something fits.
    pub is_answered: bool,
    /// How many memories fit.
    pub fitting: u64,
    /// How many fit or may, at most as many as the question asks for.
    pub total: u64,
    /// Those that fit, and behind them those that may.
    pub hits: Vec<Hit>,
    /// How many of the hits fit.
    pub fitting_hits: usize,
    /// What to say besides.
    pub notes: Vec<Note>,
}

/// A row that may answer.
#[derive(Clone, Copy, Debug)]
struct Found {
    row: u32,
    at: UnixMillis,
    rank: Explanation,
    coverage: f64,
    fits: bool,
}

/// Rows that were found, best first.
#[derive(Debug, Default)]
struct Results {
    found: Vec<Found>,
    fitting: u64,
    terms: Terms,
    notes: Vec<Note>,
}

/// Kinds that are listed where no kind is asked for: of events a day has hundreds.
const LISTED: [Kind; 4] = [Kind::Observation, Kind::Summary, Kind::Prompt, Kind::Fact];

impl Index {
    /// What answers a question, of the project at hand, or of all others if that has nothing.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn ask(&self, ask: &Ask) -> Result<Answer> {
        let mut plan = self.plan(&ask.question)?;
        plan.wish.direction = ask.order.or(plan.wish.direction);
        plan.meant.clone_from(&ask.meant);
        let mut notes = Vec::new();
        let mut results = self.results_of_kind(ask, &mut plan)?;
        if let Some(earlier) = &ask.earlier
            && plan.numbers.is_empty()
        {
            let before = self.plan(&Question {
                text: earlier.clone(),
                ..ask.question.clone()
            })?;
            if let Some(mut joined) = joined(&plan, &before, results.fitting) {
                let together = self.results_of_kind(ask, &mut joined)?;
                // What stands alone says better what is missing.
                if together.fitting > 0 || !plan.is_narrowed() || plan.leans {
                    results = together;
                    plan = joined;
                    notes.push(Note::UsedEarlier);
                }
            } else if plan.goes_on && plan.wish.direction.is_none() {
                let mut together = plan.clone();
                if !before.subject.is_empty() {
                    together.subject = [&before.subject, " ", &plan.subject].concat();
                    together.told = [&before.told, " ", &plan.told].concat();
                    let together = self.results(ask, &together)?;
                    if bring_forward(&mut results, &together) {
                        notes.push(Note::UsedEarlier);
                    }
                } else if before.is_narrowed() && !plan.is_narrowed() {
                    together.inherit(&before);
                    let within = self.results(ask, &together)?;
                    if within.fitting > 0 {
                        results = within;
                        plan = together;
                        notes.push(Note::UsedEarlier);
                    }
                }
            }
        }
        let text = ask.question.text.trim();
        if plan.asks_nothing() && !text.is_empty() && !text.contains(char::is_whitespace) {
            // A word that only asks, all alone, is what is looked for.
            text.clone_into(&mut plan.subject);
            results = self.results(ask, &plan)?;
        }
        notes.append(&mut results.notes);
        if plan.asks_for_people() {
            notes.extend(self.authors_of(&results.found)?);
        }
        if plan.wish.is_of_files {
            notes.extend(self.files_of(&plan, &results.found)?);
        }
        if plan.wish.asks_version {
            self.add_release(&mut results)?;
        }
        let mut answer = Answer {
            is_answered: results.fitting > 0,
            fitting: results.fitting,
            total: plan.wish.limit.map_or(results.found.len() as u64, |limit| {
                u64::from(limit).min(results.found.len() as u64)
            }),
            understood: plan.understood,
            subject: plan.subject,
            notes,
            ..Answer::default()
        };
        let end = ask.offset.saturating_add(ask.limit.max(1));
        let end = plan
            .wish
            .limit
            .map_or(end, |limit| (limit as usize).min(end));
        for found in results.found.iter().take(end).skip(ask.offset) {
            let Some(row) = self.rows().get(found.row) else {
                continue;
            };
            let rank = (found.rank.bm25 > 0.0).then_some(found.rank);
            if let Some(hit) = self.hit_of(found.row, row, rank, &results.terms, ask.format)? {
                answer.hits.push(hit);
                answer.fitting_hits += usize::from(found.fits);
            }
        }
        Ok(answer)
    }

    /// What is found; where no session is about what is asked, `sessions` is a word of it.
    fn results_of_kind(&self, ask: &Ask, plan: &mut Plan) -> Result<Results> {
        let results = self.results(ask, plan)?;
        let is_plain = plan.wish.sort != Some(Sort::Session) || plan.subject.is_empty();
        if is_plain || results.fitting > 0 {
            return Ok(results);
        }
        let word = plan.wish.sort_text.clone();
        let mut plain = plan.clone();
        plain.leave_out(Aspect::Kind);
        plain.subject = [&plain.subject, " ", &word].concat();
        plain.told = [&plain.told, " ", &word].concat();
        let others = self.results(ask, &plain)?;
        if others.fitting == 0 {
            return Ok(results);
        }
        *plan = plain;
        Ok(others)
    }

    fn results(&self, ask: &Ask, plan: &Plan) -> Result<Results> {
        if !plan.numbers.is_empty() {
            return self.by_number(ask, plan);
        }
        let has_projects = !ask.question.projects.is_empty();
        let mut here = self.results_of(ask, plan, has_projects)?;
        if here.fitting > 0 {
            return Ok(here);
        }
        self.note_what_remains(ask, plan, has_projects, &mut here)?;
        if !has_projects || ask.is_here_only {
            return Ok(here);
        }
        let mut all = self.results_of(ask, plan, false)?;
        let is_better = all.fitting > 0 || here.found.is_empty() && !all.found.is_empty();
        if !is_better {
            return Ok(here);
        }
        all.notes.append(&mut here.notes);
        all.notes.push(Note::Elsewhere);
        Ok(all)
    }

    /// What may be shown, of a project or of all that nobody asked for.
    fn scope(&self, ask: &Ask, plan: &Plan, is_here: bool, query: &Query) -> Result<Test> {
        let now = ask.question.now;
        let until = ask.is_as_of.then(|| UnixMillis(now.0.saturating_add(1)));
        let given = &ask.filter;
        let before = [plan.before, until, given.before].into_iter().flatten();
        let is_of_type = !given.types.is_empty()
            || query
                .conditions
                .iter()
                .any(|condition| matches!(condition.field, Field::Type(_) | Field::Kind(_)));
        let filter = Filter {
            kinds: match (&given.kinds[..], plan.wish.sort) {
                ([], _) if is_of_type => Vec::new(),
                ([], Some(Sort::Session)) => vec![Kind::Summary],
                ([], _) => LISTED.to_vec(),
                (kinds, _) => kinds.to_vec(),
            },
            projects: match is_here {
                true => ask.question.projects.clone(),
                false => Vec::new(),
            },
            since: plan.since.max(given.since),
            before: before.min(),
            // Who names no project asks all of them, and what comes from elsewhere comes by itself.
            is_automatic: given.is_automatic || !is_here && !ask.question.projects.is_empty(),
            ..given.clone()
        };
        self.test(&filter, query, now)
    }

    fn results_of(&self, ask: &Ask, plan: &Plan, is_here: bool) -> Result<Results> {
        let query = Query::parse(&plan.subject, ask.is_prefix);
        let mut test = self.scope(ask, plan, is_here, &query)?;
        let catalog = self.catalog()?;
        if !plan.people.is_empty() || plan.is_me {
            test.require_rows(self.rows_of_people(plan, &catalog));
        }
        if let Some(set) = self.rows_of_releases(plan, &catalog, &test) {
            test.require_rows(set);
        }
        if plan.wish.is_of_newcomers {
            test.require_rows(self.first_of_all(&test)?);
        }
        let mut direction = plan.wish.direction;
        let mut is_of_deed = false;
        let has_files = !plan.files.is_empty();
        if has_files || plan.wish.is_of_files && plan.subject.is_empty() {
            let (set, found) = self.rows_of_files(plan, &catalog);
            is_of_deed = found && has_files;
            if is_of_deed && direction.is_none() {
                direction = Some(match plan.wish.deed {
                    Some(Deed::Introduced) => Direction::Oldest,
                    _ => Direction::Newest,
                });
            }
            if has_files || found {
                test.require_rows(set);
            }
        }
        let has_terms = query.has_wanted_terms();
        if !has_terms || is_of_deed {
            let direction = direction.unwrap_or(Direction::Newest);
            let mut results = self.in_order(ask, plan, &test, direction, &catalog)?;
            let is_asked_for = has_files && plan.wish.asks_whether;
            if is_asked_for
                && matches!(plan.wish.deed, Some(Deed::Removed | Deed::Moved))
                && !is_of_deed
            {
                // It never was: what is there is only near.
                let others = std::mem::take(&mut results.fitting);
                results.found.iter_mut().for_each(|one| one.fits = false);
                results.notes.push(Note::NothingWith(Aspect::Kind, others));
            }
            return Ok(results);
        }
        let mut results = self.ranked(ask, plan, &query, &test, direction)?;
        if direction.is_none() {
            self.put_summaries_first(&mut results)?;
        }
        if plan.wish.sort == Some(Sort::Session) && direction.is_none() {
            self.weigh_turns(ask, plan, is_here, &test, &mut results)?;
        }
        if results.found.is_empty() {
            self.add_alike(ask, &query, &test, &mut results)?;
        }
        if results.fitting == 0 && plan.is_narrowed() {
            // What is asked for may be told in other words: what is left without them.
            let without = Plan {
                subject: String::new(),
                wish: Wish {
                    deed: None,
                    ..plan.wish.clone()
                },
                ..plan.clone()
            };
            let rest = self.in_order(
                ask,
                &without,
                &test,
                direction.unwrap_or(Direction::Newest),
                &catalog,
            )?;
            if results.found.is_empty() {
                results.found = rest.found;
                results
                    .found
                    .iter_mut()
                    .for_each(|found| found.fits = false);
            }
        }
        Ok(results)
    }

    fn by_number(&self, ask: &Ask, plan: &Plan) -> Result<Results> {
        let catalog = self.catalog()?;
        let mut results = Results::default();
        let has_projects = !ask.question.projects.is_empty();
        for scope in [true, false] {
            if scope && !has_projects {
                continue;
            }
            let test = self.scope(ask, &Plan::default(), scope, &Query::default())?;
            let accepted = |row: u32| {
                self.rows()
                    .get(row)
                    .filter(|known| test.accepts(row, known))
            };
            for number in &plan.numbers {
                let mut rows: Vec<(u32, u8)> = match number {
                    Number::Hash(hash) => {
                        let commits = catalog.commits(hash).flat_map(|(_, rows)| rows);
                        commits
                            .map(|row| (*row, u8::from(catalog.parents(*row).is_none())))
                            .collect()
                    }
                    Number::Request(number) => {
                        let named = catalog.number(*number).iter();
                        let rank = |role: &NumberRole| match role {
                            NumberRole::Itself => 0,
                            NumberRole::Closes => 1,
                            NumberRole::Mentions => 2,
                        };
                        named.map(|(row, role)| (*row, rank(role))).collect()
                    }
                };
                // Anybody can write what is of low trust, and give it any number.
                order::sort_by_key(&mut rows, |(row, rank)| {
                    let row = self.rows().get(*row);
                    let is_low = row.is_some_and(|row| row.trust == Trust::Low);
                    (*rank, is_low, row.map_or(i64::MAX, |row| row.at.0))
                });
                let before = results.found.len();
                for (row, _) in rows {
                    if let Some(known) = accepted(row) {
                        results.found.push(certain(row, known));
                    }
                }
                if results.found.len() == before && !scope {
                    results.notes.push(Note::NoNumber(number.to_string()));
                }
            }
            if !results.found.is_empty() || ask.is_here_only || !has_projects {
                if !scope && has_projects {
                    results.notes.push(Note::Elsewhere);
                }
                break;
            }
        }
        results.fitting = results.found.len() as u64;
        Ok(results)
    }

    /// What passes a test, by time.
    fn in_order(
        &self,
        ask: &Ask,
        plan: &Plan,
        test: &Test,
        direction: Direction,
        catalog: &Catalog,
    ) -> Result<Results> {
        let rows = self.rows();
        let mut results = Results::default();
        let is_merge = self.label_rows(Git::MERGE)?;
        let mut releases = RowSet::default();
        // A tag and the commit that says the same are one release.
        let known = catalog.releases().iter();
        let known: Vec<&Release> = known
            .filter(|one| self.is_in_scope(one.row, test))
            .collect();
        for release in &known {
            if is_told_once(release, &known) {
                releases.insert(release.row);
            }
        }
        let is_release = |row: u32, known: &Row| {
            known.kind == Kind::Observation
                && releases.contains(row)
                && catalog.parents(row).is_none()
        };
        let wants_release = Self::asks_for_release(plan);
        let preferred = self.rows_of_sort(plan)?;
        let all: Vec<(u32, &Row)> = rows
            .newest_first(None)
            .filter(|(number, row)| test.accepts(*number, row))
            .collect();
        let is_list = ask.question.text.trim().is_empty();
        let keep = |(number, row): &(u32, &Row)| {
            if is_list {
                return true;
            }
            if wants_release {
                return releases.contains(*number);
            }
            let is_plain = !is_release(*number, row)
                && (!plan.wish.is_of_commits || catalog.parents(*number).is_some());
            is_plain && preferred.as_ref().is_none_or(|set| set.contains(*number))
        };
        let mut kept: Vec<(u32, &Row)> = all.iter().filter(|one| keep(one)).copied().collect();
        if !wants_release
            && let Some(sort) = plan.wish.sort
            && (kept.is_empty() || sort == Sort::Breaking)
        {
            // Few are marked so: its words tell.
            let of_sort = Plan {
                wish: Wish {
                    sort: Some(sort),
                    ..Wish::default()
                },
                ..Plan::default()
            };
            let told = Query::parse(told_by(sort), false);
            let mut told = self.ranked(ask, &of_sort, &told, test, plan.wish.direction)?;
            if told.found.is_empty() {
                kept = all
                    .iter()
                    .filter(|(number, row)| !is_release(*number, row))
                    .copied()
                    .collect();
                if !kept.is_empty() {
                    let others = kept.len() as u64;
                    results.notes.push(Note::NothingWith(Aspect::Kind, others));
                }
            } else {
                // These words are ours and not the question's.
                told.notes.clear();
                return Ok(told);
            }
        }
        if kept.is_empty() && wants_release && catalog.releases().is_empty() {
            kept = all.clone();
        }
        if let Some(deed) = plan.listed_deed().filter(|_| !is_list && !wants_release) {
            let telling = self.telling_of(deed, &kept)?;
            if !telling.is_empty() {
                kept = telling;
            } else if !kept.is_empty() {
                let others = kept.len() as u64;
                results.notes.push(Note::NothingWith(Aspect::Kind, others));
            }
        }
        // Merges that git described say nothing: they stand behind the others.
        let (told, merges): (Vec<_>, Vec<_>) = kept
            .into_iter()
            .partition(|(number, _)| is_list || !is_merge.contains(*number));
        let mut kept = if told.is_empty() { merges } else { told };
        if direction == Direction::Oldest {
            kept.reverse();
        }
        results.fitting = kept.len() as u64;
        results.found = kept
            .into_iter()
            .map(|(number, row)| certain(number, row))
            .collect();
        Ok(results)
    }

    /// Adds what holds words that are spelled nearly so.
    fn add_alike(
        &self,
        ask: &Ask,
        query: &Query,
        test: &Test,
        results: &mut Results,
    ) -> Result<()> {
        let moment = ranking_moment(ask.question.now);
        let ranking = Ranking {
            order: Order::Best,
            now: moment,
            fading: self.fading(moment),
            near: Near::default(),
            keep: ask.offset.saturating_add(ask.limit),
        };
        let none = Top {
            best: Vec::new(),
            total: 0,
        };
        let top = self.with_similar(none, query, test, &ranking, &mut results.terms)?;
        for candidate in top.best {
            if let Some(row) = self.rows().get(candidate.number) {
                results.found.push(Found {
                    rank: candidate.rank,
                    coverage: 0.0,
                    fits: false,
                    ..certain(candidate.number, row)
                });
            }
        }
        Ok(())
    }

    /// Says which parts of a question left nothing, and what remains without each.
    fn note_what_remains(
        &self,
        ask: &Ask,
        plan: &Plan,
        is_here: bool,
        results: &mut Results,
    ) -> Result<()> {
        let wanted = plan.since.or(plan.before);
        for aspect in NARROWING {
            if !plan.is_narrowed_by(aspect) {
                continue;
            }
            let mut rest = plan.clone();
            rest.leave_out(aspect);
            let is_all = rest.subject.is_empty() && !rest.is_narrowed();
            let others = self.results_of(ask, &rest, is_here)?;
            let note = match (aspect, wanted) {
                _ if others.fitting == 0 && !is_all => continue,
                (Aspect::Time, Some(wanted)) => {
                    let mut nearest = others.found;
                    nearest.retain(|one| one.fits);
                    order::sort_by_key(&mut nearest, |one| one.at.0.abs_diff(wanted.0));
                    let note = Note::NothingThen(nearest.first().map(|one| one.at));
                    if results.found.is_empty() {
                        nearest.truncate(NEAREST);
                        nearest.iter_mut().for_each(|one| one.fits = false);
                        results.found = nearest;
                    }
                    note
                }
                // All that there is says nothing about a part that stands alone.
                _ if is_all => Note::NothingWith(aspect, 0),
                _ => Note::NothingWith(aspect, others.fitting),
            };
            results.notes.push(note);
        }
        Ok(())
    }
}

/// How many memories are shown that are next to a time of which there is none.
const NEAREST: usize = 5;

/// Parts of a question that leave out what does not fit them.
const NARROWING: [Aspect; 4] = [Aspect::Time, Aspect::File, Aspect::Person, Aspect::Version];

/// Words by which memories of a kind are told where none is marked so.
fn told_by(sort: Sort) -> &'static str {
    match sort {
        Sort::Breaking => {
            "breaking remove drop deprecate rename incompatible require upgrade default"
        }
        Sort::Security => "security vulnerability CVE advisory GHSA",
        Sort::Decision => "decide because instead",
        Sort::Bugfix => "fix bug",
        Sort::Feature => "add feature support",
        Sort::Refactor => "refactor",
        Sort::Release | Sort::Merge | Sort::Session => "",
    }
}

fn certain(row: u32, known: &Row) -> Found {
    Found {
        row,
        at: known.at,
        rank: Explanation::default(),
        coverage: 1.0,
        fits: true,
    }
}
