//! Values that the name they are assigned to makes secrets.

use super::Span;
use super::judge::is_secret;
use super::name::{Promise, promise};
use super::scan::{ALNUM, BLANK, Class, QUOTE, SPACE, Scan, URL_SAFE};
use super::value::{self, LOOK, Look};
use super::written::{Place, Value, element, phrase, push, quoted, unquoted};
use super::{apart, pair, sentence};

/// Longest part of a name on either side of the keyword.
const NAME: usize = 48;

pub(super) const NAME_CLASS: Class = URL_SAFE.and(".");

/// Finds the value of a name of which a keyword is a part.
pub(super) fn assignment(
    scan: &Scan<'_>,
    start: usize,
    end: usize,
    found: &mut Vec<Span>,
) -> usize {
    let first = scan.start_of(start, NAME_CLASS, NAME);
    let (_, behind) = scan.run(end, NAME_CLASS, NAME);
    let name = scan.slice(first, behind);
    // The colon of `password.` or a hyphen at the end belongs to the sentence.
    let told = promise(name);
    let told = match told {
        Some(Promise::Perhaps) => promise(scan.slice(words_before(scan, first), behind)).or(told),
        _ => told,
    };
    let before = found.len();
    if let Some(promise) = told {
        values(scan, first, behind, &mut |value| {
            // A number for a sentence in quotes, `"without a password": 30`, is one of many.
            let is_sentence = QUOTE.has(scan.byte(behind)) && scan.back(first, 1) == b' ';
            let is_count =
                is_sentence && value::look(scan.slice(value.from, value.to)) == Look::Number;
            if !is_count && is_secret(scan, first, value, promise) {
                push(scan, value, found);
            }
        });
    }
    if found.len() == before {
        // After the whole value: a key with a slash in it is no user and password.
        pair::login(scan, first, behind, found);
    }
    if let Some(promise) = told {
        if found.len() == before {
            apart::value(scan, first, behind, promise, found);
        }
        if found.len() == before {
            sentence::said(scan, first, behind, promise, found);
        }
    }
    found[before..]
        .iter()
        .map(|span| span.end)
        .fold(behind, usize::max)
}

/// Where one or two words begin that stand before a place: `api key`.
fn words_before(scan: &Scan<'_>, at: usize) -> usize {
    const WORD: usize = 16;
    if scan.back(at, 1) != b' ' {
        return at;
    }
    scan.start_of(at - 1, ALNUM, WORD)
}

/// Tells of each value that a name has which ends at a place.
fn values(scan: &Scan<'_>, first: usize, behind: usize, tell: &mut dyn FnMut(Value)) {
    let mut at = behind;
    let is_quoted_name = QUOTE.has(scan.byte(at));
    if is_quoted_name {
        at += 1;
        at = scan.expect(at, b']').unwrap_or(at);
    }
    // What makes a name bold, and the cell of a table.
    let marked = scan.run(at, Class::of("*_`"), 3).1;
    let next = scan.skip_blanks(marked);
    let has_blank = next > at;
    let after = next + 1;
    let depth = scan.depth(next);
    match scan.byte(next) {
        b'=' => {
            let from = scan.run(after, Class::of("=>~"), 2).1;
            let start = scan.skip_blanks(from);
            let is_tight = !has_blank && start == from && from == after;
            let place = if is_tight { Place::Tight } else { Place::Code };
            let is_constant = is_tight && is_constant(scan.slice(first, behind));
            listed(scan, start, tell, &|at| {
                quoted(scan, at)
                    .or_else(|| phrase(scan, at))
                    .or_else(|| unquoted(scan, at, place, is_constant, depth))
            });
        }
        b':' => {
            // A path of a program, `token::Kind`, assigns nothing.
            if scan.byte(after) == b':' {
                return;
            }
            let from = scan.expect(after, b'=').unwrap_or(after);
            let from = scan.run(from, Class::of("*_"), 3).1;
            let here = scan.skip_blanks(from);
            let start = next_line(scan, here);
            if start > here
                && let Some(value) = apart::field(scan, start)
            {
                tell(value);
                return;
            }
            listed(scan, start, tell, &|at| {
                quoted(scan, at)
                    .or_else(|| phrase(scan, at))
                    .or_else(|| typed(scan, at))
                    .or_else(|| unquoted(scan, at, Place::Loose, false, depth))
            });
        }
        b'?' | b'|' if scan.byte(after) == b'=' || scan.slice(next, next + 3) == "||=" => {
            let from = scan.skip_blanks(scan.run(after, Class::of("|="), 2).1);
            if let Some(value) =
                quoted(scan, from).or_else(|| unquoted(scan, from, Place::Code, false, depth))
            {
                tell(value);
            }
        }
        // The cell beside that of the name.
        b'|' if scan.back(scan.start_of(first, Class::of(" *`"), 4), 1) == b'|' => {
            let from = scan.run(scan.skip_blanks(after), Class::of("`*"), 3).1;
            if let Some(value) = unquoted(scan, from, Place::Loose, false, depth) {
                tell(value);
            }
        }
        b',' if is_quoted_name => argument(quoted(scan, scan.skip_blanks(after)), tell),
        // A function of SQL.
        b'(' if scan.slice(first, behind) == "PASSWORD" && scan.byte(after) == b'\'' => {
            if let Some(value) = quoted(scan, after) {
                tell(value);
            }
        }
        b'(' if !is_quoted_name && gives(scan.slice(first, behind)) => {
            if let Some(value) = quoted(scan, after) {
                tell(value);
            }
        }
        b'(' if !is_quoted_name => argument(quoted(scan, after), tell),
        b'>' if !is_quoted_name && !has_blank => {
            if let Some(value) = element(scan, after, depth) {
                tell(value);
            }
        }
        _ if has_blank && !is_quoted_name && takes_next_word(scan, first, next) => {
            if let Some(value) =
                quoted(scan, next).or_else(|| unquoted(scan, next, Place::Tight, true, depth))
            {
                tell(value);
            }
        }
        _ => {}
    }
}

/// Whether a function gives something a password: `user.setPassword`, `with_password`.
fn gives(name: &str) -> bool {
    const VERBS: &[&str] = &["set", "with", "change", "reset", "update"];
    let method = name.rsplit('.').next().unwrap_or(name);
    let is_password = ["password", "passwd", "passphrase", "pwd"]
        .iter()
        .any(|noun| {
            let from = method.len().checked_sub(noun.len());
            let tail = from.and_then(|from| method.get(from..));
            tail.is_some_and(|tail| tail.eq_ignore_ascii_case(noun))
        });
    is_password
        && VERBS.iter().any(|verb| {
            let begin = method.get(..verb.len());
            begin.is_some_and(|begin| begin.eq_ignore_ascii_case(verb))
        })
}

/// The values of a list, or the one there.
fn listed(
    scan: &Scan<'_>,
    start: usize,
    tell: &mut dyn FnMut(Value),
    one: &dyn Fn(usize) -> Option<Value>,
) {
    const MOST: usize = 16;
    let item = scan
        .expect(start, b'-')
        .and_then(|at| scan.expect(at, b' '));
    let opened = scan.expect(start, b'[').map(|at| scan.run(at, SPACE, 32).1);
    let Some(mut at) = opened else {
        let at = item.unwrap_or(start);
        if let Some(value) = apart::in_object(scan, at).or_else(|| one(at)) {
            tell(value);
        }
        return;
    };
    for _ in 0..MOST {
        let Some(value) = quoted(scan, at) else {
            return;
        };
        tell(value);
        let (_, behind) = scan.run(value.to, QUOTE, 1);
        let Some(next) = scan.expect(behind, b',') else {
            return;
        };
        at = scan.run(next, SPACE, 32).1;
    }
}

/// The place itself, or the first word of the next line where this one ends
/// behind the name and the next is set in or holds one word only.
fn next_line(scan: &Scan<'_>, at: usize) -> usize {
    let block = scan.run(at, Class::of("|>-+"), 2).1;
    let end = scan.skip_blanks(block);
    if scan.byte(end) != b'\n' {
        return at;
    }
    let (blanks, begin) = scan.run(end + 1, BLANK, 32);
    let is_one_word = || {
        let (length, stop) = scan.run(begin, ALNUM.and("!$%&+./@^_~#*-?"), LOOK);
        let starts = ALNUM.has(scan.byte(begin));
        length > 0 && starts && matches!(scan.byte(stop), 0 | b'\n' | b'\r')
    };
    if blanks >= 1 || is_one_word() {
        begin
    } else {
        at
    }
}

/// Whether the word behind the name is its value: that of an option, of a
/// definition, of a variable of an image, of a line in `.netrc`, of a statement.
fn takes_next_word(scan: &Scan<'_>, first: usize, next: usize) -> bool {
    const BEFORE: usize = 96;
    if scan.slice(first, first + 1) == "-" {
        return scan.byte(first + 1) == b'-'
            || QUOTE.has(scan.byte(next))
            || scan.back(next, 1) == b' ';
    }
    let sign = scan.back(first, 1);
    // `npm config set //host/:_authToken value`
    let is_of_host = sign == b':' && scan.back(first, 2) == b'/';
    if !BLANK.has(sign) && !is_of_host {
        return false;
    }
    let mut from = first.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(from) {
        from += 1;
    }
    let lines = scan.slice(from, first);
    let before = lines.rsplit('\n').next().unwrap_or("").trim();
    let is_quoted = scan.byte(next) == b'\'' || scan.byte(next) == b'"';
    let last = before.rsplit(' ').next().unwrap_or("");
    let makes = [
        "#define", "define", "ENV", "ARG", "setenv", "setx", "set", "SetEnv", "export", "put",
    ];
    makes.contains(&last)
        || lines.contains("machine ") && lines.contains("login ")
        || before.contains("config set")
        || before.contains("config:set")
        || before.contains("configure set")
        || is_quoted
            && ["with", "encrypted", "role", "user", "identified", "set"]
                .iter()
                .any(|word| before.to_ascii_lowercase().contains(word))
}

/// A name as environments have them, whose value ends at white space only.
fn is_constant(name: &str) -> bool {
    name.len() > 1
        && !name
            .bytes()
            .any(|byte| byte.is_ascii_lowercase() || byte == b'.')
}

fn argument(value: Option<Value>, tell: &mut dyn FnMut(Value)) {
    if let Some(value) = value {
        tell(Value {
            place: Place::Argument,
            ..value
        });
    }
}

/// The value of `name: Type = "value"`.
fn typed(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let (length, behind) = scan.run(at, ALNUM.and("&'<>[]?_. |"), 40);
    if length == 0 {
        return None;
    }
    quoted(scan, scan.skip_blanks(scan.expect(behind, b'=')?))
}
