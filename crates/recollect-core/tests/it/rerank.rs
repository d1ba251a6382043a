//! What a second look at the best hits sees: nearness of words, neighbours, meaning.

use crate::common::*;

use recollect_core::Store;
use recollect_core::search::request::Search;

/// The table that is shipped.
fn with_meaning(store: &mut Store) {
    let path = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../extension/media/meaning.bin"
    );
    store
        .index()
        .set_meaning(std::fs::read(path).unwrap())
        .unwrap();
    while store.settle_meaning().unwrap() {}
}

/// Others, so that words count as they do among many memories.
fn fill(store: &mut Store) {
    let kinds = ["invoice", "parser", "stylesheet", "scheduler", "thermostat"];
    let drafts = (0..40)
        .map(|n| {
            told(
                &format!("Note {n}"),
                &format!("The {} was reviewed on turn {n}", kinds[n % 5]),
            )
        })
        .collect();
    keep(store, drafts, NOW);
}

#[test]
fn words_that_stand_together_come_before_words_that_are_far_apart() {
    let mut store = store(1);
    fill(&mut store);
    let far = format!("The queue {} was about to drain", "and so on ".repeat(12));
    let near = format!("It was the drain queue {}", "and so on ".repeat(12));
    keep(&mut store, vec![told("One", &near), told("Two", &far)], NOW);
    let found = search(&store, "drain queue");
    assert_eq!(titles(&found), ["One", "Two"]);
    let parts: Vec<f64> = found
        .hits
        .iter()
        .map(|hit| hit.rank.unwrap().proximity)
        .collect();
    assert!(parts[0] > 0.0 && parts[1] == 0.0, "{parts:?}");
}

#[test]
fn what_follows_a_hit_in_its_session_is_found_with_it() {
    let mut store = store(1);
    fill(&mut store);
    let answer = |session: &str, title: &str| {
        let mut draft = told(title, "");
        draft.origin = Some(in_session(session));
        draft
    };
    keep(
        &mut store,
        vec![
            prompt("a", 1, "why does the login time out?"),
            answer("a", "The proxy closes idle sockets after a minute"),
            prompt("b", 1, "rename the buttons"),
            answer("b", "Renamed all of them"),
        ],
        NOW,
    );
    let found = search(&store, "login time out");
    assert_eq!(
        titles(&found)[..2],
        [
            "why does the login time out?",
            "The proxy closes idle sockets after a minute"
        ]
    );
    assert!(found.hits[1].rank.unwrap().neighbours > 0.0);
    assert_eq!(found.hits.len(), 2);
    assert_eq!(found.total, 2);
}

#[test]
fn what_stands_a_little_further_in_the_session_comes_in_as_good_as_it_is() {
    let mut store = store(1);
    fill(&mut store);
    keep(
        &mut store,
        vec![
            prompt("a", 1, "why does the login page time out?"),
            prompt("a", 2, "lovely weather, and cake for lunch"),
            prompt("a", 3, "signing in hung since a proxy closed idle sockets"),
        ],
        NOW,
    );
    let proxy = |store: &Store| {
        let found = search(store, "login page time out");
        let at = titles(&found).iter().position(|one| one.contains("proxy"));
        (at, found.hits[at.unwrap()].rank.unwrap())
    };
    let (at, rank) = proxy(&store);
    assert_eq!(at, Some(2));
    assert!(rank.neighbours > 0.0 && rank.meaning == 0.0, "{rank:?}");
    with_meaning(&mut store);
    let (_, rank) = proxy(&store);
    assert!(rank.neighbours > 0.0 && rank.meaning > 0.1, "{rank:?}");
    assert!(rank.score > rank.neighbours, "{rank:?}");
}

#[test]
fn what_somebody_said_comes_before_what_was_said_to_them() {
    let mut store = store(1);
    fill(&mut store);
    keep(
        &mut store,
        vec![
            prompt("a", 1, "Ruth: the cake was with almonds"),
            prompt("b", 1, "Oscar: Ruth, the cake was the best"),
        ],
        NOW,
    );
    let found = search(&store, "what was Ruth's cake?");
    assert_eq!(titles(&found)[0], "Ruth: the cake was with almonds");
    let found = search(&store, "what cake did Oscar like, and of Ruth?");
    assert_eq!(titles(&found)[0], "Oscar: Ruth, the cake was the best");
}

#[test]
fn a_memory_is_found_by_what_it_means() {
    let mut store = store(1);
    fill(&mut store);
    let crash = "The application dies as soon as it is launched";
    let ids = keep(
        &mut store,
        vec![told(crash, ""), told("Prices are rounded", "")],
        NOW,
    );
    let question = "program crashes during startup";
    assert!(search(&store, question).hits.is_empty());
    with_meaning(&mut store);
    let found = search(&store, question);
    assert_eq!(titles(&found)[0], crash);
    assert!(found.hits[0].rank.unwrap().meaning > 0.3);
    // What came after the table is found so as well, before any idle moment.
    keep(
        &mut store,
        vec![told(
            "The application dies each time somebody launches it",
            "",
        )],
        NOW,
    );
    assert!(
        titles(&search(&store, question))
            .contains(&"The application dies each time somebody launches it")
    );
    store.forget(&ids[..1], NOW).unwrap();
    flush(&mut store, NOW);
    assert!(!titles(&search(&store, question)).contains(&crash));
}

#[test]
fn a_name_that_nobody_told_of_finds_nothing_by_meaning() {
    let mut store = store(1);
    fill(&mut store);
    with_meaning(&mut store);
    for question in [
        "kubernetes",
        "GraphQL",
        "\"thermostat invoice\"",
        "+zebra turn",
    ] {
        assert_eq!(titles(&search(&store, question)), [""; 0], "{question}");
    }
}

#[test]
fn bytes_that_are_no_table_are_refused_and_search_goes_on() {
    let mut store = store(1);
    fill(&mut store);
    with_meaning(&mut store);
    let before = titles(&search(&store, "thermostat turn")).len();
    let error = store.index().set_meaning(vec![1, 2, 3]).unwrap_err();
    assert!(error.to_string().contains("table"), "{error}");
    assert_eq!(titles(&search(&store, "thermostat turn")).len(), before);
}

#[test]
fn a_neighbour_does_not_come_before_who_holds_the_word() {
    let mut store = store(1);
    fill(&mut store);
    with_meaning(&mut store);
    let answer = |name: &str| {
        let mut draft = told(&format!("Added the dependency `{name}`"), "");
        draft.origin = Some(in_session("a"));
        draft
    };
    let names = ["zanthoxylum", "quillwort", "sedge", "bulrush"];
    keep(
        &mut store,
        names.iter().map(|name| answer(name)).collect(),
        NOW,
    );
    for name in names {
        for question in [name.to_owned(), format!("added the dependency {name}")] {
            let found = search(&store, &question);
            assert!(
                titles(&found)[0].contains(name),
                "{question}: {:?}",
                titles(&found)
            );
        }
    }
}

#[test]
fn a_memory_is_found_by_what_a_model_makes_of_it() {
    let mut store = store(1);
    fill(&mut store);
    let odd = "Wombat quartz";
    let ids = keep(&mut store, vec![told(odd, "of the kettle")], NOW);
    let with = |store: &Store, text: &str, meant: &[f32]| {
        let search = Search {
            meant: meant.to_vec(),
            ..asked(text)
        };
        let found = store.index().search(&search).unwrap();
        found.hits.first().map(|hit| hit.title.clone())
    };
    let question = "program crashes during startup";
    assert_eq!(store.index().fetch_texts(9).unwrap(), []);
    with_meaning(&mut store);
    assert_eq!(store.index().fetch_texts(9).unwrap(), []);
    store.index().set_model(3, 7);
    let texts = store.index().fetch_texts(1).unwrap();
    let (row, text) = texts.first().unwrap();
    assert_eq!(text, "Wombat quartz. of the kettle", "the newest first");
    // What has no vector of the model yet is compared by the table.
    assert_eq!(with(&store, question, &[0.0, 1.0, 0.0]), None);
    store.index().take_vector(*row, &[0.0, 2.0, 0.1]);
    for (other, _) in store.index().fetch_texts(200).unwrap() {
        assert_ne!(other, *row, "each text but once");
        store.index().take_vector(other, &[1.0, 0.0, 0.0]);
    }
    assert_eq!(
        with(&store, question, &[0.0, 1.0, 0.0]).as_deref(),
        Some(odd)
    );
    // Neither without a vector, nor with one of another width, nor with one of nothing.
    for other in [&[][..], &[1.0; 40], &[0.0; 3], &[f32::NAN; 3]] {
        assert_eq!(with(&store, question, other), None, "{other:?}");
    }
    store.forget(&ids, NOW).unwrap();
    flush(&mut store, NOW);
    store.index().take_vector(*row, &[0.0, 1.0, 0.0]);
    assert_eq!(with(&store, question, &[0.0, 1.0, 0.0]), None);
}
