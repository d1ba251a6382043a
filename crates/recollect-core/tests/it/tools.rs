//! Uses of tools, as a host hands them in.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, flush, in_session, keep, prompt, recent, search, store};
use recollect_core::derive::observe::ToolUse;
use recollect_core::log::record::Provenance;
use recollect_core::{Appended, Store, UnixMillis};
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

/// A use of a terminal in a folder of a repository at `/w/app`.
fn runs(command: &str, folder: &str, response: serde_json::Value) -> ToolUse {
    ToolUse {
        name: "Bash".to_owned(),
        input: json!({ "command": command, "description": "Checks the parser only" }),
        response,
        cwd: Some(folder.to_owned()),
        roots: vec!["/w/app".to_owned()],
        ..ToolUse::default()
    }
}

fn passes() -> serde_json::Value {
    json!({ "stdout": "12 passed", "stderr": "", "exitCode": 0 })
}

#[test]
fn a_command_that_worked_is_one_memory_however_often_it_runs() {
    let mut store = store(1);
    let line = "cargo test -p parser";
    let day = 24 * 60 * 60 * 1_000;
    let run = |store: &mut Store, folder: &str, now: UnixMillis| {
        let used = runs(line, folder, passes());
        let taken = store.command_worked(used, in_session("abc"), now).unwrap();
        flush(store, now);
        taken.is_some()
    };
    assert!(run(&mut store, "/w/app/crates", NOW));
    assert!(!run(
        &mut store,
        "/w/app/crates",
        UnixMillis(NOW.0 + 60_000)
    ));
    assert!(run(&mut store, "/w/app/crates", UnixMillis(NOW.0 + day)));
    // What it is run in is part of it.
    assert!(run(&mut store, "/w/app", NOW));
    let found = search(&store, "parser type:command");
    assert_eq!(found.hits.len(), 2);
    for hit in &found.hits {
        assert_eq!(hit.title, "Checks the parser only: `cargo test -p parser`");
        assert_eq!(hit.memory_type.as_deref(), Some("command"));
        assert_eq!(hit.session, None);
    }
    let newest = found.hits.iter().map(|hit| hit.at.0).max();
    assert_eq!(newest, Some(NOW.0 + day));
    let ids: Vec<_> = found.hits.iter().map(|hit| hit.id).collect();
    let told: Vec<String> = store
        .get(&ids)
        .unwrap()
        .into_iter()
        .map(|memory| memory.text())
        .collect();
    assert!(
        told.iter().all(|text| text.contains("Exit code 0")),
        "{told:?}"
    );
    assert!(
        told.iter().any(|text| text.contains("Folder: crates")),
        "{told:?}"
    );
}

#[test]
fn what_failed_looked_around_or_was_forgotten_is_no_command_that_worked() {
    let mut store = store(1);
    let failed = json!({ "stdout": "1 failed", "stderr": "", "exitCode": 1 });
    for (command, response) in [
        ("cargo test", failed),
        ("ls -la", passes()),
        ("git commit -m x", passes()),
        (
            "cargo build && cat log.txt | head",
            json!({ "stdout": "error: no", "stderr": "" }),
        ),
    ] {
        let used = runs(command, "/w/app", response);
        let taken = store.command_worked(used, in_session("abc"), NOW).unwrap();
        assert_eq!(taken, None, "{command}");
    }
    let used = || runs("make docs", "/w/app", passes());
    let taken = store
        .command_worked(used(), in_session("abc"), NOW)
        .unwrap();
    let Some(Appended::Pending(id)) = taken else {
        panic!("{taken:?}");
    };
    flush(&mut store, NOW);
    store.forget(&[id], NOW).unwrap();
    flush(&mut store, NOW);
    let again = store
        .command_worked(used(), in_session("abc"), NOW)
        .unwrap();
    assert_eq!(again, None);
}
