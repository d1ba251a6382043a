//! What is read of an event's line, against a reader that takes in all of it.

use proptest::prelude::*;
use serde_json::{Map, Value, json};

use super::event::{Event, EventLog, Outcome, is_error, program};
use crate::UnixMillis;
use crate::log::record;
use crate::text::first_line;

/// What an event says, by the definition.
fn by_definition(event: &record::Event, at: UnixMillis) -> Event<'_> {
    let metadata = &event.metadata;
    let value = |names: [&str; 2]| names.iter().find_map(|name| metadata.get(*name));
    let text = |names| {
        let text: &str = value(names)?.as_str()?;
        (!text.trim().is_empty()).then_some(text)
    };
    let is_error = is_error(&event.event_type);
    let error = text(["error", "message"]).or(event.content.as_deref().filter(|_| is_error));
    let has_passed = value(["exitCode", "exit_code"])
        .and_then(Value::as_i64)
        .map(|code| code == 0)
        .or_else(|| value(["success", "passed"]).and_then(Value::as_bool))
        .or((is_error && error.is_some()).then_some(false));
    let files = metadata.get("files").and_then(Value::as_array);
    Event {
        event_type: &event.event_type,
        file: event.file.as_deref(),
        task: text(["task", "taskName"]).or_else(|| text(["command", "commandLine"]).map(program)),
        outcome: has_passed.map(|has_passed| match has_passed {
            true => Outcome::Passed,
            false => Outcome::Failed,
        }),
        error: error.map(first_line),
        files: files
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect(),
        at,
    }
}

fn words() -> impl Strategy<Value = String> {
    prop_oneof![
        "[ -~]{0,12}",
        r#"[\\"\n\t:,{}\[\] aé→]{0,8}"#,
        Just("npm run build -- --watch".to_owned()),
        Just(" \n".to_owned()),
    ]
}

fn value() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        3 => words().prop_map(Value::from),
        1 => any::<bool>().prop_map(Value::from),
        1 => prop_oneof![-1..3_i64, any::<i64>()].prop_map(Value::from),
        1 => Just(json!(1.0)),
        1 => Just(Value::Null),
    ];
    leaf.prop_recursive(2, 8, 3, |inner| {
        prop_oneof![
            prop::collection::vec(inner.clone(), 0..4).prop_map(Value::from),
            prop::collection::btree_map(words(), inner, 0..3)
                .prop_map(|map| Value::Object(map.into_iter().collect())),
        ]
    })
}

fn event() -> impl Strategy<Value = record::Event> {
    const KEYS: [&str; 12] = [
        "task",
        "taskName",
        "command",
        "commandLine",
        "exitCode",
        "exit_code",
        "success",
        "passed",
        "error",
        "message",
        "files",
        "type",
    ];
    let event_type = prop_oneof![
        Just("error".to_owned()),
        Just("diagnostic_set".to_owned()),
        words(),
    ];
    let metadata = prop::collection::vec((prop::sample::select(&KEYS[..]), value()), 0..6);
    let text = || prop::option::of(words());
    (event_type, text(), text(), metadata).prop_map(|(event_type, file, content, metadata)| {
        record::Event {
            event_type,
            file,
            content,
            metadata: metadata
                .into_iter()
                .map(|(key, value)| (key.to_owned(), value))
                .collect::<Map<_, _>>(),
            is_cut: false,
        }
    })
}

proptest! {
    #[test]
    fn a_line_says_what_the_event_does(events in prop::collection::vec(event(), 1..4), pretty: bool) {
        let mut log = EventLog::default();
        let json = |event| match pretty {
            true => serde_json::to_string_pretty(event).unwrap(),
            false => serde_json::to_string(event).unwrap(),
        };
        for (at, event) in (1..).zip(&events) {
            log.read(&json(event), UnixMillis(at));
        }
        let expected = (1..).zip(&events).map(|(at, event)| by_definition(event, UnixMillis(at)));
        prop_assert_eq!(log.events(), expected.collect::<Vec<_>>());
    }

    #[test]
    fn any_text_is_read_to_its_end(json in r#"[\\"{}\[\]:, aé1-]{0,24}"#) {
        EventLog::default().read(&json, UnixMillis(1));
    }
}

#[test]
fn keys_count_however_they_are_spelled() {
    let mut log = EventLog::default();
    log.read(
        r#" { "t\u0079pe" : "b\u0075ild" , "metadata":{ "passed" : true } } "#,
        UnixMillis(1),
    );
    let [event] = &log.events()[..] else {
        panic!("not one event");
    };
    assert_eq!(
        (event.event_type, event.outcome),
        ("build", Some(Outcome::Passed))
    );
}
