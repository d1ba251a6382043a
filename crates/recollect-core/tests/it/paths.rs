//! Files of which nothing is captured, whatever their paths look like.

#![allow(clippy::unwrap_used, missing_docs)]

use crate::common;

use common::*;
use proptest::prelude::*;
use recollect_core::derive::commit::Commit;
use recollect_core::derive::note::Note;
use recollect_core::intake::admit::Draft;
use recollect_core::intake::privacy::{UserRules, path::is_denied};
use recollect_core::log::record::{Body, Context, ContextItem, Event, Summary};
use recollect_core::{Appended, Project, Store};
use serde_json::json;

const DENIED: &[&str] = &[
    ".env",
    ".env.local",
    ".envrc",
    "server.pem",
    "tls/server.KEY",
    "a.p12",
    "a.pfx",
    "release.jks",
    "id_rsa",
    "id_rsa.pub",
    "id_ed25519_work",
    ".npmrc",
    ".pypirc",
    ".netrc",
    ".git-credentials",
    "kubeconfig",
    "terraform.tfstate",
    "terraform.tfstate.backup",
    "secrets.yaml",
    "SECRETS.JSON",
    ".aws/config",
    "/home/me/.ssh/known_hosts",
    ".gnupg",
    "C:\\Users\\me\\.AWS\\credentials",
    "a\\b\\.Env",
    "file:///home/me/app/.env",
    "file:///c%3A/app/%2Eenv",
    "file:///a/%252Eenv",
    "vscode-remote://ssh-remote%2Bhost/app/.env?x=1#L2",
    "git:/app/.env?{\"ref\":\"HEAD\"}",
    "src/.env:12:3",
    " .env ",
    ".env.",
    ".env~",
    ".env::$DATA",
    ".env/bin/activate",
    ".env.example.local",
];

const ALLOWED: &[&str] = &[
    "",
    "src/main.rs",
    ".env.example",
    "app/.ENV.Sample",
    ".env.template",
    "environment.ts",
    "env",
    "src/env.rs",
    "my.environment",
    "key.rs",
    "keys",
    "monkey",
    "pem.txt",
    "secrets",
    "secrets/mod.rs",
    "aws/config",
    "ssh/config",
    "tfstate.md",
    "http://localhost:8080/a%20b",
];

#[test]
fn files_of_the_list_are_denied_however_they_are_spelled() {
    for path in DENIED {
        assert!(is_denied(path), "{path}");
    }
    for path in ALLOWED {
        assert!(!is_denied(path), "{path}");
    }
}

fn rules(globs: &[&str]) -> UserRules {
    let globs: Vec<String> = globs.iter().map(|&glob| glob.to_owned()).collect();
    UserRules::default().with_excluded_paths(&globs).unwrap()
}

#[test]
fn a_user_adds_patterns_of_paths() {
    for (glob, denied, allowed) in [
        (
            "*.sql",
            &["a.sql", "db/A.SQL", "file:///x/a.sql"][..],
            &["a.sql.md", "sql"][..],
        ),
        (
            "drafts/",
            &["drafts/a.md", "x/drafts/b/c", "drafts"],
            &["drafts.md", "mydrafts/a"],
        ),
        (
            "docs/*.md",
            &["docs/a.md", "/w/docs/a.md"],
            &["docs/a/b.md", "mydocs/a.md"],
        ),
        (
            "docs/**/*.md",
            &["docs/a.md", "docs/a/b/c.md"],
            &["docs/a.txt", "a.md"],
        ),
        ("**/tmp/**", &["tmp/a", "a/tmp/b/c"], &["tmpfile", "a/tmp"]),
        (
            "a?c.{js,ts}",
            &["abc.js", "axc.ts"],
            &["ac.js", "abc.rs", "a/c.js"],
        ),
        ("{a,b{1,2}}.x", &["a.x", "b1.x", "b2.x"], &["b.x", "b3.x"]),
        (
            "internal\\notes.txt",
            &["internal/notes.txt", "C:\\internal\\NOTES.txt"],
            &["notes.txt"],
        ),
    ] {
        let rules = rules(&[glob]);
        for path in denied {
            assert!(rules.denies(path), "{glob} and {path}");
        }
        for path in allowed {
            assert!(!rules.denies(path), "{glob} and {path}");
        }
        assert!(rules.denies(".env"), "the list stays");
    }
}

#[test]
fn a_wrong_pattern_is_named() {
    let nested = "{a,b}".repeat(10);
    let long = "a".repeat(257);
    for (globs, problem) in [
        (vec!["ok", "{a"], "pattern 2 has a `{` without its `}`"),
        (vec!["a}"], "pattern 1 has a `}` without its `{`"),
        (vec![" "], "pattern 1 is empty"),
        (vec!["**/*"], "pattern 1 matches every file"),
        (vec![&*nested], "pattern 1 has too many alternatives"),
        (vec![&*long], "pattern 1 has more than 256 bytes"),
        (vec!["a"; 65], "65 patterns, more than the 64"),
    ] {
        let globs: Vec<String> = globs.into_iter().map(str::to_owned).collect();
        let error = UserRules::default()
            .with_excluded_paths(&globs)
            .unwrap_err();
        assert!(error.to_string().contains(problem), "{error}");
    }
}

/// What is appended, and whether any byte for the host names the file.
fn stored(store: &mut Store, draft: Draft) -> (Appended, String) {
    let appended = store.append(vec![draft], NOW).unwrap().remove(0);
    let files = flush(store, NOW);
    let bytes: Vec<u8> = files.into_iter().flat_map(|file| file.bytes).collect();
    (appended, String::from_utf8(bytes).unwrap())
}

#[test]
fn nothing_about_a_denied_file_is_kept() {
    let event = |file: Option<&str>, metadata: serde_json::Value| {
        draft(Body::Event(Event {
            is_cut: false,
            event_type: "file_open".into(),
            file: file.map(str::to_owned),
            content: Some("content".into()),
            metadata: metadata.as_object().unwrap().clone(),
        }))
    };
    let context = Context {
        item: ContextItem::File {
            path: "/a/id_rsa".into(),
            importance: 0.5,
        },
    };
    let mut only = observation("title", "story");
    only.files_read = vec![".env".into()];
    only.files_modified = vec!["a/secrets.json".into()];
    for draft in [
        event(Some("/app/.env"), json!({})),
        event(Some("/app/.e<private>x</private>nv"), json!({})),
        event(None, json!({ "filePath": "/app/.env" })),
        draft(Body::Context(context)),
        draft(Body::Observation(only)),
    ] {
        let mut store = store(1);
        let (appended, bytes) = stored(&mut store, draft.clone());
        assert_eq!(
            (appended, bytes.as_str()),
            (Appended::Private, ""),
            "{draft:?}"
        );
    }

    let mut listed = store(1);
    let files = json!({ "files": ["src/a.rs", "app/.env"], "paths": ["/a/id_rsa"], "exitCode": 0 });
    let (appended, bytes) = stored(&mut listed, event(None, files));
    assert!(matches!(appended, Appended::Pending(_)));
    assert!(bytes.contains(r#"["src/a.rs"]"#) && bytes.contains(r#""exitCode":0"#));
    assert!(!bytes.contains(".env") && !bytes.contains("id_rsa"));

    let mut store = store(1);
    let mut mixed = observation("title", "story");
    mixed.files_read = vec![".env".into(), "src/a.rs".into()];
    let (appended, bytes) = stored(&mut store, draft(Body::Observation(mixed)));
    assert!(matches!(appended, Appended::Pending(_)));
    assert!(bytes.contains("src/a.rs") && !bytes.contains(".env"));
    let summary = Summary {
        learned: Some("it works".into()),
        files: vec!["secrets.yaml".into(), "b.rs".into()],
        ..Summary::default()
    };
    let (_, bytes) = stored(&mut store, draft(Body::Summary(summary)));
    assert!(bytes.contains("b.rs") && !bytes.contains("secrets.yaml"));
    let (appended, _) = stored(&mut store, event(Some("/app/.env.example"), json!({})));
    assert!(matches!(appended, Appended::Pending(_)));
}

#[test]
fn selections_commits_and_patterns_of_the_user_obey_too() {
    let mut store = store(1);
    let note = |file: &str| Note {
        text: "a selection".into(),
        file: Some(file.into()),
        ..Note::default()
    };
    let remembered = store.remember(note("/app/.env"), origin(), NOW).unwrap();
    assert_eq!(remembered, Appended::Private);
    let commit = |hash: &str, files: &[&str]| Commit {
        hash: hash.into(),
        message: "change something".into(),
        files: files.iter().map(|&file| file.to_owned()).collect(),
        ..Commit::default()
    };
    let commits = vec![commit("1a2b", &[".env"]), commit("3c4d", &[".env", "a.rs"])];
    let project = Project::of(None, "file:///a");
    let learned = store.learn(&project, commits, NOW).unwrap();
    // The message stays, without the name of the file.
    assert_eq!((learned.pending, learned.skipped), (2, 0));
    store.set_user_rules(rules(&["*.draft"]));
    let remembered = store.remember(note("b.draft"), origin(), NOW).unwrap();
    assert_eq!(remembered, Appended::Private);
    let files = flush(&mut store, NOW);
    let bytes: Vec<u8> = files.into_iter().flat_map(|file| file.bytes).collect();
    assert!(!String::from_utf8(bytes).unwrap().contains(".env"));
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_denied_file_is_denied_in_any_folder_and_spelling(
        folder in "[a-zA-Z0-9 _.+%-]{0,12}",
        which in 0..DENIED.len(),
        is_upper in any::<bool>(),
        separator in prop::sample::select(vec!["/", "\\", "//"]),
    ) {
        let name = DENIED[which].trim();
        let name = if is_upper { name.to_uppercase() } else { name.to_owned() };
        let path = format!("{folder}{separator}{name}");
        prop_assert!(is_denied(&path), "{}", path);
    }

    #[test]
    fn no_pattern_and_no_path_brings_it_down(glob in "[a*?/{},.\\\\]{0,40}", path in any::<String>()) {
        if let Ok(rules) = UserRules::default().with_excluded_paths(&[glob]) {
            let _ = rules.denies(&path);
        }
    }
}
