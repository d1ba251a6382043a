//! Files of which nothing is captured, not even that somebody opened them.
//!
//! | what | which files |
//! | --- | --- |
//! | environments | `.env*`, but not `.env.example`, `.env.sample` and `.env.template`, which are made to be shared |
//! | keys | `*.pem`, `*.key`, `*.p12`, `*.pfx`, `*.jks`, `id_rsa*`, `id_ed25519*` |
//! | logins | `.npmrc`, `.pypirc`, `.netrc`, `.git-credentials`, `kubeconfig` |
//! | secrets of deployments | `*.tfstate*`, `secrets.*` |
//! | folders | `.aws/`, `.ssh/`, `.gnupg/` and all in them |
//!
//! A pattern holds for a file and for a folder of that name, in any letter case,
//! with `/` or `\` between the names, and in the path of a URI.

use crate::error::{Error, Result};

mod glob;

pub(crate) use glob::Glob;

/// Whether nothing of a file may be captured.
///
/// ```
/// use recollect_core::intake::privacy::path::is_denied;
///
/// assert!(is_denied("C:\\app\\.ENV.local"));
/// assert!(is_denied("file:///home/me/.ssh/config"));
/// assert!(!is_denied("src/environment.rs"));
/// assert!(!is_denied(".env.example"));
/// ```
#[must_use]
pub fn is_denied(path: &str) -> bool {
    is_denied_by(path, &[])
}

/// Most patterns of a user.
pub(super) const MAX_GLOBS: usize = 64;
/// Most bytes of one.
const MAX_GLOB_BYTES: usize = 256;

/// The patterns of a user: `*`, `**`, `?` and `{a,b}`, in any letter case.
///
/// # Errors
///
/// [`Error::InvalidInput`] that says which one is wrong, counted from 1.
pub(super) fn globs(patterns: &[String]) -> Result<Vec<Glob>> {
    const FIELD: &str = "excludedPaths";
    if patterns.len() > MAX_GLOBS {
        let found = patterns.len();
        let problem = format!("{found} patterns, more than the {MAX_GLOBS} that are used");
        return Err(Error::invalid(FIELD, problem));
    }
    let mut globs = Vec::with_capacity(patterns.len());
    for (position, pattern) in patterns.iter().enumerate() {
        let wrong =
            |problem: &str| Error::invalid(FIELD, format!("pattern {} {problem}", position + 1));
        if pattern.len() > MAX_GLOB_BYTES {
            return Err(wrong(&format!("has more than {MAX_GLOB_BYTES} bytes")));
        }
        globs.extend(Glob::parse_all(pattern).map_err(wrong)?);
    }
    Ok(globs)
}

/// As [`is_denied`], with patterns of a user beside ours.
pub(crate) fn is_denied_by(path: &str, globs: &[Glob]) -> bool {
    let plain = normalised(path);
    let decoded = decoded(&plain);
    [Some(plain.as_str()), decoded.as_deref()]
        .into_iter()
        .flatten()
        .any(|path| {
            path.split('/').any(is_denied_name) || globs.iter().any(|glob| glob.matches(path))
        })
}

/// In lower case and with `/` between the names.
fn normalised(path: &str) -> String {
    path.trim()
        .chars()
        .map(|c| if c == '\\' { '/' } else { c })
        .flat_map(char::to_lowercase)
        .collect()
}

/// With the `%2e` of URIs undone, to any depth; none if there is none.
fn decoded(path: &str) -> Option<String> {
    const MAX_DEPTH: usize = 4;
    let mut path = path.as_bytes().to_vec();
    let mut is_changed = false;
    for _ in 0..MAX_DEPTH {
        let Some(once) = decoded_once(&path) else {
            break;
        };
        path = once;
        is_changed = true;
    }
    is_changed.then(|| normalised(&String::from_utf8_lossy(&path)))
}

fn decoded_once(path: &[u8]) -> Option<Vec<u8>> {
    let mut bytes = Vec::with_capacity(path.len());
    let mut at = 0;
    while at < path.len() {
        let digits = path.get(at + 1..at + 3).filter(|_| path[at] == b'%');
        let digit = |byte: u8| char::from(byte).to_digit(16);
        let meant = digits.and_then(|pair| Some(digit(pair[0])? * 16 + digit(pair[1])?));
        match meant.and_then(|meant| u8::try_from(meant).ok()) {
            Some(meant) => {
                bytes.push(meant);
                at += 3;
            }
            None => {
                bytes.push(path[at]);
                at += 1;
            }
        }
    }
    (bytes.len() < path.len()).then_some(bytes)
}

/// Whether a name in lower case is one of those.
fn is_denied_name(name: &str) -> bool {
    // A query, a fragment, a line number or a stream of Windows may follow it;
    // dots and blanks at the end mean nothing there, `~` marks a copy.
    let until = |ends: &[char]| name.split(ends).next().unwrap_or(name);
    [
        name,
        until(&[':']),
        until(&['?', '#']),
        until(&['?', '#', ':']),
    ]
    .into_iter()
    .map(|name| name.trim_end_matches(['.', ' ', '~']).trim_start())
    .any(is_denied_plainly)
}

fn is_denied_plainly(name: &str) -> bool {
    let names = [
        ".npmrc",
        ".pypirc",
        ".netrc",
        ".git-credentials",
        "kubeconfig",
        ".aws",
        ".ssh",
        ".gnupg",
    ];
    let ends = [".pem", ".key", ".p12", ".pfx", ".jks"];
    let begins = ["id_rsa", "id_ed25519", "secrets."];
    let is_shared = matches!(name, ".env.example" | ".env.sample" | ".env.template");
    names.contains(&name)
        || ends.iter().any(|end| name.ends_with(end))
        || begins.iter().any(|begin| name.starts_with(begin))
        || name.contains(".tfstate")
        || name.starts_with(".env") && !is_shared
}
