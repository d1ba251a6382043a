//! Secrets of requests: headers, cookies, command lines, addresses.

use super::Span;
use super::scan::{ALNUM, BLANK, Class, DIGIT, QUOTE, SPACE, Scan, URL_SAFE, entropy, holds, says};
use super::shape::Shape;
use super::stand_in::is_reference;
use super::value;

pub(super) const REQUESTS: &[(&str, Shape)] = &[
    ("authorization", authorization),
    ("bearer ", bearer),
    ("cookie", cookie),
    ("://", address),
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
        .run(named, Class::of("abcdefghijklmnopqrstuvwxyz-_"), 24)
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
        "tiger",
        "…",
        "...",
    ];
    is_reference(said) || words.iter().any(|word| says(said, word))
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
    const USER: Class = ALNUM.and("!$%&*+-._~=");
    const PASSWORD: Class = ALNUM.and("!#$%&()*+-./:;=?@[]^_{|}~,");
    let (mut user, mut behind) = scan.run(end, USER, LOOK);
    // A sign that is escaped in the address belongs to the user's name.
    while scan.byte(behind) == b'@' && scan.depth(behind) > scan.depth(start) && user < LOOK {
        let (more, next) = scan.run(behind + 1, USER, LOOK - user);
        (user, behind) = (user + more + 1, next);
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
        || is_reference(password)
        || is_placeholder(password)
        || password
            .bytes()
            .all(|byte| matches!(byte, b'*' | b'.' | b'x' | b'X'))
        || common
            .iter()
            .any(|word| password.eq_ignore_ascii_case(word));
    if is_kept {
        return 0;
    }
    found.push(Span {
        rule: "url-password",
        start: from,
        end: from + password.len(),
    });
    from + password.len()
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
    found.push(Span {
        rule: "url-password",
        start: from,
        end: to,
    });
    to
}

/// `jdbc:oracle:thin:scott/tiger@//host`.
fn oracle(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let (user, slash) = scan.run(end, ALNUM.and("_$#"), 64);
    if user == 0 || scan.byte(slash) != b'/' {
        return 0;
    }
    let from = slash + 1;
    let (_, stop) = scan.run(from, ALNUM.and("!#$%&*+-./:;=?^_~,"), LOOK);
    let password = scan.slice(from, stop);
    if scan.byte(stop) != b'@'
        || password.is_empty()
        || is_reference(password)
        || is_placeholder(password)
    {
        return 0;
    }
    found.push(Span {
        rule: "url-password",
        start: from,
        end: stop,
    });
    stop
}

/// `password='two words'` in a connection string of PostgreSQL.
fn key_value(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const AROUND: usize = 96;
    let next = scan.skip_blanks(end);
    let Some(open) = scan.expect(next, b'=').map(|at| scan.skip_blanks(at)) else {
        return 0;
    };
    let quote = scan.byte(open);
    let is_part = quote == b'"' && scan.back(start, 1) == b';';
    if quote != b'\'' && !is_part || !scan.is_word_start(start) {
        return 0;
    }
    let (mut low, mut high) = (start.saturating_sub(AROUND), open + AROUND);
    while !scan.text.is_char_boundary(low) {
        low += 1;
    }
    while high < scan.text.len() && !scan.text.is_char_boundary(high) {
        high += 1;
    }
    let around = scan.slice(low, high.min(scan.text.len()));
    let is_string = ["host=", "dbname=", "user=", "port=", "hostaddr="]
        .iter()
        .any(|key| holds(around, key));
    let to = (open + 1..open + LOOK)
        .find(|&at| matches!(scan.byte(at), 0 | b'\n') || scan.byte(at) == quote);
    let Some(to) = to.filter(|&to| is_string && scan.byte(to) == quote) else {
        return 0;
    };
    let said = scan.slice(open + 1, to);
    if said.len() < 3 || is_reference(said) || is_placeholder(said) {
        return 0;
    }
    found.push(Span {
        rule: "secret",
        start: open + 1,
        end: to,
    });
    to
}

/// `IDENTIFIED BY '…'`, also with a plugin between the words.
fn identified(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    const BEFORE: usize = 64;
    let mut low = start.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(low) {
        low += 1;
    }
    if !holds(scan.slice(low, end), "identified") {
        return 0;
    }
    let at = scan.run(end, BLANK, 8).1;
    let open = if scan.back(end, 1) == b'\'' {
        end - 1
    } else {
        at
    };
    let quote = scan.byte(open);
    let from = open + 1;
    let ends = |at: usize| matches!(scan.byte(at), 0 | b'\n') || scan.byte(at) == quote;
    let to = (from..from + LOOK)
        .find(|&at| ends(at))
        .unwrap_or(from + LOOK);
    let said = scan.slice(from, to);
    let is_word = QUOTE.has(quote) && scan.byte(to) == quote && !said.contains(' ');
    if !is_word || said.len() < 3 || is_reference(said) || is_placeholder(said) {
        return 0;
    }
    found.push(Span {
        rule: "secret",
        start: from,
        end: to,
    });
    to
}

/// A line of `.pgpass`: `host:port:database:user:password`.
fn pgpass(scan: &Scan<'_>, start: usize, _: usize, found: &mut Vec<Span>) -> usize {
    const FIELD: Class = ALNUM.and("*.-_");
    let first = scan.start_of(start, FIELD.and(":"), 96);
    let begins_word = matches!(scan.back(first, 1), 0 | b'\n' | b'\r' | b' ' | b'"' | b'\'');
    let mut at = first;
    for _ in 0..4 {
        let (length, end) = scan.run(at, FIELD, 64);
        if length == 0 || scan.byte(end) != b':' {
            return 0;
        }
        at = end + 1;
    }
    let (length, to) = scan.run(at, ALNUM.and("!#$%&*+-./:=?@^_~"), LOOK);
    let said = scan.slice(at, to);
    let is_password = begins_word
        && length >= 5
        && matches!(
            value::look(said),
            value::Look::Drawn | value::Look::Chosen | value::Look::Number
        )
        && said.bytes().any(|byte| byte.is_ascii_digit());
    if !is_password {
        return 0;
    }
    found.push(Span {
        rule: "secret",
        start: at,
        end: to,
    });
    to
}
