//! A query as the text that parses to it.

use std::fmt;

use super::option::may_be_option;
use super::parse::{is_bare, is_excludable};
use super::{Condition, Field, Form, Need, Query, Term};

impl fmt::Display for Query {
    /// The conditions, then the terms.
    ///
    /// In this order because a quote that nothing closes is part of a word, and
    /// the quotes of a later condition would close it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut out = String::new();
        for condition in &self.conditions {
            separate(&mut out);
            condition.print(&mut out);
        }
        for term in &self.terms {
            separate(&mut out);
            term.print(&mut out);
        }
        f.write_str(&out)
    }
}

fn separate(out: &mut String) {
    if !out.is_empty() {
        out.push(' ');
    }
}

impl Term {
    fn may_be_option(&self) -> bool {
        self.form == Form::Word && may_be_option(&self.text)
    }

    fn print(&self, out: &mut String) {
        out.push_str(match self.need {
            Need::Optional => "",
            Need::Required => "+",
            Need::Excluded if self.form == Form::Phrase => "-",
            Need::Excluded if is_excludable(&self.text) && !self.may_be_option() => "-",
            // The plus keeps `NOT -word` from being read as `-word`.
            Need::Excluded if self.text.starts_with('-') => "NOT +",
            Need::Excluded => "NOT ",
        });
        match self.form {
            Form::Word => out.push_str(&self.text),
            Form::Phrase => quote(&self.text, out),
            Form::Prefix => {
                out.push_str(&self.text);
                out.push('*');
            }
        }
    }
}

impl Condition {
    pub(super) fn print(&self, out: &mut String) {
        if self.is_excluded {
            out.push('-');
        }
        let (name, value) = match &self.field {
            Field::Type(value) => ("type:", value.as_str()),
            Field::Kind(kind) => ("kind:", kind.as_str()),
            Field::File(value) => ("file:", value.as_str()),
            Field::Concept(value) => ("concept:", value.as_str()),
            Field::Author(value) => ("author:", value.as_str()),
            Field::Project(value) => ("project:", value.as_str()),
            Field::Sector(value) => ("sector:", value.as_str()),
            Field::Session(value) => ("session:", value.as_str()),
            Field::Is(state) => ("is:", state.as_str()),
            Field::Since(moment) => {
                out.push_str("since:");
                return moment.print(out);
            }
            Field::Before(moment) => {
                out.push_str("before:");
                return moment.print(out);
            }
        };
        out.push_str(name);
        if is_bare(value) {
            out.push_str(value);
        } else {
            quote(value, out);
        }
    }
}

/// The language has no way to write a quote between quotes, and parsing gives none.
fn quote(text: &str, out: &mut String) {
    out.push('"');
    out.extend(text.chars().filter(|c| *c != '"'));
    out.push('"');
}
