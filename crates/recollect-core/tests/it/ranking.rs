//! Scores are those of FTS5, and a short page is the beginning of a long one.

#![allow(missing_docs, clippy::unwrap_used)]

use crate::common;

use common::*;
use proptest::prelude::*;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Edit, Origin, Sector, Trust};
use recollect_core::search::request::{Format, Hits, Order, Search};
use recollect_core::{Filter, Page, RecordId, Store, UnixMillis, indexed_text};
use rusqlite::Connection;

/// What FTS5 itself finds, with the sums of its `bm25()`.
fn reference(texts: &[(String, String)], expression: &str, limit: usize) -> (usize, f64) {
    let database = Connection::open_in_memory().unwrap();
    database
        .execute_batch(
            "CREATE VIRTUAL TABLE t USING fts5(title, subtitle, narrative, facts, concepts, files,
             tokenize = 'ascii tokenchars ''.+#''')",
        )
        .unwrap();
    for (title, narrative) in texts {
        let fields = [title, narrative].map(|text| indexed_text(text).0);
        database
            .execute("INSERT INTO t (title, narrative) VALUES (?1, ?2)", fields)
            .unwrap();
    }
    let scores: Vec<f64> = database
        .prepare("SELECT -bm25(t, 3, 3, 1, 1, 16, 2) FROM t WHERE t MATCH ?1 ORDER BY 1 DESC")
        .unwrap()
        .query_map([expression], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    (scores.len(), scores.iter().take(limit).sum())
}

fn words(most: usize) -> impl Strategy<Value = String> {
    prop::collection::vec(0..30_u32, 1..most).prop_map(|numbers| {
        // The square makes some words common.
        let words = numbers
            .iter()
            .map(|number| format!("w{}", number * number / 30));
        words.collect::<Vec<_>>().join(" ")
    })
}

proptest! {
    #[test]
    fn scores_are_those_of_fts5(
        texts in prop::collection::vec((words(4), words(20)), 5..60),
        asked_for in prop::collection::btree_map(0..30_u32, any::<bool>(), 1..4),
        limit in 1..12_usize,
        step in 2..9_usize,
    ) {
        let texts: Vec<(String, String)> = texts
            .into_iter()
            .enumerate()
            // No two say the same.
            .map(|(number, (title, text))| (title, format!("{text} n{number}")))
            .collect();
        let mut store = store(1);
        let drafts = texts.iter().map(|(title, text)| told(title, text)).collect();
        let ids = keep(&mut store, drafts, NOW);
        // What is forgotten counts for nothing.
        let forgotten: Vec<RecordId> = ids.iter().copied().step_by(step).collect();
        store.forget(&forgotten, NOW).unwrap();
        flush(&mut store, NOW);
        let texts: Vec<(String, String)> = texts
            .into_iter()
            .zip(ids)
            .filter(|(_, id)| !forgotten.contains(id))
            .map(|(text, _)| text)
            .collect();
        let sign = |is_beginning| if is_beginning { "*" } else { "" };
        let terms = asked_for.iter().map(|(n, is_beginning)| format!("w{n}{}", sign(*is_beginning)));
        let terms: Vec<String> = terms.collect();
        let search = Search {
            order: Order::Relevance,
            page: Page::new(Some(u32::try_from(limit).unwrap()), None).unwrap(),
            format: Format::Index,
            ..asked(&terms.join(" "))
        };
        let hits = store.index().search(&search).unwrap();
        let quoted = asked_for.iter().map(|(n, is_beginning)| format!("\"w{n}\"{}", sign(*is_beginning)));
        let quoted: Vec<String> = quoted.collect();
        let (count, sum) = reference(&texts, &quoted.join(" OR "), limit);
        // Few hits are joined by those of similar words.
        if count >= 5 {
            prop_assert_eq!(hits.total, count as u64);
            let ours: f64 = hits.hits.iter().map(|hit| hit.rank.unwrap().bm25).sum();
            prop_assert!((ours - sum).abs() < 1e-9, "{} is not {}", ours, sum);
        }
    }
}

/// Most memories are of no sort of their own.
fn sort() -> impl Strategy<Value = [bool; 3]> {
    prop_oneof![3 => Just([false; 3]), 1 => any::<[bool; 3]>()]
}

/// A memory, and whether it is doubtful, put aside, kept at hand, and how old in days.
type Told = (String, String, [bool; 3], i64);

fn store_of_all_sorts(all: Vec<Told>) -> Store {
    let mut store = store(1);
    for (title, text, [is_doubtful, is_archived, is_pinned], age) in all {
        let trust = if is_doubtful { Trust::Low } else { Trust::High };
        let told = Draft {
            at: Some(UnixMillis(NOW.0 - age * DAY)),
            origin: Some(Origin { trust, ..origin() }),
            ..told(&title, &text)
        };
        let of = keep(&mut store, vec![told], NOW)[0];
        if is_archived || is_pinned {
            let edit = Edit {
                is_archived: Some(is_archived),
                is_pinned: Some(is_pinned),
                ..Edit::of(of)
            };
            keep(&mut store, vec![draft(Body::Edit(edit))], NOW);
        }
    }
    store
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 768, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_short_page_is_the_beginning_of_a_long_one(
        all in prop::collection::vec((words(3), words(9), sort(), prop_oneof![0..3_i64, 0..400_i64]), 5..60),
        copied in prop::collection::vec(any::<prop::sample::Index>(), 0..10),
        asked_for in prop::collection::vec(0..30_u32, 1..4),
        is_required in any::<bool>(),
        is_automatic in any::<bool>(),
        is_archived in any::<Option<bool>>(),
        is_pinned in any::<Option<bool>>(),
        since in prop::option::of(0..400_i64),
        before in prop::option::of(0..400_i64),
        is_of_sector in any::<bool>(),
        is_of_type in any::<bool>(),
        order in prop_oneof![Just(Order::Best), Just(Order::Relevance), Just(Order::Newest)],
        limit in 1..6_u32,
    ) {
        let mut all = all;
        // Two windows notice the same.
        let copies: Vec<Told> = copied.iter().map(|index| index.get(&all).clone()).collect();
        all.extend(copies);
        let store = store_of_all_sorts(all);
        let sign = if is_required { "+" } else { "" };
        let terms: Vec<String> = asked_for.iter().map(|n| format!("{sign}w{n}")).collect();
        // Of the very minute, and one thousandth of a second beside it.
        let moment = |age: i64| UnixMillis(NOW.0 - age * DAY + age % 3 - 1);
        let filter = Filter {
            is_automatic,
            is_archived,
            is_pinned,
            since: since.map(moment),
            before: before.map(moment),
            sectors: is_of_sector.then_some(Sector::Episodic).into_iter().collect(),
            types: is_of_type.then(|| "discovery".to_owned()).into_iter().collect(),
            ..Filter::default()
        };
        let long = Search { order, filter: filter.clone(), ..asked(&terms.join(" ")) };
        let short = Search { page: Page::new(Some(limit), None).unwrap(), ..long.clone() };
        let all = store.index().search(&long).unwrap();
        let first = store.index().search(&short).unwrap();
        let ids = |hits: &Hits| hits.hits.iter().map(|hit| hit.id).collect::<Vec<_>>();
        let expected: Vec<RecordId> = ids(&all).into_iter().take(limit as usize).collect();
        prop_assert_eq!(ids(&first), expected);
        prop_assert_eq!(first.total, all.total);

        let page = Page::new(Some(200), None).unwrap();
        let listed = store.index().recent(&filter, page, Format::Full).unwrap();
        let holds = |text: &str, term: &String| text.split(' ').any(|word| word == &term[sign.len()..]);
        let is_found = |text: &str| match is_required {
            true => terms.iter().all(|term| holds(text, term)),
            false => terms.iter().any(|term| holds(text, term)),
        };
        let texts = listed.hits.into_iter().filter_map(|hit| hit.memory);
        let texts = texts.map(|memory| format!("{} {}", memory.title, memory.narrative.unwrap()));
        let count = texts.filter(|text| is_found(text)).count();
        // Few hits are joined by those of similar words.
        if count >= 5 {
            prop_assert_eq!(all.total, count as u64);
        }
    }
}
