//! Several secrets under one name: lists and maps of them.

use super::apart;
use super::letters::{BLANK, QUOTE, SPACE, URL_SAFE, is_one_of};
use super::name::Promise;
use super::scan::Scan;
use super::written::{Place, Value, argument, has_digit, quoted, unquoted};

/// What a list or a map under a name is looked at for.
#[derive(Clone, Copy)]
pub(super) struct Many {
    /// Whether the name says that there are several, as `passwords` does.
    pub is_map: bool,
    pub promise: Promise,
}

/// The values of a list or a map, or the one there.
pub(super) fn listed(
    scan: &Scan<'_>,
    start: usize,
    many: Many,
    tell: &mut dyn FnMut(Value),
    one: &dyn Fn(usize) -> Option<Value>,
) {
    const MOST: usize = 16;
    let dash = |at: usize| scan.expect(at, b'-').and_then(|at| scan.expect(at, b' '));
    let is_entry = |at: usize| is_entry(scan, at);
    if let Some(at) = scan.expect(start, b'[').map(|at| scan.run(at, SPACE, 32).1) {
        let mut at = at;
        for _ in 0..MOST {
            let bare = |at| {
                unquoted(scan, at, Place::Tight, false, 0).filter(|&value| has_digit(scan, value))
            };
            let Some(value) = quoted(scan, at).or_else(|| bare(at)) else {
                return;
            };
            tell(value);
            let (_, behind) = scan.run(value.to, QUOTE, 1);
            let Some(next) = scan.expect(behind, b',') else {
                return;
            };
            at = scan.run(next, SPACE, 32).1;
        }
    } else if many.is_map
        && (scan.byte(start) == b'{' || scan.back(start, 1) == b' ' && is_entry(start))
    {
        let mut at = start + usize::from(scan.byte(start) == b'{');
        for _ in 0..MOST {
            at = scan.run(at, const { SPACE.and(",") }, 32).1;
            if let Some(value) = apart::field(scan, at) {
                tell(value);
                return;
            }
            let Some(end) = entry(scan, at, many, tell) else {
                return;
            };
            at = end;
        }
    } else if let Some(first) = dash(start) {
        let mut at = first;
        for _ in 0..MOST {
            let value = apart::in_object(scan, at).or_else(|| one(at));
            let Some(value) = value else { return };
            tell(value);
            let (_, behind) = scan.run(value.to, QUOTE, 1);
            let Some(next) = scan
                .expect(behind, b'\n')
                .and_then(|line| dash(scan.run(line, BLANK, 32).1))
            else {
                return;
            };
            at = next;
        }
    } else if let Some(value) = apart::in_object(scan, start).or_else(|| one(start)) {
        tell(value);
    }
}

/// Whether `name: value` stands at a place.
fn is_entry(scan: &Scan<'_>, at: usize) -> bool {
    let (length, end) = scan.run(at, const { URL_SAFE.and(".") }, 48);
    length > 0 && scan.byte(end) == b':' && scan.byte(end + 1) == b' '
}

/// One entry of a map whose values are secrets, and where it ends.
fn entry(scan: &Scan<'_>, at: usize, many: Many, tell: &mut dyn FnMut(Value)) -> Option<usize> {
    /// Names of what else stands beside a secret.
    const OTHERS: &[&str] = &[
        "name",
        "id",
        "type",
        "region",
        "provider",
        "path",
        "file",
        "source",
        "target",
        "version",
        "username",
        "user",
        "email",
        "url",
        "host",
        "kind",
        "mode",
        "label",
        "description",
        "color",
        "policy",
    ];
    let open = scan.run(at, QUOTE, 1).1;
    let (length, end) = scan.run(open, const { URL_SAFE.and(".") }, 48);
    let name = scan.slice(open, end);
    let sign = scan.skip_blanks(scan.run(end, QUOTE, 1).1);
    if length == 0 || !matches!(scan.byte(sign), b':' | b'=') {
        return None;
    }
    let from = scan.skip_blanks(sign + 1);
    let value = quoted(scan, from).or_else(|| unquoted(scan, from, Place::Loose, false, 0))?;
    if !is_one_of(name, OTHERS) {
        match many.promise {
            Promise::Password => tell(value),
            _ => argument(Some(value), tell),
        }
    }
    Some(scan.run(value.to, QUOTE, 1).1)
}
