//! Uses as hosts tell them, and what each of them becomes.
//!
//! A case has a name, the use, and what is expected: an observation, or `null`
//! for what says nothing. With `UPDATE_GOLDEN=1` in the environment the files
//! are written anew, to be formatted with `prettier --write`; the difference is
//! then to be read, line by line: would its user be glad to find exactly this in
//! a year?

use recollect_core::derive::observe::{ToolUse, observe};
use serde_json::{Value, json};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/it/observe/cases");

pub fn tool_use(case: &Value) -> ToolUse {
    let text = |key: &str| case.get(key).and_then(Value::as_str).map(str::to_owned);
    ToolUse {
        name: text("tool").unwrap_or_default(),
        input: case.get("input").cloned().unwrap_or(Value::Null),
        response: case.get("response").cloned().unwrap_or(Value::Null),
        cwd: Some(text("cwd").unwrap_or_else(|| "/home/ada/shop".to_owned())),
        roots: Vec::new(),
        prompt: text("prompt"),
        prompt_number: None,
    }
}

/// The files of cases, and what each holds.
pub fn cases() -> Vec<(std::path::PathBuf, Vec<Value>)> {
    let mut files: Vec<_> = std::fs::read_dir(FOLDER)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    files
        .into_iter()
        .map(|path| {
            let text = std::fs::read_to_string(&path).unwrap();
            let cases = serde_json::from_str(&text)
                .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
            (path, cases)
        })
        .collect()
}

fn found(case: &Value) -> Value {
    observe(tool_use(case)).map_or(Value::Null, |observation| json!(observation))
}

#[test]
fn each_use_becomes_what_is_worth_finding_again() {
    let is_update = std::env::var_os("UPDATE_GOLDEN").is_some();
    let mut wrong = Vec::new();
    let mut count = 0;
    for (path, mut cases) in cases() {
        for case in &mut cases {
            count += 1;
            let found = found(case);
            if case["expected"] != found {
                wrong.push(format!(
                    "{}\n  expected {}\n  found    {found}",
                    case["about"], case["expected"]
                ));
                case["expected"] = found;
            }
        }
        if is_update {
            let text = serde_json::to_string_pretty(&cases).unwrap();
            std::fs::write(path, text + "\n").unwrap();
        }
    }
    assert!(count >= 60, "{count} cases");
    assert!(is_update || wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Tools that every assistant of these hosts has.
const USUAL: [&str; 12] = [
    "Read",
    "Edit",
    "Write",
    "Bash",
    "Grep",
    "Glob",
    "WebFetch",
    "Task",
    "readFile",
    "editFiles",
    "runInTerminal",
    "runTests",
];

#[test]
fn the_usual_tools_of_both_hosts_have_cases() {
    let cases: Vec<Value> = cases().into_iter().flat_map(|(_, cases)| cases).collect();
    for name in USUAL {
        assert!(cases.iter().any(|case| case["tool"] == name), "{name}");
    }
}
