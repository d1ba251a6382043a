//! Values that the name they are assigned to makes secrets.

use super::Span;
use super::given::{METHODS, TYPES, declared, gives, is_given};
use super::judge::is_secret;
use super::letters::{ALNUM, Class, QUOTE, URL_SAFE, is_one_of};
use super::many::{Many, listed};
use super::name::{Promise, promise};
use super::next::{NAME, behind_tag, is_heading, next_line, takes_next_word, tell_up_to};
use super::scan::Scan;
use super::value::Look;
use super::written::{Place, Value, argument, element, has_digit, phrase, push, quoted, unquoted};
use super::{apart, pair, sentence};

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
    let told = told.or_else(|| {
        let is_call = scan.byte(behind) == b'(' && gives(name);
        is_call.then_some(Promise::Password)
    });
    let before = found.len();
    if let Some(promise) = told {
        values(scan, first, behind, promise, &mut |value| {
            // A number for a sentence in quotes, `"without a password": 30`, is one of many.
            let is_sentence = QUOTE.has(scan.byte(behind)) && scan.back(first, 1) == b' ';
            let is_count =
                is_sentence && scan.look(scan.slice(value.from, value.to)) == Look::Number;
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
        // `key` alone names most often no secret.
        let may_stand_apart = promise != Promise::Perhaps || QUOTE.has(scan.byte(behind));
        if found.len() == before && may_stand_apart {
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
fn values(
    scan: &Scan<'_>,
    first: usize,
    behind: usize,
    promise: Promise,
    tell: &mut dyn FnMut(Value),
) {
    let mut at = behind;
    let is_quoted_name = QUOTE.has(scan.byte(at));
    if is_quoted_name {
        at += 1;
        at = scan.expect(at, b']').unwrap_or(at);
        // The selector of a field, whose own quote follows: `'input[name="password"]'`.
        at += usize::from(QUOTE.has(scan.byte(at)) && scan.byte(at + 1) == b')');
    }
    // `[password] => …`, as programs print what they hold.
    let is_dumped = scan.back(first, 1) == b'[' && scan.byte(at) == b']';
    if is_dumped {
        at += 1;
    }
    // An array of characters: `password[32] = "…"`.
    if scan.byte(at) == b'[' {
        let end = scan.run(at + 1, ALNUM, 8).1;
        at = scan.expect(end, b']').unwrap_or(at);
    }
    let is_many = matches!(scan.back(behind, 1), b's' | b'S');
    // What makes a name bold, and the cell of a table.
    let marked = scan.run(at, const { Class::of("*_`") }, 3).1;
    let next = scan.skip_blanks(marked);
    let has_blank = next > at;
    let after = next + 1;
    let depth = scan.depth(next);
    match scan.byte(next) {
        b'=' => {
            let from = scan.run(after, const { Class::of("=>~") }, 2).1;
            let mut start = scan.skip_blanks(from);
            let is_tight = !has_blank && start == from && from == after;
            let place = match (is_tight, is_dumped) {
                (true, _) => Place::Tight,
                (_, true) => Place::Loose,
                _ => Place::Code,
            };
            let is_constant = is_tight && is_constant(scan.slice(first, behind));
            // `=> string(7) "…"`
            if scan.slice(start, start + 7) == "string(" {
                let digits = scan.run(start + 7, ALNUM, 6).1;
                start = scan
                    .expect(digits, b')')
                    .map_or(start, |at| scan.skip_blanks(at));
            }
            // The braces of a connection string of ODBC.
            let is_part = scan.back(first, 1) == b';' && scan.byte(start) == b'{';
            if is_part {
                tell_up_to(scan, start + 1, b'}', tell);
                return;
            }
            let many = Many {
                is_map: is_many,
                promise,
            };
            listed(scan, start, many, tell, &|at| {
                quoted(scan, at)
                    .or_else(|| phrase(scan, at))
                    .or_else(|| unquoted(scan, at, place, is_constant, depth))
            });
        }
        b':' => {
            // A path of a program, `token::Kind`, assigns nothing; nor does a part of an address.
            let is_part = scan.back(first, 1) == b':' && is_address(scan, first);
            if scan.byte(after) == b':' || is_part {
                return;
            }
            // What a shell takes where the name has no value: `${PASSWORD:-…}`.
            if scan.back(first, 1) == b'{' && scan.byte(after) == b'-' {
                tell_up_to(scan, after + 1, b'}', tell);
                return;
            }
            let from = scan.expect(after, b'=').unwrap_or(after);
            let from = scan.run(from, const { Class::of("*_") }, 3).1;
            let here = behind_tag(scan, scan.skip_blanks(from));
            let start = next_line(scan, here);
            if start > here
                && let Some(value) = apart::field(scan, start)
            {
                tell(value);
                return;
            }
            let many = Many {
                is_map: is_many,
                promise,
            };
            listed(scan, start, many, tell, &|at| {
                quoted(scan, at)
                    .or_else(|| phrase(scan, at))
                    .or_else(|| typed(scan, at))
                    .or_else(|| unquoted(scan, at, Place::Loose, false, depth))
            });
        }
        b'?' | b'|' if scan.byte(after) == b'=' || scan.slice(next, next + 3) == "||=" => {
            let from = scan.skip_blanks(scan.run(after, const { Class::of("|=") }, 2).1);
            if let Some(value) =
                quoted(scan, from).or_else(|| unquoted(scan, from, Place::Code, false, depth))
            {
                tell(value);
            }
        }
        // What else it is: `password || "…"`, `?? "…"`.
        sign @ (b'?' | b'|') if scan.byte(after) == sign => {
            if let Some(value) = quoted(scan, scan.skip_blanks(after + 1)) {
                tell(value);
            }
        }
        b'<' if scan.byte(after) == b'-' => {
            if let Some(value) = quoted(scan, scan.skip_blanks(after + 1)) {
                tell(value);
            }
        }
        // The cell beside that of the name.
        b'|' if scan.back(scan.start_of(first, const { Class::of(" *`") }, 4), 1) == b'|' => {
            let from = scan
                .run(scan.skip_blanks(after), const { Class::of("`*") }, 3)
                .1;
            let ends = |at: usize| {
                let next = scan.run(at, const { Class::of(" `*\t") }, 16).1;
                matches!(scan.byte(next), b'|' | b'\n' | b'\r' | 0)
            };
            if let Some(value) = unquoted(scan, from, Place::Loose, false, depth)
                && ends(value.to)
            {
                tell(value);
            }
        }
        b',' if is_quoted_name => {
            let value = quoted(scan, scan.skip_blanks(after));
            let is_option = scan.slice(first, first + 2) == "--";
            if let Some(value) = value
                && (is_option || promise == Promise::Password && is_given(scan, first, value))
            {
                tell(value);
            } else {
                argument(value, tell);
            }
        }
        // `getByLabel("Password").fill("…")`
        b')' if is_quoted_name && promise == Promise::Password => {
            let dot = scan.run(next, const { Class::of(")") }, 3).1;
            let end = scan.run(dot + 1, const { ALNUM.and("_") }, 16).1;
            let method = scan.slice(dot + 1, end);
            let is_method = is_one_of(method, METHODS) || is_one_of(method, TYPES);
            if is_method
                && scan.byte(dot) == b'.'
                && let Some(value) = scan.expect(end, b'(').and_then(|at| quoted(scan, at))
                && has_digit(scan, value)
            {
                tell(value);
            }
        }
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
        // `SET PASSWORD FOR 'joe'@'%' = '…'`
        b'F' | b'f' if has_blank && scan.slice(next, next + 4).eq_ignore_ascii_case("for ") => {
            let sign = (next + 4..next + 80).find(|&at| matches!(scan.byte(at), 0 | b'\n' | b'='));
            let value = sign
                .and_then(|at| scan.expect(at, b'='))
                .and_then(|at| quoted(scan, scan.skip_blanks(at)));
            if let Some(value) = value {
                tell(value);
            }
        }
        // `--password` and its value as items of a list.
        b'\n' if scan.slice(first, first + 2) == "--" => {
            let item = scan.skip_blanks(after);
            if let Some(from) = scan.expect(item, b'-').map(|at| scan.skip_blanks(at)) {
                let value =
                    quoted(scan, from).or_else(|| unquoted(scan, from, Place::Tight, true, depth));
                value.into_iter().for_each(tell);
            }
        }
        // A heading, and its text in the next line.
        b'\n' if promise == Promise::Password && is_heading(scan, first) => {
            let start = next_line(scan, next);
            if start > next
                && let Some(value) = unquoted(scan, start, Place::Loose, false, depth)
                && has_digit(scan, value)
                && value.to - value.from >= 7
                && matches!(scan.byte(value.to), 0 | b'\n' | b'\r' | b'`')
            {
                tell(value);
            }
        }
        _ if has_blank && !is_quoted_name && takes_next_word(scan, first, next) => {
            // The kind of what follows: `password 7 …`.
            let (kind, behind) = scan.run(next, ALNUM, 2);
            let is_kind =
                kind == 1 && scan.byte(next).is_ascii_digit() && scan.byte(behind) == b' ';
            let next = if is_kind { behind + 1 } else { next };
            if let Some(value) =
                quoted(scan, next).or_else(|| unquoted(scan, next, Place::Tight, true, depth))
            {
                tell(value);
            }
        }
        _ if has_blank && !is_quoted_name => {
            let value = match promise {
                Promise::Password => quoted(scan, next).filter(|&value| has_digit(scan, value)),
                _ => None,
            };
            if let Some(value) = value.or_else(|| declared(scan, next)) {
                tell(value);
            }
        }
        _ => {}
    }
}

/// Whether a place stands in a name of a resource: `arn:aws:secretsmanager:…:secret:…`.
fn is_address(scan: &Scan<'_>, at: usize) -> bool {
    let begin = scan.start_of(at, const { NAME_CLASS.and(":/") }, 80);
    scan.slice(begin, at).starts_with("arn:")
}

/// A name as environments have them, whose value ends at white space only.
fn is_constant(name: &str) -> bool {
    name.len() > 1
        && !name
            .bytes()
            .any(|byte| byte.is_ascii_lowercase() || byte == b'.')
}

/// The value of `name: Type = "value"`.
fn typed(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let (length, behind) = scan.run(at, const { ALNUM.and("&'<>[]?_. |") }, 40);
    if length == 0 {
        return None;
    }
    quoted(scan, scan.skip_blanks(scan.expect(behind, b'=')?))
}
