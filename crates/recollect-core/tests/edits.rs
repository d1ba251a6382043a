//! What changes of a memory after it was stored.

#![allow(clippy::unwrap_used)]

mod common;

use common::*;
use recollect_core::admit::Draft;
use recollect_core::record::{Body, Edit, ObservationType};
use recollect_core::{Error, RecordId, UnixMillis};

#[test]
fn edits_change_what_is_found_and_the_last_one_wins() {
    let mut store = store(1);
    let of = keep(&mut store, vec![told("old title", "the story")], NOW)[0];
    let edit = |title: &str, is_pinned| Draft {
        at: None,
        origin: None,
        body: Body::Edit(Edit {
            title: Some(title.to_owned()),
            observation_type: Some(ObservationType::Decision),
            is_pinned,
            ..Edit::of(of)
        }),
    };
    keep(
        &mut store,
        vec![edit("new title", Some(true)), edit("newest title", None)],
        NOW,
    );
    assert_eq!(titles(&search(&store, "old")), Vec::<&str>::new());
    assert_eq!(titles(&search(&store, "newest")), ["newest title"]);
    assert_eq!(titles(&search(&store, "story")), ["newest title"]);
    let memory = store.index().memory(of).unwrap().unwrap();
    assert!(memory.is_pinned);
    assert_eq!(memory.memory_type.as_deref(), Some("decision"));
    let unknown = RecordId::new(NOW, &[9; 10]);
    let mut lost = edit("x", None);
    if let Body::Edit(edit) = &mut lost.body {
        edit.of = unknown;
    }
    assert!(matches!(store.append(vec![lost], NOW), Err(Error::NotFound(id)) if id == unknown));
}

#[test]
fn an_edit_of_what_a_memory_states_is_found_and_what_it_stated_is_not() {
    let mut store = store(1);
    let mut first = observation("Retries", "");
    first.facts = vec!["limit: 3".to_owned()];
    let id = keep(&mut store, vec![draft(Body::Observation(first))], NOW)[0];
    let edit = Edit {
        subtitle: Some("of payments".to_owned()),
        facts: Some(vec!["ceiling: 5".to_owned()]),
        ..Edit::of(id)
    };
    keep(&mut store, vec![draft(Body::Edit(edit))], NOW);
    let memory = store.index().memory(id).unwrap().unwrap();
    assert_eq!(memory.subtitle.as_deref(), Some("of payments"));
    assert_eq!(memory.facts, ["ceiling: 5"]);
    assert_eq!(titles(&search(&store, "ceiling")), ["Retries"]);
    assert_eq!(titles(&search(&store, "payments")), ["Retries"]);
    assert_eq!(titles(&search(&store, "limit")), [""; 0]);
}

fn titled(of: RecordId, title: &str, is_rewriting: bool) -> Draft {
    Draft {
        at: None,
        origin: None,
        body: Body::Edit(Edit {
            title: Some(title.to_owned()),
            is_rewriting,
            ..Edit::of(of)
        }),
    }
}

#[test]
fn of_two_rewritings_by_a_model_the_first_counts_in_every_window() {
    let (mut ours, mut theirs) = (store(1), store(2));
    let appended = ours.append(vec![told("by rules", "")], NOW).unwrap();
    let id = ids(appended)[0];
    let mut files = flush(&mut ours, NOW);
    theirs.ingest(&files[0].name, &files[0].bytes, NOW).unwrap();
    for (window, title, millis) in [(&mut theirs, "second", 2_000), (&mut ours, "first", 1_000)] {
        let now = UnixMillis(NOW.0 + millis);
        window.append(vec![titled(id, title, true)], now).unwrap();
        files.extend(flush(window, now));
    }
    for order in [[0, 1, 2], [2, 0, 1], [1, 2, 0]] {
        let mut store = store(3);
        for file in order.map(|n| &files[n]) {
            store.ingest(&file.name, &file.bytes, NOW).unwrap();
        }
        let memory = store.index().memory(id).unwrap().unwrap();
        assert_eq!((memory.title.as_str(), memory.is_edited), ("first", true));
        assert_eq!(search(&store, "second").total, 0);
    }
}

#[test]
fn what_a_person_wrote_is_rewritten_by_no_model_and_rewrites_what_one_wrote() {
    for (edits, expected) in [
        ([("mine", false), ("a model's", true)], "mine"),
        ([("a model's", true), ("mine", false)], "mine"),
    ] {
        let mut store = store(1);
        let id = keep(&mut store, vec![told("by rules", "")], NOW)[0];
        let pin = Edit {
            is_pinned: Some(true),
            ..Edit::of(id)
        };
        keep(&mut store, vec![draft(Body::Edit(pin))], NOW);
        assert!(!store.index().memory(id).unwrap().unwrap().is_edited);
        for (title, is_rewriting) in edits {
            keep(&mut store, vec![titled(id, title, is_rewriting)], NOW);
        }
        let memory = store.index().memory(id).unwrap().unwrap();
        assert_eq!(memory.title, expected);
        assert!(memory.is_pinned && memory.is_edited);
    }
}
