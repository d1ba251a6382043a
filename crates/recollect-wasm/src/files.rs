//! The files of the log and the image of the index, which the host keeps.

use js_sys::Uint8Array;
use recollect_core::log::name::SegmentName;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::error::{ErrorName, read, throw, thrown};
use crate::host_bytes::{ImageReader, joined};
use crate::requests::millis;
use crate::room;
use crate::store::{Recollect, Thrown, out};
use crate::types::{Outcome, SegmentReport};

/// Room for the texts that full-text search is given at once, in bytes. More of it would
/// stay unused in a module that is nearly full.
const SETTLING_BYTES: usize = 1 << 20;

/// A file to write, once.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Flush {
    flush: recollect_core::Flush,
}

#[wasm_bindgen]
impl Flush {
    /// Its name; nobody else can produce it.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        self.flush.name.to_string()
    }

    /// Its bytes, copied out of the module.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Uint8Array {
        Uint8Array::from(self.flush.bytes.as_slice())
    }

    /// How many records it holds.
    #[wasm_bindgen(getter)]
    pub fn records(&self) -> usize {
        self.flush.records
    }
}

/// What the host is to do with its files; one at a time.
#[wasm_bindgen]
#[derive(Debug)]
pub struct Operation {
    operation: recollect_core::Operation,
}

#[wasm_bindgen]
impl Operation {
    /// What to do.
    #[wasm_bindgen(getter, unchecked_return_type = "OperationKind")]
    pub fn kind(&self) -> String {
        let kind = match self.operation {
            recollect_core::Operation::Read(..) => "read",
            recollect_core::Operation::PutNew(..) => "put_new",
            recollect_core::Operation::Delete(..) => "delete",
        };
        kind.to_owned()
    }

    /// Where the file is.
    #[wasm_bindgen(getter, unchecked_return_type = "Area")]
    pub fn area(&self) -> String {
        let (recollect_core::Operation::Read(area, _)
        | recollect_core::Operation::PutNew(area, ..)
        | recollect_core::Operation::Delete(area, _)) = &self.operation;
        let area = match area {
            recollect_core::Area::Segments => "segments",
            recollect_core::Area::Quarantine => "quarantine",
        };
        area.to_owned()
    }

    /// Its name.
    #[wasm_bindgen(getter)]
    pub fn name(&self) -> String {
        let (recollect_core::Operation::Read(_, name)
        | recollect_core::Operation::PutNew(_, name, _)
        | recollect_core::Operation::Delete(_, name)) = &self.operation;
        name.to_string()
    }

    /// The bytes to write, copied out of the module.
    #[wasm_bindgen(getter)]
    pub fn bytes(&self) -> Option<Uint8Array> {
        match &self.operation {
            recollect_core::Operation::PutNew(_, _, bytes) => {
                Some(Uint8Array::from(bytes.as_slice()))
            }
            _ => None,
        }
    }
}

#[wasm_bindgen]
impl Recollect {
    /// Those of `names` that are segments and were not read yet, newest first.
    pub fn missing(&self, names: Vec<String>) -> Vec<String> {
        let missing = self.store.missing(names.iter().map(String::as_str));
        missing.iter().map(SegmentName::to_string).collect()
    }

    /// Reads a segment; damage is part of the report.
    pub fn ingest(&mut self, name: &str, bytes: &[u8], now: f64) -> Thrown<Ts<SegmentReport>> {
        let segment = SegmentName::parse(name)
            .ok_or_else(|| throw(ErrorName::InvalidInput, "name: not the name of a segment"))?;
        room::make();
        let report = self
            .store
            .ingest(&segment, bytes, millis(now))
            .map_err(thrown)?;
        out(&SegmentReport::new(name, report))
    }

    /// An image of the index to start from next time; none while something waits
    /// to be written.
    #[wasm_bindgen(js_name = saveCache)]
    pub fn save_cache(&mut self) -> Thrown<Option<Uint8Array>> {
        self.store.save_cache(joined).map_err(thrown)
    }

    /// Starts from an image, before any segment was read. `listed` are the names
    /// of the segments that are there. False if the image cannot be used: delete
    /// it and read the segments.
    #[wasm_bindgen(js_name = loadCache)]
    pub fn load_cache(&mut self, image: &ImageReader, listed: Vec<String>, now: f64) -> bool {
        let bytes = image.size() as usize;
        // What is made of it is a little larger.
        room::make_for(bytes.saturating_add(bytes / 5));
        let listed = listed.iter().map(String::as_str);
        self.store.load_cache(image, bytes, listed, millis(now))
    }

    /// The next file to write; none while one is in flight or nothing is pending.
    #[wasm_bindgen(js_name = nextFlush)]
    pub fn next_flush(&mut self, now: f64) -> Option<Flush> {
        self.store
            .next_flush(millis(now))
            .map(|flush| Flush { flush })
    }

    /// How many records wait to be written, those of a file in flight among them.
    /// They are written in the order they came.
    #[wasm_bindgen(getter)]
    pub fn pending(&self) -> usize {
        self.store.pending()
    }

    /// The file of that name is durable: its records are found from here on.
    pub fn flushed(&mut self, name: &str) -> Thrown<()> {
        self.store.flushed(name).map_err(thrown)
    }

    /// The file of that name could not be written; its records come again.
    #[wasm_bindgen(js_name = flushFailed)]
    pub fn flush_failed(&mut self, name: &str) -> Thrown<()> {
        self.store.flush_failed(name).map_err(thrown)
    }

    /// Tells which files are in quarantine; other windows put some there too.
    #[wasm_bindgen(js_name = noteQuarantined)]
    pub fn note_quarantined(&mut self, names: Vec<String>) {
        self.store
            .note_quarantined(names.iter().map(String::as_str));
    }

    /// Makes some more of the memories ready for questions, for a few milliseconds: names that
    /// these ask by, and vectors. Whether others are left; call it in idle moments until it is
    /// false.
    pub fn settle(&mut self) -> Thrown<bool> {
        room::make_for(SETTLING_BYTES);
        self.store.settle().map_err(thrown)
    }

    /// The next operation that keeps the files in order, if there is one and
    /// none is under way; carry it out and call `complete`. Small segments are
    /// folded together if there are more than `compactAbove`, which is left out
    /// unless the window is idle.
    #[wasm_bindgen(js_name = nextOperation)]
    pub fn next_operation(
        &mut self,
        now: f64,
        compact_above: Option<usize>,
    ) -> Thrown<Option<Operation>> {
        let operation = self
            .store
            .next_operation(compact_above, millis(now))
            .map_err(thrown)?;
        Ok(operation.map(|operation| Operation { operation }))
    }

    /// What came of the operation: with the bytes that were read, or without.
    pub fn complete(
        &mut self,
        outcome: Ts<Outcome>,
        bytes: Option<Vec<u8>>,
        now: f64,
    ) -> Thrown<()> {
        let outcome = match (read(&outcome)?, bytes) {
            (Outcome::Done, Some(bytes)) => recollect_core::Outcome::Bytes(bytes),
            (Outcome::Done, None) => recollect_core::Outcome::Done,
            (Outcome::Missing, _) => recollect_core::Outcome::Missing,
            (Outcome::Failed, _) => recollect_core::Outcome::Failed,
        };
        self.store.complete(outcome, millis(now)).map_err(thrown)
    }
}
