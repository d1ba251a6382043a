//! Secrets of requests: headers, cookies, command lines, addresses.

use super::Span;
use super::assign::is_reference;
use super::scan::{ALNUM, BLANK, Class, QUOTE, SPACE, Scan, URL_SAFE, entropy, holds};
use super::shape::Shape;

pub(super) const REQUESTS: &[(&str, Shape)] = &[
    ("authorization", authorization),
    ("bearer ", bearer),
    ("cookie", cookie),
    ("://", address),
    ("-u ", curl_user),
    ("--user ", curl_user),
];

/// Longest beginning of a value that decides whether it is a secret.
const LOOK: usize = 256;
/// Longest line of a command or of cookies that is looked at.
const LINE: usize = 1_024;

const VALUE: Class = ALNUM.and("!#$%&()*+-./:;<=>?@[]^_{|}~,");

/// Skips what stands between the name of a header and its value.
fn to_value(scan: &Scan<'_>, mut at: usize) -> Option<usize> {
    let mut has_separator = false;
    for _ in 0..12 {
        let (meant, width) = scan.read(at);
        match meant {
            b':' | b'=' | b',' => has_separator = true,
            _ if QUOTE.has(meant) || BLANK.has(meant) || meant == b']' => {}
            _ => break,
        }
        at += width;
    }
    has_separator.then_some(at)
}

fn authorization(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let Some(at) = to_value(scan, end) else {
        return 0;
    };
    let (scheme, behind) = scan.run(at, URL_SAFE, 32);
    let named = scan.skip_blanks(behind);
    // One word is a value without a scheme.
    let from = if scheme > 0 && named > behind {
        named
    } else {
        at
    };
    credentials(scan, from, found)
}

fn bearer(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    if !scan.is_word_start(start) {
        return 0;
    }
    credentials(scan, scan.skip_blanks(end), found)
}

/// The value of a header, unless it only stands for one.
fn credentials(scan: &Scan<'_>, from: usize, found: &mut Vec<Span>) -> usize {
    const CLASS: Class = ALNUM.and("+/=-_.~:");
    let (length, looked) = scan.run(from, CLASS, LOOK);
    let said = scan.slice(from, looked);
    let is_secret = length >= 8
        && said
            .bytes()
            .any(|byte| byte.is_ascii_digit() || byte == b'=')
        && entropy(said) >= 2.75
        && !matches!(scan.byte(looked), b'(' | b'$' | b'{' | b'<')
        && !is_placeholder(said);
    if !is_secret {
        return 0;
    }
    let end = scan.end_of(looked, CLASS);
    found.push(Span {
        rule: "authorization",
        start: from,
        end,
    });
    end
}

fn is_placeholder(said: &str) -> bool {
    let words = [
        "example",
        "your",
        "xxxx",
        "placeholder",
        "redacted",
        "changeme",
    ];
    is_reference(said) || words.iter().any(|word| holds(said, word))
}

/// The values of `Cookie:` and `Set-Cookie:` that can be somebody's session.
fn cookie(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const NAME: Class = URL_SAFE.and(".");
    let Some(mut at) = scan
        .is_word_start(start)
        .then(|| to_value(scan, end))
        .flatten()
    else {
        return 0;
    };
    let limit = end + LINE;
    while at < limit {
        let (_, behind) = scan.run(at, NAME, LOOK);
        if behind == at {
            break;
        }
        let Some(from) = scan.expect(behind, b'=') else {
            // An attribute without a value, such as `HttpOnly`.
            match scan.expect(behind, b';') {
                Some(next) => at = scan.run(next, SPACE, 4).1,
                None => break,
            }
            continue;
        };
        let stop = scan.end_of(from, ALNUM.and("!#$%&()*+-./:<=>?@[]^_{|}~"));
        if is_session(scan.slice(at, behind), scan.slice(from, stop)) {
            found.push(Span {
                rule: "cookie",
                start: from,
                end: stop,
            });
        }
        match scan.expect(stop, b';') {
            Some(next) => at = scan.run(next, SPACE, 4).1,
            None => return stop,
        }
    }
    at
}

fn is_session(name: &str, value: &str) -> bool {
    let attributes = [
        "expires", "max-age", "path", "domain", "samesite", "version",
    ];
    if attributes
        .iter()
        .any(|other| name.eq_ignore_ascii_case(other))
        || is_placeholder(value)
    {
        return false;
    }
    let telling = [
        "sess", "sid", "auth", "token", "jwt", "csrf", "login", "remember",
    ];
    let is_told = telling.iter().any(|word| holds(name, word));
    let least = if is_told { 8 } else { 16 };
    value.len() >= least
        && value.bytes().any(|byte| byte.is_ascii_digit())
        && entropy(value) >= if is_told { 2.5 } else { 3.5 }
}

/// The password in `scheme://user:password@host`.
fn address(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    if scan.start_of(start, ALNUM.and("+.-"), 1) == start {
        return 0;
    }
    const PART: Class = ALNUM.and("!#$%&()*+-.:;=?@[]^_{|}~,");
    // A `/` or a quote ends the part that can hold a password.
    let (_, stop) = scan.run(end, PART, LOOK);
    let part = scan.slice(end, stop);
    let Some((login, _)) = part.rsplit_once('@') else {
        return 0;
    };
    let (user, password) = match login.split_once(':') {
        Some((user, password)) => (user.len() + 1, password),
        None => (0, login),
    };
    let is_token = login.len() >= 20
        && login.bytes().any(|byte| byte.is_ascii_digit())
        && entropy(login) >= 3.0;
    let common = ["password", "pass", "passwd", "pw", "pwd", "secret", "token"];
    let is_kept = (user == 0 && !is_token)
        || password.is_empty()
        || is_reference(password)
        || is_placeholder(password)
        || password.bytes().all(|byte| matches!(byte, b'*' | b'.' | b'x' | b'X'))
        || common.iter().any(|word| password.eq_ignore_ascii_case(word))
        // Part of a query or a fragment: `https://host?mail=a@b`.
        || login.contains(['?', '#']) && user == 0;
    if is_kept {
        return 0;
    }
    let from = end + user;
    found.push(Span {
        rule: "url-password",
        start: from,
        end: end + login.len(),
    });
    end + login.len()
}

/// The password in `curl -u user:…`.
fn curl_user(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let mut line = start.saturating_sub(LOOK);
    while line < start && !scan.text.is_char_boundary(line) {
        line += 1;
    }
    let before = scan.slice(line, start);
    let command = before.rsplit('\n').next().unwrap_or(before);
    if !BLANK.has(scan.back(start, 1)) || !holds(command, "curl") {
        return 0;
    }
    let at = scan.skip_blanks(end);
    let (meant, width) = scan.read(at);
    let from = if QUOTE.has(meant) { at + width } else { at };
    let (_, stop) = scan.run(from, VALUE, LOOK);
    let Some((user, password)) = scan.slice(from, stop).split_once(':') else {
        return 0;
    };
    if password.len() < 3 || is_reference(password) || is_placeholder(password) {
        return 0;
    }
    let start = from + user.len() + 1;
    found.push(Span {
        rule: "curl-password",
        start,
        end: stop,
    });
    stop
}
