//! Forgetting by what one remembers of it, and copies from two windows.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Edit, Event, Session, SessionEnd};
use recollect_core::{Error, Project, RecordId, Selection, Store, UnixMillis, log::segment};

const MINUTE: i64 = 60_000;

fn told_at(project: &str, title: &str, at: i64) -> Draft {
    let mut draft = told(title, "");
    draft.at = Some(UnixMillis(at));
    draft.origin.as_mut().unwrap().project = Project::of(None, project);
    draft
}

fn filled() -> Store {
    let mut store = store(1);
    let drafts = vec![
        told_at("file:///a/app", "Acme wants invoices", 1_000),
        told_at("file:///a/app", "Use tabs", 2_000),
        told_at("file:///a/site", "acme's logo", 3_000),
        told_at("file:///a/site", "Use spaces", 4_000),
    ];
    keep(&mut store, drafts, NOW);
    store
}

#[track_caller]
fn check(selection: &Selection, newest_first: &[&str], left: &[&str]) {
    let mut store = filled();
    let selected = store.select(selection).unwrap();
    let titles: Vec<&str> = selected.hits.iter().map(|hit| hit.title.as_str()).collect();
    assert_eq!(titles, newest_first);
    assert_eq!(selected.total, newest_first.len());
    assert_eq!(recent(&store).total, 4, "a look changes nothing");
    let forgotten = store.forget_selected(selection, NOW).unwrap();
    assert_eq!(forgotten, newest_first.len());
    flush(&mut store, NOW);
    assert_eq!(common::titles(&recent(&store)), left);
}

fn project(folder: &str) -> Option<String> {
    Some(Project::of(None, folder).id)
}

#[test]
fn a_project_is_forgotten() {
    let selection = Selection {
        project: project("file:///a/app"),
        ..Selection::default()
    };
    check(
        &selection,
        &["Use tabs", "Acme wants invoices"],
        &["Use spaces", "acme's logo"],
    );
}

#[test]
fn what_says_a_text_is_forgotten_whatever_the_letter_case() {
    let selection = Selection {
        text: Some(" ACME ".to_owned()),
        ..Selection::default()
    };
    check(
        &selection,
        &["acme's logo", "Acme wants invoices"],
        &["Use spaces", "Use tabs"],
    );
}

#[test]
fn a_text_is_forgotten_however_it_is_written() {
    for kept in [
        "\u{ff21}cme",
        "A\u{ad}cm\u{e9}",
        "acme\u{301}",
        "AC\u{200b}ME",
    ] {
        let mut store = store(1);
        keep(&mut store, vec![told(kept, "story")], NOW);
        for text in ["acme", "ACM\u{c9}", "\u{ff41}cme", "ac\u{200b}me"] {
            let selection = Selection {
                text: Some(text.to_owned()),
                ..Selection::default()
            };
            assert_eq!(
                store.select(&selection).unwrap().total,
                1,
                "{text} of {kept}"
            );
        }
    }
}

#[test]
fn conditions_are_joined() {
    let selection = Selection {
        text: Some("use".to_owned()),
        since: Some(UnixMillis(2_000)),
        before: Some(UnixMillis(4_000)),
        ..Selection::default()
    };
    check(
        &selection,
        &["Use tabs"],
        &["Use spaces", "acme's logo", "Acme wants invoices"],
    );
}

#[test]
fn everything_is_forgotten() {
    let selection = Selection {
        is_everything: true,
        ..Selection::default()
    };
    check(
        &selection,
        &[
            "Use spaces",
            "acme's logo",
            "Use tabs",
            "Acme wants invoices",
        ],
        &[],
    );
}

#[test]
fn a_selection_that_says_nothing_ends_nothing() {
    let mut store = filled();
    let nothing = Selection::default();
    let blank = Selection {
        text: Some("  ".to_owned()),
        ..Selection::default()
    };
    let both = Selection {
        text: Some("use".to_owned()),
        is_everything: true,
        ..Selection::default()
    };
    // Of these no letter is left when words are compared.
    let unseen = Selection {
        text: Some("\u{200b}\u{ad}".to_owned()),
        ..Selection::default()
    };
    for selection in [nothing, blank, unseen, both] {
        let error = store.forget_selected(&selection, NOW).unwrap_err();
        assert!(matches!(error, Error::InvalidInput { .. }), "{error}");
    }
    assert!(store.next_flush(NOW).is_none());
}

#[test]
fn a_text_is_found_in_edits_events_and_ends_of_sessions_too() {
    let mut store = store(1);
    let id = keep(&mut store, vec![told("Use tabs", "")], NOW)[0];
    let edit = Draft {
        at: None,
        origin: None,
        body: Body::Edit(Edit {
            narrative: Some("as zanzibar does".to_owned()),
            ..Edit::of(id)
        }),
    };
    let event = draft(Body::Event(Event {
        is_cut: false,
        event_type: "file_open".to_owned(),
        file: None,
        content: None,
        metadata: serde_json::from_str(r#"{"branch":["Zanzibar"]}"#).unwrap(),
    }));
    let session = Draft {
        origin: Some(in_session("s1")),
        ..draft(Body::Session(Session::default()))
    };
    let end = Draft {
        at: None,
        origin: Some(origin()),
        body: Body::SessionEnd(SessionEnd {
            session: "s1".to_owned(),
            statistics: serde_json::from_str(r#"{"files":["zanzibar.rs"]}"#).unwrap(),
        }),
    };
    keep(&mut store, vec![edit, event, session, end], NOW);
    let selection = Selection {
        text: Some("zanzibar".to_owned()),
        ..Selection::default()
    };
    let selected = store.select(&selection).unwrap();
    assert_eq!((selected.total, selected.ids.len()), (2, 3));
}

#[test]
fn a_wipe_ends_what_another_window_wrote_meanwhile() {
    let mut theirs = store(2);
    theirs.append(vec![told("unseen", "")], NOW).unwrap();
    let files = flush(&mut theirs, NOW);
    let mut ours = filled();
    let everything = Selection {
        is_everything: true,
        ..Selection::default()
    };
    let later = UnixMillis(NOW.0 + 1);
    assert_eq!(ours.forget_selected(&everything, later).unwrap(), 4);
    flush(&mut ours, later);
    for file in files {
        ours.ingest(&file.name, &file.bytes, later).unwrap();
    }
    assert_eq!(recent(&ours).total, 0);
    // What is remembered after that stays.
    keep(&mut ours, vec![told("new", "")], UnixMillis(NOW.0 + 2));
    assert_eq!(titles(&recent(&ours)), ["new"]);
}

#[test]
fn no_clock_keeps_a_memory_from_a_wipe_or_ends_one_after_it() {
    let day = 24 * 60 * MINUTE;
    let everything = Selection {
        is_everything: true,
        ..Selection::default()
    };
    // Written by a window whose clock is three days ahead.
    let mut ahead = store(2);
    let later = UnixMillis(NOW.0 + 3 * day);
    ahead
        .append(vec![told("from the future", "")], later)
        .unwrap();
    let mut files = flush(&mut ahead, later);
    let mut ours = filled();
    for file in &files {
        ours.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    assert_eq!(ours.forget_selected(&everything, NOW).unwrap(), 5);
    flush(&mut ours, NOW);
    assert_eq!(recent(&ours).total, 0);

    // That window wipes everything; ours remembers afterwards.
    ahead.forget_selected(&everything, later).unwrap();
    files = flush(&mut ahead, later);
    for file in &files {
        ours.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    keep(&mut ours, vec![told("afterwards", "")], NOW);
    assert_eq!(titles(&recent(&ours)), ["afterwards"]);
}

#[test]
fn a_record_of_a_newer_version_can_be_forgotten_by_it() {
    let mut theirs = store(2);
    let ids = common::ids(theirs.append(vec![told("hologram", "")], NOW).unwrap());
    let text = flush(&mut theirs, NOW);
    theirs.forget(&ids, NOW).unwrap();
    let deletion = flush(&mut theirs, NOW);
    let line = segment::lines(&text[0].bytes).good[0].replace("observation", "hologram");
    let bytes = segment::encode("k3v9x0ab", 0, "9", [line.as_str()].into_iter());

    let mut ours = store(1);
    ours.ingest(&text[0].name, &bytes, NOW).unwrap();
    ours.ingest(&deletion[0].name, &deletion[0].bytes, NOW)
        .unwrap();
    assert_eq!(ours.stats().unwrap().unpurged_segments, 1);
    assert_eq!(ours.export_lines(&bytes).unwrap(), Vec::<String>::new());
}

/// Two windows that notice the same `apart` milliseconds from each other.
fn noticed_twice(apart: i64, second: &str) -> (Store, Vec<RecordId>) {
    let mut files = Vec::new();
    let mut ids = Vec::new();
    for (seed, at, title) in [(2, NOW.0, "Build failed"), (3, NOW.0 + apart, second)] {
        let mut window = store(seed);
        let at = UnixMillis(at);
        ids.extend(common::ids(
            window.append(vec![told(title, "in main.rs")], at).unwrap(),
        ));
        files.extend(flush(&mut window, at));
    }
    let mut reader = store(1);
    for file in files.iter().rev() {
        reader.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    (reader, ids)
}

#[test]
fn the_same_from_two_windows_is_shown_once() {
    let (reader, ids) = noticed_twice(5 * MINUTE, "build  FAILED");
    let hits = recent(&reader);
    assert_eq!(hits.total, 1);
    assert_eq!(hits.hits[0].id, ids[0]);
    assert_eq!(search(&reader, "build").total, 1);
    assert_eq!(reader.stats().unwrap().index.memories, 1);
}

#[test]
fn the_same_much_later_or_something_else_is_shown_twice() {
    assert_eq!(
        recent(&noticed_twice(11 * MINUTE, "Build failed").0).total,
        2
    );
    assert_eq!(recent(&noticed_twice(MINUTE, "Build passed").0).total, 2);
}

#[test]
fn whoever_forgets_a_memory_forgets_its_copies() {
    let (mut reader, ids) = noticed_twice(MINUTE, "Build failed");
    reader.forget(&ids[..1], NOW).unwrap();
    let files = flush(&mut reader, NOW);
    assert_eq!(recent(&reader).total, 0);
    let lines = segment::lines(&files[0].bytes).good.concat();
    assert!(ids.iter().all(|id| lines.contains(&id.to_string())));
}
