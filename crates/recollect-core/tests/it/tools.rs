//! Uses of tools, as a host hands them in.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, flush, in_session, keep, prompt, recent, search, store};
use recollect_core::derive::observe::ToolUse;
use recollect_core::log::record::Provenance;
use recollect_core::{Appended, Store};
use serde_json::json;

fn installs() -> ToolUse {
    ToolUse {
        name: "Bash".to_owned(),
        input: json!({ "command": "npm install zod" }),
        response: json!({ "stdout": "added 1 package", "stderr": "" }),
        ..ToolUse::default()
    }
}

fn observe(store: &mut Store, tool_use: ToolUse) -> Option<Appended> {
    store.observe(tool_use, in_session("abc"), NOW).unwrap()
}

#[test]
fn a_use_of_a_tool_becomes_an_observation() {
    let mut store = store(1);
    let observed = observe(&mut store, installs());
    assert!(matches!(observed, Some(Appended::Pending(_))));
    flush(&mut store, NOW);
    let found = search(&store, "zod");
    assert_eq!(found.hits[0].title, "Added the dependency `zod`");
    assert_eq!(found.hits[0].provenance, Provenance::Tool);
    assert_eq!(found.hits[0].session.as_deref(), Some("abc"));
}

#[test]
fn a_use_that_says_nothing_leaves_nothing() {
    let mut store = store(1);
    let looks = ToolUse {
        name: "Bash".to_owned(),
        input: json!({ "command": "pwd" }),
        response: json!({ "stdout": "/a/app", "stderr": "" }),
        ..ToolUse::default()
    };
    assert_eq!(observe(&mut store, looks), None);
    assert!(flush(&mut store, NOW).is_empty());
}

#[test]
fn nothing_that_follows_from_a_private_prompt_is_stored() {
    let mut store = store(1);
    keep(
        &mut store,
        vec![prompt("abc", 1, "<private>the merger</private>")],
        NOW,
    );
    assert!(store.is_prompt_private("abc", None));
    assert!(!store.is_prompt_private("other", None));
    assert_eq!(observe(&mut store, installs()), Some(Appended::Private));
    assert!(flush(&mut store, NOW).is_empty());
    keep(
        &mut store,
        vec![prompt("abc", 2, "and add zod, please")],
        NOW,
    );
    assert!(!store.is_prompt_private("abc", None));
    assert!(store.is_prompt_private("abc", Some(1)));
    let late = ToolUse {
        prompt_number: Some(1),
        ..installs()
    };
    assert_eq!(observe(&mut store, late), Some(Appended::Private));
    assert!(matches!(
        observe(&mut store, installs()),
        Some(Appended::Pending(_))
    ));
    flush(&mut store, NOW);
    assert_eq!(recent(&store).total, 2);
}
