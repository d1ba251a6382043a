//! Searching and listing.

use std::collections::{HashMap, HashSet};

use recollect_words::bm25::Bm25;
use recollect_words::find::Terms;
use recollect_words::postings::List;

use crate::error::{Error, Result};
use crate::index::Index;
use crate::index::row::{Row, StampKey};
use crate::log::time::UnixMillis;
use crate::search::expression::{Expression, parts_of};
use crate::search::filter::{Filter, Page};
use crate::search::predicate::Test;
use crate::search::preview::{preview, terms_of};
use crate::search::query::{Form, Need, Query};
use crate::search::rank::Explanation;
use crate::search::request::{Format, Hit, Hits, Order, Search};
use crate::search::rerank::{Asked, LOOKED_AT, Term, Weighed};
use crate::search::top::{Candidate, Near, Ranking, Top};

impl Index {
    /// Memories that hold words of the query, best first.
    ///
    /// Without words, everything that passes filter and conditions is listed,
    /// newest first; signs without letters find nothing.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] for an `after` that no answer gave; when the
    /// engine refuses a statement.
    pub fn search(&self, search: &Search) -> Result<Hits> {
        let test = self.test(&search.filter, &search.query, search.now)?;
        let expression = Expression::of(&search.query);
        if expression.phrases.is_empty() {
            return if search.query.has_wanted_terms() {
                Ok(Hits::default())
            } else {
                self.list(search, &test)
            };
        }
        let moment = crate::search::rank::ranking_moment(search.now);
        let ranking = Ranking {
            order: search.order,
            now: moment,
            fading: self.fading(moment),
            near: self.near(search),
            keep: match search.order {
                // Of the best fifty the order is made as a whole, whatever page is asked for.
                Order::Best => search.page.end().max(LOOKED_AT),
                _ => search.page.end(),
            },
        };
        let mut terms = terms_of(&search.query);
        let found = self.top(&expression, &test, &ranking)?;
        let mut found = self.with_similar(found, &search.query, &test, &ranking, &mut terms)?;
        if search.order == Order::Best {
            self.look_at_best_again(&mut found, &search.query, &search.meant, &test)?;
        }
        found.best.truncate(search.page.end());
        let offset = usize::try_from(search.page.offset()).unwrap_or(usize::MAX);
        let mut hits = Hits {
            total: found.total,
            ..Hits::default()
        };
        for candidate in found.best.iter().skip(offset) {
            hits.hits
                .extend(self.found(candidate, &terms, search.format)?);
        }
        Ok(hits)
    }

    /// Memories that pass `filter`, newest first.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn recent(&self, filter: &Filter, page: Page, format: Format) -> Result<Hits> {
        self.search(&Search {
            filter: filter.clone(),
            page,
            format,
            ..Search::default()
        })
    }

    fn list(&self, search: &Search, test: &Test) -> Result<Hits> {
        let after = search.after.as_deref().map(parse_place).transpose()?;
        let mut hits = Hits::default();
        let (offset, end) = (search.page.offset() as usize, search.page.end());
        let terms = Terms::default();
        let mut last = None;
        // The total counts what stands before the place too.
        let accepted = |(number, row): &(u32, &Row)| test.accepts(*number, row);
        hits.total = self.rows().iter().filter(accepted).count() as u64;
        let listed: Box<dyn Iterator<Item = (u32, &Row)>> = match search.order {
            Order::Oldest => {
                let first = (UnixMillis(i64::MIN), StampKey::FIRST);
                Box::new(self.rows().oldest_first(first).filter(accepted))
            }
            _ => Box::new(self.rows().newest_first(after).filter(accepted)),
        };
        for (position, (number, row)) in listed.enumerate() {
            if position == end {
                hits.next = last.filter(|_| search.order != Order::Oldest);
                break;
            }
            if position >= offset {
                hits.hits
                    .extend(self.hit_of(number, row, None, &terms, search.format)?);
                last = Some(place(row));
            }
        }
        Ok(hits)
    }

    fn near(&self, search: &Search) -> Near {
        if search.order != Order::Best {
            return Near::default();
        }
        Near::of(
            self,
            search.near_file.as_deref(),
            search.near_project.as_deref(),
        )
    }

    /// Puts the best into the order that a second look gives.
    fn look_at_best_again(
        &self,
        found: &mut Top,
        query: &Query,
        meant: &[f32],
        test: &Test,
    ) -> Result<()> {
        let asked = self.asked(query, meant);
        // What may not be believed stays behind what may.
        let low = found.best.iter().position(Candidate::is_low);
        let low = found.best.split_off(low.unwrap_or(found.best.len()));
        let mut hits: Vec<Weighed> = found
            .best
            .iter()
            .map(|one| Weighed::of_words(one.number, &one.rank))
            .collect();
        let ranks: HashMap<u32, Explanation> = found
            .best
            .iter()
            .chain(&low)
            .map(|one| (one.number, one.rank))
            .collect();
        self.rerank(&asked, test, &mut hits, &|_| 1.0)?;
        let mut best = Vec::new();
        for hit in hits {
            let Some(row) = self.rows().get(hit.row) else {
                continue;
            };
            let known = ranks.get(&hit.row).copied();
            found.total += u64::from(known.is_none());
            let mut rank = known.unwrap_or_default();
            hit.explain(&mut rank);
            best.push(Candidate::new(hit.row, row, rank));
        }
        let known: HashSet<u32> = best.iter().map(|one| one.number).collect();
        best.extend(low.into_iter().filter(|one| !known.contains(&one.number)));
        // Rows of low trust may have come in.
        best.sort_by_key(Candidate::is_low);
        found.best = best;
        Ok(())
    }

    /// What a query asks, for the second look.
    fn asked(&self, query: &Query, meant: &[f32]) -> Asked {
        let terms = query
            .terms
            .iter()
            .filter(|term| term.need != Need::Excluded);
        let postings = self.text().postings();
        let (rows, tokens) = postings.totals();
        let bm25 = Bm25::new(rows, tokens);
        let mut asked = Asked {
            meant: meant.to_vec(),
            may_be_without_words: query
                .terms
                .iter()
                .all(|term| term.need == Need::Optional && term.form != Form::Phrase),
            ..Asked::default()
        };
        for term in terms {
            let tokens = parts_of(&term.text);
            if !asked.told.is_empty() {
                asked.told.push(' ');
            }
            asked.told.push_str(&term.text);
            if tokens.is_empty() {
                continue;
            }
            let with = tokens
                .iter()
                .map(|token| postings.list(token).map_or(0, List::rows))
                .min();
            asked.terms.push(Term {
                text: term.text.clone(),
                tokens,
                idf: bm25.idf(with.unwrap_or(0)),
            });
        }
        asked
    }

    fn found(&self, candidate: &Candidate, terms: &Terms, format: Format) -> Result<Option<Hit>> {
        let number = candidate.number;
        let Some(row) = self.rows().get(number) else {
            return Ok(None);
        };
        self.hit_of(number, row, Some(candidate.rank), terms, format)
    }

    /// The hit for one row; none if it has no readable record.
    pub(crate) fn hit_of(
        &self,
        number: u32,
        row: &Row,
        rank: Option<Explanation>,
        terms: &Terms,
        format: Format,
    ) -> Result<Option<Hit>> {
        let Some(memory) = self.memory_at(number, row.id)? else {
            return Ok(None);
        };
        let (preview, preview_highlights) = preview(&memory, terms);
        Ok(Some(Hit {
            id: row.id,
            kind: row.kind,
            memory_type: memory.memory_type.clone(),
            title: memory.title.clone(),
            title_highlights: terms.highlights(&memory.title),
            at: row.at,
            project: memory.project.clone(),
            session: memory.session.clone(),
            provenance: row.provenance,
            trust: row.trust,
            flag: row.flag,
            is_pinned: row.is_pinned,
            sectors: row.sectors,
            tokens: row.tokens,
            commit: memory.commit.clone(),
            author: memory.git.as_ref().and_then(|git| git.author.clone()),
            rank,
            preview,
            preview_highlights,
            memory: (format == Format::Full).then_some(memory),
        }))
    }
}

/// A row's place in the order of time, as text.
fn place(row: &Row) -> String {
    format!("{}.{}", row.at.0, row.stamp.stamp())
}

fn parse_place(text: &str) -> Result<(UnixMillis, StampKey)> {
    let parse = || {
        let (at, stamp) = text.split_once('.')?;
        Some((
            UnixMillis(at.parse().ok()?),
            StampKey::new(&stamp.parse().ok()?),
        ))
    };
    parse().ok_or_else(|| Error::invalid("after", "is no place that a list gave"))
}
