//! The order in which words stand in each row.
//!
//! Lists tell which rows hold the words of a phrase, and this tells whether they stand there
//! one behind the other. FTS5 would keep the places of each word in its list; by row they are
//! gone with the row, take two bytes a word, and the few rows of the rarest word are read in
//! less time than long lists of places are compared.
//!
//! A row is the words of its columns, one column behind the other: a word is one more than its
//! place in the table of words, and before the words of a column stand 0 and its number.

use crate::bm25::FIELD_WEIGHTS;
use crate::code::{put, take};

/// The words of all rows, in their order.
#[derive(Debug, Default)]
pub(crate) struct Sequences {
    /// By number; empty for rows that are not there.
    rows: Vec<Box<[u8]>>,
    /// The row that is being put in.
    current: Vec<u8>,
    /// Of its text, the wholes of identifiers, which stand behind all else.
    wholes: Vec<u8>,
    column: Option<usize>,
}

/// What is looked for in rows.
#[derive(Debug)]
pub(crate) struct Sought {
    /// The number of the column, if it must be a certain one.
    column: Option<usize>,
    /// The places of the words.
    places: Vec<u32>,
    /// Whether a word may follow these, by its place; without it none need to.
    begun: Option<Vec<bool>>,
    /// The words of the column that is being read.
    read: Vec<u32>,
}

impl Sequences {
    /// A text of a column follows.
    pub(crate) fn begin(&mut self, column: usize) {
        if self.column != Some(column) {
            self.column = Some(column);
            put(&mut self.current, 0);
            put(&mut self.current, column as u64);
        }
    }

    /// The next word of the text.
    pub(crate) fn add(&mut self, place: u32, is_whole: bool) {
        let list = if is_whole {
            &mut self.wholes
        } else {
            &mut self.current
        };
        put(list, u64::from(place) + 1);
    }

    /// The text ends.
    pub(crate) fn end_text(&mut self) {
        self.current.append(&mut self.wholes);
    }

    /// All of a row was told.
    pub(crate) fn keep(&mut self, row: u32) {
        let words = self.current.as_slice().into();
        self.current.clear();
        self.column = None;
        self.put(row, words);
    }

    fn put(&mut self, row: u32, words: Box<[u8]>) {
        let row = row as usize;
        if self.rows.len() <= row {
            self.rows.resize_with(row + 1, Box::default);
        }
        self.rows[row] = words;
    }

    pub(crate) fn remove(&mut self, row: u32) {
        if let Some(words) = self.rows.get_mut(row as usize) {
            *words = Box::default();
        }
    }

    /// How often a row holds what is looked for, weighted by field.
    pub(crate) fn weight(&self, row: u32, sought: &mut Sought) -> u32 {
        let Some(mut words) = self.rows.get(row as usize).map(AsRef::as_ref) else {
            return 0;
        };
        let (mut weight, mut column) = (0, 0);
        sought.read.clear();
        while let Some(word) = take(&mut words) {
            match word.checked_sub(1) {
                Some(place) => sought.read.push(place as u32),
                None => {
                    weight += sought.weight_in(column);
                    sought.read.clear();
                    column = take(&mut words).unwrap_or(0) as usize;
                }
            }
        }
        weight + sought.weight_in(column)
    }

    /// Calls `each` with every row that is there, its words as these numbers say instead of
    /// their places.
    pub(crate) fn write(&self, numbers: &[u32], each: &mut dyn FnMut(u32, &[u8])) {
        let mut written = Vec::new();
        for (row, words) in (0..).zip(&self.rows) {
            let mut words = words.as_ref();
            if words.is_empty() {
                continue;
            }
            written.clear();
            while let Some(word) = take(&mut words) {
                match word.checked_sub(1) {
                    Some(place) => {
                        let number = numbers.get(place as usize).copied().unwrap_or(0);
                        put(&mut written, u64::from(number) + 1);
                    }
                    None => {
                        put(&mut written, 0);
                        put(&mut written, take(&mut words).unwrap_or(0));
                    }
                }
            }
            each(row, &written);
        }
    }

    /// Puts a row back as [`Sequences::write`] gave it.
    pub(crate) fn restore(&mut self, row: u32, words: &[u8]) {
        self.put(row, words.into());
    }
}

impl Sought {
    pub(crate) fn new(column: Option<usize>, places: Vec<u32>, begun: Option<Vec<bool>>) -> Self {
        Self {
            column,
            places,
            begun,
            read: Vec::new(),
        }
    }

    /// How often the words that were read hold it, weighted by their column.
    fn weight_in(&self, column: usize) -> u32 {
        if self.column.is_some_and(|wanted| wanted != column) {
            return 0;
        }
        let length = self.places.len() + usize::from(self.begun.is_some());
        let is_begun = |place: u32| match &self.begun {
            Some(begun) => begun.get(place as usize).is_some_and(|begins| *begins),
            None => true,
        };
        let windows = self.read.windows(length.max(1));
        let found = windows.filter(|window| {
            let last = window.last().copied();
            window.starts_with(&self.places) && last.is_some_and(is_begun)
        });
        let count = u32::try_from(found.count()).unwrap_or(u32::MAX);
        let weight = FIELD_WEIGHTS.get(column).copied().unwrap_or(0);
        count.saturating_mul(weight)
    }
}
