//! Bytes that are too many to be in memory twice.

use std::io::{self, Read};

use js_sys::Uint8Array;
use wasm_bindgen::JsValue;
use wasm_bindgen::prelude::wasm_bindgen;

#[wasm_bindgen(typescript_custom_section)]
const IMAGE_READER: &str = r"
/** Reads an image of the index from its beginning. */
export interface ImageReader {
  /** Bytes of the whole image. */
  readonly size: number;
  /**
   * The bytes that come next, at least one and at most so many; none behind the last. They are
   * done with when this is called again.
   */
  next(most: number): Uint8Array;
}
";

#[wasm_bindgen]
extern "C" {
    /// Reads an image of the index from its beginning.
    #[wasm_bindgen(typescript_type = "ImageReader")]
    pub type ImageReader;

    #[wasm_bindgen(method, getter)]
    pub(crate) fn size(this: &ImageReader) -> f64;

    #[wasm_bindgen(method, catch)]
    fn next(this: &ImageReader, most: u32) -> Result<Uint8Array, JsValue>;
}

/// Copied at a time, so that a copy is still in the processor's cache when it is used.
const CHUNK: usize = 1 << 18;

impl Read for &ImageReader {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let most = into.len().min(CHUNK);
        let failed = |_| io::Error::from(io::ErrorKind::Other);
        let bytes = self.next(most as u32).map_err(failed)?;
        let length = bytes.length() as usize;
        let into = into.get_mut(..length).ok_or(io::ErrorKind::InvalidData)?;
        bytes.copy_to(into);
        Ok(length)
    }
}

/// Parts put together where the host has them.
pub(crate) fn joined(parts: &[&[u8]]) -> Uint8Array {
    let length: usize = parts.iter().map(|part| part.len()).sum();
    let bytes = Uint8Array::new_with_length(length as u32);
    let mut at = 0;
    for part in parts {
        let end = at + part.len() as u32;
        bytes.subarray(at, end).copy_from(part);
        at = end;
    }
    bytes
}
