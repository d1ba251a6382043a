//! From a text to a query, in one pass.
//!
//! The text is a sequence of operators (`AND`, `OR`, `NOT`) and of phrases,
//! fields with values and words, each with a sign or none. What does not begin
//! as a phrase or a field is a word up to the next white space. A part means
//! the same whatever stands around it, except that a quote is one only if
//! another follows: that is what makes a printed query parse to itself.

use super::field::named;
use super::option::CommandLine;
use super::stop::is_filler;
use super::{Condition, Form, MAX_CONDITIONS, MAX_WORDS, Need, Query, Term, has_word};

pub(super) fn parse(text: &str, is_prefix: bool) -> Query {
    let ends_open = !text.ends_with(|last: char| last.is_whitespace() || last == '"');
    let mut parser = Parser {
        rest: text,
        is_alone: !text.trim().contains(char::is_whitespace),
        is_prefix: is_prefix && ends_open,
        ..Parser::default()
    };
    loop {
        // Parentheses group nothing.
        parser.rest = parser
            .rest
            .trim_start_matches(|c: char| c.is_whitespace() || c == '(');
        if parser.rest.is_empty() {
            return parser.finish();
        }
        parser.part();
    }
}

/// Whether a minus in front of `word` leaves it out: one in front of a number
/// (`-1`), of another (`--release`) or of an arrow (`->next`) is part of it.
pub(super) fn is_excludable(word: &str) -> bool {
    has_word(word) && !word.starts_with(|c: char| c.is_ascii_digit() || "->=".contains(c))
}

/// Whether a value needs no quotes. One that begins with `:` or `//` belongs to
/// a name in a program or an address: `file::open`, `file:///home`.
pub(super) fn is_bare(value: &str) -> bool {
    has_word(value)
        && !value.starts_with(['"', ':'])
        && !value.starts_with("//")
        && !value.contains(ends_value)
        && without_stop(value) == value
}

fn ends_value(c: char) -> bool {
    c == ',' || c.is_whitespace()
}

/// `word` without parentheses at its end that it did not open: `f(x))` → `f(x)`.
fn without_closing(word: &str) -> &str {
    without_end(word, "")
}

/// A value also without what ends a sentence: `did we (see type:decision)?`.
fn without_stop(value: &str) -> &str {
    without_end(value, ".?!;")
}

fn without_end<'a>(word: &'a str, signs: &str) -> &'a str {
    let count = |sign| word.bytes().filter(|byte| *byte == sign).count();
    let mut surplus = count(b')').saturating_sub(count(b'('));
    word.trim_end_matches(|c| {
        if c != ')' {
            return signs.contains(c);
        }
        let is_surplus = surplus > 0;
        surplus = surplus.saturating_sub(1);
        is_surplus
    })
}

#[derive(Default)]
struct Parser<'a> {
    rest: &'a str,
    /// Whether the text ends with a word that is still being typed.
    is_prefix: bool,
    /// Whether the text is a single part.
    is_alone: bool,
    /// What says that the text is a command line.
    line: CommandLine,
    query: Query,
    /// The last term, which an `AND` behind it makes required.
    held: Option<Term>,
    /// Whether there is something that an operator can join to what follows it.
    has_operand: bool,
    /// `and` or `or`, if that operator waits for what follows it.
    joint: Option<&'static str>,
    /// Whether a `NOT` waits for what follows it.
    is_negated: bool,
    /// Whether something says which memories are wanted.
    has_meaning: bool,
    /// How many terms say nothing.
    fillers: usize,
}

impl<'a> Parser<'a> {
    /// Reads what begins here; it is neither white space nor an opening parenthesis.
    fn part(&mut self) {
        let (need, signless) = match self.rest.as_bytes().first() {
            Some(b'+') => (Need::Required, &self.rest[1..]),
            Some(b'-') => (Need::Excluded, &self.rest[1..]),
            _ => (Need::Optional, self.rest),
        };
        let inner = signless.trim_start_matches('(');
        if let Some((text, behind)) = quoted(inner) {
            self.rest = behind;
            if !text.trim().is_empty() {
                self.term(text, Form::Phrase, need);
            }
            return;
        }
        if self.fields(inner, need == Need::Excluded) {
            return;
        }
        let skipped = self.rest.len() - inner.len();
        let end = self.rest.find(char::is_whitespace);
        let (chunk, behind) = self.rest.split_at(end.unwrap_or(self.rest.len()));
        self.rest = behind;
        let chunk = without_closing(chunk);
        let word = without_closing(chunk.get(skipped..).unwrap_or_default());
        let is_signed = match need {
            Need::Optional => false,
            Need::Required => has_word(word),
            Need::Excluded => is_excludable(word),
        };
        match chunk {
            "AND" => self.operator("and"),
            "OR" => self.operator("or"),
            "NOT" => self.operator("not"),
            _ if is_signed && need == Need::Excluded && skipped == 1 && self.is_option(word) => {
                // A phrase, since no option is a filler.
                self.term(chunk, Form::Phrase, Need::Optional);
            }
            _ if is_signed => self.word(word, need),
            _ => {
                self.line.note(chunk);
                self.word(chunk, Need::Optional);
            }
        }
    }

    fn is_option(&self, word: &str) -> bool {
        !self.is_negated && self.line.is_option(word, self.is_alone)
    }

    /// `AND` and `OR` stand between two others and `NOT` before one; else they are words.
    fn operator(&mut self, name: &'static str) {
        if self.is_negated {
            self.word(name, Need::Optional);
        } else if name == "not" {
            self.is_negated = true;
        } else if self.has_operand && self.joint.is_none() {
            self.joint = Some(name);
        } else {
            // In lower case, so that it is none wherever it is printed.
            self.word(name, Need::Optional);
        }
    }

    /// Reads a field and its values, if `text` begins with one. The list ends
    /// before the first value that the field cannot have.
    fn fields(&mut self, text: &'a str, mut is_excluded: bool) -> bool {
        let name_end = text.find(|c: char| !c.is_ascii_alphabetic() && c != '_');
        let (name, tail) = text.split_at(name_end.unwrap_or(text.len()));
        let (Some(mut list), Some(name)) = (tail.strip_prefix(':'), named(name)) else {
            return false;
        };
        let mut is_first = true;
        loop {
            let (value, behind, is_readable) = match quoted(list) {
                Some((value, behind)) => (value, behind, true),
                None => {
                    let end = list.find(ends_value).unwrap_or(list.len());
                    let (value, behind) = list.split_at(end);
                    let value = without_stop(value);
                    (value, behind, is_bare(value))
                }
            };
            let field = if is_readable { name.with(value) } else { None };
            let Some(field) = field else {
                return !is_first;
            };
            if is_first {
                is_excluded |= self.operand().1;
                is_first = false;
            }
            self.condition(Condition { field, is_excluded });
            self.rest = behind;
            match behind.strip_prefix(',') {
                Some(next) => list = next,
                None => return true,
            }
        }
    }

    fn word(&mut self, word: &str, need: Need) {
        if word.is_empty() {
            return;
        }
        // People ask about SQL in its own words.
        if self.is_negated && word == "NULL" {
            self.is_negated = false;
            self.term("not", Form::Word, Need::Optional);
        }
        let stem = word.trim_end_matches('*');
        // While `-wor` is typed on, leaving out all that begins so would make hits come and go.
        let is_open =
            self.is_prefix && self.rest.is_empty() && need != Need::Excluded && !self.is_negated;
        if has_word(stem) && (is_open || stem.len() < word.len()) {
            self.term(stem, Form::Prefix, need);
        } else {
            self.term(word, Form::Word, need);
        }
    }

    fn term(&mut self, text: &str, form: Form, need: Need) {
        let (is_joined, is_negated) = self.operand();
        let mut term = Term {
            text: text.to_owned(),
            form,
            need,
        };
        if is_joined {
            require(&mut term);
        }
        if is_negated && can_be_needed(&term) {
            term.need = Need::Excluded;
        }
        self.held = Some(term);
    }

    /// Applies the operator before what is read now to what is before it; gives
    /// whether that is an `AND`, and whether there is a `NOT`.
    fn operand(&mut self) -> (bool, bool) {
        self.has_operand = true;
        let is_joined = self.joint.take() == Some("and");
        if let Some(mut held) = self.held.take() {
            if is_joined {
                require(&mut held);
            }
            self.keep(held);
        }
        (is_joined, std::mem::take(&mut self.is_negated))
    }

    fn keep(&mut self, term: Term) {
        let terms = &mut self.query.terms;
        let is_filler = is_filler(&term);
        let is_full = if is_filler {
            self.has_meaning || self.fillers >= MAX_WORDS
        } else {
            terms.len() - self.fillers >= MAX_WORDS
        };
        let is_same = |other: &Term| {
            other.form == term.form
                && other.need == term.need
                && other.text.eq_ignore_ascii_case(&term.text)
        };
        if is_full || terms.iter().any(is_same) {
            return;
        }
        if is_filler {
            self.fillers += 1;
        } else if term.need != Need::Excluded {
            self.has_meaning = true;
        }
        terms.push(term);
    }

    fn condition(&mut self, condition: Condition) {
        let conditions = &mut self.query.conditions;
        if conditions.len() < MAX_CONDITIONS && !conditions.contains(&condition) {
            self.has_meaning |= !condition.is_excluded;
            conditions.push(condition);
        }
    }

    /// The query, with operators that nothing follows as words.
    fn finish(mut self) -> Query {
        let is_negated = std::mem::take(&mut self.is_negated);
        match self.joint.take() {
            Some(joint) if is_negated => self.term(joint, Form::Word, Need::Optional),
            Some(joint) => self.word(joint, Need::Optional),
            None => {}
        }
        if is_negated {
            self.word("not", Need::Optional);
        }
        self.operand();
        if self.has_meaning {
            self.query.terms.retain(|term| !is_filler(term));
        }
        self.query
    }
}

/// What stands between the quote at the beginning and the next, and what is behind it.
fn quoted(text: &str) -> Option<(&str, &str)> {
    text.strip_prefix('"')?.split_once('"')
}

fn require(term: &mut Term) {
    if term.need == Need::Optional && can_be_needed(term) {
        term.need = Need::Required;
    }
}

/// Signs alone carry no sign of ours: `+&` is typed as it is meant.
fn can_be_needed(term: &Term) -> bool {
    term.form == Form::Phrase || has_word(&term.text)
}
