//! Bytes that are too many to be in the module's memory twice.

use std::io::{self, Read};

use js_sys::Uint8Array;

/// Copied at a time, so that a copy is still in the processor's cache when it is used.
const CHUNK: usize = 1 << 18;

/// Bytes of the host, read in order without a copy of all.
pub(crate) struct HostBytes {
    bytes: Uint8Array,
    at: u32,
}

impl HostBytes {
    pub(crate) fn new(bytes: Uint8Array) -> Self {
        Self { bytes, at: 0 }
    }
}

impl Read for HostBytes {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let left = (self.bytes.length() - self.at) as usize;
        let length = left.min(CHUNK).min(into.len());
        let end = self.at + length as u32;
        if let Some(into) = into.get_mut(..length) {
            self.bytes.subarray(self.at, end).copy_to(into);
        }
        self.at = end;
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
