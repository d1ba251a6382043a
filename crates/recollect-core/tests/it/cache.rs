//! The image of the index: a start from it shows what a start from segments shows.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use proptest::prelude::*;
use recollect_core::search::request::Search;
use recollect_core::{Flush, Store, UnixMillis};

fn names(files: &[Flush]) -> Vec<&str> {
    files.iter().map(|file| file.name.as_str()).collect()
}

/// A store with ten memories, one of them forgotten, and its files.
fn filled() -> (Store, Vec<Flush>) {
    let mut store = store(1);
    let mut files = Vec::new();
    for number in 0..10 {
        let draft = told(&format!("title {number}"), "the same story");
        store.append(vec![draft], NOW).unwrap();
        files.extend(flush(&mut store, NOW));
    }
    let id = recent(&store).hits[3].id;
    store.forget(&[id], NOW).unwrap();
    files.extend(flush(&mut store, NOW));
    (store, files)
}

/// Everything that one sees, and what is still to be read.
fn view(store: &Store, files: &[Flush]) -> String {
    format!(
        "{:?} {:?} {:?} {:?}",
        recent(store),
        search(store, "story title 4"),
        store.stats().unwrap(),
        store.missing(names(files))
    )
}

/// A start with an image, as a host does it.
fn start(image: &[u8], files: &[Flush]) -> (bool, Store) {
    let mut store = store(2);
    let is_used = store.load_cache(image, image.len(), names(files), NOW);
    let missing = store.missing(names(files));
    for file in files.iter().filter(|file| missing.contains(&file.name)) {
        store.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    (is_used, store)
}

#[test]
fn a_start_from_an_image_shows_the_same_and_goes_on() {
    let (mut store, mut files) = filled();
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let expected = view(&store, &files);
    assert_eq!(view(&start(&[], &files).1, &files), expected);
    let (is_used, mut again) = start(&image, &files);
    assert!(is_used);
    assert_eq!(view(&again, &files), expected);

    // What is written after the image is read from its segment, a deletion too.
    let id = recent(&store).hits[0].id;
    store.forget(&[id], NOW).unwrap();
    store.append(vec![told("new", "")], NOW).unwrap();
    files.extend(flush(&mut store, NOW));
    let (is_used, later) = start(&image, &files);
    assert!(is_used);
    assert_eq!(view(&later, &files), view(&store, &files));
    keep(&mut again, vec![told("from the image", "")], NOW);
    assert_eq!(titles(&search(&again, "image")), ["from the image"]);
    // An image of an image is as good.
    let second = again.save_cache(|parts| parts.concat()).unwrap().unwrap();
    assert!(!second.is_empty());
}

#[test]
fn what_memories_mean_is_not_made_again_after_a_start_from_an_image() {
    let table = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/../../extension/media/meaning.bin"
    );
    let table = std::fs::read(table).unwrap();
    let fetch = |store: &Store| store.index().fetch_texts(99).unwrap();
    let (mut store, mut files) = filled();
    store.index().set_meaning(table.clone()).unwrap();
    while store.settle_meaning().unwrap() {}
    store.index().set_model(3, 7);
    let texts = fetch(&store);
    assert_eq!(texts.len(), 9);
    for (row, _) in &texts[1..] {
        store.index().take_vector(*row, &[1.0, 0.0, 0.5]);
    }
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    files.extend(flush(&mut store, NOW));

    let (is_used, mut again) = start(&image, &files);
    assert!(is_used);
    again.index().set_meaning(table).unwrap();
    // All have one already, so a single step finds nothing left.
    assert!(!again.settle_meaning().unwrap());
    let near = Search {
        meant: vec![1.0, 0.0, 0.5],
        ..asked("a headline")
    };
    let found = |store: &Store| store.index().search(&near).unwrap().hits;
    again.index().set_model(3, 7);
    assert_eq!(found(&again), found(&store));
    assert!(!found(&again).is_empty());
    // What the model had not come to is fetched, and all of it for another model.
    assert_eq!(fetch(&again), texts[..1]);
    again.index().set_model(3, 8);
    assert_eq!(fetch(&again).len(), texts.len());
}

#[test]
fn phrases_are_found_after_a_start_from_an_image_without_memories() {
    let mut store = store(1);
    assert!(titles(&search(&store, r#""nothing yet""#)).is_empty());
    let appended = store.append(vec![told("first title", "")], NOW).unwrap();
    let mut files = flush(&mut store, NOW);
    store.forget(&ids(appended), NOW).unwrap();
    files.extend(flush(&mut store, NOW));
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let (is_used, mut again) = start(&image, &files);
    assert!(is_used);
    assert!(titles(&search(&again, r#""first title""#)).is_empty());
    keep(&mut again, vec![told("second title", "")], NOW);
    assert_eq!(
        titles(&search(&again, r#""second title""#)),
        ["second title"]
    );
}

#[test]
fn there_is_no_image_while_something_waits() {
    let (mut store, _) = filled();
    store.append(vec![told("waits", "")], NOW).unwrap();
    assert_eq!(store.save_cache(|parts| parts.concat()).unwrap(), None);
    let file = store.next_flush(NOW).unwrap();
    assert_eq!(store.save_cache(|parts| parts.concat()).unwrap(), None);
    store.flushed(file.name.as_str()).unwrap();
    assert!(store.save_cache(|parts| parts.concat()).unwrap().is_some());
}

#[test]
fn an_image_of_other_segments_is_refused() {
    let (mut store, files) = filled();
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    assert!(!start(&image, &files[1..]).0);
    assert!(!start(&image, &[]).0);
}

#[test]
fn what_was_read_in_part_is_read_again_after_a_start_from_an_image() {
    let (_, files) = filled();
    let mut half = store(3);
    for file in &files {
        let bytes = &file.bytes[..file.bytes.len() - 30];
        half.ingest(&file.name, bytes, NOW).unwrap();
    }
    let image = half.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let (is_used, again) = start(&image, &files);
    assert!(is_used);
    assert_eq!(view(&again, &files), view(&start(&[], &files).1, &files));
}

#[test]
fn an_image_is_used_only_at_the_start() {
    let (mut store, files) = filled();
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let expected = view(&store, &files);
    assert!(!store.load_cache(&image[..], image.len(), names(&files), NOW));
    assert_eq!(view(&store, &files), expected);
}

#[test]
fn a_forgotten_text_is_in_no_image() {
    let mut store = store(1);
    let id = keep(&mut store, vec![told("xylophone", "zanthoxylum")], NOW)[0];
    keep(&mut store, vec![told("other", "")], NOW);
    store.forget(&[id], NOW).unwrap();
    flush(&mut store, NOW);
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    for text in ["xylophone", "zanthoxylum", "xylophon"] {
        let is_there = image
            .windows(text.len())
            .any(|window| window == text.as_bytes());
        assert!(!is_there, "{text}");
    }
}

#[test]
fn edits_after_a_start_from_an_image_are_later_than_those_before() {
    let ahead = UnixMillis(NOW.0 + 60_000);
    let mut store = store(1);
    store.append(vec![told("title", "")], ahead).unwrap();
    let files = flush(&mut store, ahead);
    let image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
    let (is_used, mut again) = start(&image, &files);
    assert!(is_used);
    let written = again.append(vec![told("second", "")], NOW).unwrap();
    assert_eq!(written.len(), 1);
    let line = String::from_utf8(flush(&mut again, NOW)[0].bytes.clone()).unwrap();
    let first = String::from_utf8(files[0].bytes.clone()).unwrap();
    let stamp = |text: &str| text.split("\"h\":\"").nth(1).unwrap()[..17].to_owned();
    assert!(stamp(&line) > stamp(&first));
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_damaged_image_changes_nothing(position in any::<prop::sample::Index>(), cut in any::<bool>(), bit in 0..8_u8) {
        let (mut store, files) = filled();
        let mut image = store.save_cache(|parts| parts.concat()).unwrap().unwrap();
        let position = position.index(image.len());
        if cut {
            image.truncate(position);
        } else {
            image[position] ^= 1 << bit;
        }
        let (is_used, again) = start(&image, &files);
        prop_assert!(!is_used);
        prop_assert_eq!(view(&again, &files), view(&store, &files));
    }
}
