//! The reader of the table of meanings and what takes texts apart by it: no file brings
//! them down, whether its checksum is right or not.

#![no_main]

use libfuzzer_sys::fuzz_target;
use recollect_meaning::{Table, Vector, scan};

fuzz_target!(|data: &[u8]| {
    let _ = Table::read(data.to_vec());
    // What comes behind the last byte 255 is a text.
    let (file, text) = match data.iter().rposition(|byte| *byte == 0xFF) {
        Some(at) => (&data[..at], String::from_utf8_lossy(&data[at + 1..])),
        None => (data, "to token".into()),
    };
    let mut sealed = file.to_vec();
    sealed.extend(crc32fast::hash(file).to_le_bytes());
    let Ok(table) = Table::read(sealed) else {
        return;
    };
    let tokens = table.tokens(&text, 64);
    assert!(tokens.len() <= 64 && tokens.iter().all(|id| !table.piece(*id).is_empty()));
    let question: Vec<(u32, f32)> = tokens.iter().map(|id| (*id, 1.0)).collect();
    assert!((0.0..=1.0).contains(&table.max_sim(&question, &tokens)));
    let vector = table.embed(&text);
    assert!(vector.cosine(&vector).abs() < 1.1);
    assert_eq!(
        scan(&vector.0, Vector::LENGTH, &vector.0, 1, &|_| true).len(),
        usize::from(!vector.is_zero())
    );
});
