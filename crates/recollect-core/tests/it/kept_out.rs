//! That no way into the store lets through what is private or secret.
//!
//! Every secret is drawn at run time, so that this file holds none.

#![allow(clippy::unwrap_used, missing_docs)]

use crate::common;
use crate::secrets::cases;

use cases::{Random, cases, unescaped};
use common::*;
use proptest::prelude::*;
use recollect_core::derive::commit::Commit;
use recollect_core::derive::note::Note;
use recollect_core::intake::admit::Draft;
use recollect_core::intake::privacy::TAGS;
use recollect_core::log::record::{
    Body, Context, ContextItem, Edit, Event, Fact, Origin, Session, SessionEnd, Summary, Trust,
};
use recollect_core::{Appended, Project, RecordId, Store};
use serde_json::{Map, json};

/// Every field of every kind that can hold a text, most with others that can be
/// kept, since what is too long or blank keeps the whole record out.
fn drafts(text: &str) -> Vec<Draft> {
    let some = || Some(text.to_owned());
    let list = || vec![text.to_owned()];
    let metadata = || {
        let value = json!({ text: text, "deep": [{ "list": [text] }], text.len().to_string(): 1 });
        value.as_object().unwrap().clone()
    };
    let context = |item| Body::Context(Context { item });
    let mut long = observation("title", text);
    long.subtitle = some();
    long.facts = list();
    let mut short = common::observation(text, "narrative");
    short.files_read = list();
    short.files_modified = list();
    short.commit = some();
    let mut labelled = observation("labels", "");
    labelled.concepts = list();
    let summary = Summary {
        request: Some("request".into()),
        ..Summary::default()
    };
    let event = Event {
        is_cut: false,
        event_type: "test_run".into(),
        file: None,
        content: None,
        metadata: metadata(),
    };
    let bodies = vec![
        Body::Observation(long),
        Body::Observation(short),
        Body::Observation(labelled),
        Body::Summary(Summary {
            request: some(),
            investigated: some(),
            learned: some(),
            completed: some(),
            next_steps: some(),
            notes: some(),
            facts: list(),
            files: list(),
            ..Summary::default()
        }),
        Body::Summary(Summary {
            concepts: list(),
            ..summary
        }),
        Body::Event(Event {
            event_type: text.to_owned(),
            ..event.clone()
        }),
        Body::Event(Event {
            file: some(),
            content: some(),
            ..event
        }),
        Body::Fact(Fact {
            key: "k".into(),
            value: text.to_owned(),
            metadata: metadata(),
            ttl_seconds: None,
        }),
        Body::Fact(Fact {
            key: text.to_owned(),
            value: "v".into(),
            ..Fact::default()
        }),
        Body::Session(Session {
            source: some(),
            user: some(),
            ide: some(),
            title: some(),
        }),
        Body::SessionEnd(SessionEnd {
            session: text.to_owned(),
            statistics: Map::new(),
        }),
        Body::SessionEnd(SessionEnd {
            session: "s".into(),
            statistics: metadata(),
        }),
        context(ContextItem::Search {
            query: text.to_owned(),
        }),
        context(ContextItem::Decision {
            text: text.to_owned(),
        }),
        context(ContextItem::File {
            path: text.to_owned(),
            importance: 0.5,
        }),
        context(ContextItem::Memory {
            id: text.to_owned(),
            key: text.to_owned(),
        }),
    ];
    let mut drafts: Vec<Draft> = bodies.into_iter().map(draft).collect();
    drafts.extend(origins(text).into_iter().map(|origin| Draft {
        origin: Some(origin),
        ..told("placed", "elsewhere")
    }));
    drafts
}

/// Every field of an origin that can hold a text.
fn origins(text: &str) -> Vec<Origin> {
    let named = |id: &str, name: &str| Origin {
        project: Project {
            id: id.to_owned(),
            name: name.to_owned(),
        },
        ..origin()
    };
    vec![
        named(text, "app"),
        named("file:///a/app", text),
        in_session(text),
        Origin {
            workspace: Some(text.to_owned()),
            ..origin()
        },
    ]
}

/// An edit of each text that can be edited.
fn edits(of: RecordId, text: &str) -> Vec<Draft> {
    let none = Edit {
        is_pinned: Some(true),
        ..Edit::of(of)
    };
    let bodies = [
        Edit {
            title: Some(text.to_owned()),
            ..none.clone()
        },
        Edit {
            subtitle: Some(text.to_owned()),
            ..none.clone()
        },
        Edit {
            narrative: Some(text.to_owned()),
            ..none.clone()
        },
        Edit {
            facts: Some(vec![text.to_owned()]),
            ..none.clone()
        },
        Edit {
            concepts: Some(vec![text.to_owned()]),
            ..none
        },
    ];
    let draft = |edit| Draft {
        at: None,
        origin: None,
        body: Body::Edit(edit),
    };
    bodies.into_iter().map(draft).collect()
}

/// Puts a text into a store in every way there is; gives the bytes for the host.
fn stored(text: &str) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut take = |store: &mut Store| {
        for file in flush(store, NOW) {
            bytes.extend(file.bytes);
        }
    };
    let mut target = store(1);
    let edited = keep(&mut target, vec![told("title", "narrative")], NOW)[0];
    for draft in drafts(text).into_iter().chain(edits(edited, text)) {
        // What is too long for its field is refused, which keeps it out as well.
        let _ = target.append(vec![draft], NOW);
    }
    let _ = target.append(vec![prompt("s", 1, text)], NOW);
    let note = Note {
        text: text.to_owned(),
        title: Some(text.to_owned()),
        file: Some(text.to_owned()),
        ..Note::default()
    };
    let _ = target.remember(note, origin(), NOW);
    let untitled = Note {
        text: text.to_owned(),
        ..Note::default()
    };
    let _ = target.remember(untitled, origin(), NOW);
    let commit = Commit {
        hash: "1a2b3c4d5e6f".into(),
        message: text.to_owned(),
        files: vec![text.to_owned(), "a.rs".into()],
        ..Commit::default()
    };
    target
        .learn(&Project::of(None, "file:///a"), vec![commit], NOW)
        .unwrap();
    take(&mut target);

    let lines = foreign(text);
    for (seed, trust) in [(3, Trust::High), (4, Trust::Low)] {
        let mut other = store(seed);
        other.import_lines(&lines, trust, NOW).unwrap();
        take(&mut other);
    }
    bytes
}

/// A file that somebody else wrote, with the text in every string: each record as
/// it is, with a key that nobody knows, and as a kind that nobody knows.
fn foreign(text: &str) -> String {
    let mut clean = store(2);
    let edited = keep(&mut clean, vec![told("title", "narrative")], NOW)[0];
    clean.append(drafts("SLOT"), NOW).unwrap();
    clean.append(edits(edited, "SLOT"), NOW).unwrap();
    let escaped = json!(text).to_string();
    let mut lines = String::new();
    for file in flush(&mut clean, NOW) {
        for line in clean.export_lines(&file.bytes).unwrap() {
            let line = line.replace("SLOT", &escaped[1..escaped.len() - 1]);
            let unknown = line.replacen('{', &format!("{{\"extra\":{escaped},"), 1);
            let id = &line[7..43];
            let other = if id.ends_with('0') { "1" } else { "0" };
            let newer = unknown
                .replace("\"k\":\"", "\"k\":\"new_")
                .replace(id, &format!("{}{other}", &id[..35]));
            lines.push_str(&format!("{line}\n{unknown}\n{newer}\n"));
        }
    }
    lines
}

#[test]
fn every_way_in_is_open_to_what_is_harmless() {
    let mut target = store(1);
    let edited = keep(&mut target, vec![told("title", "narrative")], NOW)[0];
    target.append(drafts("harmless"), NOW).unwrap();
    target.append(edits(edited, "harmless"), NOW).unwrap();
    let lines = foreign("harmless");
    let report = target.import_lines(&lines, Trust::High, NOW).unwrap();
    assert_eq!(report.refused, []);
    assert_eq!(report.pending * 3, lines.lines().count() * 2);
}

#[test]
fn a_file_of_which_nothing_is_kept_is_found_at_any_depth() {
    let metadata = [
        json!({ "open": [{ "path": "/h/.env", "lines": 3 }, { "path": "/h/a.rs" }] }),
        json!({ "open": { "deep": [[{ "documentUri": "file:///h/%2Eenv" }]] } }),
        json!({ "recent": ["a.rs", "/h/.env", ["/h/.ssh/config"]] }),
        json!({ "counts": { "/h/.env": 3, "a.rs": 1 } }),
        json!({ "note": "/h/.env" }),
        json!({ "a": { "b": { "c": { "file_path": "C:\\h\\.ENV" } } } }),
        json!({ "tabs": "a.rs\n/h/.env" }),
    ];
    for metadata in metadata {
        let metadata = metadata.as_object().unwrap();
        let bodies = [
            Body::Event(Event {
                event_type: "edit".into(),
                metadata: metadata.clone(),
                ..Event::default()
            }),
            Body::Fact(Fact {
                key: "k".into(),
                value: "v".into(),
                metadata: metadata.clone(),
                ttl_seconds: None,
            }),
            Body::SessionEnd(SessionEnd {
                session: "s".into(),
                statistics: metadata.clone(),
            }),
        ];
        for body in bodies {
            let mut store = store(1);
            let appended = store.append(vec![draft(body)], NOW).unwrap();
            assert!(
                matches!(appended[..], [Appended::Pending(_)]),
                "{metadata:?}"
            );
            for file in flush(&mut store, NOW) {
                let written = String::from_utf8_lossy(&file.bytes).to_lowercase();
                let found = [".env", "%2eenv", ".ssh"]
                    .iter()
                    .find(|name| written.contains(**name));
                assert_eq!(found, None, "{metadata:?}");
            }
        }
    }
}

#[test]
fn what_names_something_is_one_clean_line() {
    let hostile = "build\u{1b}]0;x\u{7}\u{2028}[m2] do\r\nthis\u{202e}\u{200b}\u{e0041}";
    let mut store = store(1);
    store.append(drafts(hostile), NOW).unwrap();
    let mut lines = 0;
    for file in flush(&mut store, NOW) {
        for line in String::from_utf8_lossy(&file.bytes).lines() {
            lines += 1;
            let is_hidden = |c: char| recollect_core::clean::is_hidden(c);
            assert!(!line.contains(is_hidden), "{line:?}");
            for escape in ["\\u00", "\\r", "\\t", "\\f"] {
                assert!(!line.contains(escape), "{line}");
            }
            // Whole stories keep their lines; what names something has one.
            for name in [
                "title", "type", "key", "file", "session", "source", "user", "name", "concepts",
            ] {
                let value = format!("\"{name}\":\"build");
                if let Some(at) = line.find(&value) {
                    let value = &line[at + value.len()..];
                    let end = value.find('"').unwrap();
                    assert!(!value[..end].contains("\\n"), "{name} in {line}");
                }
            }
        }
    }
    assert!(lines > 20);
}

#[test]
fn half_a_secret_is_in_no_title() {
    let mut random = Random::new(9);
    let secret = format!("{}{}", ["gh", "p_"].concat(), random.word(36));
    for before in 60..130 {
        let text = format!(
            "{}{secret} and on",
            "word ".repeat(30).get(..before).unwrap()
        );
        let mut store = store(1);
        let note = Note {
            text: text.clone(),
            ..Note::default()
        };
        store.remember(note, origin(), NOW).unwrap();
        store
            .append(vec![told("", &text), prompt("s", 1, &text)], NOW)
            .unwrap();
        for file in flush(&mut store, NOW) {
            let written = String::from_utf8_lossy(&file.bytes).into_owned();
            assert!(!written.contains(&secret[..12]), "behind {before}");
        }
    }
}

fn check_kept_out(text: &str, needle: &str) {
    let bytes = stored(text);
    let written = String::from_utf8_lossy(&bytes);
    let line = written
        .lines()
        .find(|line| line.contains(needle) || unescaped(line).contains(&unescaped(needle)));
    assert!(line.is_none(), "{needle} of {text:?} is in {line:?}");
}

#[test]
fn a_cut_leaves_no_half_of_a_secret() {
    let mut random = Random::new(5);
    let secret = format!("{}{}", ["gh", "p_"].concat(), random.word(36));
    for end in 1..secret.len() {
        let before =
            |limit: usize| format!("{} ", "a ".repeat(limit)[..limit - end - 1].trim_end());
        let title = format!("{}{secret}{}", before(500), " b".repeat(20));
        let text = format!("{}{secret}{}", before(64 * 1_024 - 10), " b".repeat(200));
        let mut store = store(1);
        store
            .capture(vec![told(&title, "story"), prompt("s", 1, &text)], NOW)
            .unwrap();
        for file in flush(&mut store, NOW) {
            assert!(
                !String::from_utf8_lossy(&file.bytes).contains(&secret[..12]),
                "at {end}"
            );
        }
    }
}

/// Ninety-six texts, or as many as `PROPTEST_CASES` names.
fn config() -> ProptestConfig {
    let named = std::env::var_os("PROPTEST_CASES").is_some();
    let config = ProptestConfig {
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    let cases = if named { config.cases } else { 96 };
    ProptestConfig { cases, ..config }
}

proptest! {
    #![proptest_config(config())]

    /// Invariant I15.
    #[test]
    fn nothing_private_and_no_secret_reaches_the_host(
        before in "[ a-zA-Z0-9\n.,;=\"'<>{}-]{0,40}",
        after in "[ a-zA-Z0-9\n.,;=\"'<>{}-]{0,40}",
        which in 0_usize..1_000,
        tag in 0_usize..TAGS.len(),
        is_tagged in any::<bool>(),
        is_closed in any::<bool>(),
        seed in any::<u64>(),
    ) {
        let mut random = Random::new(seed);
        let cases = cases();
        let secret = (cases[which % cases.len()].make)(&mut random);
        let tag = TAGS[tag];
        let hidden = random.word(16);
        let private = match (is_tagged, is_closed) {
            (false, _) => String::new(),
            (true, true) => format!("<{tag}>{hidden} {}</{tag}>", secret.text),
            (true, false) => format!("<{tag}>{hidden}"),
        };
        let text = format!("{before}\n{}\n{after} {private}", secret.text);
        check_kept_out(&text, &secret.needle);
        check_kept_out(&text, &hidden);
    }
}
