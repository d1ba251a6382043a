//! Secrets of requests: headers, cookies, command lines, addresses.

use super::Span;
use super::connection::{bare_login, identified, key_value, mail_end, oracle, pgpass};
use super::letters::{
    ALNUM, BLANK, Class, DIGIT, QUOTE, SPACE, URL_SAFE, entropy, holds, is_one_of,
};
use super::scan::Scan;
use super::shape::{Shape, push};
use super::stand_in::is_placeholder;
use super::value;

pub(super) const REQUESTS: &[(&str, Shape)] = &[
    ("authorization", authorization),
    ("auth plain", bearer),
    ("auth login", bearer),
    ("bearer ", bearer),
    ("cookie", cookie),
    ("://", address),
    ("@", bare_login),
    ("phpsessid=", session),
    ("jsessionid=", session),
    ("jdbc:oracle:thin:", oracle),
    ("jdbc:oracle:oci:", oracle),
    ("jdbc:oracle:oci8:", oracle),
    ("password", key_value),
    ("identified by", identified),
    (" by '", identified),
    (":5432:", pgpass),
    (":5433:", pgpass),
    (":6432:", pgpass),
    (":*:", pgpass),
];

/// Longest beginning of a value that decides whether it is a secret.
const LOOK: usize = 256;
/// Longest line of cookies that is looked at.
const LINE: usize = 1_024;

/// Skips what stands between the name of a header and its value.
fn to_value(scan: &Scan<'_>, mut at: usize) -> Option<usize> {
    let mut has_separator = false;
    for _ in 0..12 {
        match scan.byte(at) {
            b':' | b'=' | b',' => has_separator = true,
            // What a server or a command is told: `proxy_set_header Authorization "…"`.
            byte if QUOTE.has(byte) && BLANK.has(scan.back(at, 1)) => has_separator = true,
            byte if QUOTE.has(byte) || BLANK.has(byte) || byte == b']' => {}
            _ => break,
        }
        at += 1;
    }
    has_separator.then_some(at)
}

fn authorization(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let Some(at) = to_value(scan, end) else {
        return 0;
    };
    let (scheme, behind) = scan.run(at, URL_SAFE, 32);
    let named = scan.skip_blanks(behind);
    // What names its fields is looked at by the names.
    if scan.byte(behind) == b'=' || holds(scan.slice(at, behind), "digest") {
        return 0;
    }
    let field = scan
        .run(
            named,
            const { Class::of("abcdefghijklmnopqrstuvwxyz-_") },
            24,
        )
        .1;
    let opens = scan.byte(field) == b'=' && QUOTE.has(scan.byte(field + 1));
    if field > named && opens && ALNUM.has(scan.byte(field + 2)) {
        return 0;
    }
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
        && !is_placeholder(said)
        && !is_field(said)
        && !(said.contains(['/', '.']) && scan.look(said) == value::Look::Name);
    if !is_secret {
        return 0;
    }
    let end = scan.end_of(looked, CLASS);
    push(found, "authorization", from, end)
}

/// Whether it is the name of a field, whose value follows: `Bearer error="…"`.
fn is_field(said: &str) -> bool {
    let name = said.strip_suffix('=').unwrap_or_default();
    !name.is_empty()
        && name
            .bytes()
            .all(|byte| byte.is_ascii_lowercase() || byte == b'_')
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
        let stop = scan.end_of(from, const { ALNUM.and("!#$%&()*+-./:<=>?@[]^_{|}~") });
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
    if is_one_of(name, &attributes) || is_placeholder(value) {
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
    if scan.start_of(start, const { ALNUM.and("+.-") }, 1) == start {
        return 0;
    }
    const USER: Class = ALNUM.and("!$%&*+-._~=;");
    const PASSWORD: Class = ALNUM.and("!#$%&()*+-./:;=?@[]^_{|}~,");
    let (mut user, mut behind) = scan.run(end, USER, LOOK);
    // A sign that is escaped in the address belongs to the user's name.
    while scan.byte(behind) == b'@' && scan.depth(behind) > scan.depth(start) && user < LOOK {
        let (more, next) = scan.run(behind + 1, USER, LOOK - user);
        (user, behind) = (user + more + 1, next);
    }
    // An address of mail as the user, whose sign nobody escaped.
    if scan.byte(behind) == b'@'
        && let Some(colon) = mail_end(scan, behind)
    {
        behind = colon;
    }
    if scan.byte(behind) == b'@' {
        return token_login(scan, end, behind, found);
    }
    let Some(from) = scan.expect(behind, b':') else {
        return 0;
    };
    // A port is no login.
    let (_, port) = scan.run(from, DIGIT, 6);
    if port > from && matches!(scan.byte(port), b'/' | b'?' | b'#' | b':' | 0) || user > LOOK {
        return 0;
    }
    let (_, stop) = scan.run(from, PASSWORD, LOOK);
    let part = scan.slice(from, stop);
    // Up to the first path the last `@` counts; one behind it counts where a
    // host follows and nothing before it could be one.
    let authority = part.find(['/', '?', '#']).unwrap_or(part.len());
    let at = part[..authority].rfind('@').or_else(|| {
        let at = part.find('@')?;
        let host = &part[at + 1..];
        host.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '[')
            .then_some(at)
    });
    let Some(password) = at.map(|at| &part[..at]) else {
        return 0;
    };
    let common = ["password", "pass", "passwd", "pw", "pwd", "secret", "token"];
    let is_kept = password.is_empty()
        || is_placeholder(password)
        || password
            .bytes()
            .all(|byte| matches!(byte, b'*' | b'.' | b'x' | b'X'))
        || is_one_of(password, &common);
    if is_kept {
        return 0;
    }
    push(found, "url-password", from, from + password.len())
}

/// A session that its name alone tells.
fn session(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let (length, looked) = scan.run(end, const { URL_SAFE.and(".!%") }, LOOK);
    let said = scan.slice(end, looked);
    if length < 16
        || entropy(said) < 2.5
        || is_placeholder(said)
        || scan.look(said) == value::Look::Name
    {
        return 0;
    }
    push(found, "cookie", end, looked)
}

/// A token in place of a user: `https://<token>@host`.
fn token_login(scan: &Scan<'_>, from: usize, to: usize, found: &mut Vec<Span>) -> usize {
    let login = scan.slice(from, to);
    let is_token = login.len() >= 20
        && login.bytes().any(|byte| byte.is_ascii_digit())
        && entropy(login) >= 3.0
        && !is_placeholder(login);
    if !is_token {
        return 0;
    }
    push(found, "url-password", from, to)
}
