//! Phrases: tokens that stand one behind the other.

use crate::token::scan;

/// Most tokens of a phrase. Of a longer one the first are looked for: a row is compared with
/// all of them at each of its places, and a text that repeats itself has thousands.
pub const MAX_PHRASE_TOKENS: usize = 24;

/// Tokens that stand one behind the other in one column.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TokenPhrase {
    tokens: Vec<String>,
    /// The number of the column, if it must be a certain one.
    column: Option<usize>,
    /// Whether the last token is only the beginning of one.
    is_beginning: bool,
}

impl TokenPhrase {
    /// A phrase in any column.
    #[must_use]
    pub fn new<T: AsRef<str>>(tokens: &[T], is_beginning: bool) -> Self {
        let first = tokens.iter().take(MAX_PHRASE_TOKENS);
        Self {
            tokens: first.map(|token| token.as_ref().to_owned()).collect(),
            column: None,
            is_beginning: is_beginning && tokens.len() <= MAX_PHRASE_TOKENS,
        }
    }

    /// The words of a text in a column; none if it holds no word.
    #[must_use]
    pub fn in_column(column: usize, text: &str) -> Option<Self> {
        let tokens = parts_of(text);
        (!tokens.is_empty()).then(|| Self {
            column: Some(column),
            ..Self::new(&tokens, false)
        })
    }

    /// The tokens, in their order.
    #[must_use]
    pub fn tokens(&self) -> &[String] {
        &self.tokens
    }

    /// The number of the column, if it must be a certain one.
    #[must_use]
    pub fn column(&self) -> Option<usize> {
        self.column
    }

    /// Whether the last token is only the beginning of one.
    #[must_use]
    pub fn is_beginning(&self) -> bool {
        self.is_beginning
    }
}

/// The tokens of a text in their order, without the wholes of identifiers.
#[must_use]
pub fn parts_of(text: &str) -> Vec<String> {
    let mut parts = Vec::new();
    scan(text, &mut |token| {
        if !token.is_whole {
            parts.push(token.text.to_owned());
        }
    });
    parts
}
