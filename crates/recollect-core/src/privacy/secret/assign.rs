//! Values that the name they are assigned to makes secrets.

use super::Span;
use super::scan::{ALNUM, Class, DIGIT, HEX, QUOTE, SPACE, Scan, URL_SAFE, entropy, holds};

/// Parts of names that make a look at what follows worth while.
pub(super) const KEYWORDS: &[&str] = &[
    "passw",
    "passphrase",
    "pwd",
    "secret",
    "token",
    "key",
    "credential",
    "auth",
];

/// Longest part of a name on either side of the keyword.
const NAME: usize = 48;
/// Longest beginning of a value that decides whether it is a secret.
const LOOK: usize = 256;

const NAME_CLASS: Class = URL_SAFE.and(".");

/// What a name says of its value.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Promise {
    /// Something that a person may have chosen.
    Password,
    /// Something that a machine has drawn.
    Key,
    /// Just `key`, which most often is none.
    Perhaps,
}

/// How a value is written.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Quoted,
    /// `name("value")`, `("name", "value")`, where many values are names.
    Argument,
    /// `NAME=value`, `--name value`, `?name=value`.
    Tight,
    /// `name: value`
    Loose,
    /// `name = value`, where most values are names.
    Code,
}

/// Finds the value of a name of which a keyword is a part.
pub(super) fn assignment(
    scan: &Scan<'_>,
    start: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> usize {
    let mut first = scan.start_of(start, NAME_CLASS, NAME);
    // The letter of `\n` is no part of the name.
    while first < start && scan.back(first, 1) == b'\\' && b"nrtbf".contains(&scan.byte(first)) {
        first += 1;
    }
    let (_, behind) = scan.run(end, NAME_CLASS, NAME);
    let Some(promise) = promise(scan.slice(first, behind)) else {
        return behind;
    };
    let Some((place, from, to)) = value(scan, first, behind) else {
        return behind;
    };
    if !is_secret(scan.slice(from, to), promise, place) {
        return behind;
    }
    found.push(Span {
        rule: "secret",
        start: from,
        end: to,
    });
    to
}

/// Whether a value is a secret because of the name it is kept under.
pub(super) fn is_named_secret(name: &str, value: &str) -> bool {
    !value.contains(char::is_whitespace)
        && promise(name).is_some_and(|promise| is_secret(value, promise, Place::Quoted))
}

/// What a name promises, as its words say.
fn promise(name: &str) -> Option<Promise> {
    const MAX_WORDS: usize = 24;
    let mut words = [""; MAX_WORDS];
    let mut count = 0;
    for word in Words(name).take(MAX_WORDS) {
        words[count] = word;
        count += 1;
    }
    let words = &words[..count];
    let is = |word: &str, list: &[&str]| list.iter().any(|other| word.eq_ignore_ascii_case(other));
    let last = words.last()?;
    let about = [
        "id",
        "ids",
        "name",
        "names",
        "type",
        "types",
        "url",
        "uri",
        "endpoint",
        "path",
        "file",
        "dir",
        "folder",
        "count",
        "counts",
        "length",
        "len",
        "limit",
        "max",
        "min",
        "size",
        "expiry",
        "expires",
        "ttl",
        "at",
        "header",
        "prefix",
        "suffix",
        "field",
        "label",
        "hint",
        "placeholder",
        "regex",
        "pattern",
        "policy",
        "provider",
        "store",
        "manager",
        "index",
        "format",
        "scope",
        "scopes",
        "class",
        "error",
        "env",
        "var",
        "ref",
        "algorithm",
        "alg",
        "version",
        "method",
        "mode",
        "kind",
        "map",
        "list",
        "set",
        "hash",
    ];
    let known = [
        "public",
        "publishable",
        "primary",
        "foreign",
        "sort",
        "cache",
        "partition",
    ];
    if is(last, &about) || words.iter().any(|word| is(word, &known)) {
        return None;
    }
    let ends = |word: &str, list: &[&str]| {
        list.iter().any(|end| {
            let from = word.len().checked_sub(end.len());
            let tail = from.and_then(|from| word.get(from..));
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
        })
    };
    let chosen = [
        "password",
        "passwd",
        "passphrase",
        "passwort",
        "pwd",
        "secret",
        "secrets",
        "credential",
        "credentials",
    ];
    if words.iter().any(|word| ends(word, &chosen)) {
        return Some(Promise::Password);
    }
    let drawn = [
        "token",
        "apikey",
        "secretkey",
        "accesskey",
        "authkey",
        "accountkey",
    ];
    if words.iter().any(|word| ends(word, &drawn)) || is(last, &["auth"]) {
        return Some(Promise::Key);
    }
    let of = [
        "api",
        "access",
        "private",
        "signing",
        "sign",
        "encryption",
        "encrypt",
        "master",
        "account",
        "client",
        "auth",
        "app",
        "application",
        "deploy",
        "license",
        "storage",
        "shared",
        "service",
        "admin",
        "session",
        "hmac",
        "jwt",
        "webhook",
        "subscription",
        "functions",
        "host",
        "consumer",
    ];
    let is_key_of = words
        .windows(2)
        .any(|pair| is(pair[1], &["key"]) && is(pair[0], &of));
    if is_key_of {
        return Some(Promise::Key);
    }
    (words.len() == 1 && is(last, &["key"])).then_some(Promise::Perhaps)
}

/// The words of `aName`, `a_name` and `A-NAME2`; digits belong to none.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let text = self
            .0
            .trim_start_matches(|c: char| !c.is_ascii_alphabetic());
        let bytes = text.as_bytes();
        if bytes.is_empty() {
            return None;
        }
        let mut end = 1;
        while end < bytes.len() && bytes[end].is_ascii_alphabetic() {
            let is_upper = bytes[end].is_ascii_uppercase();
            let follows_lower = bytes[end - 1].is_ascii_lowercase();
            let leads_lower = bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase);
            if is_upper && (follows_lower || leads_lower) {
                break;
            }
            end += 1;
        }
        let (word, rest) = text.split_at(end);
        self.0 = rest;
        Some(word)
    }
}

/// Where the value of a name stands that ends at a place.
fn value(scan: &Scan<'_>, first: usize, behind: usize) -> Option<(Place, usize, usize)> {
    let mut at = behind;
    let (meant, width) = scan.read(at);
    let is_quoted_name = QUOTE.has(meant);
    if is_quoted_name {
        at += width;
        at = scan.expect(at, b']').unwrap_or(at);
    }
    let next = scan.skip_blanks(at);
    let has_blank = next > at;
    let (meant, width) = scan.read(next);
    let after = next + width;
    match meant {
        b'=' => {
            let from = scan.run(after, Class::of("=>~"), 2).1;
            let start = scan.skip_blanks(from);
            let is_tight = !has_blank && start == from && from == after;
            quoted(scan, start).or_else(|| {
                let place = if is_tight { Place::Tight } else { Place::Code };
                let is_constant = is_tight && is_constant(scan.slice(first, behind));
                unquoted(scan, start, place, is_constant)
            })
        }
        b':' => {
            // A path of a program, `token::Kind`, assigns nothing.
            if scan.byte(after) == b':' {
                return None;
            }
            let from = scan.expect(after, b'=').unwrap_or(after);
            let start = scan.skip_blanks(from);
            quoted(scan, start)
                .or_else(|| typed(scan, start))
                .or_else(|| unquoted(scan, start, Place::Loose, false))
        }
        b',' if is_quoted_name => argument(quoted(scan, scan.skip_blanks(after))),
        b'(' if !is_quoted_name => argument(quoted(scan, after)),
        b'>' if !is_quoted_name && !has_blank => {
            let (_, to) = scan.run(after, ALNUM.and("!#$%&*+-./:=?@^_|~"), LOOK);
            (scan.byte(to) == b'<').then_some((Place::Quoted, after, to))
        }
        _ if has_blank && !is_quoted_name && scan.slice(first, behind).starts_with("--") => {
            quoted(scan, next).or_else(|| unquoted(scan, next, Place::Tight, true))
        }
        _ => None,
    }
}

/// A name as environments have them, whose value ends at white space only.
fn is_constant(name: &str) -> bool {
    name.len() > 2
        && !name
            .bytes()
            .any(|byte| byte.is_ascii_lowercase() || byte == b'.')
}

/// A value between quotes that holds no white space.
fn quoted(scan: &Scan<'_>, at: usize) -> Option<(Place, usize, usize)> {
    let mut at = at;
    // Marks of string literals: `b"`, `r#"`, `f'`, `@"`.
    let (marks, behind) = scan.run(at, Class::of("bBrRfFuU@#"), 3);
    if marks > 0 && QUOTE.has(scan.read(behind).0) {
        at = behind;
    }
    let (quote, width) = scan.read(at);
    if !QUOTE.has(quote) {
        return None;
    }
    let from = at + width;
    let mut to = from;
    while to - from < LOOK * 2 {
        let (meant, wide) = scan.read(to);
        if meant == quote && wide <= width {
            return Some((Place::Quoted, from, to));
        }
        if meant == 0 || SPACE.has(meant) && wide <= width {
            return None;
        }
        to += wide;
    }
    None
}

fn argument(value: Option<(Place, usize, usize)>) -> Option<(Place, usize, usize)> {
    value.map(|(_, from, to)| (Place::Argument, from, to))
}

/// The value of `name: Type = "value"`.
fn typed(scan: &Scan<'_>, at: usize) -> Option<(Place, usize, usize)> {
    let (length, behind) = scan.run(at, ALNUM.and("&'<>[]?_. |"), 40);
    if length == 0 {
        return None;
    }
    quoted(scan, scan.skip_blanks(scan.expect(behind, b'=')?))
}

/// A value without quotes, unless it is an expression.
fn unquoted(
    scan: &Scan<'_>,
    from: usize,
    place: Place,
    is_constant: bool,
) -> Option<(Place, usize, usize)> {
    const CLASS: Class = ALNUM.and("!#$%*+-./:=?@^_~");
    let class = if is_constant {
        CLASS.and("&();|{}[]<>,")
    } else {
        CLASS
    };
    let (_, to) = scan.run(from, class, LOOK);
    let is_expression = !is_constant && matches!(scan.byte(to), b'(' | b'[' | b'{' | b'<');
    // The full stop or comma of a sentence is no part of it.
    let trimmed = scan
        .slice(from, to)
        .trim_end_matches(['.', ',', ';', ':', ')']);
    (!is_expression && !trimmed.is_empty()).then_some((place, from, from + trimmed.len()))
}

fn is_secret(value: &str, promise: Promise, place: Place) -> bool {
    if is_reference(value) || is_stopped(value) {
        return false;
    }
    let length = value.chars().count();
    let has = |is: fn(&u8) -> bool| value.bytes().any(|byte| is(&byte));
    let digits = value.bytes().filter(|&byte| DIGIT.has(byte)).count();
    let has_letter = has(u8::is_ascii_alphabetic);
    let has_symbol = has(|byte| b"!@#$%^&*+=?~".contains(byte));
    let is_hex = length >= 32 && value.bytes().all(|byte| HEX.has(byte));
    let needed = if is_hex { 3.0 } else { 3.5 };
    let is_drawn = digits > 0 && has_letter && entropy(value) >= needed;
    match (promise, place) {
        (Promise::Password, Place::Quoted | Place::Tight) => {
            length >= 8 && has_letter && (digits > 0 || has_symbol) && entropy(value) >= 2.75
        }
        (Promise::Password, Place::Loose) => {
            length >= 8 && has_letter && digits > 0 && entropy(value) >= 3.0 && !is_name(value)
        }
        (Promise::Key, Place::Quoted | Place::Tight) => length >= 10 && is_drawn,
        (Promise::Key, Place::Loose) => length >= 16 && is_drawn && !is_name(value),
        (_, Place::Code | Place::Argument) => {
            length >= 16 && digits >= 2 && is_drawn && !is_name(value)
        }
        (Promise::Perhaps, Place::Tight) => length >= 20 && digits >= 2 && is_drawn,
        (Promise::Perhaps, _) => false,
    }
}

/// Whether it is a name in a program rather than a text.
fn is_name(value: &str) -> bool {
    let inner = value.trim_end_matches(|c: char| c.is_ascii_digit());
    value.contains('.') && !value.contains(['+', '/', '='])
        || inner
            .bytes()
            .all(|byte| byte.is_ascii_alphabetic() || byte == b'_')
}

/// Whether it says where a secret is rather than what it is.
pub(super) fn is_reference(value: &str) -> bool {
    let begins = [
        "$", "{", "<", "%s", "%(", "%{", "op://", "vault:", "arn:", "./", "../", "~/",
    ];
    let holds_any = [
        "${",
        "{{",
        "$(",
        "://",
        "::",
        "[redacted:",
        "process.env",
        "os.environ",
    ];
    begins.iter().any(|begin| value.starts_with(begin))
        || holds_any.iter().any(|part| value.contains(part))
        || value.starts_with('%') && value.ends_with('%')
        || value.starts_with('/') && !value.ends_with('=') && !value.contains('+')
        || ["sha1-", "sha256-", "sha384-", "sha512-", "sha256:"]
            .iter()
            .any(|hash| value.starts_with(hash))
}

/// Whether it is a stand-in, or made of words.
fn is_stopped(value: &str) -> bool {
    let words = [
        "example",
        "changeme",
        "change_me",
        "change-me",
        "your_",
        "your-",
        "yourpass",
        "xxxx",
        "placeholder",
        "dummy",
        "****",
        "....",
        "1234567890",
        "0123456789",
        "abcdefgh",
        "getenv",
        "environ",
        "redacted",
        "insert_",
        "insert-",
        "replace_",
        "replace-",
        "localhost",
    ];
    let is_words = value.bytes().all(|byte| {
        byte.is_ascii_lowercase() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b':' | b' ')
    });
    is_words || words.iter().any(|word| holds(value, word))
}
