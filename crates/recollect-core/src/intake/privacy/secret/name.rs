//! What the name of a value says of it.

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
    if is(last, &["code", "number"]) && is(before, &["pin", "pass"])
        || is(last, &["pin", "pincode"])
    {
        return Some(Promise::Pin);
    }
    if is(last, ABOUT) || words.iter().any(|word| is(word, KNOWN)) || is(words[0], ERRORS) {
        return None;
    }
    // What a person chose for a network: `Wi-Fi key`, `pre-shared key`.
    if is(last, &["key"])
        && is(
            before,
            &["wifi", "fi", "wlan", "wpa", "wep", "shared", "preshared"],
        )
    {
        return Some(Promise::Password);
    }
    if words.iter().any(|word| ends(word, CHOSEN)) {
        return Some(Promise::Password);
    }
    if words.iter().any(|word| ends(word, DRAWN)) || is(last, &["auth", "cred", "creds"]) {
        return Some(Promise::Key);
    }
    let is_pass = ["pass", "pw"].iter().any(|end| {
        let from = last.len().checked_sub(end.len());
        from.and_then(|from| last.split_at_checked(from))
            .is_some_and(|(of, tail)| tail.eq_ignore_ascii_case(end) && is(of, PASS_OF))
    });
    if is_pass {
        return Some(Promise::Pass);
    }
    let is_key = |word: &str| is(word, &["key", "keys"]);
    if words
        .windows(2)
        .any(|pair| is_key(pair[1]) && is(pair[0], OF))
    {
        return Some(Promise::Key);
    }
    if is_key(last) && words.iter().any(|word| is(word, services::NAMES)) {
        return Some(Promise::Key);
    }
    (words.len() == 1 && is_key(last)).then_some(Promise::Perhaps)
}

/// Whether a word tells of something that a secret has, as its policy.
pub(super) fn is_about(word: &str) -> bool {
    is(word, ABOUT)
}

fn is(word: &str, list: &[&str]) -> bool {
    list.iter().any(|other| word.eq_ignore_ascii_case(other))
}

fn ends(word: &str, list: &[&str]) -> bool {
    list.iter().any(|end| {
        let from = word.len().checked_sub(end.len());
        let tail = from.and_then(|from| word.get(from..));
        tail.is_some_and(|tail| tail.eq_ignore_ascii_case(end))
    })
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
