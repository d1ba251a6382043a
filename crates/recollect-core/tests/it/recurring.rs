//! Patterns over what is stored: found from the records, and gone with them.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, flush, in_session, keep, store};
use recollect_core::derive::pattern::{Kind, Pattern};
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Event};
use recollect_core::{Error, Flush, PatternRequest, Store, UnixMillis, log::name::SegmentName};

const DAY: i64 = 86_400_000;

fn at(day: i64, minute: i64) -> UnixMillis {
    UnixMillis(NOW.0 + day * DAY + minute * 60_000)
}

fn event(day: i64, minute: i64, event_type: &str, file: &str) -> Draft {
    Draft {
        at: Some(at(day, minute)),
        origin: Some(in_session(&format!("day {day}"))),
        body: Body::Event(Event {
            event_type: event_type.to_owned(),
            file: (!file.is_empty()).then(|| file.to_owned()),
            ..Event::default()
        }),
    }
}

/// A day on which the schema and its types change together, or something else.
fn day(day: i64) -> Vec<Draft> {
    let other = format!("src/other{day}.ts");
    let files: [&str; 3] = match day % 2 {
        0 => ["src/schema.sql", "src/types.ts", &other],
        _ => [&other, "README.md", "src/main.ts"],
    };
    let mut drafts = vec![event(day, 0, "file_open", files[0])];
    for (minute, file) in (1..).zip(files) {
        drafts.push(event(day, minute, "code_edit", file));
        if minute == 2 {
            drafts.push(event(day, minute, "git_commit", ""));
        }
    }
    drafts.push(event(day, 9, "git_commit", ""));
    drafts
}

fn all() -> PatternRequest {
    PatternRequest {
        kinds: vec![Kind::CoChange],
        limit: 100,
        ..PatternRequest::default()
    }
}

fn co_changes(store: &mut Store, request: &PatternRequest) -> Vec<Pattern> {
    store.patterns(request, at(20, 0)).unwrap()
}

fn days(store: &mut Store, days: std::ops::Range<i64>) -> Vec<Flush> {
    let mut files = Vec::new();
    for number in days {
        store.append(day(number), at(number, 10)).unwrap();
        files.extend(flush(store, at(number, 10)));
    }
    files
}

#[test]
fn what_recurs_is_found_and_found_again_rather_than_twice() {
    let mut store = store(1);
    days(&mut store, 0..4);
    assert!(
        co_changes(&mut store, &all()).is_empty(),
        "two days are too few"
    );
    days(&mut store, 4..10);
    let found = co_changes(&mut store, &all());
    let [pattern] = &found[..] else {
        panic!("{found:?}");
    };
    let mut files = pattern.files.clone();
    files.sort();
    assert_eq!(files, ["src/schema.sql", "src/types.ts"]);
    assert_eq!(pattern.support, 5);
    assert_eq!(pattern.sessions[0], "day 8");
    assert!(pattern.description.contains("src/schema.sql"));
    days(&mut store, 10..12);
    let [again] = &co_changes(&mut store, &all())[..] else {
        panic!("not the same one pattern");
    };
    assert_eq!((&again.id, again.support), (&pattern.id, 6));
    assert!(again.last_reinforced > pattern.last_reinforced);
    assert!(again.salience > pattern.salience);
}

#[test]
fn patterns_are_asked_for_by_project_session_and_kind() {
    let mut store = store(1);
    days(&mut store, 0..10);
    let of = |session: &str| PatternRequest {
        session: Some(session.to_owned()),
        ..all()
    };
    assert_eq!(co_changes(&mut store, &of("day 8")).len(), 1);
    assert!(co_changes(&mut store, &of("day 7")).is_empty());
    assert!(co_changes(&mut store, &of("no day")).is_empty());
    let habits = PatternRequest {
        kinds: vec![Kind::Fix],
        ..all()
    };
    assert!(co_changes(&mut store, &habits).is_empty());
    let project = |name: &str| PatternRequest {
        project: Some(name.to_owned()),
        ..all()
    };
    assert_eq!(co_changes(&mut store, &project("app")).len(), 1);
    let other = store.patterns(&project("other"), NOW);
    assert!(matches!(other, Err(Error::Unknown { field: "project" })));
}

#[test]
fn what_is_forgotten_is_in_no_pattern() {
    let mut store = store(1);
    days(&mut store, 0..10);
    let before = co_changes(&mut store, &all());
    assert_eq!(before[0].sessions, ["day 8", "day 6", "day 4"]);
    let request = recollect_core::Selection {
        since: Some(at(4, 0)),
        ..Default::default()
    };
    store.forget_selected(&request, at(11, 0)).unwrap();
    flush(&mut store, at(11, 0));
    assert!(co_changes(&mut store, &all()).is_empty());
    // Work of the same days under new ids brings it back.
    keep(&mut store, day(12), at(12, 10));
    let after = co_changes(&mut store, &all());
    assert_eq!(after[0].sessions, ["day 12", "day 2", "day 0"]);
}

#[test]
fn every_window_finds_the_same_whatever_it_reads_first() {
    let mut ours = store(1);
    let mut files = days(&mut ours, 0..4);
    co_changes(&mut ours, &all());
    files.extend(days(&mut ours, 4..10));
    let mut theirs = store(2);
    for file in files.iter().rev() {
        let name = SegmentName::parse(file.name.as_str()).unwrap();
        theirs.ingest(&name, &file.bytes, NOW).unwrap();
        co_changes(&mut theirs, &all());
    }
    let any = PatternRequest {
        kinds: Vec::new(),
        ..all()
    };
    let found = co_changes(&mut ours, &any);
    assert!(!found.is_empty());
    assert_eq!(co_changes(&mut theirs, &any), found);
}
