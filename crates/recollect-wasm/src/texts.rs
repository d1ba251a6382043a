//! What the module says of texts and files without a store.

use recollect_core::intake::privacy;
use tsify::Ts;
use wasm_bindgen::prelude::*;

use crate::store::{Thrown, out};
use crate::types::{Project, SegmentReport};

/// The project of a folder and, if it has one, of its git remote.
#[wasm_bindgen(js_name = projectOf)]
pub fn project_of(remote: Option<String>, folder: &str) -> Thrown<Ts<Project>> {
    out(&Project::from(recollect_core::Project::of(
        remote.as_deref(),
        folder,
    )))
}

/// What a segment holds, without taking it in.
#[wasm_bindgen(js_name = inspectSegment)]
pub fn inspect_segment(name: &str, bytes: &[u8]) -> Thrown<Ts<SegmentReport>> {
    out(&SegmentReport::new(name, recollect_core::inspect(bytes)))
}

/// Number of the index's schema, for the name of an image.
#[wasm_bindgen(js_name = cacheSchema)]
pub fn cache_schema() -> u32 {
    recollect_core::cache_schema()
}

/// The tokens that full-text search sees of a text, parted by spaces.
#[wasm_bindgen(js_name = indexedText)]
pub fn indexed_text(text: &str) -> String {
    recollect_core::indexed_text(text).0
}

/// A text without what is hidden in it or acts on a terminal.
#[wasm_bindgen(js_name = cleanText)]
pub fn clean_text(text: &str) -> String {
    recollect_core::clean::clean(text).into_owned()
}

/// Whether a text has a privacy tag, so that not all of it is kept.
#[wasm_bindgen(js_name = hasPrivate)]
pub fn has_private(text: &str) -> bool {
    privacy::clean_and_strip(text).had_private
}

/// What the privacy filter leaves of a text; nothing if all of it was private.
#[wasm_bindgen(js_name = stripPrivate)]
pub fn strip_private(text: &str) -> Option<String> {
    let stripped = privacy::clean_and_strip(text);
    (!stripped.is_private_as_a_whole()).then(|| stripped.text.into_owned())
}

/// A text with a marker for each secret in it, as it would be kept.
#[wasm_bindgen(js_name = redactSecrets)]
pub fn redact_secrets(text: &str) -> String {
    privacy::redact(text).text.into_owned()
}
