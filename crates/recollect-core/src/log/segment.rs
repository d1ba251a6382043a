//! Segments: immutable text files of records.
//!
//! ```text
//! 3f1a77c0 {"mem":1,"w":"k3v9x0ab","n":7,"app":"0.1.0"}     header
//! 9c01b2aa {"id":"0199…","k":"prompt","h":"0199…", … }      one line a record
//! 5570d1ef {"end":1}                                        footer: number of records
//! ```
//!
//! | part of a line | width | holds |
//! | --- | --- | --- |
//! | checksum | 8 | CRC-32 (IEEE) of the JSON's bytes, lower-case hexadecimal |
//! | separator | 1 | a space |
//! | JSON | ≤ 96 KiB | one object; JSON escapes control characters, so it holds no line end |
//! | line end | 1 | `\n` |
//!
//! | header key | holds |
//! | --- | --- |
//! | `mem` | major version of the format, 1 |
//! | `w` | the writer |
//! | `n` | which of the writer's segments |
//! | `app` | version of the extension |
//!
//! A segment is whole when every line verifies, the footer counts the records
//! and the last byte is `\n`. Of one that is not, every line that verifies is
//! used; the rest is reported, never dropped silently. A checksum finds
//! accidents, not attackers.

use serde::{Deserialize, Serialize};

use crate::log::clock::Stamp;
use crate::log::id::RecordId;
use crate::log::name::{WRITER_LENGTH, is_base32};
use crate::log::record::{Record, RecordError};

/// Major version of the format that this build writes and reads.
pub const MAJOR: u32 = 1;
/// Largest line without its checksum, in bytes.
pub const MAX_LINE_BYTES: usize = 96 * 1024;
/// Largest segment that is read, in bytes.
pub const MAX_SEGMENT_BYTES: usize = 8 * 1024 * 1024;
/// Most bytes of lines put into one segment.
pub const TARGET_SEGMENT_BYTES: usize = 1024 * 1024 - 4096;

#[derive(Serialize, Deserialize)]
struct Header {
    mem: u32,
    w: String,
    n: u32,
    app: String,
}

// A record can have a key of this name among others.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct Footer {
    end: usize,
}

/// What a segment turned out to hold.
#[derive(Debug, Default)]
pub struct Decoded<'a> {
    /// Records that verify and that this version knows.
    pub records: Vec<Record>,
    /// Their JSON, in the same order.
    pub lines: Vec<&'a str>,
    /// Ids of lines that verify, of kinds that this version does not know.
    pub unknown: Vec<RecordId>,
    /// Lines that do not verify or are no records.
    pub damaged_lines: usize,
    /// Lines that do not verify or are of unknown kinds, as they are: only their
    /// ids and stamps tell whether they hold what was forgotten.
    pub suspects: Vec<Vec<u8>>,
    /// Whether every byte is accounted for.
    pub is_whole: bool,
    /// Major version, if it is newer than this build reads: then nothing else
    /// was looked at.
    pub newer_major: Option<u32>,
    /// What is wrong, in words, if anything is.
    pub problem: Option<&'static str>,
}

/// The bytes of a segment of the JSON lines `lines`.
#[must_use]
pub fn encode<'a>(
    writer: &str,
    counter: u32,
    app: &str,
    lines: impl ExactSizeIterator<Item = &'a str>,
) -> Vec<u8> {
    let count = lines.len();
    let mut bytes = Vec::new();
    let header = Header {
        mem: MAJOR,
        w: writer.to_owned(),
        n: counter,
        app: app.to_owned(),
    };
    push_json(&mut bytes, &header);
    for line in lines {
        push_line(&mut bytes, line);
    }
    push_json(&mut bytes, &Footer { end: count });
    bytes
}

fn push_json(bytes: &mut Vec<u8>, value: &impl Serialize) {
    let json = serde_json::to_string(value).expect("a struct of numbers and texts is valid JSON");
    push_line(bytes, &json);
}

fn push_line(bytes: &mut Vec<u8>, json: &str) {
    let checksum = crc32fast::hash(json.as_bytes());
    bytes.extend_from_slice(format!("{checksum:08x} ").as_bytes());
    bytes.extend_from_slice(json.as_bytes());
    bytes.push(b'\n');
}

/// Reads a segment; damage is part of the answer, never an error or a panic.
#[must_use]
pub fn decode(bytes: &[u8]) -> Decoded<'_> {
    if bytes.len() > MAX_SEGMENT_BYTES {
        return broken("larger than a segment may be");
    }
    let mut decoded = Decoded::default();
    let Some(complete) = bytes.strip_suffix(b"\n") else {
        // The end is missing; what stands before it may be good.
        decode_lines(bytes, &mut decoded);
        decoded.is_whole = false;
        decoded.problem.get_or_insert("its end is missing");
        return decoded;
    };
    decode_lines(complete, &mut decoded);
    decoded
}

/// The lines of a segment, for carrying them into another one as they are.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Lines {
    /// JSON of the records whose checksums are right.
    pub good: Vec<String>,
    /// Whether the segment is whole, so that nothing else was in it.
    pub is_whole: bool,
    /// Whether a newer version wrote it.
    pub is_newer: bool,
    /// Of a segment that is not whole, what is left without the good lines: the
    /// header, and every line that does not verify.
    pub remains: Vec<u8>,
}

/// Takes a segment apart into lines without looking at what they say.
#[must_use]
pub fn lines(bytes: &[u8]) -> Lines {
    let decoded = decode(bytes);
    let mut lines = Lines {
        is_whole: decoded.is_whole,
        is_newer: decoded.newer_major.is_some(),
        ..Lines::default()
    };
    if bytes.len() > MAX_SEGMENT_BYTES {
        lines.remains = bytes.to_vec();
        return lines;
    }
    let mut all = bytes
        .split_inclusive(|byte| *byte == b'\n')
        .enumerate()
        .peekable();
    while let Some((position, line)) = all.next() {
        let text = line.strip_suffix(b"\n").unwrap_or(line);
        let is_last = all.peek().is_none();
        let is_footer = |json| is_last && serde_json::from_str::<Footer>(json).is_ok();
        match verify(text) {
            Some(_) if position == 0 => lines.remains.extend_from_slice(line),
            Some(json) if is_footer(json) => {}
            Some(json) => lines.good.push(json.to_owned()),
            None => lines.remains.extend_from_slice(line),
        }
    }
    lines
}

fn broken(problem: &'static str) -> Decoded<'static> {
    Decoded {
        damaged_lines: 1,
        problem: Some(problem),
        ..Decoded::default()
    }
}

fn decode_lines<'a>(bytes: &'a [u8], decoded: &mut Decoded<'a>) {
    let mut lines = bytes.split(|byte| *byte == b'\n').peekable();
    let first = lines.next().unwrap_or_default();
    match verify(first).map(serde_json::from_str::<Header>) {
        Some(Ok(header)) if header.mem > MAJOR => {
            decoded.newer_major = Some(header.mem);
            decoded.problem = Some("written by a newer version");
            return;
        }
        Some(Ok(header)) if header.w.len() == WRITER_LENGTH && is_base32(&header.w) => {}
        _ => {
            // A record may stand in the same line, if what parted them was damaged.
            decoded.suspects.push(first.to_vec());
            decoded.damaged_lines += 1;
            decoded.problem = Some("its header is damaged");
        }
    }
    let mut verified = 0;
    let mut footer = None;
    while let Some(line) = lines.next() {
        let Some(json) = verify(line) else {
            decoded.damaged_lines += 1;
            decoded.suspects.push(line.to_vec());
            continue;
        };
        if lines.peek().is_none()
            && let Ok(found) = serde_json::from_str::<Footer>(json)
        {
            footer = Some(found.end);
            break;
        }
        verified += 1;
        match Record::from_json(json) {
            Ok(record) => {
                decoded.records.push(record);
                decoded.lines.push(json);
            }
            Err(RecordError::UnknownKind) => {
                decoded.unknown.extend(named_ids(line).first());
                decoded.suspects.push(line.to_vec());
            }
            Err(
                RecordError::Malformed(_)
                | RecordError::TooDeep
                | RecordError::TooManyKeys
                | RecordError::TooFarAhead,
            ) => {
                decoded.damaged_lines += 1;
            }
        }
    }
    if decoded.damaged_lines > 0 {
        decoded
            .problem
            .get_or_insert("some of its lines are damaged");
    } else if footer.is_none() {
        decoded.problem = Some("its end is missing");
    } else if footer != Some(verified) {
        decoded.problem = Some("it holds another number of records than it says");
    }
    decoded.is_whole = decoded.problem.is_none();
}

/// Length of an id as text.
const ID_LENGTH: usize = 36;

/// The ids that a line names, its own and that of what it edits, whether or not
/// the rest of it is damaged; one wrong byte before an id does not hide it.
#[must_use]
pub fn named_ids(line: &[u8]) -> Vec<RecordId> {
    let own = marked(line, b"\"id\":\"", ID_LENGTH);
    let edited = marked(line, b"\"of\":\"", ID_LENGTH);
    own.chain(edited).filter_map(|id| id.parse().ok()).collect()
}

/// The stamp of a line, as [`named_ids`] finds its id.
#[must_use]
pub fn named_stamp(line: &[u8]) -> Option<Stamp> {
    marked(line, b"\"h\":\"", Stamp::TEXT_LENGTH).find_map(|stamp| stamp.parse().ok())
}

/// The texts of a length that stand behind a mark, or what was one before a
/// byte of it was damaged.
fn marked<'a>(line: &'a [u8], mark: &'a [u8], length: usize) -> impl Iterator<Item = &'a str> {
    let windows = line.windows(mark.len()).enumerate();
    windows.filter_map(move |(position, window)| {
        let wrong = mark.iter().zip(window).filter(|(a, b)| a != b).count();
        let start = position + mark.len();
        let text = line.get(start..start + length).filter(|_| wrong <= 1)?;
        std::str::from_utf8(text).ok()
    })
}

/// The JSON of a line whose checksum is right.
fn verify(line: &[u8]) -> Option<&str> {
    let (checksum, rest) = line.split_at_checked(8)?;
    let json = rest.strip_prefix(b" ")?;
    if json.len() > MAX_LINE_BYTES {
        return None;
    }
    let is_lower_hex = |byte: &u8| matches!(byte, b'0'..=b'9' | b'a'..=b'f');
    if !checksum.iter().all(is_lower_hex) {
        return None;
    }
    let expected = u32::from_str_radix(std::str::from_utf8(checksum).ok()?, 16).ok()?;
    if crc32fast::hash(json) != expected {
        return None;
    }
    std::str::from_utf8(json).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<String> {
        (1..=3_u8)
            .map(|n| {
                format!(
                    concat!(
                        r#"{{"id":"0199f300-0000-7000-8000-00000000000{n}","k":"prompt","#,
                        r#""h":"0199f3000000-000{n}-k3v9x0ab","at":{n},"#,
                        r#""project":{{"id":"p","name":"p"}},"src":"user","#,
                        r#""number":{n},"text":"line\n{n}"}}"#
                    ),
                    n = n
                )
            })
            .collect()
    }

    fn segment() -> Vec<u8> {
        encode("k3v9x0ab", 7, "0.1.0", lines().iter().map(String::as_str))
    }

    #[test]
    fn the_bytes_are_the_documented_ones() {
        let bytes = encode("k3v9x0ab", 7, "0.1.0", [].into_iter());
        assert_eq!(
            String::from_utf8(bytes).unwrap(),
            "9111ec69 {\"mem\":1,\"w\":\"k3v9x0ab\",\"n\":7,\"app\":\"0.1.0\"}\n7a5bcce9 {\"end\":0}\n"
        );
    }

    #[test]
    fn a_whole_segment_gives_back_its_records() {
        let bytes = segment();
        let decoded = decode(&bytes);
        assert!(decoded.is_whole);
        assert_eq!(decoded.damaged_lines, 0);
        let read: Vec<String> = decoded
            .records
            .iter()
            .map(|r| r.to_json().unwrap())
            .collect();
        assert_eq!(read, lines());
        assert_eq!(decoded.lines, lines());
    }

    #[test]
    fn a_damaged_line_costs_only_itself() {
        let text = String::from_utf8(segment()).unwrap();
        let damaged = text.replace("line\\n2", "line\\n9");
        let decoded = decode(damaged.as_bytes());
        assert!(!decoded.is_whole);
        assert_eq!((decoded.records.len(), decoded.damaged_lines), (2, 1));
        assert!(decoded.problem.is_some());
    }

    #[test]
    fn a_damaged_line_still_says_whose_it_is() {
        let text = String::from_utf8(segment()).unwrap();
        for damaged in [
            text.replacen("line\\n2", "line\\n9", 1),
            text.replacen(
                "{\"id\":\"0199f300-0000-7000-8000-000000000002",
                "{\"id\"z\"0199f300-0000-7000-8000-000000000002",
                1,
            ),
        ] {
            let suspects = decode(damaged.as_bytes()).suspects;
            assert_eq!(
                named_ids(&suspects[0]),
                ["0199f300-0000-7000-8000-000000000002".parse().unwrap()]
            );
            let stamp = named_stamp(&suspects[0]).unwrap();
            assert_eq!(stamp.to_string(), "0199f3000000-0002-k3v9x0ab");
        }
    }

    #[test]
    fn every_truncation_is_noticed() {
        let bytes = segment();
        for length in 0..bytes.len() {
            let decoded = decode(&bytes[..length]);
            assert!(!decoded.is_whole, "{length} bytes of {}", bytes.len());
            assert!(decoded.problem.is_some());
        }
    }

    #[test]
    fn every_flipped_bit_is_noticed_and_forges_nothing() {
        let bytes = segment();
        let good = lines();
        for position in 0..bytes.len() * 8 {
            let mut flipped = bytes.clone();
            flipped[position / 8] ^= 1 << (position % 8);
            let decoded = decode(&flipped);
            assert!(!decoded.is_whole, "bit {position}");
            for record in decoded.records {
                assert!(good.contains(&record.to_json().unwrap()), "bit {position}");
            }
        }
    }

    #[test]
    fn a_newer_major_is_left_alone() {
        let mut bytes = Vec::new();
        push_line(
            &mut bytes,
            r#"{"mem":2,"w":"k3v9x0ab","n":1,"app":"9.0.0"}"#,
        );
        push_line(&mut bytes, "whatever it is");
        let decoded = decode(&bytes);
        assert_eq!(decoded.newer_major, Some(2));
        assert_eq!(decoded.damaged_lines, 0);
        assert!(!decoded.is_whole);
    }

    #[test]
    fn a_kind_of_a_newer_version_is_no_damage() {
        let mut lines = lines();
        lines.push(lines[0].replace("prompt", "hologram"));
        let lines = lines.iter().map(String::as_str);
        let bytes = encode("k3v9x0ab", 0, "9.9.9", lines);
        let decoded = decode(&bytes);
        assert!(decoded.is_whole);
        assert_eq!((decoded.records.len(), decoded.unknown.len()), (3, 1));
    }

    #[test]
    fn a_record_that_looks_like_a_footer_is_a_record() {
        let line = r#"{"id":"0199f300-0000-7000-8000-000000000001","k":"span","h":"0199f3000000-0001-k3v9x0ab","at":1,"end":17}"#;
        let bytes = encode("k3v9x0ab", 0, "0", [line, line].into_iter());
        assert_eq!(super::lines(&bytes).good, [line, line]);
        assert_eq!(decode(&bytes).unknown.len(), 2);
        let footless = &bytes[..bytes.len() - "7a5bcce9 {\"end\":0}\n".len()];
        assert_eq!(super::lines(footless).good, [line, line]);
        assert!(!decode(footless).is_whole);
    }

    #[test]
    fn hostile_sizes_are_refused_unread() {
        assert_eq!(decode(&vec![b'x'; MAX_SEGMENT_BYTES + 1]).damaged_lines, 1);
        let long = format!("\"{}\"", "x".repeat(MAX_LINE_BYTES));
        let bytes = encode("k3v9x0ab", 0, "0", [long.as_str()].into_iter());
        let decoded = decode(&bytes);
        assert_eq!(decoded.damaged_lines, 1);
    }
}
