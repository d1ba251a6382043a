//! Values under keys: the last one written holds, until its time is over.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, draft, flush, keep, recent, search, store, told};
use recollect_core::log::record::{Body, Fact};
use recollect_core::{
    Error, FactRequest, Flush, Operation, Outcome, Page, RecordId, Store, UnixMillis, UseOf,
    intake::admit::Draft, log::name::SegmentName,
};

const PROJECT: &str = "file:///a/app";

fn after(millis: i64) -> UnixMillis {
    UnixMillis(NOW.0 + millis)
}

fn fact(key: &str, value: &str, ttl_seconds: Option<u64>) -> Draft {
    draft(Body::Fact(Fact {
        key: key.to_owned(),
        value: value.to_owned(),
        ttl_seconds,
        ..Fact::default()
    }))
}

fn value(store: &mut Store, key: &str, now: UnixMillis) -> Option<String> {
    match store.fact(PROJECT, key, now) {
        Ok(fact) => Some(fact.value),
        Err(Error::Unknown {
            field: "key" | "project",
        }) => None,
        Err(error) => panic!("{error}"),
    }
}

fn keys(store: &mut Store, prefix: &str, now: UnixMillis) -> Vec<String> {
    let request = FactRequest {
        project: PROJECT.to_owned(),
        prefix: prefix.to_owned(),
        page: Page::default(),
    };
    let facts = store.facts(&request, now).unwrap().facts;
    facts.into_iter().map(|fact| fact.key).collect()
}

fn read_all<'a>(seed: u8, files: impl IntoIterator<Item = &'a Flush>, now: UnixMillis) -> Store {
    let mut store = store(seed);
    for file in files {
        let name = SegmentName::parse(file.name.as_str()).unwrap();
        store.ingest(&name, &file.bytes, now).unwrap();
    }
    store
}

/// Carries out what keeps the files in order; gives the files that are left.
fn tidy(store: &mut Store, files: Vec<Flush>, now: UnixMillis) -> Vec<(SegmentName, Vec<u8>)> {
    let mut folder: Vec<_> = files
        .into_iter()
        .map(|file| (file.name, file.bytes))
        .collect();
    while let Some(operation) = store.next_operation(None, now).unwrap() {
        let outcome = match operation {
            Operation::Read(_, name) => {
                let found = folder.iter().find(|(known, _)| *known == name);
                found.map_or(Outcome::Missing, |(_, bytes)| Outcome::Bytes(bytes.clone()))
            }
            Operation::PutNew(_, name, bytes) => {
                folder.push((name, bytes));
                Outcome::Done
            }
            Operation::Delete(_, name) => {
                folder.retain(|(known, _)| *known != name);
                Outcome::Done
            }
        };
        store.complete(outcome, now).unwrap();
    }
    folder
}

/// Keeps the files in order every minute for a quarter of an hour.
fn let_time_pass(
    store: &mut Store,
    mut files: Vec<Flush>,
    millis: i64,
) -> Vec<(SegmentName, Vec<u8>)> {
    for minute in 0..15 {
        let now = after(millis + minute * 60_000);
        assert!(store.next_operation(None, now).unwrap().is_none());
        files.extend(flush(store, now));
        if store.stats().unwrap().unpurged_segments > 0 {
            return tidy(store, files, now);
        }
    }
    panic!("nothing ended");
}

fn says(folder: &[(SegmentName, Vec<u8>)], text: &str) -> bool {
    let is_in = |bytes: &[u8]| String::from_utf8_lossy(bytes).contains(text);
    folder.iter().any(|(_, bytes)| is_in(bytes))
}

#[test]
fn the_last_value_written_holds_and_only_it_is_found() {
    let mut ours = store(1);
    ours.append(vec![fact("database", "sqlite", None)], NOW)
        .unwrap();
    let mut files = flush(&mut ours, NOW);
    ours.append(vec![fact("database", "postgres", None)], after(5))
        .unwrap();
    files.extend(flush(&mut ours, after(5)));
    ours.append(vec![fact("Database", "another key", None)], after(6))
        .unwrap();
    files.extend(flush(&mut ours, after(6)));
    let theirs = read_all(2, files.iter().rev(), after(6));
    for mut store in [ours, theirs] {
        assert_eq!(
            value(&mut store, "database", after(9)).as_deref(),
            Some("postgres")
        );
        assert_eq!(
            value(&mut store, "Database", after(9)).as_deref(),
            Some("another key")
        );
        assert_eq!(search(&store, "sqlite").total, 0);
        assert_eq!(search(&store, "postgres").total, 1);
        assert_eq!(store.stats().unwrap().index.memories, 2);
        let shown = search(&store, "postgres").hits[0].id;
        store.forget(&[shown], after(9)).unwrap();
        flush(&mut store, after(9));
        assert_eq!(
            value(&mut store, "database", after(9)),
            None,
            "no older one comes back"
        );
    }
}

#[test]
fn no_such_key_and_no_such_project_are_told_apart() {
    let mut store = store(1);
    keep(&mut store, vec![told("Something else", "")], NOW);
    let unknown = |result: Result<_, Error>| match result {
        Err(Error::Unknown { field }) => field,
        other => panic!("{other:?}"),
    };
    assert_eq!(unknown(store.fact(PROJECT, "database", NOW)), "key");
    assert_eq!(
        unknown(store.fact("file:///b/other", "database", NOW)),
        "project"
    );
    assert!(keys(&mut store, "", NOW).is_empty());
    let request = FactRequest {
        project: "file:///b/other".to_owned(),
        ..FactRequest::default()
    };
    let listed = store.facts(&request, NOW);
    assert!(matches!(listed, Err(Error::Unknown { field: "project" })));
}

#[test]
fn a_value_is_gone_from_the_millisecond_at_which_its_time_is_over() {
    let mut store = store(1);
    let drafts = vec![
        fact("token", "limited", Some(60)),
        told("Something else", ""),
    ];
    let ids: Vec<RecordId> = keep(&mut store, drafts, NOW);
    assert_eq!(
        value(&mut store, "token", after(59_999)).as_deref(),
        Some("limited")
    );
    let held = store.fact("app", "token", after(59_999)).unwrap();
    assert_eq!(held.expires_at, Some(after(60_000)));
    assert_eq!(search(&store, "limited").total, 1);
    store.at(after(60_000)).unwrap();
    assert_eq!(search(&store, "limited").total, 0);
    assert_eq!(recent(&store).total, 1);
    assert!(store.get(&ids[..1]).unwrap().is_empty());
    assert_eq!(store.stats().unwrap().index.memories, 1);
    assert_eq!(value(&mut store, "token", after(60_000)), None);
    assert!(keys(&mut store, "", after(60_000)).is_empty());
}

#[test]
fn what_is_over_is_purged_from_the_files_of_every_window() {
    let mut ours = store(1);
    let drafts = vec![
        fact("token", "limited", Some(60)),
        told("Something else", ""),
    ];
    ours.append(drafts, NOW).unwrap();
    let files = flush(&mut ours, NOW);
    let theirs = read_all(2, &files, after(70_000));
    for mut store in [ours, theirs] {
        // At once it is only hidden: the clock may be wrong.
        let folder = tidy(&mut store, files.clone(), after(70_000));
        assert!(says(&folder, "limited"));
        let folder = let_time_pass(&mut store, files.clone(), 70_000);
        assert!(!says(&folder, "limited") && says(&folder, "Something else"));
        assert_eq!(store.stats().unwrap().unpurged_segments, 0);
    }
}

#[test]
fn a_value_that_was_replaced_by_one_that_is_over_does_not_come_back() {
    let mut ours = store(1);
    ours.append(vec![fact("token", "lasting", None)], NOW)
        .unwrap();
    let mut files = flush(&mut ours, NOW);
    ours.append(vec![fact("token", "limited", Some(60))], after(1))
        .unwrap();
    files.extend(flush(&mut ours, after(1)));
    assert_eq!(
        value(&mut ours, "token", after(2)).as_deref(),
        Some("limited")
    );
    assert_eq!(value(&mut ours, "token", after(70_000)), None);
    for order in [files.clone(), files.iter().rev().cloned().collect()] {
        let mut theirs = read_all(2, &order[..], after(70_000));
        assert_eq!(value(&mut theirs, "token", after(70_000)), None);
    }
    for order in [[0, 1], [1, 0]] {
        let order = order.map(|number| files[number].clone());
        let mut theirs = read_all(3, &order, after(70_000));
        assert_eq!(value(&mut theirs, "token", after(70_000)), None);
        let left = let_time_pass(&mut theirs, order.to_vec(), 70_000);
        assert!(!says(&left, "limited") && !says(&left, "lasting"));
    }
    ours.append(vec![fact("token", "new", None)], after(70_001))
        .unwrap();
    flush(&mut ours, after(70_001));
    assert_eq!(
        value(&mut ours, "token", after(70_002)).as_deref(),
        Some("new")
    );
}

#[test]
fn a_start_from_an_image_knows_what_is_over() {
    let mut ours = store(1);
    ours.append(vec![fact("token", "limited", Some(60))], NOW)
        .unwrap();
    let files = flush(&mut ours, NOW);
    let image = ours.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let names = || files.iter().map(|file| file.name.as_str());
    let mut later = store(2);
    assert!(later.load_cache(&image[..], image.len(), names(), after(59_000)));
    assert_eq!(search(&later, "limited").total, 1);
    let mut too_late = store(3);
    assert!(too_late.load_cache(&image[..], image.len(), names(), after(60_000)));
    assert_eq!(search(&too_late, "limited").total, 0);
}

#[test]
fn facts_are_listed_by_prefix_the_last_used_first_and_looking_counts_for_nothing() {
    let mut store = store(1);
    let drafts = vec![
        fact("a.one", "1", None),
        fact("a.two", "2", None),
        fact("b", "3", None),
    ];
    keep(&mut store, drafts, NOW);
    let first = store.fact(PROJECT, "a.one", after(10)).unwrap();
    assert_eq!((first.accessed, first.last_accessed), (0, NOW));
    assert_eq!(keys(&mut store, "", after(15)).len(), 3);
    store.keep_uses(after(15)).unwrap();
    assert_eq!(store.pending(), 0);
    let mut use_at = |key: &str, at| {
        let id = store.fact(PROJECT, key, at).unwrap().id;
        store.used(&[id], UseOf::Recalled, at).unwrap();
        store.fact(PROJECT, key, at).unwrap()
    };
    let second = use_at("a.one", after(20));
    assert_eq!((second.accessed, second.last_accessed), (1, after(20)));
    let third = use_at("b", after(50));
    assert_eq!((third.accessed, third.last_accessed), (1, after(50)));
    store.keep_uses(after(50)).unwrap();
    flush(&mut store, after(50));
    assert_eq!(keys(&mut store, "", after(60)), ["b", "a.one", "a.two"]);
    assert_eq!(keys(&mut store, "a.", after(60)).len(), 2);
}

#[test]
fn a_key_that_is_written_often_keeps_few_values() {
    let mut store = store(1);
    for number in 0..100 {
        let drafts = vec![fact("counter", &number.to_string(), None)];
        keep(&mut store, drafts, after(number));
    }
    assert_eq!(
        value(&mut store, "counter", after(200)).as_deref(),
        Some("99")
    );
    let ids = store.fact(PROJECT, "counter", after(200)).unwrap().id;
    let all = recollect_core::Selection {
        text: Some("counter".to_owned()),
        ..Default::default()
    };
    let selected = store.select(&all).unwrap();
    assert!(selected.ids.contains(&ids) && selected.ids.len() < 20);
}

#[test]
fn no_moment_that_was_told_once_ends_a_fact() {
    type Tell = fn(&mut Store, UnixMillis);
    let far = UnixMillis(4_000_000_000_000);
    let tell: [(&str, Tell); 10] = [
        ("asked", |store, far| {
            drop(store.fact(PROJECT, "token", far))
        }),
        ("listed", |store, far| drop(keys(store, "", far))),
        ("at", |store, far| drop(store.at(far).map(|_| ()))),
        ("maintenance", |store, far| {
            drop(store.next_operation(None, far))
        }),
        ("maintenance, twice", |store, far| {
            let _ = store.next_operation(None, far);
            let _ = store.next_operation(None, UnixMillis(far.0 + 3_600_000));
        }),
        ("flush", |store, far| {
            store.append(vec![told("one more", "")], far).unwrap();
            flush(store, far);
        }),
        ("import", |store, far| {
            let trust = recollect_core::log::record::Trust::High;
            drop(store.import_lines("", trust, far));
        }),
        ("patterns", |store, far| {
            drop(store.patterns(&Default::default(), far))
        }),
        ("used", |store, far| {
            let _ = store.keep_uses(far);
        }),
        ("read", |store, far| {
            let mut other = common::store(9);
            other.append(vec![told("theirs", "")], NOW).unwrap();
            for file in flush(&mut other, NOW) {
                store.ingest(&file.name, &file.bytes, far).unwrap();
            }
        }),
    ];
    for (name, tell) in tell {
        let mut ours = store(1);
        let drafts = vec![
            fact("token", "first", None),
            fact("token", "limited", Some(60)),
        ];
        ours.append(drafts, NOW).unwrap();
        let files = flush(&mut ours, NOW);
        tell(&mut ours, far);
        // The clock is right again, and for long.
        for minute in 0..30 {
            let now = after(minute * 1_000);
            let _ = ours.next_operation(None, now).unwrap();
            flush(&mut ours, now);
        }
        let held = value(&mut ours, "token", after(30_000));
        assert_eq!(held.as_deref(), Some("limited"), "{name}");
        assert_eq!(search(&ours, "limited").total, 1, "{name}");
        let folder = tidy(&mut ours, files, after(31_000));
        assert!(says(&folder, "limited"), "{name}");
    }
}

#[test]
fn a_fact_of_low_trust_replaces_and_ends_none_of_more() {
    for limit in [None, Some(1), Some(60)] {
        for late in [false, true] {
            let mut store = store(1);
            let low = |value: &str, ttl: Option<u64>| {
                let mut draft = fact("database", value, ttl);
                if let Some(origin) = &mut draft.origin {
                    origin.trust = recollect_core::log::record::Trust::Low;
                }
                draft
            };
            let first = match late {
                true => vec![fact("database", "ours", None), low("theirs", limit)],
                false => vec![low("theirs", limit), fact("database", "ours", None)],
            };
            keep(&mut store, first, NOW);
            for now in [after(1), after(70_000)] {
                assert_eq!(value(&mut store, "database", now).as_deref(), Some("ours"));
            }
            let_time_pass_somehow(&mut store);
            assert_eq!(
                value(&mut store, "database", after(1_900_000)).as_deref(),
                Some("ours")
            );
            // Many of them push nothing out.
            for number in 0..60 {
                keep(
                    &mut store,
                    vec![low(&number.to_string(), limit)],
                    after(1_900_000 + number),
                );
            }
            assert_eq!(
                value(&mut store, "database", after(1_900_100)).as_deref(),
                Some("ours")
            );
            keep(
                &mut store,
                vec![fact("database", "newer", Some(10))],
                after(1_900_200),
            );
            assert_eq!(
                value(&mut store, "database", after(1_900_300)).as_deref(),
                Some("newer")
            );
            // Once nothing of more trust holds, what was written since does.
            keep(&mut store, vec![low("last", None)], after(1_900_400));
            assert_eq!(
                value(&mut store, "database", after(1_920_000)).as_deref(),
                Some("last")
            );
        }
    }
}

fn let_time_pass_somehow(store: &mut Store) {
    for minute in 0..30 {
        let now = after(70_000 + minute * 60_000);
        let _ = store.next_operation(None, now).unwrap();
        flush(store, now);
    }
}

#[test]
fn whoever_writes_later_is_believed_however_far_anothers_clock_is_ahead() {
    for lead in [1_000, 3_600_000, 40 * common::DAY, 4_000 * common::DAY] {
        let mut theirs = store(2);
        theirs
            .append(vec![fact("database", "theirs", None)], after(lead))
            .unwrap();
        let file = flush(&mut theirs, after(lead)).remove(0);
        let mut ours = store(1);
        ours.ingest(&file.name, &file.bytes, NOW).unwrap();
        let mut files = vec![file];
        for text in ["ours", "ours again"] {
            ours.append(vec![fact("database", text, None)], after(5))
                .unwrap();
        }
        files.extend(flush(&mut ours, after(5)));
        for order in [files.clone(), files.iter().rev().cloned().collect()] {
            let mut reader = read_all(3, &order, after(9));
            assert_eq!(
                value(&mut reader, "database", after(9)).as_deref(),
                Some("ours again")
            );
        }
    }
}
