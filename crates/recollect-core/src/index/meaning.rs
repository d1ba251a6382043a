//! What memories mean, by a table of word vectors that the host may give.
//!
//! Without the table nothing here knows anything, and search is by words alone. With it each row
//! gets a vector in idle moments, or when a question looks at it. Vectors are derived: they are
//! in no file, and that of a memory that is forgotten goes with it.

use recollect_meaning::{Asked, Table, Vector, scan};

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
#[derive(Debug)]
pub(super) struct Meaning {
    table: Table,
    /// The last row that has its vector.
    upto: u32,
    /// One behind the other, by number; zeros where there is no row.
    vectors: Vec<i8>,
}

impl Meaning {
    /// Forgets all vectors; they are made again.
    pub(super) fn clear(&mut self) {
        self.upto = 0;
        self.vectors.clear();
    }

    /// Forgets the vector of a row that goes.
    pub(super) fn remove(&mut self, row: u32) {
        if let Some(vector) = self.vectors.get_mut(place(row)) {
            vector.fill(0);
        }
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
        self.meaning.replace(Some(Meaning {
            table,
            upto: 0,
            vectors: Vec::new(),
        }));
        Ok(())
    }

    /// Gives at most so many rows their vectors; whether others are left.
    pub(crate) fn extend_meaning(&self, most: usize) -> Result<bool> {
        let mut meaning = self.meaning.borrow_mut();
        let Some(meaning) = meaning.as_mut() else {
            return Ok(false);
        };
        let mut behind = self.rows().behind(meaning.upto).peekable();
        for (number, row) in behind.by_ref().take(most) {
            if let Some(memory) = self.memory_at(number, row.id)? {
                let vector = meaning.table.embed(&told(&memory));
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
    ) -> Option<Meant> {
        let meaning = self.meaning.borrow();
        let table = &meaning.as_ref()?.table;
        let whole = table.embed(told);
        if whole.is_zero() {
            return None;
        }
        let mut pieces = Vec::new();
        for (word, weight) in words {
            let found = table.tokens(word, MAX_PIECES).into_iter();
            pieces.extend(found.map(|piece| (piece, weight as f32)));
        }
        let words = table.asked(&pieces);
        Some(Meant { whole, words })
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
        let Some(Meaning { vectors, .. }) = meaning.as_ref() else {
            return Ok(Vec::new());
        };
        let is_wanted = |row: usize| u32::try_from(row).is_ok_and(is_wanted);
        let found = scan(&meant.whole, vectors, most, &is_wanted).into_iter();
        let row = |(row, near)| Some((u32::try_from(row).ok()?, f64::from(near)));
        Ok(found.filter_map(row).collect())
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
        let Some(meaning) = meaning.as_ref() else {
            return (0.0, 0.0);
        };
        let table = &meaning.table;
        let text = told(memory);
        let vector = meaning.vector(row).unwrap_or_else(|| table.embed(&text));
        let mut whole = meant.whole.cosine(&vector);
        if by_title {
            whole = (whole + meant.whole.cosine(&table.embed(&memory.title))) / 2.0;
        }
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
