use proptest::prelude::*;

use super::chance::{Age, Cases, sequence_lift};
use super::digest::{Digest, ProjectNames};
use super::sequence::{self, Chains};
use super::tally::{EXPECTED_UNIT, MAX_LENGTH, Of, Tallies, WINDOW, at, count};
use super::{Event, Outcome, SessionEvents, phrase};
use crate::UnixMillis;

/// Sessions as words; each letter is a type of event.
fn digests(sessions: &[String], names: &mut ProjectNames) -> Vec<Digest> {
    let digest = |letters: &String| {
        let events = letters
            .char_indices()
            .map(|(position, letter)| Event {
                event_type: &letters[position..position + letter.len_utf8()],
                file: None,
                task: None,
                outcome: None,
                error: None,
                files: Vec::new(),
                at: UnixMillis(position as i64),
            })
            .collect();
        let session = SessionEvents {
            key: "",
            project: "",
            zone: crate::log::zone::Zone::utc(),
            events,
        };
        Digest::of(&session, names)
    };
    sessions.iter().map(digest).collect()
}

/// The steps of a session by the definition: none twice in a row.
fn steps(session: &str) -> Vec<char> {
    let mut steps: Vec<char> = session.chars().collect();
    steps.dedup();
    steps
}

/// Whether `sequence` begins at the first of `steps`, by the definition.
fn begins(steps: &[char], sequence: &[char]) -> bool {
    steps.first() == sequence.first()
        && (sequence.len() < 2
            || (1..=WINDOW).any(|gap| {
                gap < steps.len()
                    && sequence[1] != sequence[0]
                    && begins(&steps[gap..], &sequence[1..])
            }))
}

/// What a brute-force miner finds: `(sequence, sessions, times)` of every sequence
/// of these letters that occurs.
fn brute_force(sessions: &[String], letters: &str) -> Vec<(String, u32, u32)> {
    let mut found = Vec::new();
    let mut level = vec![String::new()];
    for length in 1..=MAX_LENGTH {
        let longer = |prefix: &String| {
            let prefix = prefix.clone();
            letters
                .chars()
                .map(move |letter| format!("{prefix}{letter}"))
        };
        level = level.iter().flat_map(longer).collect();
        // What does not occur has no continuation that does.
        level.retain(|sequence| {
            let letters: Vec<char> = sequence.chars().collect();
            let occurs = |session: &String| {
                let steps = steps(session);
                (0..steps.len()).any(|start| begins(&steps[start..], &letters))
            };
            sessions.iter().any(occurs)
        });
        for sequence in level.iter().filter(|_| length > 1) {
            let letters: Vec<char> = sequence.chars().collect();
            let starts = |session: &String| {
                let steps = steps(session);
                (0..steps.len())
                    .filter(|start| begins(&steps[*start..], &letters))
                    .count() as u32
            };
            let times: Vec<u32> = sessions.iter().map(starts).collect();
            let support = times.iter().filter(|times| **times > 0).count() as u32;
            if support > 0 {
                found.push((sequence.clone(), support, times.iter().sum()));
            }
        }
    }
    found
}

/// The sequences that are patterns, by the definition.
fn brute_force_patterns(sessions: &[String], letters: &str) -> Vec<(String, u32, u32)> {
    let all = brute_force(sessions, letters);
    let of = |sequence: &str| all.iter().find(|(other, ..)| other == sequence);
    let occurrences = |letter: char| -> u32 {
        let count = |session: &String| steps(session).iter().filter(|x| **x == letter).count();
        sessions.iter().map(count).sum::<usize>() as u32
    };
    let base = |first: char, second: char| {
        let expected = |session: &String| {
            let steps = steps(session);
            let count = |letter| steps.iter().filter(|step| **step == letter).count() as u64;
            let (n, a, b) = (steps.len() as u64, count(first), count(second));
            if n == 0 {
                return 0;
            }
            a * ((n.pow(3) - (n - b).pow(3)) * EXPECTED_UNIT / (n * n)) / n
        };
        let expected: u64 = sessions.iter().map(expected).sum();
        expected as f64 / EXPECTED_UNIT as f64 / f64::from(occurrences(first))
    };
    let mut kept: Vec<(String, u32, u32)> = Vec::new();
    let mut prefixes: Vec<String> = letters.chars().map(String::from).collect();
    for length in 2..=MAX_LENGTH {
        let prefix_of = |sequence: &str| sequence[..length - 1].to_owned();
        let candidates: Vec<_> = all
            .iter()
            .filter(|(sequence, support, _)| {
                sequence.len() == length
                    && *support >= 3
                    && prefixes.contains(&prefix_of(sequence))
                    && (length == 2 || remarkable_pair(&kept, &sequence[length - 2..]))
            })
            .cloned()
            .collect();
        let passed: Vec<_> = candidates
            .iter()
            .filter(|(sequence, _, times)| {
                let before = match length {
                    2 => occurrences(sequence.chars().next().unwrap()),
                    _ => of(&prefix_of(sequence)).unwrap().2,
                };
                let mut last = sequence[length - 2..].chars();
                let base = base(last.next().unwrap(), last.next().unwrap());
                {
                    let cases = Cases {
                        times: *times,
                        all: before,
                        sessions: 0,
                        age: Age::Grown,
                    };
                    sequence_lift(cases, base, 2.0, candidates.len()).is_some()
                }
            })
            .cloned()
            .collect();
        prefixes = passed
            .iter()
            .map(|(sequence, ..)| sequence.clone())
            .collect();
        kept.extend(passed);
    }
    kept.retain(|(sequence, _, times)| {
        let before = match sequence.len() {
            2 => occurrences(sequence.chars().next().unwrap()),
            length => of(&sequence[..length - 1]).unwrap().2,
        };
        2 * times >= before
    });
    let mut shown: Vec<(String, u32, u32)> = Vec::new();
    for length in (2..=MAX_LENGTH).rev() {
        for (sequence, support, times) in kept.iter().filter(|(other, ..)| other.len() == length) {
            let within: Vec<_> = shown
                .iter()
                .filter(|(longer, ..)| longer.len() > length && is_part(sequence, longer))
                .collect();
            let covered: u32 = within.iter().map(|(.., times)| times).sum();
            if within.iter().all(|(_, other, _)| other != support) && 2 * covered < *times {
                shown.push((sequence.clone(), *support, *times));
            }
        }
    }
    shown.sort();
    shown
}

fn remarkable_pair(kept: &[(String, u32, u32)], pair: &str) -> bool {
    kept.iter().any(|(other, ..)| other == pair)
}

fn is_part(part: &str, whole: &str) -> bool {
    match (part.chars().next(), whole.chars().next()) {
        (None, _) => true,
        (_, None) => false,
        (Some(a), Some(b)) if a == b => is_part(&part[1..], &whole[1..]),
        _ => is_part(part, &whole[1..]),
    }
}

fn spelled(steps: &[u16], names: &ProjectNames) -> String {
    steps
        .iter()
        .map(|step| names.classes.name((*step).into()))
        .collect()
}

/// Words with a few motifs in them, so that some sequences are remarkable.
fn sessions_with_motifs() -> impl Strategy<Value = Vec<String>> {
    let piece = prop_oneof![
        2 => Just("abcd".to_owned()),
        1 => Just("exfg".to_owned()),
        1 => Just("bch".to_owned()),
        3 => "[h-p]{1,9}",
        1 => "[a-p]{1,4}",
    ];
    let session = proptest::collection::vec(piece, 0..9).prop_map(|pieces| pieces.concat());
    proptest::collection::vec(session, 1..14)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn counts_are_those_of_a_brute_force_miner(
        sessions in proptest::collection::vec("[a-e]{0,14}", 1..7),
        forgotten in proptest::collection::vec("[a-e]{0,14}", 0..4),
    ) {
        let mut names = ProjectNames::default();
        let kept = digests(&sessions, &mut names);
        let gone = digests(&forgotten, &mut names);
        let mut tallies = Tallies::new();
        for digest in kept.iter().chain(&gone) {
            count(&mut tallies, digest, true);
        }
        let mut chains = Chains::default();
        chains.follow_all(&tallies, kept.iter().chain(&gone));
        for digest in &gone {
            count(&mut tallies, digest, false);
            chains.count(digest, false);
        }
        let mut found: Vec<_> = Of::Pair
            .all(&tallies)
            .filter(|(.., tally)| tally.times > 0)
            .map(|(a, b, tally)| (vec![a as u16, b as u16], *tally))
            .chain(chains.counted())
            .map(|(steps, tally)| (spelled(&steps, &names), tally.sessions, tally.times))
            .collect();
        found.sort();
        let mut wanted = brute_force(&sessions, "abcde");
        wanted.sort();
        prop_assert_eq!(found, wanted);
    }

    #[test]
    fn sequences_are_those_of_a_brute_force_miner(sessions in sessions_with_motifs()) {
        let mut names = ProjectNames::default();
        let digests = digests(&sessions, &mut names);
        let mut tallies = Tallies::new();
        let mut chains = Chains::default();
        let mut found = Vec::new();
        for (position, digest) in digests.iter().enumerate() {
            count(&mut tallies, digest, true);
            chains.count(digest, true);
            // Listing in between must change nothing later.
            let known = digests[..=position].iter();
            found = chains.sequences(&tallies, known);
        }
        found.retain(|sequence| !sequence.lift.is_few);
        for sequence in &found {
            let has_it = |digest: &&Digest| sequence::contains(&digest.steps, &sequence.steps);
            let support = digests.iter().filter(has_it).count() as u32;
            prop_assert_eq!(support, sequence.tally.sessions);
        }
        let mut found: Vec<_> = found
            .iter()
            .map(|s| (spelled(&s.steps, &names), s.tally.sessions, s.tally.times))
            .collect();
        found.sort();
        prop_assert_eq!(found, brute_force_patterns(&sessions, "abcdefghijklmnopx"));
    }

    #[test]
    fn nothing_is_left_of_forgotten_sessions(
        sessions in proptest::collection::vec("[a-z]{0,40}", 1..6),
    ) {
        let mut names = ProjectNames::default();
        let mut tallies = Tallies::new();
        let digests = digests(&sessions, &mut names);
        for is_added in [true, false] {
            for digest in &digests {
                count(&mut tallies, digest, is_added);
            }
        }
        digests.iter().for_each(|digest| digest.release(&mut names));
        prop_assert!(tallies.is_empty());
        prop_assert!(names.classes.is_empty() && names.texts.is_empty());
    }
}

#[test]
fn motifs_are_found_at_all() {
    let sessions = vec!["hiabcdjklmnopkhoabcdpnmlkj".to_owned(); 6];
    let patterns = brute_force_patterns(&sessions, "abcdefghijklmnopx");
    assert!(
        patterns.contains(&("abcd".to_owned(), 6, 12)),
        "{patterns:?}"
    );
}

#[test]
fn expected_pairs_are_those_of_random_order() {
    let mut names = ProjectNames::default();
    let digests = digests(&["abcabc".to_owned()], &mut names);
    let mut tallies = Tallies::new();
    count(&mut tallies, &digests[0], true);
    let id = |names: &mut ProjectNames, letter| names.classes.id(letter, 9).unwrap();
    let key = Of::Pair.key(id(&mut names, "a"), id(&mut names, "b"));
    let expected = at(&tallies, key).expected as f64 / EXPECTED_UNIT as f64;
    let by_hand = 2.0 * (1.0 - (4.0_f64 / 6.0).powi(3));
    assert!((expected - by_hand).abs() < 1e-3, "{expected} {by_hand}");
}

fn event<'a>(event_type: &'a str, file: Option<&'a str>, task: Option<&'a str>) -> Event<'a> {
    Event {
        event_type,
        file,
        task,
        outcome: None,
        error: None,
        files: Vec::new(),
        at: UnixMillis(0),
    }
}

#[test]
fn events_are_called_what_a_person_would_call_them() {
    for (event_type, file, task, phrase) in [
        ("code_edit", Some("src/a.ts"), None, "editing a .ts file"),
        ("code_edit", Some("src/a.test.ts"), None, "editing a test"),
        (
            "code_edit",
            Some("app/package.json"),
            None,
            "editing package.json",
        ),
        (
            "file_open",
            Some("README.md"),
            None,
            "opening documentation",
        ),
        (
            "file_open",
            Some("C:\\app\\Makefile"),
            None,
            "opening makefile",
        ),
        ("code_edit", Some(".gitignore"), None, "editing .gitignore"),
        ("test_run", None, Some("npm test"), "running npm test"),
        ("test_run", None, None, "running the tests"),
        ("git_commit", None, None, "committing"),
        ("search", None, None, "searching"),
        ("error", None, None, "meeting an error"),
        ("branch_switch", None, None, "branch switch"),
    ] {
        let found = phrase::activity(&event(event_type, file, task));
        assert_eq!(found.as_deref(), Some(phrase));
    }
    assert_eq!(
        phrase::activity(&event("file_close", Some("a"), None)),
        None
    );
    let mut failed = event("test_run", None, None);
    failed.outcome = Some(Outcome::Failed);
    assert_eq!(phrase::step("running", &event("build", None, None)), None);
    let step = phrase::step("running", &failed);
    assert_eq!(step.as_deref(), Some("running (failed)"));
}

#[test]
fn an_error_is_the_same_on_another_line() {
    for (error, line) in [
        (
            "src/a.ts:10:52 - error TS2345: no 12",
            "src/a.ts:#:# - error TS2345: no #",
        ),
        ("\n  expected 3, got 4\nat x", "expected #, got #"),
        ("u8 overflow", "u8 overflow"),
    ] {
        assert_eq!(phrase::error_line(error), line);
    }
}
