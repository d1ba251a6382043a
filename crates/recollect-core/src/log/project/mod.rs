//! Projects: what a memory belongs to, the same in every clone, worktree and sub-folder.
//!
//! A project is known by its repository's remote, else by the commit that its
//! history begins with, else by the folder where the repository keeps its data,
//! else by its own address. Ids are compared by what their spellings have in
//! common, so that `C:\shop` and `file:///c%3A/shop` are one project.
//!
//! Read [`Place`] for what a host tells, `remote` and `address` for spellings;
//! [`Store::project_at`](crate::Store::project_at) puts them together.

mod address;
mod remote;

use serde::{Deserialize, Serialize};

pub(crate) use address::decoded;
use remote::Remote;

/// A project as a record names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Project {
    /// Identity: the normalised git remote (`example.org/owner/name`), the first
    /// commit (`commit:1f3a…`), or the folder's URI.
    pub id: String,
    /// What people call it: the last segment of the remote or folder.
    pub name: String,
}

/// Where somebody works, as a host can tell.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Place {
    /// The folder, as a path or a URI.
    pub folder: String,
    /// Other addresses of it, such as where a symbolic link leads, and of the
    /// working tree that it is in.
    pub other_folders: Vec<String>,
    /// The repository that it is in, if it is in one.
    pub repository: Option<Repository>,
}

/// What a host can tell of a repository.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Repository {
    /// Address of its remote, as git has it.
    pub remote: Option<String>,
    /// The commit that its history begins with, in hexadecimal.
    pub root_commit: Option<String>,
    /// Address of its main working tree; without one, of the folder with its data.
    pub home: String,
}

/// Stands before the hash of the first commit.
const COMMIT: &str = "commit:";

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
    /// assert_eq!(clone, other);
    /// ```
    #[must_use]
    pub fn of(remote: Option<&str>, folder: &str) -> Self {
        let remote = remote.and_then(Remote::parse);
        if let Some(Remote { id, name }) = remote.or_else(|| hosted(folder)) {
            return Self { id, name };
        }
        let id = match address::uri(folder) {
            id if id.is_empty() => "workspace".to_owned(),
            id => id,
        };
        let name = address::name(folder).unwrap_or_else(|| "workspace".to_owned());
        Self { id, name }
    }
}

/// The repository that a folder of a web editor shows without a clone of it.
fn hosted(folder: &str) -> Option<Remote> {
    let rest = folder.trim().strip_prefix("vscode-vfs://")?;
    let (authority, path) = rest.split_once('/')?;
    // What follows a plus sign says which branch is shown.
    let authority = decoded(authority);
    if authority.split('+').next() != Some("github") {
        return None;
    }
    let mut parts = path.split('/').filter(|part| !part.is_empty());
    let (owner, name) = (parts.next()?, parts.next()?);
    Remote::parse(&["https://github.com/", owner, "/", name].concat())
}

impl Repository {
    /// The project by its remote.
    pub(crate) fn by_remote(&self) -> Option<Project> {
        let Remote { id, name } = Remote::parse(self.remote.as_deref()?)?;
        Some(Project { id, name })
    }

    /// The project by its first commit.
    pub(crate) fn by_commit(&self) -> Option<Project> {
        let hash = self.root_commit.as_deref()?.trim();
        let is_hash =
            (40..=64).contains(&hash.len()) && hash.bytes().all(|b| b.is_ascii_hexdigit());
        is_hash.then(|| Project {
            id: [COMMIT, &hash.to_ascii_lowercase()].concat(),
            name: self.by_home().name,
        })
    }

    /// The project by where it keeps its data.
    pub(crate) fn by_home(&self) -> Project {
        let mut project = Project::of(None, &self.home);
        // A clone of a repository on this machine is called as that one.
        if let Some(name) = self.remote.as_deref().and_then(address::name) {
            project.name = name;
        }
        // A folder of data alone is `shop.git`.
        if let Some(name) = project
            .name
            .strip_suffix(".git")
            .filter(|name| !name.is_empty())
        {
            project.name = name.to_owned();
        }
        project
    }
}

/// What all spellings of a place have in common; `None` for what names no place.
pub(crate) fn place_key(text: &str) -> Option<String> {
    address::key(text)
}

/// A path without a scheme, with `/`.
pub(crate) fn plain_path(text: &str) -> String {
    address::path(text)
}

/// What spellings of a path that begins nowhere have in common.
pub(crate) fn relative_key(path: &str) -> String {
    address::relative_key(path)
}

/// Whether two such paths are one; of Windows' paths one may have lost its letter case.
pub(crate) fn is_same_path(one: &str, other: &str) -> bool {
    one == other || one.to_lowercase() == other
}

/// What is left of a path's key once such a path is taken from its end.
pub(crate) fn strip_end<'k>(key: &'k str, path: &str) -> Option<&'k str> {
    key.strip_suffix(path)
        .or_else(|| key.strip_suffix(path.to_lowercase().as_str()))
}

/// The path of a file below a folder, if it lies there, however both are spelled.
pub(crate) fn below(file: &str, folder: &str) -> Option<String> {
    address::below(file, folder)
}

/// `/home/ada/x`, `/Users/ada/x` and `C:/Users/ada/x` as `~/x`: who it was says
/// nothing.
pub(crate) fn at_home(path: &str) -> Option<String> {
    let rest = match path.as_bytes().get(1) {
        Some(b':') => path.get(2..)?,
        _ => path,
    };
    if rest == "/root" || rest.starts_with("/root/") {
        return Some(format!("~{}", rest.get(5..)?));
    }
    let user = ["/home/", "/Users/", "/users/"]
        .iter()
        .find_map(|homes| rest.strip_prefix(homes))?;
    Some(match user.split_once('/') {
        Some((_, inside)) => format!("~/{inside}"),
        None => "~".to_owned(),
    })
}

/// What all spellings of a project's id have in common.
pub(crate) fn key(id: &str) -> String {
    let place = address::key(id);
    let key = place.or_else(|| Remote::key(id));
    key.unwrap_or_else(|| id.to_owned())
}

/// Whether it is the id of a remote, and neither of a place nor of a commit.
pub(crate) fn is_remote(id: &str) -> bool {
    !id.starts_with(COMMIT) && address::key(id).is_none() && Remote::key(id).is_some()
}

/// What people may call a project by its id alone.
pub(crate) fn name_in(id: &str) -> Option<String> {
    if id.starts_with(COMMIT) {
        return None;
    }
    address::name(id)
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
    fn every_spelling_of_a_remote_is_one_project_called_as_the_repository() {
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
                "app",
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
        check(
            Some(r"C:\git\app"),
            r"C:\work\app",
            "file:///c%3A/work/app",
            "app",
        );
        check(
            Some(""),
            "vscode-vfs://hub/o/r",
            "vscode-vfs://hub/o/r",
            "r",
        );
    }

    #[test]
    fn a_repository_that_a_web_editor_shows_is_the_one_that_others_clone() {
        check(
            None,
            "vscode-vfs://github/owner/app",
            "github.com/owner/app",
            "app",
        );
        check(
            None,
            "vscode-vfs://github%2B7b2276223a317d/owner/app/packages/ui",
            "github.com/owner/app",
            "app",
        );
    }

    #[test]
    fn no_folder_at_all_still_has_a_name() {
        check(None, "", "workspace", "workspace");
        check(None, "file:///", "file:///", "workspace");
        check(Some("https://example.org/o/r"), "", "example.org/o/r", "r");
    }

    #[test]
    fn ids_that_spell_one_project_have_one_key() {
        for (one, other) in [
            (r"C:\Users\joe\shop", "file:///c%3A/users/joe/shop"),
            ("file:///home/a/b(c)", "file:///home/a/b%28c%29"),
            ("github.com/Owner/App", "github.com/owner/app"),
            ("example.org/scm/o/a", "example.org/o/a"),
        ] {
            assert_eq!(key(one), key(other), "{one}");
        }
        for name in ["shop", "Shop", "team/shop", "commit:0123", ""] {
            assert_eq!(key(name), name);
        }
    }
}
