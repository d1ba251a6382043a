//! Where the value of a name begins that no sign stands before: in the next line, as the next word.

use super::letters::{ALNUM, BLANK, Class, QUOTE, SPACE, URL_SAFE, is_one_of};
use super::scan::Scan;
use super::value::LOOK;
use super::written::{Place, Rest, Value};

/// Longest part of a name on either side of the keyword.
pub(super) const NAME: usize = 48;

/// The place itself, or the first word of the next line where this one ends
/// behind the name and the next is set in or holds one word only.
pub(super) fn next_line(scan: &Scan<'_>, at: usize) -> usize {
    const COMMENT: usize = 80;
    let block = scan.run(at, const { Class::of("|>-+") }, 2).1;
    let mut end = scan.skip_blanks(block);
    if scan.byte(end) == b'#' {
        let is_end = |at: &usize| matches!(scan.byte(*at), 0 | b'\n');
        end = (end..end + COMMENT).find(is_end).unwrap_or(end);
    }
    if scan.byte(end) != b'\n' {
        return at;
    }
    // One empty line, or the fence of a block.
    let fence = scan.run(end + 1, const { Class::of("`") }, 3).1;
    let next = scan.run(fence, ALNUM, 8).1;
    let is_fence = fence == end + 4 && scan.byte(next) == b'\n';
    let line = if is_fence {
        next + 1
    } else {
        scan.expect(end + 1, b'\n').unwrap_or(end + 1)
    };
    let (blanks, begin) = scan.run(line, BLANK, 32);
    if scan.byte(begin) == b'-' && scan.byte(begin + 1) == b' ' {
        return begin;
    }
    let is_one_word = || {
        let (length, stop) = scan.run(begin, const { ALNUM.and("!$%&+./@^_~#*-?") }, LOOK);
        let starts = ALNUM.has(scan.byte(begin));
        length > 0 && starts && matches!(scan.byte(stop), 0 | b'\n' | b'\r')
    };
    if blanks >= 1 && line == end + 1 || is_one_word() {
        begin
    } else {
        at
    }
}

/// Whether the word behind the name is its value: that of an option, of a
/// definition, of a variable of an image, of a line in `.netrc`, of a statement.
pub(super) fn takes_next_word(scan: &Scan<'_>, first: usize, next: usize) -> bool {
    const BEFORE: usize = 96;
    if scan.slice(first, first + 1) == "-" {
        return scan.byte(first + 1) == b'-'
            || QUOTE.has(scan.byte(next))
            || scan.back(next, 1) == b' ';
    }
    let sign = scan.back(first, 1);
    // `npm config set //host/:_authToken value`
    let is_of_host = sign == b':' && scan.back(first, 2) == b'/';
    // The name that ends the path of a key: `put app/db_password value`.
    let first = if sign == b'/' {
        scan.start_of(first, const { URL_SAFE.and("/.") }, NAME)
    } else {
        first
    };
    if !SPACE.has(scan.back(first, 1)) && first > 0 && !is_of_host {
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
        "#define",
        "define",
        "ENV",
        "ARG",
        "setenv",
        "setx",
        "set",
        "SetEnv",
        "export",
        "put",
        "config",
        "enable",
        "fastcgi_param",
        "passenger_env_var",
        "env:set",
        "-x",
        "-gx",
        "-Ux",
    ];
    let is_two_words = || {
        let end = scan
            .run(next, const { ALNUM.and("!#$%*+-./:=?@^_~&") }, LOOK)
            .1;
        let text = scan.slice(next, end);
        before.is_empty()
            && text.len() >= 5
            && (text.bytes().any(|byte| byte.is_ascii_digit()) || QUOTE.has(scan.byte(next)))
            && matches!(scan.byte(end), 0 | b'\n' | b'\r' | b';' | b'"' | b'\'')
    };
    is_one_of(last, &makes)
        || is_two_words()
        || before.starts_with("username ")
        || before.starts_with("machine ")
        || lines.contains("machine ") && lines.contains("login ")
        || before.contains("config set")
        || before.contains("config:set")
        || before.contains("configure set")
        || is_quoted
            && ["with", "encrypted", "role", "user", "identified", "set"]
                .iter()
                .any(|word| before.to_ascii_lowercase().contains(word))
}

/// The text up to a sign that closes it.
pub(super) fn tell_up_to(scan: &Scan<'_>, from: usize, sign: u8, tell: &mut dyn FnMut(Value)) {
    let ends = |at: &usize| scan.byte(*at) == sign || matches!(scan.byte(*at), 0 | b'\n' | b' ');
    if let Some(to) = (from..from + LOOK).find(ends)
        && scan.byte(to) == sign
    {
        tell(Value {
            place: Place::Quoted,
            from,
            to,
            rest: Rest::Nothing,
        });
    }
}

/// Behind a tag or an anchor of YAML: `!!str …`, `&pw …`.
pub(super) fn behind_tag(scan: &Scan<'_>, at: usize) -> usize {
    if !matches!(scan.byte(at), b'!' | b'&') {
        return at;
    }
    let (_, end) = scan.run(at + 1, const { URL_SAFE.and("!.:/") }, 32);
    match scan.byte(end) {
        b' ' if !SPACE.has(scan.byte(end + 1)) && scan.byte(end + 1) != b'=' => end + 1,
        _ => at,
    }
}

/// Whether nothing but marks of a heading stands before a name on its line.
pub(super) fn is_heading(scan: &Scan<'_>, first: usize) -> bool {
    let start = scan.start_of(first, const { Class::of("#*_>- \t") }, 8);
    matches!(scan.back(start, 1), 0 | b'\n' | b'\r')
}
