//! Data about people, which only a setting drops: it is often what a memory is about.

use super::Span;
use super::letters::{ALNUM, DIGIT, UPPER, WORD};
use super::scan::Scan;

/// Longest part of an address on either side of its `@`.
const PART: usize = 128;

pub(super) fn find(scan: &Scan<'_>, found: &mut Vec<Span>) {
    let mut at = 0;
    while at < scan.text.len() {
        let byte = scan.byte(at);
        let is_start = !WORD.has(scan.back(at, 1)) || scan.is_word_start(at);
        let hit = match byte {
            b'@' => email(scan, at),
            b'+' if is_start => number(scan, at),
            b'0'..=b'9' if is_start => number(scan, at),
            b'A'..=b'Z' if is_start => iban(scan, at),
            _ => None,
        };
        match hit {
            Some(span) => {
                at = span.end.max(at + 1);
                found.push(span);
            }
            None => at += 1,
        }
    }
}

fn email(scan: &Scan<'_>, at: usize) -> Option<Span> {
    let start = scan.start_of(at, const { ALNUM.and("._%+-") }, PART);
    let (_, end) = scan.run(at + 1, const { ALNUM.and(".-") }, PART);
    let host = scan.slice(at + 1, end).trim_end_matches(['.', '-']);
    let (_, top) = host.rsplit_once('.')?;
    let is_top = top.len() >= 2 && top.bytes().all(|byte| byte.is_ascii_alphabetic());
    (start < at && is_top).then_some(Span {
        rule: "email",
        start,
        end: at + 1 + host.len(),
    })
}

/// A card's number, or a telephone number with its country.
fn number(scan: &Scan<'_>, start: usize) -> Option<Span> {
    let is_international = scan.byte(start) == b'+';
    let from = start + usize::from(is_international);
    let mut digits = [0_u8; 20];
    let mut count = 0;
    let mut at = from;
    let mut end = from;
    while at - from < 32 {
        let byte = scan.byte(at);
        if DIGIT.has(byte) {
            *digits.get_mut(count)? = byte - b'0';
            count += 1;
            end = at + 1;
        } else if is_international && !b" -()./".contains(&byte) {
            break;
        } else if !is_international {
            // Two separators in a row belong to no card.
            let follows_digit = DIGIT.has(scan.back(at, 1));
            if !matches!(byte, b' ' | b'-') || !follows_digit {
                break;
            }
        }
        at += 1;
    }
    if WORD.has(scan.byte(end)) {
        return None;
    }
    let digits = &digits[..count];
    let rule = if is_international && (8..=15).contains(&count) {
        "phone"
    } else if !is_international && (13..=19).contains(&count) && is_luhn(digits) {
        "card"
    } else {
        return None;
    };
    Some(Span { rule, start, end })
}

/// The checksum of cards, by Hans Peter Luhn.
fn is_luhn(digits: &[u8]) -> bool {
    let doubled = |digit: u8| if digit > 4 { 2 * digit - 9 } else { 2 * digit };
    let sum: u32 = digits
        .iter()
        .rev()
        .enumerate()
        .map(|(place, &digit)| {
            u32::from(if place % 2 == 1 {
                doubled(digit)
            } else {
                digit
            })
        })
        .sum();
    sum.is_multiple_of(10) && digits.iter().any(|&digit| digit != digits[0])
}

/// An account's number, whose checksum is that of ISO 13616.
fn iban(scan: &Scan<'_>, start: usize) -> Option<Span> {
    let mut letters = [0_u8; 34];
    let mut count = 0;
    let mut at = start;
    let mut end = start;
    while count < letters.len() {
        let byte = scan.byte(at);
        if UPPER.has(byte) {
            letters[count] = byte;
            count += 1;
            end = at + 1;
        } else if byte != b' ' || !count.is_multiple_of(4) {
            break;
        }
        at += 1;
        if at - start > 44 {
            break;
        }
    }
    // Words in capitals may follow it, so shorter ones are tried too.
    (15..=count).rev().find_map(|length| {
        let number = &letters[..length];
        let is_number = number[..2].iter().all(u8::is_ascii_uppercase)
            && number[2..4].iter().all(u8::is_ascii_digit)
            && remainder(number) == 1;
        let stop = behind(scan, start, length).min(end);
        (is_number && !WORD.has(scan.byte(stop))).then_some(Span {
            rule: "iban",
            start,
            end: stop,
        })
    })
}

/// Behind so many characters that are no blanks.
fn behind(scan: &Scan<'_>, start: usize, count: usize) -> usize {
    let mut at = start;
    let mut left = count;
    while left > 0 {
        left -= usize::from(scan.byte(at) != b' ');
        at += 1;
    }
    at
}

fn remainder(number: &[u8]) -> u32 {
    let (head, rest) = number.split_at(4);
    rest.iter().chain(head).fold(0, |sum, &byte| {
        if byte.is_ascii_digit() {
            (sum * 10 + u32::from(byte - b'0')) % 97
        } else {
            (sum * 100 + u32::from(byte - b'A') + 10) % 97
        }
    })
}
