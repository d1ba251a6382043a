//! From the terms of a query to the words and phrases that are looked for.

use crate::search::query::{Form, Need, Query, Term};
use recollect_words::phrase::TokenPhrase;
use recollect_words::token::{folded, scan};

pub(crate) use recollect_words::phrase::parts_of;

/// Most terms that are searched for, which is as many as bits in a mask.
const MAX_TERMS: usize = 64;
/// Most phrases of an expression, which is as many as bits in a mask.
pub(crate) const MAX_PHRASES: usize = 128;
/// Most parts of a word that are looked for apart. A sentence of a script without blanks is one
/// word and may have thousands; the first tell enough.
const MAX_PARTS: usize = 48;

/// A term of more phrases than there is room for is looked for by the first, if they are as many.
const MIN_ROOM: usize = 3;

/// One thing to look for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Phrase {
    /// A token.
    Word(String),
    /// The beginning of a token.
    Beginning(String),
    /// Several tokens, one behind the other.
    Tokens(TokenPhrase),
}

/// The phrases that a term is found by, as bits.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct TermPhrases {
    /// Each of which stands for the term.
    pub(crate) whole: u128,
    /// All of which together stand for the term.
    pub(crate) parts: u128,
    /// Whether a memory without any of them is not found.
    pub(crate) is_required: bool,
}

impl TermPhrases {
    /// Whether a row with these phrases holds the term.
    pub(crate) fn is_in(&self, phrases: u128) -> bool {
        phrases & self.whole != 0 || self.parts != 0 && phrases & self.parts == self.parts
    }

    /// Whether a row with these phrases has anything of the term.
    pub(crate) fn touches(&self, phrases: u128) -> bool {
        phrases & (self.whole | self.parts) != 0
    }
}

/// All that a query looks for; any of the phrases is enough.
#[derive(Debug, Default)]
pub(crate) struct Expression {
    /// At most [`MAX_PHRASES`].
    pub(crate) phrases: Vec<Phrase>,
    pub(crate) terms: Vec<TermPhrases>,
}

/// What a term can be found by.
struct Alternative {
    phrase: TokenPhrase,
    is_part: bool,
}

impl Alternative {
    fn new<T: AsRef<str>>(tokens: &[T], is_beginning: bool, is_part: bool) -> Self {
        Self {
            phrase: TokenPhrase::new(tokens, is_beginning),
            is_part,
        }
    }

    fn phrase(self) -> Phrase {
        match self.phrase.tokens() {
            [token] if self.phrase.is_beginning() => Phrase::Beginning(token.clone()),
            [token] => Phrase::Word(token.clone()),
            _ => Phrase::Tokens(self.phrase),
        }
    }
}

impl Expression {
    /// The expression for all that a query wants.
    pub(crate) fn of(query: &Query) -> Self {
        let mut expression = Self::default();
        let is_wanted = |term: &&Term| term.need != Need::Excluded;
        let is_alone = query.terms.iter().filter(is_wanted).count() == 1;
        for term in query.terms.iter().filter(is_wanted) {
            let form = match (term.form, term.need) {
                // Beside other words, those within quotes count as words, too.
                (Form::Phrase, Need::Optional) if !is_alone => Form::Word,
                (form, _) => form,
            };
            let mut alternatives = alternatives_of(&term.text, form);
            let room = MAX_PHRASES - expression.phrases.len();
            if expression.terms.len() == MAX_TERMS || room < alternatives.len().min(MIN_ROOM) {
                break;
            }
            if alternatives.is_empty() {
                continue;
            }
            alternatives.truncate(room);
            let mut phrases = TermPhrases {
                is_required: term.need == Need::Required,
                ..TermPhrases::default()
            };
            for alternative in alternatives {
                let bit = 1 << expression.phrases.len();
                if alternative.is_part {
                    phrases.parts |= bit;
                } else {
                    phrases.whole |= bit;
                }
                expression.phrases.push(alternative.phrase());
            }
            expression.terms.push(phrases);
        }
        expression
    }

    /// Whether a row with these phrases has all terms.
    pub(crate) fn has_all(&self, phrases: u128) -> bool {
        self.terms.iter().all(|term| term.is_in(phrases))
    }
}

/// All that a term can be found by, for leaving out what holds any of it; nothing if it
/// holds no word.
pub(crate) fn alternatives(text: &str, form: Form) -> impl Iterator<Item = TokenPhrase> {
    // One part of several is not enough.
    let alternatives = match form {
        Form::Word => alternatives_of(text, Form::Phrase),
        Form::Phrase | Form::Prefix => alternatives_of(text, form),
    };
    alternatives.into_iter().map(|one| one.phrase)
}

fn alternatives_of(text: &str, form: Form) -> Vec<Alternative> {
    let mut parts: Vec<String> = Vec::new();
    // The identifier, if the text is one and nothing else.
    let mut identifier = None;
    // As they are where they are written as one word: `sendfile` beside `sendFile`.
    let mut joined: Vec<String> = Vec::new();
    // The letters of the last word, before its stem was cut.
    let mut last_word = String::new();
    let mut start = None;
    scan(text, &mut |token| {
        let first = *start.get_or_insert(token.start);
        if token.is_whole {
            identifier = (token.start == first).then(|| token.text.to_owned());
            joined.extend(parts_of(token.text));
        } else {
            identifier = None;
            parts.push(token.text.to_owned());
            last_word = folded(&text[token.start..token.end]);
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
                alternatives.insert(0, Alternative::new(&[&identifier], false, false));
                // `stage2` is not any stage, and no other 2.
                if is_numbered_word {
                    return alternatives;
                }
                alternatives.truncate(1);
                joined.retain(|one| *one != identifier);
                let whole = |one: String| Alternative::new(&[one], false, false);
                alternatives.extend(joined.drain(..).map(whole));
            }
            parts.truncate(MAX_PARTS);
            joined.truncate(MAX_PARTS);
            parts.append(&mut joined);
            crate::order::sort(&mut parts, Ord::cmp);
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
    use recollect_words::phrase::MAX_PHRASE_TOKENS;

    fn quoted<T: AsRef<str>>(tokens: &[T], is_beginning: bool) -> String {
        let tokens: Vec<&str> = tokens.iter().map(AsRef::as_ref).collect();
        let sign = if is_beginning { "*" } else { "" };
        format!("\"{}\"{sign}", tokens.join(" "))
    }

    #[track_caller]
    fn check(query: &str, expected: &str) {
        let expression = Expression::of(&Query::parse(query, false));
        let phrases: Vec<String> = expression
            .phrases
            .into_iter()
            .map(|phrase| match phrase {
                Phrase::Word(token) => quoted(&[token], false),
                Phrase::Beginning(token) => quoted(&[token], true),
                Phrase::Tokens(phrase) => quoted(phrase.tokens(), phrase.is_beginning()),
            })
            .collect();
        assert_eq!(phrases.join(" OR "), expected, "{query}");
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
        check("sendFile", r#""sendfile" OR "sendfil" OR "file" OR "send""#);
        check(
            "res.sendFile",
            r#""re send file" OR "file" OR "re" OR "send" OR "sendfil""#,
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
    fn what_is_required_is_marked() {
        let expression = Expression::of(&Query::parse("+getToken queue", false));
        let of = |whole, parts, is_required| TermPhrases {
            whole,
            parts,
            is_required,
        };
        assert_eq!(
            expression.terms,
            [of(0b0001, 0b0110, true), of(0b1000, 0, false)]
        );
        assert!(!expression.has_all(0b1010));
        assert!(expression.has_all(0b1110) && expression.has_all(0b1001));
        assert!(expression.terms[0].touches(0b0100) && !expression.terms[0].touches(0b1000));
    }

    #[test]
    fn no_input_is_an_expression_of_its_own() {
        check(
            "NEAR(x y) ^z {b} title:c",
            r#""near x" OR "near" OR "x" OR "y" OR "z" OR "b" OR "titl c" OR "c" OR "titl""#,
        );
    }

    #[test]
    fn of_a_long_phrase_the_beginning_is_looked_for() {
        for long in [
            "a.".repeat(30_000),
            "数据库".repeat(9_000),
            "x1_".repeat(20_000),
        ] {
            let queries = [long.clone(), format!("\"{long}\""), format!("{long}*")];
            for query in &queries {
                let expression = Expression::of(&Query::parse(query, false));
                for phrase in &expression.phrases {
                    let Phrase::Tokens(phrase) = phrase else {
                        continue;
                    };
                    assert!(phrase.tokens().len() <= MAX_PHRASE_TOKENS);
                }
            }
            let phrase = TokenPhrase::in_column(0, &long).unwrap();
            assert_eq!(phrase.tokens().len(), MAX_PHRASE_TOKENS);
        }
        let short = "a b c d".repeat(5);
        let expected = parts_of(&short).join(" ");
        check(&format!("\"{short}\""), &format!("\"{expected}\""));
    }

    #[test]
    fn a_sentence_without_blanks_is_looked_for_however_long_it_is() {
        let sentence = |from: u32, length: u32| -> String {
            (from..from + length).filter_map(char::from_u32).collect()
        };
        for length in [60, 200, 8_000] {
            let query = sentence(0x4e00, length);
            let expression = Expression::of(&Query::parse(&query, false));
            assert_eq!(expression.terms.len(), 1, "{length}");
            assert_eq!(expression.phrases.len(), 1 + MAX_PARTS, "{length}");
        }
        // What comes behind long ones is looked for as far as there is room.
        let query: Vec<String> = (0..4)
            .map(|number| sentence(0x4e00 + number * 100, 100))
            .collect();
        let expression = Expression::of(&Query::parse(&query.join(" "), false));
        assert_eq!(expression.terms.len(), 3);
        assert_eq!(expression.phrases.len(), MAX_PHRASES);
    }

    #[test]
    fn long_texts_are_cut() {
        let text: String = (0..500).map(|n| format!("word{n}Word{n} ")).collect();
        let expression = Expression::of(&Query::parse(&text, false));
        assert!(expression.phrases.len() <= MAX_PHRASES);
        assert!(expression.terms.len() <= MAX_TERMS);
    }
}
