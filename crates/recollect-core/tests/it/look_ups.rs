//! That what something was stored under finds it, however that is typed.

#![allow(clippy::unwrap_used, missing_docs)]

use crate::common;

use common::*;
use recollect_core::log::record::{Body, Fact, Origin};
use recollect_core::{Project, UnixMillis};
use serde_json::Map;

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

/// Keys that hold what a cleaned text does not.
const KEYS: [&str; 10] = [
    "plain",
    "zero\u{200b}width",
    "two\nlines",
    "tab\tbed",
    "carriage\r\nreturn",
    "line\u{2028}end",
    "col\u{1b}[31mour",
    "over\u{202e}ride",
    "bell\u{7}",
    "tag<private>ged</private>",
];

fn fact(project: &str, key: &str) -> recollect_core::intake::admit::Draft {
    let mut draft = draft(Body::Fact(Fact {
        key: key.into(),
        value: "blue".into(),
        metadata: Map::new(),
        ttl_seconds: None,
    }));
    draft.origin = Some(Origin {
        project: Project {
            id: project.into(),
            name: project.into(),
        },
        ..origin()
    });
    draft
}

#[test]
fn a_session_is_found_by_the_key_it_was_told_under() {
    for key in KEYS {
        let mut store = store(1);
        keep(&mut store, vec![prompt(key, 1, "Mend the kettle")], NOW);
        assert!(store.index().session(key, NOW).is_ok(), "{key:?}");
        let mut asked = asked("kettle");
        asked.filter.session = Some(key.into());
        assert_eq!(store.index().search(&asked).unwrap().total, 1, "{key:?}");
        assert!(store.end_session(key, NOW).is_ok(), "{key:?}");
        assert!(store.end_session("another", NOW).is_err());
    }
}

#[test]
fn a_session_that_waits_to_be_written_is_found_as_well() {
    for key in KEYS {
        let mut store = store(2);
        store
            .append(vec![prompt(key, 1, "Mend the kettle")], NOW)
            .unwrap();
        assert!(store.end_session(key, NOW).is_ok(), "{key:?}");
    }
}

#[test]
fn a_fact_is_found_by_its_key_and_its_project() {
    for key in KEYS {
        let mut store = store(3);
        keep(&mut store, vec![fact(key, key)], NOW);
        assert_eq!(store.fact(key, key, NOW).unwrap().value, "blue", "{key:?}");
        assert!(store.fact(key, "another", NOW).is_err());
        assert!(store.project_named(key).is_some(), "{key:?}");
    }
}
