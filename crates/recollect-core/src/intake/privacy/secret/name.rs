//! What the name of a value says of it.

use std::sync::LazyLock;

use super::keywords::Keywords;
use super::scan::is_one_of;
use super::services;

/// What a name says of its value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Promise {
    /// Something that a person may have chosen.
    Password,
    /// `pass` and `pw`, which name other things as well.
    Pass,
    /// Digits.
    Pin,
    /// Something that a machine has drawn.
    Key,
    /// Just `key`, which most often is none.
    Perhaps,
}

/// Parts of names that make a look at what follows worth while.
pub(super) const KEYWORDS: &[&str] = &[
    "pass",
    "pwd",
    "pswd",
    "pw",
    "psk",
    "pin",
    "secret",
    "token",
    "key",
    "cred",
    "auth",
    "login",
    "logon",
    "userpass",
    "zugangsdaten",
    "kennwort",
    "contrase",
    "senha",
    "clave",
    "mdp",
    "wachtwoord",
    "parola",
    "passord",
    "losenord",
    "salasana",
    "heslo",
    "adgangskode",
    "jelszo",
    "lozinka",
    "geslo",
    "requirepass",
    "masterauth",
    "log in",
    "logged in",
    "sign in",
    "signed in",
];

/// Last words of names whose values say something about a secret.
const ABOUT: &[&str] = &[
    "id",
    "ids",
    "name",
    "names",
    "type",
    "types",
    "url",
    "uri",
    "endpoint",
    "path",
    "paths",
    "file",
    "files",
    "dir",
    "folder",
    "count",
    "counts",
    "length",
    "len",
    "limit",
    "max",
    "min",
    "size",
    "expiry",
    "expires",
    "expiration",
    "ttl",
    "at",
    "header",
    "prefix",
    "suffix",
    "field",
    "label",
    "hint",
    "placeholder",
    "regex",
    "pattern",
    "policy",
    "provider",
    "store",
    "manager",
    "index",
    "format",
    "scope",
    "scopes",
    "class",
    "error",
    "errors",
    "env",
    "var",
    "ref",
    "algorithm",
    "alg",
    "version",
    "method",
    "mode",
    "kind",
    "map",
    "list",
    "set",
    "hash",
    "input",
    "form",
    "page",
    "screen",
    "view",
    "component",
    "button",
    "rule",
    "rules",
    "strength",
    "validator",
    "text",
    "title",
    "message",
    "msg",
    "description",
    "handler",
    "guard",
    "schema",
    "column",
    "table",
    "selector",
    "testid",
    "locator",
    "role",
    "arn",
    "alias",
    "usage",
    "budget",
    "host",
    "port",
    "domain",
    "issuer",
    "audience",
    "entropy",
    "cost",
    "rounds",
    "iterations",
    "bits",
    "code",
    "codes",
    "date",
    "time",
    "age",
    "state",
    "status",
    "icon",
    "tag",
    "option",
    "options",
    "key-id",
    "fingerprint",
    "digest",
    "checksum",
    "helper",
    "xpath",
    "css",
];

/// First words of names of errors.
const ERRORS: &[&str] = &[
    "invalid",
    "expired",
    "missing",
    "wrong",
    "bad",
    "err",
    "error",
    "incorrect",
    "unexpected",
];

/// Words that make a name one of something public.
const KNOWN: &[&str] = &[
    "public",
    "publishable",
    "primary",
    "foreign",
    "sort",
    "cache",
    "partition",
    "anon",
    "no",
];

const CHOSEN: &[&str] = &[
    "password",
    "passwords",
    "passwd",
    "passwrd",
    "passphrase",
    "passphrases",
    "passcode",
    "passwort",
    "kennwort",
    "pwd",
    "pswd",
    "secret",
    "secrets",
    "credential",
    "credentials",
    "contrasena",
    "contraseña",
    "senha",
    "clave",
    "wachtwoord",
    "motdepasse",
    "mdp",
    "parola",
    "psk",
    "passord",
    "losenord",
    "salasana",
    "heslo",
    "adgangskode",
    "jelszo",
    "lozinka",
    "geslo",
    "requirepass",
    "masterauth",
];

const DRAWN: &[&str] = &[
    "token",
    "tokens",
    "apikey",
    "apikeys",
    "secretkey",
    "accesskey",
    "authkey",
    "accountkey",
    "authtoken",
    "privatekey",
];

/// What `key` is one of where it is secret.
const OF: &[&str] = &[
    "api",
    "access",
    "private",
    "signing",
    "sign",
    "encryption",
    "encrypt",
    "master",
    "account",
    "client",
    "auth",
    "app",
    "application",
    "deploy",
    "license",
    "storage",
    "shared",
    "service",
    "admin",
    "session",
    "hmac",
    "jwt",
    "webhook",
    "subscription",
    "functions",
    "host",
    "consumer",
    "preshared",
    "secret",
    "server",
    "write",
    "sas",
    "cookie",
    "wallet",
    "bot",
    "integration",
    "ingest",
    "sdk",
    "rest",
    "developer",
    "live",
    "prod",
];

/// Before `pass` and `pw` in one word.
#[rustfmt::skip]
const PASS_OF: &[&str] = &[
    "smb", "remote", "bind", "trust", "truststore", "keystore", "master", "become", "guest", "client",
    "server", "api", "wp", "account", "radius", "samba", "zip", "pdf", "jks", "pfx", "enc", "auth", "svc",
    "service", "bot", "git", "svn", "docker", "repo", "source", "ad", "email",
    "", "db", "user", "usr", "my", "store", "key", "root", "admin", "smtp", "ftp", "sql", "mysql",
    "mail", "imap", "pop", "app", "ssh", "vpn", "wifi", "wlan", "proxy", "redis", "mongo", "pg",
    "postgres", "login", "database", "cert", "ldap", "http", "basic", "sudo", "rabbit", "mqtt",
];

const MAX_WORDS: usize = 24;

/// What a name promises, as its words say.
pub(super) fn promise(name: &str) -> Option<Promise> {
    let mut words = [""; MAX_WORDS];
    let mut count = 0;
    for word in Words(name).take(MAX_WORDS) {
        words[count] = word;
        count += 1;
    }
    let words = &words[..count];
    let last = words.last()?;
    let before = words.len().checked_sub(2).map_or("", |at| words[at]);
    if is_one_of(last, &["code", "number"]) && is_one_of(before, &["pin", "pass"])
        || is_one_of(last, &["pin", "pincode"])
    {
        return Some(Promise::Pin);
    }
    let mut in_lists = [Kinds::default(); MAX_WORDS];
    for (at, word) in words.iter().enumerate() {
        in_lists[at] = kinds(word);
    }
    let in_lists = &in_lists[..count];
    if in_lists[count - 1].has & IN_ABOUT != 0
        || in_lists.iter().any(|word| word.has & IN_KNOWN != 0)
        || in_lists[0].has & IN_ERRORS != 0
    {
        return None;
    }
    // What a person chose for a network: `Wi-Fi key`, `pre-shared key`.
    if is_one_of(last, &["key"])
        && is_one_of(
            before,
            &["wifi", "fi", "wlan", "wpa", "wep", "shared", "preshared"],
        )
    {
        return Some(Promise::Password);
    }
    let ends_in = |list| in_lists.iter().any(|word| word.has_end & list != 0);
    if ends_in(IN_CHOSEN) {
        return Some(Promise::Password);
    }
    if ends_in(IN_DRAWN) || is_one_of(last, &["auth", "cred", "creds"]) {
        return Some(Promise::Key);
    }
    let is_pass = ["pass", "pw"].iter().any(|end| {
        let from = last.len().checked_sub(end.len());
        from.and_then(|from| last.split_at_checked(from))
            .is_some_and(|(of, tail)| tail.eq_ignore_ascii_case(end) && is_one_of(of, PASS_OF))
    });
    if is_pass {
        return Some(Promise::Pass);
    }
    let is_key = |word: &str| is_one_of(word, &["key", "keys"]);
    if (1..count).any(|at| in_lists[at - 1].has & IN_OF != 0 && is_key(words[at])) {
        return Some(Promise::Key);
    }
    if is_key(last) && in_lists.iter().any(|word| word.has & IN_SERVICES != 0) {
        return Some(Promise::Key);
    }
    (words.len() == 1 && is_key(last)).then_some(Promise::Perhaps)
}

/// Whether a word tells of something that a secret has, as its policy.
pub(super) fn is_about(word: &str) -> bool {
    kinds(word).has & IN_ABOUT != 0
}

/// The lists that a name's words are looked for in, all at once.
const LISTS: [&[&str]; 7] = [ABOUT, KNOWN, ERRORS, OF, services::NAMES, CHOSEN, DRAWN];
const IN_ABOUT: u8 = 1;
const IN_KNOWN: u8 = 1 << 1;
const IN_ERRORS: u8 = 1 << 2;
const IN_OF: u8 = 1 << 3;
const IN_SERVICES: u8 = 1 << 4;
const IN_CHOSEN: u8 = 1 << 5;
const IN_DRAWN: u8 = 1 << 6;

/// A bit for each of [`LISTS`].
#[derive(Clone, Copy, Default)]
struct Kinds {
    /// Those that have the word.
    has: u8,
    /// Those that have what it ends with.
    has_end: u8,
}

/// Finds words of the lists; for each word its length and its list's bit.
static LISTED: LazyLock<(Keywords, Vec<(usize, u8)>)> = LazyLock::new(|| {
    let words = || {
        let lists = LISTS.iter().enumerate();
        lists.flat_map(|(number, list)| list.iter().map(move |word| (*word, 1 << number)))
    };
    let keywords: Vec<&str> = words().map(|(word, _)| word).collect();
    let kinds = words().map(|(word, bit)| (word.len(), bit)).collect();
    (Keywords::new(&keywords), kinds)
});

fn kinds(word: &str) -> Kinds {
    let (finder, listed) = &*LISTED;
    let state = word.bytes().fold(0, |state, byte| finder.step(state, byte));
    let mut kinds = Kinds::default();
    for &number in finder.ending(state) {
        let (length, bit) = listed[usize::from(number)];
        kinds.has_end |= bit;
        kinds.has |= if length == word.len() { bit } else { 0 };
    }
    kinds
}

/// The words of `aName`, `a_name` and `A-NAME2`; digits belong to none.
struct Words<'a>(&'a str);

impl<'a> Iterator for Words<'a> {
    type Item = &'a str;

    fn next(&mut self) -> Option<&'a str> {
        let is_letter = |byte: u8| byte.is_ascii_alphabetic() || byte >= 128;
        let bytes = self.0.as_bytes();
        let from = bytes.iter().position(|&byte| is_letter(byte))?;
        let bytes = &bytes[from..];
        let mut end = 1;
        while end < bytes.len() && is_letter(bytes[end]) {
            let is_upper = bytes[end].is_ascii_uppercase();
            let follows_lower = bytes[end - 1].is_ascii_lowercase();
            let leads_lower = bytes.get(end + 1).is_some_and(u8::is_ascii_lowercase);
            if is_upper && (follows_lower || leads_lower) {
                break;
            }
            end += 1;
        }
        let word = self.0.get(from..from + end)?;
        self.0 = self.0.get(from + end..)?;
        Some(word)
    }
}

#[cfg(test)]
mod tests {
    use super::{CHOSEN, DRAWN, KEYWORDS};

    #[test]
    fn every_word_of_a_name_is_come_upon() {
        // A name that holds none of the keywords is never looked at.
        for word in CHOSEN.iter().chain(DRAWN) {
            let is_found = KEYWORDS.iter().any(|keyword| word.contains(keyword));
            assert!(is_found, "{word} holds no keyword");
        }
    }
}
