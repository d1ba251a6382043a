//! What a session amounts to.

use proptest::prelude::*;
use recollect_core::derive::observe::{Told, ToolUse, observe, summarise, summarise_with};
use recollect_core::intake::privacy::UserRules;
use recollect_core::log::record::{Event, Observation, Prompt, Summary};
use serde_json::{Map, Value, json};

fn used(name: &str, input: Value, response: Value) -> Option<Observation> {
    observe(ToolUse {
        name: name.to_owned(),
        input,
        response,
        cwd: Some("/app".to_owned()),
        ..ToolUse::default()
    })
}

fn ran(command: &str, said: &str) -> Option<Observation> {
    used(
        "Bash",
        json!({ "command": command }),
        json!({ "stdout": said }),
    )
}

fn edited(file: &str, old: &str, new: &str) -> Option<Observation> {
    let input = json!({ "file_path": file, "old_string": old, "new_string": new });
    used("Edit", input, json!({}))
}

fn asked(texts: &[&str]) -> Vec<Prompt> {
    let prompts = texts.iter().zip(1..).map(|(text, number)| Prompt {
        number,
        text: (*text).to_owned(),
        is_cut: false,
    });
    prompts.collect()
}

fn event(event_type: &str, file: Option<&str>, content: &str, metadata: Value) -> Event {
    Event {
        event_type: event_type.to_owned(),
        file: file.map(str::to_owned),
        content: (!content.is_empty()).then(|| content.to_owned()),
        metadata: metadata.as_object().cloned().unwrap_or_else(Map::new),
        is_cut: false,
    }
}

#[track_caller]
fn check(part: Option<&str>, lines: &[&str]) {
    let found: Vec<&str> = part.into_iter().flat_map(str::lines).collect();
    assert_eq!(found, lines);
}

fn fixed_session() -> Summary {
    let observations: Vec<Observation> = [
        used(
            "Read",
            json!({ "file_path": "/app/src/price.ts" }),
            json!("export function price() {\n}\n"),
        ),
        used(
            "Grep",
            json!({ "pattern": "quantity" }),
            json!("src/a.ts:1:x\nsrc/b.ts:2:y"),
        ),
        ran("npm test", "✕ counts quantities\nTests: 1 failed, 3 passed"),
        edited("/app/src/total.ts", "return a;", "return a * quantity;"),
        ran("npm test", "Tests: 4 passed"),
        ran(
            "npm run build",
            "src/x.ts(1,2): error TS1005: ';' expected.",
        ),
        used(
            "AskUserQuestion",
            json!({}),
            json!({ "answers": { "Which rounding do we want?": "Half even" } }),
        ),
        ran(
            "git commit -m 'fix: count quantities'",
            "[main 1a2b3c4] fix: count quantities",
        ),
        used(
            "TodoWrite",
            json!({ "todos": [
                { "content": "Count quantities", "status": "completed" },
                { "content": "Round the total", "status": "pending" },
            ] }),
            json!({}),
        ),
    ]
    .into_iter()
    .map(Option::unwrap)
    .collect();
    let prompts = asked(&[
        "Fix the cart total, it ignores quantities",
        "go on",
        "Also round the total to cents",
    ]);
    summarise(&prompts, &observations, &[]).unwrap()
}

#[test]
fn a_session_tells_what_was_asked_found_done_and_left() {
    let summary = fixed_session();
    check(
        summary.request.as_deref(),
        &[
            "Fix the cart total, it ignores quantities",
            "Then: Also round the total to cents",
        ],
    );
    check(
        summary.investigated.as_deref(),
        &[
            "- Searched for `quantity`: src/a.ts and src/b.ts.",
            "- Read src/price.ts, src/a.ts and src/b.ts.",
        ],
    );
    check(
        summary.learned.as_deref(),
        &[
            "- Failed and was fixed: counts quantities.",
            "- Which rounding do we want? → Half even.",
        ],
    );
    check(
        summary.completed.as_deref(),
        &[
            "- Changed `quantity` in src/total.ts.",
            "- Count quantities.",
            "- Fixed the failing tests.",
            "- Tests pass: `npm test`, 4 passed.",
            "- Committed “count quantities”.",
        ],
    );
    check(
        summary.next_steps.as_deref(),
        &[
            "- Round the total.",
            "- `npm run build` fails: src/x.ts(1,2): error TS1005: ';' expected.",
        ],
    );
    assert_eq!(
        summary.files.first().map(String::as_str),
        Some("src/total.ts")
    );
    assert_eq!(summary.facts, ["Which rounding do we want? → Half even"]);
}

#[test]
fn events_of_an_editor_alone_make_a_summary() {
    let events = [
        event("file_open", Some("src/a.ts"), "", json!({})),
        event("code_edit", Some("src/a.ts"), "", json!({})),
        event("test_run", None, "npm: test", json!({ "exitCode": 1 })),
        event("test_run", None, "npm: test", json!({ "exitCode": 0 })),
        event("git_commit", None, "Count quantities\n\nbody", json!({})),
    ];
    let summary = summarise(&[], &[], &events).unwrap();
    check(
        summary.learned.as_deref(),
        &["Failed and was fixed: npm: test."],
    );
    check(
        summary.completed.as_deref(),
        &[
            "- Changed src/a.ts; fixed the failing tests (`npm: test`).",
            "- Committed “Count quantities”.",
        ],
    );
    assert_eq!(summary.files, ["src/a.ts"]);
}

#[test]
fn a_summary_is_told_in_whole_sentences() {
    let edits = |count: usize| {
        (0..count).map(|n| event("code_edit", Some(&format!("lib/{n}.js")), "", json!({})))
    };
    let tests = |code| event("test_run", None, "unit tests", json!({ "exitCode": code }));
    let told = |events: Vec<Event>| summarise(&[], &[], &events).unwrap().completed.unwrap();
    assert_eq!(
        told(edits(2).chain([tests(1), tests(0)]).collect()),
        "Changed lib/0.js and lib/1.js; fixed the failing unit tests."
    );
    assert_eq!(
        told(vec![tests(1), tests(0)]),
        "Fixed the failing unit tests."
    );
    assert_eq!(told(vec![tests(0)]), "Tests pass: unit tests.");
    assert_eq!(
        told(edits(8).collect()),
        "Changed 0.js, 1.js, 2.js, 3.js, 4.js, 5.js and 2 more files."
    );
    let failing = summarise(&[], &[], &[tests(1)]).unwrap();
    check(failing.next_steps.as_deref(), &["Tests fail: unit tests."]);
}

#[test]
fn a_session_in_which_nothing_happened_has_no_summary() {
    assert_eq!(summarise(&[], &[], &[]), None);
    assert_eq!(summarise(&asked(&["hello"]), &[], &[]), None);
    let opened = [event("file_open", Some("a.ts"), "", json!({}))];
    assert_eq!(summarise(&[], &[], &opened), None);
}

#[test]
fn the_last_message_tells_what_is_left_and_nothing_private() {
    let prompts = asked(&["Move the queue to SQLite"]);
    let closing = "The queue is moved.\nThe load doubled because both retried.\n\
        <private>\n- next step: buy flowers\n</private>\n\
        token ghp_abcdefghijklmnopqrstuvwxyz0123456789 is not yet revoked\n\n\
        ## Next steps\n- Delete the old client\n- Measure the load\n";
    let told = Told {
        prompts: &prompts,
        closing: Some(closing),
        ..Told::default()
    };
    let summary = summarise_with(told, &UserRules::default()).unwrap();
    check(
        summary.learned.as_deref(),
        &["The load doubled because both retried."],
    );
    check(
        summary.next_steps.as_deref(),
        &[
            "- token [redacted:github-token] is not yet revoked.",
            "- Delete the old client.",
            "- Measure the load.",
        ],
    );
}

proptest! {
    #[test]
    fn any_session_is_summed_up_briefly(
        texts in prop::collection::vec("\\PC{0,80}", 0..6),
        kinds in prop::collection::vec(("(code_edit|test_run|build|git_commit|file_open)", "\\PC{0,40}", -1i64..2), 0..40),
        closing in "(\\PC|\n|next steps|# |- ){0,200}",
    ) {
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        let events: Vec<Event> = kinds
            .iter()
            .map(|(kind, text, code)| event(kind, Some(text), text, json!({ "exitCode": code })))
            .collect();
        let prompts = asked(&texts);
        let told = Told { prompts: &prompts, observations: &[], events: &events, closing: Some(&closing) };
        let summary = summarise_with(told, &UserRules::default());
        prop_assert_eq!(&summary, &summarise_with(told, &UserRules::default()));
        if let Some(summary) = summary {
            prop_assert!(json!(summary).to_string().len() < 32 * 1024);
        }
    }
}
