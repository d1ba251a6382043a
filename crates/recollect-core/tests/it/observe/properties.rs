//! What holds for every use, not only for those somebody thought of.

use proptest::prelude::*;
use recollect_core::derive::observe::{ToolUse, observe, observe_with};
use recollect_core::intake::privacy::UserRules;
use recollect_core::log::record::Observation;
use serde_json::{Value, json};

use super::golden::{cases, tool_use};

const SECRET: &str = "ghp_abcdefghijklmnopqrstuvwxyz0123456789";
const HIDDEN: &str = "zqxhidden";

/// Calls `each` with every text of a value.
fn for_each_text(value: &mut Value, each: &mut dyn FnMut(&mut String)) {
    match value {
        Value::String(text) => each(text),
        Value::Array(items) => items.iter_mut().for_each(|item| for_each_text(item, each)),
        Value::Object(entries) => entries
            .iter_mut()
            .for_each(|(_, value)| for_each_text(value, each)),
        _ => {}
    }
}

/// The use with its `position`th text changed; `None` behind the last.
fn with_text(tool_use: &ToolUse, position: usize, change: &dyn Fn(&mut String)) -> Option<ToolUse> {
    let mut changed = tool_use.clone();
    let mut at = 0;
    for value in [&mut changed.input, &mut changed.response] {
        for_each_text(value, &mut |text| {
            if at == position {
                change(text);
            }
            at += 1;
        });
    }
    (position < at).then_some(changed)
}

fn all_uses() -> Vec<ToolUse> {
    let cases = cases().into_iter().flat_map(|(_, cases)| cases);
    cases.map(|case| tool_use(&case)).collect()
}

fn told(tool_use: ToolUse) -> String {
    observe(tool_use).map_or_else(String::new, |observation| json!(observation).to_string())
}

fn insert(text: &mut String, share: usize, inserted: &str) {
    let at = text.floor_char_boundary(text.len() * share / 4);
    text.insert_str(at, inserted);
}

#[test]
fn nothing_private_and_no_secret_is_told_wherever_it_stands() {
    for tool_use in all_uses() {
        for position in 0.. {
            let inserts = [
                format!(" <private>{HIDDEN} and {HIDDEN}</private> "),
                format!("\n\n<private>\n{HIDDEN}: error: {HIDDEN}\n</private>\n\n"),
                format!(" {SECRET} "),
                format!("\nerror: token={SECRET}\n"),
            ];
            let mut is_behind = false;
            for inserted in &inserts {
                for share in 0..=4 {
                    let changed = with_text(&tool_use, position, &|text| {
                        insert(text, share, inserted);
                    });
                    let Some(changed) = changed else {
                        is_behind = true;
                        break;
                    };
                    let told = told(changed.clone());
                    assert!(
                        !told.contains(HIDDEN) && !told.contains(SECRET),
                        "{changed:?} tells {told}"
                    );
                }
            }
            // What follows a tag that is not closed is private as well.
            let unclosed = with_text(&tool_use, position, &|text| {
                insert(text, 2, "<private>");
                text.push_str(&format!("\nfn {HIDDEN}() {{\nerror: {HIDDEN}\n"));
            });
            if let Some(unclosed) = unclosed {
                let told = told(unclosed.clone());
                assert!(!told.contains(HIDDEN), "{unclosed:?} tells {told}");
            }
            if is_behind {
                break;
            }
        }
    }
}

#[test]
fn a_private_line_among_lines_hides_the_lines_behind_it() {
    let response = json!([
        { "type": "text", "text": "error: a <private>" },
        { "type": "text", "text": format!("error: {HIDDEN}") },
    ]);
    let tool_use = ToolUse {
        name: "Bash".into(),
        input: json!({ "command": "make all" }),
        response,
        ..ToolUse::default()
    };
    let told = told(tool_use);
    assert!(
        told.contains("error: a") && !told.contains(HIDDEN),
        "{told}"
    );
}

#[test]
fn a_use_that_names_a_denied_file_tells_nothing() {
    let keys = ["file_path", "filePath", "path", "notebook_path"];
    let mut count = 0;
    for tool_use in all_uses() {
        for denied in [
            "/home/ada/shop/.env.local",
            "C:\\shop\\id_rsa",
            "keys/a.PEM",
        ] {
            for key in keys {
                let mut changed = tool_use.clone();
                let Some(path) = changed.input.get_mut(key) else {
                    continue;
                };
                *path = denied.into();
                count += 1;
                assert_eq!(observe(changed), None);
            }
        }
        for command in [
            "cat < .env",
            "docker run --env-file=.env x",
            "scp -i ~/.ssh/x a b:",
            "curl -d @.env y",
        ] {
            let mut changed = tool_use.clone();
            let Some(line) = changed.input.get_mut("command") else {
                continue;
            };
            *line = command.into();
            count += 1;
            assert_eq!(observe(changed), None, "{command}");
        }
    }
    assert!(count > 100, "{count}");
}

#[test]
fn the_rules_of_a_user_hold() {
    let rules = UserRules::new(&["EMP-[0-9]{6}".to_owned()])
        .unwrap()
        .with_excluded_paths(&["payroll/**".to_owned()])
        .unwrap();
    let edit = |file: &str| ToolUse {
        name: "Edit".into(),
        input: json!({
            "file_path": file,
            "old_string": "const who = 'nobody';",
            "new_string": "const who = 'EMP-123456';",
        }),
        cwd: Some("/app".into()),
        ..ToolUse::default()
    };
    let kept = observe_with(edit("/app/src/a.ts"), &rules).unwrap();
    let told = json!(kept).to_string();
    assert!(
        !told.contains("123456") && told.contains("[redacted:custom]"),
        "{told}"
    );
    assert_eq!(observe_with(edit("/app/payroll/a.ts"), &rules), None);
}

#[track_caller]
fn check_bounds(observation: &Observation) {
    assert!(!observation.title.trim().is_empty());
    assert!(
        observation.title.chars().count() <= 100,
        "{}",
        observation.title
    );
    assert!(!observation.title.contains('\n'));
    assert!(observation.facts.len() <= 32 && observation.concepts.len() <= 32);
    let size = json!(observation).to_string().len();
    assert!(size <= 48 * 1024, "{size} bytes");
}

#[test]
fn a_huge_use_is_told_briefly() {
    let bits = [
        "<<EOF\n",
        "`",
        "fn a",
        "fn aaaa() {\n",
        "error: x\n",
        "# a\n",
        "(",
        "a.b ",
        "\u{1b}[31m",
        "*** Update File: a\n+fn x() {\n",
        "not ok 1 - a\n",
        "https://",
        "a; ",
        "{\"a\":",
        "<private",
        "because of a. ",
        "src/a.ts:1:x\n",
        "ä",
        "\"",
    ];
    for tool_use in all_uses() {
        for bit in bits {
            let huge = bit.repeat(120_000 / bit.len());
            for position in 0.. {
                let changed = with_text(&tool_use, position, &|text| text.push_str(&huge));
                let Some(changed) = changed else {
                    break;
                };
                // Not each text with each bit: they add up to minutes.
                if (position + bit.len()) % 7 == 0
                    && let Some(observation) = observe(changed)
                {
                    check_bounds(&observation);
                }
            }
        }
    }
}

const TOOLS: [&str; 20] = [
    "Read",
    "Edit",
    "MultiEdit",
    "Write",
    "NotebookEdit",
    "Bash",
    "BashOutput",
    "Grep",
    "WebFetch",
    "WebSearch",
    "Task",
    "TodoWrite",
    "ExitPlanMode",
    "AskUserQuestion",
    "runTests",
    "apply_patch",
    "get_errors",
    "list_code_usages",
    "mcp__a__create_b",
    "x",
];
const KEYS: [&str; 24] = [
    "file_path",
    "filePath",
    "path",
    "command",
    "content",
    "old_string",
    "new_string",
    "edits",
    "replacements",
    "pattern",
    "query",
    "url",
    "prompt",
    "plan",
    "todos",
    "answers",
    "stdout",
    "stderr",
    "text",
    "result",
    "exitCode",
    "filenames",
    "originalFile",
    "input",
];

fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~\n\t]{0,60}",
        "\\PC{0,20}",
        "(fn |class |error: |test |--- FAIL: |\\*\\*\\* Update File: |<<|&& |git commit -m |'|\"|`|\n|/|\\\\|:|→|#|//|[a-z]{1,5}){0,14}",
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        4 => text().prop_map(Value::from),
        1 => any::<i64>().prop_map(Value::from),
        1 => Just(Value::Null),
        1 => any::<bool>().prop_map(Value::from),
    ];
    leaf.prop_recursive(3, 20, 5, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::vec((prop::sample::select(&KEYS[..]), inner), 0..6).prop_map(
                |entries| entries
                    .into_iter()
                    .map(|(key, value)| (key.to_owned(), value))
                    .collect::<serde_json::Map<_, _>>()
                    .into()
            ),
        ]
    })
}

proptest! {
    #[test]
    fn any_use_is_told_the_same_each_time_and_briefly(
        name in prop::sample::select(&TOOLS[..]),
        input in value(),
        response in value(),
        cwd in prop::option::of("[/a-zA-Z:\\\\.]{0,12}"),
        prompt in prop::option::of(text()),
    ) {
        let tool_use = ToolUse { name: name.to_owned(), input, response, cwd, roots: Vec::new(), prompt, prompt_number: Some(3) };
        let first = observe(tool_use.clone());
        prop_assert_eq!(&first, &observe(tool_use));
        if let Some(observation) = first {
            check_bounds(&observation);
            prop_assert_eq!(observation.prompt_number, Some(3));
        }
    }
}
