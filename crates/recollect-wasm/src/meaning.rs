//! What memories mean: the table of word vectors, and vectors of a model.

use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::error::thrown;
use crate::store::{Recollect, Thrown, out};
use crate::types::FetchedTexts;

#[wasm_bindgen]
impl Recollect {
    /// Takes the table of word vectors, by which memories are found by what they mean, too;
    /// without one search goes by words alone. Throws an `InvalidInput` error for bytes that are
    /// no such table.
    #[wasm_bindgen(js_name = setMeaning)]
    pub fn set_meaning(&mut self, table: Vec<u8>) -> Thrown<()> {
        self.store.index().set_meaning(table).map_err(thrown)
    }

    /// Gives some more of the memories their vectors, for a few milliseconds; whether others are
    /// left. `settle` does so too; this is for who asks once and does nothing else.
    #[wasm_bindgen(js_name = settleMeaning)]
    pub fn settle_meaning(&mut self) -> Thrown<bool> {
        self.store.settle_meaning().map_err(thrown)
    }

    /// Takes vectors of a model of so many numbers from here on, beside those of the table. `of`
    /// tells the model from any other; vectors of another go.
    #[wasm_bindgen(js_name = setModel)]
    pub fn set_model(&mut self, width: usize, of: u32) {
        self.store.index().set_model(width, of);
    }

    /// The texts of at most so many memories that have no vector of the model, newest first; each
    /// but once.
    #[wasm_bindgen(js_name = fetchTexts)]
    pub fn fetch_texts(&mut self, most: usize) -> Thrown<Ts<FetchedTexts>> {
        let texts = self.store.index().fetch_texts(most).map_err(thrown)?;
        let (rows, texts) = texts.into_iter().unzip();
        out(&FetchedTexts { rows, texts })
    }

    /// Takes what the model made of a text that was fetched, by the number of its row.
    #[wasm_bindgen(js_name = takeVector)]
    pub fn take_vector(&mut self, row: u32, vector: &[f32]) {
        self.store.index().take_vector(row, vector);
    }

    /// Makes some more of the names ready that questions and conditions ask by, for a few
    /// milliseconds; whether others are left. `settle` does so too; this is for who is about to ask.
    #[wasm_bindgen(js_name = settleNames)]
    pub fn settle_names(&self) -> Thrown<bool> {
        self.store.settle_names().map_err(thrown)
    }
}
