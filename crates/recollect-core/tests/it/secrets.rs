//! What the secret rules find, and what they leave.
//!
//! Every secret is drawn at run time, so that this file holds none.

#![allow(clippy::unwrap_used, missing_docs)]

pub mod cases;
mod random;

use std::borrow::Cow;
use std::path::Path;

use cases::{Case, Random, cases, unescaped};
use proptest::prelude::*;
use recollect_core::intake::privacy::{UserRules, redact};
use serde_json::json;

/// Makes a text of a secret.
type Put = fn(&str) -> String;

/// The places of a text that a secret can stand in.
const PLACES: [(&str, Put); 7] = [
    ("bare", |secret| secret.to_owned()),
    ("JSON", |secret| {
        json!({ "note": secret, "n": 1 }).to_string()
    }),
    ("JSON in JSON", |secret| {
        json!({ "body": json!({ "note": secret }).to_string() }).to_string()
    }),
    ("environment", |secret| {
        format!("A=1\nVALUE={secret}\nB=2\n")
    }),
    ("URL", |secret| {
        format!("https://host.test/p?value={secret}&x=1")
    }),
    ("code", |secret| {
        format!("const value = \"{secret}\";\nrun(value);")
    }),
    ("prose", |secret| {
        format!("I ran it with {secret}, and it worked.")
    }),
];

#[test]
fn each_rule_finds_its_secret_in_every_place_and_leaves_what_only_looks_like_it() {
    let mut random = Random::new(7);
    let (mut found, mut all, mut alarms, mut misses) = (0, 0, 0, 0);
    let mut wrong = Vec::new();
    println!("{:<20} found  alarms", "rule");
    for Case { rule, make, near } in cases() {
        let (mut found_here, mut all_here) = (0, 0);
        for (place, put) in PLACES {
            for _ in 0..20 {
                let secret = make(&mut random);
                let text = put(&secret.text);
                let kept = redact(&text).text;
                all_here += 1;
                let is_gone = !kept.contains(&secret.needle)
                    && !unescaped(&kept).contains(&secret.needle)
                    && kept.contains("[redacted:");
                if is_gone && (place != "bare" || kept.contains(&format!("[redacted:{rule}]"))) {
                    found_here += 1;
                } else {
                    wrong.push(format!("{rule} in {place}: {text} became {kept}"));
                }
                assert_eq!(redact(&kept).text, kept, "a second time");
            }
        }
        let near = near(&mut random);
        assert!(near.len() >= 3, "{rule} has {} near misses", near.len());
        let mut alarms_here = 0;
        for miss in &near {
            for (place, put) in PLACES {
                let text = put(miss);
                misses += 1;
                if redact(&text).had_secret {
                    alarms_here += 1;
                    wrong.push(format!("{rule}, a false alarm in {place}: {text}"));
                }
            }
        }
        println!(
            "{rule:<20} {found_here:>3}/{all_here}  {alarms_here}/{}",
            near.len() * 7
        );
        found += found_here;
        all += all_here;
        alarms += alarms_here;
    }
    println!("together: {found} of {all} found, {alarms} false alarms in {misses}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn a_marker_stands_where_the_secret_stood() {
    let mut random = Random::new(3);
    let word = random.word(12);
    let check = |text: String, wanted: &str| assert_eq!(redact(&text).text, wanted);
    check(
        format!("postgres://app:{word}@db.test/app?ssl=1"),
        "postgres://app:[redacted:url-password]@db.test/app?ssl=1",
    );
    check(
        format!("curl -H 'Authorization: Bearer {word}' https://a.test"),
        "curl -H 'Authorization: Bearer [redacted:authorization]' https://a.test",
    );
    check(
        format!("A=1\nDB_PASSWORD={word}\nB=2"),
        "A=1\nDB_PASSWORD=[redacted:secret]\nB=2",
    );
    check(
        format!("{{\"api_key\": \"{}\"}}", random.word(24)),
        "{\"api_key\": \"[redacted:secret]\"}",
    );
    for (text, wanted) in [
        (
            "-----BEGIN RSA {}-----\nabc\n-----END RSA {}-----\nmore",
            "[redacted:private-key]\nmore",
        ),
        ("a -----BEGIN {}-----\nabc", "a [redacted:private-key]"),
        (
            "s = \"-----BEGIN \" +\n  \"{}-----\\nab\" +\n  \"cd\\n-----END {}-----\";",
            "s = \"[redacted:private-key]\";",
        ),
        (
            "\"-----BEGIN \\\nOPENSSH {}-----\\\nab\\\n-----END OPENSSH {}-----\" x",
            "\"[redacted:private-key]\" x",
        ),
        (
            "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
            "-----BEGIN CERTIFICATE-----\nabc\n-----END CERTIFICATE-----",
        ),
    ] {
        check(text.replace("{}", &["PRIVATE", " KEY"].concat()), wanted);
    }
    assert!(matches!(
        redact("nothing secret here").text,
        Cow::Borrowed(_)
    ));
}

/// Source and lock files of this repository, which hold no secret.
fn sources() -> Vec<(String, String)> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let mut waiting = vec![
        root.join("crates"),
        root.join("extension"),
        root.join("scripts"),
    ];
    let mut files: Vec<_> = [
        "package-lock.json",
        "Cargo.lock",
        "README.md",
        "NOTICE",
        "CHANGELOG.md",
    ]
    .iter()
    .map(|name| root.join(name))
    .collect();
    while let Some(folder) = waiting.pop() {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            if path.is_dir() && !["node_modules", "target", "dist", "out"].contains(&name.as_str())
            {
                waiting.push(path);
            } else if [
                ".rs", ".ts", ".json", ".toml", ".md", ".mjs", ".css", ".yml",
            ]
            .iter()
            .any(|end| name.ends_with(end))
            {
                files.push(path);
            }
        }
    }
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).ok()?;
        Some((path.strip_prefix(&root).ok()?.display().to_string(), text))
    };
    files.iter().filter_map(read).collect()
}

#[test]
fn sources_and_lock_files_raise_almost_no_alarm() {
    let (mut lines, mut alarms) = (0, Vec::new());
    for (path, text) in sources() {
        for (number, line) in text.lines().enumerate() {
            lines += 1;
            let kept = redact(line);
            if kept.had_secret {
                alarms.push(format!("{path}:{}: {:.160}", number + 1, kept.text));
            }
        }
    }
    let rate = alarms.len() as f64 * 1_000.0 / f64::from(lines);
    println!(
        "{} alarms in {lines} lines, {rate:.3} per 1,000",
        alarms.len()
    );
    println!("{}", alarms.join("\n"));
    assert!(lines >= 10_000, "only {lines} lines");
    assert!(
        rate < 0.2,
        "{rate} alarms per 1,000 lines:\n{}",
        alarms.join("\n")
    );
}

#[test]
fn a_user_adds_patterns_and_learns_which_one_is_wrong() {
    let rules = UserRules::new(&["EMP-[0-9]{6}".into(), "(?i)project atlas".into()]).unwrap();
    let kept = rules.redact("EMP-123456 works on Project Atlas; EMP-12 does not");
    assert_eq!(
        kept.text,
        "[redacted:custom] works on [redacted:custom]; EMP-12 does not"
    );
    assert_eq!(rules.redact(&kept.text).text, kept.text);
    let word = UserRules::new(&["[a-z]+".into()]).unwrap();
    let once = word.redact("ab 12 cd").text.into_owned();
    assert_eq!(once, "[redacted:custom] 12 [redacted:custom]");
    assert_eq!(word.redact(&once).text, once, "a marker is never matched");
    let begin = UserRules::new(&["^a".into()]).unwrap();
    assert_eq!(
        begin.redact("aaa\nab").text,
        "[redacted:custom]aa\n[redacted:custom]b"
    );
    for (patterns, problem) in [
        (
            vec!["a".to_owned(), "(".to_owned()],
            "pattern 2 is no regular expression",
        ),
        (vec!["a*".to_owned()], "pattern 1 matches an empty text"),
        (vec!["a".repeat(513)], "pattern 1 has more than 512 bytes"),
        (
            vec!["a{1000}{1000}".to_owned()],
            "pattern 1 would take too long",
        ),
        (
            vec!["b".to_owned(), "[a-z]{1,400}9".to_owned()],
            "pattern 2 would take too long",
        ),
        (vec!["a".to_owned(); 65], "65 patterns, more than the 64"),
    ] {
        let error = UserRules::new(&patterns).unwrap_err().to_string();
        assert!(error.contains(problem), "{error}");
    }
}

#[test]
fn a_pattern_that_cannot_be_used_leaves_the_others_in_force() {
    let patterns = ["(", "EMP-[0-9]{6}", "[a-z]{1,400}9", "x*"].map(String::from);
    let globs = ["notes/**".to_owned(), "{".repeat(300)];
    let (rules, problems) = UserRules::usable(&patterns, &globs);
    assert_eq!(rules.redact("EMP-123456").text, "[redacted:custom]");
    assert!(rules.denies("notes/a.md"));
    let named = [
        "pattern 1 is",
        "pattern 3 would",
        "pattern 4 matches",
        "excluded path 2 ",
    ];
    assert_eq!(problems.len(), named.len(), "{problems:?}");
    for (problem, begin) in problems.iter().zip(named) {
        assert!(problem.starts_with(begin), "{problem}");
    }
}

#[test]
fn what_no_pattern_could_be_asked_about_is_not_kept() {
    let line = format!("{} EMP-123456\n", "abcdefgh ".repeat(120));
    let text = line.repeat(60);
    let costly = vec!["[a-z]{1,12}[0-9]{1,6}x".to_owned(); 64];
    let rules = UserRules::usable(&costly, &[]).0;
    let kept = rules.redact(&text).text.into_owned();
    assert!(kept.ends_with("EMP-123456\n[redacted:unchecked]"), "{kept}");
    assert!(kept.len() > 1_000, "the beginning is kept");
    assert_eq!(rules.redact("abc 12").text, "abc 12");
    let endless = UserRules::new(&["[a-z].*9|[a-h]".to_owned()]).unwrap();
    let kept = endless.redact(&text).text.into_owned();
    assert!(kept.ends_with("[redacted:unchecked]"), "{kept}");
    let long = "abcdefgh ".repeat(7_000);
    assert_eq!(rules.redact(&long).text, "[redacted:unchecked]");
    // Patterns with a plain beginning cost next to nothing where it is missing.
    let plain: Vec<_> = (10..74).map(|n| format!("EM{n}-[0-9]{{6}}")).collect();
    let plain = UserRules::new(&plain).unwrap();
    assert_eq!(plain.redact(&text).text, text);
    assert_eq!(plain.redact("EM42-123456").text, "[redacted:custom]");
}

#[test]
fn a_pattern_finds_whatever_it_begins_with() {
    for (pattern, text) in [
        ("EMP-?[0-9]{6}", "EMP123456"),
        ("EMPx*[0-9]{6}", "EMP123456"),
        ("ab{0,1}c", "ac"),
        (r"\bcase [0-9]+", "a case 12"),
        ("a|bc", "bc"),
        ("(ab|cd)9", "cd9"),
        ("(?i)atlas", "ATLAS"),
        (r"x\.test", "x.test"),
        ("a.c", "abc"),
        ("Z+9", "Z9"),
    ] {
        let rules = UserRules::new(&[pattern.to_owned()]).unwrap();
        assert!(rules.redact(text).had_secret, "{pattern}");
    }
}

#[test]
fn personal_data_goes_only_if_asked_for() {
    let people = UserRules::default().with_personal_data();
    for (text, left) in [
        ("mail ann.lee+x@mail.test now", "mail [redacted:email] now"),
        ("call +49 (30) 1234-5678.", "call [redacted:phone]."),
        ("card 4111 1111 1111 1111, ok", "card [redacted:card], ok"),
        (
            "card 4111 1111 1111 1112, no",
            "card 4111 1111 1111 1112, no",
        ),
        (
            "to DE89 3704 0044 0532 0130 00 today",
            "to [redacted:iban] today",
        ),
        (
            "to DE89370400440532013001 today",
            "to DE89370400440532013001 today",
        ),
        (
            "1790000000000 of 2026-11-21 10:00 v1.2.3 a@b @user 100+200",
            "1790000000000 of 2026-11-21 10:00 v1.2.3 a@b @user 100+200",
        ),
    ] {
        assert_eq!(people.redact(text).text, left);
        assert_eq!(people.redact(left).text, left);
        assert!(!redact(text).had_secret, "{text}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 96, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_text_is_redacted_once_and_for_all(text in any::<String>(), seed in any::<u64>(), cut in 0.0..1.0) {
        let mut random = Random::new(seed);
        let mut mixed = text;
        for _ in 0..4 {
            let cases = cases();
            let secret = (cases[random.below(cases.len())].make)(&mut random).text;
            let end = (secret.len() as f64 * cut) as usize;
            mixed.push_str(&secret[..secret.floor_char_boundary(end)]);
        }
        let people = UserRules::new(&["[0-9]{3}x".into()]).unwrap().with_personal_data();
        for kept in [redact(&mixed), people.redact(&mixed)] {
            let markers = kept.text.matches("[redacted:").count();
            prop_assert!(kept.text.len() <= mixed.len() + markers * 32);
            prop_assert_eq!(kept.had_secret, kept.text != mixed.as_str());
        }
        let once = redact(&mixed).text.into_owned();
        prop_assert_eq!(redact(&once).text, once.as_str());
    }
}
