//! The history of a repository, as memories.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use recollect_core::derive::commit::Commit;
use recollect_core::search::request::{Format, Search};
use recollect_core::{Filter, Query, UnixMillis};

fn commits() -> Vec<Commit> {
    [
        "fix: crash on empty input",
        "feat(api): add paging",
        "Decide to drop the retry queue",
    ]
    .into_iter()
    .zip(1_i64..)
    .map(|(message, n)| Commit {
        hash: format!("{n:040x}"),
        message: message.to_owned(),
        at: 1_700_000_000_000 + n * 60_000,
        author: Some("A".to_owned()),
        files: vec![format!("src/file{n}.rs")],
        ..Commit::default()
    })
    .collect()
}

#[test]
fn a_history_learned_twice_or_in_two_windows_is_there_once() {
    let project = origin().project;
    let (mut ours, mut theirs) = (store(1), store(2));
    let learned = ours.learn(&project, commits(), NOW).unwrap();
    assert_eq!((learned.pending, learned.known), (3, 0));
    assert_eq!(
        ours.learn(&project, commits(), NOW).unwrap().known,
        3,
        "while pending"
    );
    let mut files = flush(&mut ours, NOW);
    assert_eq!(
        ours.learn(&project, commits(), NOW).unwrap().known,
        3,
        "when durable"
    );
    theirs
        .learn(&project, commits(), UnixMillis(NOW.0 + 5))
        .unwrap();
    files.extend(flush(&mut theirs, NOW));
    for file in &files {
        ours.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    assert_eq!(recent(&ours).total, 3);
    let id = search(&ours, "retry").hits[0].id;
    ours.forget(&[id], NOW).unwrap();
    flush(&mut ours, NOW);
    assert_eq!(
        ours.learn(&project, commits(), NOW).unwrap().known,
        3,
        "when forgotten"
    );
    assert_eq!(recent(&ours).total, 2);
}

#[test]
fn commits_are_found_by_words_type_file_and_time() {
    let mut store = store(1);
    store.learn(&origin().project, commits(), NOW).unwrap();
    flush(&mut store, NOW);
    let find = |text: &str, filter: Filter| {
        let search = Search {
            query: Query::parse(text, false),
            filter,
            format: Format::Full,
            ..Search::default()
        };
        let hits = store.index().search(&search).unwrap();
        hits.hits
            .into_iter()
            .map(|hit| hit.memory.unwrap().commit.unwrap())
            .collect::<Vec<_>>()
    };
    let hash = |n: u8| format!("{n:040x}");
    let of_type = |name: &str| Filter {
        types: vec![name.to_owned()],
        ..Filter::default()
    };
    assert_eq!(find("paging", Filter::default()), [hash(2)]);
    assert_eq!(find("src/file1.rs", Filter::default())[0], hash(1));
    assert_eq!(find("", of_type("bugfix")), [hash(1)]);
    assert_eq!(find("", of_type("decision")), [hash(3)]);
    let since = Filter {
        since: Some(UnixMillis(1_700_000_120_000)),
        before: Some(UnixMillis(1_700_000_180_000)),
        ..Filter::default()
    };
    assert_eq!(find("", since), [hash(2)]);
    let project = |name: &str| Filter {
        projects: vec![name.to_owned()],
        ..Filter::default()
    };
    assert_eq!(find("", project("app")).len(), 3);
    assert_eq!(find("", project("file:///a/app")).len(), 3);
    assert_eq!(find("crash", project("other")).len(), 0);
}
