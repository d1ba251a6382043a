//! How often the classification agrees with people, on the labelled set.
//!
//! `tests/quality/sectors.jsonl` has a text a line: its `half`, its `primary` sector
//! and the `others`. Weights are fitted to the half called `tune`, whose misses this
//! prints. The half called `report` was written and labelled by somebody else, and
//! whoever changes the weights or the lexicon looks at its totals only, which is why
//! its misses are not shown.

#![allow(clippy::unwrap_used)]

use recollect_core::log::record::{Kind, Sector, Sectors};
use recollect_core::weigh::sector::classify_texts;

const SET: &str = include_str!("../../../../tests/quality/sectors.jsonl");

/// By half, how many primary sectors were right when `npm run quality -- --record`
/// was last run.
const BASELINE: &str = include_str!("../../../../tests/quality/sectors.baseline.json");

struct Case {
    text: String,
    primary: Sector,
    others: Vec<Sector>,
    half: String,
}

fn cases() -> Vec<Case> {
    let sector = |name: &serde_json::Value| Sector::parse(name.as_str().unwrap()).unwrap();
    SET.lines()
        .map(|line| {
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
                half: value["half"].as_str().unwrap().to_owned(),
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
    let baseline: serde_json::Value = serde_json::from_str(BASELINE).unwrap();
    for half in ["tune", "report"] {
        let of_half: Vec<&Case> = cases.iter().filter(|case| case.half == half).collect();
        let right = report(half, &of_half);
        for case in of_half.iter().filter(|_| half == "tune") {
            let primary = classified(&case.text).primary();
            if primary != case.primary {
                let (found, wanted) = (primary.as_str(), case.primary.as_str());
                println!("  {found} for {wanted}: {}", case.text);
            }
        }
        let recorded = baseline[half]["right"].as_u64().unwrap() as usize;
        assert!(right >= recorded, "{half}: {right}, {recorded} before");
    }
}

#[test]
fn both_halves_are_balanced_over_the_sectors() {
    let cases = cases();
    for sector in Sector::ALL {
        let of = |half| {
            let is_in = |case: &&Case| case.primary == sector && case.half == half;
            cases.iter().filter(is_in).count()
        };
        assert!((390..=400).contains(&of("tune")), "{}", sector.as_str());
        assert_eq!(of("report"), 33, "{}", sector.as_str());
    }
}
