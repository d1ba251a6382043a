//! Addresses of folders and files: one spelling of each, whoever wrote it.

use unicode_normalization::UnicodeNormalization;

/// A folder's or a file's address, taken apart.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Address {
    /// Such as `file` or `vscode-remote`; empty for a path that begins nowhere.
    scheme: String,
    /// The machine, or empty for this one.
    authority: String,
    /// With `/` between its names and none at its end; a drive is `/c:`.
    path: String,
}

/// The URI of a folder that a path or a URI names, as an editor spells it. What is
/// neither, such as a name, stays as it is.
pub(super) fn uri(text: &str) -> String {
    match Address::parse(text) {
        Some(address) => address.uri(),
        None => text.trim().trim_end_matches(['/', '\\']).to_owned(),
    }
}

/// What all spellings of one place have in common; `None` for what names no place.
pub(super) fn key(text: &str) -> Option<String> {
    Some(Address::parse(text)?.key())
}

/// The path of an address, with `/`, as the system of the machine has it.
pub(super) fn path(text: &str) -> String {
    let Some(address) = Address::parse(text) else {
        return text.replace('\\', "/");
    };
    match address.path.strip_prefix('/') {
        Some(path) if is_drive(path) => path.to_owned(),
        _ => address.path,
    }
}

/// What spellings of a path that begins nowhere have in common.
pub(super) fn relative_key(path: &str) -> String {
    let slashed = path.trim().replace('\\', "/");
    plain_relative(&slashed).nfc().collect()
}

/// The path of a file below a folder, if it lies there.
pub(super) fn below(file: &str, folder: &str) -> Option<String> {
    let (file, folder) = (Address::parse(file)?, Address::parse(folder)?);
    let rest = file.key();
    let rest = rest.strip_prefix(folder.key().trim_end_matches('/'))?;
    let names = rest.strip_prefix('/')?.split('/').count();
    // The key may have lost the letter case.
    let mut ends: Vec<&str> = file.path.rsplit('/').take(names).collect();
    ends.reverse();
    Some(ends.join("/").nfc().collect())
}

/// The last name of an address, as people read it.
pub(super) fn name(text: &str) -> Option<String> {
    let Some(address) = Address::parse(text) else {
        let names = text.rsplit(['/', '\\']);
        return names
            .map(str::trim)
            .find(|name| !name.is_empty())
            .map(str::to_owned);
    };
    let name = address.path.rsplit('/').find(|name| !name.is_empty())?;
    let is_drive = name.len() == 2 && name.ends_with(':');
    Some(if is_drive {
        name.to_uppercase()
    } else {
        name.nfc().collect()
    })
}

impl Address {
    fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if let Some((scheme, rest)) = text.split_once("://")
            && is_scheme(scheme)
        {
            let scheme = scheme.to_ascii_lowercase();
            let (authority, path) = match rest.find('/') {
                Some(at) => rest.split_at(at),
                None => (rest, ""),
            };
            let authority = decoded(authority);
            let path = decoded(path);
            return Some(match scheme.as_str() {
                "file" => Self::of_file(&authority, &path),
                _ => Self {
                    path: plain(&path),
                    scheme,
                    authority,
                },
            });
        }
        let slashed = text.replace('\\', "/");
        let is_drive = is_drive(&slashed);
        if let Some(rest) = slashed.strip_prefix("//") {
            return Some(Self::of_share(rest));
        }
        if slashed.starts_with('/') || is_drive {
            return Some(Self::of_file("", &slashed));
        }
        if slashed == "~" || slashed.starts_with("~/") {
            return Some(Self {
                scheme: String::new(),
                authority: String::new(),
                path: plain_relative(&slashed),
            });
        }
        None
    }

    /// What follows `//`: a machine and its path, or a longer way to write a drive.
    fn of_share(rest: &str) -> Self {
        if let Some(rest) = rest.strip_prefix("?/").or_else(|| rest.strip_prefix("./")) {
            if let Some(head) = rest.get(..4)
                && head.eq_ignore_ascii_case("UNC/")
            {
                return Self::of_share(rest.get(4..).unwrap_or_default());
            }
            return Self::of_file("", rest);
        }
        let (machine, path) = rest.split_once('/').unwrap_or((rest, ""));
        Self::of_file(machine, path)
    }

    fn of_file(machine: &str, path: &str) -> Self {
        let machine = machine.to_lowercase();
        let slashed = path.replace('\\', "/");
        if machine.is_empty() && slashed.starts_with("//") {
            return Self::of_share(slashed.trim_start_matches('/'));
        }
        let authority = match machine.as_str() {
            "localhost" | "127.0.0.1" | "." => String::new(),
            "wsl.localhost" => "wsl$".to_owned(),
            _ => machine,
        };
        let slashed = slashed.strip_prefix('/').unwrap_or(&slashed);
        let mut path = plain(slashed);
        if let Some(drive) = path.get(1..2).filter(|_| is_drive(slashed)) {
            path.replace_range(1..2, &drive.to_ascii_lowercase());
        }
        Self {
            scheme: "file".to_owned(),
            authority,
            path,
        }
    }

    /// The same place as its own machine has it: a folder of WSL by its share, and by its
    /// drive what WSL, Git Bash and Cygwin show of one.
    fn at_home(&self) -> Self {
        let authority = self.authority.to_lowercase();
        let mut place = Self {
            scheme: self.scheme.clone(),
            authority,
            path: self.path.nfc().collect(),
        };
        if let Some(system) = place.authority.strip_prefix("wsl+")
            && place.scheme == "vscode-remote"
        {
            place.path = ["/", system, &place.path].concat();
            "wsl$".clone_into(&mut place.authority);
            "file".clone_into(&mut place.scheme);
        }
        let names = place.path.trim_start_matches('/');
        let (system, below) = match place.authority.as_str() {
            "wsl$" => names.split_once('/').unwrap_or((names, "")),
            _ => ("", names),
        };
        let is_near = place.scheme == "file" && (place.authority.is_empty() || !system.is_empty());
        if let Some(on_drive) = shown_drive(below).filter(|_| is_near) {
            (place.authority, place.path) = (String::new(), on_drive);
        } else if !system.is_empty() {
            place.path = plain(&[&system.to_lowercase(), "/", below].concat());
        }
        place
    }

    fn key(&self) -> String {
        let Self {
            scheme,
            authority,
            mut path,
        } = self.at_home();
        // These are links on every machine that has them.
        for folder in ["/var/", "/tmp/", "/etc/"] {
            if let Some(rest) = path.strip_prefix("/private")
                && format!("{rest}/").starts_with(folder)
            {
                path = rest.to_owned();
                break;
            }
        }
        // A share of a Windows machine, or a drive. The shares of WSL are Linux's.
        let is_share = !authority.is_empty() && authority != "wsl$";
        if scheme == "file" && (is_share || is_drive(path.get(1..).unwrap_or_default())) {
            path = path.to_lowercase();
        }
        [&scheme, "://", &authority, &path].concat()
    }

    fn uri(&self) -> String {
        if self.scheme.is_empty() {
            return self.path.clone();
        }
        let mut uri = [&self.scheme, "://"].concat();
        encode(&self.authority, &mut uri);
        if self.path.is_empty() && self.authority.is_empty() {
            uri.push('/');
        }
        encode(&self.path, &mut uri);
        uri
    }
}

fn is_scheme(scheme: &str) -> bool {
    scheme.len() > 1
        && scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme
            .bytes()
            .all(|byte| byte.is_ascii_alphanumeric() || b"+.-".contains(&byte))
}

/// Whether a path with slashes begins with a drive.
pub(crate) fn is_drive(path: &str) -> bool {
    match path.as_bytes() {
        [letter, b':'] | [letter, b':', b'/', ..] => letter.is_ascii_alphabetic(),
        _ => false,
    }
}

/// The path on its drive of what other systems show as `mnt/c`, `cygdrive/c` or `c`.
fn shown_drive(names: &str) -> Option<String> {
    let rest = names
        .strip_prefix("mnt/")
        .or_else(|| names.strip_prefix("cygdrive/"))
        .unwrap_or(names);
    let (drive, below) = rest.split_once('/').unwrap_or((rest, ""));
    let is_letter = drive.len() == 1 && drive.starts_with(|c: char| c.is_ascii_alphabetic());
    is_letter.then(|| plain(&[drive, ":/", below].concat()))
}

/// A `/` before each name, and neither `.` nor `..` among them.
fn plain(path: &str) -> String {
    let names = plain_relative(path);
    match names.as_str() {
        "" => names,
        _ => ["/", &names].concat(),
    }
}

fn plain_relative(path: &str) -> String {
    let mut names: Vec<&str> = Vec::new();
    for name in path.split('/') {
        match name {
            "" | "." => {}
            ".." => {
                names.pop();
            }
            name => names.push(name),
        }
    }
    names.join("/")
}

/// Encodes what the editor encodes.
fn encode(text: &str, uri: &mut String) {
    const HEX: [char; 16] = [
        '0', '1', '2', '3', '4', '5', '6', '7', '8', '9', 'A', 'B', 'C', 'D', 'E', 'F',
    ];
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let (high, low) = (usize::from(byte >> 4), usize::from(byte & 15));
            uri.extend(['%', HEX[high], HEX[low]]);
        }
    }
}

/// Percent-decoding; what is not valid stays as written.
pub(crate) fn decoded(text: &str) -> String {
    let mut bytes = Vec::with_capacity(text.len());
    let mut rest = text.as_bytes();
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
    String::from_utf8(bytes).unwrap_or_else(|_| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn one(id: &str, spellings: &[&str]) {
        let keys: Vec<_> = spellings.iter().map(|text| key(text)).collect();
        for (spelling, found) in spellings.iter().zip(&keys) {
            assert!(found.is_some(), "{spelling}");
            assert_eq!(found, &keys[0], "{spelling}");
            assert_eq!(key(&uri(spelling)), keys[0], "{spelling}");
        }
        assert_eq!(uri(spellings[0]), id);
    }

    #[test]
    fn spellings_of_one_place_have_one_key() {
        one(
            "file:///c%3A/Users/joe/shop",
            &[
                r"C:\Users\joe\shop",
                r"c:\Users\joe\shop",
                r"c:\users\JOE\Shop\",
                "C:/Users/joe/shop/",
                "c:/Users//joe/./shop",
                "c:/Users/joe/x/../shop",
                "/c:/Users/joe/shop",
                "file:///c%3A/Users/joe/shop",
                "file:///C:/Users/joe/shop/",
                "FILE:///c:/Users/joe/shop",
                "file://localhost/c:/Users/joe/shop",
                r"\\?\C:\Users\joe\shop",
                r"\\.\c:\Users\joe\shop",
                r"file:///c:\Users\joe\shop",
                "/c/Users/joe/shop",
                "/cygdrive/c/Users/joe/shop",
                "/mnt/c/Users/joe/shop",
                "vscode-remote://wsl+Ubuntu/mnt/c/Users/joe/shop",
                r"\\wsl$\Ubuntu\mnt\c\Users\joe\shop",
            ],
        );
        one(
            "file://nas01/team/shop",
            &[
                r"\\nas01\team\shop",
                r"\\NAS01\Team\shop\",
                "//nas01/team/shop",
                "file://nas01/team/shop/",
                "file:////nas01/team/shop",
                r"\\?\UNC\nas01\team\shop",
            ],
        );
        one(
            "file:///home/joe/my%20shop%20%28a%29",
            &[
                "/home/joe/my shop (a)",
                "/home/joe/my shop (a)/",
                "//localhost/home/joe/my shop (a)",
                "file:///home/joe/my%20shop%20(a)",
                "file:///home/joe/my%20shop%20%28a%29/",
            ],
        );
        one(
            "file:///private/var/folders/x/shop",
            &["/private/var/folders/x/shop", "/var/folders/x/shop"],
        );
        one("file:///tmp", &["/tmp", "/private/tmp/"]);
        one(
            "file:///Users/j/Caf%C3%A9",
            &[
                "/Users/j/Caf\u{e9}",
                "/Users/j/Cafe\u{301}",
                "file:///Users/j/Cafe%CC%81",
            ],
        );
        one("~/shop", &["~/shop", "~/shop/", r"~\shop", "~/./shop"]);
        one(
            "file://wsl%24/Ubuntu/home/joe",
            &[
                r"\\wsl$\Ubuntu\home\joe",
                r"\\wsl.localhost\Ubuntu\home\joe",
                r"\\wsl.localhost\ubuntu\home\joe",
                "vscode-remote://wsl+Ubuntu/home/joe/",
                "vscode-remote://wsl%2Bubuntu/home/joe",
            ],
        );
        one(
            "vscode-remote://ssh-remote%2Bhost/home/joe/shop",
            &[
                "vscode-remote://ssh-remote+host/home/joe/shop",
                "vscode-remote://ssh-remote%2Bhost/home/joe/shop/",
            ],
        );
        one("file:///", &["/", "file:///"]);
    }

    #[test]
    fn places_that_differ_have_different_keys() {
        let places = [
            "/home/joe/shop",
            "/home/joe/Shop",
            "/home/joe/shop2",
            "/home/ann/shop",
            "~/shop",
            r"C:\home\joe\shop",
            r"D:\home\joe\shop",
            r"\\home\joe\shop",
            "vscode-remote://ssh-remote+host/home/joe/shop",
            "vscode-remote://ssh-remote+other/home/joe/shop",
            "/private/home/joe/shop",
            "vscode-remote://wsl+Ubuntu/home/joe/shop",
            "vscode-remote://wsl+Ubuntu/home/joe/Shop",
            "vscode-remote://wsl+Debian/home/joe/shop",
            "/mnt/disk/joe/shop",
            "/d/shop",
            "/e/shop",
            "/",
        ];
        let keys: std::collections::HashSet<_> = places.iter().map(|text| key(text)).collect();
        assert_eq!(keys.len(), places.len(), "{keys:?}");
    }

    #[test]
    fn a_name_is_no_place() {
        for text in [
            "",
            "shop",
            "team/shop",
            "user",
            "commit:0123",
            "a:b",
            "http:",
            "~joe",
        ] {
            assert_eq!(key(text), None, "{text}");
        }
    }

    #[test]
    fn an_address_is_called_by_its_last_name() {
        for (text, expected) in [
            ("file:///a/my%20app/", Some("my app")),
            (r"C:\work\app", Some("app")),
            ("C:\\", Some("C:")),
            (r"\\nas01\team\shop", Some("shop")),
            ("~/shop", Some("shop")),
            ("/", None),
            ("file:///", None),
            ("", None),
            ("shop", Some("shop")),
        ] {
            assert_eq!(name(text).as_deref(), expected, "{text}");
        }
    }
}
