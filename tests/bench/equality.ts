/**
 * Whether the best 20 are the best 20: sums of BM25 scores against those of FTS5's own `bm25()`.
 *
 * The reference is better-sqlite3 over the tokens that the module makes of each field, so that
 * what differs is the ranking and not where words begin and end.
 */
import type BetterSqlite from "better-sqlite3";
import * as recollectWasm from "recollect-wasm";
import type { Row } from "./corpus.js";
import { expression, parameters, statement } from "./engines/fts5.js";
import type { Query } from "./queries.js";

/** What became of the comparison, or why there was none. */
export type Equality =
  | { skipped: string }
  | {
      /** Questions that were compared. */
      compared: number;
      /** Those of which both sums are equal. */
      equal: number;
      /** The greatest difference of two sums, as a share of the larger. */
      worst: number;
      /** The first questions of which they are not, with both sums. */
      different: string[];
    };

/** As shares of a sum: the numbers may be rounded to 32 bits on the way. */
const TOLERANCE = 1e-4;
const SHOWN = 5;
/** So many memories that hold a word are enough not to look for similar words. */
const FEW = 5;

/** Columns of Recollect's index, in its order, and their weights. */
const COLUMNS = ["title", "subtitle", "narrative", "facts", "concepts", "files"] as const;
const WEIGHTS = [3, 3, 1, 1, 16, 2];

/** Compares lists of scores, one for each question. */
export function compareScores(
  queries: readonly Query[],
  ours: readonly (readonly number[])[],
  reference: readonly (readonly number[])[],
): Equality {
  let equal = 0;
  let worst = 0;
  const different: string[] = [];
  for (const [position, query] of queries.entries()) {
    const [sum, wanted] = [total(ours[position]), total(reference[position])];
    const difference = sum === wanted ? 0 : Math.abs(sum - wanted) / Math.max(sum, wanted);
    worst = Math.max(worst, difference);
    if (difference <= TOLERANCE) equal += 1;
    else if (different.length < SHOWN)
      different.push(
        `${query.class}, ${expression(query)}: ${sum.toFixed(4)}, not ${wanted.toFixed(4)}`,
      );
  }
  return { compared: queries.length, equal, worst, different };
}

function total(scores: readonly number[] = []): number {
  return scores.reduce((sum, score) => sum + score, 0);
}

/** Compares the scores that `search` gives with the reference's, over the tokens of each text. */
export async function checkEquality(
  rows: readonly Row[],
  queries: readonly Query[],
  search: (query: Query) => number[],
  tokens = moduleTokens(),
): Promise<Equality> {
  if (tokens === undefined)
    return { skipped: "the module exports no `indexedText`, which the reference is fed with" };
  const sqlite = await import("better-sqlite3").catch(() => undefined);
  if (sqlite === undefined)
    return { skipped: "the reference needs better-sqlite3, which is not installed here" };
  // What a question makes of a word with parts is the engine's affair.
  const plain = queries.filter(({ words }) => words.every((word) => !tokens(word).includes(" ")));
  const reference = openReference(sqlite.default, rows, tokens);
  const asked = plain.map((query) => ({ query, wanted: reference(query) }));
  // To fewer memories, those with words that are spelled nearly the same are added.
  const compared = asked.filter(
    ({ query, wanted }) =>
      wanted.length >= FEW || query.operator === "phrase" || query.operator === "prefix",
  );
  const same = compared.map(({ query }) => query);
  return compareScores(
    same,
    same.map(search),
    compared.map(({ wanted }) => wanted),
  );
}

/** From a text to its tokens, separated by spaces; none if the module does not tell them. */
function moduleTokens(): ((text: string) => string) | undefined {
  // The module of today may not export it; once it does, this is its type.
  const { indexedText } = recollectWasm as unknown as { indexedText?: (text: string) => string };
  return indexedText && ((text) => indexedText(text).trim());
}

function openReference(
  Database: typeof BetterSqlite,
  rows: readonly Row[],
  tokens: (text: string) => string,
): (query: Query) => number[] {
  const database = new Database(":memory:");
  // With every sign a part of a token, only spaces part them. The signs stand within single
  // quotes within double quotes, each doubled where it is one of them.
  const signs = Array.from({ length: 94 }, (_, code) => String.fromCharCode(code + 33))
    .filter((sign) => !/[A-Za-z0-9]/.test(sign))
    .join("")
    .replace(/['"]/g, "$&$&");
  database.exec(`
    CREATE TABLE memory (id INTEGER PRIMARY KEY, project TEXT, type TEXT, at INTEGER);
    CREATE VIRTUAL TABLE memory_text USING fts5(
        ${COLUMNS.join(", ")}, content='', tokenize="ascii tokenchars '${signs}'"
    );
    INSERT INTO memory_text(memory_text, rank) VALUES ('rank', 'bm25(${WEIGHTS.join(", ")})');`);
  const insert = database.prepare("INSERT INTO memory VALUES (?, ?, ?, ?)");
  const index = database.prepare(
    `INSERT INTO memory_text(rowid, ${COLUMNS.join(", ")}) VALUES (?, ?, ?, ?, ?, ?, ?)`,
  );
  database.transaction(() => {
    for (const row of rows) {
      insert.run(row.id, row.project, row.type, row.at);
      const texts = { subtitle: "", facts: "", ...row };
      index.run(row.id, ...COLUMNS.map((column) => tokens(texts[column])));
    }
  })();
  return (query) => {
    const isPrefix = query.operator === "prefix";
    const translated = { ...query, words: isPrefix ? query.words : query.words.map(tokens) };
    // FTS5 gives better matches smaller, negative numbers.
    return database
      .prepare(statement(translated))
      .all(...parameters(translated))
      .map(({ score }) => -Number(score));
  };
}
