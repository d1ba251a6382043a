//! From what a person typed to an FTS5 expression.
//!
//! Every word is quoted, so no input can be an expression of its own or an
//! error. Words are alternatives: a question names more than its answer says,
//! and BM25 puts what matches most, and most rarely, first. Words that carry no
//! meaning in a question are dropped, unless nothing else is left.
//! `"a phrase"` is found as such, and `prefix*` finds words that begin so.

/// English words too common to tell memories apart.
const STOP_WORDS: &[&str] = &[
    "a", "about", "an", "and", "any", "are", "as", "at", "be", "been", "but", "by", "can", "could",
    "did", "do", "does", "for", "from", "had", "has", "have", "how", "i", "if", "in", "is", "it",
    "its", "me", "my", "of", "on", "or", "our", "should", "so", "than", "that", "the", "their",
    "them", "then", "there", "these", "they", "this", "those", "to", "us", "was", "we", "were",
    "what", "when", "where", "which", "who", "why", "will", "with", "would", "you", "your",
];

/// Most words of a query that are searched for; the rest of a long text adds
/// time and no precision.
const MAX_WORDS: usize = 64;

/// A search text, taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    terms: Vec<Term>,
    is_blank: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
struct Term {
    /// Lower-case words; more than one is a phrase.
    words: Vec<String>,
    is_prefix: bool,
}

impl Query {
    /// Takes `text` apart. `is_prefix` says that its last word is still being typed.
    #[must_use]
    pub fn parse(text: &str, is_prefix: bool) -> Self {
        let mut terms = Vec::new();
        // Quotes alternate between outside and inside of a phrase; one that is
        // never closed quotes nothing.
        let quotes = text.matches('"').count();
        for (position, part) in text.split('"').enumerate() {
            let is_phrase = position % 2 == 1 && position < quotes;
            if is_phrase {
                push_term(&mut terms, words_of(part), false);
                continue;
            }
            for chunk in part.split_whitespace() {
                let words = words_of(chunk);
                if words.len() > 1 {
                    for word in &words {
                        push_term(&mut terms, vec![word.clone()], false);
                    }
                }
                push_term(&mut terms, words, chunk.ends_with('*'));
            }
        }
        let is_open =
            is_prefix && !text.ends_with(|last: char| last.is_whitespace() || last == '"');
        if let Some(last) = terms.last_mut().filter(|_| is_open) {
            last.is_prefix = true;
        }
        let says_something = |term: &Term| {
            term.is_prefix || term.words.len() > 1 || !STOP_WORDS.contains(&term.words[0].as_str())
        };
        if terms.iter().any(says_something) {
            terms.retain(says_something);
        }
        terms.truncate(MAX_WORDS);
        Self {
            terms,
            is_blank: text.trim().is_empty(),
        }
    }

    /// Whether nothing was typed, so that everything matches.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.is_blank
    }

    /// Whether it holds no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.terms.is_empty()
    }

    /// The expression for FTS5's `MATCH`.
    pub(crate) fn to_fts5(&self) -> String {
        let terms: Vec<String> = self
            .terms
            .iter()
            .map(|term| {
                let star = if term.is_prefix { "*" } else { "" };
                format!("\"{}\"{star}", term.words.join(" "))
            })
            .collect();
        terms.join(" OR ")
    }

    /// The single words, for finding the place that a preview shows.
    pub(crate) fn words(&self) -> impl Iterator<Item = &str> {
        self.terms
            .iter()
            .flat_map(|term| &term.words)
            .map(String::as_str)
    }
}

fn push_term(terms: &mut Vec<Term>, words: Vec<String>, is_prefix: bool) {
    let term = Term { words, is_prefix };
    if !term.words.is_empty() && !terms.contains(&term) && terms.len() < MAX_WORDS * 4 {
        terms.push(term);
    }
}

/// Runs of letters and digits, as the tokenizer of the index cuts them.
fn words_of(text: &str) -> Vec<String> {
    text.split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .take(MAX_WORDS)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_prefix: bool, expression: &str) {
        assert_eq!(Query::parse(text, is_prefix).to_fts5(), expression);
    }

    #[test]
    fn a_question_becomes_its_meaningful_words() {
        check(
            "why did we drop the retry queue?",
            false,
            r#""drop" OR "retry" OR "queue""#,
        );
        check("what was that?", false, r#""what" OR "was" OR "that""#);
        check("", false, "");
        check("?!", false, "");
    }

    #[test]
    fn phrases_and_prefixes_are_kept() {
        check(
            r#""retry queue" cach*"#,
            false,
            r#""retry queue" OR "cach"*"#,
        );
        check(r#"an "open phrase"#, false, r#""open" OR "phrase""#);
        check("retry qu", true, r#""retry" OR "qu"*"#);
        check("retry qu ", true, r#""retry" OR "qu""#);
        check("the", true, r#""the"*"#);
    }

    #[test]
    fn paths_are_found_whole_and_by_their_parts() {
        check(
            "src/api.ts",
            false,
            r#""src" OR "api" OR "ts" OR "src api ts""#,
        );
    }

    #[test]
    fn no_input_is_an_expression_of_its_own() {
        check(
            "a OR b NOT c*d NEAR(x y)",
            false,
            r#""b" OR "not" OR "c" OR "d" OR "c d" OR "near" OR "x" OR "near x" OR "y""#,
        );
        check(
            "title : \"x\" ^y {z}",
            false,
            r#""title" OR "x" OR "y" OR "z""#,
        );
    }
}
