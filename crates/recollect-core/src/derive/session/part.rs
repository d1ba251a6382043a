//! One record of a session, as far as sessions look at it.

use serde_json::{Map, Value};

use crate::error::Result;
use crate::index::Index;
use crate::index::row::StampKey;
use crate::log::id::RecordId;
use crate::log::project::Project;
use crate::log::record::{Body, Kind, Provenance, Record, Sector, Trust};
use crate::log::time::UnixMillis;

/// One record of a session, its edits applied.
#[derive(Debug)]
pub(crate) struct Part {
    pub(crate) id: RecordId,
    /// Its place in the order of time.
    pub(crate) place: (UnixMillis, StampKey),
    pub(crate) kind: Kind,
    pub(crate) project: Project,
    pub(crate) sector: Option<Sector>,
    pub(crate) provenance: Provenance,
    pub(crate) trust: Trust,
    /// Whether it reads as if it told a model what to do.
    pub(crate) is_flagged: bool,
    pub(crate) is_pinned: bool,
    pub(crate) is_archived: bool,
    /// All that its record says, under the keys of the log.
    pub(crate) fields: Map<String, Value>,
}

impl Part {
    /// What the record says, if it reads back.
    pub(crate) fn body(&self) -> Option<Body> {
        let json = serde_json::to_string(&self.fields).ok()?;
        Body::from_json(self.kind, &json).ok()
    }

    /// A text that the record says.
    pub(crate) fn text(&self, key: &str) -> Option<&str> {
        self.fields.get(key)?.as_str()
    }

    /// A list of texts that the record says.
    pub(crate) fn list(&self, key: &str) -> impl Iterator<Item = &str> {
        let list = self.fields.get(key).and_then(Value::as_array);
        list.into_iter().flatten().filter_map(Value::as_str)
    }
}

/// The parts in these rows of the index, in any order.
pub(crate) fn of_index(index: &Index, numbers: &[u32]) -> Result<Vec<Part>> {
    let rows = index.rows();
    let mut parts = Vec::with_capacity(numbers.len());
    for number in numbers {
        let (Some(row), Some(json)) = (rows.get(*number), index.record_at(*number)?) else {
            continue;
        };
        let Some(project) = rows.project(row.project).filter(|_| !rows.is_over(*number)) else {
            continue;
        };
        let mut fields: Map<String, Value> = serde_json::from_str(&json)?;
        // An edit spells the fields that it changes as the record does.
        for edit in index.edit_fields(row.id, row.trust)? {
            // Counts and summaries go by the words of the rules, which a model changes.
            if edit.contains_key("rewriting") {
                continue;
            }
            for key in ["title", "narrative", "facts", "type", "concepts"] {
                if let Some(value) = edit.get(key) {
                    fields.insert(key.to_owned(), value.clone());
                }
            }
        }
        parts.push(Part {
            id: row.id,
            place: (row.at, row.stamp),
            kind: row.kind,
            project: project.clone(),
            sector: Some(row.sectors.primary()),
            provenance: row.provenance,
            trust: row.trust,
            is_flagged: row.flag.is_some(),
            is_pinned: row.is_pinned,
            is_archived: row.is_archived,
            fields,
        });
    }
    Ok(parts)
}

/// The part that a record with that JSON is, if it is one of the session.
pub(crate) fn of_record(record: &Record, json: &str, session: &str) -> Option<Part> {
    let origin = record.origin.as_ref()?;
    if origin.session.as_deref() != Some(session) || matches!(record.body, Body::SessionEnd(_)) {
        return None;
    }
    Some(Part {
        id: record.id,
        place: (record.at, StampKey::new(&record.stamp)),
        kind: record.body.kind(),
        project: origin.project.clone(),
        sector: record.sectors.map(|sectors| sectors.primary()),
        provenance: origin.provenance,
        trust: origin.trust,
        is_flagged: origin.flag.is_some(),
        is_pinned: false,
        is_archived: false,
        fields: serde_json::from_str(json).ok()?,
    })
}
