//! Projects: what a memory belongs to, the same in every clone and worktree.

use serde::{Deserialize, Serialize};

/// A project as a record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Identity: the normalised git remote (`example.org/owner/name`), or the
    /// folder's URI where there is none.
    pub id: String,
    /// What people call it: the last segment of the folder or remote.
    pub name: String,
}

impl Project {
    /// The project of a folder and, if it has one, of its git remote.
    ///
    /// `folder` is a URI or a path. Credentials, scheme, port, letter case of
    /// the host, a `.git` ending and trailing slashes do not make another
    /// project; scp-like addresses (`git@host:owner/name`) are read as git does.
    ///
    /// ```
    /// # use recollect_core::Project;
    /// let clone = Project::of(Some("git@Example.org:owner/app.git"), "file:///home/a/app");
    /// let other = Project::of(Some("https://token@example.org/owner/app"), "file:///srv/app2");
    /// assert_eq!(clone.id, "example.org/owner/app");
    /// assert_eq!(clone.id, other.id);
    /// ```
    #[must_use]
    pub fn of(remote: Option<&str>, folder: &str) -> Self {
        let folder = folder.trim().trim_end_matches(['/', '\\']);
        let remote = remote.and_then(normalise_remote);
        let name = last_segment(folder)
            .or_else(|| remote.as_deref().and_then(last_segment))
            .unwrap_or_else(|| "workspace".to_owned());
        let id = remote.unwrap_or_else(|| {
            if folder.is_empty() {
                "workspace".to_owned()
            } else {
                folder.to_owned()
            }
        });
        Self { id, name }
    }
}

/// `host/path` of a remote address, or `None` for one that names no other
/// machine: a path on this one would differ from clone to clone.
fn normalise_remote(address: &str) -> Option<String> {
    let address = address.trim();
    let (authority, path) = match address.split_once("://") {
        Some((scheme, _)) if scheme.eq_ignore_ascii_case("file") => return None,
        Some((_, rest)) => rest.split_once('/')?,
        None => {
            let (authority, path) = address.split_once(':')?;
            // `C:\repo` and `./a:b` are paths.
            if authority.len() < 2 || authority.contains(['/', '\\']) {
                return None;
            }
            (authority, path)
        }
    };
    let host = authority.rsplit('@').next().unwrap_or(authority);
    let host = host.split(':').next().unwrap_or(host).to_lowercase();
    let path = path.split(['?', '#']).next().unwrap_or(path);
    let path = path.trim_matches('/');
    let path = path.strip_suffix(".git").unwrap_or(path).trim_matches('/');
    if host.is_empty() || path.is_empty() {
        return None;
    }
    Some(format!("{host}/{path}"))
}

fn last_segment(address: &str) -> Option<String> {
    let segment = address.rsplit(['/', '\\']).find(|part| !part.is_empty())?;
    // `file:` is the rest of a URI that names no folder.
    if segment.ends_with(':') {
        return None;
    }
    Some(decode_percent(segment))
}

/// Percent-decoding of a URI's segment; what is not valid stays as written.
fn decode_percent(segment: &str) -> String {
    let mut bytes = Vec::with_capacity(segment.len());
    let mut rest = segment.as_bytes();
    while let [first, tail @ ..] = rest {
        let decoded = match tail {
            [high, low, ..] if *first == b'%' => char::from(*high)
                .to_digit(16)
                .zip(char::from(*low).to_digit(16))
                .map(|(high, low)| (high * 16 + low) as u8),
            _ => None,
        };
        bytes.push(decoded.unwrap_or(*first));
        rest = if decoded.is_some() { &tail[2..] } else { tail };
    }
    String::from_utf8(bytes).unwrap_or_else(|_| segment.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(remote: Option<&str>, folder: &str, id: &str, name: &str) {
        let project = Project::of(remote, folder);
        assert_eq!((project.id.as_str(), project.name.as_str()), (id, name));
    }

    #[test]
    fn every_spelling_of_a_remote_is_one_project() {
        for remote in [
            "https://example.org/owner/app",
            "https://example.org/owner/app.git",
            "https://user:secret@example.org/owner/app.git/",
            "ssh://git@EXAMPLE.org:22/owner/app.git",
            "git@example.org:owner/app.git",
            "git://example.org/owner/app#main",
        ] {
            check(
                Some(remote),
                "file:///a/here",
                "example.org/owner/app",
                "here",
            );
        }
    }

    #[test]
    fn a_folder_without_a_remote_is_its_uri() {
        check(None, "file:///a/my%20app/", "file:///a/my%20app", "my app");
        check(
            Some("/srv/git/app.git"),
            "file:///a/app",
            "file:///a/app",
            "app",
        );
        check(
            Some("file:///srv/app"),
            "file:///a/app",
            "file:///a/app",
            "app",
        );
        check(Some(r"C:\git\app"), r"C:\work\app", r"C:\work\app", "app");
        check(
            Some(""),
            "vscode-vfs://hub/o/r",
            "vscode-vfs://hub/o/r",
            "r",
        );
    }

    #[test]
    fn no_folder_at_all_still_has_a_name() {
        check(None, "", "workspace", "workspace");
        check(None, "file:///", "file:", "workspace");
        check(Some("https://example.org/o/r"), "", "example.org/o/r", "r");
    }

    #[test]
    fn credentials_are_never_part_of_the_id() {
        let project = Project::of(Some("https://me:hunter2@example.org/a/b"), "file:///a/b");
        assert!(!project.id.contains("hunter2") && !project.id.contains("me"));
    }
}
