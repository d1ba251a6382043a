//! What a session used: files, searches, decisions and memories.
//!
//! Each piece stands once, under its latest importance, with the time and the
//! place of its last use and how often it was used. Size is that of the JSON that
//! the host gets. Above [`MAX_BYTES`] the context is condensed, the least important
//! pieces first and of these the oldest, each step until it fits:
//!
//! | step | piece | becomes |
//! | --- | --- | --- |
//! | 1 | a text of more than 120 bytes | its beginning |
//! | 2 | a file | a use of its folder |
//! | 2 | any other | left out, and counted |
//!
//! What is pinned is never touched: a `context` record, a memory that is used, or
//! all of it with the session. The same records give the same result.

use serde_json::Value;

use super::Part;
use crate::index::Index;
use crate::log::id::RecordId;
use crate::log::record::Kind;
use crate::log::time::UnixMillis;
use crate::text::cut;

/// Bytes of JSON above which a context is condensed.
pub const MAX_BYTES: usize = 32 * 1024;

/// Importance of what has none of its own.
const OF_SEARCH: f64 = 0.3;
const OF_MEMORY: f64 = 0.6;
const OF_DECISION: f64 = 0.9;
const SHORT_BYTES: usize = 120;

/// One piece of a session's context.
#[derive(Clone, Debug, PartialEq)]
pub struct ContextPiece {
    /// Path of the file, words of the search, the decision, or id of the memory.
    pub text: String,
    /// Key of the memory.
    pub key: Option<String>,
    /// How much it matters, from 0 to 1.
    pub importance: f64,
    /// When it was last used.
    pub at: UnixMillis,
    /// Place of that use among all of the session, from 1.
    pub order: u32,
    /// Times it was used.
    pub count: u32,
    /// Whether it is kept as it is.
    pub is_pinned: bool,
    /// Id of the record of its last use, by which it can be pinned.
    pub record: RecordId,
    /// Bytes of its JSON and of a comma.
    bytes: usize,
}

/// The context of a session, each list in the order of last use.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SessionContext {
    /// Files that were used.
    pub files: Vec<ContextPiece>,
    /// What was searched for.
    pub searches: Vec<ContextPiece>,
    /// What was decided.
    pub decisions: Vec<ContextPiece>,
    /// Memories that were used.
    pub memories: Vec<ContextPiece>,
    /// Pieces that are left out to save room.
    pub left_out: u32,
    /// Whether it is condensed.
    pub is_compressed: bool,
    /// Bytes of JSON of the four lists as one object, before it was condensed.
    pub size_bytes: usize,
    /// The same of what is left.
    pub compressed_bytes: usize,
}

/// The lists in the order of their names here.
type Lists = [Vec<ContextPiece>; 4];
const NAMES: [&str; 4] = ["file", "search", "decision", "memory"];

/// The context that the parts of a session make up, oldest first.
pub(super) fn context(index: &Index, parts: &[Part], is_pinned: bool) -> SessionContext {
    let mut lists = Lists::default();
    let used = parts.iter().filter(|part| part.kind == Kind::Context);
    for (order, part) in (1..).zip(used) {
        let item = part.fields.get("item");
        for (list, name) in lists.iter_mut().zip(NAMES) {
            if let Some(item) = item.and_then(|item| item.get(name)) {
                let mut piece = piece(name, item, part, order);
                let id: Option<RecordId> = piece.text.parse().ok();
                let row = id.and_then(|id| index.rows().by_id(id));
                piece.is_pinned |= is_pinned || row.is_some_and(|row| row.is_pinned);
                use_again(list, piece);
            }
        }
    }
    lists.iter_mut().flatten().for_each(ContextPiece::measure);
    let size_bytes = total(&lists);
    let mut left_out = 0;
    if size_bytes > MAX_BYTES {
        left_out = condense(&mut lists);
    }
    let compressed_bytes = total(&lists);
    let [files, searches, decisions, memories] = lists;
    SessionContext {
        files,
        searches,
        decisions,
        memories,
        left_out,
        is_compressed: compressed_bytes < size_bytes,
        size_bytes,
        compressed_bytes,
    }
}

fn piece(name: &str, item: &Value, part: &Part, order: u32) -> ContextPiece {
    let text = |key: &str| item.get(key).and_then(Value::as_str).map(str::to_owned);
    let (key, importance) = match name {
        "file" => (
            "path",
            item.get("importance")
                .and_then(Value::as_f64)
                .unwrap_or(0.0),
        ),
        "search" => ("query", OF_SEARCH),
        "decision" => ("text", OF_DECISION),
        _ => ("id", OF_MEMORY),
    };
    ContextPiece {
        text: text(key).unwrap_or_default(),
        key: text("key"),
        importance,
        at: part.place.0,
        order,
        count: 1,
        is_pinned: part.is_pinned,
        record: part.id,
        bytes: 0,
    }
}

/// Adds a piece behind the others; one that says the same goes up in it.
fn use_again(list: &mut Vec<ContextPiece>, mut piece: ContextPiece) {
    let same = |known: &ContextPiece| known.text == piece.text && known.key == piece.key;
    if let Some(at) = list.iter().position(same) {
        let known = list.remove(at);
        piece.count += known.count;
        piece.is_pinned |= known.is_pinned;
    }
    list.push(piece);
}

/// Carries out the steps of the module's text; how many pieces are left out.
fn condense(lists: &mut Lists) -> u32 {
    let mut left_out = 0;
    for is_last_step in [false, true] {
        let mut order: Vec<(u64, u32)> = lists
            .iter()
            .flatten()
            .filter(|piece| !piece.is_pinned)
            // Numbers from 0 up are in the order of their bits.
            .map(|piece| (piece.importance.to_bits(), piece.order))
            .collect();
        crate::order::sort(&mut order, Ord::cmp);
        let mut left = total(lists);
        for (_, order) in order {
            if left <= MAX_BYTES {
                return left_out;
            }
            let (mut before, mut after) = (0, 0);
            for (list, name) in lists.iter_mut().zip(NAMES) {
                let Some(at) = list.iter().position(|piece| piece.order == order) else {
                    continue;
                };
                before = list.iter().map(|piece| piece.bytes).sum::<usize>();
                if !is_last_step {
                    let piece = &mut list[at];
                    // A cut path or id would name something else.
                    if matches!(name, "search" | "decision") && piece.text.len() > SHORT_BYTES {
                        piece.text = cut(&piece.text, SHORT_BYTES).into_owned();
                        piece.measure();
                    }
                } else {
                    let piece = list.remove(at);
                    left_out += u32::from(name != "file" || !fold_file(list, piece));
                }
                after = list.iter().map(|piece| piece.bytes).sum::<usize>();
            }
            left = left.saturating_sub(before) + after;
        }
    }
    left_out
}

/// Counts a file as a use of its folder; false if it stands in none.
fn fold_file(files: &mut Vec<ContextPiece>, file: ContextPiece) -> bool {
    let path = file.text.trim_end_matches('/');
    let Some(end) = path.rfind('/') else {
        return false;
    };
    let folder = &file.text[..=end];
    match files.iter_mut().find(|known| known.text == folder) {
        Some(known) => {
            known.count += file.count;
            known.importance = known.importance.max(file.importance);
            known.at = known.at.max(file.at);
            known.measure();
        }
        None => {
            let mut known = ContextPiece {
                text: folder.to_owned(),
                ..file
            };
            known.measure();
            let at = files.partition_point(|piece| piece.order < known.order);
            files.insert(at, known);
        }
    }
    true
}

/// Bytes of `{"files":[…],"searches":[…],"decisions":[…],"memories":[…]}`.
fn total(lists: &Lists) -> usize {
    const EMPTY: usize = r#"{"files":[],"searches":[],"decisions":[],"memories":[]}"#.len();
    let full = lists.iter().filter(|list| !list.is_empty()).count();
    let pieces = lists.iter().flatten().map(|piece| piece.bytes);
    EMPTY + pieces.sum::<usize>() - full
}

impl ContextPiece {
    fn measure(&mut self) {
        const KEYS: usize =
            r#"{"text":,"importance":,"at":,"order":,"count":,"isPinned":,"record":},"#.len();
        let number = |value: f64| {
            // JavaScript writes whole numbers without a fraction.
            let text = Value::from(value).to_string();
            text.strip_suffix(".0").map_or(text.len(), str::len)
        };
        let texts = quoted(&self.text) + quoted(&self.record.to_string());
        let key = self.key.as_deref();
        self.bytes = KEYS
            + texts
            + key.map_or(0, |key| quoted(key) + r#""key":,"#.len())
            + number(self.importance)
            + number(self.at.0 as f64)
            + number(self.order.into())
            + number(self.count.into())
            + if self.is_pinned { 4 } else { 5 };
    }
}

/// Bytes of a text as JSON.
fn quoted(text: &str) -> usize {
    let escapes = text.bytes().map(|byte| match byte {
        b'"' | b'\\' | b'\n' | b'\r' | b'\t' | 8 | 12 => 2,
        0..0x20 => 6,
        _ => 1,
    });
    escapes.sum::<usize>() + 2
}
