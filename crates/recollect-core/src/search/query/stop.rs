//! Words that tell memories apart from no other.

use super::{Form, Need, Term, has_word};

/// English words too common to tell memories apart, and those that only ask:
/// `what do we know about`, `please tell me`.
const STOP_WORDS: &[&str] = &[
    "a", "about", "an", "and", "any", "anything", "are", "as", "at", "be", "been", "but", "by",
    "can", "could", "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if",
    "in", "is", "it", "its", "know", "me", "my", "of", "on", "or", "our", "please", "remember",
    "should", "so", "tell", "than", "that", "the", "their", "them", "then", "there", "these",
    "they", "this", "those", "to", "us", "was", "we", "were", "what", "when", "where", "which",
    "who", "why", "will", "with", "would", "you", "your",
];

/// What shortens a word in speech: `what's`, `we've`, `didn't`.
const CONTRACTIONS: &[&str] = &["n't", "'s", "'re", "'ve", "'ll", "'d", "'m"];

/// Whether a term may be left out where another says what is wanted: a stop
/// word or signs only, neither asked for with `+` nor begun with a `*`.
pub(super) fn is_filler(term: &Term) -> bool {
    term.need == Need::Optional
        && (!has_word(&term.text) || (term.form == Form::Word && is_stop_word(&term.text)))
}

fn is_stop_word(text: &str) -> bool {
    let word = text.trim_matches(|c: char| !c.is_alphanumeric());
    // The longest is `wouldn't`, with an apostrophe of three bytes.
    if word.len() > 10 {
        return false;
    }
    let word = word.to_ascii_lowercase().replace('’', "'");
    let stem = CONTRACTIONS
        .iter()
        .find_map(|ending| word.strip_suffix(ending));
    STOP_WORDS.contains(&stem.unwrap_or(&word))
}
