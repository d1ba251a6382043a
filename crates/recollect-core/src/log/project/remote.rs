//! Addresses of git remotes: of all that people write, the machine and the path on it.

/// A remote as it names a repository wherever it is cloned.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Remote {
    /// `host/path`, the path as it was written.
    pub(crate) id: String,
    /// The last part of the path.
    pub(crate) name: String,
}

/// Hosts where `Owner/App` and `owner/app` are one repository.
const CASELESS: [&str; 8] = [
    "github.com",
    "gitlab.com",
    "bitbucket.org",
    "codeberg.org",
    "gitea.com",
    "dev.azure.com",
    "git.sr.ht",
    "gitee.com",
];

/// Names that the same machine has for another protocol.
const SAME_HOST: [(&str, &str); 8] = [
    ("ssh.github.com", "github.com"),
    ("www.github.com", "github.com"),
    ("altssh.gitlab.com", "gitlab.com"),
    ("www.gitlab.com", "gitlab.com"),
    ("altssh.bitbucket.org", "bitbucket.org"),
    ("www.bitbucket.org", "bitbucket.org"),
    ("ssh.dev.azure.com", "dev.azure.com"),
    ("vs-ssh.visualstudio.com", "dev.azure.com"),
];

impl Remote {
    /// What a remote's address names, or `None` for one that names no other machine:
    /// a path on this one would differ from clone to clone.
    pub(crate) fn parse(address: &str) -> Option<Self> {
        let address = address.trim();
        let (authority, path) = match address.split_once("://") {
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("file") => return None,
            Some((_, rest)) => rest.split_once('/')?,
            None => scp(address)?,
        };
        let host = authority.rsplit('@').next().unwrap_or(authority);
        let host = match host.strip_prefix('[') {
            Some(literal) => literal.split(']').next().unwrap_or(literal),
            None => host.split(':').next().unwrap_or(host),
        };
        let host = host.trim_end_matches('.').to_lowercase();
        let path = path.split(['?', '#']).next().unwrap_or(path);
        Self::of(&host, &super::address::decoded(path))
    }

    fn of(host: &str, path: &str) -> Option<Self> {
        let mut host = plain_host(host);
        let mut parts: Vec<&str> = path
            .split(['/', '\\'])
            .filter(|part| !part.is_empty() && *part != ".")
            .collect();
        // `…/app/.git` is what `…/app` keeps its data in.
        if parts.last() == Some(&".git") {
            parts.pop();
        }
        let last = parts.pop()?;
        parts.push(last.strip_suffix(".git").unwrap_or(last));
        let owner = host.strip_suffix(".visualstudio.com").map(str::to_owned);
        if let Some(owner) = &owner {
            parts.retain(|part| !part.eq_ignore_ascii_case("DefaultCollection"));
            parts.insert(0, owner);
            "dev.azure.com".clone_into(&mut host);
        }
        if host == "dev.azure.com" {
            // `v3/owner/project/app` by one protocol, `owner/project/_git/app` by another, where
            // a project that is called as the repository may be left out.
            if let [_, git, app] = parts[..]
                && git == "_git"
            {
                parts[1] = app;
            }
            parts.retain(|part| !matches!(*part, "_git" | "v3"));
        } else if parts.len() > 2 && parts[0] == "scm" {
            // Where Bitbucket runs on a machine of one's own, `https` has it and `ssh` has not.
            parts.remove(0);
        }
        let name = (*parts.last()?).to_owned();
        if host.is_empty() || name.is_empty() {
            return None;
        }
        Some(Self {
            id: format!("{host}/{}", parts.join("/")),
            name,
        })
    }

    /// What two spellings of an id have in common; `None` for what is no remote.
    pub(crate) fn key(id: &str) -> Option<String> {
        let (host, path) = id.split_once('/')?;
        if !host.contains('.') || host.contains([':', '\\', '~', ' ']) || host.starts_with('.') {
            return None;
        }
        let id = Self::of(&host.to_lowercase(), path)?.id;
        let is_caseless = CASELESS.iter().any(|known| {
            id.strip_prefix(known)
                .is_some_and(|rest| rest.starts_with('/'))
        });
        Some(if is_caseless { id.to_lowercase() } else { id })
    }
}

/// `host:path` as ssh and git read it.
fn scp(mut address: &str) -> Option<(&str, &str)> {
    // Looked for again only behind one that was found, so that no part is read twice.
    let mut literal_end = address.find("]:");
    let (authority, path) = loop {
        let (authority, path) = match literal_end {
            Some(end) => (&address[..=end], &address[end + 2..]),
            None => address.split_once(':')?,
        };
        // Nobody's password: `me:secret@host:path` is none of git's forms.
        match path.split_once('@') {
            Some((_, rest)) if rest.contains(':') => {
                literal_end = literal_end.and_then(|_| rest.find("]:"));
                address = rest;
            }
            _ => break (authority, path),
        }
    };
    // `C:\repo` and `./a:b` are paths, and `codecommit::region://app` has another form.
    let is_path = authority.len() < 2 || authority.contains(['/', '\\']) || path.starts_with(':');
    (!is_path).then_some((authority, path))
}

fn plain_host(host: &str) -> String {
    for (other, known) in SAME_HOST {
        if host == other {
            return known.to_owned();
        }
    }
    // `github.com-work` is a name of somebody's ssh configuration, for a second account.
    for known in CASELESS {
        if host
            .strip_prefix(known)
            .is_some_and(|rest| rest.starts_with('-'))
        {
            return known.to_owned();
        }
    }
    host.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(id: &str, addresses: &[&str]) {
        for address in addresses {
            let remote = Remote::parse(address);
            let key = remote.and_then(|remote| Remote::key(&remote.id));
            assert_eq!(key.as_deref(), Some(id), "{address}");
        }
    }

    #[test]
    fn every_way_to_one_repository_is_one_remote() {
        check(
            "example.org/owner/app",
            &[
                "https://example.org/owner/app",
                "http://example.org/owner/app.git",
                "https://example.org/owner/app/",
                "https://example.org//owner//app.git/",
                "https://user:secret@example.org/owner/app.git/",
                "https://example.org:8443/owner/app",
                "ssh://git@EXAMPLE.org:22/owner/app.git",
                "ssh://git@example.org./owner/app/.git",
                "git+ssh://git@example.org/owner/app.git",
                "git@example.org:owner/app.git",
                "git@example.org:/owner/app.git",
                "example.org:owner/app",
                "git://example.org/owner/app#main",
                "  https://example.org/owner/app?x=1  ",
                "https://example.org/scm/owner/app.git",
                "https://example.org/owner/%61pp",
            ],
        );
    }

    #[test]
    fn logins_in_a_row_take_neither_a_call_each_nor_the_square_of_their_number() {
        for login in ["me:x@", "[::1]:x@", "a:b1c2d3@"] {
            let address = format!("{}example.org:owner/app", login.repeat(200_000));
            let remote = Remote::parse(&address);
            assert_eq!(
                remote.map(|remote| remote.id),
                Some("example.org/owner/app".to_owned())
            );
        }
    }

    #[test]
    fn hosts_with_several_names_and_no_letter_case_are_one() {
        check(
            "github.com/owner/app",
            &[
                "git@github.com:Owner/App.git",
                "https://github.com/owner/app",
                "https://www.github.com/owner/APP/",
                "ssh://git@ssh.github.com:443/owner/app.git",
                "git@github.com-work:owner/app.git",
            ],
        );
        check(
            "dev.azure.com/owner/project/app",
            &[
                "https://owner@dev.azure.com/owner/project/_git/app",
                "git@ssh.dev.azure.com:v3/owner/project/app",
                "https://owner.visualstudio.com/DefaultCollection/project/_git/app",
                "https://owner.visualstudio.com/project/_git/app",
                "owner@vs-ssh.visualstudio.com:v3/owner/project/app",
            ],
        );
        check(
            "dev.azure.com/owner/app/app",
            &[
                "https://dev.azure.com/owner/_git/app",
                "https://dev.azure.com/owner/app/_git/app",
                "https://owner.visualstudio.com/_git/app",
                "git@ssh.dev.azure.com:v3/owner/app/app",
            ],
        );
        check("::1/owner/app", &[]);
        let literal = Remote::parse("ssh://git@[2001:db8::1]:22/owner/app.git");
        let scp = Remote::parse("git@[2001:db8::1]:owner/app.git");
        assert_eq!(
            literal.as_ref().map(|remote| remote.id.as_str()),
            Some("2001:db8::1/owner/app")
        );
        assert_eq!(literal, scp);
    }

    #[test]
    fn a_path_and_half_an_address_are_no_remote() {
        for address in [
            "",
            " ",
            "/srv/git/app.git",
            "../app",
            "./a:b",
            "C:\\git\\app",
            "C:/git/app",
            "\\\\nas\\git\\app",
            "file:///srv/app",
            "FILE:///srv/app",
            "https://example.org",
            "https://example.org/",
            "https://example.org/.git",
            "https:///owner/app",
            "git@example.org:",
            "codecommit::eu-west-1://app",
        ] {
            assert_eq!(Remote::parse(address), None, "{address}");
        }
    }

    #[test]
    fn repositories_that_differ_have_different_keys() {
        let keys = [
            "https://example.org/owner/app",
            "https://example.org/owner/App",
            "https://example.org/other/app",
            "https://example.org/owner/app/sub",
            "https://example.com/owner/app",
            "https://owner.example.org/app",
            "https://github.com/owner/app",
        ]
        .map(|address| Remote::parse(address).and_then(|remote| Remote::key(&remote.id)));
        let distinct: std::collections::HashSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len(), "{keys:?}");
    }

    #[test]
    fn credentials_are_never_part_of_it() {
        for address in [
            "https://me:hunter2@example.org/a/b",
            "https://me:hunter2@x@example.org/a/b",
            "ssh://me:hunter2@example.org:22/a/b",
            "me:hunter2@example.org:a/b",
        ] {
            let shown = format!("{:?}", Remote::parse(address));
            assert!(!shown.contains("hunter2"), "{shown}");
        }
    }
}
