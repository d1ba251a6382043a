//! A user and a password in one value: `credentials: joe:…`, `login: joe / …`.

use super::Span;
use super::scan::{ALNUM, Class, Scan, is_one_of};
use super::value::{self, LOOK, Look};

/// Names of values that hold both.
const NAMES: &[&str] = &[
    "login",
    "logins",
    "logon",
    "credential",
    "credentials",
    "creds",
    "cred",
    "auth",
    "userpass",
    "zugangsdaten",
    "log in",
    "logged in",
    "sign in",
    "signed in",
];

/// Users whose password may stand behind a slash as well.
const USERS: &[&str] = &[
    "admin",
    "administrator",
    "root",
    "user",
    "guest",
    "demo",
    "sa",
    "postgres",
    "sysadmin",
];

/// What links the name and its value in a sentence.
const LINKS: &[&str] = &[
    "is", "are", "was", "were", "as", "with", "using", "sind", "ist", "sont", "son",
];

/// Behind the link of a sentence, `the credentials for staging are …`.
fn behind_link(scan: &Scan<'_>, from: usize) -> Option<usize> {
    let mut at = from;
    for _ in 0..5 {
        at = scan.expect(at, b' ')?;
        let (length, end) = scan.run(at, ALNUM, 12);
        let word = scan.slice(at, end);
        if length == 0 {
            return None;
        }
        at = end;
        if is_one_of(word, LINKS) {
            return Some(scan.expect(at, b':').unwrap_or(at));
        }
    }
    None
}

const USER: Class = ALNUM.and("._@+-\\");
const PASSWORD: Class = ALNUM.and("!#$%&*+-.=?@^_~");

/// Finds the password behind a name that stands between two places.
pub(super) fn login(scan: &Scan<'_>, first: usize, behind: usize, found: &mut Vec<Span>) {
    let name = scan.slice(first, behind);
    let last = name.rsplit(['.', '-', '_']).next().unwrap_or(name);
    let is_name = is_one_of(last, NAMES);
    let marks = const { Class::of("\"'`*") };
    let sign = scan.skip_blanks(scan.run(behind, marks, 3).1);
    let is_option = name.starts_with("--") && sign > behind;
    let from = match scan.byte(sign) {
        b':' | b'=' => sign + 1,
        _ if is_option => sign,
        _ if !is_name => return,
        _ => match behind_link(scan, scan.run(behind, marks, 3).1) {
            Some(from) => from,
            None => return,
        },
    };
    if !is_name {
        return;
    }
    let from = scan
        .run(scan.run(from, marks, 3).1, const { Class::of(" \"'`*") }, 4)
        .1;
    let (_, user) = scan.run(from, USER, 64);
    let parts = scan.skip_blanks(user);
    let is_apart = parts > user;
    let begin = scan.skip_blanks(parts + 1);
    let is_parted = match scan.byte(parts) {
        b':' => !is_apart && begin == parts + 1,
        b'/' => is_apart == (begin > parts + 1),
        _ => false,
    };
    let has_letter = scan
        .slice(from, user)
        .bytes()
        .any(|byte| byte.is_ascii_alphabetic());
    if !is_parted || !has_letter {
        return;
    }
    let (_, end) = scan.run(begin, PASSWORD, LOOK);
    let text = scan.slice(begin, end).trim_end_matches(['.', '*']);
    let is_written = text.bytes().any(|byte| byte.is_ascii_digit())
        || text.bytes().any(|byte| b"!#$%*+=?^~".contains(&byte));
    let goes_on = matches!(scan.byte(end), b'/' | b':' | b'(' | b'\\');
    if text.len() >= 5
        && is_written
        && !goes_on
        && match value::look(text) {
            Look::Drawn => true,
            // `login: pages/step2` is a path.
            Look::Chosen => {
                let user = scan.slice(from, user);
                let is_usual = is_one_of(user, USERS);
                let is_scheme = last.eq_ignore_ascii_case("auth") && scan.byte(parts) == b'/';
                (scan.byte(parts) == b':' || is_apart || is_usual) && !is_scheme
            }
            _ => false,
        }
    {
        found.push(Span {
            rule: "secret",
            start: begin,
            end: begin + text.len(),
        });
    }
}
