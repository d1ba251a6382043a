//! What memories mean, by a table of word vectors that the host may give, and by a model where
//! the user has chosen one.
//!
//! Without the table nothing here knows anything, and search is by words alone. With it each row
//! gets a vector in idle moments, or when a question looks at it. Vectors are derived: they are
//! in no segment, only in an image of the index, and that of a memory that is forgotten goes with
//! it.
//!
//! The model runs elsewhere: the host fetches texts, newest first, and brings their vectors. A
//! memory that has one is compared by it, and by the table's until then.

use std::collections::HashSet;

use recollect_meaning::{Asked, ROUNDED_LENGTH, Table, Vector, cosine, rounded, scan};

use super::Index;
use crate::error::{Error, Result};
use crate::log::memory::{Memory, summary_sections};
use crate::text::cut;

/// Numbers of a vector, a byte each.
const WIDTH: usize = 256;
/// Bytes of a memory's story that its vector is made of: what is behind them changes it little.
const READ_BYTES: usize = 1024;
/// Most pieces of a text that are compared one by one.
const MAX_PIECES: usize = 96;

/// The table, and the vectors of rows by their numbers.
#[derive(Debug, Default)]
pub(super) struct Meaning {
    table: Option<Table>,
    /// What tells the table of the vectors from any other.
    of: u32,
    /// The last row that has its vector.
    upto: u32,
    /// One behind the other, by number; zeros where there is no row.
    vectors: Vec<i8>,
    model: ByModel,
}

/// The vectors of the user's model, by the numbers of rows.
#[derive(Debug, Default)]
struct ByModel {
    /// What tells the model from any other.
    of: u32,
    /// Bytes of a vector; none without a model.
    width: usize,
    vectors: Vec<i8>,
    /// Rows whose texts were fetched.
    fetched: HashSet<u32>,
}

impl ByModel {
    fn vector(&self, row: u32) -> Option<&[i8]> {
        let start = (row as usize).checked_mul(self.width)?;
        let vector = self.vectors.get(start..start + self.width)?;
        vector.iter().any(|number| *number != 0).then_some(vector)
    }

    /// Where among the vectors that of a row is, making room for it.
    fn room(&mut self, row: u32) -> &mut [i8] {
        let start = row as usize * self.width;
        let end = start + self.width;
        if self.vectors.len() < end {
            self.vectors.resize(end, 0);
        }
        &mut self.vectors[start..end]
    }

    fn clear(&mut self) {
        self.vectors.clear();
        self.fetched.clear();
    }
}

impl Meaning {
    /// Forgets all vectors; they are made again.
    pub(super) fn clear(&mut self) {
        self.upto = 0;
        self.vectors.clear();
        self.model.clear();
    }

    /// Forgets the vector of a row that goes.
    pub(super) fn remove(&mut self, row: u32) {
        if let Some(vector) = self.vectors.get_mut(place(row)) {
            vector.fill(0);
        }
        if self.model.fetched.remove(&row) {
            self.model.room(row).fill(0);
        }
    }

    /// What an image of the index holds of it: the numbers that [`Meaning::read`] takes, four bytes
    /// each, and the vectors.
    pub(super) fn written(&self) -> Vec<u8> {
        let Self { of, upto, .. } = *self;
        let model = &self.model;
        let lengths = [model.width, self.vectors.len(), model.vectors.len()];
        let lengths = lengths.map(|length| u32::try_from(length).unwrap_or(u32::MAX));
        let numbers = [of, upto, model.of].into_iter().chain(lengths);
        let mut bytes: Vec<u8> = numbers.flat_map(u32::to_le_bytes).collect();
        for vectors in [&self.vectors, &model.vectors] {
            bytes.extend(vectors.iter().map(|number| number.cast_unsigned()));
        }
        bytes
    }

    /// What an image holds; `None` if it is not as it was written.
    pub(super) fn read(bytes: &[u8]) -> Option<Self> {
        let (numbers, bytes) = bytes.split_first_chunk::<24>()?;
        let [of, upto, model, width, table_bytes, model_bytes] = std::array::from_fn(|at| {
            u32::from_le_bytes(std::array::from_fn(|i| numbers[4 * at + i]))
        });
        let (of_table, of_model) = bytes.split_at_checked(table_bytes as usize)?;
        if of_model.len() != model_bytes as usize {
            return None;
        }
        let numbers = |bytes: &[u8]| bytes.iter().map(|byte| byte.cast_signed()).collect();
        let mut model = ByModel {
            of: model,
            width: width as usize,
            vectors: numbers(of_model),
            fetched: HashSet::new(),
        };
        let rows = 0..model.vectors.len().checked_div(model.width).unwrap_or(0) as u32;
        model.fetched = rows.filter(|row| model.vector(*row).is_some()).collect();
        Some(Self {
            table: None,
            of,
            upto,
            vectors: numbers(of_table),
            model,
        })
    }

    fn vector(&self, row: u32) -> Option<Vector> {
        let vector: [i8; WIDTH] = self.vectors.get(place(row))?.try_into().ok()?;
        Some(Vector(vector)).filter(|vector| !vector.is_zero())
    }
}

/// Where among the vectors that of a row is.
fn place(row: u32) -> std::ops::Range<usize> {
    let start = row as usize * WIDTH;
    start..start + WIDTH
}

/// What is asked, as it is compared with what memories mean.
#[derive(Debug)]
pub(crate) struct Meant {
    whole: Vector,
    /// The words one by one, each with how much it counts.
    words: Asked,
    /// The whole by the user's model; empty without.
    by_model: Vec<i8>,
}

impl Meant {
    /// Whether a model tells what is asked as a whole.
    pub(crate) fn is_by_model(&self) -> bool {
        !self.by_model.is_empty()
    }
}

impl Index {
    /// Takes the table of word vectors.
    ///
    /// # Errors
    ///
    /// [`Error::InvalidInput`] where the bytes are no whole table of this version; what was there
    /// stays.
    pub fn set_meaning(&self, bytes: Vec<u8>) -> Result<()> {
        let table =
            Table::read(bytes).map_err(|error| Error::invalid("table", error.to_string()))?;
        let mut meaning = self.meaning.borrow_mut();
        if meaning.of != table.checksum() {
            meaning.upto = 0;
            meaning.vectors.clear();
            meaning.of = table.checksum();
        }
        meaning.table = Some(table);
        Ok(())
    }

    /// Takes vectors of a model of so many numbers from here on, beside those of the table. `of`
    /// tells the model from any other; vectors of another go.
    pub fn set_model(&self, width: usize, of: u32) {
        let model = &mut self.meaning.borrow_mut().model;
        let width = rounded(&vec![0.0; width]).len();
        if (model.width, model.of) != (width, of) {
            *model = ByModel {
                of,
                width,
                ..ByModel::default()
            };
        }
    }

    /// The texts of at most so many memories that have no vector of the model, by the numbers of
    /// their rows, newest first; each but once.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn fetch_texts(&self, most: usize) -> Result<Vec<(u32, String)>> {
        let model = &mut self.meaning.borrow_mut().model;
        let mut texts = Vec::new();
        for (number, row) in self.rows().newest_first(None) {
            if texts.len() >= most || model.width == 0 {
                break;
            }
            if model.fetched.insert(number)
                && let Some(memory) = self.memory_at(number, row.id)?
            {
                texts.push((number, told(&memory)));
            }
        }
        Ok(texts)
    }

    /// Takes what the model made of a text that was fetched; nothing where the memory has gone or
    /// changed since.
    pub fn take_vector(&self, row: u32, vector: &[f32]) {
        let model = &mut self.meaning.borrow_mut().model;
        let vector = rounded(vector);
        if model.fetched.contains(&row) && vector.len() == model.width {
            model.room(row).copy_from_slice(&vector);
        }
    }

    /// Gives at most so many rows their vectors; whether others are left.
    pub(crate) fn extend_meaning(&self, most: usize) -> Result<bool> {
        let meaning = &mut *self.meaning.borrow_mut();
        let Some(table) = &meaning.table else {
            return Ok(false);
        };
        let mut behind = self.rows().behind(meaning.upto).peekable();
        for (number, row) in behind.by_ref().take(most) {
            if let Some(memory) = self.memory_at(number, row.id)? {
                let vector = table.embed(&told(&memory));
                let place = place(number);
                if meaning.vectors.len() < place.end {
                    meaning.vectors.resize(place.end, 0);
                }
                meaning.vectors[place].copy_from_slice(&vector.0);
            }
            meaning.upto = number;
        }
        Ok(behind.peek().is_some())
    }

    /// What a question means, by all its words and by those that are looked for with how much
    /// each counts; none without the table, and where the table knows no word of it.
    pub(crate) fn meant<'w>(
        &self,
        told: &str,
        words: impl Iterator<Item = (&'w str, f64)>,
        by_model: &[f32],
    ) -> Option<Meant> {
        let meaning = self.meaning.borrow();
        let table = meaning.table.as_ref()?;
        let whole = table.embed(told);
        let mut by_model = rounded(by_model);
        if by_model.len() != meaning.model.width {
            by_model.clear();
        }
        if whole.is_zero() && by_model.is_empty() {
            return None;
        }
        let mut pieces = Vec::new();
        for (word, weight) in words {
            let found = table.tokens(word, MAX_PIECES).into_iter();
            pieces.extend(found.map(|piece| (piece, weight as f32)));
        }
        let words = table.asked(&pieces);
        Some(Meant {
            whole,
            words,
            by_model,
        })
    }

    /// The rows whose memories are nearest to what is meant, each with how near, from 0 to 1, the
    /// nearest first; only those that `is_wanted` lets pass. None while more rows wait for their
    /// vectors than a question has time for.
    pub(crate) fn nearest(
        &self,
        meant: &Meant,
        most: usize,
        is_wanted: &dyn Fn(u32) -> bool,
    ) -> Result<Vec<(u32, f64)>> {
        const AT_ONCE: usize = 64;
        if self.extend_meaning(AT_ONCE)? {
            return Ok(Vec::new());
        }
        let meaning = self.meaning.borrow();
        let Meaning { vectors, model, .. } = &*meaning;
        let by_model = &meant.by_model;
        let is_of_table = |row: usize| {
            u32::try_from(row).is_ok_and(|row| {
                (by_model.is_empty() || model.vector(row).is_none()) && is_wanted(row)
            })
        };
        let mut found = scan(&meant.whole.0, Vector::LENGTH, vectors, most, &is_of_table);
        if !by_model.is_empty() {
            let is_wanted = |row: usize| u32::try_from(row).is_ok_and(is_wanted);
            found.extend(scan(
                by_model,
                ROUNDED_LENGTH,
                &model.vectors,
                most,
                &is_wanted,
            ));
            found.sort_by(|one, other| other.1.total_cmp(&one.1));
            found.truncate(most);
        }
        let row = |(row, near)| Some((u32::try_from(row).ok()?, f64::from(near)));
        Ok(found.into_iter().filter_map(row).collect())
    }

    /// How near a memory is to what is meant, from 0 to 1: as a whole, and word by word. Its title
    /// counts as much as the whole where `by_title`.
    pub(crate) fn nearness(
        &self,
        meant: &Meant,
        row: u32,
        memory: &Memory,
        by_title: bool,
    ) -> (f64, f64) {
        let meaning = self.meaning.borrow();
        let Some(table) = &meaning.table else {
            return (0.0, 0.0);
        };
        let text = told(memory);
        let by_model = meaning.model.vector(row);
        let by_model = by_model.filter(|vector| vector.len() == meant.by_model.len());
        let whole = if let Some(vector) = by_model {
            cosine(&meant.by_model, vector)
        } else {
            let vector = meaning.vector(row).unwrap_or_else(|| table.embed(&text));
            let whole = meant.whole.cosine(&vector);
            match by_title {
                true => (whole + meant.whole.cosine(&table.embed(&memory.title))) / 2.0,
                false => whole,
            }
        };
        let each = meant.words.max_sim(table, &table.tokens(&text, MAX_PIECES));
        (f64::from(whole.max(0.0)), f64::from(each.max(0.0)))
    }
}

/// The text of a memory that its vector is made of.
fn told(memory: &Memory) -> String {
    let mut text = memory.title.clone();
    let sections = memory.summary.iter().flat_map(summary_sections);
    let parts = memory.narrative.as_deref().into_iter();
    for part in parts.chain(sections.map(|(_, text)| text)) {
        if text.len() >= READ_BYTES {
            break;
        }
        text.push_str(". ");
        text.push_str(&cut(part, READ_BYTES));
    }
    cut(&text, READ_BYTES).into_owned()
}
