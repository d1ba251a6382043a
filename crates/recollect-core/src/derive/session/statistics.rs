//! What happened in a session, in numbers.

use serde_json::{Map, Value};

use super::Part;
use crate::log::record::{Kind, Provenance, Sector};
use crate::order;

/// Counts over a session.
///
/// What an editor sees as events and an assistant's tools tell as observations
/// both count, but commits: those of a session are seen from both sides, so that
/// the greater of the two numbers stands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Statistics {
    /// Events.
    pub total_events: u32,
    /// Events by their primary sector, in the order of [`Sector::ALL`].
    pub sectors: [u32; 5],
    /// Files that events, observations and the context name, each once, in order.
    pub files: Vec<String>,
    /// From the first record to the end, or to the last record.
    pub duration_millis: i64,
    /// Edits of files.
    pub edits: u32,
    /// Runs of tests.
    pub tests_run: u32,
    /// Those of them that failed.
    pub tests_failed: u32,
    /// Commits.
    pub commits: u32,
    /// Prompts.
    pub prompts: u32,
    /// Observations.
    pub observations: u32,
    /// Commits that tools told of.
    told_commits: u32,
}

impl Statistics {
    pub(super) fn add(&mut self, part: &Part) {
        match part.kind {
            Kind::Event => self.add_event(part),
            Kind::Observation => self.add_observation(part),
            Kind::Prompt => self.prompts += 1,
            Kind::Context => {
                let file = part.fields.get("item").and_then(|item| item.get("file"));
                let path = file.and_then(|file| file.get("path")?.as_str());
                self.files.extend(path.map(str::to_owned));
            }
            _ => {}
        }
    }

    fn add_event(&mut self, part: &Part) {
        self.total_events += 1;
        if let Some(sector) = part.sector {
            self.sectors[sector as usize] += 1;
        }
        self.files.extend(part.text("file").map(str::to_owned));
        match part.text("type").unwrap_or_default() {
            "code_edit" | "refactor" => self.edits += 1,
            "git_commit" => self.commits += 1,
            "test_run" => {
                self.tests_run += 1;
                let metadata = part.fields.get("metadata").and_then(Value::as_object);
                self.tests_failed += u32::from(metadata.is_some_and(has_failed));
            }
            _ => {}
        }
    }

    fn add_observation(&mut self, part: &Part) {
        self.observations += 1;
        for key in ["files_read", "files_modified"] {
            self.files.extend(part.list(key).map(str::to_owned));
        }
        if part.provenance != Provenance::Tool {
            return;
        }
        let has = |concept| part.list("concepts").any(|known| known == concept);
        let starts = |key, start| part.text(key).is_some_and(|text| text.starts_with(start));
        if starts("subtitle", "Commit") {
            self.told_commits += 1;
        } else if part.list("files_modified").next().is_some() {
            self.edits += 1;
        }
        if has("tests") && (has("error") || starts("title", "Tests pass")) {
            self.tests_run += 1;
            self.tests_failed += u32::from(has("error"));
        }
    }

    pub(super) fn finish(&mut self, duration_millis: i64) {
        self.duration_millis = duration_millis.max(0);
        self.commits = self.commits.max(self.told_commits);
        self.told_commits = 0;
        order::sort(&mut self.files, Ord::cmp);
        self.files.dedup();
    }

    /// The counts as a `session_end` record keeps them. Files are only counted:
    /// their names stand in the records that are forgotten with them.
    pub(crate) fn to_map(&self) -> Map<String, Value> {
        let mut sectors = Map::new();
        for (sector, count) in Sector::ALL.into_iter().zip(self.sectors) {
            if count > 0 {
                sectors.insert(sector.as_str().to_owned(), count.into());
            }
        }
        let mut map = Map::new();
        map.insert("sectors".to_owned(), Value::Object(sectors));
        for (key, count) in [
            ("total_events", i64::from(self.total_events)),
            ("unique_files", self.files.len() as i64),
            ("duration_ms", self.duration_millis),
            ("edits", self.edits.into()),
            ("tests_run", self.tests_run.into()),
            ("tests_failed", self.tests_failed.into()),
            ("commits", self.commits.into()),
            ("prompts", self.prompts.into()),
            ("observations", self.observations.into()),
        ] {
            map.insert(key.to_owned(), count.into());
        }
        map
    }
}

/// Whether the metadata of a run say that it failed, under the names that editors
/// and assistants use.
fn has_failed(metadata: &Map<String, Value>) -> bool {
    metadata
        .iter()
        .any(|(key, value)| match (key.as_str(), value) {
            ("exitCode" | "exit_code" | "failed", Value::Number(number)) => {
                number.as_f64() != Some(0.0)
            }
            ("success" | "passed", value) => *value == Value::Bool(false),
            ("test_status" | "status", Value::String(status)) => {
                status == "failed" || status == "failure"
            }
            _ => false,
        })
}
