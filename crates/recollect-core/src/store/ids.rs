//! Ids as people and models type them: whole, or by their first digits.

use crate::error::{Error, Result};
use crate::log::id::{IdBeginning, MIN_DIGITS, RecordId};

use super::Store;

impl Store {
    /// Of these ids those whose records are here already, or were forgotten.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn known_among(&self, ids: &[RecordId]) -> Result<Vec<RecordId>> {
        let mut known = Vec::new();
        for &id in ids {
            if self.index.knows(id)? {
                known.push(id);
            }
        }
        Ok(known)
    }

    /// The id that a text stands for: a whole one as it is, known or not, and else the one
    /// that begins so; `None` if none does.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] if the text is no beginning of an id, or of several.
    pub fn id_of(&mut self, field: &'static str, text: &str) -> Result<Option<RecordId>> {
        if let Ok(id) = text.parse() {
            return Ok(Some(id));
        }
        let beginning: IdBeginning = text
            .parse()
            .map_err(|error: crate::log::id::NotAnId| Error::invalid(field, error.to_string()))?;
        match self.index.beginning_with(&beginning, 2)[..] {
            [] => Ok(None),
            [id] => Ok(Some(id)),
            // What was parsed is hexadecimal digits, so that it may be shown.
            _ => Err(Error::invalid(
                field,
                format!("{text} begins more than one id; give more of its characters"),
            )),
        }
    }

    /// The ids that texts stand for, in their order; what begins no id is left out, as an
    /// unknown id would be.
    ///
    /// # Errors
    ///
    /// As [`Store::id_of`].
    pub fn ids_of(&mut self, field: &'static str, texts: &[String]) -> Result<Vec<RecordId>> {
        let mut ids = Vec::with_capacity(texts.len());
        for text in texts {
            ids.extend(self.id_of(field, text)?);
        }
        Ok(ids)
    }

    /// The ids that texts stand for, all of them.
    ///
    /// # Errors
    ///
    /// As [`Store::id_of`], and [`Error::Unknown`] for what begins no id.
    pub fn known_ids_of(&mut self, field: &'static str, texts: &[String]) -> Result<Vec<RecordId>> {
        let mut ids = Vec::with_capacity(texts.len());
        for text in texts {
            ids.push(self.id_of(field, text)?.ok_or(Error::Unknown { field })?);
        }
        Ok(ids)
    }

    /// The shortest beginning of an id that no other record shares, at least eight digits.
    pub fn short_id(&mut self, id: RecordId) -> String {
        let digits = self.index.telling_digits(id).max(MIN_DIGITS);
        id.beginning(digits)
    }
}
