//! Phrases and conditions on one field find what SQLite's FTS5 finds over the same tokens.

#![allow(missing_docs, clippy::unwrap_used)]

use crate::common;

use common::*;
use proptest::prelude::*;
use recollect_core::log::record::{Body, Observation};
use recollect_core::search::request::{Order, Search};
use recollect_core::{Filter, Page, RecordId, indexed_text};
use rusqlite::Connection;

/// What FTS5 finds in memories: how many, and the sum of its `bm25()`.
fn reference(memories: &[Observation], expression: &str) -> (usize, f64) {
    let database = Connection::open_in_memory().unwrap();
    database
        .execute_batch(
            "CREATE VIRTUAL TABLE t USING fts5(title, subtitle, narrative, facts, concepts, files,
             tokenize = 'ascii tokenchars ''.+#''')",
        )
        .unwrap();
    let tokens = |texts: &[String]| -> String {
        let tokens = texts.iter().map(|text| indexed_text(text).0);
        tokens.collect()
    };
    for memory in memories {
        database
            .execute(
                "INSERT INTO t (title, narrative, facts, concepts, files)
                 VALUES (?1, ?2, ?3, ?4, ?5)",
                [
                    tokens(std::slice::from_ref(&memory.title)),
                    tokens(memory.narrative.as_slice()),
                    tokens(&memory.facts),
                    tokens(&memory.concepts),
                    tokens(&memory.files_read),
                ],
            )
            .unwrap();
    }
    let scores: Vec<f64> = database
        .prepare("SELECT -bm25(t, 3, 3, 1, 1, 16, 2) FROM t WHERE t MATCH ?1")
        .unwrap()
        .query_map([expression], |row| row.get(0))
        .unwrap()
        .collect::<rusqlite::Result<_>>()
        .unwrap();
    (scores.len(), scores.iter().sum())
}

/// Few words and identifiers of them, so that phrases are met by chance.
fn text(most: usize) -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[ab]",
        "[ab][xy]",
        Just("aXb".to_owned()),
        Just("b_ax".to_owned())
    ];
    prop::collection::vec(word, 1..most).prop_map(|words| words.join(" "))
}

fn memories() -> impl Strategy<Value = Vec<Observation>> {
    let memory = (
        text(5),
        text(12),
        // Of equal facts one is kept.
        prop::collection::btree_set(text(4), 0..3),
        text(3),
        text(3),
    );
    let memory = memory.prop_map(|(title, narrative, facts, concept, file)| Observation {
        facts: facts.into_iter().collect(),
        concepts: vec![concept],
        files_read: vec![file.replace(' ', "/")],
        ..observation(&title, &narrative)
    });
    prop::collection::vec(memory, 5..40).prop_map(|mut memories| {
        for (number, memory) in memories.iter_mut().enumerate() {
            // No two say the same.
            memory.title += &format!(" n{number}");
        }
        memories
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn phrases_are_found_as_fts5_finds_them(
        memories in memories(),
        words in prop::collection::vec("[ab][xy]?", 2..4),
        step in 2..9_usize,
        is_beginning in any::<bool>(),
    ) {
        let mut store = store(1);
        let drafts = memories.iter().cloned().map(|one| draft(Body::Observation(one)));
        let ids = keep(&mut store, drafts.collect(), NOW);
        let forgotten: Vec<RecordId> = ids.iter().copied().step_by(step).collect();
        store.forget(&forgotten, NOW).unwrap();
        flush(&mut store, NOW);
        let left = memories.into_iter().zip(ids).filter(|(_, id)| !forgotten.contains(id));
        let left: Vec<Observation> = left.map(|(memory, _)| memory).collect();
        let find = |query: &str, filter: Filter| {
            let search = Search {
                order: Order::Relevance,
                page: Page::new(Some(200), None).unwrap(),
                filter,
                ..asked(query)
            };
            store.index().search(&search).unwrap()
        };
        let phrase = words.join(" ");

        let (query, expression) = match is_beginning {
            // Parts of a word that goes on.
            true => (
                format!("{}*", words.join("_")),
                format!("\"{phrase}\"* OR \"{}\"*", words.concat()),
            ),
            false => (format!("\"{phrase}\""), format!("\"{phrase}\"")),
        };
        let (count, sum) = reference(&left, &expression);
        let hits = find(&query, Filter::default());
        // Few hits are joined by those of similar words.
        if count >= 5 {
            prop_assert_eq!(hits.total, count as u64, "{}", query);
            let ours: f64 = hits.hits.iter().map(|hit| hit.rank.unwrap().bm25).sum();
            prop_assert!((ours - sum).abs() < 1e-9, "{} is not {}", ours, sum);
        }

        let (count, _) = reference(&left, &format!("concepts : \"{phrase}\""));
        let concepts = vec![phrase.clone()];
        let hits = find("", Filter { concepts, ..Filter::default() });
        prop_assert_eq!(hits.total, count as u64, "{} among concepts", phrase);

        let (with, _) = reference(&left, &format!("\"{phrase}\""));
        let hits = find(&format!("-\"{phrase}\""), Filter::default());
        prop_assert_eq!(hits.total, (left.len() - with) as u64, "all without {}", phrase);
    }
}
