//! How often the classification agrees with people, on the labelled set.
//!
//! `tests/quality/sectors.jsonl` has 450 texts, a line each: `text`, its `primary`
//! sector and the `others`. Every third line is of the part that is reported, and
//! whoever changes the rules looks at the misses of the other lines only, which is
//! why this prints no others. It keeps the rules from getting worse; what it says
//! of texts by other authors is less, see the documentation of the module.

#![allow(clippy::unwrap_used)]

use recollect_core::record::Kind;
use recollect_core::sector::{Sector, Sectors, classify_texts};

const SET: &str = include_str!("../../../tests/quality/sectors.jsonl");

/// Texts of the reported part, 150 in all, whose primary sector was right at the
/// last change of the rules or of their table.
const RIGHT: usize = 133;

struct Case {
    text: String,
    primary: Sector,
    others: Vec<Sector>,
    is_reported: bool,
}

fn cases() -> Vec<Case> {
    let sector = |name: &serde_json::Value| Sector::parse(name.as_str().unwrap()).unwrap();
    SET.lines()
        .enumerate()
        .map(|(index, line)| {
            let value: serde_json::Value = serde_json::from_str(line).unwrap();
            Case {
                text: value["text"].as_str().unwrap().to_owned(),
                primary: sector(&value["primary"]),
                others: value["others"]
                    .as_array()
                    .unwrap()
                    .iter()
                    .map(sector)
                    .collect(),
                is_reported: index % 3 == 2,
            }
        })
        .collect()
}

/// As a memory without a type, so that the text alone decides.
fn classified(text: &str) -> Sectors {
    classify_texts(Kind::Observation, None, &[text])
}

/// How many of the cases have the right primary sector; prints what is known of them.
fn report(name: &str, cases: &[&Case]) -> usize {
    let mut of_sector = [[0; 5]; 5];
    let (mut found, mut extra, mut missed) = (0, 0, 0);
    for case in cases {
        let sectors = classified(&case.text);
        of_sector[case.primary as usize][sectors.primary() as usize] += 1;
        for sector in Sector::ALL {
            let is_wanted = sector == case.primary || case.others.contains(&sector);
            match (is_wanted, sectors.contains(sector)) {
                (true, true) => found += 1,
                (false, true) => extra += 1,
                (true, false) => missed += 1,
                (false, false) => {}
            }
        }
    }
    let right = (0..5).map(|place| of_sector[place][place]).sum();
    println!("{name}: primary right in {right} of {}", cases.len());
    for sector in Sector::ALL {
        println!(
            "  {:11} taken for {:?}",
            sector.as_str(),
            of_sector[sector as usize]
        );
    }
    println!("  all sectors: {found} found, {extra} too many, {missed} missed");
    right
}

#[test]
fn the_primary_sector_is_right_as_often_as_recorded() {
    let cases = cases();
    let (reported, others): (Vec<&Case>, Vec<&Case>) =
        cases.iter().partition(|case| case.is_reported);
    report("written against", &others);
    for case in others {
        let primary = classified(&case.text).primary();
        if primary != case.primary {
            println!(
                "  {} for {}: {}",
                primary.as_str(),
                case.primary.as_str(),
                case.text
            );
        }
    }
    let right = report("reported", &reported);
    assert!(
        right >= RIGHT,
        "{right} of {}, {RIGHT} before",
        reported.len()
    );
}

#[test]
fn both_parts_are_balanced_over_the_sectors() {
    let cases = cases();
    for sector in Sector::ALL {
        let of = |is_reported| {
            let is_in = |case: &&Case| case.primary == sector && case.is_reported == is_reported;
            cases.iter().filter(is_in).count()
        };
        assert_eq!((of(false), of(true)), (60, 30), "{}", sector.as_str());
    }
}

/// A measurement, not a check: `cargo test --release -- --ignored --nocapture`.
#[test]
#[ignore = "prints a time"]
#[allow(clippy::disallowed_methods)]
fn cost_of_a_memory_of_600_characters() {
    let mut texts = Vec::new();
    let mut text = String::new();
    for case in cases().iter().cycle().step_by(7).take(5_000) {
        text.push_str(&case.text);
        text.push(' ');
        if text.len() >= 600 {
            texts.push(text[..text.floor_char_boundary(600)].to_owned());
            text.clear();
        }
    }
    let started = std::time::Instant::now();
    let mut bits = 0;
    for _ in 0..100 {
        for text in &texts {
            bits ^= classified(text).bits();
        }
    }
    let each = started.elapsed().as_secs_f64() * 1e6 / (100 * texts.len()) as f64;
    println!("{each:.2} µs a memory of {} ({bits})", texts.len());
}
