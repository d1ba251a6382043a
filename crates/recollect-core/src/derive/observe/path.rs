//! Paths as people know them: relative to the folder, with `/`.

use crate::log::project;

/// A path relative to the first of some roots that holds it, else to the folder;
/// one that begins nowhere begins in the folder.
pub(super) fn relative_to(path: &str, folder: &str, roots: &[String]) -> String {
    if roots.is_empty() || path.trim().is_empty() {
        return relative(path, folder);
    }
    let begins = |path: &str| project::place_key(path).is_some();
    let whole = match begins(path) || !begins(folder) {
        true => path.to_owned(),
        false => [folder.trim_end_matches(['/', '\\']), "/", path].concat(),
    };
    let mut inside = roots.iter().filter_map(|root| project::below(&whole, root));
    inside.next().unwrap_or_else(|| {
        let is_root = |root: &String| project::place_key(root) == project::place_key(&whole);
        match roots.iter().any(is_root) {
            true => ".".to_owned(),
            false => relative(path, folder),
        }
    })
}

/// A path relative to a folder, if it lies there; else a home folder is `~`.
///
/// Takes paths of all systems, with `\` or `/`, and `file:` URIs.
pub(super) fn relative(path: &str, folder: &str) -> String {
    let path = plain(path);
    let folder = plain(folder);
    let is_windows = folder.as_bytes().get(1) == Some(&b':');
    let head = path.get(..folder.len());
    let is_inside = !folder.is_empty()
        && head
            .is_some_and(|head| head == folder || is_windows && head.eq_ignore_ascii_case(&folder));
    if is_inside && let Some(rest) = path.get(folder.len()..) {
        if rest.is_empty() {
            return ".".to_owned();
        }
        if let Some(rest) = rest.strip_prefix('/') {
            return rest.to_owned();
        }
        if folder.ends_with('/') {
            return rest.to_owned();
        }
    }
    let home = |path: &str| project::at_home(path).unwrap_or_else(|| path.to_owned());
    let below = project::below(&path, &folder);
    below
        .or_else(|| project::below(&home(&path), &home(&folder)))
        .unwrap_or_else(|| home(&path))
}

/// Whether a path is of something that nobody keeps: a temporary file outside
/// the folder, or what a build or an installation makes.
pub(super) fn is_passing(relative: &str) -> bool {
    let is_temporary = [
        "/tmp/",
        "/private/tmp/",
        "/var/folders/",
        "/private/var/folders/",
    ]
    .iter()
    .any(|folder| relative.starts_with(folder))
        || relative.contains("/AppData/Local/Temp/");
    is_temporary
        || relative.split('/').any(|name| {
            matches!(
                name,
                "node_modules" | "__pycache__" | ".git" | ".venv" | "target" | "dist" | "out"
            )
        })
}

/// The last name of a path.
pub(super) fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// What follows the last dot of the name, if anything does.
pub(super) fn extension(path: &str) -> &str {
    name(path)
        .rsplit_once('.')
        .map_or("", |(_, extension)| extension)
}

/// With `/` and without `.`, `..`, a scheme and a `/` at the end.
fn plain(path: &str) -> String {
    let path = path.trim();
    let path = match path.get(..7) {
        Some(scheme) if scheme.eq_ignore_ascii_case("file://") => {
            let decoded = decoded(path.get(7..).unwrap_or_default());
            // `/c:/app` is a drive.
            match decoded.as_bytes() {
                [b'/', drive, b':', ..] if drive.is_ascii_alphabetic() => {
                    decoded.get(1..).unwrap_or_default().to_owned()
                }
                _ => decoded,
            }
        }
        _ => path.to_owned(),
    };
    let path = path.replace('\\', "/");
    let (scheme, path) = match path.split_once("://") {
        Some((scheme, rest)) => (Some(scheme), rest),
        None => (None, path.as_str()),
    };
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "." | "" => {}
            ".." if names.last().is_some_and(|last| *last != "..") => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    let mut plain = String::with_capacity(path.len() + 8);
    if let Some(scheme) = scheme {
        plain.push_str(scheme);
        plain.push_str("://");
    } else if path.starts_with('/') {
        plain.push('/');
    }
    plain.push_str(&names.join("/"));
    plain
}

/// With the `%20` of URIs undone.
fn decoded(text: &str) -> String {
    let bytes = text.as_bytes();
    let mut decoded = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while at < bytes.len() {
        let digit = |offset: usize| char::from(*bytes.get(at + offset)?).to_digit(16);
        let meant = match (bytes[at], digit(1), digit(2)) {
            (b'%', Some(high), Some(low)) => u8::try_from(high * 16 + low).ok(),
            _ => None,
        };
        decoded.push(meant.unwrap_or(bytes[at]));
        at += if meant.is_some() { 3 } else { 1 };
    }
    String::from_utf8_lossy(&decoded).into_owned()
}

#[cfg(test)]
mod tests {
    use super::relative;

    #[test]
    fn a_path_is_relative_to_the_folder_or_to_home() {
        for (path, folder, expected) in [
            ("/home/ada/app/src/x.ts", "/home/ada/app", "src/x.ts"),
            ("/home/ada/app/src/x.ts", "/home/ada/app/", "src/x.ts"),
            ("/home/ada/app2/x.ts", "/home/ada/app", "~/app2/x.ts"),
            ("/home/ada/app", "/home/ada/app", "."),
            ("./src/../lib/x.ts", "/home/ada/app", "lib/x.ts"),
            (
                "C:\\Users\\Ada\\app\\src\\x.ts",
                "c:\\users\\ada\\app",
                "src/x.ts",
            ),
            ("file:///c%3A/app/a%20b.ts", "C:\\app", "a b.ts"),
            ("file:///home/ada/app/x.ts", "/home/ada/app", "x.ts"),
            ("/Users/ada/.zshrc", "/Users/ada/app", "~/.zshrc"),
            ("/etc/hosts", "/home/ada/app", "/etc/hosts"),
            ("/etc/hosts", "", "/etc/hosts"),
            (
                "vscode-vfs://github/o/r/src/x.ts",
                "vscode-vfs://github/o/r",
                "src/x.ts",
            ),
            ("/x.ts", "/", "x.ts"),
            ("ä/ö.ts", "ä", "ö.ts"),
            ("%zz%", "", "%zz%"),
        ] {
            assert_eq!(relative(path, folder), expected, "{path} in {folder}");
        }
    }
}
