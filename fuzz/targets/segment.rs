//! The decoder of segments: no bytes bring it down, and what verifies survives
//! any damage around it.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_core::log::record::{Record, RecordError};
use recollect_core::log::segment::{MAX_LINE_BYTES, decode, encode, lines, named_ids};
use serde_json::Value;

fuzz_target!(|data: &[u8]| {
    check(data);
    if let Ok(text) = std::str::from_utf8(data) {
        check_lines(text);
    }
});

/// Any bytes.
fn check(bytes: &[u8]) {
    let decoded = decode(bytes);
    let taken = lines(bytes);
    assert_eq!(decoded.is_whole, taken.is_whole);
    assert_eq!(decoded.is_whole, decoded.problem.is_none());
    assert!(!decoded.is_whole || decoded.damaged_lines == 0);
    assert_eq!(decoded.newer_major.is_some(), taken.is_newer);
    let _ = named_ids(bytes);
    if taken.is_newer {
        return;
    }
    // What is carried into another segment says the same there.
    let carried = encode("k3v9x0ab", 0, "0", taken.good.iter().map(String::as_str));
    let again = decode(&carried);
    assert_eq!(again.records, decoded.records);
    assert_eq!(again.unknown, decoded.unknown);
    assert_eq!(lines(&carried).good, taken.good);
}

/// Lines as a writer gives them; the first character chooses what is damaged later.
fn check_lines(text: &str) {
    let mut given = text.lines();
    let damage = given.next().unwrap_or_default();
    let given: Vec<&str> = given
        .filter(|line| line.len() <= MAX_LINE_BYTES && !is_footer(line))
        .collect();
    let bytes = encode("k3v9x0ab", 7, "0.1.0", given.iter().copied());
    assert_eq!(lines(&bytes).good, given);
    let decoded = decode(&bytes);
    // A kind of a newer version is kept; whatever else is no record is damage.
    let is_no_record = |line: &&&str| {
        Record::from_json(line).is_err_and(|error| !matches!(error, RecordError::UnknownKind))
    };
    assert_eq!(
        decoded.damaged_lines,
        given.iter().filter(is_no_record).count()
    );
    assert_eq!(decoded.is_whole, decoded.damaged_lines == 0);

    let Ok(position) = damage.parse::<usize>() else {
        return;
    };
    let mut damaged = bytes.clone();
    let position = position % bytes.len();
    damaged[position] ^= 1;
    check(&damaged);
    let good = lines(&damaged).good;
    assert!(!decode(&damaged).is_whole);
    // A line end that is gone joins two lines, and one that is new parts one.
    assert!(
        good.len() + 2 >= given.len(),
        "damage in one place costs more"
    );
    assert!(
        good.iter().all(|line| given.contains(&line.as_str())),
        "a line is forged"
    );
    check(&bytes[..position]);
}

/// Whether a line is what ends a segment, so that no writer gives it as a record.
fn is_footer(line: &str) -> bool {
    match serde_json::from_str(line) {
        Ok(Value::Object(keys)) => keys.len() == 1 && keys.contains_key("end"),
        _ => false,
    }
}
