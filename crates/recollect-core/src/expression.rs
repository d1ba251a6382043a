//! From the terms of a query to an expression of FTS5.
//!
//! Every token is quoted, so no input can be an expression of its own or an error.

use crate::query::{Form, Need, Query, Term};
use crate::token::scan;

/// Most terms that are searched for, which is as many as bits in a mask.
const MAX_TERMS: usize = 64;
/// Most phrases of an expression; FTS5 limits the depth of its tree.
const MAX_PHRASES: usize = 128;

/// What a phrase of the expression stands for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Phrase {
    /// The token, if it is one and no beginning of others.
    pub(crate) token: Option<String>,
    /// Number of the term, from 0.
    pub(crate) term: u8,
    /// Whether it is one of several parts of the term.
    pub(crate) is_part: bool,
    /// Whether it only selects rows and was counted before.
    pub(crate) is_repeated: bool,
}

/// An expression of FTS5 and what its phrases stand for.
#[derive(Debug, Default)]
pub(crate) struct Expression {
    /// Empty if no word is wanted.
    pub(crate) text: String,
    /// In the order in which FTS5 counts them.
    pub(crate) phrases: Vec<Phrase>,
    /// How many parts each term has; all of them stand for the term.
    pub(crate) parts: Vec<u32>,
    /// Bits of the terms.
    pub(crate) required: u64,
}

/// A phrase of tokens, quoted.
struct Alternative {
    text: String,
    is_part: bool,
    /// The token, if it is one and no beginning of others.
    token: Option<String>,
}

impl Alternative {
    fn new<T: AsRef<str>>(tokens: &[T], is_prefix: bool, is_part: bool) -> Self {
        let token = match tokens {
            [token] if !is_prefix => Some(token.as_ref().to_owned()),
            _ => None,
        };
        Self {
            text: quoted(tokens, is_prefix),
            is_part,
            token,
        }
    }
}

impl Expression {
    /// The expression for all that a query wants.
    pub(crate) fn of(query: &Query) -> Self {
        let mut expression = Self::default();
        let mut required = Vec::new();
        let mut wanted = String::new();
        let is_wanted = |term: &&Term| term.need != Need::Excluded;
        for term in query.terms.iter().filter(is_wanted) {
            let alternatives = alternatives_of(&term.text, term.form);
            let number = expression.parts.len();
            let is_full =
                number == MAX_TERMS || expression.phrases.len() + alternatives.len() > MAX_PHRASES;
            if alternatives.is_empty() || is_full {
                continue;
            }
            if term.need == Need::Required {
                expression.required |= 1 << number;
                required.push((number, joined(&alternatives), alternatives.len()));
            }
            let parts = alternatives.iter().filter(|one| one.is_part).count();
            expression
                .parts
                .push(u32::try_from(parts).unwrap_or(u32::MAX));
            for alternative in &alternatives {
                or(&mut wanted, &alternative.text);
                expression.push_phrase(
                    alternative.token.clone(),
                    number,
                    alternative.is_part,
                    false,
                );
            }
        }
        expression.text = wanted;
        for (number, selection, count) in required {
            expression.text = format!("({}) AND ({selection})", expression.text);
            for _ in 0..count {
                expression.push_phrase(None, number, false, true);
            }
        }
        expression
    }

    fn push_phrase(
        &mut self,
        token: Option<String>,
        term: usize,
        is_part: bool,
        is_repeated: bool,
    ) {
        self.phrases.push(Phrase {
            token,
            term: u8::try_from(term).unwrap_or(u8::MAX),
            is_part,
            is_repeated,
        });
    }
}

/// An expression for any of what a term can be found by; none if it holds no word.
pub(crate) fn alternatives(text: &str, form: Form) -> Option<String> {
    // For leaving out, one part of several is not enough.
    let alternatives = match form {
        Form::Word => alternatives_of(text, Form::Phrase),
        Form::Phrase | Form::Prefix => alternatives_of(text, form),
    };
    (!alternatives.is_empty()).then(|| joined(&alternatives))
}

/// The words of `text`, one behind the other, in one column; none if it holds no word.
pub(crate) fn column_phrase(column: &str, text: &str) -> Option<String> {
    let tokens = parts_of(text);
    (!tokens.is_empty()).then(|| format!("{column} : {}", quoted(&tokens, false)))
}

fn joined(alternatives: &[Alternative]) -> String {
    let mut text = String::new();
    alternatives.iter().for_each(|one| or(&mut text, &one.text));
    text
}

fn or(text: &mut String, more: &str) {
    if !text.is_empty() {
        text.push_str(" OR ");
    }
    text.push_str(more);
}

fn quoted<T: AsRef<str>>(tokens: &[T], is_prefix: bool) -> String {
    let mut text = "\"".to_owned();
    for (position, token) in tokens.iter().enumerate() {
        if position > 0 {
            text.push(' ');
        }
        text.push_str(token.as_ref());
    }
    text.push_str(if is_prefix { "\"*" } else { "\"" });
    text
}

/// The tokens of a text in their order, without the wholes of identifiers.
pub(crate) fn parts_of(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    scan(text, &mut |token| {
        if !token.is_whole {
            parts.push(token.text.to_owned());
        }
    });
    parts
}

fn alternatives_of(text: &str, form: Form) -> Vec<Alternative> {
    let mut parts: Vec<String> = Vec::new();
    // The identifier, if the text is one and nothing else.
    let mut identifier = None;
    // The letters of the last word, before its stem was cut.
    let mut last_word = String::new();
    let mut start = None;
    scan(text, &mut |token| {
        let first = *start.get_or_insert(token.start);
        if token.is_whole {
            identifier = (token.start == first).then(|| token.text.to_owned());
        } else {
            identifier = None;
            parts.push(token.text.to_owned());
            last_word = text[token.start..token.end].to_lowercase();
        }
    });
    if parts.is_empty() {
        return Vec::new();
    }
    let mut alternatives = vec![Alternative::new(&parts, form == Form::Prefix, false)];
    match form {
        Form::Phrase => {}
        Form::Prefix => {
            let last = parts.pop().unwrap_or_default();
            if last != last_word && last_word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
                // What was typed so far may go on otherwise than its stem does.
                parts.push(last);
                alternatives[0] = Alternative::new(&parts, false, false);
                parts.pop();
                parts.push(last_word);
                alternatives.push(Alternative::new(&parts, true, false));
            }
            alternatives.extend(identifier.map(|one| Alternative::new(&[one], true, false)));
        }
        Form::Word if parts.len() == 1 => {}
        Form::Word => {
            let is_number = |part: &String| part.bytes().all(|byte| byte.is_ascii_digit());
            let is_numbered_word = parts.iter().filter(|part| !is_number(part)).count() < 2;
            if let Some(identifier) = identifier {
                alternatives.insert(0, Alternative::new(&[identifier], false, false));
                // `stage2` is not any stage, and no other 2.
                if is_numbered_word {
                    return alternatives;
                }
                alternatives.truncate(1);
            }
            parts.sort_unstable();
            parts.dedup();
            let of_part = |part: &String| Alternative::new(&[part], false, true);
            alternatives.extend(parts.iter().map(of_part));
        }
    }
    alternatives
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, expected: &str) {
        let expression = Expression::of(&Query::parse(query, false));
        assert_eq!(expression.text, expected, "{query}");
        let quotes = expected.matches('"').count();
        assert_eq!(expression.phrases.len(), quotes / 2, "{query}");
    }

    #[test]
    fn a_question_becomes_alternatives() {
        check(
            "why did we drop the retry queue?",
            r#""drop" OR "retri" OR "queue""#,
        );
        check("", "");
        check("?!", "");
    }

    #[test]
    fn identifiers_and_paths_are_wanted_whole_and_in_parts() {
        check(
            "getUserToken",
            r#""getusertoken" OR "get" OR "token" OR "user""#,
        );
        check("src/api.ts", r#""src api ts" OR "api" OR "src" OR "ts""#);
        check("stage2", r#""stage2" OR "stage 2""#);
        check("数据库", r#""数据 据库" OR "据库" OR "数据""#);
    }

    #[test]
    fn phrases_and_prefixes_are_kept() {
        check(r#""retry queues""#, r#""retri queue""#);
        check("cach*", r#""cach"*"#);
        check("getUs*", r#""get us"* OR "getus"*"#);
        check("querying*", r#""queri" OR "querying"*"#);
    }

    #[test]
    fn what_is_required_selects_rows() {
        check("+drop queue", r#"("drop" OR "queue") AND ("drop")"#);
        let expression = Expression::of(&Query::parse("+drop queue", false));
        assert_eq!(expression.required, 1);
        assert!(expression.phrases[2].is_repeated);
    }

    #[test]
    fn no_input_is_an_expression_of_its_own() {
        check(
            "NEAR(x y) ^z {b} title:c",
            r#""near x" OR "near" OR "x" OR "y" OR "z" OR "b" OR "titl c" OR "c" OR "titl""#,
        );
    }

    #[test]
    fn long_texts_are_cut() {
        let text: String = (0..500).map(|n| format!("word{n}Word{n} ")).collect();
        let expression = Expression::of(&Query::parse(&text, false));
        assert!(expression.phrases.len() <= MAX_PHRASES);
        assert!(expression.parts.len() <= MAX_TERMS);
    }
}
