//! What a session used, as it is told and as it is condensed.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, in_session, keep, store};
use recollect_core::derive::session::{ContextPiece, MAX_CONTEXT_BYTES, SessionContext};
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Context, ContextItem, Edit};
use recollect_core::{RecordId, SessionChange, Store, UnixMillis};

fn used(minute: i64, item: ContextItem) -> Draft {
    Draft {
        at: Some(UnixMillis(NOW.0 + minute)),
        origin: Some(in_session("abc")),
        body: Body::Context(Context { item }),
    }
}

fn file(path: &str, importance: f64) -> ContextItem {
    ContextItem::File {
        path: path.to_owned(),
        importance,
    }
}

fn search(query: &str) -> ContextItem {
    ContextItem::Search {
        query: query.to_owned(),
    }
}

fn decision(text: &str) -> ContextItem {
    ContextItem::Decision {
        text: text.to_owned(),
    }
}

fn context_of(items: Vec<ContextItem>) -> (Store, Vec<RecordId>, SessionContext) {
    let mut store = store(1);
    let drafts = (0..).zip(items).map(|(at, item)| used(at, item)).collect();
    let ids = keep(&mut store, drafts, NOW);
    let context = context(&store);
    (store, ids, context)
}

fn context(store: &Store) -> SessionContext {
    store.index().session("abc", NOW).unwrap().context
}

fn texts(pieces: &[ContextPiece]) -> Vec<&str> {
    pieces.iter().map(|piece| piece.text.as_str()).collect()
}

#[test]
fn each_piece_stands_once_with_its_latest_importance() {
    let memory = ContextItem::Memory {
        id: "mem_1".to_owned(),
        key: "architecture".to_owned(),
    };
    let (_, ids, context) = context_of(vec![
        file("src/a.ts", 0.9),
        file("src/b.ts", 0.5),
        search("retries"),
        decision("Use JWT"),
        memory,
        file("src/a.ts", 0.25),
    ]);
    assert_eq!(texts(&context.files), ["src/b.ts", "src/a.ts"]);
    let again = &context.files[1];
    assert_eq!((again.importance, again.count, again.order), (0.25, 2, 6));
    assert_eq!((again.at, again.record), (UnixMillis(NOW.0 + 5), ids[5]));
    assert_eq!(texts(&context.searches), ["retries"]);
    assert_eq!(texts(&context.decisions), ["Use JWT"]);
    assert_eq!(texts(&context.memories), ["mem_1"]);
    assert_eq!(context.memories[0].key.as_deref(), Some("architecture"));
    assert!(!context.is_compressed);
    assert_eq!(context.size_bytes, context.compressed_bytes);
}

/// More than 32 KiB: 200 files of 4 folders, 100 searches and one long decision.
fn much() -> Vec<ContextItem> {
    let mut items = vec![decision(&"Keep the old queue until March. ".repeat(40))];
    for number in 0..200 {
        let path = format!("packages/part{}/src/component{number:03}.ts", number % 4);
        items.push(file(&path, f64::from(number % 10) / 10.0));
    }
    items.extend((0..100).map(|number| search(&format!("what is component {number}?"))));
    items
}

#[test]
fn what_is_too_large_is_condensed_from_what_matters_least() {
    let (_, _, context) = context_of(much());
    assert!(context.is_compressed);
    assert!(context.size_bytes > MAX_CONTEXT_BYTES);
    assert!(context.compressed_bytes <= MAX_CONTEXT_BYTES);
    let files = texts(&context.files);
    assert!(!files.contains(&"packages/part0/src/component000.ts"));
    assert!(files.contains(&"packages/part0/src/"));
    assert!(files.contains(&"packages/part3/src/component199.ts"));
    let counted: u32 = context.files.iter().map(|piece| piece.count).sum();
    assert_eq!(counted, 200, "each use is counted, if only of the folder");
    let [decided] = &context.decisions[..] else {
        panic!("the decision is gone");
    };
    assert!(decided.text.starts_with("Keep the old queue") && decided.text.len() <= 120);
    let kept = context.searches.len() as u32;
    assert_eq!(kept + context.left_out, 100);
    if let Some(first) = context.searches.first() {
        assert_ne!(first.text, "what is component 0?", "the oldest goes first");
    }
    assert_eq!(context, context_of(much()).2, "the same every time");
}

#[test]
fn nothing_that_is_pinned_is_condensed() {
    let (mut store, ids, _) = context_of(much());
    let pinned = Draft {
        at: None,
        origin: None,
        body: Body::Edit(Edit {
            is_pinned: Some(true),
            ..Edit::of(ids[1])
        }),
    };
    keep(&mut store, vec![pinned], NOW);
    let kept = context(&store);
    assert!(kept.is_compressed);
    assert!(texts(&kept.files).contains(&"packages/part0/src/component000.ts"));

    let change = SessionChange {
        is_pinned: Some(true),
        ..SessionChange::default()
    };
    store.change_session("abc", &change, NOW).unwrap();
    common::flush(&mut store, NOW);
    let whole = context(&store);
    assert!(!whole.is_compressed && whole.size_bytes > MAX_CONTEXT_BYTES);
    assert_eq!((whole.files.len(), whole.searches.len()), (200, 100));
}
