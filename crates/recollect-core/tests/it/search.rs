//! What is found, and in which order.

#![allow(missing_docs, clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{
    Body, Edit, Observation, ObservationType, Origin, Provenance, Trust,
};
use recollect_core::search::request::{Hits, Search};
use recollect_core::{Filter, Page, Project, Store, UnixMillis, Zone};

fn find(store: &Store, search: &Search) -> Vec<String> {
    let hits = store.index().search(search).unwrap();
    hits.hits.into_iter().map(|hit| hit.title).collect()
}

#[track_caller]
fn check(store: &Store, text: &str, best_first: &[&str]) {
    assert_eq!(find(store, &asked(text)), best_first, "{text}");
}

/// One observation of each title.
fn store_of(drafts: Vec<Draft>) -> Store {
    let mut store = store(1);
    keep(&mut store, drafts, NOW);
    store
}

fn noted(observation: Observation) -> Draft {
    draft(Body::Observation(observation))
}

#[test]
fn a_question_finds_what_holds_few_of_its_words() {
    let store = store_of(vec![
        told(
            "Retries moved to the broker",
            "The queue of our own lost jobs.",
        ),
        told("Prettier is pinned", "Versions differed between machines."),
    ]);
    let hits = find(
        &store,
        &asked("why did we drop the retry queue for background work?"),
    );
    assert_eq!(hits[0], "Retries moved to the broker");
}

#[test]
fn what_holds_every_word_comes_first() {
    let store = store_of(vec![
        told("queue queue queue queue", ""),
        told(
            "of the broker",
            "the retry queue, and much more text about other things of the day",
        ),
    ]);
    check(
        &store,
        "retry queue",
        &["of the broker", "queue queue queue queue"],
    );
}

#[test]
fn conditions_choose_and_leave_out() {
    let mut store = store_of(vec![
        noted(Observation {
            concepts: vec!["trade-off".to_owned()],
            files_modified: vec!["src/api/user.ts".to_owned()],
            ..observation("one", "shared word")
        }),
        noted(Observation {
            observation_type: ObservationType::Bugfix,
            files_read: vec!["src/api.ts".to_owned()],
            ..observation("two", "shared word")
        }),
        Draft {
            at: Some(UnixMillis(NOW.0 - 30 * DAY)),
            ..told("three", "shared word")
        },
    ]);
    let two = store.index().search(&asked("two")).unwrap().hits[0].id;
    let pin = Edit {
        is_pinned: Some(true),
        ..Edit::of(two)
    };
    let edit = Draft {
        at: None,
        origin: None,
        body: Body::Edit(pin),
    };
    keep(&mut store, vec![edit], NOW);
    for (text, mut expected) in [
        ("shared", vec!["one", "two", "three"]),
        ("shared type:bugfix", vec!["two"]),
        ("shared type:bugfix,discovery", vec!["one", "two", "three"]),
        ("shared -type:bugfix", vec!["one", "three"]),
        ("shared file:src/api", vec!["one", "two"]),
        ("shared file:user.ts", vec!["one"]),
        ("shared -file:src/api", vec!["three"]),
        ("shared concept:trade-off", vec!["one"]),
        ("shared is:pinned", vec!["two"]),
        ("shared -is:pinned", vec!["one", "three"]),
        ("shared since:7d", vec!["one", "two"]),
        ("shared before:7d", vec!["three"]),
        ("shared project:app", vec!["one", "two", "three"]),
        ("shared project:APP", vec!["one", "two", "three"]),
        ("shared project:other", vec![]),
        ("shared sector:emotional", vec![]),
        ("shared -one", vec!["two", "three"]),
        ("shared +two", vec!["two"]),
        ("one AND shared", vec!["one"]),
        ("type:bugfix", vec!["two"]),
        ("-type:bugfix", vec!["one", "three"]),
        ("-one", vec!["two", "three"]),
        ("file:src/api", vec!["one", "two"]),
    ] {
        let mut found = find(&store, &asked(text));
        found.sort();
        expected.sort_unstable();
        assert_eq!(found, expected, "{text}");
    }
}

#[test]
fn filters_say_the_same_as_conditions() {
    let store = store_of(vec![
        noted(Observation {
            concepts: vec!["gotcha".to_owned()],
            files_modified: vec!["src/a.rs".to_owned()],
            ..observation("one", "word")
        }),
        told("two", "word"),
    ]);
    for filter in [
        Filter {
            concepts: vec!["gotcha".to_owned()],
            ..Filter::default()
        },
        Filter {
            files: vec!["a.rs".to_owned()],
            ..Filter::default()
        },
    ] {
        for text in ["word", ""] {
            let search = Search {
                filter: filter.clone(),
                ..asked(text)
            };
            assert_eq!(find(&store, &search), ["one"]);
        }
    }
}

#[test]
fn of_equal_matches_the_newer_and_nearer_come_first() {
    let aged = |title: &str, days: i64, file: &str| Draft {
        at: Some(UnixMillis(NOW.0 - days * DAY)),
        ..noted(Observation {
            files_modified: vec![file.to_owned()],
            ..observation(title, "the same words")
        })
    };
    let store = store_of(vec![
        aged("old", 300, "lib/x.rs"),
        aged("new", 1, "lib/y.rs"),
        aged("near", 300, "src/a.rs"),
    ]);
    check(&store, "same words", &["new", "near", "old"]);
    let near = Search {
        near_file: Some("src/a.rs".to_owned()),
        ..asked("same words")
    };
    assert_eq!(find(&store, &near)[0], "near");
    let hits = store.index().search(&near).unwrap();
    let rank = hits.hits[0].rank.unwrap();
    assert_eq!((rank.nearness, rank.has_all_terms), (1.0, true));
    assert!(rank.bm25 > 0.0 && rank.score > rank.bm25 && rank.recency < 0.01);
}

#[test]
fn low_trust_never_outranks_what_may_be_believed() {
    let store = store_of(vec![
        Draft {
            origin: Some(Origin {
                trust: Trust::Low,
                provenance: Provenance::Web,
                ..origin()
            }),
            ..told("deploy deploy deploy", "deploy key rotation")
        },
        told(
            "a note",
            "about the deploy, long ago, among many other things that happened",
        ),
    ]);
    check(&store, "deploy key", &["a note", "deploy deploy deploy"]);
}

#[test]
fn nearly_the_same_words_are_found_when_few_hold_the_very_ones() {
    let store = store_of(vec![
        told("Kubernetes probes", "the readiness probe was too strict"),
        told("Other", "nothing of the kind"),
    ]);
    check(&store, "kuberntes", &["Kubernetes probes"]);
    let rank = store.index().search(&asked("kuberntes")).unwrap().hits[0]
        .rank
        .unwrap();
    assert_eq!(rank.bm25, 0.0);
    assert!(rank.trigram > 0.0);
    // Nothing that was forgotten is likened to.
    let mut store = store;
    let id = store.index().search(&asked("kubernetes")).unwrap().hits[0].id;
    store.forget(&[id], NOW).unwrap();
    flush(&mut store, NOW);
    check(&store, "kuberntes", &[]);
}

#[test]
fn another_number_is_another_thing() {
    let store = store_of(vec![
        told("error E0502", ""),
        told("error E0503", ""),
        told("stage2", ""),
        told("stage3", ""),
    ]);
    check(&store, "E0502", &["error E0502"]);
    check(&store, "0503", &["error E0503"]);
    check(&store, "stage2", &["stage2"]);
}

#[test]
fn a_list_goes_on_where_it_ended_whatever_came_meanwhile() {
    let mut store = store(1);
    for n in 0..45 {
        keep(
            &mut store,
            vec![told(&format!("n{n}"), "")],
            UnixMillis(NOW.0 + n / 3),
        );
    }
    let mut seen = Vec::new();
    let mut after = None;
    loop {
        let search = Search {
            page: Page::new(Some(10), None).unwrap(),
            after: after.take(),
            ..Search::default()
        };
        let Hits { hits, total, next } = store.index().search(&search).unwrap();
        assert!(total >= 45);
        seen.extend(hits.into_iter().map(|hit| hit.title));
        keep(
            &mut store,
            vec![told("newer", "")],
            UnixMillis(NOW.0 + 1_000),
        );
        let Some(next) = next else { break };
        after = Some(next);
    }
    let expected: Vec<String> = (0..45).rev().map(|n| format!("n{n}")).collect();
    assert_eq!(seen, expected);
    let wrong = Search {
        after: Some("nowhere".to_owned()),
        ..Search::default()
    };
    assert!(store.index().search(&wrong).is_err());
}

#[test]
fn hits_say_where_the_words_stand() {
    let store = store_of(vec![told("Dropped the queue", "because retries were lost")]);
    let hit = &store.index().search(&asked("drop retry")).unwrap().hits[0];
    let marked = |text: &str, ranges: &[recollect_core::Range]| {
        let parts = ranges
            .iter()
            .map(|range| text[range.start..range.end].to_owned());
        parts.collect::<Vec<_>>()
    };
    assert_eq!(marked(&hit.title, &hit.title_highlights), ["Dropped"]);
    assert_eq!(marked(&hit.preview, &hit.preview_highlights), ["retries"]);
}

#[test]
fn a_project_of_another_name_is_not_searched() {
    let mut store = store(1);
    let elsewhere = Draft {
        origin: Some(Origin {
            project: Project::of(None, "file:///b/other"),
            ..origin()
        }),
        ..told("there", "word")
    };
    keep(&mut store, vec![told("here", "word"), elsewhere], NOW);
    let search = Search {
        filter: Filter {
            projects: vec!["other".to_owned()],
            ..Filter::default()
        },
        ..asked("word")
    };
    assert_eq!(find(&store, &search), ["there"]);
}

#[test]
fn phrases_are_found_among_what_was_edited_and_forgotten() {
    let mut store = store(1);
    let drafts = (0..1_100).map(|n| told(&format!("worker{n} has a retry queue"), ""));
    let ids = keep(&mut store, drafts.collect(), NOW);
    store.forget(&[ids[3], ids[1_050]], NOW).unwrap();
    for number in [5, 1_001] {
        let edit = Edit {
            title: Some(format!("worker{number} has no queue")),
            ..Edit::of(ids[number])
        };
        keep(&mut store, vec![draft(Body::Edit(edit))], NOW);
    }
    store.forget(&[ids[7]], NOW).unwrap();
    flush(&mut store, NOW);
    let count = |text: &str| store.index().search(&asked(text)).unwrap().total;
    assert_eq!(count("\"retry queue\""), 1_100 - 3 - 2);
    assert_eq!(count("\"no queue\""), 2);
    assert_eq!(count("work*"), 1_100 - 3);
    assert_eq!(count("\"1050 has\""), 0);
}

#[test]
fn whoever_holds_all_words_comes_before_who_repeats_one() {
    let mut drafts: Vec<Draft> = (0..40).map(|n| told(&format!("other {n}"), "")).collect();
    drafts.extend((0..8).map(|n| told(&format!("note {n}"), "queue, queue")));
    drafts.push(told(
        "both",
        "The queue, after more than one attempt and a retry",
    ));
    drafts.extend((0..8).map(|n| told(&format!("again {n}"), "retry, retry")));
    let store = store_of(drafts);
    let page = Page::new(Some(2), None).unwrap();
    let short = Search {
        page,
        ..asked("queue retry")
    };
    assert_eq!(find(&store, &short)[0], "both");
    let hits = store.index().search(&short).unwrap().hits;
    assert!(hits[0].rank.unwrap().has_all_terms && !hits[1].rank.unwrap().has_all_terms);
}

#[test]
fn a_word_is_found_however_it_is_typed() {
    let nfd = "\u{1100}\u{1165}\u{11B7}\u{1109}\u{1162}\u{11A8}";
    let store = store_of(vec![
        told(&format!("{nfd} 품질"), ""),
        told("毎日ﾊﾞｯｸｱｯﾌﾟする", ""),
        told("كتب مُحَمَّد", ""),
        told("an in\u{200B}visible\u{AD}split here", ""),
        told("shipped 🚀 with 👍🏽", ""),
        told("Zu gro\u{308}ß", ""),
    ]);
    for (query, title) in [
        ("검색", 0),
        (nfd, 0),
        ("\"검색\"", 0),
        ("バックアップ", 1),
        ("\"バックアップ\"", 1),
        ("ﾊﾞｯｸ*", 1),
        ("محمد", 2),
        ("invisiblesplit", 3),
        ("invisiblespl*", 3),
        ("+invisible\u{200D}split", 3),
        ("🚀", 4),
        ("+👍", 4),
        ("👍🏿", 4),
        ("\"shipped 🚀\"", 4),
        ("ｓｈｉｐｐｅｄ", 4),
        ("grösz NOT 🚀 groß", 5),
    ] {
        let hits = find(&store, &asked(query));
        let expected = find(&store, &asked(""));
        assert_eq!(
            hits,
            [expected[expected.len() - 1 - title].clone()],
            "{query}"
        );
    }
    assert_eq!(find(&store, &asked("-🚀")).len(), 5);
}

#[test]
fn days_are_the_users() {
    // 2026-01-31T23:30Z is the 1st of February in Berlin.
    let at = UnixMillis(1_769_902_200_000);
    let late = Draft {
        at: Some(at),
        ..told("late", "")
    };
    let mut store = store_of(vec![late]);
    let noon = UnixMillis(at.0 + DAY / 2);
    let found = |store: &Store, text: &str| {
        let search = Search {
            now: noon,
            ..asked(text)
        };
        find(store, &search).len()
    };
    assert_eq!(found(&store, "before:2026-02-01"), 1);
    assert_eq!(found(&store, "since:today"), 0);
    store.set_zone(Zone::new([(UnixMillis(0), 60)]));
    assert_eq!(found(&store, "before:2026-02-01"), 0);
    assert_eq!(found(&store, "since:2026-02"), 1);
    assert_eq!(found(&store, "since:today"), 1);
    assert_eq!(found(&store, "before:today"), 0);
    let id = store.index().search(&asked("")).unwrap().hits[0].id;
    let block = store.context(&[id], 500).unwrap().text;
    assert!(block.contains("2026-02-01"), "{block}");
}

#[test]
fn beside_other_words_those_in_quotes_count_as_words_too() {
    let mut store = store(1);
    keep(
        &mut store,
        vec![
            told("The pool of connections drains", ""),
            told("The connection pool drains", ""),
            told("Buttons", ""),
        ],
        NOW,
    );
    let both = search(&store, "why does the \"connection pool\" overflow");
    assert_eq!(
        titles(&both),
        [
            "The connection pool drains",
            "The pool of connections drains"
        ]
    );
    // Alone, and where they must be there, they are the phrase.
    for text in ["\"connection pool\"", "+\"connection pool\" overflow"] {
        assert_eq!(
            titles(&search(&store, text)),
            ["The connection pool drains"],
            "{text}"
        );
    }
}
