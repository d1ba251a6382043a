//! A name above its values: tables of Markdown, CSV and SQL's `INSERT`.

use super::Span;
use super::judge::is_secret;
use super::letters::{BLANK, Class};
use super::name::Promise;
use super::scan::Scan;
use super::written::{Place, Rest, Value, push};

/// Most bytes of a line on either side of a place.
const LINE: usize = 120;
/// Most rows below a name.
const ROWS: usize = 8;

/// Finds the values of the column whose name stands between two places.
pub(super) fn values(
    scan: &Scan<'_>,
    first: usize,
    behind: usize,
    promise: Promise,
    found: &mut Vec<Span>,
) {
    if promise == Promise::Perhaps || promise == Promise::Pin {
        return;
    }
    let around = |at: usize| scan.start_of(at, const { Class::of(" \t`*\"'") }, 16);
    let left = scan.back(around(first), 1);
    let right = scan.byte(scan.run(behind, const { Class::of(" `*\"'") }, 16).1);
    for sep in [b'|', b'\t', b',', b';'] {
        let is_cell = (left == sep
            || matches!(left, 0 | b'\n' | b'(')
            || sep == b'\t' && scan.back(first, 1) == sep)
            && (right == sep || matches!(right, 0 | b'\n' | b'\r' | b')'))
            && (left == sep || right == sep || sep == b'\t' && scan.back(first, 1) == sep);
        if is_cell {
            if right == b')' || left == b'(' || sep == b',' && inserts(scan, first, promise, found)
            {
                inserts(scan, first, promise, found);
                return;
            }
            rows(scan, first, sep, promise, found);
            return;
        }
    }
}

fn line_start(scan: &Scan<'_>, at: usize) -> Option<usize> {
    (at.saturating_sub(LINE)..=at)
        .rev()
        .find(|&at| matches!(scan.back(at, 1), 0 | b'\n'))
}

fn line_end(scan: &Scan<'_>, at: usize) -> Option<usize> {
    (at..at + LINE).find(|&at| matches!(scan.byte(at), 0 | b'\n'))
}

fn count(scan: &Scan<'_>, from: usize, to: usize, sep: u8) -> usize {
    (from..to).filter(|&at| scan.byte(at) == sep).count()
}

fn rows(scan: &Scan<'_>, first: usize, sep: u8, promise: Promise, found: &mut Vec<Span>) {
    let Some(mut end) = line_end(scan, first).filter(|&end| scan.byte(end) != 0) else {
        return;
    };
    let Some(start) = line_start(scan, first) else {
        return;
    };
    let is_of_code = |at: usize| b"(){}=<>".contains(&scan.byte(at));
    if (start..end).any(is_of_code) {
        return;
    }
    let column = count(scan, start, first, sep);
    let columns = count(scan, start, end, sep);
    for _ in 0..ROWS {
        let start = end + 1;
        let Some(behind) = line_end(scan, start) else {
            return;
        };
        end = behind;
        if start >= end || count(scan, start, end, sep) != columns {
            return;
        }
        let mut at = start;
        for _ in 0..column {
            at = (at..end)
                .find(|&at| scan.byte(at) == sep)
                .map_or(end, |at| at + 1);
        }
        let to = (at..end).find(|&at| scan.byte(at) == sep).unwrap_or(end);
        cell(scan, first, at, to, promise, found);
    }
}

/// Looks at one cell, without its blanks, quotes and marks.
fn cell(
    scan: &Scan<'_>,
    first: usize,
    from: usize,
    to: usize,
    promise: Promise,
    found: &mut Vec<Span>,
) {
    const MARKS: Class = BLANK.and("`*\"'\r");
    let from = scan.run(from, MARKS, 8).1;
    let to = scan.start_of(to, MARKS, 8);
    let text = scan.slice(from, to);
    let value = Value {
        place: Place::Quoted,
        from,
        to,
        rest: Rest::Nothing,
    };
    let is_value =
        text.len() >= 5 && !text.contains(' ') && text.bytes().any(|byte| byte.is_ascii_digit());
    if is_value && is_secret(scan, first, value, promise) {
        push(scan, value, found);
    }
}

/// The values of `INSERT INTO t (name, password) VALUES ('joe', '…')`; whether it is one.
fn inserts(scan: &Scan<'_>, first: usize, promise: Promise, found: &mut Vec<Span>) -> bool {
    let open = (first.saturating_sub(LINE)..first)
        .rev()
        .find(|&at| scan.byte(at) == b'(');
    let close = (first..first + LINE).find(|&at| matches!(scan.byte(at), 0 | b')'));
    let Some((open, close)) = open.zip(close) else {
        return false;
    };
    let word = scan.run(close + 1, super::letters::SPACE, 8).1;
    if !scan.slice(word, word + 6).eq_ignore_ascii_case("values") {
        return false;
    }
    let column = count(scan, open, first, b',');
    let mut at = word + 6;
    for _ in 0..ROWS {
        at = scan.run(at, const { super::letters::SPACE.and(",") }, 16).1;
        let Some(next) = scan.expect(at, b'(') else {
            return true;
        };
        at = next;
        for number in 0..32 {
            let end = item_end(scan, at);
            if number == column {
                cell(scan, first, at, end, promise, found);
            }
            at = end + 1;
            if scan.byte(end) != b',' {
                break;
            }
        }
    }
    true
}

/// Behind one value of a list of SQL.
fn item_end(scan: &Scan<'_>, from: usize) -> usize {
    let mut is_quoted = false;
    let ends = |at: &usize| {
        let byte = scan.byte(*at);
        is_quoted ^= byte == b'\'';
        byte == 0 || !is_quoted && (byte == b',' || byte == b')')
    };
    (from..from + 2 * LINE)
        .find(ends)
        .unwrap_or(from + 2 * LINE)
}
