//! What must never be stored: text between privacy tags, secrets, some files.
//!
//! The order is fixed: tags ([`strip`]), then the files that a memory names
//! ([`path`]), then secrets ([`redact`]; the rules are in [`secret`]), then what
//! else is looked at.
//! [`UserRules`] does all of it for every text of a draft.
//!
//! [`strip`] runs on every text before anything else sees it.
//! It removes the tags of [`TAGS`] together with what stands between them:
//!
//! * `private`: what its writer does not want kept;
//! * the others: what an assistant's host or a memory has injected, so that a
//!   recalled memory is not stored again.
//!
//! Where a text can be read in two ways, the reading that keeps less wins:
//!
//! | text | is |
//! | --- | --- |
//! | an opening tag without a closing one | private to the end of the text |
//! | a tag whose `>` or closing quote is missing | private to the end, or to the next `<` outside quotes, where the opened tag stays open |
//! | a closing tag without its `>` | removed, and closes nothing |
//! | a stray closing tag | removed, the text around it stays |
//! | a tag inside the same tag | counted, so the outer one ends where it should |
//! | another tag inside a dropped one | dropped with it; where the two overlap, up to where the later of them closes |
//! | `private` opened inside another tag and never closed | private to the end of the text |
//! | `<private/>` | an empty element: removed, opens nothing |
//! | `<private / >`, `<private a=b/>` | an opening tag |
//! | `if (a <private && b)` | an opening tag: whatever follows the name and cannot be part of one |
//! | `Vec<private::Key>`, `template<private T>`, `i<private.length` | text, if no closing tag belongs to it: a name directly before the `<`, and in it no attribute with a value |
//! | `<privateer>`, `<private-key>`, `<private_x>` | other tags, kept |
//! | `<priv` at the end of the text | text; `<private` there is a tag |
//! | `<pri<private>x</private>vate>` | a tag: what a removal joins is read again |
//!
//! Letters match in any case, white space may stand on either side of the `<`,
//! the `/` and the name, and a tag may be spelled with escapes, wholly or in
//! part, at any depth of escaping: `\u003c`, `\x3c`, `\/` as in JSON and
//! programs, `&lt;`, `&#60;`, `&#x3c;` as in HTML, `%3C` as in URLs.
//! Full-width forms count as the ASCII characters they stand for, and invisible
//! characters inside a name as nothing.
//!
//! The text is read once, from left to right, in time and space linear in its
//! length, whatever it holds. What is left holds no tag: stripping it again
//! changes nothing.

mod escape;
mod outline;
pub mod path;
mod rules;
mod scan;
pub mod secret;
mod tag;
mod watch;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::clean;

pub use rules::{MAX_PATTERN_BYTES, MAX_PATTERNS, UserRules};
pub use secret::{Redacted, redact};
pub use tag::TAGS;

/// What [`strip`] leaves of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stripped<'a> {
    /// The text without tags and without what they enclosed; borrowed when
    /// there was nothing to remove.
    pub text: Cow<'a, str>,
    /// Whether anything was removed, were it only a stray tag.
    pub had_private: bool,
}

impl Stripped<'_> {
    /// Whether something was private and nothing but white space is left.
    ///
    /// Such a text is not stored, not even the fact that it was there.
    pub fn is_private_as_a_whole(&self) -> bool {
        self.had_private && self.text.trim().is_empty()
    }
}

/// Removes privacy tags and what they enclose; see the module for the rules.
///
/// ```
/// use recollect_core::intake::privacy::strip;
///
/// assert_eq!(strip("key: <private>hunter2</private>.").text, "key: .");
/// assert_eq!(strip("never closed: <Private>hunter2").text, "never closed: ");
/// assert!(strip("<private>all of it</private>\n").is_private_as_a_whole());
/// ```
pub fn strip(text: &str) -> Stripped<'_> {
    scan::strip(text)
}

/// Removes what is hidden in a text or acts on a terminal, then privacy tags: the colours
/// that a search puts into a tag do not hide it.
///
/// ```
/// use recollect_core::intake::privacy::clean_and_strip;
///
/// let found = "a <\u{1b}[31mprivate\u{1b}[m>x</\u{1b}[31mprivate\u{1b}[m> b";
/// assert_eq!(clean_and_strip(found).text, "a  b");
/// ```
pub fn clean_and_strip(text: &str) -> Stripped<'_> {
    // A tag that a terminal would not show counts all the same.
    match clean::cleaned(text, &mut |content| strip(content).had_private) {
        Cow::Borrowed(text) => strip(text),
        Cow::Owned(text) => {
            let Stripped { text, had_private } = strip(&text);
            Stripped {
                text: Cow::Owned(text.into_owned()),
                had_private,
            }
        }
    }
}

/// As [`clean_and_strip`], where the text stands; says whether anything private was
/// removed.
pub fn strip_in_place(text: &mut String) -> bool {
    let Stripped {
        text: kept,
        had_private,
    } = clean_and_strip(text);
    if let Cow::Owned(kept) = kept {
        *text = kept;
    }
    had_private
}

/// Whether something is private in a line of JSON, read as a text and by its strings.
pub(crate) fn has_private_text(json: &str) -> bool {
    // Only an escape of JSON can hide what acts on a terminal from the text.
    strip(json).had_private
        || json.contains("\\u")
            && serde_json::from_str(json).is_ok_and(|mut value| strip_json(&mut value))
}

/// Strips every string and every key of a JSON value, and says whether
/// anything was removed.
///
/// Each string is a text of its own: a tag left open in one ends with it.
/// An entry whose key is private as a whole goes with its value.
/// Where keys become equal, one that was not changed wins, else the first.
pub fn strip_json(value: &mut Value) -> bool {
    let mut had_private = false;
    // A list of what is left to do instead of recursion: the depth of a value
    // must not be able to exhaust the stack.
    let mut waiting = vec![value];
    while let Some(value) = waiting.pop() {
        match value {
            Value::String(text) => had_private |= strip_in_place(text),
            Value::Array(items) => waiting.extend(items),
            Value::Object(entries) => {
                had_private |= strip_keys(entries);
                waiting.extend(entries.values_mut());
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
    had_private
}

/// Redacts a value that is a secret because of its name.
pub(crate) fn redact_named(name: &str, value: &mut String) {
    if secret::is_named_secret(name, value) {
        "[redacted:secret]".clone_into(value);
    }
}

/// What something is known by, as records have it: every spelling of it that is cleaned to the
/// same is the same.
pub(crate) fn key_of(text: &str) -> String {
    crate::clean::clean_key(&clean_and_strip(text).text)
}

/// Redacts the values of a JSON object that are secrets because of their keys;
/// a key names all that it holds.
pub(crate) fn redact_entries(entries: &mut Map<String, Value>) {
    let mut waiting: Vec<(String, &mut Value)> = entries
        .iter_mut()
        .map(|(key, value)| (key.clone(), value))
        .collect();
    while let Some((name, value)) = waiting.pop() {
        match value {
            Value::String(text) => redact_named(&name, text),
            Value::Array(items) => {
                waiting.extend(items.iter_mut().map(|item| (name.clone(), item)));
            }
            Value::Object(entries) => {
                waiting.extend(entries.iter_mut().map(|(key, value)| (key.clone(), value)));
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }
}

fn strip_keys(entries: &mut Map<String, Value>) -> bool {
    if !entries.keys().any(|key| clean_and_strip(key).had_private) {
        return false;
    }
    let mut renamed = Vec::new();
    for (key, value) in std::mem::take(entries) {
        let stripped = clean_and_strip(&key);
        if stripped.is_private_as_a_whole() {
            continue;
        }
        if stripped.had_private {
            renamed.push((stripped.text.into_owned(), value));
        } else {
            entries.insert(key, value);
        }
    }
    for (key, value) in renamed {
        entries.entry(key).or_insert(value);
    }
    true
}
