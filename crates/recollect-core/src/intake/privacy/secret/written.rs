//! How a value is written: between quotes, in an element, as a word, and where it ends.

use super::Span;
use super::letters::{ALNUM, Class, QUOTE, SPACE};
use super::scan::Scan;
use super::value::{LOOK, Look};

/// How a value is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Quoted,
    /// Several words between quotes.
    Phrase,
    /// `name("value")`, `("name", "value")`, where many values are names.
    Argument,
    /// `NAME=value`, `--name value`, `?name=value`.
    Tight,
    /// `name: value`
    Loose,
    /// `name = value`, where most values are names.
    Code,
}

/// Where a value stands.
#[derive(Clone, Copy, Debug)]
pub(super) struct Value {
    pub place: Place,
    pub from: usize,
    /// Behind as much of it as decides.
    pub to: usize,
    /// What the value's characters are, to read it to its end.
    pub rest: Rest,
}

/// What a value goes on with, where it is longer than what decides.
#[derive(Clone, Copy, Debug)]
pub(super) enum Rest {
    /// Up to the closing quote of a depth.
    Quote(u8, u8),
    /// Characters of a class, as deep as the sign before it at least.
    Class(Class, u8),
    Nothing,
}

pub(super) fn push(scan: &Scan<'_>, value: Value, found: &mut Vec<Span>) {
    found.push(Span {
        rule: "secret",
        start: value.from,
        end: value.end(scan),
    });
}

impl Value {
    /// Behind the whole value, however long it is.
    fn end(&self, scan: &Scan<'_>) -> usize {
        if self.to - self.from < LOOK {
            return self.to;
        }
        let mut at = self.to;
        match self.rest {
            Rest::Nothing => {}
            Rest::Quote(quote, depth) => {
                let ends = |at: usize| {
                    let byte = scan.byte(at);
                    byte == 0 || (byte == quote || SPACE.has(byte)) && scan.depth(at) <= depth
                };
                while !ends(at) {
                    at += 1;
                }
            }
            Rest::Class(class, depth) => at = run_deep(scan, at, class, depth, usize::MAX),
        }
        at
    }
}

/// Behind the characters of a class, and behind those that are deeper escaped
/// than the name's sign and so no part of the text around the value.
pub(super) fn run_deep(
    scan: &Scan<'_>,
    from: usize,
    class: Class,
    depth: u8,
    limit: usize,
) -> usize {
    let mut at = from;
    while at - from < limit {
        let byte = scan.byte(at);
        let is_deeper = || byte != 0 && byte != b'\n' && !QUOTE.has(byte) && scan.depth(at) > depth;
        if !class.has(byte) && byte < 128 && !is_deeper() {
            break;
        }
        at += 1;
    }
    at
}

/// What an element of XML holds that opens before a place.
pub(super) fn element(scan: &Scan<'_>, from: usize, depth: u8) -> Option<Value> {
    const CLASS: Class = ALNUM.and("!#$%&*+-./:=?@^_|~,;()[]{}\"'`");
    let to = run_deep(scan, from, CLASS, depth, LOOK);
    (scan.byte(to) == b'<' || to - from == LOOK).then_some(Value {
        place: Place::Quoted,
        from,
        to,
        rest: Rest::Class(CLASS, depth),
    })
}

/// A value between quotes that holds no white space.
pub(super) fn quoted(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let mut at = at;
    // Marks of string literals: `b"`, `r#"`, `f'`, `@"`.
    let (marks, behind) = scan.run(at, const { Class::of("bBrRfFuULN@#$") }, 3);
    if marks > 0 && QUOTE.has(scan.byte(behind)) {
        at = behind;
    }
    let quote = scan.byte(at);
    if !QUOTE.has(quote) {
        return None;
    }
    let depth = scan.depth(at);
    let from = at + 1;
    let mut to = from;
    let is_over = |at: usize| scan.depth(at) <= depth;
    while to - from < LOOK {
        let byte = scan.byte(to);
        if byte == quote && is_over(to) {
            break;
        }
        // A text that was cut within the value.
        if byte == 0 && to > from + 4 {
            break;
        }
        if byte == 0 || SPACE.has(byte) && is_over(to) {
            return None;
        }
        to += 1;
    }
    Some(Value {
        place: Place::Quoted,
        from,
        to,
        rest: Rest::Quote(quote, depth),
    })
}

/// A value between quotes that holds blanks.
pub(super) fn phrase(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let quote = scan.byte(at);
    if !QUOTE.has(quote) {
        return None;
    }
    let depth = scan.depth(at);
    let from = at + 1;
    let mut to = from;
    while scan.byte(to) != quote || scan.depth(to) > depth {
        if to - from >= LOOK || matches!(scan.byte(to), 0 | b'\n' | b'\r') {
            return None;
        }
        to += 1;
    }
    Some(Value {
        place: Place::Phrase,
        from,
        to,
        rest: Rest::Nothing,
    })
}

/// A value without quotes, unless it is an expression.
pub(super) fn unquoted(
    scan: &Scan<'_>,
    from: usize,
    place: Place,
    is_constant: bool,
    depth: u8,
) -> Option<Value> {
    const CLASS: Class = ALNUM.and("!#$%*+-./:=?@^_~");
    let class = if is_constant {
        const { CLASS.and("&();|{}[]<>,") }
    } else {
        CLASS
    };
    let to = run_deep(scan, from, class, depth, LOOK);
    let after = scan.byte(to);
    let is_closed = after == b'<' && scan.byte(to + 1) == b'/';
    let is_call = after == b'(' || after == b'[' || after == b'<' && !is_closed;
    let is_expression = !is_constant && is_call && scan.look(scan.slice(from, to)) != Look::Drawn;
    // Signs that only a password has; a tag ends it.
    let is_tag =
        after == b'<' && (scan.byte(to + 1) == b'/' || scan.byte(to + 1).is_ascii_alphabetic());
    let to = if !is_constant
        && (place == Place::Loose && b"&(){}[]<>".contains(&after)
            || place == Place::Code && after == b'&')
        && !is_tag
    {
        run_deep(
            scan,
            to,
            const { CLASS.and("&(){}[]<>") },
            depth,
            LOOK.saturating_sub(to - from),
        )
    } else {
        to
    };
    // The full stop or comma of a sentence is no part of it.
    let said = scan.slice(from, to);
    let trimmed = said
        .trim_end_matches(['.', ',', ';', ':', ')', ']', '}', '*', '`'])
        .len();
    let trimmed = if is_constant { said.len() } else { trimmed };
    (!is_expression && trimmed > 0).then_some(Value {
        place,
        from,
        to: from + if to - from == LOOK { LOOK } else { trimmed },
        rest: Rest::Class(class, depth),
    })
}

pub(super) fn argument(value: Option<Value>, tell: &mut dyn FnMut(Value)) {
    if let Some(value) = value {
        tell(Value {
            place: Place::Argument,
            ..value
        });
    }
}

pub(super) fn has_digit(scan: &Scan<'_>, value: Value) -> bool {
    let text = scan.slice(value.from, value.to);
    text.len() >= 6 && text.bytes().any(|byte| byte.is_ascii_digit())
}
