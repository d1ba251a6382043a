//! Files that nobody vouches for, and clocks that are wrong: what is here stays as it
//! is, and what is remembered afterwards counts.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::derive::session::SessionRequest;
use recollect_core::log::name::SegmentName;
use recollect_core::log::record::{Body, Fact, Trust};
use recollect_core::{RecordId, Selection, Store, UnixMillis, log::segment};

/// Stamps that run ahead by more or less.
const AHEAD: [&str; 5] = [
    "ffffffffffff-ffff-zzzzzzzz",
    "ffffffffffff-0000-aaaaaaaa",
    "e677d21fdbff-ffff-zzzzzzzz",
    "0fffffffffff-0000-aaaaaaaa",
    "01ffffffffff-0000-aaaaaaaa",
];

fn id(last: u8) -> String {
    format!("0199f300-0000-7000-8000-0000000000{last:02x}")
}

/// A line of the log as a stranger writes it.
fn line(last: u8, kind: &str, stamp: &str, at: i64, rest: &str) -> String {
    format!(
        r#"{{"id":"{}","k":"{kind}","h":"{stamp}","at":{at},{rest}}}"#,
        id(last)
    )
}

const OF_APP: &str = r#""project":{"id":"file:///a/app","name":"renamed"},"src":"user""#;

fn import(store: &mut Store, lines: &[String]) {
    store
        .import_lines(&lines.join("\n"), Trust::Low, NOW)
        .unwrap();
    flush(store, NOW);
}

/// Puts a file with these lines there.
fn read(store: &mut Store, lines: &[String], now: UnixMillis) {
    let name = SegmentName::new(NOW, "aaaaaaaa", 0);
    let bytes = segment::encode("aaaaaaaa", 0, "0.0.0", lines.iter().map(String::as_str));
    store.ingest(&name, &bytes, now).unwrap();
}

fn later(millis: i64) -> UnixMillis {
    UnixMillis(NOW.0 + millis)
}

#[test]
fn no_wipe_that_is_read_ends_what_is_remembered_after_it() {
    for stamp in AHEAD {
        for scope in ["", r#""project":"file:///a/app","#] {
            let mut store = store(1);
            let rest = format!(r#"{scope}"before":"{stamp}""#);
            read(
                &mut store,
                &[line(1, "wipe", "0199f3000000-0000-aaaaaaaa", 1, &rest)],
                NOW,
            );
            let mut files = Vec::new();
            for text in ["one", "two"] {
                store.append(vec![told(text, "")], NOW).unwrap();
                files.extend(flush(&mut store, NOW));
            }
            assert_eq!(recent(&store).total, 2, "{stamp}");
            let mut reader = common::store(2);
            for file in &files {
                reader.ingest(&file.name, &file.bytes, NOW).unwrap();
            }
            read(
                &mut reader,
                &[line(1, "wipe", "0199f3000000-0000-aaaaaaaa", 1, &rest)],
                NOW,
            );
            assert_eq!(recent(&reader).total, 2, "{stamp}");
            // And everything can still be forgotten.
            let everything = Selection {
                is_everything: true,
                ..Selection::default()
            };
            reader.forget_selected(&everything, NOW).unwrap();
            let wipe = flush(&mut reader, NOW);
            assert_eq!(recent(&reader).total, 0, "{stamp}");
            for file in &wipe {
                store.ingest(&file.name, &file.bytes, NOW).unwrap();
            }
            assert_eq!(recent(&store).total, 0, "{stamp}");
            store.append(vec![told("three", "")], NOW).unwrap();
            flush(&mut store, NOW);
            assert_eq!(recent(&store).total, 1, "{stamp}");
        }
    }
}

#[test]
fn a_wipe_by_a_clock_that_is_years_ahead_ends_nothing_of_those_years() {
    let mut wrong = store(1);
    wrong.append(vec![told("known", "")], NOW).unwrap();
    flush(&mut wrong, NOW);
    let everything = Selection {
        is_everything: true,
        ..Selection::default()
    };
    let far = later(20_000 * DAY);
    wrong.forget_selected(&everything, far).unwrap();
    let wipe = flush(&mut wrong, far).remove(0);
    assert_eq!(recent(&wrong).total, 0);
    let mut others = store(2);
    others
        .append(vec![told("two years later", "")], later(730 * DAY))
        .unwrap();
    flush(&mut others, later(730 * DAY));
    others
        .ingest(&wipe.name, &wipe.bytes, later(730 * DAY))
        .unwrap();
    assert_eq!(recent(&others).total, 1);
}

#[test]
fn an_import_takes_no_key_from_the_user() {
    for stamp in AHEAD {
        for limit in ["", r#","ttl_seconds":60"#] {
            let mut store = store(1);
            let fact = |value: &str| {
                draft(Body::Fact(Fact {
                    key: "k".to_owned(),
                    value: value.to_owned(),
                    ..Fact::default()
                }))
            };
            keep(&mut store, vec![fact("mine")], NOW);
            let rest = format!(r#"{OF_APP},"key":"k","value":"theirs"{limit}"#);
            import(&mut store, &[line(1, "fact", stamp, NOW.0 + DAY, &rest)]);
            for minute in 0..40 {
                let now = later(minute * 60_000);
                let _ = store.next_operation(None, now).unwrap();
                flush(&mut store, now);
                assert_eq!(store.fact("file:///a/app", "k", now).unwrap().value, "mine");
            }
            keep(&mut store, vec![fact("newer")], later(3_000_000));
            let held = store.fact("file:///a/app", "k", later(3_000_000)).unwrap();
            assert_eq!(
                (held.value.as_str(), held.project.name.as_str()),
                ("newer", "app")
            );
        }
    }
}

#[test]
fn an_imported_stamp_is_behind_what_is_written_here_afterwards() {
    for trust in [Trust::Low, Trust::High] {
        for stamp in AHEAD {
            let mut store = store(1);
            let rest = format!(r#"{OF_APP},"key":"k","value":"theirs""#);
            let text = line(1, "fact", stamp, NOW.0, &rest);
            let report = store.import_lines(&text, trust, NOW).unwrap();
            assert_eq!(report.pending, 1, "{report:?}");
            let files = flush(&mut store, NOW);
            store.append(vec![told("ours", "")], NOW).unwrap();
            let after = flush(&mut store, NOW);
            let stamp = |file: &recollect_core::Flush| {
                segment::decode(&file.bytes).records[0].stamp.to_string()
            };
            assert!(stamp(&files[0]) < stamp(&after[0]));
        }
    }
}

#[test]
fn an_import_ends_renames_and_extends_no_session_of_the_user() {
    let mut store = store(1);
    let in_s = |title| recollect_core::intake::admit::Draft {
        origin: Some(in_session("s")),
        ..told(title, "")
    };
    keep(&mut store, vec![in_s("one")], NOW);
    let of_s = format!(r#"{OF_APP},"session":"s""#);
    let far = 9_000_000_000_000;
    import(
        &mut store,
        &[
            line(
                1,
                "session",
                AHEAD[0],
                1,
                &format!(r#"{of_s},"title":"taken over""#).replace("file:///a/app", "other"),
            ),
            line(2, "session_end", AHEAD[0], far, r#""session":"s""#),
            line(3, "session_end", AHEAD[0], far, &of_s),
            line(
                4,
                "prompt",
                AHEAD[0],
                far,
                &format!(r#"{of_s},"number":1,"text":"x""#),
            ),
        ],
    );
    let session = store.index().session("s", later(1_000)).unwrap().session;
    assert_eq!((session.ended_at, session.title.as_deref()), (None, None));
    assert_eq!(session.project.id, "file:///a/app");
    assert_eq!(session.started_at, NOW);
    let listed = store
        .index()
        .sessions(&SessionRequest::default(), later(1_000))
        .unwrap();
    assert_eq!(listed.sessions[0].project.id, "file:///a/app");
    assert!(store.end_session("s", later(2_000)).unwrap().is_new);
    flush(&mut store, later(2_000));
    let ended = store
        .index()
        .session("s", later(2_000))
        .unwrap()
        .session
        .ended_at;
    assert_eq!(ended, Some(later(2_000)));
}

#[test]
fn an_import_takes_no_place_of_a_memory_that_is_read_later() {
    let mut theirs = store(2);
    let appended = theirs.append(vec![told("mine", "the story")], NOW).unwrap();
    let mine: RecordId = ids(appended)[0];
    let file = flush(&mut theirs, NOW).remove(0);
    let mut store = store(1);
    let rest = format!(r#"{OF_APP},"type":"discovery","title":"not mine""#);
    let same_id = line(1, "observation", AHEAD[0], NOW.0, &rest).replace(&id(1), &mine.to_string());
    let edit = line(
        2,
        "edit",
        AHEAD[1],
        1,
        &format!(r#""of":"{mine}","title":"edited","pinned":true"#),
    );
    import(&mut store, &[same_id, edit]);
    assert_eq!(recent(&store).hits[0].title, "edited");
    store.ingest(&file.name, &file.bytes, NOW).unwrap();
    let memory = store.index().memory(mine).unwrap().unwrap();
    assert_eq!((memory.title.as_str(), memory.is_pinned), ("mine", false));
    assert_eq!(memory.trust, Trust::High);
}

#[test]
fn a_copy_of_low_trust_hides_no_memory_of_more() {
    for millis in [-300_000, 0, 300_000] {
        let mut store = store(1);
        keep(&mut store, vec![told("same", "story")], NOW);
        let rest = format!(r#"{OF_APP},"type":"discovery","title":"same","narrative":"story""#);
        import(
            &mut store,
            &[line(1, "observation", AHEAD[0], NOW.0 + millis, &rest)],
        );
        let shown = recent(&store);
        assert_eq!(shown.total, 1, "{millis}");
        let memory = store.index().memory(shown.hits[0].id).unwrap().unwrap();
        assert_eq!(memory.trust, Trust::High, "{millis}");
        store.forget(&[memory.id], NOW).unwrap();
        flush(&mut store, NOW);
        assert_eq!(recent(&store).total, 0, "its copies go with it");
    }
}

#[test]
fn events_of_low_trust_are_nobodys_habit() {
    let mut store = store(1);
    let mut lines = Vec::new();
    for number in 0..60_u8 {
        let day = NOW.0 - i64::from(number / 3) * DAY;
        let session = format!("s{}", number / 3);
        let rest = format!(
            r#"{OF_APP},"session":"{session}","event_type":"{}""#,
            ["test_run", "code_edit", "commit"][usize::from(number % 3)]
        );
        lines.push(line(
            number,
            "event",
            AHEAD[4],
            day + i64::from(number),
            &rest,
        ));
    }
    import(&mut store, &lines);
    let request = recollect_core::PatternRequest {
        limit: 50,
        ..Default::default()
    };
    assert!(store.patterns(&request, NOW).unwrap().is_empty());
}
