//! The names of privacy tags, and the parts of a tag before and after its name.

use super::escape::Prefix;
use crate::clean::is_hidden;

/// Names of the tags whose content is dropped, in lower case.
///
/// No name begins with another, so a name is known when its last letter is.
pub const TAGS: [&str; 7] = [
    "private",
    "claude-mem-context",
    "recollect-context",
    "system-reminder",
    "system_instruction",
    "system-instruction",
    "persisted-output",
];

/// The part of a tag that decides whether it is one: `<`, perhaps `/`, a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Tag {
    /// Index in [`TAGS`].
    pub name: u8,
    pub is_closing: bool,
}

/// How much of a [`Tag`] has been read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Head {
    /// Nothing: this is text.
    #[default]
    None,
    /// `<`, and perhaps white space.
    Less,
    /// `</`, and perhaps white space.
    Slash,
    /// Some letters of a name.
    Name { read: Prefix, is_closing: bool },
    /// All of a name. Whether it is the tag depends on what follows.
    Whole(Tag),
}

impl Head {
    /// The head with one more folded character, or `None` if there can be no
    /// such tag. A `;` is what an escape such as `&lt;` leaves behind.
    pub fn with(self, c: char) -> Head {
        match self {
            Head::None | Head::Whole(_) => Head::None,
            Head::Less | Head::Slash if c.is_whitespace() => self,
            _ if c == ';' || is_invisible(c) => self,
            Head::Less if c == '/' => Head::Slash,
            Head::Less => Head::Name {
                read: Prefix::of(&TAGS),
                is_closing: false,
            }
            .with(c),
            Head::Slash => Head::Name {
                read: Prefix::of(&TAGS),
                is_closing: true,
            }
            .with(c),
            Head::Name { read, is_closing } => match read.with(c, &TAGS) {
                None => Head::None,
                Some(read) => match read.whole(&TAGS) {
                    None => Head::Name { read, is_closing },
                    Some(name) => Head::Whole(Tag { name, is_closing }),
                },
            },
        }
    }
}

/// Where in the part after a tag's name the reader is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Tail {
    /// Between attributes or in the name of one. `is_slash`: directly after `/`.
    Names { is_slash: bool },
    /// After `=`, where a quote begins a value.
    Equals,
    /// In a value without quotes, to which a `/` belongs.
    Unquoted,
    /// In a quoted value. `is_escaped`: the quote was spelled as an escape, and
    /// only another such ends it.
    Quoted { quote: char, is_escaped: bool },
}

impl Tail {
    /// The place after one more folded character.
    pub fn with(self, c: char, is_escaped: bool) -> Tail {
        let begins_value = Tail::Quoted {
            quote: c,
            is_escaped,
        };
        match self {
            Tail::Quoted { .. } if self == begins_value => Tail::Names { is_slash: false },
            Tail::Quoted { .. } => self,
            Tail::Equals if c.is_whitespace() => Tail::Equals,
            Tail::Equals if matches!(c, '"' | '\'') => begins_value,
            Tail::Equals => Tail::Unquoted,
            Tail::Unquoted if !c.is_whitespace() => Tail::Unquoted,
            Tail::Names { .. } if c == '=' => Tail::Equals,
            Tail::Names { .. } | Tail::Unquoted => Tail::Names { is_slash: c == '/' },
        }
    }

    /// Whether `<` and `>` mean themselves here.
    pub fn is_quoted(self) -> bool {
        matches!(self, Tail::Quoted { .. })
    }
}

/// Whether a name that is followed by this folded character is a longer name.
pub(super) fn continues_name(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '-' | '_')
}

/// Characters that show nothing of their own, so a reader sees the tag whole. Combining
/// marks are among them: a lower-cased `İ` is an `i` and a dot above.
fn is_invisible(c: char) -> bool {
    is_hidden(c) || matches!(c, '\u{300}'..='\u{36f}')
}
