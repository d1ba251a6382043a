//! Which file: paths, names of files and folders that memories know, and the file at hand.

use super::words::Words;
use crate::index::catalog::Catalog;
use crate::order;

/// Files that a question names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Files {
    /// Keys of the paths in the catalogue.
    pub(super) keys: Vec<String>,
    /// The words that name them.
    pub(super) told: String,
}

/// Words behind which, or before which, a bare word is a folder or a file.
const PLACES: [&str; 8] = [
    "file",
    "files",
    "folder",
    "folders",
    "directory",
    "dir",
    "module",
    "package",
];

/// Most words of a question that are looked for among the paths.
const MAX_LOOKED_FOR: usize = 16;

/// Words for the file at hand.
const AT_HAND: [&str; 12] = [
    "this file",
    "the current file",
    "current file",
    "the open file",
    "the active file",
    "this function",
    "this method",
    "this class",
    "the selection",
    "this line",
    "this code",
    "here",
];

/// Takes the files that a question names; `at_hand` is the path of the one that is open.
pub(super) fn take(
    words: &mut Words<'_>,
    catalog: &Catalog,
    at_hand: Option<&str>,
) -> Option<Files> {
    let mut files = Files::default();
    let mut looked_for = 0;
    for number in 0..words.list.len() {
        let Some(word) = words.free(number) else {
            continue;
        };
        let told = without_line(word.text);
        let neighbours = [words.before(number), words.lower(number + 1)];
        let is_touched = is_touched(words, number);
        let is_place = is_touched || neighbours.iter().any(|word| PLACES.contains(word));
        let is_name = is_known_name(told);
        if !(looks_like_path(told) || is_place || is_name) {
            continue;
        }
        // Each is compared with all paths, and nobody asks about more.
        looked_for += 1;
        if looked_for > MAX_LOOKED_FOR {
            break;
        }
        let mut found = catalog.named(told, is_place || told.contains('/'));
        if found.is_empty() && (is_name || is_touched) {
            found = catalog.named_without_ending(told);
        }
        if found.is_empty() {
            continue;
        }
        let told = told.to_owned();
        words.take(number, number + 1);
        for around in [number.wrapping_sub(1), number + 1] {
            if PLACES.contains(&words.lower(around)) {
                words.take(around, around + 1);
            }
        }
        if !files.told.is_empty() {
            files.told.push_str(", ");
        }
        files.told.push_str(&told);
        files.keys.extend(found);
    }
    if files.keys.is_empty()
        && let Some(path) = at_hand
        && let Some((from, to)) = at_hand_words(words)
    {
        let key = crate::log::project::relative_key(path);
        words.take(from, to);
        files.told = path.to_owned();
        files.keys.push(key);
    }
    order::sort(&mut files.keys, Ord::cmp);
    files.keys.dedup();
    (!files.keys.is_empty()).then_some(files)
}

/// Whether a word is what somebody touched: `who touched the router?`
fn is_touched(words: &Words<'_>, number: usize) -> bool {
    let back = 1 + usize::from(words.before(number) == "the");
    let verb = (number + 1)
        .checked_sub(back)
        .map_or("", |at| words.before(at));
    matches!(
        verb,
        "touched" | "touch" | "touches" | "edited" | "modified"
    )
}

fn at_hand_words(words: &Words<'_>) -> Option<(usize, usize)> {
    (0..words.list.len()).find_map(|from| {
        let phrase = AT_HAND.iter().find(|phrase| words.is_at(from, phrase))?;
        Some((from, from + phrase.split(' ').count()))
    })
}

/// `lib/app.js:12` and `lib/app.js:12:5` → `lib/app.js`.
fn without_line(text: &str) -> &str {
    let mut path = text;
    for _ in 0..2 {
        match path.rsplit_once(':') {
            Some((before, line))
                if !line.is_empty() && line.bytes().all(|byte| byte.is_ascii_digit()) =>
            {
                path = before;
            }
            _ => break,
        }
    }
    path.strip_prefix("./").unwrap_or(path)
}

/// Whether a text has the shape of a path or of a file's name: a slash between names, or an
/// ending of letters.
fn looks_like_path(text: &str) -> bool {
    if text.contains("://") || text.len() < 3 {
        return false;
    }
    if text.trim_matches('/').contains('/') || text.ends_with('/') || text.contains('\\') {
        return true;
    }
    let Some((name, ending)) = text.rsplit_once('.') else {
        return false;
    };
    // `.gitignore` is a name.
    let is_ending = (1..=10).contains(&ending.len())
        && ending.bytes().all(|byte| byte.is_ascii_alphanumeric())
        && ending.bytes().any(|byte| byte.is_ascii_alphabetic());
    is_ending
        && (name.is_empty() || name.ends_with(|c: char| c.is_alphanumeric() || "_-)]".contains(c)))
}

/// `Makefile`, `LICENSE`: files without an ending are told by their capitals.
fn is_known_name(text: &str) -> bool {
    const NAMES: [&str; 14] = [
        "Makefile",
        "Dockerfile",
        "LICENSE",
        "README",
        "CHANGELOG",
        "Gemfile",
        "Rakefile",
        "Procfile",
        "Vagrantfile",
        "Jenkinsfile",
        "CODEOWNERS",
        "NOTICE",
        "Justfile",
        "Brewfile",
    ];
    NAMES.contains(&text) || matches!(text, "readme" | "makefile" | "dockerfile")
}
