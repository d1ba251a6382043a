//! A user and a password in one value: `credentials: joe:…`, `login: joe / …`.

use super::Span;
use super::letters::{ALNUM, Class, is_one_of};
use super::scan::Scan;
use super::value::{LOOK, Look};

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
    "identifiant",
    "identifiants",
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

/// Finds the password of `use admin / … to log in`, before a name.
fn before(scan: &Scan<'_>, first: usize) -> Option<Span> {
    const BEFORE: usize = 96;
    const USES: &[&str] = &["use", "using", "with", "try", "enter", "type"];
    let mut low = first.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(low) {
        low += 1;
    }
    let line = scan.slice(low, first).rsplit('\n').next()?;
    let line = line.strip_suffix(" to ")?;
    let (user, password) = line.rsplit_once('/')?;
    let is_apart = user.ends_with(' ') && password.starts_with(' ');
    let mut words = user.trim_end().rsplit(' ');
    let (user, verb) = (words.next()?, words.next()?);
    let text = password.trim_start().trim_matches(['`', '"', '\'', '*']);
    let is_password = text.len() >= 5
        && text.bytes().all(|byte| PASSWORD.has(byte))
        && text.bytes().any(|byte| !byte.is_ascii_alphabetic())
        && matches!(scan.look(text), Look::Drawn | Look::Chosen);
    let user = user.trim_matches(['`', '"', '\'', '*']);
    let is_user = is_apart && user.bytes().all(|byte| USER.has(byte)) || is_one_of(user, USERS);
    if !is_password || !is_user || !is_one_of(verb, USES) {
        return None;
    }
    let end = first - " to ".len();
    let start = end - password.trim_start().len() + password.trim_start().find(text)?;
    Some(Span {
        rule: "secret",
        start,
        end: start + text.len(),
    })
}

const USER: Class = ALNUM.and("._@+-\\");
const PASSWORD: Class = ALNUM.and("!#$%&*+-.=?@^_~");

/// Finds the password behind a name that stands between two places.
pub(super) fn login(scan: &Scan<'_>, first: usize, behind: usize, found: &mut Vec<Span>) {
    let name = scan.slice(first, behind);
    let last = name.rsplit(['.', '-', '_']).next().unwrap_or(name);
    let is_name = is_one_of(last, NAMES);
    if is_name && let Some(span) = before(scan, first) {
        found.push(span);
        return;
    }
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
    let is_usual = is_one_of(scan.slice(from, user), USERS);
    // `log in with admin and …`
    let and = is_apart && is_usual && scan.slice(parts, parts + 4) == "and ";
    let begin = if and {
        parts + 4
    } else {
        scan.skip_blanks(parts + 1)
    };
    let is_parted = match scan.byte(parts) {
        _ if and => true,
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
        && match scan.look(text) {
            Look::Drawn => true,
            // `login: pages/step2` is a path.
            Look::Chosen => {
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
