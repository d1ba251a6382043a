//! A name and its value in elements of HTML and XML: `<td>Password</td><td>…</td>`.

use super::letters::{ALNUM, Class, QUOTE, SPACE};
use super::scan::Scan;
use super::written::{Place, Rest, Value};

/// Longest tag that is read.
const TAG: usize = 80;

/// The value behind a name that stands between two places, with tags between them.
pub(super) fn value(scan: &Scan<'_>, first: usize, behind: usize) -> Option<Value> {
    let mut at = behind;
    let mut tags = 0;
    let is_element = matches!(scan.back(first, 1), b'<' | b':') && scan.byte(at) == b' ';
    if is_element || QUOTE.has(scan.byte(at)) && is_key(scan, first) {
        at = tag_end(scan, at)?;
        tags += 1;
    }
    if scan.byte(at) == b'>' && matches!(scan.back(first, 1), b'<' | b':') {
        at += 1;
        tags += 1;
    }
    for _ in 0..6 {
        at = scan.run(at, const { SPACE.and(":") }, 32).1;
        let next = scan.byte(at + 1);
        let data = "<![CDATA[";
        if scan.slice(at, at + data.len()) == data {
            at += data.len();
            tags += 1;
            break;
        }
        if scan.byte(at) != b'<' || next != b'/' && !next.is_ascii_alphabetic() {
            break;
        }
        at = tag_end(scan, at + 1)?;
        tags += 1;
    }
    let (length, to) = scan.run(
        at,
        const { ALNUM.and("!#$%&*+-./:=?@^_~") },
        super::value::LOOK,
    );
    let ends = matches!(scan.byte(to), b'<' | b']' | 0) || SPACE.has(scan.byte(to));
    let text = scan.slice(at, to);
    let is_value =
        tags > 0 && length >= 5 && ends && text.bytes().any(|byte| byte.is_ascii_digit());
    is_value.then_some(Value {
        place: Place::Loose,
        from: at,
        to,
        rest: Rest::Class(const { ALNUM.and("!#$%&*+-./:=?@^_~") }, u8::MAX),
    })
}

/// Whether the name is what an attribute calls what follows: `<entry key="password">`.
fn is_key(scan: &Scan<'_>, first: usize) -> bool {
    let open = scan.start_of(first, const { ALNUM.and("._-") }, 48);
    let sign = scan.start_of(open, const { Class::of("\"'=") }, 2);
    let attribute = scan.start_of(sign, const { ALNUM.and("-") }, 24);
    open > sign + 1 && matches!(scan.slice(attribute, sign), "key" | "name" | "Key" | "Name")
}

/// Behind the tag within which a place stands, unless it is an empty element.
fn tag_end(scan: &Scan<'_>, from: usize) -> Option<usize> {
    let ends = |at: &usize| matches!(scan.byte(*at), 0 | b'\n' | b'<' | b'>');
    let end = (from..from + TAG).find(ends)?;
    (scan.byte(end) == b'>' && scan.back(end, 1) != b'/').then_some(end + 1)
}
