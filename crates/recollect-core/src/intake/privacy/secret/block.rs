//! Private keys: blocks of PEM, OpenSSH and PGP, and the same in Base64.

use super::Span;
use super::letters::{ALNUM, BASE64, Class, DIGIT, SPACE, URL_SAFE};
use super::scan::Scan;
use super::shape::push;

/// Behind the label and the dashes of a private key's first or last line; none
/// if the label is another one, such as that of a certificate.
pub(super) fn label_end(scan: &Scan<'_>, from: usize) -> Option<usize> {
    const LABEL: &[u8] = b"PRIVATEKEY";
    const LONGEST: usize = 96;
    let mut matched = 0;
    let mut at = from;
    while at < from + LONGEST {
        let meant = scan.byte(at);
        at += 1;
        // Between the letters there may be the quotes and signs of a program
        // that puts the line together.
        if meant == LABEL[matched] {
            matched += 1;
        } else if meant.is_ascii_alphanumeric() {
            matched = usize::from(meant == LABEL[0]);
        }
        if matched == LABEL.len() {
            let dashes = scan.run(at, const { ALNUM.and(" ") }, 24).1;
            return Some(scan.run(dashes, const { Class::of("-") }, 5).1);
        }
        if meant == 0 || meant == b'-' {
            return None;
        }
    }
    None
}

/// Whether a key follows the first line that ends at a place, or the text ends
/// where it might: a line that is only spoken of drops nothing.
pub(super) fn has_body(scan: &Scan<'_>, from: usize) -> bool {
    /// Most lines of a head, such as `Proc-Type: 4,ENCRYPTED`.
    const HEADS: usize = 6;
    const SHORTEST: usize = 16;
    const SEPARATORS: Class = SPACE.and("\"'`+\\,;|>#*/.()");
    let mut at = from;
    for _ in 0..HEADS {
        let begin = scan.run(at, SEPARATORS, 96).1;
        let has_line_end = scan.slice(at, begin).contains(['\n', '"', '\'']);
        let (length, end) = scan.run(begin, BASE64, 64);
        let after = scan.byte(end);
        if length >= SHORTEST {
            return true;
        }
        if after == 0 {
            // Cut off, or nothing but the line itself.
            return length > 0 && has_line_end;
        }
        let (_, name) = scan.run(begin, URL_SAFE, 24);
        if scan.byte(name) != b':' {
            // A short line of Base64, alone in its line.
            return length >= 2 && has_line_end && matches!(after, b'\n' | b'"' | b'\'' | b'\\');
        }
        at = name;
        let mut left = 96;
        while left > 0 && !matches!(scan.byte(at), 0 | b'\n') {
            at += 1;
            left -= 1;
        }
    }
    false
}

/// `-----BEGIN` in Base64, as it reads at each of its three offsets.
pub(super) const ENCODED: &[&str] = &["LS0tLS1CRUdJTi", "0tLS0tQkVHSU4g", "tLS0tLUJFR0lOI"];

/// A private key in Base64, wrapped over lines or not.
pub(super) fn encoded(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const BEFORE: usize = 64;
    const HEAD: usize = 128;
    let Some(offset) = ENCODED
        .iter()
        .position(|keyword| *keyword == scan.slice(start, end))
    else {
        return 0;
    };
    // Whole groups of four begin there.
    let first = start + [0, 2, 1][offset];
    let head = decoded(scan, first, HEAD);
    let letters: Vec<u8> = head.into_iter().filter(u8::is_ascii_alphabetic).collect();
    if !letters.windows(10).any(|window| window == b"PRIVATEKEY") {
        return 0;
    }
    let from = scan.start_of(start, BASE64, BEFORE);
    let mut to = scan.end_of(end, BASE64);
    // Lines of one length, set in alike.
    loop {
        let (breaks, begin) = scan.run(to, const { SPACE.and("\\") }, 64);
        let (length, stop) = scan.run(begin, BASE64, usize::MAX);
        let is_line = breaks > 0 && scan.slice(to, begin).contains('\n') && length >= 16
            || breaks > 0
                && scan.slice(to, begin).contains('\n')
                && length > 0
                && matches!(scan.byte(stop), 0 | b'\n');
        if !is_line {
            break;
        }
        to = stop;
    }
    push(found, "private-key", from, to)
}

/// What so many characters of Base64 mean.
fn decoded(scan: &Scan<'_>, from: usize, limit: usize) -> Vec<u8> {
    let mut bits = 0_u32;
    let mut count = 0;
    let mut bytes = Vec::new();
    for at in from..from + limit {
        let value = match scan.byte(at) {
            byte @ b'A'..=b'Z' => byte - b'A',
            byte @ b'a'..=b'z' => byte - b'a' + 26,
            byte @ b'0'..=b'9' => byte - b'0' + 52,
            b'+' | b'-' => 62,
            b'/' | b'_' => 63,
            byte if SPACE.has(byte) => continue,
            _ => break,
        };
        bits = bits << 6 | u32::from(value);
        count += 6;
        if count >= 8 {
            count -= 8;
            bytes.push((bits >> count & 0xff) as u8);
        }
    }
    bytes
}

/// The private lines of a key file of PuTTY, as many as it says.
pub(super) fn putty(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const MOST: usize = 200;
    let (_, number) = scan.run(scan.skip_blanks(end), DIGIT, 3);
    let count = scan.slice(end, number).trim().parse::<usize>();
    let begin = scan.run(number, SPACE, 4).1;
    if !scan.slice(number, begin).contains('\n') {
        return 0;
    }
    let mut to = begin;
    let mut at = begin;
    for _ in 0..count.unwrap_or(0).min(MOST) {
        let (length, stop) = scan.run(at, BASE64, 80);
        if length == 0 {
            break;
        }
        to = stop;
        at = scan.run(stop, SPACE, 34).1;
    }
    if to == begin {
        return 0;
    }
    push(found, "private-key", begin, to)
}
