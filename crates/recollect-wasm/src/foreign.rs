//! Databases that other programs wrote.

use wasm_bindgen::prelude::wasm_bindgen;

use crate::error::thrown;
use crate::host_bytes::ImageReader;
use crate::room;
use crate::store::Thrown;

/// A copy of a database that another program wrote, to be read. Free it when done.
#[wasm_bindgen]
#[derive(Debug)]
pub struct ForeignDatabase {
    database: recollect_core::ForeignDatabase,
}

#[wasm_bindgen]
impl ForeignDatabase {
    /// Copies the bytes of a database.
    #[wasm_bindgen(constructor)]
    pub fn new(bytes: &ImageReader) -> Thrown<Self> {
        let size = bytes.size() as usize;
        room::make_for(size);
        let database = recollect_core::ForeignDatabase::open(bytes, size).map_err(thrown)?;
        Ok(Self { database })
    }

    /// The rows that a query gives, as JSON: a list of objects by the names of the columns,
    /// without what is empty or binary.
    pub fn rows(&self, query: &str) -> Thrown<String> {
        self.database.rows(query).map_err(thrown)
    }
}
