//! Secrets that a sentence tells: `my password is …`, `mit dem Passwort …`.

use super::Span;
use super::judge::{is_alone, is_secret};
use super::name::Promise;
use super::scan::{ALNUM, BLANK, Class, QUOTE, SPACE, Scan};
use super::value::{self, Look};
use super::written::{Place, Rest, Value, push, quoted};

/// Nouns that are no single words of ASCII letters.
pub(super) const NOUNS: &[&str] = &[
    "mot de passe",
    "contraseña",
    "密码",
    "密碼",
    "口令",
    "パスワード",
    "暗証番号",
    "비밀번호",
    "пароль",
    "Пароль",
    "hasło",
    "şifre",
    "palavra-passe",
    "palavra passe",
    "clave de acceso",
];

/// What links the noun and its value.
const VERBS: &[&str] = &[
    "is", "was", "are", "were", "be", "being", "becomes", "became", "to", "as", "equals", "reads",
    "ist", "lautet", "war", "heißt", "heisst", "auf", "est", "était", "es", "era", "é", "foi",
    "sera", "será", "è", "=", "→", "–", "-", "—",
];

/// What may stand between a link and the value.
const FILLERS: &[&str] = &[
    "now",
    "still",
    "just",
    "set",
    "to",
    "currently",
    "called",
    "actually",
    "always",
    "probably",
    "jetzt",
    "nun",
    "immer",
    "noch",
    "simply",
    "changed",
    "reset",
    "likely",
    "maintenant",
    "ahora",
    "agora",
    ":",
    "this",
    "be",
    "literally",
    "definitely",
    "temporarily",
    "set:",
    "this:",
    "following:",
];

/// What links of CJK sentences, which part no words, look like.
const CJK_LINKS: &[&str] = &["是", "为", "為", "は", "が", "은", "는", "：", ":", "，"];

/// Most words between a noun and its link: `the password for the staging box is`.
const WORDS_BETWEEN: usize = 7;
/// Longest text in which the value is looked for.
const REACH: usize = 96;

/// Finds the value of a noun that stands between two places.
pub(super) fn said(
    scan: &Scan<'_>,
    first: usize,
    behind: usize,
    promise: Promise,
    found: &mut Vec<Span>,
) {
    if promise == Promise::Perhaps {
        return;
    }
    let noun_end = scan.run(behind, Class::of("\"'`*"), 2).1;
    if scan.byte(noun_end) != b' ' {
        return;
    }
    let limit = noun_end + REACH;
    let mut at = noun_end;
    // Directly behind the noun: `with password …`.
    if let Some(value) = word(scan, at + 1)
        && has_use_before(scan, first)
        && is_told(scan, first, value, promise, true)
    {
        push(scan, value, found);
        return;
    }
    for _ in 0..WORDS_BETWEEN {
        at = scan.skip_blanks(at);
        let end = word_end(scan, at);
        if end == at || at > limit {
            return;
        }
        let said = scan.slice(at, end);
        at = end;
        // What stands in quotes or brackets is no part of the sentence.
        if said.contains(['"', '{', '}', ';', '[', '(', '<']) && !said.starts_with('(') {
            return;
        }
        let bare = said.trim_end_matches([':', ',']);
        let is_link =
            VERBS.iter().any(|verb| bare.eq_ignore_ascii_case(verb)) || said.ends_with(':');
        if is_link {
            // In a program the next thing is an expression.
            let is_sign = bare == "=";
            if let Some(value) = behind_link(scan, at)
                && (!is_sign || matches!(scan.byte(value.to), 0 | b'\n'))
                && is_told(scan, first, value, promise, false)
            {
                push(scan, value, found);
                return;
            }
            continue;
        }
        if said.ends_with(['.', ';', '!', '?']) {
            return;
        }
    }
}

/// Finds the value of a noun that a keyword is as a whole.
pub(super) fn noun(scan: &Scan<'_>, start: usize, end: usize, found: &mut Vec<Span>) -> usize {
    let mut at = scan.run(end, Class::of(" *`\"'"), 4).1;
    for _ in 0..2 {
        for link in CJK_LINKS {
            if scan.slice(at, at + link.len()) == *link {
                at = scan.run(at + link.len(), Class::of(" *`"), 4).1;
            }
        }
    }
    let before = found.len();
    if at > end
        && let Some(value) = word(scan, at)
        && is_told(scan, start, value, Promise::Password, false)
    {
        push(scan, value, found);
    } else {
        said(scan, start, end, Promise::Password, found);
    }
    found[before..].last().map_or(end, |span| span.end)
}

/// The word behind a link and what fills the sentence.
fn behind_link(scan: &Scan<'_>, from: usize) -> Option<Value> {
    let mut at = from;
    for _ in 0..3 {
        at = scan.skip_blanks(at);
        let end = word_end(scan, at);
        let said = scan.slice(at, end);
        if !FILLERS
            .iter()
            .any(|filler| said.eq_ignore_ascii_case(filler))
        {
            break;
        }
        at = end;
    }
    word(scan, scan.skip_blanks(at))
}

fn word_end(scan: &Scan<'_>, from: usize) -> usize {
    let mut at = from;
    while at - from < value::LOOK && scan.byte(at) != 0 && !SPACE.has(scan.byte(at)) {
        at += 1;
    }
    at
}

/// One word, in quotes or not, without the signs of the sentence.
fn word(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let open = scan.run(at, Class::of("*_("), 3).1;
    let quote = scan.byte(open);
    if QUOTE.has(quote) {
        return quoted(scan, open);
    }
    let end = word_end(scan, open);
    let said = scan.slice(open, end);
    let length = said
        .find(['"', '\'', '`', ')', '<'])
        .map_or(said.len(), |at| at);
    let length = said[..length]
        .trim_end_matches(['.', ',', ';', ':', '!', '?', '*', '…'])
        .len();
    // The sign at its end may be a part of a password as people choose them.
    let is_kept_sign = said[..length].len() + 1 == said.len() && said.ends_with('!');
    let to = open + length + usize::from(is_kept_sign);
    (length > 0).then_some(Value {
        place: Place::Loose,
        from: open,
        to,
        rest: if length >= value::LOOK {
            Rest::Class(ALNUM.and("!#$%&*+-./:=?@^_~"), u8::MAX)
        } else {
            Rest::Nothing
        },
    })
}

fn is_told(scan: &Scan<'_>, first: usize, value: Value, promise: Promise, is_bare: bool) -> bool {
    let text = scan.slice(value.from, value.to);
    if text.contains(['(', ')', '[', ']', '{', '}', '<', '>', ';', '"']) {
        return false;
    }
    let look = value::look(text);
    let digits = text.bytes().filter(u8::is_ascii_digit).count();
    let has_sign = text.bytes().any(|byte| b"!@#$%^&*+=?~".contains(&byte));
    match (promise, look) {
        (_, Look::StandIn) => false,
        // A single word is one only where somebody quotes it and owns it.
        (Promise::Password, Look::Name) => {
            value.place == Place::Quoted
                && has_owner_before(scan, first)
                && text.len() >= 6
                && text.bytes().all(|byte| byte.is_ascii_lowercase())
        }
        (Promise::Password, Look::Number) if !is_bare => {
            (4..=16).contains(&text.len()) && is_alone(scan, value.to)
        }
        (Promise::Password | Promise::Pass, Look::Chosen) => {
            text.len() >= 5 && (digits > 0 || has_sign && text.len() >= 6)
        }
        (Promise::Password | Promise::Pass, Look::Drawn) => {
            text.len() >= 5 && (digits > 0 || has_sign)
        }
        (Promise::Key, Look::Drawn) => {
            text.len() >= 16 && digits >= 2 && is_secret(scan, first, value, promise)
        }
        (Promise::Pin, _) => is_secret(scan, first, value, promise),
        _ => false,
    }
}

/// The words in front of a place.
fn words_before<'a>(scan: &Scan<'a>, first: usize) -> impl Iterator<Item = &'a str> {
    const BEFORE: usize = 32;
    let mut from = first.saturating_sub(BEFORE);
    while !scan.text.is_char_boundary(from) {
        from += 1;
    }
    let line = scan.slice(from, first).rsplit('\n').next().unwrap_or("");
    line.split(|c: char| !c.is_alphabetic())
        .filter(|word| !word.is_empty())
        .rev()
        .take(3)
}

fn has_owner_before(scan: &Scan<'_>, first: usize) -> bool {
    const OWNERS: &[&str] = &[
        "my", "our", "mein", "unser", "mon", "notre", "mi", "nuestra", "minha", "nossa",
    ];
    words_before(scan, first)
        .any(|word| OWNERS.iter().any(|owner| word.eq_ignore_ascii_case(owner)))
}

/// Whether a word stands before the noun that says the secret comes right after it.
fn has_use_before(scan: &Scan<'_>, first: usize) -> bool {
    const USES: &[&str] = &[
        "with",
        "use",
        "using",
        "used",
        "user",
        "and",
        "enter",
        "type",
        "try",
        "mit",
        "und",
        "avec",
        "con",
        "com",
        "by",
        "username",
        "login",
        "has",
        "my",
        "wifi",
        "root",
        "admin",
        "default",
        "temporary",
    ];
    scan.byte(first.saturating_sub(1)) == b'('
        || first == 0
        || BLANK.has(scan.back(first, 1))
            && words_before(scan, first)
                .any(|word| USES.iter().any(|other| word.eq_ignore_ascii_case(other)))
}
