//! Codes that let somebody in: `482… is your verification code`, lists of recovery codes.

use super::Span;
use super::letters::{ALNUM, BLANK, Class, SPACE, is_one_of};
use super::scan::Scan;
use super::value::Look;

/// What such codes are called, in small letters.
pub(super) const NOUNS: &[&str] = &[
    "otp",
    "verification code",
    "verification_code",
    "verification-code",
    "verificationcode",
    "one-time code",
    "one time code",
    "onetimecode",
    "one_time_code",
    "2fa code",
    "2fa_code",
    "mfa code",
    "mfa_code",
    "mfacode",
    "sms code",
    "login code",
    "alarm code",
    "door code",
    "gate code",
    "access code",
    "zugangscode",
    "recovery code",
    "recovery_code",
    "recovery-code",
    "recoverycode",
    "backup code",
    "backup_code",
    "backup-code",
    "backupcode",
];

/// What links a noun and its codes.
const LINKS: &[&str] = &[
    "is", "are", "was", "were", "now", "ist", "lautet", ":", "=", "=>", ":=",
];

/// Most codes of a list.
const MOST: usize = 24;
/// Longest code.
const CODE: usize = 48;
/// Bytes in front of a noun in which `… is your` stands.
const BEFORE: usize = 48;

/// Finds the codes of a noun that stands between two places.
pub(super) fn codes(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let noun = scan.slice(start, end);
    let is_lasting = matches!(noun.as_bytes().first(), Some(b'r' | b'R' | b'b' | b'B'));
    // `hotpink` and `robotparts` hold `otp`.
    let is_apart = |byte: u8| !byte.is_ascii_alphanumeric();
    let plural = scan.run(end, const { Class::of("sS") }, 1).1;
    if noun.len() == 3 && !is_apart(scan.back(start, 1)) || !is_apart(scan.byte(plural)) {
        return end;
    }
    let before = found.len();
    if !is_lasting && let Some(span) = told_before(scan, start) {
        found.push(span);
    }
    let mut at = plural;
    if noun.len() == 3 {
        // `otp_code`, `otp code`
        let code = scan.run(at, const { Class::of("_ ") }, 1).1;
        if scan.slice(code, code + 4).eq_ignore_ascii_case("code") {
            at = code + 4;
        }
    }
    let (behind, is_linked) = behind_links(scan, at);
    // In running text a word follows the noun that is none of its codes.
    if is_linked || !is_lasting && BLANK.has(scan.byte(at)) {
        list(scan, behind, is_lasting, found);
    }
    found[before..]
        .iter()
        .map(|span| span.end)
        .fold(end, usize::max)
}

/// Behind what links a noun to its codes, and whether anything does.
fn behind_links(scan: &Scan<'_>, from: usize) -> (usize, bool) {
    let mut at = scan.run(from, const { Class::of("\"'`*)") }, 4).1;
    let mut is_linked = false;
    for _ in 0..3 {
        at = scan.skip_blanks(at);
        let (_, word) = scan.run(at, ALNUM, 4);
        let (_, sign) = scan.run(at, const { Class::of(":=>") }, 2);
        let end = word.max(sign);
        let said = scan.slice(at, end);
        if !is_one_of(said, LINKS) {
            break;
        }
        is_linked = true;
        at = end;
    }
    (at, is_linked)
}

fn list(scan: &Scan<'_>, from: usize, is_lasting: bool, found: &mut Vec<Span>) {
    let mut at = from;
    for _ in 0..if is_lasting { MOST } else { 1 } {
        // Numbers and bullets of a list.
        let item = scan.run(at, const { SPACE.and(",;[(\"'`*-") }, 24).1;
        let (digits, behind) = scan.run(item, const { Class::of("0123456789") }, 2);
        let is_numbered = is_lasting && digits > 0 && matches!(scan.byte(behind), b'.' | b')');
        let begin = match is_numbered {
            true => scan.run(behind + 1, const { Class::of(" `\"") }, 4).1,
            false => item,
        };
        let Some(end) = code_end(scan, begin, is_lasting) else {
            return;
        };
        found.push(Span {
            rule: "secret",
            start: begin,
            end,
        });
        at = end;
    }
}

/// Behind the code that begins at a place, if one does.
fn code_end(scan: &Scan<'_>, from: usize, is_lasting: bool) -> Option<usize> {
    let (_, end) = scan.run(from, const { ALNUM.and("-") }, CODE);
    let mut text = scan.slice(from, end);
    let mut end = end;
    // Digits in two groups: `1234 5678`.
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if (3..=5).contains(&text.len()) && is_digits(text) && scan.byte(end) == b' ' {
        let (count, behind) = scan.run(end + 1, const { Class::of("0123456789") }, CODE);
        if count == text.len() && !ALNUM.has(scan.byte(behind)) {
            end = behind;
            text = scan.slice(from, end);
        }
    }
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let letters = text.bytes().filter(u8::is_ascii_alphabetic).count();
    let is_it = match (is_lasting, letters) {
        _ if scan.byte(end) == b'.' && ALNUM.has(scan.byte(end + 1)) => false,
        (false, 0) => (4..=8).contains(&digits),
        // `G-482913`
        (false, _) => (6..=10).contains(&text.len()) && digits >= 4 && letters <= 3,
        (true, 0) => (6..=16).contains(&digits),
        (true, _) => {
            text.len() >= 8
                && (digits >= 2 || digits == 1 && text.len() >= 10)
                && !matches!(scan.look(text), Look::Name | Look::StandIn)
        }
    };
    is_it.then_some(end)
}

/// The code of `482… is your verification code`.
fn told_before(scan: &Scan<'_>, start: usize) -> Option<Span> {
    let mut from = start.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(from) {
        from += 1;
    }
    let before = scan.slice(from, start);
    let links = [" is your ", " as your ", " is the "];
    let behind = links.iter().filter_map(|link| before.rfind(link)).max()?;
    let end = from + behind;
    let begin = scan.start_of(end, const { ALNUM.and("-") }, 12);
    (code_end(scan, begin, false) == Some(end)).then_some(Span {
        rule: "secret",
        start: begin,
        end,
    })
}
