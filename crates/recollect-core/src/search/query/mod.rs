//! The query language: what a person, an assistant or a program types to find
//! memories, taken apart.
//!
//! ```text
//! retry queue          words; each is an alternative, all of them is best
//! "retry queue"        a phrase
//! cach*                words that begin so
//! +word  a AND b       must be there
//! -word  NOT word      must not be there; `-Wall` is an option and searched
//! type:bugfix,decision file:"my file.ts" since:7d -is:archived
//! ```
//!
//! Every text is a query: what is malformed or unknown is searched as the words
//! it is made of. A query prints as a text that parses to the same query again.
//!
//! This module does not know the index, and of tokens only whether a text has any.
//! Read [`Query`], then `parse`, `field` and [`Moment`], then `print`.

mod field;
mod moment;
mod option;
mod parse;
mod print;
mod stop;

use recollect_words::token::has_word;

pub use field::{Field, State};
pub use moment::Moment;
pub(crate) use moment::days_of;

/// Most terms of a query that are searched for; the rest of a long text adds
/// time and no precision.
pub const MAX_WORDS: usize = 64;

/// Most conditions of a query; more are left out.
pub const MAX_CONDITIONS: usize = 64;

/// Whether a name before a colon is that of a field.
pub(crate) fn is_field(name: &str) -> bool {
    field::named(name).is_some()
}

/// A search text, taken apart.
///
/// ```
/// # use recollect_core::search::query::{Field, Need, Query};
/// let query = Query::parse("why did we drop the queue? type:decision -kafka", false);
/// let texts: Vec<&str> = query.terms.iter().map(|term| term.text.as_str()).collect();
/// assert_eq!(texts, ["drop", "queue?", "kafka"]);
/// assert_eq!(query.terms[2].need, Need::Excluded);
/// assert_eq!(query.conditions[0].field, Field::Type("decision".to_owned()));
/// assert_eq!(query.to_string(), "type:decision drop queue? -kafka");
/// ```
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Query {
    /// What is searched for, in the order it was typed, without repetitions.
    pub terms: Vec<Term>,
    /// What the memories must be. Alternatives within one field, excluded ones
    /// apart; all fields must hold.
    pub conditions: Vec<Condition>,
}

/// A word, the beginning of one, or a phrase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// As it was typed, without quotes, star or sign; never empty. It may be
    /// several words for the index (`src/api.ts`) or none (`&`).
    pub text: String,
    /// How it is compared.
    pub form: Form,
    /// Whether a memory may do without it.
    pub need: Need,
}

/// How the text of a term is compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// As a word; holds no white space.
    Word,
    /// As words that follow one another.
    Phrase,
    /// As the beginning of a word; holds no white space.
    Prefix,
}

/// Whether a memory may do without a term.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Need {
    /// It may; having it ranks higher. A query that has none that are required
    /// asks for at least one of these.
    Optional,
    /// It may not.
    Required,
    /// It must do without.
    Excluded,
}

/// One value that a field of a memory must have, or must not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Condition {
    /// Field and value.
    pub field: Field,
    /// Whether memories of that value are left out.
    pub is_excluded: bool,
}

impl Query {
    /// Takes `text` apart. `is_prefix` says that its last word is still being typed.
    #[must_use]
    pub fn parse(text: &str, is_prefix: bool) -> Self {
        parse::parse(text, is_prefix)
    }

    /// Whether nothing was asked for, so that everything matches.
    #[must_use]
    pub fn is_blank(&self) -> bool {
        self.terms.is_empty() && self.conditions.is_empty()
    }

    /// Whether something is looked for, and not only left out.
    #[must_use]
    pub fn has_wanted_terms(&self) -> bool {
        self.terms.iter().any(|term| term.need != Need::Excluded)
    }
}

#[cfg(test)]
mod tests;
