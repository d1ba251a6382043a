//! The parser of records: what it takes is written and read again unchanged.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_core::log::record::Record;

fuzz_target!(|text: &str| {
    let Ok(record) = Record::from_json(text) else {
        return;
    };
    let json = record.to_json().expect("what was read can be written");
    assert!(!json.contains('\n'), "a line holds a line end");
    let again = Record::from_json(&json).expect("what was written can be read");
    assert_eq!(again, record);
    assert_eq!(again.to_json().ok(), Some(json));
});
