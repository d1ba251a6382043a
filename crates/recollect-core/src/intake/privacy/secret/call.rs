//! Passwords that a call takes beside a user: `auth=("joe", "…")`, `bcrypt.hash("…")`.

use super::Span;
use super::letters::{ALNUM, SPACE};
use super::scan::Scan;
use super::shape::push;
use super::value::Look;
use super::written::{Value, quoted};

/// What stands before the bracket, and which of the values it opens is the password.
#[rustfmt::skip]
const CALLS: &[(&str, usize)] = &[
    ("bcrypt.hash", 0), ("bcrypt.hashsync", 0), ("bcrypt.compare", 0), ("bcrypt.comparesync", 0),
    ("bcrypt.hashpw", 0), ("argon2.hash", 0), ("networkcredential", 1), ("networkcredential]::new", 1),
    ("pscredential", 1), ("usernamepasswordcredentials", 1), ("passwordauthentication", 1),
    ("httpbasicauth", 1), ("httpdigestauth", 1), ("basicauth", 1), ("basic_auth", 1),
    ("credentials.basic", 1), ("setbasicauth", 1), ("auth=", 1), (".auth", 1), (".login", 1),
    ("login", 1), ("log_in", 1), ("signin", 1), ("sign_in", 1), ("logon", 1),
    ("wifi.begin", 1), ("mysqli", 2), ("mysqli_connect", 2), ("new pdo", 2), ("getconnection", 2),
    ("pymysql.connect", 2), ("mysqldb.connect", 2), ("changeuserpassword", 1), ("createuser", 1),
    ("create_user", 1), ("authenticate", 1), ("username_pw_set", 1), ("ldap.bind", 1), ("simple_bind_s", 1),
    ("create_user", 2), ("create_superuser", 2), ("createaccount", 1), (".ftp", 2), ("hash::make", 0), ("crypt", 0),
];

pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    CALLS.iter().map(|&(call, _)| call)
}

/// Finds the password of the call whose name stands between two places.
pub(super) fn call(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let name = scan.slice(start, end);
    let begins = name.starts_with('.') || !ALNUM.has(scan.back(start, 1));
    let Some(open) = scan.expect(end, b'(').filter(|_| begins) else {
        return 0;
    };
    CALLS
        .iter()
        .filter(|(call, _)| call.eq_ignore_ascii_case(name))
        .find_map(|&(_, number)| argument(scan, open, number))
        .map_or(0, |value| {
            push(found, "secret", value.from, value.to);
            value.to
        })
}

/// The value in the place of so many before it, if it is a password.
fn argument(scan: &Scan<'_>, open: usize, number: usize) -> Option<Value> {
    let mut at = scan.run(open, SPACE, 32).1;
    for _ in 0..number {
        let behind = match quoted(scan, at) {
            Some(value) => value.to + 1,
            None => scan.run(at, const { ALNUM.and("_.$->") }, 48).1,
        };
        at = scan.run(scan.expect(behind, b',')?, SPACE, 32).1;
    }
    let value = quoted(scan, at)?;
    let text = scan.slice(value.from, value.to);
    let is_mixed = text.bytes().any(|byte| !byte.is_ascii_alphabetic());
    let is_password =
        text.len() >= 5 && is_mixed && matches!(scan.look(text), Look::Chosen | Look::Drawn);
    is_password.then_some(value)
}
