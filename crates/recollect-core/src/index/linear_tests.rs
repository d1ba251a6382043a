//! How much work much of one kind makes: counted in steps, which are the same on every
//! machine.

use super::Index;
use crate::log::record::Record;

fn line(number: usize, kind: &str, at: i64, rest: &str) -> (Record, String) {
    let json = format!(
        r#"{{"id":"0199f300-0000-7000-8000-{number:012x}","k":"{kind}","h":"{at:012x}-0000-aaaaaaaa","at":{at},{rest}}}"#
    );
    (Record::from_json(&json).unwrap(), json)
}

const ORIGIN: &str = r#""project":{"id":"p","name":"p"},"src":"user""#;

fn observation(number: usize, at: i64) -> (Record, String) {
    let rest = format!(r#"{ORIGIN},"type":"discovery","title":"the same""#);
    line(number, "observation", at, &rest)
}

fn fact(number: usize, at: i64) -> (Record, String) {
    let rest = format!(r#"{ORIGIN},"key":"k","value":"{number}""#);
    line(number, "fact", at, &rest)
}

fn edit(number: usize, at: i64) -> (Record, String) {
    let of = "0199f300-0000-7000-8000-000000000000";
    line(
        number,
        "edit",
        at,
        &format!(r#""of":"{of}","title":"title {number}""#),
    )
}

/// The steps of taking these in, so many at a time, and what is shown then.
fn steps(
    index: &mut Index,
    records: Vec<(Record, String)>,
    at_once: usize,
) -> (usize, Vec<String>) {
    let mut steps = 0;
    for records in records.chunks(at_once) {
        let ingested = index.ingest(records.to_vec()).unwrap();
        steps += ingested.edits_joined + std::mem::take(&mut index.rows.same.steps);
    }
    let shown = index.rows.iter().filter(|(_, row)| !row.is_folded);
    let titles = shown.map(|(_, row)| index.memory(row.id).unwrap().unwrap().title);
    (steps, titles.collect())
}

#[test]
fn many_that_say_the_same_take_a_few_steps_each_in_any_order() {
    type Make = fn(usize, i64) -> (Record, String);
    for make in [observation as Make, fact] {
        for spacing in [0, 1, 1_000] {
            for at_once in [1, 64, 8_000] {
                for is_newest_first in [false, true] {
                    let mut records: Vec<_> = (0..2_000)
                        .map(|number| make(number, 1_000_000 + number as i64 * spacing))
                        .collect();
                    if is_newest_first {
                        records.reverse();
                    }
                    let count = records.len();
                    let mut index = Index::new().unwrap();
                    let (steps, shown) = steps(&mut index, records, at_once);
                    assert!(
                        steps < 12 * count,
                        "{spacing} {at_once} {is_newest_first}: {steps}"
                    );
                    let wanted = if shown[0] == "k" {
                        1
                    } else {
                        (2_000 * spacing as usize).div_ceil(600_001).max(1)
                    };
                    assert_eq!(shown.len(), wanted, "{spacing} {at_once} {is_newest_first}");
                }
            }
        }
    }
}

#[test]
fn many_edits_of_one_memory_take_a_few_steps_each() {
    const COUNT: usize = 1_000;
    for at_once in [1, 64, COUNT] {
        let mut index = Index::new().unwrap();
        steps(&mut index, vec![observation(0, 1_000)], 1);
        let edits = || (1..=COUNT).map(|number| edit(number, 1_000 + number as i64));
        let (counted, shown) = steps(&mut index, edits().collect(), at_once);
        assert!(counted < 4 * COUNT, "{at_once}: {counted}");
        assert_eq!(shown, [format!("title {COUNT}")]);
        // As when they come again from a folded file.
        let (counted, _) = steps(&mut index, edits().collect(), at_once);
        assert_eq!(counted, 0);
    }
    // The newest files come first, each of some hundred.
    let mut index = Index::new().unwrap();
    let edits: Vec<_> = (1..=COUNT)
        .map(|number| edit(number, 1_000 + number as i64))
        .collect();
    let mut counted = 0;
    for file in edits.chunks(125).rev() {
        counted += steps(&mut index, file.to_vec(), 125).0;
    }
    let (last, shown) = steps(&mut index, vec![observation(0, 1_000)], 1);
    assert!(counted + last < 6 * COUNT, "{counted}");
    assert_eq!(shown, [format!("title {COUNT}")]);
}

#[test]
fn many_projects_are_found_without_looking_at_each() {
    let mut index = Index::new().unwrap();
    let records: Vec<_> = (0..8_000)
        .map(|number| {
            let rest = ORIGIN.replace("\"p\"", &format!("\"p{number}\""));
            line(
                number,
                "fact",
                1_000,
                &format!(r#"{rest},"key":"k","value":"v""#),
            )
        })
        .collect();
    let (counted, shown) = steps(&mut index, records, 64);
    assert_eq!((counted, shown.len()), (0, 8_000));
    assert_eq!(index.rows.project_number("p7999"), Some(7_999));
}
