//! What the name of a value says of it.

use super::letters::is_one_of;
use super::terms::{
    IN_ABOUT, IN_CHOSEN, IN_DRAWN, IN_ERRORS, IN_KNOWN, IN_OF, IN_SERVICES, Kinds, PASS_OF, kinds,
};

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
    if is_one_of(last, &["code", "number"]) && is_one_of(before, &["pin", "pass"])
        || is_one_of(last, &["pin", "pincode"])
    {
        return Some(Promise::Pin);
    }
    let mut in_lists = [Kinds::default(); MAX_WORDS];
    for (at, word) in words.iter().enumerate() {
        in_lists[at] = kinds(word);
    }
    let in_lists = &in_lists[..count];
    if in_lists[count - 1].has & IN_ABOUT != 0
        || in_lists.iter().any(|word| word.has & IN_KNOWN != 0)
        || in_lists[0].has & IN_ERRORS != 0
    {
        return None;
    }
    // What a person chose for a network: `Wi-Fi key`, `pre-shared key`.
    if is_one_of(last, &["key"])
        && is_one_of(
            before,
            &[
                "wifi",
                "fi",
                "wlan",
                "wpa",
                "wep",
                "shared",
                "preshared",
                "pragma",
            ],
        )
    {
        return Some(Promise::Password);
    }
    let ends_in = |list| in_lists.iter().any(|word| word.has_end & list != 0);
    if ends_in(IN_CHOSEN) {
        return Some(Promise::Password);
    }
    if ends_in(IN_DRAWN) || is_one_of(last, &["auth", "cred", "creds"]) {
        return Some(Promise::Key);
    }
    let is_pass = ["pass", "pw"].iter().any(|end| {
        let from = last.len().checked_sub(end.len());
        from.and_then(|from| last.split_at_checked(from))
            .is_some_and(|(of, tail)| tail.eq_ignore_ascii_case(end) && is_one_of(of, PASS_OF))
    });
    if is_pass {
        return Some(Promise::Pass);
    }
    let is_key = |word: &str| is_one_of(word, &["key", "keys"]);
    if (1..count).any(|at| in_lists[at - 1].has & IN_OF != 0 && is_key(words[at])) {
        return Some(Promise::Key);
    }
    if is_key(last) && in_lists.iter().any(|word| word.has & IN_SERVICES != 0) {
        return Some(Promise::Key);
    }
    (words.len() == 1 && is_key(last)).then_some(Promise::Perhaps)
}

/// Whether a word tells of something that a secret has, as its policy.
pub(super) fn is_about(word: &str) -> bool {
    kinds(word).has & IN_ABOUT != 0
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
