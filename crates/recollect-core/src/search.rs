//! Searching and listing.

use rusqlite::params_from_iter;
use rusqlite::types::Value;

use crate::error::Result;
use crate::filter::{Filter, Page};
use crate::id::RecordId;
use crate::index::{FIELD_WEIGHTS, Index, ListedMemory};
use crate::memory::Memory;
use crate::project::Project;
use crate::query::Query;
use crate::text::one_line;
use crate::time::UnixMillis;

/// How much of each hit is wanted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Format {
    /// What it takes to choose.
    #[default]
    Index,
    /// Everything.
    Full,
}

/// A memory that was found or listed.
#[derive(Clone, Debug, PartialEq)]
pub struct Hit {
    /// Identity.
    pub id: RecordId,
    /// Name of the kind.
    pub kind: String,
    /// Type of the observation or event.
    pub memory_type: Option<String>,
    /// One line.
    pub title: String,
    /// When it happened.
    pub at: UnixMillis,
    /// The project.
    pub project: Project,
    /// Key of the session.
    pub session: Option<String>,
    /// Who or what wrote it.
    pub provenance: String,
    /// How far it may be believed.
    pub trust: String,
    /// Why it is not recalled by itself, if so.
    pub flag: Option<String>,
    /// Whether it is kept at hand.
    pub is_pinned: bool,
    /// Estimated cost of the full memory in model tokens.
    pub tokens: u32,
    /// BM25, higher is better; only for searches, comparable only within one.
    pub score: Option<f64>,
    /// Up to 200 characters around the match, or of the beginning.
    pub preview: String,
    /// The whole memory, if the format asks for it.
    pub memory: Option<Memory>,
}

/// A page of hits.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Hits {
    /// The page.
    pub hits: Vec<Hit>,
    /// How many there are before and after it as well.
    pub total: u64,
}

/// Most characters of a preview.
const PREVIEW_CHARS: usize = 200;
/// Characters of a preview that stand before the match.
const PREVIEW_LEAD_CHARS: usize = 40;

impl Index {
    /// Memories that hold words of `query`, best first.
    ///
    /// The rank is BM25 over the weighted fields (Robertson and Zaragoza, "The
    /// Probabilistic Relevance Framework: BM25 and Beyond", 2009), as FTS5
    /// computes it with k1 = 1.2 and b = 0.75; equal ranks are ordered newest first.
    /// A blank query asks for everything, newest first; signs without words find nothing.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn search(
        &self,
        query: &Query,
        filter: &Filter,
        page: Page,
        format: Format,
    ) -> Result<Hits> {
        if query.is_blank() {
            return self.recent(filter, page, format);
        }
        if query.is_empty() {
            return Ok(Hits::default());
        }
        let condition = filter.condition();
        let weights = FIELD_WEIGHTS.map(|weight| weight.to_string()).join(", ");
        // CROSS JOIN keeps SQLite from visiting the memories first, which is two
        // orders of magnitude slower.
        let from = format!(
            "FROM memory_text CROSS JOIN memory m ON m.row = memory_text.rowid
             CROSS JOIN project p ON p.row = m.project
             WHERE memory_text MATCH ? AND {}",
            condition.sql
        );
        let mut values = vec![Value::from(query.to_fts5())];
        values.extend(condition.values);
        let total = self.count(&from, &values)?;
        let sql = format!(
            "SELECT {}, bm25(memory_text, {weights}) AS rank {from}
             ORDER BY rank, m.at DESC, m.stamp DESC LIMIT ? OFFSET ?",
            ListedMemory::COLUMNS
        );
        let listed = self.list(&sql, values, page, true)?;
        self.hits(listed, total, Some(query), format)
    }

    /// Memories that pass `filter`, newest first.
    ///
    /// # Errors
    ///
    /// When the engine refuses a statement.
    pub fn recent(&self, filter: &Filter, page: Page, format: Format) -> Result<Hits> {
        let condition = filter.condition();
        let from = format!(
            "FROM memory m JOIN project p ON p.row = m.project WHERE {}",
            condition.sql
        );
        let total = self.count(&from, &condition.values)?;
        let sql = format!(
            "SELECT {} {from} ORDER BY m.at DESC, m.stamp DESC LIMIT ? OFFSET ?",
            ListedMemory::COLUMNS
        );
        let listed = self.list(&sql, condition.values, page, false)?;
        self.hits(listed, total, None, format)
    }

    fn count(&self, from: &str, values: &[Value]) -> Result<u64> {
        let count: i64 = self
            .database()
            .prepare_cached(&format!("SELECT count(*) {from}"))?
            .query_row(params_from_iter(values), |row| row.get(0))?;
        Ok(u64::try_from(count).unwrap_or(0))
    }

    fn list(
        &self,
        sql: &str,
        mut values: Vec<Value>,
        page: Page,
        is_ranked: bool,
    ) -> Result<Vec<(ListedMemory, Option<f64>)>> {
        values.push(Value::from(page.limit()));
        values.push(Value::from(page.offset()));
        let mut statement = self.database().prepare_cached(sql)?;
        let listed = statement
            .query_map(params_from_iter(values), |row| {
                // FTS5 gives better matches smaller, negative numbers.
                let score = is_ranked.then(|| row.get::<_, f64>("rank")).transpose()?;
                Ok((ListedMemory::read(row)?, score.map(|rank| -rank)))
            })?
            .collect::<rusqlite::Result<_>>()?;
        Ok(listed)
    }

    fn hits(
        &self,
        listed: Vec<(ListedMemory, Option<f64>)>,
        total: u64,
        query: Option<&Query>,
        format: Format,
    ) -> Result<Hits> {
        let mut hits = Vec::with_capacity(listed.len());
        for (row, score) in listed {
            let Some(memory) = self.memory(row.id)? else {
                continue;
            };
            hits.push(hit(row, score, memory, query, format));
        }
        Ok(Hits { hits, total })
    }

    /// The hit for one row, as an unranked list shows it.
    pub(crate) fn listed(&self, row: ListedMemory) -> Result<Option<Hit>> {
        let memory = self.memory(row.id)?;
        Ok(memory.map(|memory| hit(row, None, memory, None, Format::Index)))
    }
}

fn hit(
    row: ListedMemory,
    score: Option<f64>,
    memory: Memory,
    query: Option<&Query>,
    format: Format,
) -> Hit {
    Hit {
        id: row.id,
        kind: row.kind,
        memory_type: row.memory_type,
        title: row.title,
        at: row.at,
        project: row.project,
        session: row.session,
        provenance: row.provenance,
        trust: row.trust,
        flag: row.flag,
        is_pinned: row.is_pinned,
        tokens: row.tokens,
        score,
        preview: preview(&memory, query),
        memory: (format == Format::Full).then_some(memory),
    }
}

/// The part of a memory's text that shows why it was found.
fn preview(memory: &Memory, query: Option<&Query>) -> String {
    let text = one_line(&memory.text());
    let text = if text.is_empty() {
        one_line(&memory.files().collect::<Vec<_>>().join(" "))
    } else {
        text
    };
    let start = query
        .and_then(|query| first_match(&text, query))
        .unwrap_or(0);
    let lead = text[..start]
        .char_indices()
        .rev()
        .take(PREVIEW_LEAD_CHARS)
        .last()
        .map_or(start, |(position, _)| position);
    // A lead shorter than its length reaches the beginning; otherwise it starts at a word.
    let begin = if lead == 0 {
        0
    } else {
        text[lead..start]
            .find(' ')
            .map_or(lead, |space| lead + space + 1)
    };
    let mut preview = String::new();
    if begin > 0 {
        preview.push('…');
    }
    let room = PREVIEW_CHARS - 2;
    preview.extend(text[begin..].chars().take(room));
    if text[begin..].chars().nth(room).is_some() {
        preview.push('…');
    }
    preview
}

/// Where the first word of the query stands, or a word that begins as it does:
/// the index finds `dropped` by `drop`.
fn first_match(text: &str, query: &Query) -> Option<usize> {
    let stems: Vec<String> = query
        .words()
        .map(|word| word.chars().take(5).collect())
        .collect();
    let mut position = 0;
    for word in text.split(|c: char| !c.is_alphanumeric()) {
        let lower = word.to_lowercase();
        if !word.is_empty() && stems.iter().any(|stem| lower.starts_with(stem.as_str())) {
            return Some(position);
        }
        // Splitting at a character leaves it out; it is where the next word begins.
        position += word.len();
        position += text[position..].chars().next().map_or(0, char::len_utf8);
    }
    None
}
