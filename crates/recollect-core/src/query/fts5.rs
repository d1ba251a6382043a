//! From a query to an FTS5 expression.
//!
//! Every word is quoted, so no input can be an expression of its own or an error.

use super::{Form, MAX_WORDS, Need, Query};

/// What one term searches for.
struct Part {
    /// Lower-case words; more than one is a phrase.
    words: Vec<String>,
    is_prefix: bool,
    need: Need,
}

impl Query {
    /// Whether it holds no word.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().iter().all(|part| part.need == Need::Excluded)
    }

    /// The expression for FTS5's `MATCH`: what is wanted as alternatives, what
    /// is required again, and what is left out.
    pub(crate) fn to_fts5(&self) -> String {
        let parts = self.parts();
        let mut expression = joined(&parts, |need| need != Need::Excluded);
        for part in parts.iter().filter(|part| part.need == Need::Required) {
            expression = format!("({expression}) AND {}", part.to_fts5());
        }
        let excluded = joined(&parts, |need| need == Need::Excluded);
        if !excluded.is_empty() {
            expression = format!("({expression}) NOT ({excluded})");
        }
        expression
    }

    /// The single words, for finding the place that a preview shows.
    pub(crate) fn words(&self) -> impl Iterator<Item = String> {
        self.parts()
            .into_iter()
            .filter(|part| part.need != Need::Excluded)
            .flat_map(|part| part.words)
    }

    fn parts(&self) -> Vec<Part> {
        let mut parts = Vec::new();
        for term in &self.terms {
            let is_prefix = term.form == Form::Prefix;
            push(
                &mut parts,
                &term.text,
                is_prefix,
                term.form != Form::Phrase,
                term.need,
            );
        }
        for condition in &self.conditions {
            let mut text = String::new();
            condition.print(&mut text);
            push(&mut parts, &text, false, true, Need::Optional);
        }
        parts
    }
}

/// Adds the words of a text as a phrase and, if it is not one, one by one as well.
fn push(parts: &mut Vec<Part>, text: &str, is_prefix: bool, is_loose: bool, need: Need) {
    let words: Vec<String> = text
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_lowercase)
        .take(MAX_WORDS)
        .collect();
    if is_loose && words.len() > 1 && need == Need::Optional {
        for word in &words {
            let words = vec![word.clone()];
            add(
                parts,
                Part {
                    words,
                    is_prefix: false,
                    need,
                },
            );
        }
    }
    if !words.is_empty() {
        add(
            parts,
            Part {
                words,
                is_prefix,
                need,
            },
        );
    }
}

fn add(parts: &mut Vec<Part>, part: Part) {
    let is_same = |other: &Part| {
        other.words == part.words && other.is_prefix == part.is_prefix && other.need == part.need
    };
    if parts.len() < MAX_WORDS && !parts.iter().any(is_same) {
        parts.push(part);
    }
}

fn joined(parts: &[Part], is_wanted: impl Fn(Need) -> bool) -> String {
    let wanted: Vec<String> = parts
        .iter()
        .filter(|part| is_wanted(part.need))
        .map(Part::to_fts5)
        .collect();
    wanted.join(" OR ")
}

impl Part {
    fn to_fts5(&self) -> String {
        let star = if self.is_prefix { "*" } else { "" };
        format!("\"{}\"{star}", self.words.join(" "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(text: &str, is_prefix: bool, expression: &str) {
        assert_eq!(Query::parse(text, is_prefix).to_fts5(), expression);
    }

    #[test]
    fn terms_are_alternatives() {
        check(
            "why did we drop the retry queue?",
            false,
            r#""drop" OR "retry" OR "queue""#,
        );
        check(
            r#""retry queue" cach*"#,
            false,
            r#""retry queue" OR "cach"*"#,
        );
        check("retry qu", true, r#""retry" OR "qu"*"#);
        check("", false, "");
        check("?!", false, "");
    }

    #[test]
    fn what_is_required_and_left_out_is_said() {
        check(
            "a1 +b1 +c1 -d1 -e1",
            false,
            r#"((("a1" OR "b1" OR "c1") AND "b1") AND "c1") NOT ("d1" OR "e1")"#,
        );
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
            "title : \"x\" ^y {z} NEAR(p q)",
            false,
            r#""title" OR "x" OR "y" OR "z" OR "near" OR "p" OR "near p" OR "q""#,
        );
    }
}
