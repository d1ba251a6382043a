//! Values that calls and declarations give to a name: `put("password", "…")`, `password string = "…"`.

use super::letters::{ALNUM, BLANK, Class, QUOTE, holds, is_one_of};
use super::scan::Scan;
use super::written::{Value, quoted};

/// Methods that are given a name and a value.
#[rustfmt::skip]
pub(super) const METHODS: &[&str] = &[
    "put", "set", "append", "fill", "type", "setproperty", "setitem", "getenv", "get", "env", "fetch",
    "setdefault", "addparameter", "add", "define", "header", "setenvironmentvariable", "param", "setenv",
    "putenv", "set_var", "setheader", "addheader", "setstring", "add_parameter", "withenv", "insert",
    "config", "getproperty", "getordefault", "environ", "option", "set_env", "sendkeys", "send_keys",
];

/// Methods that type into a field.
pub(super) const TYPES: &[&str] = &[
    "typetext",
    "settext",
    "setvalue",
    "presssequentially",
    "clear",
];

/// Whether a call gives something a value under a name: `put("password", "…")`, or the two
/// are a pair whose second nobody would call a name.
pub(super) fn is_given(scan: &Scan<'_>, first: usize, value: Value) -> bool {
    let name = scan.start_of(first, const { Class::of("#.[]") }, 2);
    let open = name.saturating_sub(1);
    let end = scan.start_of(open, BLANK, 2);
    let method = scan.start_of(end.saturating_sub(1), const { ALNUM.and("_") }, 32);
    let is_method = QUOTE.has(scan.byte(open))
        && scan.back(end, 1) == b'('
        && is_one_of(scan.slice(method, end.saturating_sub(1)), METHODS);
    let text = scan.slice(value.from, value.to);
    let has = |test: fn(&u8) -> bool| text.bytes().any(|byte| test(&byte));
    let is_mixed = has(|byte| b"!@#$%^&*+=?~".contains(byte))
        || has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    text.len() >= 6 && has(u8::is_ascii_digit) && (is_method || is_mixed && text.len() >= 8)
}

/// The value of `name Type = "value"`, with the words of a type in any language.
pub(super) fn declared(scan: &Scan<'_>, at: usize) -> Option<Value> {
    let mut at = at;
    for _ in 0..3 {
        let (length, behind) = scan.run(at, const { ALNUM.and("_.*<>[]&?'@") }, 32);
        at = scan.skip_blanks(behind);
        let from = scan.expect(at, b'=').map(|from| scan.skip_blanks(from));
        match from {
            Some(from) => return quoted(scan, from),
            None if length == 0 => return None,
            None => {}
        }
    }
    None
}

/// Whether a function gives something a password: `user.setPassword`, `with_password`.
pub(super) fn gives(name: &str) -> bool {
    const VERBS: &[&str] = &[
        "set", "with", "change", "reset", "update", "hash", "make", "check", "verify", "encode",
        "encrypt", "generate", "compare", "validate", "matches",
    ];
    let begins = |verb: &&str| {
        // The method of `passwordEncoder.encode`, the first word of `user.set_password`.
        name.rsplit('.')
            .next()
            .is_some_and(|method| holds(method, verb))
    };
    ["password", "passwd", "passphrase", "pwd"]
        .iter()
        .any(|noun| holds(name, noun))
        && VERBS.iter().any(begins)
}
