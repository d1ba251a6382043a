//! Files that change together and fixes, against a miner that knows only the
//! definitions and looks at all events anew for every question.

use std::collections::BTreeSet;

use proptest::prelude::*;

use super::chance::Age;
use super::chance::tests::proved as lift;
use super::digest::{Digest, ProjectNames, SEPARATOR};
use super::rules;
use super::tally::{Tallies, count};
use super::{Event, Outcome, SessionEvents};
use crate::UnixMillis;

const FILES: [&str; 8] = ["a", "b", "c", "d", "e", "f", "g", "h"];
const ERRORS: [&str; 3] = ["no x", "no y", "no z"];
const TASKS: [&str; 2] = ["build", "test"];

/// What happens in a session, as far as these rules see it.
#[derive(Clone, Copy, Debug)]
enum Did {
    Edit(usize),
    Commit,
    /// A run of a task, with the error that it ended with.
    Run(usize, Option<usize>),
}

type Session = Vec<Did>;

fn event(did: Did) -> Event<'static> {
    let (event_type, file, task, outcome, error) = match did {
        Did::Edit(file) => ("code_edit", Some(FILES[file]), None, None, None),
        Did::Commit => ("git_commit", None, None, None, None),
        Did::Run(task, error) => {
            let outcome = match error {
                Some(_) => Outcome::Failed,
                None => Outcome::Passed,
            };
            let error = error.map(|error| ERRORS[error]);
            ("task", None, Some(TASKS[task]), Some(outcome), error)
        }
    };
    Event {
        event_type,
        file,
        task,
        outcome,
        error,
        files: Vec::new(),
        at: UnixMillis(0),
    }
}

fn tallies(sessions: &[Session], names: &mut ProjectNames) -> Tallies {
    let mut tallies = Tallies::new();
    for session in sessions {
        let events = session.iter().copied().map(event).collect();
        let session = SessionEvents {
            key: "",
            project: "",
            zone: crate::log::zone::Zone::utc(),
            events,
        };
        count(&mut tallies, &Digest::of(&session, names), true);
    }
    tallies
}

/// The sets of files that changed between two commits of a session.
fn baskets(session: &Session) -> Vec<BTreeSet<usize>> {
    let parts = session.split(|did| matches!(did, Did::Commit));
    let files = |part: &[Did]| {
        let file = |did: &Did| match did {
            Did::Edit(file) => Some(*file),
            _ => None,
        };
        part.iter().filter_map(file).collect()
    };
    parts
        .map(files)
        .filter(|basket: &BTreeSet<usize>| !basket.is_empty())
        .collect()
}

/// The failures of a session that passed at their next run, and what changed between.
fn fixes(session: &Session) -> Vec<((usize, usize), BTreeSet<usize>)> {
    let mut fixes = Vec::new();
    for (start, did) in session.iter().enumerate() {
        let Did::Run(task, Some(error)) = *did else {
            continue;
        };
        let rest = &session[start + 1..];
        let next = rest
            .iter()
            .position(|did| matches!(did, Did::Run(other, _) if *other == task));
        if let Some(end) = next
            && let Did::Run(_, None) = rest[end]
        {
            let edits = rest[..end].iter().filter_map(|did| match did {
                Did::Edit(file) => Some(*file),
                _ => None,
            });
            let files: BTreeSet<usize> = edits.collect();
            if !files.is_empty() {
                fixes.push(((task, error), files));
            }
        }
    }
    fixes
}

/// `(files, sessions, times, times of the rarer)` of what changes together.
fn co_changes_by_definition(sessions: &[Session]) -> Vec<([usize; 2], u32, u32, u32)> {
    let all: Vec<_> = sessions.iter().flat_map(baskets).collect();
    // Changes of all files but one.
    let beside = |file: usize, baskets: &[&BTreeSet<usize>]| -> f64 {
        let files = baskets.iter().flat_map(|basket| basket.iter());
        files.filter(|other| **other != file).count() as f64
    };
    let mut candidates = Vec::new();
    for first in 0..FILES.len() {
        for second in first + 1..FILES.len() {
            let has_both =
                |basket: &&BTreeSet<usize>| basket.contains(&first) && basket.contains(&second);
            let is_of = |session: &&Session| baskets(session).iter().any(|one| has_both(&one));
            let support = sessions.iter().filter(is_of).count();
            if support >= 3 {
                let times = all.iter().filter(has_both).count();
                candidates.push(([first, second], support as u32, times as u32));
            }
        }
    }
    let mut found = Vec::new();
    for (pair, support, times) in &candidates {
        let with = |file: usize| -> Vec<&BTreeSet<usize>> {
            all.iter().filter(|basket| basket.contains(&file)).collect()
        };
        let mut ordered = *pair;
        ordered.sort_by_key(|file| (with(*file).len(), FILES[*file]));
        let [rarer, other] = ordered;
        let of_baskets = with(other).len() as f64 / all.len() as f64;
        let every: Vec<&BTreeSet<usize>> = all.iter().collect();
        let of_files = beside(other, &with(other)) / beside(other, &every);
        let rarely = with(rarer).len() as u32;
        let base = of_baskets.max(of_files);
        if 2 * times >= rarely && lift(*times, rarely, base, 2.0, candidates.len()).is_some() {
            found.push((*pair, *support, *times, rarely));
        }
    }
    found
}

/// `(failure, files)` of what mends it.
fn fixes_by_definition(sessions: &[Session]) -> Vec<(String, BTreeSet<String>)> {
    let of_sessions: Vec<_> = sessions.iter().map(fixes).collect();
    let all: Vec<_> = of_sessions.iter().flatten().collect();
    let every: Vec<_> = sessions.iter().flat_map(baskets).collect();
    let mut candidates = Vec::new();
    for failure in TASKS
        .iter()
        .enumerate()
        .flat_map(|(task, _)| (0..ERRORS.len()).map(move |error| (task, error)))
    {
        for file in 0..FILES.len() {
            let has = |fix: &&((usize, usize), BTreeSet<usize>)| {
                fix.0 == failure && fix.1.contains(&file)
            };
            let is_of = |fixes: &&Vec<_>| fixes.iter().any(|fix| has(&fix));
            if of_sessions.iter().filter(is_of).count() >= 2 {
                let times = all.iter().filter(|fix| has(fix)).count() as u32;
                candidates.push((failure, file, times));
            }
        }
    }
    let mut found: Vec<(String, BTreeSet<String>)> = Vec::new();
    for (failure, file, times) in &candidates {
        let failures = all.iter().filter(|fix| fix.0 == *failure).count() as u32;
        let changes = every.iter().filter(|one| one.contains(file)).count();
        let base = (changes + 1) as f64 / (every.len() + 2) as f64;
        if 2 * times < failures || lift(*times, failures, base, 2.0, candidates.len()).is_none() {
            continue;
        }
        let name = format!("{}{SEPARATOR}{}", TASKS[failure.0], ERRORS[failure.1]);
        let file = FILES[*file].to_owned();
        match found.iter_mut().find(|(other, _)| *other == name) {
            Some((_, files)) => _ = files.insert(file),
            None => found.push((name, BTreeSet::from([file]))),
        }
    }
    found.sort();
    found
}

/// Sessions in which some files often change together and some errors have a fix.
fn sessions() -> impl Strategy<Value = Vec<Session>> {
    let one = |dids: &'static [Did]| Just(dids.to_vec());
    let piece = prop_oneof![
        3 => one(&[Did::Edit(0), Did::Edit(1), Did::Commit]),
        2 => one(&[Did::Run(0, Some(0)), Did::Edit(2), Did::Run(0, None)]),
        2 => one(&[Did::Run(1, Some(1)), Did::Edit(3), Did::Edit(4), Did::Run(1, None), Did::Commit]),
        6 => (3..FILES.len()).prop_map(|file| vec![Did::Edit(file)]),
        1 => (0..FILES.len()).prop_map(|file| vec![Did::Edit(file)]),
        4 => one(&[Did::Commit]),
        1 => (0..TASKS.len(), prop::option::of(0..ERRORS.len()))
            .prop_map(|(task, error)| vec![Did::Run(task, error)]),
    ];
    let session = prop::collection::vec(piece, 0..14).prop_map(|pieces| pieces.concat());
    prop::collection::vec(session, 0..16)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn files_that_change_together_are_those_of_a_brute_force_miner(sessions in sessions()) {
        let mut names = ProjectNames::default();
        let tallies = tallies(&sessions, &mut names);
        let place = |file: u32| {
            let name = names.texts.name(file);
            FILES.iter().position(|other| *other == name).unwrap_or(FILES.len())
        };
        let mut found: Vec<_> = rules::co_changes(&tallies, &names.texts, Age::Grown)
            .into_iter()
            .map(|rule| {
                let mut pair = [place(rule.what.0), place(rule.what.1)];
                pair.sort_unstable();
                (pair, rule.sessions, rule.times, rule.all)
            })
            .collect();
        found.sort_unstable();
        prop_assert_eq!(found, co_changes_by_definition(&sessions));
    }

    #[test]
    fn fixes_are_those_of_a_brute_force_miner(sessions in sessions()) {
        let mut names = ProjectNames::default();
        let tallies = tallies(&sessions, &mut names);
        let name = |id: &u32| names.texts.name(*id).to_owned();
        let mut found: Vec<_> = rules::fixes(&tallies, &names.texts, Age::Grown)
            .iter()
            .map(|rule| (name(&rule.what.0), rule.what.1.iter().map(name).collect()))
            .collect();
        found.sort();
        prop_assert_eq!(found, fixes_by_definition(&sessions));
    }
}

#[test]
fn the_made_up_sessions_have_patterns_at_all() {
    let together = [Did::Edit(0), Did::Edit(1), Did::Commit];
    let mended = [
        Did::Run(0, Some(0)),
        Did::Edit(2),
        Did::Run(0, None),
        Did::Commit,
    ];
    let other = [Did::Edit(5), Did::Commit, Did::Edit(6), Did::Commit];
    let session = [&together[..], &mended, &other, &other, &other].concat();
    let sessions = vec![session; 5];
    assert_eq!(co_changes_by_definition(&sessions), [([0, 1], 5, 5, 5)]);
    let fixes = fixes_by_definition(&sessions);
    assert_eq!(fixes.len(), 1);
    assert_eq!(fixes[0].1, BTreeSet::from(["c".to_owned()]));
}
