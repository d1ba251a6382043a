//! What stands in a text where a secret could: where one is kept, and what people
//! write instead of one.

use std::sync::LazyLock;

use super::keywords::Keywords;
use super::letters::{Class, is_one_of, is_written, says};
use super::parts::reads;

/// Whether it says where a secret is rather than what it is.
pub(super) fn is_reference(value: &str) -> bool {
    let begins = [
        "${", "$(", "{{", "%s", "%(", "%{", "%v", "op://", "vault:", "arn:", "./", "../", "~/",
        "env.", "env:", "var.", "self.", "this.", "data.", "secrets.", "config.", "process.",
        "os.", "file:", "ref:", "ssm:", "sops:", "enc[", "ENC[", "akv:", "awssm:", "@env",
    ];
    // Each of these has one of the signs, and most values have none.
    const SIGNS: Class = Class::of("${(:[.>%~@-");
    let has_sign = value.bytes().any(|byte| SIGNS.has(byte));
    let first = value.as_bytes().first();
    let is_begun = |begin: &&str| begin.as_bytes().first() == first && value.starts_with(*begin);
    let holds_any = [
        "${",
        "{{",
        "$(",
        "://",
        "::",
        "[redacted",
        "process.env",
        "os.environ",
        "()",
        "->",
        "=>",
    ];
    let is_variable = value.strip_prefix('$').is_some_and(|name| {
        !name.is_empty()
            && name
                .bytes()
                .all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
    });
    // An alias, a tag or an anchor of YAML, a pointer.
    let is_sigil = value.strip_prefix(['*', '&', '!']).is_some_and(|name| {
        let is_name = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_';
        name.bytes().all(is_name) && reads(name)
    });
    let is_bracketed = value.starts_with('{') && value.contains('}')
        || value.starts_with('<') && value.contains('>')
        || value.starts_with('[') && value.contains(']');
    is_variable
        || is_sigil
        || is_bracketed
        || has_sign && begins.iter().any(is_begun)
        || has_sign && holds_any.iter().any(|part| value.contains(part))
        || value.starts_with('%') && value.ends_with('%') && value.len() > 2
        || is_path(value)
        || has_sign
            && [
                "sha1-", "sha256-", "sha384-", "sha512-", "sha256:", "md5:", "sha1:", "sha512:",
            ]
            .iter()
            .any(is_begun)
}

/// Whether it is a path from the root.
fn is_path(value: &str) -> bool {
    value.starts_with('/')
        && !value.contains(['+', '='])
        && value[1..]
            .split('/')
            .all(|part| reads(part) || part.len() < 4)
}

/// Whether it is what people write where a secret belongs.
pub(super) fn is_stand_in(value: &str) -> bool {
    let whole = [
        "tiger",
        "password",
        "passwd",
        "pass",
        "pwd",
        "pw",
        "secret",
        "token",
        "null",
        "none",
        "nil",
        "true",
        "false",
        "undefined",
        "string",
        "str",
        "required",
        "optional",
        "empty",
        "test",
        "root",
        "admin",
        "user",
        "unset",
        "default",
        "hidden",
        "masked",
    ];
    let is_one_sign = value.len() > 2 && value.bytes().all(|byte| byte == value.as_bytes()[0]);
    is_one_sign || has_word(value) || is_one_of(value, &whole)
}

/// Parts of what people write where a secret belongs.
const WORDS: &[&str] = &[
    "example",
    "changeme",
    "change_me",
    "change-me",
    "changethis",
    "your_",
    "your-",
    "yourpass",
    "yourtoken",
    "yoursecret",
    "yourkey",
    "yourapi",
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
    "replaceme",
    "localhost",
    "todo",
    "•••",
    "●●●",
    "<redact",
    "…",
    "scott/tiger",
    "notreal",
    "not-real",
    "fake",
    "sample",
    "mypassword",
    "my-secret",
    "my_secret",
    "mysecret",
    "my-token",
    "my_token",
    "[hidden",
    "censored",
    "removed]",
];

static WORD_FINDER: LazyLock<Keywords> = LazyLock::new(|| Keywords::new(WORDS));

/// Fewest bytes of a word that a machine draws by chance in no value of anybody's.
const TELLING: usize = 8;

/// Whether one of the words is in it: one pass, as this is asked of every value. A long
/// one may have capitals within, as `changeMe` has.
fn has_word(value: &str) -> bool {
    let finder = &*WORD_FINDER;
    let bytes = value.as_bytes();
    let mut state = 0;
    for (at, &byte) in bytes.iter().enumerate() {
        state = finder.step(state, byte);
        for &number in finder.ending(state) {
            let length = WORDS[usize::from(number)].len();
            if length >= TELLING || is_written(&bytes[at + 1 - length..=at]) {
                return true;
            }
        }
    }
    false
}

pub(super) fn is_placeholder(said: &str) -> bool {
    let words = [
        "example",
        "your",
        "xxxx",
        "placeholder",
        "redacted",
        "changeme",
        "tiger",
        "…",
        "...",
    ];
    is_reference(said) || words.iter().any(|word| says(said, word))
}
