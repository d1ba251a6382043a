//! Sessions, as a host sees them: listed, resumed, ended, pinned.

#![allow(clippy::unwrap_used)]

use crate::common;

use common::{NOW, flush, in_session, keep, observation, origin, prompt, store};
use recollect_core::derive::session::{IDLE_MILLIS, SessionRequest};
use recollect_core::intake::admit::Draft;
use recollect_core::log::record::{Body, Edit, Event, Kind, Provenance, Session, Trust};
use recollect_core::search::request::Format;
use recollect_core::{
    Error, Filter, Operation, Outcome, Page, Project, Selection, SessionChange, Store, UnixMillis,
    log::name::SegmentName,
};

const MINUTE: i64 = 60_000;

fn at(minutes: i64) -> UnixMillis {
    UnixMillis(NOW.0 + minutes * MINUTE)
}

fn event(session: &str, minutes: i64, event_type: &str, file: &str, metadata: &str) -> Draft {
    Draft {
        at: Some(at(minutes)),
        origin: Some(in_session(session)),
        body: Body::Event(Event {
            event_type: event_type.to_owned(),
            file: (!file.is_empty()).then(|| file.to_owned()),
            metadata: serde_json::from_str(metadata).unwrap(),
            ..Event::default()
        }),
    }
}

fn begun(session: &str, minutes: i64, title: Option<&str>) -> Draft {
    Draft {
        at: Some(at(minutes)),
        origin: Some(in_session(session)),
        body: Body::Session(Session {
            source: Some("vscode".to_owned()),
            user: Some("me".to_owned()),
            ide: Some("Code".to_owned()),
            title: title.map(str::to_owned),
        }),
    }
}

fn asked(session: &str, minutes: i64, text: &str) -> Draft {
    Draft {
        at: Some(at(minutes)),
        ..prompt(session, 1, text)
    }
}

/// A morning's work: a failing and a passing test, an edit, a commit.
fn morning(session: &str) -> Vec<Draft> {
    vec![
        begun(session, 0, None),
        asked(session, 1, "Make the retries stop after five attempts"),
        event(session, 2, "file_open", "src/retry.ts", "{}"),
        event(session, 3, "test_run", "", r#"{"exitCode":1}"#),
        event(session, 4, "code_edit", "src/retry.ts", "{}"),
        event(session, 5, "code_edit", "src/queue.ts", "{}"),
        event(session, 6, "test_run", "", r#"{"exitCode":0}"#),
        event(session, 7, "git_commit", "", "{}"),
    ]
}

fn keys(store: &Store, request: &SessionRequest, now: UnixMillis) -> Vec<String> {
    let list = store.index().sessions(request, now).unwrap();
    list.sessions.into_iter().map(|one| one.key).collect()
}

fn is_unknown<T: std::fmt::Debug>(result: Result<T, Error>) -> bool {
    matches!(result, Err(Error::Unknown { field: "session" }))
}

#[test]
fn a_session_says_what_happened_in_it() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    let session = store.index().session("abc", at(10)).unwrap().session;
    assert_eq!(session.source.as_deref(), Some("vscode"));
    assert_eq!(session.user.as_deref(), Some("me"));
    assert_eq!(session.ide.as_deref(), Some("Code"));
    let asked = "Make the retries stop after five attempts";
    assert_eq!(session.title.as_deref(), Some(asked));
    assert_eq!((session.started_at, session.last_at), (at(0), at(7)));
    assert_eq!(session.ended_at, None);
    let statistics = session.statistics;
    assert_eq!(statistics.total_events, 6);
    assert_eq!(statistics.sectors.iter().sum::<u32>(), 6);
    assert_eq!(statistics.files, ["src/queue.ts", "src/retry.ts"]);
    assert_eq!(statistics.duration_millis, 7 * MINUTE);
    assert_eq!((statistics.edits, statistics.commits), (2, 1));
    assert_eq!((statistics.tests_run, statistics.tests_failed), (2, 1));
    assert_eq!((statistics.prompts, statistics.observations), (1, 0));
    assert!(is_unknown(store.index().session("other", at(10))));
}

/// What a tool was used for, in the session `abc`.
fn done(title: &str, concepts: &[&str], modified: &[&str]) -> Draft {
    Draft {
        at: None,
        origin: Some(recollect_core::log::record::Origin {
            provenance: Provenance::Tool,
            ..in_session("abc")
        }),
        body: Body::Observation(recollect_core::log::record::Observation {
            concepts: concepts.iter().map(|text| (*text).to_owned()).collect(),
            files_modified: modified.iter().map(|text| (*text).to_owned()).collect(),
            ..observation(title, "")
        }),
    }
}

#[test]
fn what_an_assistant_does_counts_as_well() {
    let mut store = store(1);
    let drafts = vec![
        done("Changed `retry`", &["what-changed"], &["src/retry.ts"]),
        done("3 tests fail", &["tests", "error"], &[]),
        done("Tests pass: 12", &["tests"], &[]),
        done("Wrote about tests", &["tests"], &[]),
    ];
    keep(&mut store, drafts, NOW);
    let statistics = store
        .index()
        .session("abc", NOW)
        .unwrap()
        .session
        .statistics;
    assert_eq!((statistics.edits, statistics.observations), (1, 4));
    assert_eq!((statistics.tests_run, statistics.tests_failed), (2, 1));
    assert_eq!(statistics.total_events, 0);
}

#[test]
fn half_an_hour_without_a_record_ends_a_session_with_its_last_one() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    let ended_at = |now| store.index().session("abc", now).unwrap().session.ended_at;
    assert_eq!(ended_at(UnixMillis(at(7).0 + IDLE_MILLIS)), None);
    assert_eq!(ended_at(UnixMillis(at(7).0 + IDLE_MILLIS + 1)), Some(at(7)));
}

#[test]
fn sessions_are_listed_newest_first_by_project_and_page() {
    let mut store = store(1);
    for (number, key) in ["a", "b", "c"].iter().enumerate() {
        let number = number as i64;
        keep(&mut store, vec![begun(key, number, None)], at(number));
    }
    let mut other = begun("elsewhere", 9, Some("Elsewhere"));
    other.origin.as_mut().unwrap().project = Project::of(None, "file:///b/Other");
    keep(&mut store, vec![other], at(9));
    keep(
        &mut store,
        vec![asked("a", 10, "and another thing")],
        at(10),
    );

    let all = SessionRequest::default();
    assert_eq!(keys(&store, &all, at(11)), ["a", "elsewhere", "c", "b"]);
    let page = SessionRequest {
        page: Page::new(Some(2), Some(1)).unwrap(),
        ..all.clone()
    };
    assert_eq!(keys(&store, &page, at(11)), ["elsewhere", "c"]);
    assert_eq!(store.index().sessions(&page, at(11)).unwrap().total, 4);
    for project in ["file:///b/Other", "other"] {
        let request = SessionRequest {
            project: Some(project.to_owned()),
            ..all.clone()
        };
        assert_eq!(keys(&store, &request, at(11)), ["elsewhere"]);
    }
    let listed = store.index().sessions(&all, at(11)).unwrap().sessions;
    assert_eq!(listed[1].title.as_deref(), Some("Elsewhere"));
}

#[test]
fn ending_a_session_tells_what_it_amounted_to_once() {
    let mut store = store(1);
    // Not durable yet: a window that closes ends what it has just seen.
    store.append(morning("abc"), at(8)).unwrap();
    let ended = store.end_session("abc", at(9)).unwrap();
    assert!(ended.is_new);
    assert_eq!(ended.ended_at, at(9));
    assert_eq!(ended.statistics.duration_millis, 9 * MINUTE);
    assert_eq!(ended.statistics.total_events, 6);
    let again = store.end_session("abc", at(10)).unwrap();
    assert!(!again.is_new);
    flush(&mut store, at(11));
    let once_more = store.end_session("abc", at(12)).unwrap();
    assert_eq!((again.ended_at, again.summary), (at(9), ended.summary));
    assert_eq!(again, once_more);
    assert_eq!(store.stats().unwrap().pending, 0);

    let detail = store.index().session("abc", at(13)).unwrap();
    assert_eq!(detail.session.ended_at, Some(at(9)));
    let summary = detail.summary.unwrap();
    assert_eq!(Some(summary.id), ended.summary);
    let parts = summary.summary.unwrap();
    let request = parts.request.unwrap();
    assert_eq!(request, "Make the retries stop after five attempts");
    let learned = parts.learned.unwrap();
    assert!(learned.contains("Failed and was fixed: "), "{learned}");
    assert!(parts.completed.unwrap().contains("src/queue.ts"));
    assert_eq!(summary.session.as_deref(), Some("abc"));
    assert!(is_unknown(store.end_session("other", at(10))));
}

#[test]
fn a_session_with_nothing_to_say_ends_without_a_summary() {
    let mut store = store(1);
    keep(&mut store, vec![begun("abc", 0, None)], at(0));
    let ended = store.end_session("abc", at(1)).unwrap();
    assert_eq!((ended.is_new, ended.summary), (true, None));
    assert_eq!(store.stats().unwrap().pending, 1);
}

#[test]
fn an_idle_session_ended_with_its_last_record() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    let ended = store.end_session("abc", at(300)).unwrap();
    assert_eq!((ended.is_new, ended.ended_at), (true, at(7)));
    assert_eq!(ended.statistics.duration_millis, 7 * MINUTE);
}

#[test]
fn work_under_the_key_of_an_ended_session_resumes_it() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    let first = store.end_session("abc", at(9)).unwrap();
    let more = event("abc", 12, "code_edit", "src/more.ts", "{}");
    keep(&mut store, vec![more], at(12));
    let resumed = store.index().session("abc", at(13)).unwrap();
    assert_eq!(resumed.session.ended_at, None);
    assert_eq!(resumed.session.started_at, at(0));
    assert_eq!(resumed.summary.unwrap().id, first.summary.unwrap());
    let second = store.end_session("abc", at(14)).unwrap();
    // It is the same memory, with what happened since.
    assert_eq!((second.is_new, second.is_summary_new), (true, true));
    assert_eq!(second.summary, first.summary);
    flush(&mut store, at(14));
    let ended = store.index().session("abc", at(15)).unwrap();
    assert_eq!(ended.session.ended_at, Some(at(14)));
    assert_eq!(ended.session.statistics.total_events, 7);
    assert_eq!(Some(ended.summary.unwrap().id), second.summary);
}

#[test]
fn the_summary_of_a_session_under_way_is_one_memory_that_is_kept_up_to_date() {
    let mut store = store(1);
    let summaries = |store: &Store| {
        let filter = Filter {
            kinds: vec![Kind::Summary],
            ..Filter::default()
        };
        let page = Page::new(None, None).unwrap();
        let found = store.index().recent(&filter, page, Format::Index);
        found.unwrap().total
    };
    keep(&mut store, vec![begun("abc", 0, None)], at(0));
    assert_eq!(store.refresh_summary("abc", at(0)).unwrap(), None);

    let edit = |minute, file| event("abc", minute, "code_edit", file, "{}");
    keep(&mut store, vec![edit(1, "src/one.ts")], at(1));
    let id = store.refresh_summary("abc", at(2)).unwrap().unwrap();
    // What waits for its file counts.
    assert_eq!(store.refresh_summary("abc", at(2)).unwrap(), None);
    flush(&mut store, at(2));
    let first = store.index().memory(id).unwrap().unwrap();
    assert_eq!(first.title, "Changed src/one.ts.");

    // The same file again says nothing new.
    keep(&mut store, vec![edit(3, "src/one.ts")], at(3));
    assert_eq!(store.refresh_summary("abc", at(4)).unwrap(), None);
    keep(&mut store, vec![edit(5, "src/two.ts")], at(5));
    assert_eq!(store.refresh_summary("abc", at(6)).unwrap(), Some(id));
    flush(&mut store, at(6));
    let second = store.index().memory(id).unwrap().unwrap();
    assert_eq!(second.title, "Changed src/one.ts and src/two.ts.");
    assert_eq!(summaries(&store), 1);

    let ended = store.end_session("abc", at(9)).unwrap();
    assert_eq!((ended.summary, ended.is_summary_new), (Some(id), true));
    flush(&mut store, at(9));
    assert_eq!(summaries(&store), 1);
    let session = store.index().session("abc", at(10)).unwrap().session;
    assert_eq!(session.ended_at, Some(at(9)));
}

#[test]
fn a_summary_that_somebody_changed_or_forgot_stays_as_it_is() {
    let mut store = store(1);
    let edit = |minute, file| event("abc", minute, "code_edit", file, "{}");
    keep(
        &mut store,
        vec![begun("abc", 0, None), edit(1, "a.ts")],
        at(1),
    );
    let id = store.refresh_summary("abc", at(2)).unwrap().unwrap();
    flush(&mut store, at(2));
    let words = Draft {
        at: None,
        origin: None,
        body: Body::Edit(Edit {
            title: Some("The morning".to_owned()),
            ..Edit::of(id)
        }),
    };
    keep(&mut store, vec![words, edit(3, "b.ts")], at(3));
    let next = store.refresh_summary("abc", at(4)).unwrap().unwrap();
    assert_ne!(next, id);
    flush(&mut store, at(4));
    let titled = |id| store.index().memory(id).unwrap().unwrap().title;
    assert_eq!(titled(id), "The morning");
    assert_eq!(titled(next), "Changed a.ts and b.ts.");

    store.forget(&[next], at(5)).unwrap();
    flush(&mut store, at(5));
    keep(&mut store, vec![edit(6, "c.ts")], at(6));
    assert_eq!(store.refresh_summary("abc", at(7)).unwrap(), None);
    assert_eq!(store.end_session("abc", at(8)).unwrap().summary, Some(id));
}

#[test]
fn of_the_versions_of_a_summary_compaction_keeps_the_last() {
    let mut store = store(1);
    let mut folder: Vec<(SegmentName, Vec<u8>)> = Vec::new();
    let mut put = |store: &mut Store, minute: i64| {
        let files = flush(store, at(minute)).into_iter();
        folder.extend(files.map(|file| (file.name, file.bytes)));
    };
    for minute in 0..5 {
        let edit = event(
            "abc",
            minute,
            "code_edit",
            &format!("src/{minute}.ts"),
            "{}",
        );
        store.append(vec![edit], at(minute)).unwrap();
        put(&mut store, minute);
        store.refresh_summary("abc", at(minute)).unwrap().unwrap();
        put(&mut store, minute);
    }
    let summaries = |folder: &[(SegmentName, Vec<u8>)]| {
        let text: Vec<u8> = folder.iter().flat_map(|(_, bytes)| bytes.clone()).collect();
        let text = String::from_utf8(text).unwrap();
        (
            text.matches("\"k\":\"summary\"").count(),
            text.matches("\"k\":\"event\"").count(),
        )
    };
    assert_eq!(summaries(&folder), (5, 5));
    let later = at(60);
    while let Some(operation) = store.next_operation(Some(1), later).unwrap() {
        let outcome = match operation {
            Operation::Read(_, name) => {
                let (_, bytes) = folder.iter().find(|(known, _)| *known == name).unwrap();
                Outcome::Bytes(bytes.clone())
            }
            Operation::PutNew(_, name, bytes) => {
                folder.push((name, bytes));
                Outcome::Done
            }
            Operation::Delete(_, name) => {
                folder.retain(|(known, _)| *known != name);
                Outcome::Done
            }
        };
        store.complete(outcome, later).unwrap();
    }
    assert_eq!(summaries(&folder), (1, 5));
    let mut other = common::store(2);
    for (name, bytes) in &folder {
        other.ingest(name, bytes, later).unwrap();
    }
    let shown = |store: &Store| {
        store
            .index()
            .session("abc", later)
            .unwrap()
            .summary
            .unwrap()
    };
    assert_eq!(shown(&other).title, shown(&store).title);
    assert_eq!(
        shown(&other).title,
        "Changed 0.ts, 1.ts, 2.ts, 3.ts and 4.ts."
    );
}

#[test]
fn a_summary_with_an_answer_is_titled_by_what_was_asked_last() {
    let mut store = store(1);
    let answer = |store: &mut Store, text: &str, minute: i64| {
        store
            .summarise_session("abc", Some(text), at(minute))
            .unwrap();
        flush(store, at(minute));
        store
            .index()
            .session("abc", at(minute))
            .unwrap()
            .summary
            .unwrap()
            .title
    };
    keep(
        &mut store,
        vec![asked("abc", 1, "How deep do the quillworts grow?")],
        at(1),
    );
    let first = "They grow two metres deep in the clear lake, and nowhere else.";
    assert_eq!(
        answer(&mut store, first, 2),
        "How deep do the quillworts grow?"
    );
    keep(
        &mut store,
        vec![asked("abc", 3, "When are the sundews potted anew?")],
        at(3),
    );
    let second = "They are potted anew in March, before they begin to grow.";
    assert_eq!(
        answer(&mut store, second, 4),
        "When are the sundews potted anew?"
    );
    // A second answer to the same has no other question.
    let more = "It may be April in a cold year, says the book of the garden.";
    assert_eq!(
        answer(&mut store, more, 5),
        "When are the sundews potted anew?"
    );
}

#[test]
fn a_summary_made_since_is_not_made_again() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    let closing = Some("Turns out the limit was off by one.");
    let told = store.summarise_session("abc", closing, at(8)).unwrap();
    let told = common::ids(told.into_iter().collect());
    flush(&mut store, at(8));
    assert_eq!(store.summarise_session("abc", None, at(9)).unwrap(), None);
    let ended = store.end_session("abc", at(9)).unwrap();
    assert_eq!(ended.summary, Some(told[0]));
    let summary = store
        .index()
        .session("abc", at(9))
        .unwrap()
        .summary
        .unwrap();
    let learned = summary.summary.unwrap().learned.unwrap();
    assert!(learned.contains("off by one"), "{learned}");
}

#[test]
fn nothing_is_told_of_a_session_whose_prompt_is_private() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    let private = Draft {
        at: None,
        ..prompt("abc", 2, "<private>the merger</private>")
    };
    keep(&mut store, vec![private], at(9));
    let ended = store.end_session("abc", at(9)).unwrap();
    assert_eq!(ended.summary, None);
    assert_eq!(ended.statistics.prompts, 1);
}

#[test]
fn what_is_not_to_be_trusted_makes_a_summary_of_low_trust() {
    let mut store = store(1);
    let mut drafts = morning("abc");
    drafts[3].origin.as_mut().unwrap().trust = Trust::Low;
    keep(&mut store, drafts, at(8));
    store.end_session("abc", at(9)).unwrap();
    flush(&mut store, at(9));
    let summary = store.index().session("abc", at(9)).unwrap().summary;
    assert_eq!(summary.unwrap().trust, Trust::Low);
}

#[test]
fn a_session_is_pinned_archived_and_titled_even_without_a_record_of_its_own() {
    let mut store = store(1);
    let change = SessionChange {
        title: Some("Retries".to_owned()),
        is_pinned: Some(true),
        is_archived: Some(true),
    };
    for (key, drafts) in [
        ("with", morning("with")),
        ("without", morning("without")[1..].to_vec()),
    ] {
        keep(&mut store, drafts, at(8));
        store.change_session(key, &change, at(9)).unwrap();
        flush(&mut store, at(9));
        let session = store.index().session(key, at(10)).unwrap().session;
        assert_eq!(session.title.as_deref(), Some("Retries"));
        assert!(session.is_pinned && session.is_archived);
        assert_eq!(session.last_at, at(7), "it is no work in the session");
    }
    let kept = SessionRequest {
        is_archived: Some(false),
        ..SessionRequest::default()
    };
    assert!(keys(&store, &kept, at(10)).is_empty());
    let back = SessionChange {
        is_archived: Some(false),
        ..SessionChange::default()
    };
    store.change_session("with", &back, at(11)).unwrap();
    flush(&mut store, at(11));
    assert_eq!(keys(&store, &kept, at(12)), ["with"]);
    assert!(is_unknown(store.change_session("other", &back, at(12))));
    let nothing = store.change_session("with", &SessionChange::default(), at(12));
    assert!(matches!(nothing, Err(Error::InvalidInput { .. })));
}

#[test]
fn every_window_sees_the_same_whatever_it_reads_first() {
    let mut ours = store(1);
    let mut files = Vec::new();
    for draft in morning("abc") {
        ours.append(vec![draft], at(8)).unwrap();
        files.extend(flush(&mut ours, at(8)));
    }
    ours.end_session("abc", at(9)).unwrap();
    files.extend(flush(&mut ours, at(9)));
    let seen = ours.index().session("abc", at(10)).unwrap();
    let mut theirs = store(2);
    for file in files.iter().rev() {
        let name = SegmentName::parse(file.name.as_str()).unwrap();
        theirs.ingest(&name, &file.bytes, at(9)).unwrap();
    }
    assert_eq!(theirs.index().session("abc", at(10)).unwrap(), seen);
}

#[test]
fn a_project_that_is_forgotten_takes_its_sessions_and_their_ends() {
    let mut store = store(1);
    keep(&mut store, morning("abc"), at(8));
    store.end_session("abc", at(9)).unwrap();
    flush(&mut store, at(9));
    let all = Selection {
        project: Some(origin().project.id),
        ..Selection::default()
    };
    store.forget_selected(&all, at(10)).unwrap();
    flush(&mut store, at(10));
    assert!(is_unknown(store.index().session("abc", at(11))));
    keep(&mut store, vec![begun("abc", 12, None)], at(12));
    let anew = store.index().session("abc", at(12)).unwrap();
    assert_eq!(
        (anew.session.started_at, anew.session.ended_at),
        (at(12), None)
    );
}

#[test]
fn a_session_is_counted_and_summed_up_by_the_words_of_the_rules_not_a_models() {
    let summed_up = |is_rewriting: Option<bool>| {
        let mut store = store(1);
        let drafts = vec![
            done("Changed `retry`", &["what-changed"], &["src/retry.ts"]),
            done("3 tests fail", &["tests", "error"], &[]),
        ];
        let id = keep(&mut store, drafts, NOW)[1];
        if let Some(is_rewriting) = is_rewriting {
            let edit = Edit {
                title: Some("The retries go on too long".to_owned()),
                concepts: Some(vec!["retry".to_owned()]),
                is_rewriting,
                ..Edit::of(id)
            };
            let edit = Draft {
                at: None,
                origin: None,
                body: Body::Edit(edit),
            };
            keep(&mut store, vec![edit], NOW);
        }
        store.end_session("abc", NOW).unwrap();
        flush(&mut store, NOW);
        let detail = store.index().session("abc", NOW).unwrap();
        let summary = detail.summary.unwrap().text();
        (detail.session.statistics.tests_failed, summary)
    };
    let by_rules = summed_up(None);
    assert_eq!(by_rules.0, 1);
    assert!(by_rules.1.contains("3 tests fail"), "{}", by_rules.1);
    assert_eq!(summed_up(Some(true)), by_rules);
    assert_ne!(summed_up(Some(false)), by_rules);
}
