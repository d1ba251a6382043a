//! Rows by their numbers.

use super::row::Row;

/// Rows of a chunk.
const CHUNK: usize = 1024;

/// Places for rows, some of them empty, in chunks: what grows by moving has all
/// of it in memory twice for a moment, and room for as much again afterwards.
#[derive(Debug, Default)]
pub(super) struct Slots {
    chunks: Vec<Vec<Option<Row>>>,
}

impl Slots {
    /// Places there are.
    pub(super) fn len(&self) -> usize {
        match self.chunks.split_last() {
            Some((last, full)) => full.len() * CHUNK + last.len(),
            None => 0,
        }
    }

    pub(super) fn get(&self, slot: usize) -> Option<&Row> {
        self.chunks.get(slot / CHUNK)?.get(slot % CHUNK)?.as_ref()
    }

    /// The place itself, if it is one.
    pub(super) fn get_mut(&mut self, slot: usize) -> Option<&mut Option<Row>> {
        self.chunks.get_mut(slot / CHUNK)?.get_mut(slot % CHUNK)
    }

    /// Puts a row into a place; those before it are there then, if only empty.
    pub(super) fn put(&mut self, slot: usize, row: Row) {
        while self.len() <= slot {
            match self.chunks.last_mut().filter(|last| last.len() < CHUNK) {
                Some(last) => last.push(None),
                None => self.chunks.push(Vec::with_capacity(CHUNK)),
            }
        }
        if let Some(place) = self.get_mut(slot) {
            *place = Some(row);
        }
    }

    /// The rows from a place on, with their places.
    pub(super) fn from(&self, slot: usize) -> impl Iterator<Item = (usize, &Row)> {
        let first = slot / CHUNK;
        let chunks = self.chunks.get(first..).unwrap_or_default();
        let places = chunks.iter().flatten().skip(slot % CHUNK);
        (slot..)
            .zip(places)
            .filter_map(|(slot, row)| Some((slot, row.as_ref()?)))
    }
}
