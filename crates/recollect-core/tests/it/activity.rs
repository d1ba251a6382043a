//! How memories spread over days, files and sectors.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::derive::commit::Commit;
use recollect_core::search::activity::Activity;
use recollect_core::{Filter, Store, UnixMillis, Zone};

const DAY: i64 = 86_400_000;

/// 2026-03-01T23:30:00Z.
const LATE: i64 = 1_772_407_800_000;

fn history() -> Store {
    let commits = [
        (
            0,
            "fix: crash on empty input",
            &["src/a.rs", "src/b.rs"][..],
        ),
        (0, "feat: add paging", &["src/b.rs"]),
        (2, "decide to drop the retry queue", &["src/c.rs"]),
    ];
    let commits = commits.into_iter().zip(1..);
    let commits = commits.map(|((days, message, files), n)| Commit {
        hash: format!("{n:040x}"),
        message: message.to_owned(),
        at: LATE + days * DAY,
        files: files.iter().map(|file| (*file).to_owned()).collect(),
        ..Commit::default()
    });
    let mut store = store(1);
    store
        .learn(&origin().project, commits.collect(), NOW)
        .unwrap();
    flush(&mut store, NOW);
    store
}

fn of(store: &Store, most_files: usize) -> Activity {
    let activity = store.index().activity(&Filter::default(), most_files);
    activity.unwrap()
}

fn days(activity: &Activity) -> Vec<(&str, u64)> {
    let days = activity.days.iter();
    days.map(|(day, count)| (day.as_str(), *count)).collect()
}

#[test]
fn memories_are_counted_by_the_days_of_the_users_clock() {
    let mut store = history();
    assert_eq!(days(&of(&store, 0)), [("2026-03-01", 2), ("2026-03-03", 1)]);
    store.set_zone(Zone::new([(UnixMillis(0), 60)]));
    assert_eq!(days(&of(&store, 0)), [("2026-03-02", 2), ("2026-03-04", 1)]);
}

#[test]
fn the_files_that_most_memories_name_come_first() {
    let store = history();
    let files = |most| of(&store, most).files;
    let counted = |path: &str, count| (path.to_owned(), count);
    assert_eq!(files(2), [counted("src/b.rs", 2), counted("src/a.rs", 1)]);
    assert_eq!(files(9).len(), 3);
    assert_eq!(files(0), []);
}

#[test]
fn each_count_is_that_of_the_search_for_it() {
    let store = history();
    let activity = of(&store, 9);
    let total = |text: String| search(&store, &text).total;
    for (sector, count) in &activity.sectors {
        assert_eq!(total(format!("sector:{sector}")), *count, "{sector}");
    }
    assert!(!activity.sectors.is_empty());
    for (path, count) in &activity.files {
        assert_eq!(total(format!("file:{path}")), *count, "{path}");
    }
}

#[test]
fn what_was_forgotten_or_is_of_another_project_does_not_count() {
    let mut store = history();
    let id = search(&store, "retry").hits[0].id;
    store.forget(&[id], NOW).unwrap();
    flush(&mut store, NOW);
    let activity = of(&store, 9);
    assert_eq!(days(&activity), [("2026-03-01", 2)]);
    assert!(activity.files.iter().all(|(path, _)| path != "src/c.rs"));
    let elsewhere = Filter {
        projects: vec!["other".to_owned()],
        ..Filter::default()
    };
    let activity = store.index().activity(&elsewhere, 9).unwrap();
    assert_eq!(activity, Activity::default());
}
