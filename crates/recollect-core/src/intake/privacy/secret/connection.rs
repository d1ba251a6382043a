//! Passwords of connections: addresses without a scheme, strings of databases, statements of SQL.

use super::Span;
use super::letters::{ALNUM, BLANK, Class, DIGIT, QUOTE, holds};
use super::scan::Scan;
use super::shape::push;
use super::stand_in::is_placeholder;
use super::value;

/// Longest beginning of a value that decides whether it is a secret.
const LOOK: usize = 256;

/// The colon behind `joe@host` where a password and another host follow.
pub(super) fn mail_end(scan: &Scan<'_>, at: usize) -> Option<usize> {
    let (_, colon) = scan.run(at + 1, const { ALNUM.and(".-") }, 64);
    let (_, sign) = scan.run(colon + 1, const { ALNUM.and("!#$%&*+-.=?^_~") }, LOOK);
    let is_port = DIGIT.has(scan.byte(colon + 1)) && scan.end_of(colon + 1, DIGIT) == sign;
    (scan.byte(colon) == b':' && scan.byte(sign) == b'@' && !is_port).then_some(colon)
}

/// The password of `joe:…@tcp(host)`, `joe:…@host.test`, before which no scheme stands.
pub(super) fn bare_login(
    scan: &Scan<'_>,
    start: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> usize {
    const PASSWORD: Class = ALNUM.and("!#$%&*+-=?@^_~");
    let from = scan.start_of(start, PASSWORD, 48);
    if start - from < 5 || scan.back(from, 1) != b':' || !ALNUM.has(scan.byte(end)) {
        return 0;
    }
    let user = scan.start_of(from - 1, const { ALNUM.and("._-") }, 32);
    let sign = scan.back(user, 1);
    let is_user = user + 1 < from && (sign == 0 || b" \t\n\"'`=/".contains(&sign));
    let said = scan.slice(from, start);
    if !is_user {
        return 0;
    }
    let (_, host) = scan.run(end, const { ALNUM.and(".-") }, 64);
    let is_call = matches!(scan.slice(end, host), "tcp" | "unix") && scan.byte(host) == b'(';
    let mut dots = scan.slice(end, host).trim_end_matches('.').split('.');
    let is_host = dots.clone().count() > 1
        && dots.clone().all(|part| !part.is_empty())
        && dots
            .next_back()
            .is_some_and(|last| last.bytes().all(|byte| byte.is_ascii_lowercase()));
    let is_number = scan
        .slice(end, host)
        .split('.')
        .filter(|part| part.parse::<u8>().is_ok())
        .count()
        == 4;
    let port = scan.end_of(from, DIGIT);
    let is_port = port > from && b"?#&".contains(&scan.byte(port));
    let is_password = !is_port
        && matches!(scan.look(said), value::Look::Drawn | value::Look::Chosen)
        && (is_call || said.bytes().any(|byte| byte.is_ascii_digit()));
    if !is_password || !(is_call || is_host || is_number) || is_placeholder(said) {
        return 0;
    }
    push(found, "url-password", from, start)
}

/// `jdbc:oracle:thin:scott/tiger@//host`.
pub(super) fn oracle(scan: &Scan<'_>, _: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let (user, slash) = scan.run(end, const { ALNUM.and("_$#") }, 64);
    if user == 0 || scan.byte(slash) != b'/' {
        return 0;
    }
    let from = slash + 1 + usize::from(scan.byte(slash + 1) == b'"');
    let (_, stop) = scan.run(from, const { ALNUM.and("!#$%&*+-./:;=?^_~,") }, LOOK);
    let password = scan.slice(from, stop);
    if scan.byte(scan.expect(stop, b'"').unwrap_or(stop)) != b'@'
        || password.is_empty()
        || is_placeholder(password)
    {
        return 0;
    }
    push(found, "url-password", from, stop)
}

/// `password='two words'` in a connection string of PostgreSQL.
pub(super) fn key_value(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
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
    let to = (open + 1..open + LOOK)
        .find(|&at| matches!(scan.byte(at), 0 | b'\n') || scan.byte(at) == quote)
        .filter(|&to| scan.byte(to) == quote);
    let Some(to) = to else {
        return 0;
    };
    let said = scan.slice(open + 1, to);
    if said.len() < 3 || is_placeholder(said) {
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
    let mut signs = around.match_indices('=');
    let is_string = signs.any(|(at, _)| {
        let before = &around.as_bytes()[..at];
        ["host", "dbname", "user", "port", "hostaddr"]
            .iter()
            .filter_map(|key| {
                before
                    .get(before.len().checked_sub(key.len())?..)
                    .zip(Some(key))
            })
            .any(|(end, key)| end.eq_ignore_ascii_case(key.as_bytes()))
    });
    if !is_string {
        return 0;
    }
    push(found, "secret", open + 1, to)
}

/// `IDENTIFIED BY '…'`, also with a plugin between the words.
pub(super) fn identified(
    scan: &Scan<'_>,
    start: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> usize {
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
    let says = ["user ", "connect to", "grant "];
    let is_statement = says.iter().any(|word| holds(scan.slice(low, start), word));
    if !QUOTE.has(quote) && is_statement && holds(scan.slice(start, end), "identified by") {
        return plain_identified(scan, at, found);
    }
    let from = open + 1;
    let ends = |at: usize| matches!(scan.byte(at), 0 | b'\n') || scan.byte(at) == quote;
    let to = (from..from + LOOK)
        .find(|&at| ends(at))
        .unwrap_or(from + LOOK);
    let said = scan.slice(from, to);
    // Prose also says what something is identified by.
    let is_known = is_statement
        || holds(scan.slice(low, start), "identified with")
        || matches!(scan.look(said), value::Look::Drawn | value::Look::Chosen);
    let is_word =
        matches!(quote, b'\'' | b'"') && scan.byte(to) == quote && !said.contains(' ') && is_known;
    if !is_word || said.len() < 3 || is_placeholder(said) {
        return 0;
    }
    push(found, "secret", from, to)
}

/// `IDENTIFIED BY …` without quotes, as Oracle takes it.
fn plain_identified(scan: &Scan<'_>, at: usize, found: &mut Vec<Span>) -> usize {
    let (length, to) = scan.run(at, const { ALNUM.and("!#$%&*+-=?@^_~") }, LOOK);
    let said = scan.slice(at, to);
    let has_sign = said.bytes().any(|byte| !byte.is_ascii_alphabetic());
    let is_password = length >= 5
        && has_sign
        && matches!(scan.look(said), value::Look::Drawn | value::Look::Chosen);
    if !is_password {
        return 0;
    }
    push(found, "secret", at, to)
}

/// A line of `.pgpass`: `host:port:database:user:password`.
pub(super) fn pgpass(scan: &Scan<'_>, start: usize, _: usize, found: &mut Vec<Span>) -> usize {
    const FIELD: Class = ALNUM.and("*.-_");
    let first = scan.start_of(start, const { FIELD.and(":") }, 96);
    let begins_word = matches!(scan.back(first, 1), 0 | b'\n' | b'\r' | b' ' | b'"' | b'\'');
    let mut at = first;
    for _ in 0..4 {
        let (length, end) = scan.run(at, FIELD, 64);
        if length == 0 || scan.byte(end) != b':' {
            return 0;
        }
        at = end + 1;
    }
    let (length, to) = scan.run(at, const { ALNUM.and("!#$%&*+-./:=?@^_~") }, LOOK);
    let said = scan.slice(at, to);
    let is_password = begins_word
        && length >= 5
        && matches!(
            scan.look(said),
            value::Look::Drawn | value::Look::Chosen | value::Look::Number
        )
        && said.bytes().any(|byte| byte.is_ascii_digit());
    if !is_password {
        return 0;
    }
    push(found, "secret", at, to)
}
