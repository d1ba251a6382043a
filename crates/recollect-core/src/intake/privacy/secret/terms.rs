//! The words that names of secrets are made of, and a look at all lists of them at once.

use std::sync::LazyLock;

use super::keywords::Keywords;
use super::services;

/// Parts of names that make a look at what follows worth while.
const KEYWORDS: &[&str] = &[
    "dockerconfigjson",
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
    "salt",
    "login",
    "logon",
    "userpass",
    "zugangsdaten",
    "identifiant",
    "contrase",
    "log in",
    "logged in",
    "sign in",
    "signed in",
];

/// What the automaton looks for: no name is looked at that holds none of these.
pub(super) fn keywords() -> impl Iterator<Item = &'static str> {
    KEYWORDS.iter().chain(CHOSEN_WHOLE).copied()
}

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
    "timeout",
    "lifetime",
    "interval",
    "delay",
    "window",
    "days",
    "hours",
    "minutes",
    "seconds",
    "duration",
    "attempts",
    "retries",
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
    "pwd",
    "pswd",
    "secret",
    "secrets",
    "credential",
    "credentials",
    "contrasena",
    "contraseña",
    "motdepasse",
    "psk",
];

/// Those in which no keyword is a part, so that they are keywords as well.
#[rustfmt::skip]
const CHOSEN_WHOLE: &[&str] = &[
    "requirepass", "masterauth", "geheimnis", "kennwort", "senha", "clave", "mdp", "wachtwoord", "parola",
    "passord", "losenord", "salasana", "heslo", "adgangskode", "jelszo", "lozinka", "geslo",
];

const DRAWN: &[&str] = &[
    "salt",
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
    "dockerconfigjson",
];

/// What `key` is one of where it is secret.
const OF: &[&str] = &[
    "tls",
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
pub(super) const PASS_OF: &[&str] = &[
    "smb", "remote", "bind", "trust", "truststore", "keystore", "master", "become", "guest", "client",
    "server", "api", "wp", "account", "radius", "samba", "zip", "pdf", "jks", "pfx", "enc", "auth", "svc",
    "service", "bot", "git", "svn", "docker", "repo", "source", "ad", "email",
    "", "db", "user", "usr", "my", "store", "key", "root", "admin", "smtp", "ftp", "sql", "mysql",
    "mail", "imap", "pop", "app", "ssh", "vpn", "wifi", "wlan", "proxy", "redis", "mongo", "pg",
    "postgres", "login", "database", "cert", "ldap", "http", "basic", "sudo", "rabbit", "mqtt",
];

/// The lists that a name's words are looked for in, all at once.
const LISTS: [&[&str]; 8] = [
    ABOUT,
    KNOWN,
    ERRORS,
    OF,
    services::NAMES,
    CHOSEN,
    DRAWN,
    CHOSEN_WHOLE,
];
pub(super) const IN_ABOUT: u8 = 1;
pub(super) const IN_KNOWN: u8 = 1 << 1;
pub(super) const IN_ERRORS: u8 = 1 << 2;
pub(super) const IN_OF: u8 = 1 << 3;
pub(super) const IN_SERVICES: u8 = 1 << 4;
pub(super) const IN_CHOSEN: u8 = 1 << 5 | 1 << 7;
pub(super) const IN_DRAWN: u8 = 1 << 6;

/// A bit for each of [`LISTS`].
#[derive(Clone, Copy, Default)]
pub(super) struct Kinds {
    /// Those that have the word.
    pub has: u8,
    /// Those that have what it ends with.
    pub has_end: u8,
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

/// The lists that have a word or its end.
pub(super) fn kinds(word: &str) -> Kinds {
    let (finder, listed) = &*LISTED;
    let mut kinds = Kinds::default();
    for &number in finder.ending(finder.after(word)) {
        let (length, bit) = listed[usize::from(number)];
        kinds.has_end |= bit;
        kinds.has |= if length == word.len() { bit } else { 0 };
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::{CHOSEN, DRAWN, keywords};

    #[test]
    fn every_word_of_a_name_is_come_upon() {
        // A name that holds none of the keywords is never looked at.
        for word in CHOSEN.iter().chain(DRAWN) {
            let is_found = keywords().any(|keyword| word.contains(keyword));
            assert!(is_found, "{word} holds no keyword");
        }
    }
}
