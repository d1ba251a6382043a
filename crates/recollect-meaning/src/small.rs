//! Small tables for tests.

/// The bytes of a table of these pieces, each with the vector that `value` gives for its
/// number and each dimension, from -8 to 7.
pub(crate) fn bytes(pieces: &[&str], value: impl Fn(usize, usize) -> i8) -> Vec<u8> {
    let vocabulary = pieces.join("\n");
    let mut bytes = b"RCLMEAN\0\x01\0\0\x01\x20\0\0\0".to_vec();
    bytes.extend((pieces.len() as u32).to_le_bytes());
    bytes.extend((vocabulary.len() as u32).to_le_bytes());
    bytes.extend(vocabulary.bytes());
    bytes.extend(vec![200; pieces.len() * 8]);
    for piece in 0..pieces.len() {
        for byte in 0..128 {
            let first = byte / 16 * 32 + byte % 16;
            let half = |dim| (value(piece, dim) + 8) as u8;
            bytes.push(half(first) | half(first + 16) << 4);
        }
    }
    seal(bytes)
}

/// Puts the checksum behind what is to be a table.
pub(crate) fn seal(mut bytes: Vec<u8>) -> Vec<u8> {
    bytes.extend(crc32fast::hash(&bytes).to_le_bytes());
    bytes
}
