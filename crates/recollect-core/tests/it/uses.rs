//! What is used matters more, in every window the same.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, flush, keep, search, store, titles, told};
use recollect_core::search::request::Search;
use recollect_core::weigh::salience::HalfLives;
use recollect_core::{
    Error, Flush, Query, Seen, Selection, Store, UnixMillis, UseOf, log::name::SegmentName,
};

const DAY: i64 = 86_400_000;

fn after(days: i64) -> UnixMillis {
    UnixMillis(NOW.0 + days * DAY)
}

fn read_all<'a>(seed: u8, files: impl IntoIterator<Item = &'a Flush>) -> Store {
    let mut store = store(seed);
    for file in files {
        let name = SegmentName::parse(file.name.as_str()).unwrap();
        store.ingest(&name, &file.bytes, NOW).unwrap();
    }
    store
}

fn everything() -> Selection {
    Selection {
        is_everything: true,
        ..Selection::default()
    }
}

#[test]
fn a_memory_that_was_used_matters_more_and_ranks_higher() {
    let mut store = store(1);
    let drafts = vec![
        told("The retry queue", "one"),
        told("The retry queue", "two"),
    ];
    let ids = keep(&mut store, drafts, NOW);
    let before = store.seen(&ids, NOW).unwrap();
    let worse = search(&store, "retry queue").hits[1].id;
    for _ in 0..3 {
        store.used(&[worse], UseOf::Reinforced, NOW).unwrap();
    }
    assert_eq!(
        store.seen(&ids, NOW).unwrap(),
        before,
        "not before it is durable"
    );
    store.keep_uses(NOW).unwrap();
    flush(&mut store, NOW);
    assert_eq!(search(&store, "retry queue").hits[0].id, worse);
    let seen = &store.seen(&[worse], NOW).unwrap()[0];
    assert_eq!((seen.recalled, seen.reinforced), (0, 3));
}

#[test]
fn each_further_use_adds_less() {
    let mut store = store(1);
    let ids = keep(&mut store, vec![told("The retry queue", "")], NOW);
    let mut gains = Vec::new();
    let mut last = store.seen(&ids, NOW).unwrap()[0].salience;
    for _ in 0..5 {
        store.used(&ids, UseOf::Reinforced, NOW).unwrap();
        store.keep_uses(NOW).unwrap();
        flush(&mut store, NOW);
        let salience = store.seen(&ids, NOW).unwrap()[0].salience;
        gains.push(salience - last);
        last = salience;
    }
    assert!(
        gains
            .windows(2)
            .all(|pair| pair[1] < pair[0] && pair[1] > 0.0)
    );
    assert!(last < 1.0);
}

#[test]
fn fading_begins_anew_with_the_last_use() {
    let mut store = store(1);
    let drafts = vec![told("The retry queue", ""), told("The other queue", "")];
    let ids = keep(&mut store, drafts, NOW);
    store.used(&ids[..1], UseOf::Recalled, after(60)).unwrap();
    store.keep_uses(after(60)).unwrap();
    flush(&mut store, after(60));
    let seen = store.seen(&ids, after(60)).unwrap();
    assert_eq!((seen[0].last_seen, seen[1].last_seen), (after(60), NOW));
    assert!(seen[0].salience > 1.5 * seen[1].salience);
}

#[test]
fn counts_go_with_the_next_file_and_make_none() {
    let mut store = store(1);
    let ids = keep(&mut store, vec![told("The retry queue", "")], NOW);
    for _ in 0..40 {
        store.used(&ids, UseOf::Recalled, NOW).unwrap();
    }
    assert!(flush(&mut store, NOW).is_empty());
    let more = store.append(vec![told("Something else", "")], NOW).unwrap();
    let files = flush(&mut store, NOW);
    assert_eq!(
        (files.len(), files[0].records),
        (1, 2),
        "one record for all of them"
    );
    assert_eq!(store.seen(&ids, NOW).unwrap()[0].recalled, 40);
    assert_eq!(store.stats().unwrap().index.memories, 2, "it is no memory");
    store
        .used(&common::ids(more), UseOf::Recalled, NOW)
        .unwrap();
}

#[test]
fn more_memories_than_a_record_holds_make_two() {
    let mut store = store(1);
    let drafts = (0..300)
        .map(|number| told(&format!("Memory {number}"), ""))
        .collect();
    let ids = keep(&mut store, drafts, NOW);
    store.used(&ids, UseOf::Recalled, NOW).unwrap();
    store.keep_uses(NOW).unwrap();
    assert_eq!(store.stats().unwrap().pending, 2);
    flush(&mut store, NOW);
    let seen = store.seen(&ids, NOW).unwrap();
    assert!(seen.iter().all(|seen| seen.recalled == 1));
}

#[test]
fn every_window_counts_the_same_whatever_it_reads_first() {
    let mut ours = store(1);
    ours.append(vec![told("The retry queue", "")], NOW).unwrap();
    let mut files = flush(&mut ours, NOW);
    let ids = vec![search(&ours, "retry").hits[0].id];
    let mut theirs = read_all(2, &files);
    for (at, how) in [(1, UseOf::Recalled), (3, UseOf::Reinforced)] {
        for store in [&mut ours, &mut theirs] {
            store.used(&ids, how, after(at)).unwrap();
            store.keep_uses(after(at)).unwrap();
            files.extend(flush(store, after(at)));
        }
    }
    assert_eq!(files.len(), 5);
    let expected = |store: &Store| store.seen(&ids, after(9)).unwrap();
    let forwards = expected(&read_all(3, &files));
    assert_eq!((forwards[0].recalled, forwards[0].reinforced), (2, 2));
    assert_eq!(forwards[0].last_seen, after(3));
    assert_eq!(expected(&read_all(4, files.iter().rev())), forwards);
    // A line that two files hold counts once.
    let mut again = read_all(5, &files);
    let copy = SegmentName::new(NOW, "k3v9x0ab", 7);
    again.ingest(&copy, &files[3].bytes, NOW).unwrap();
    assert_eq!(expected(&again), forwards);
    // An image of the index keeps them.
    let image = again.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let mut started = store(6);
    let mut listed: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    listed.push(copy.as_str());
    assert!(started.load_cache(&image[..], image.len(), listed, NOW));
    assert_eq!(expected(&started), forwards);
}

#[test]
fn a_memory_that_is_forgotten_takes_its_counts_along() {
    let mut store = store(1);
    let drafts = vec![told("The retry queue", ""), told("The other queue", "")];
    let ids = keep(&mut store, drafts, NOW);
    store.used(&ids, UseOf::Recalled, NOW).unwrap();
    store.keep_uses(NOW).unwrap();
    store.used(&ids, UseOf::Recalled, NOW).unwrap();
    let mut files = flush(&mut store, NOW);
    store.forget(&ids[..1], NOW).unwrap();
    files.extend(flush(&mut store, NOW));
    let known = |seen: Vec<Seen>| -> Vec<(u32, u32)> {
        let counts = seen.iter().map(|seen| (seen.recalled, seen.reinforced));
        counts.collect()
    };
    assert_eq!(known(store.seen(&ids, NOW).unwrap()), [(2, 0)]);
    store.keep_uses(NOW).unwrap();
    assert!(flush(&mut store, NOW).is_empty());
    store.forget_selected(&everything(), after(1)).unwrap();
    files.extend(flush(&mut store, after(1)));
    let names: Vec<&str> = files.iter().map(|file| file.name.as_str()).collect();
    assert!(names.len() > 1 && store.seen(&ids, after(1)).unwrap().is_empty());
}

#[test]
fn ids_of_nothing_are_passed_over() {
    let mut store = store(1);
    let ids = keep(&mut store, vec![told("The retry queue", "")], NOW);
    store.forget(&ids, NOW).unwrap();
    flush(&mut store, NOW);
    store.used(&ids, UseOf::Recalled, NOW).unwrap();
    store.keep_uses(NOW).unwrap();
    assert_eq!(store.stats().unwrap().pending, 0);
    assert!(titles(&search(&store, "retry")).is_empty());
}

/// All sectors fade in so many days.
fn fading_in(days: f64) -> HalfLives {
    HalfLives {
        episodic_days: days,
        semantic_days: days,
        procedural_days: days,
        emotional_days: days,
        reflective_days: days,
    }
}

#[test]
fn memories_fade_as_fast_as_the_user_says_in_every_window() {
    let mut ours = store(1);
    ours.append(vec![told("The retry queue", "one")], NOW)
        .unwrap();
    let files = flush(&mut ours, NOW);
    let mut theirs = read_all(2, &files);
    let id = search(&ours, "retry").hits[0].id;
    let salience = |store: &Store| {
        let request = Search {
            query: Query::parse("retry", false),
            now: after(10),
            ..Search::default()
        };
        let hits = store.index().search(&request).unwrap();
        // Ages in a ranking count from the end of the hour.
        let hour = 3_600_000;
        let ends = UnixMillis((after(10).0 / hour + 1) * hour);
        let ranked = store.seen(&[id], ends).unwrap()[0].salience;
        assert_eq!(hits.hits[0].rank.unwrap().salience, ranked);
        store.seen(&[id], after(10)).unwrap()[0].salience
    };
    let fresh = ours.seen(&[id], NOW).unwrap()[0].salience;
    assert!(salience(&ours) > fresh * 0.6);
    for store in [&mut ours, &mut theirs] {
        store.set_half_lives(fading_in(10.0)).unwrap();
    }
    assert!((salience(&ours) - fresh / 2.0).abs() < 1e-6);
    assert_eq!(salience(&ours), salience(&theirs));
    for wrong in [0.0, -1.0, 0.99, 3_651.0, f64::NAN, f64::INFINITY] {
        let half_lives = HalfLives {
            emotional_days: wrong,
            ..fading_in(5.0)
        };
        let refused = ours.set_half_lives(half_lives);
        assert!(
            matches!(&refused, Err(Error::InvalidInput { field: "halfLives", problem })
                if problem.starts_with("emotional ")),
            "{wrong}: {refused:?}"
        );
    }
    assert_eq!(
        salience(&ours),
        salience(&theirs),
        "those from before hold on"
    );
}
