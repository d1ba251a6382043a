/**
 * SQLite's full-text search as every SQLite here is asked to do it.
 *
 * The text is stored once, in an ordinary table, and the index refers to it. A whole row is
 * fetched for each hit; a filter is applied while the index is walked, which `CROSS JOIN` makes
 * sure of: the other order takes a hundred times as long.
 */
import { FIELD_WEIGHTS, FIELDS, type Row } from "../corpus.js";
import { LIMIT, type Query } from "../queries.js";

/** How every SQLite here is set up, for the table. */
export const FTS5_SETUP =
  "FTS5, external content, `porter unicode61 remove_diacritics 2`, the weights as `rank`, in memory, bulk load in one transaction and `optimize`, prepared statements, whole rows by `ORDER BY rank LIMIT 20`";

const columns = FIELDS.join(", ");
const weights = FIELDS.map((field) => FIELD_WEIGHTS[field].toFixed(1)).join(", ");

export const SCHEMA = `
CREATE TABLE memory (
    id INTEGER PRIMARY KEY, project TEXT NOT NULL, type TEXT NOT NULL, at INTEGER NOT NULL,
    title TEXT NOT NULL, narrative TEXT NOT NULL, concepts TEXT NOT NULL, files TEXT NOT NULL
);
CREATE INDEX memory_by_time ON memory(at);
CREATE INDEX memory_by_project ON memory(project, at);
CREATE VIRTUAL TABLE memory_text USING fts5(
    ${columns}, content='memory', content_rowid='id',
    tokenize='porter unicode61 remove_diacritics 2'
);
INSERT INTO memory_text(memory_text, rank) VALUES ('rank', 'bm25(${weights})');
`;

/** Takes {@link rowValues}. */
export const INSERT = "INSERT INTO memory VALUES (?, ?, ?, ?, ?, ?, ?, ?)";

/** Indexes what was inserted. */
export const INDEX = `
INSERT INTO memory_text(rowid, ${columns}) SELECT id, ${columns} FROM memory;
INSERT INTO memory_text(memory_text) VALUES ('optimize');
`;

/** Bytes of the database. */
export const SIZE =
  "SELECT page_count * page_size AS bytes FROM pragma_page_count(), pragma_page_size()";

export function rowValues(row: Row): (string | number)[] {
  const { id, project, type, at, title, narrative, concepts, files } = row;
  return [id, project, type, at, title, narrative, concepts, files];
}

/** The statement for a question; the same text for every question of one shape. */
export function statement(query: Query): string {
  const { project, type, since } = query;
  const conditions = ["memory_text MATCH ?"];
  if (project !== undefined) conditions.push("m.project = ?");
  if (type !== undefined) conditions.push("m.type = ?");
  if (since !== undefined) conditions.push("m.at >= ?");
  return `SELECT m.*, rank AS score FROM memory_text
          CROSS JOIN memory m ON m.id = memory_text.rowid
          WHERE ${conditions.join(" AND ")} ORDER BY rank LIMIT ${LIMIT}`;
}

/** What the statement of the same question takes. */
export function parameters(query: Query): (string | number)[] {
  const { project, type, since } = query;
  return [expression(query), project, type, since].filter((value) => value !== undefined);
}

/** In FTS5's own language, every word quoted. */
export function expression({ words, operator }: Pick<Query, "words" | "operator">): string {
  switch (operator) {
    case "phrase":
      return `"${words.join(" ")}"`;
    case "prefix":
      return `"${words.join(" ")}"*`;
    case "and":
      return words.map((word) => `"${word}"`).join(" AND ");
    case "or":
      return words.map((word) => `"${word}"`).join(" OR ");
  }
}
