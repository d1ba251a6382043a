//! Texts that many rows share, each kept once.

use std::collections::HashMap;

/// A text by its number; 0 stands for none.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Name(pub(super) u32);

impl Name {
    /// Its place among all names.
    pub(crate) fn place(self) -> usize {
        self.0 as usize
    }
}

/// The texts.
#[derive(Debug, Default)]
pub(crate) struct Names {
    texts: Vec<Box<str>>,
    numbers: HashMap<Box<str>, u32>,
}

impl Names {
    /// The name of a text, which from here on is known.
    pub(super) fn intern(&mut self, text: Option<&str>) -> Name {
        let Some(text) = text else {
            return Name::default();
        };
        if let Some(name) = self.find(text) {
            return name;
        }
        self.texts.push(text.into());
        let number = u32::try_from(self.texts.len()).unwrap_or(u32::MAX);
        self.numbers.insert(text.into(), number);
        Name(number)
    }

    /// The name of a text, if some row had it.
    pub(crate) fn find(&self, text: &str) -> Option<Name> {
        self.numbers.get(text).copied().map(Name)
    }

    /// The text of a name.
    pub(crate) fn text(&self, name: Name) -> Option<&str> {
        let position = name.0.checked_sub(1)?;
        self.texts.get(position as usize).map(AsRef::as_ref)
    }
}
