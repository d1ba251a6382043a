//! Patterns as those who ask for them see them.

use crate::workdays;

use proptest::prelude::*;
use recollect_core::derive::pattern::{
    Event, EventLog, Kind, Miner, Outcome, Pattern, SessionEvents,
};
use recollect_core::{UnixMillis, Zone};
use workdays::{PLANTED, Workday, workdays};

const PROJECT: &str = "example.org/app";
const NOW: UnixMillis = UnixMillis(1_775_000_000_000);

/// Tells of the first events of a session, as its lines in the log do.
fn add_first(miner: &mut Miner, day: &Workday, events: usize) {
    let mut log = EventLog::default();
    for (at, event) in day.events.iter().take(events) {
        let json = serde_json::to_string(event).expect("an event is JSON");
        log.read(&json, *at);
    }
    miner.add_session(&SessionEvents {
        key: &day.key,
        project: PROJECT,
        zone: Zone::utc(),
        events: log.events(),
    });
}

fn add(miner: &mut Miner, day: &Workday) {
    add_first(miner, day, usize::MAX);
}

fn mined<'a>(days: impl IntoIterator<Item = &'a Workday>) -> Miner {
    let mut miner = Miner::default();
    days.into_iter().for_each(|day| add(&mut miner, day));
    miner
}

#[test]
fn planted_patterns_are_found_and_no_others() {
    for seed in [1, 2, 3, 4, 5] {
        let days = workdays(seed);
        assert_eq!(
            days.iter().map(|day| day.events.len()).sum::<usize>(),
            20_000
        );
        let patterns = mined(&days).patterns(None, NOW);
        let sentences: Vec<&str> = patterns.iter().map(|p| p.description.as_str()).collect();
        for planted in PLANTED {
            let found = sentences.iter().filter(|found| found.starts_with(planted));
            assert_eq!(found.count(), 1, "seed {seed}: {planted} in {sentences:#?}");
        }
        assert_eq!(
            sentences.len(),
            PLANTED.len(),
            "seed {seed}: {sentences:#?}"
        );
    }
}

#[test]
fn a_pattern_says_where_and_when_it_was_seen() {
    let days = workdays(1);
    let patterns = mined(&days).patterns(Some(PROJECT), NOW);
    let of_kind = |kind| {
        patterns
            .iter()
            .find(|pattern| pattern.kind == kind)
            .unwrap()
    };
    for kind in [Kind::Sequence, Kind::CoChange, Kind::Fix, Kind::Habit] {
        let pattern = of_kind(kind);
        assert_eq!(pattern.sessions.len(), 3);
        assert!(pattern.detected_at < pattern.last_reinforced);
        assert!(pattern.support >= 3 && pattern.times >= pattern.support);
        assert!((0.5..=1.0).contains(&pattern.confidence) && pattern.lift > 1.0);
        assert!((0.0..=1.0).contains(&pattern.salience));
        let newest = days
            .iter()
            .find(|day| day.key == pattern.sessions[0])
            .unwrap();
        assert_eq!(pattern.last_reinforced, newest.events.last().unwrap().0);
    }
    for pattern in &patterns {
        let is_told = |name: &String| name.is_empty() || pattern.description.contains(&name[1..]);
        assert!(pattern.names.iter().all(is_told), "{pattern:?}");
        let least = if pattern.kind == Kind::Habit { 1 } else { 2 };
        assert!(pattern.names.len() >= least, "{pattern:?}");
        let has_time = pattern.weekday.or(pattern.quarter).is_some();
        assert_eq!(has_time, pattern.kind == Kind::Habit, "{pattern:?}");
    }
    let client = "src/api/client.ts";
    let fix = patterns
        .iter()
        .find(|pattern| pattern.files == [client])
        .unwrap();
    // Days 2, 9, 16, 23, 30 and 37 have it; two are enough.
    assert_eq!(fix.detected_at, days[9].events.last().unwrap().0);
    assert_eq!(fix.sessions, ["day-37", "day-30", "day-23"]);
    assert_eq!((fix.support, fix.confidence), (6, 1.0));
}

#[test]
fn a_session_shows_its_own_patterns() {
    let days = workdays(1);
    let mut miner = mined(&days);
    let all = miner.patterns(Some(PROJECT), NOW);
    let of_37 = miner.patterns_of(PROJECT, "day-37", NOW);
    assert!(of_37.iter().all(|pattern| all.contains(pattern)));
    let is_client = |pattern: &Pattern| pattern.files == ["src/api/client.ts"];
    assert!(of_37.iter().any(is_client));
    assert!(
        !miner
            .patterns_of(PROJECT, "day-36", NOW)
            .iter()
            .any(is_client)
    );
    assert!(miner.patterns_of(PROJECT, "day-99", NOW).is_empty());
    assert!(
        miner
            .patterns_of("example.org/other", "day-37", NOW)
            .is_empty()
    );
    assert!(miner.patterns(Some("example.org/other"), NOW).is_empty());
}

#[test]
fn what_is_found_again_is_reinforced_and_not_another() {
    let days = workdays(1);
    let mut miner = mined(&days[..30]);
    let before = miner.patterns(None, NOW);
    days[30..].iter().for_each(|day| add(&mut miner, day));
    let after = miner.patterns(None, NOW);
    let mut again = 0;
    for old in &before {
        let Some(new) = after.iter().find(|new| new.id == old.id) else {
            continue;
        };
        again += 1;
        assert_eq!(new.detected_at, old.detected_at);
        assert!(new.last_reinforced > old.last_reinforced);
        assert!(new.support > old.support && new.salience > old.salience);
    }
    assert!(again >= 7, "{again}");
    let ids: std::collections::BTreeSet<&String> = after.iter().map(|new| &new.id).collect();
    assert_eq!(ids.len(), after.len());
}

#[test]
fn salience_halves_in_a_month_without_it() {
    let mut miner = mined(&workdays(1));
    let month = UnixMillis(NOW.0 + 30 * 86_400_000);
    let (now, later) = (miner.patterns(None, NOW), miner.patterns(None, month));
    for pattern in now {
        let then = later.iter().find(|then| then.id == pattern.id).unwrap();
        assert!((then.salience * 2.0 - pattern.salience).abs() < 1e-12);
    }
}

#[test]
fn a_forgotten_session_leaves_no_trace() {
    let days = workdays(1);
    let mut miner = mined(&days);
    miner.patterns(None, NOW);
    for day in days.iter().skip(1).step_by(2) {
        assert!(miner.forget_session(PROJECT, &day.key));
    }
    assert!(!miner.forget_session(PROJECT, "day-01"));
    let found = miner.patterns(None, NOW);
    assert_eq!(found, mined(days.iter().step_by(2)).patterns(None, NOW));
    assert!(
        found
            .iter()
            .flat_map(|p| &p.sessions)
            .all(|key| !key.ends_with(['1', '3', '5', '7', '9']))
    );
    for day in days.iter().step_by(2) {
        miner.forget_session(PROJECT, &day.key);
    }
    assert!(miner.patterns(None, NOW).is_empty());
}

#[test]
fn a_diagnostic_is_mended_when_that_one_clears() {
    let event = |event_type, file, outcome, error, at| Event {
        event_type,
        file: Some(file),
        task: None,
        outcome,
        error,
        files: Vec::new(),
        at: UnixMillis(at),
    };
    let error = Some("cannot find name 'env' (line 4)");
    let other = Some("';' expected");
    let mut miner = Miner::default();
    for (key, file) in [("a", "src/a.ts"), ("b", "src/b.ts"), ("c", "src/c.ts")] {
        let events = vec![
            event("diagnostic", file, Some(Outcome::Failed), error, 1),
            event("diagnostic", file, Some(Outcome::Failed), other, 2),
            event("code_edit", file, None, None, 3),
            event("diagnostic", file, Some(Outcome::Passed), other, 4),
            event("code_edit", "env.d.ts", None, None, 5),
            event("diagnostic", file, Some(Outcome::Passed), error, 6),
        ];
        miner.add_session(&SessionEvents {
            key,
            project: PROJECT,
            zone: Zone::utc(),
            events,
        });
    }
    for (position, key) in ["d", "e", "f", "g", "h", "i", "j", "k", "l", "m"]
        .into_iter()
        .enumerate()
    {
        let file = ["src/x.ts", "src/y.ts"][position % 2];
        let events = vec![event("code_edit", file, None, None, 7)];
        miner.add_session(&SessionEvents {
            key,
            project: PROJECT,
            zone: Zone::utc(),
            events,
        });
    }
    let patterns = miner.patterns(None, UnixMillis(10));
    let fixes: Vec<&str> = patterns
        .iter()
        .filter(|pattern| pattern.kind == Kind::Fix)
        .map(|pattern| pattern.description.as_str())
        .collect();
    assert_eq!(
        fixes,
        [
            "When “cannot find name 'env' (line #)” appears, a change of env.d.ts mends it: 3 of 3 times, in 3 sessions."
        ]
    );
}

#[test]
fn a_large_session_is_no_burden() {
    let names: Vec<String> = (0..5_000).map(|number| format!("kind{number}")).collect();
    let files: Vec<String> = (0..5_000)
        .map(|number| format!("src/f{number}.rs"))
        .collect();
    let mut events = Vec::new();
    for (position, (name, file)) in names.iter().zip(&files).enumerate() {
        for (event_type, file) in [(name.as_str(), None), ("code_edit", Some(file.as_str()))] {
            events.push(Event {
                event_type,
                file,
                task: None,
                outcome: Some(Outcome::Failed),
                error: Some("no"),
                files: Vec::new(),
                at: UnixMillis(i64::MAX - position as i64),
            });
        }
    }
    let mut miner = Miner::default();
    for key in ["a", "b", "c"] {
        let project = PROJECT;
        let events = events.clone();
        miner.add_session(&SessionEvents {
            key,
            project,
            zone: Zone::utc(),
            events,
        });
    }
    miner.patterns(None, UnixMillis(i64::MIN));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn any_order_of_sessions_gives_the_same_patterns(
        order in Just((0..40).collect::<Vec<usize>>()).prop_shuffle(),
        again in proptest::collection::vec(0..40_usize, 0..12),
        listings in proptest::collection::btree_set(0..40_usize, 0..4),
    ) {
        let days = workdays(6);
        let mut miner = Miner::default();
        for (position, day) in order.iter().enumerate() {
            // A session that is still going on is known in part first.
            add_first(&mut miner, &days[*day], position * 12);
            add(&mut miner, &days[*day]);
            if listings.contains(&position) {
                miner.patterns(None, NOW);
            }
        }
        for day in again {
            miner.forget_session(PROJECT, &days[day].key);
            add(&mut miner, &days[day]);
        }
        prop_assert_eq!(miner.patterns(None, NOW), mined(&days).patterns(None, NOW));
    }
}
