//! The importer: whatever a file holds, every line is accounted for, nothing
//! private is taken in, and what was taken in can be exported and imported again.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_core::intake::privacy::strip;
use recollect_core::log::record::Trust;
use recollect_core::log::segment::{decode, lines};
use recollect_core::{SEED_LENGTH, Store, UnixMillis};

const NOW: UnixMillis = UnixMillis(1_790_000_000_000);

fuzz_target!(|text: &str| {
    let mut store = open(1);
    let report = store
        .import_lines(text, Trust::High, NOW)
        .expect("it is not too much");
    let count = text.lines().filter(|line| !line.trim().is_empty()).count();
    let sum = report.pending + report.known + report.forgotten + report.refused.len();
    assert_eq!(sum, count, "lines that nobody accounts for");

    let mut exported = flush(&mut store);
    assert_eq!(exported.len(), report.pending);
    exported.sort();
    for line in &exported {
        assert!(!strip(line).had_private, "something private was taken in");
    }

    let again = exported.join("\n");
    let known = store
        .import_lines(&again, Trust::High, NOW)
        .expect("it is not too much");
    assert_eq!(known.pending, 0, "what is known is taken in twice");

    let mut other = open(2);
    let copied = other
        .import_lines(&again, Trust::High, NOW)
        .expect("it is not too much");
    assert_eq!(copied.refused, [], "what was taken in once is refused");
    let mut copies = flush(&mut other);
    copies.sort();
    assert_eq!(copies, exported);
});

fn open(seed: u8) -> Store {
    Store::new([seed; SEED_LENGTH], "0").expect("an empty index can be made")
}

/// Makes everything durable; gives the lines that an export would hold.
fn flush(store: &mut Store) -> Vec<String> {
    let mut exported = Vec::new();
    while let Some(flush) = store.next_flush(NOW) {
        assert!(decode(&flush.bytes).is_whole, "a file that is not whole");
        store
            .flushed(flush.name.as_str())
            .expect("it can be indexed");
        let written = lines(&flush.bytes).good.len();
        let lines = store.export_lines(&flush.bytes).expect("it can be read");
        assert_eq!(lines.len(), written);
        exported.extend(lines);
    }
    exported
}
