//! Secrets that their shape or the place they stand in gives away.

use super::Span;
use super::letters::{
    ALNUM, BASE64, Class, DIGIT, HEX, SPACE, UPPER, URL_SAFE, WORD, entropy, holds, says,
};
use super::scan::Scan;

/// Finds a secret at a keyword that stands from `start` to `end`; gives the place
/// before which the same search would find nothing else.
pub(super) type Shape = fn(&Scan<'_>, start: usize, end: usize, &mut Vec<Span>) -> usize;

pub(super) const SHAPES: &[(&str, Shape)] = &[
    ("akia", aws),
    ("asia", aws),
    ("abia", aws),
    ("acca", aws),
    ("a3t", aws),
    ("t3blbkfj", openai),
    ("sk-", sk),
    ("eyj", jwt),
    ("accountkey", azure_storage),
    ("sharedaccesskey", azure_storage),
    ("sig=", azure_signature),
    ("q~", azure_secret),
    ("hooks.slack.com", webhook),
    ("webhook.office.com", webhook),
    ("webhooks", discord),
    (":aa", telegram),
    ("private_key_id", google_key_id),
    ("_authtoken", npm),
    ("\"d\"", jwk),
    ("\"p\"", jwk),
    ("\"q\"", jwk),
    ("\"dp\"", jwk),
    ("\"dq\"", jwk),
    ("\"qi\"", jwk),
    ("\"k\"", jwk),
    // What three digits begin with in Base64.
    ("MD", bot),
    ("MT", bot),
    ("Mj", bot),
    ("Mz", bot),
    ("ND", bot),
    ("NT", bot),
    ("Nj", bot),
    ("Nz", bot),
    ("OD", bot),
    ("OT", bot),
];

/// Most bytes on either side of an AWS key id in which its secret is looked for.
const NEARBY: usize = 200;

/// Takes note of a secret; gives where it ends.
pub(super) fn push(found: &mut Vec<Span>, rule: &'static str, start: usize, end: usize) -> usize {
    found.push(Span { rule, start, end });
    end
}

fn aws(scan: &Scan<'_>, start: usize, _: usize, found: &mut Vec<Span>) -> usize {
    let (length, end) = scan.run(start, UPPER, 21);
    let said = scan.slice(start, end);
    let is_id = length == 20
        && !WORD.has(scan.byte(end))
        && scan.is_word_start(start)
        && entropy(said) >= 2.5
        && !said.contains("EXAMPLE");
    if !is_id {
        return 0;
    }
    aws_secrets(scan, start.saturating_sub(NEARBY), start, found);
    push(found, "aws-access-key", start, end);
    aws_secrets(scan, end, end + NEARBY, found);
    end
}

/// Words of 40 characters, which is what the other half of the key looks like.
fn aws_secrets(scan: &Scan<'_>, from: usize, to: usize, found: &mut Vec<Span>) {
    const CLASS: Class = ALNUM.and("+/");
    let mut at = from;
    while at < to.min(scan.text.len()) {
        let (length, end) = scan.run(at, CLASS, NEARBY);
        // A word whose beginning lies before `from` is not known whole.
        let is_whole = at == 0 || !CLASS.has(scan.back(at, 1)) || scan.is_word_start(at);
        let said = scan.slice(at, end);
        // A hash has letters of one case only.
        let is_mixed = said.bytes().any(|byte| byte.is_ascii_uppercase())
            && said.bytes().any(|byte| byte.is_ascii_lowercase());
        if length == 40 && is_whole && is_mixed && entropy(said) >= 4.0 {
            push(found, "aws-secret-key", at, end);
        }
        at = end.max(at + 1);
    }
}

/// Older keys have their mark in the middle.
fn openai(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    if scan.slice(start, end) != "T3BlbkFJ" {
        return 0;
    }
    let first = scan.start_of(start, URL_SAFE, 120);
    let begun = scan.slice(first, start).find("sk-");
    let (after, looked) = scan.run(end, URL_SAFE, 16);
    match begun {
        Some(position) if after == 16 => {
            let stop = scan.end_of(looked, URL_SAFE);
            push(found, "openai-key", first + position, stop)
        }
        _ => 0,
    }
}

/// What many other services begin their keys with.
fn sk(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let is_word = scan.is_word_start(start) && scan.back(start, 1) != b'-';
    if !is_word || scan.slice(start, end) != "sk-" {
        return 0;
    }
    let (length, looked) = scan.run(end, URL_SAFE, 64);
    let said = scan.slice(end, looked);
    let hyphens = said.bytes().filter(|&byte| byte == b'-').count();
    let digits = said.bytes().filter(u8::is_ascii_digit).count();
    let is_key = length >= 20
        && digits >= 2
        && hyphens * 8 <= length
        && entropy(said) >= 3.2
        && !says(said, "example")
        && !says(said, "xxxx");
    if !is_key {
        return 0;
    }
    push(found, "sk-key", start, scan.end_of(looked, URL_SAFE));
    // A rule that knows more of it may look here too.
    0
}

/// Three parts, the first of which is a JSON object in Base64.
fn jwt(scan: &Scan<'_>, start: usize, _: usize, found: &mut Vec<Span>) -> usize {
    // Of a longer word it is no beginning, so each word is read once.
    if !scan.is_word_start(start) || scan.back(start, 1) == b'-' {
        return 0;
    }
    let mut end = scan.end_of(start, URL_SAFE);
    if end - start < 12 || scan.slice(start, start + 3) != "eyJ" {
        return 0;
    }
    for least in [4, 10] {
        let Some(next) = scan.expect(end, b'.') else {
            return 0;
        };
        let (length, stop) = scan.run(next, URL_SAFE, usize::MAX);
        if length < least {
            return 0;
        }
        end = stop;
    }
    push(
        found,
        "jwt",
        start,
        scan.end_of(end, const { URL_SAFE.and(".") }),
    )
}

/// `AccountKey=` and its like in a connection string.
fn azure_storage(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let Some(from) = scan.expect(scan.skip_blanks(end), b'=') else {
        return 0;
    };
    let from = scan.skip_blanks(from);
    let (length, looked) = scan.run(from, BASE64, 128);
    if length < 40 || entropy(scan.slice(from, looked)) < 3.5 {
        return 0;
    }
    push(found, "azure-key", from, scan.end_of(looked, BASE64))
}

/// The signature of a shared access URL.
fn azure_signature(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const CLASS: Class = BASE64.and("%-_");
    let (length, looked) = scan.run(end, CLASS, 128);
    let is_signature =
        scan.is_word_start(start) && length >= 40 && entropy(scan.slice(end, looked)) >= 3.5;
    if !is_signature {
        return 0;
    }
    push(found, "azure-signature", end, scan.end_of(looked, CLASS))
}

/// The secret of an application: three characters, a digit, `Q~`, and 31 to 34 more.
fn azure_secret(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const CLASS: Class = WORD.and("~.-");
    let Some(first) = start.checked_sub(4) else {
        return 0;
    };
    let (length, stop) = scan.run(end, CLASS, 35);
    let is_secret = (31..=34).contains(&length)
        && scan.slice(start, end) == "Q~"
        && DIGIT.has(scan.back(start, 1))
        && (2..=4).all(|distance| CLASS.has(scan.back(start, distance)))
        && entropy(scan.slice(end, stop)) >= 3.0;
    if !is_secret {
        return 0;
    }
    push(found, "azure-secret", first, stop)
}

/// Whoever knows the path may post.
fn webhook(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const CLASS: Class = URL_SAFE.and("/@");
    let (length, looked) = scan.run(end, CLASS, 96);
    let said = scan.slice(end, looked);
    if length < 36 || !said.bytes().any(|byte| byte.is_ascii_digit()) || says(said, "xxxx") {
        return 0;
    }
    push(found, "webhook", end, scan.end_of(looked, CLASS))
}

fn discord(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const CLASS: Class = URL_SAFE.and("/");
    let before = scan.start_of(start, const { CLASS.and(".:") }, 48);
    if !holds(scan.slice(before, start), "discord") {
        return 0;
    }
    let (length, looked) = scan.run(end, CLASS, 128);
    if length < 60 || entropy(scan.slice(end, looked)) < 3.0 {
        return 0;
    }
    push(found, "webhook", end, scan.end_of(looked, CLASS))
}

/// The number of a bot, a colon and 35 characters, the first of which are `AA`.
fn telegram(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let first = scan.start_of(start, DIGIT, 11);
    let (length, stop) = scan.run(end, URL_SAFE, 34);
    let is_token = (8..=10).contains(&(start - first))
        && scan.slice(end - 2, end) == "AA"
        && length == 33
        && entropy(scan.slice(end, stop)) >= 3.0;
    if !is_token {
        return 0;
    }
    push(found, "telegram-token", first, stop)
}

/// Belongs to a key that is dropped as a private key is.
fn google_key_id(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let at = scan.run(end, const { Class::of("\"': =") }, 8).1;
    let (length, stop) = scan.run(at, HEX, 41);
    if length != 40 {
        return 0;
    }
    push(found, "gcp-key-id", at, stop)
}

/// The line of a registry in `.npmrc`.
fn npm(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const CLASS: Class = BASE64.and("-_.");
    let at = scan.skip_blanks(end);
    let Some(from) = scan.expect(at, b'=') else {
        return 0;
    };
    let from = scan.skip_blanks(from);
    let from = scan.expect(from, b'"').unwrap_or(from);
    let (length, looked) = scan.run(from, CLASS, 128);
    let said = scan.slice(from, looked);
    let is_token = length >= 10
        && said.bytes().any(|byte| byte.is_ascii_digit())
        && entropy(said) >= 2.5
        && !says(said, "example");
    if !is_token {
        return 0;
    }
    push(found, "npm-token", from, scan.end_of(looked, CLASS))
}

/// A private member of a JSON web key: random, in Base64 for URLs.
fn jwk(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const LONGEST: usize = 2 * 1_024;
    let next = scan.run(end, SPACE, 16).1;
    let Some(open) = scan.expect(next, b':').map(|at| scan.run(at, SPACE, 16).1) else {
        return 0;
    };
    if scan.byte(open) != b'"' {
        return 0;
    }
    let from = open + 1;
    let (length, to) = scan.run(from, URL_SAFE, LONGEST);
    let said = scan.slice(from, to);
    let is_key = scan.slice(start, end) == "\"k\"";
    let has = |test: fn(&u8) -> bool| said.bytes().any(|byte| test(&byte));
    let is_secret = length >= if is_key { 22 } else { 40 }
        && scan.byte(to) == b'"'
        && has(u8::is_ascii_uppercase)
        && has(u8::is_ascii_lowercase)
        && has(u8::is_ascii_digit)
        && entropy(said) >= if is_key { 3.7 } else { 4.0 };
    if !is_secret {
        return 0;
    }
    push(found, "json-web-key", from, to)
}

/// A bot of Discord: its number in Base64, a time and a signature.
fn bot(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    /// The characters of Base64 that digits give in each place of a group.
    const DIGITS: [Class; 4] = [
        const { Class::of("MNO") },
        const { Class::of("DTjz") },
        const { Class::of("AEIMQUYcgk") },
        const { Class::of("wxyz012345") },
    ];
    let is_number = |at: usize| DIGITS[(at - start) % 4].has(scan.byte(at));
    if !scan.is_word_start(start) || !(start..end + 4).all(is_number) {
        return 0;
    }
    let (id, behind) = scan.run(start, URL_SAFE, 29);
    let (time, second) = scan.run(behind + 1, URL_SAFE, 8);
    let (signature, stop) = scan.run(second + 1, URL_SAFE, 65);
    let is_token = (22..=28).contains(&id)
        && (start..start + 20).all(is_number)
        && (6..=7).contains(&time)
        && (27..=64).contains(&signature)
        && scan.byte(behind) == b'.'
        && scan.byte(second) == b'.';
    if !is_token {
        return 0;
    }
    push(found, "discord-token", start, stop)
}
