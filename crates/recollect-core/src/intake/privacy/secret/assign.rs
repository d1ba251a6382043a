//! Values that the name they are assigned to makes secrets.

use super::Span;
use super::name::{Promise, promise};
use super::scan::{ALNUM, BLANK, Class, QUOTE, SPACE, Scan, URL_SAFE};
use super::value::{self, LOOK, Look};
use super::{apart, sentence};

/// Longest part of a name on either side of the keyword.
const NAME: usize = 48;

pub(super) const NAME_CLASS: Class = URL_SAFE.and(".");

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
    let Some(promise) = told else {
        return behind;
    };
    let before = found.len();
    values(scan, first, behind, &mut |value| {
        // A number for a sentence in quotes, `"without a password": 30`, is one of many.
        let is_sentence = QUOTE.has(scan.byte(behind)) && scan.back(first, 1) == b' ';
        let is_count = is_sentence && value::look(scan.slice(value.from, value.to)) == Look::Number;
        if !is_count && is_secret(scan, first, value, promise) {
            push(scan, value, found);
        }
    });
    if found.len() == before {
        apart::value(scan, first, behind, promise, found);
    }
    if found.len() == before {
        sentence::said(scan, first, behind, promise, found);
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
fn run_deep(scan: &Scan<'_>, from: usize, class: Class, depth: u8, limit: usize) -> usize {
    let mut at = from;
    while at - from < limit {
        let byte = scan.byte(at);
        let is_deeper = byte != 0 && byte != b'\n' && scan.depth(at) > depth && !QUOTE.has(byte);
        if !class.has(byte) && byte < 128 && !is_deeper {
            break;
        }
        at += 1;
    }
    at
}

/// Whether a value is a secret because of the name it is kept under.
pub(super) fn is_named_secret(name: &str, text: &str) -> bool {
    let Some(promise) = promise(name) else {
        return false;
    };
    let look = value::look(text.get(..text.floor_char_boundary(LOOK)).unwrap_or(text));
    if text.contains(char::is_whitespace) {
        return promise == Promise::Password && is_passphrase(text);
    }
    holds_secret(look, text, promise, Place::Quoted, true)
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

/// A value between quotes that holds no white space.
pub(super) fn quoted(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let mut at = at;
    // Marks of string literals: `b"`, `r#"`, `f'`, `@"`.
    let (marks, behind) = scan.run(at, Class::of("bBrRfFuUL@#$"), 3);
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
        CLASS.and("&();|{}[]<>,")
    } else {
        CLASS
    };
    let to = run_deep(scan, from, class, depth, LOOK);
    let after = scan.byte(to);
    let is_call = after == b'(' || after == b'[' || after == b'<';
    let is_expression = !is_constant && is_call && value::look(scan.slice(from, to)) != Look::Drawn;
    // Signs that only a password has.
    let to = if !is_constant
        && matches!(place, Place::Tight | Place::Loose)
        && b"&(){}[]<>".contains(&after)
        && place == Place::Loose
    {
        run_deep(
            scan,
            to,
            CLASS.and("&(){}[]<>"),
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

pub(super) fn is_secret(scan: &Scan<'_>, first: usize, value: Value, promise: Promise) -> bool {
    let text = scan.slice(value.from, value.to);
    if value.place == Place::Phrase {
        return promise == Promise::Password && is_passphrase(text);
    }
    let look = value::look(text);
    let is_like_code = value.place == Place::Loose
        && text.contains(['[', ']', '(', ')', '{', '}', '<', '>'])
        && (!text.bytes().any(|byte| byte.is_ascii_digit()) || text.contains('{'));
    if is_like_code || matches!(look, Look::StandIn | Look::Name) {
        return false;
    }
    let mut place = value.place;
    let alone = value.to - value.from >= LOOK || is_alone(scan, value.to);
    // A line of an INI or TOML file that has no quotes.
    if place == Place::Code && ends_line(scan, value.to) && begins_line(scan, first) {
        place = Place::Loose;
    }
    // `CI pass: node20` says how it went.
    let is_bare = scan
        .slice(first, first + 5)
        .trim_end_matches([':', '=', ' '])
        .len()
        <= 4;
    if promise == Promise::Pass && look == Look::Chosen && place == Place::Loose && is_bare {
        return alone && begins_line(scan, first);
    }
    holds_secret(look, text, promise, place, alone)
}

/// Whether several words are a password: one of them was drawn or chosen, or they are small words
/// that make no sentence of a form or of an error.
fn is_passphrase(text: &str) -> bool {
    const WORDS: std::ops::RangeInclusive<usize> = 3..=10;
    let words = || text.split(' ');
    let is_drawn = |word: &str| {
        word.len() >= 5
            && word.bytes().any(|byte| byte.is_ascii_digit())
            && matches!(value::look(word), Look::Drawn | Look::Chosen)
    };
    if text.len() > LOOK || value::look(text) == Look::StandIn {
        return false;
    }
    if words().count() <= 4 && words().any(is_drawn) {
        return true;
    }
    WORDS.contains(&words().count())
        && words().all(|word| {
            let is_small = word.bytes().all(|byte| byte.is_ascii_lowercase());
            word.len() >= 3 && is_small && !SAID.contains(&word) && !value::is_about_secrets(word)
        })
}

/// Words of sentences about passwords.
#[rustfmt::skip]
const SAID: &[&str] = &[
    "account", "again", "allowed", "already", "and", "any", "are", "been", "between", "both", "but", "can",
    "cannot", "change", "changed", "characters", "choose", "confirm", "contain", "contains", "correctly",
    "current", "default", "digits", "does", "email", "empty", "encrypted", "enter", "example", "expected",
    "failed", "for", "forgot", "found", "from", "generate", "given", "has", "hash", "hashed", "have",
    "here", "incorrect", "invalid", "least", "length", "letters", "like", "long", "match", "matches", "may",
    "missing", "must", "name", "new", "not", "number", "old", "one", "only", "optional", "phrase", "please",
    "policy", "repeat", "required", "reset", "retype", "same", "see", "sent", "set", "short", "should",
    "some", "string", "strong", "test", "that", "the", "this", "too", "two", "type", "unless", "use", "used",
    "very", "was", "weak", "when", "will", "with", "without", "wrong", "you", "your",
];

fn holds_secret(look: Look, text: &str, promise: Promise, place: Place, alone: bool) -> bool {
    let length = text.chars().count();
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let is_written = matches!(place, Place::Quoted | Place::Tight);
    let has_upper = text.bytes().any(|byte| byte.is_ascii_uppercase());
    let has_lower = text.bytes().any(|byte| byte.is_ascii_lowercase());
    let has_sign = text.bytes().any(|byte| b"!@#$%^&*+=?~".contains(&byte));
    // Letters of one case may be a word of some language.
    let is_mixed = digits > 0 || has_sign || has_upper && has_lower;
    match (promise, place) {
        _ if matches!(look, Look::StandIn | Look::Name) => false,
        (Promise::Pin, Place::Argument) => false,
        (Promise::Pin, _) => look == Look::Number && (4..=12).contains(&length) && alone,
        (Promise::Password, Place::Quoted | Place::Tight | Place::Loose)
            if look == Look::Number =>
        {
            length >= 6 && (is_written || alone)
        }
        _ if look == Look::Number => false,
        (_, Place::Code | Place::Argument) => {
            length >= 16 && digits >= 2 && look == Look::Drawn && value::entropy_of(text) >= 3.5
        }
        (Promise::Password, _) => match look {
            Look::Chosen => length >= 5 && (is_written || alone) && is_mixed,
            _ => length >= 5 && is_mixed && (is_written || alone || length >= 10) || length >= 12,
        },
        (Promise::Pass, _) => match look {
            Look::Chosen => length >= 6 && (is_written || alone) && is_mixed,
            _ => length >= 6 && is_mixed && (is_written || alone),
        },
        (Promise::Key, _) => {
            look == Look::Drawn
                && length >= if is_written { 8 } else { 10 }
                && (is_mixed || length >= 20)
                && value::entropy_of(text) >= if digits > 0 { 2.5 } else { 3.0 }
        }
        (Promise::Perhaps, Place::Tight | Place::Quoted) => {
            look == Look::Drawn && length >= 20 && digits >= 2 && value::entropy_of(text) >= 3.5
        }
        _ => false,
    }
}

/// Whether nothing but the end of a sentence, a value or a line follows.
pub(super) fn is_alone(scan: &Scan<'_>, at: usize) -> bool {
    let mut at = scan.run(at, Class::of(".,;:!)*`"), 3).1;
    if scan.byte(at) != b' ' {
        let byte = scan.byte(at);
        return byte == 0 || SPACE.has(byte) || QUOTE.has(byte) || b"&}]|<>\\/(".contains(&byte);
    }
    if at > 0 && b".,;)".contains(&scan.back(at, 1)) {
        return true;
    }
    at = scan.skip_blanks(at);
    let (_, behind) = scan.run(at, ALNUM, 8);
    let goes_on = [
        "and", "or", "for", "on", "in", "at", "und", "oder", "et", "y", "e", "für", "then", "as",
        "but",
    ];
    let word = scan.slice(at, behind);
    word.is_empty() || goes_on.contains(&word) || matches!(scan.byte(behind), b':' | b'=')
}

fn ends_line(scan: &Scan<'_>, at: usize) -> bool {
    matches!(scan.byte(scan.skip_blanks(at)), 0 | b'\n' | b'\r' | b'#')
}

fn begins_line(scan: &Scan<'_>, first: usize) -> bool {
    let start = scan.start_of(first, BLANK, 16);
    matches!(scan.back(start, 1), 0 | b'\n' | b'\r') || QUOTE.has(scan.back(start, 1))
}
