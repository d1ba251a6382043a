//! Three processes on one folder, with crashes, power cuts, full disks and stale
//! lists in random schedules: nothing acknowledged is lost, nothing forgotten
//! comes back.
//!
//! `RECOLLECT_SCHEDULES` and `RECOLLECT_SEED` choose how many and which; a
//! violation prints the seed of its schedule, which alone repeats it.

#![allow(clippy::unwrap_used, clippy::print_stdout, missing_docs)]

mod disk;
mod others;
mod process;
mod random;
mod schedule;

use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

use schedule::{Rules, run};

/// Schedules of one run unless told.
const SCHEDULES: u64 = 2_000;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name)
        .ok()
        .and_then(|text| text.parse().ok())
        .unwrap_or(default)
}

/// Runs `count` schedules on all cores; gives the violations.
fn run_all(first_seed: u64, count: u64, rules: Rules, most: usize) -> Vec<String> {
    let next = AtomicU64::new(0);
    let found = AtomicUsize::new(0);
    let cores = std::thread::available_parallelism().map_or(2, usize::from);
    std::thread::scope(|scope| {
        let workers: Vec<_> = (0..cores)
            .map(|_| {
                scope.spawn(|| {
                    let mut violations = Vec::new();
                    while found.load(Ordering::Relaxed) < most {
                        let position = next.fetch_add(1, Ordering::Relaxed);
                        if position >= count {
                            break;
                        }
                        let seed = first_seed + position;
                        if let Err(violation) = run(seed, rules) {
                            found.fetch_add(1, Ordering::Relaxed);
                            violations.push(format!("schedule {seed}: {violation}"));
                        }
                    }
                    violations
                })
            })
            .collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    })
}

#[test]
fn no_schedule_loses_or_resurrects_anything() {
    let count = number("RECOLLECT_SCHEDULES", SCHEDULES);
    let seed = number("RECOLLECT_SEED", 1);
    let violations = run_all(seed, count, Rules::default(), usize::MAX);
    println!(
        "{count} schedules from seed {seed}, {} violations",
        violations.len()
    );
    assert!(violations.is_empty(), "{}", violations.join("\n"));
}

#[test]
fn every_broken_rule_is_noticed() {
    use recollect_core::Mutant;

    for mutant in [
        Mutant::ContentName,
        Mutant::SkipDuplicates,
        Mutant::NoSync,
        Mutant::DeleteFirst,
        Mutant::DropTombstones,
        Mutant::OnePurge,
        Mutant::BelieveFacts,
        Mutant::BelieveEdits,
        Mutant::EndAtOnce,
    ] {
        let count = 6_000;
        let violations = run_all(1, count, Rules { mutant }, 1);
        println!(
            "{mutant:?}: {}",
            violations.first().map_or("not noticed", String::as_str)
        );
        assert!(
            !violations.is_empty(),
            "{mutant:?} was not noticed in {count} schedules"
        );
    }
}
