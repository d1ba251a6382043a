//! Every line of `told.txt` loses its secret, and every line of `stays.txt` stays as it is.

#![allow(clippy::unwrap_used, missing_docs)]

use crate::secrets::cases::Random;
use recollect_core::intake::privacy::redact;

const TOLD: &str = include_str!("secrets/told.txt");
const STAYS: &str = include_str!("secrets/stays.txt");

fn lines(table: &str) -> impl Iterator<Item = String> {
    table
        .lines()
        .filter(|line| !line.is_empty() && !line.starts_with("%%"))
        .map(|line| line.replace('⏎', "\n").replace('⇥', "\t"))
}

/// What a machine draws, and what people choose.
fn secrets(kind: &str, random: &mut Random) -> Vec<String> {
    let drawn = format!("vQ8m{}7Kq", random.word(10));
    match kind {
        "pin" => vec!["4711".to_owned(), "839201".to_owned()],
        "key" => vec![
            format!("{drawn}Hd3"),
            "9f86d081884c7d65".to_owned() + "9a2feaa0c55ad015",
        ],
        _ => vec![
            drawn,
            ["hun", "ter2"].concat(),
            ["Sun", "shine", "42!"].concat(),
            ["Tr0u", "b4dor&3"].concat(),
            ["kX9#", "mP2$vL"].concat(),
            ["S3cur3", "P@ssphr"].concat(),
        ],
    }
}

#[test]
fn what_a_line_tells_goes() {
    let mut kept = Vec::new();
    let mut random = Random::new(29);
    for line in lines(TOLD) {
        let (kind, line) = match line.strip_prefix('@').and_then(|line| line.split_once(' ')) {
            Some((kind @ ("pin" | "key"), line)) => (kind, line),
            _ => ("", line.as_str()),
        };
        for secret in secrets(kind, &mut random) {
            let left = redact(&line.replace("<X>", &secret)).text.into_owned();
            let half = &secret[secret.len() / 2..];
            if left.contains(&secret) || half.len() > 2 && left.contains(half) {
                kept.push(format!("{line}: {left}"));
            }
        }
    }
    assert!(kept.is_empty(), "{kept:#?}");
}

#[test]
fn what_is_only_like_such_a_line_stays() {
    let mut changed = Vec::new();
    for line in lines(STAYS) {
        let left = redact(&line).text.into_owned();
        if left != line {
            changed.push(left);
        }
    }
    assert!(changed.is_empty(), "{changed:#?}");
}
