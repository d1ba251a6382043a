//! Ids as people and models give them: whole, or by their first digits.

#![allow(clippy::unwrap_used)]

use crate::common::*;

use recollect_core::{Error, RecordId, Store, UnixMillis};

/// A store with one memory made at each of these moments.
fn with_memories_at(moments: &[i64]) -> (Store, Vec<RecordId>) {
    let mut store = store(1);
    for moment in moments {
        keep(
            &mut store,
            vec![told("Use tabs", &moment.to_string())],
            UnixMillis(*moment),
        );
    }
    let mut ids: Vec<RecordId> = recent(&store).hits.iter().map(|hit| hit.id).collect();
    ids.sort();
    (store, ids)
}

const DAY: i64 = 86_400_000;

#[test]
fn the_first_digits_of_an_id_do_where_no_other_begins_so() {
    let (mut store, ids) = with_memories_at(&[NOW.0, NOW.0 + DAY]);
    for id in ids {
        let whole = id.to_string();
        let short = store.short_id(id);
        assert_eq!(short, whole[..8]);
        for text in [&short, &whole, &whole[..13], &whole.replace('-', "")] {
            assert_eq!(store.id_of("id", text).unwrap(), Some(id), "{text}");
        }
    }
}

#[test]
fn ids_of_one_moment_have_longer_short_forms() {
    let (mut store, ids) = with_memories_at(&[NOW.0, NOW.0 + 1, NOW.0 + DAY]);
    let shorts: Vec<String> = ids.iter().map(|id| store.short_id(*id)).collect();
    assert!(shorts[0].len() > 8 && shorts[1].len() > 8, "{shorts:?}");
    assert_eq!(shorts[2].len(), 8);
    for (short, id) in shorts.iter().zip(&ids) {
        assert_eq!(store.id_of("id", short).unwrap(), Some(*id), "{short}");
    }
    let common = &shorts[0][..8];
    let refused = store.id_of("id", common).unwrap_err();
    assert!(matches!(refused, Error::InvalidInput { field: "id", .. }));
    assert!(
        refused.to_string().contains("more of its characters"),
        "{refused}"
    );
}

#[test]
fn a_beginning_of_nothing_is_no_id() {
    let (mut store, ids) = with_memories_at(&[NOW.0]);
    assert_eq!(store.id_of("id", "ffffffff").unwrap(), None);
    for wrong in ["", "x", "0199f30", "m1", &format!("{}0", ids[0])] {
        assert!(store.id_of("id", wrong).is_err(), "{wrong}");
    }
    let unknown = [String::from("ffffffff"), ids[0].to_string()];
    assert_eq!(store.ids_of("ids", &unknown).unwrap(), ids);
    assert!(matches!(
        store.known_ids_of("ids", &unknown),
        Err(Error::Unknown { field: "ids" })
    ));
}
