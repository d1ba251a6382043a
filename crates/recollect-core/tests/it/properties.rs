//! What holds for every sequence of records, not only for those somebody thought of.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::*;
use proptest::prelude::*;
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Edit};
use recollect_core::search::request::{Format, Search};
use recollect_core::{Flush, RecordId, Store, UnixMillis, log::segment};

#[derive(Clone, Debug)]
enum Step {
    Tell(String),
    Ask(String),
    Edit(usize, String),
    Forget(usize),
}

fn step() -> impl Strategy<Value = Step> {
    let text = "[a-c<>/\"\\\\ \u{e4}\u{4e2d}\n]{1,12}|[a-z]{3,8} [a-z]{3,8}";
    prop_oneof![
        4 => text.prop_map(Step::Tell),
        // What two windows notice at once is folded.
        2 => Just(Step::Tell("the same".to_owned())),
        2 => text.prop_map(Step::Ask),
        2 => (any::<prop::sample::Index>(), "[a-z]{1,9}")
            .prop_map(|(index, title)| Step::Edit(index.index(1000), title)),
        1 => any::<prop::sample::Index>().prop_map(|index| Step::Forget(index.index(1000))),
    ]
}

/// Carries out steps in two windows in turn, each seeing the other's files at
/// once; gives all files.
fn carry_out(steps: &[Step]) -> Vec<Flush> {
    let mut stores = [store(1), store(2)];
    let mut files: Vec<Flush> = Vec::new();
    let mut ids = Vec::new();
    for (position, step) in steps.iter().enumerate() {
        let now = UnixMillis(NOW.0 + position as i64 % 3);
        let [ours, theirs] = &mut stores;
        let (ours, theirs) = if position % 2 == 0 {
            (ours, theirs)
        } else {
            (theirs, ours)
        };
        let draft = match step {
            Step::Tell(text) => Some(told(text, text)),
            Step::Ask(text) => Some(prompt("s", 1, text)),
            Step::Edit(index, title) if !ids.is_empty() => Some(Draft {
                at: None,
                origin: None,
                body: Body::Edit(Edit {
                    title: Some(title.clone()),
                    is_pinned: Some(index % 2 == 0),
                    ..Edit::of(ids[index % ids.len()])
                }),
            }),
            Step::Forget(index) if !ids.is_empty() => {
                let _ = ours.forget(&[ids[index % ids.len()]], now);
                None
            }
            Step::Edit(..) | Step::Forget(_) => None,
        };
        let is_edit = matches!(step, Step::Edit(..));
        if let Some(Ok(appended)) = draft.map(|draft| ours.append(vec![draft], now))
            && !is_edit
        {
            ids.extend(common::ids(appended));
        }
        for file in flush(ours, now) {
            theirs.ingest(&file.name, &file.bytes, now).unwrap();
            files.push(file);
        }
    }
    files
}

/// Everything a reader can see, as text.
fn view(store: &Store) -> String {
    format!("{:#?}\n{:#?}", recent(store), store.stats().unwrap().index)
}

fn read(files: &[&Flush]) -> Store {
    let mut store = store(3);
    for file in files {
        store.ingest(&file.name, &file.bytes, NOW).unwrap();
    }
    store
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 128, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_order_and_repetition_of_segments_gives_the_same_index(
        steps in prop::collection::vec(step(), 1..24),
        order in any::<prop::sample::Index>(),
        seed in any::<u64>(),
    ) {
        let files = carry_out(&steps);
        let in_order: Vec<&Flush> = files.iter().collect();
        let mut shuffled = in_order.clone();
        let mut state = seed | 1;
        for last in (1..shuffled.len()).rev() {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            shuffled.swap(last, (state >> 33) as usize % (last + 1));
        }
        if !shuffled.is_empty() {
            shuffled.push(shuffled[order.index(shuffled.len())]);
        }
        prop_assert_eq!(view(&read(&in_order)), view(&read(&shuffled)));
    }

    #[test]
    fn every_window_gives_the_same_numbers_whatever_it_read_first(
        steps in prop::collection::vec(step(), 1..24),
        seed in any::<u64>(),
    ) {
        let files = carry_out(&steps);
        let mut numbered: Option<Vec<(RecordId, u64)>> = None;
        for asks_early in [false, true] {
            let mut store = store(3);
            let mut order: Vec<&Flush> = files.iter().collect();
            if asks_early {
                let turns = seed as usize % order.len().max(1);
                order.rotate_left(turns);
                order.reverse();
            }
            for file in order {
                store.ingest(&file.name, &file.bytes, NOW).unwrap();
                if asks_early {
                    store.aliases(&[]);
                }
            }
            let mut ids: Vec<RecordId> = recent(&store).hits.iter().map(|hit| hit.id).collect();
            ids.sort_unstable();
            let numbers = store.aliases(&ids);
            let pairs: Vec<(RecordId, u64)> =
                ids.iter().copied().zip(numbers.into_iter().flatten()).collect();
            prop_assert_eq!(pairs.len(), ids.len());
            prop_assert!(pairs.is_sorted_by(|a, b| a.1 < b.1));
            for (id, number) in &pairs {
                prop_assert!(*number < 1 << 53);
                prop_assert_eq!(store.aliased(&[*number]), [Some(*id)]);
            }
            if let Some(before) = numbered.replace(pairs) {
                prop_assert_eq!(Some(before), numbered.clone());
            }
        }
    }

    #[test]
    fn what_one_window_shows_is_what_its_files_say(steps in prop::collection::vec(step(), 1..24)) {
        let files = carry_out(&steps);
        let all: Vec<&Flush> = files.iter().collect();
        let store = read(&all);
        for hit in recent(&store).hits {
            let memory = hit.memory.unwrap();
            prop_assert_eq!(store.index().memory(memory.id).unwrap(), Some(memory));
        }
    }

    #[test]
    fn every_word_of_a_memory_finds_it(
        words in prop::collection::vec("[a-z\u{e0}-\u{f6}]{2,12}", 1..12),
        noise in prop::collection::vec("[a-z]{2,8}", 0..12),
    ) {
        let mut store = store(1);
        let id = keep(&mut store, vec![told("title", &words.join(" "))], NOW)[0];
        keep(&mut store, vec![told("noise", &noise.join(" "))], NOW);
        for word in &words {
            let found = search(&store, word);
            prop_assert!(found.hits.iter().any(|hit| hit.id == id), "{word}");
        }
    }

    #[test]
    fn no_query_is_an_error(text in "\\PC{0,60}|[\"*()^:{}a-z ]{0,40}", is_prefix in any::<bool>()) {
        let mut store = store(1);
        keep(&mut store, vec![told("a b c", "AND OR NOT NEAR")], NOW);
        let query = recollect_core::Query::parse(&text, is_prefix);
        store
            .index()
            .search(&Search {
                query,
                format: Format::Full,
                ..Search::default()
            })
            .unwrap();
    }

    #[test]
    fn no_bytes_make_the_decoder_panic_or_forge(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        let decoded = segment::decode(&bytes);
        prop_assert!(decoded.records.is_empty());
        prop_assert!(!decoded.is_whole);
    }
}
