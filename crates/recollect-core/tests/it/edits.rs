//! What changes of a memory after it was stored.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Edit, ObservationType, Trust};
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

#[test]
fn an_edit_of_low_trust_changes_nothing_of_more_trust_and_comes_before_others() {
    let low = |of, title: &str| Draft {
        at: None,
        origin: None,
        body: Body::Edit(Edit {
            title: Some(title.to_owned()),
            is_pinned: Some(true),
            is_archived: Some(true),
            trust: Trust::Low,
            ..Edit::of(of)
        }),
    };
    let of_low = || {
        let mut draft = told("doubtful", "");
        if let Some(origin) = &mut draft.origin {
            origin.trust = Trust::Low;
        }
        draft
    };
    for order in [[0, 1, 2, 3], [3, 2, 1, 0], [2, 0, 3, 1], [1, 3, 0, 2]] {
        let mut ours = store(1);
        let appended = ours.append(vec![told("mine", ""), of_low()], NOW).unwrap();
        let ids = ids(appended);
        let mut files = flush(&mut ours, NOW);
        for drafts in [
            vec![
                titled(ids[0], "still mine", false),
                low(ids[0], "taken over"),
            ],
            vec![titled(ids[1], "judged", false)],
            vec![low(ids[1], "taken over"), low(ids[0], "again")],
        ] {
            ours.append(drafts, NOW).unwrap();
            files.extend(flush(&mut ours, NOW));
        }
        let mut reader = store(2);
        for file in order.map(|n| &files[n]) {
            reader.ingest(&file.name, &file.bytes, NOW).unwrap();
        }
        for store in [&ours, &reader] {
            let memory = |id| store.index().memory(id).unwrap().unwrap();
            assert_eq!(memory(ids[0]).title, "still mine");
            assert!(!memory(ids[0]).is_pinned && !memory(ids[0]).is_archived);
            assert_eq!(memory(ids[1]).title, "judged");
            assert!(memory(ids[1]).is_pinned && memory(ids[1]).is_archived);
            assert_eq!(search(store, "taken").total, 0);
        }
    }
}

#[test]
fn an_edit_that_is_ended_by_its_own_id_is_undone_in_any_order() {
    let mut ours = store(1);
    let appended = ours.append(vec![told("first", "")], NOW).unwrap();
    let id = ids(appended)[0];
    let mut files = flush(&mut ours, NOW);
    let appended = ours.append(vec![titled(id, "second", false)], NOW).unwrap();
    let edit = ids(appended)[0];
    files.extend(flush(&mut ours, NOW));
    let mut theirs = store(2);
    let deletion = Draft {
        at: None,
        origin: None,
        body: Body::Del(recollect_core::log::record::Deletion { of: vec![edit] }),
    };
    theirs.append(vec![deletion], NOW).unwrap();
    files.extend(flush(&mut theirs, NOW));
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0], [1, 0, 2]] {
        let mut store = store(3);
        for file in order.map(|n| &files[n]) {
            store.ingest(&file.name, &file.bytes, NOW).unwrap();
        }
        assert_eq!(recent(&store).hits[0].title, "first", "{order:?}");
        assert_eq!(search(&store, "second").total, 0);
    }
}

#[test]
fn forgetting_an_edit_takes_it_back() {
    let mut store = store(1);
    let id = keep(&mut store, vec![told("first", "")], NOW)[0];
    let edit = keep(&mut store, vec![titled(id, "second", false)], NOW)[0];
    assert_eq!(store.edited_by(edit).unwrap(), Some(id));
    assert_eq!(store.edited_by(id).unwrap(), None);
    assert_eq!(store.forget(&[edit], NOW).unwrap(), 0);
    flush(&mut store, NOW);
    assert_eq!(recent(&store).hits[0].title, "first");
    assert_eq!(search(&store, "second").total, 0);
    assert_eq!(store.edited_by(edit).unwrap(), None);
    assert!(matches!(
        store.forget(&[edit], NOW),
        Err(Error::NotFound(_))
    ));
}

#[test]
fn the_last_edit_wins_however_far_the_clock_of_another_was_ahead() {
    let mut theirs = store(2);
    let appended = theirs.append(vec![told("first", "")], NOW).unwrap();
    let id = ids(appended)[0];
    let mut files = flush(&mut theirs, NOW);
    let far = UnixMillis(NOW.0 + 4_000 * DAY);
    theirs
        .append(vec![titled(id, "of 2037", false)], far)
        .unwrap();
    files.extend(flush(&mut theirs, far));
    let mut ours = store(1);
    for file in &files {
        ours.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    ours.append(
        vec![titled(id, "mine", false), titled(id, "mine again", false)],
        NOW,
    )
    .unwrap();
    files.extend(flush(&mut ours, NOW));
    for order in [[0, 1, 2], [2, 1, 0], [1, 2, 0]] {
        let mut store = store(3);
        for file in order.map(|n| &files[n]) {
            store.ingest(&file.name, &file.bytes, NOW).unwrap();
        }
        assert_eq!(recent(&store).hits[0].title, "mine again", "{order:?}");
    }
}
