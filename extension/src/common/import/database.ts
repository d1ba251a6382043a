import { ForeignDatabase } from "recollect-wasm";
import type { ImportInput, Told } from "./Importer.js";
import { fieldsIn, type Fields } from "./jsonLines.js";
import { toTranslate } from "../Localize.js";

/** Largest database that is read: a copy of it is held in memory. */
const MAX_BYTES = 256 * 1024 * 1024;

/** Rows that are asked for at once. */
const PAGE = 500;

const WAL_HEADER = 32;
const FRAME_HEADER = 24;
const WAL_MAGIC = 0x377f0682;

/** The tables of a database that another program wrote; the files are only read. */
export class Database {
  readonly #database: ForeignDatabase;

  private constructor(database: ForeignDatabase) {
    this.#database = database;
  }

  /** Copies a database; nothing if it cannot be read, which is named. */
  static async open({ file, files, onSkipped }: ImportInput): Promise<Database | undefined> {
    const problem = (reason: string): Database | undefined => {
      onSkipped({ path: file.path, line: 0, reason });
      return undefined;
    };
    const bytes = await files.bytes(file.path, MAX_BYTES);
    if (bytes === undefined) return problem(toTranslate("the database is too large, or is gone"));
    const log = await files.bytes(`${file.path}-wal`, MAX_BYTES);
    const whole = log === undefined ? bytes : withLog(bytes, log);
    let at = 0;
    const reader = {
      size: whole.length,
      next: (most: number) => whole.subarray(at, (at += Math.min(most, whole.length - at))),
    };
    try {
      return new Database(new ForeignDatabase(reader));
    } catch {
      return problem(toTranslate("no database that can be read"));
    }
  }

  /** The rows of a table in their order, as many at a time as memory allows; none if it is not there. */
  *rows(table: string): Iterable<Fields> {
    if (this.has(table)) yield* this.select(`* FROM ${table}`);
  }

  /** Whether there is such a table. */
  has(table: string): boolean {
    const isThere = `SELECT 1 AS one FROM sqlite_master WHERE type = 'table' AND name = '${table}'`;
    return this.#ask(isThere).length > 0;
  }

  /**
   * The rows that a query gives behind its `SELECT`, in the order of its first table; `row` names
   * the number of a row where it reads several tables, and `where` says which rows count.
   */
  *select(query: string, { row = "rowid", where = "1" } = {}): Iterable<Fields> {
    let after = Number.MIN_SAFE_INTEGER;
    for (;;) {
      const rows = this.#ask(
        `SELECT ${row} AS row_number, ${query} WHERE ${row} > ${after} AND (${where}) ORDER BY ${row} LIMIT ${PAGE}`,
      );
      yield* rows;
      const last = rows.at(-1)?.["row_number"];
      if (rows.length < PAGE || typeof last !== "number" || last <= after) return;
      after = last;
    }
  }

  free(): void {
    this.#database.free();
  }

  /** What a database tells; what cannot be read of it is named. */
  static async *read(
    input: ImportInput,
    toldOf: (database: Database) => Iterable<Told> | AsyncIterable<Told>,
  ): AsyncIterable<Told> {
    const database = await Database.open(input);
    if (database === undefined) return;
    try {
      yield* toldOf(database);
    } catch {
      const reason = toTranslate("the database is damaged, or of a form that is not known");
      input.onSkipped({ path: input.file.path, line: 0, reason });
    } finally {
      database.free();
    }
  }

  #ask(query: string): Fields[] {
    return fieldsIn(JSON.parse(this.#database.rows(query)));
  }
}

/**
 * A database with the pages of its write-ahead log in their places, up to the last transaction
 * that is whole: what its program wrote last may stand there alone.
 */
export function withLog(database: Uint8Array, log: Uint8Array): Uint8Array {
  if (log.length < WAL_HEADER) return database;
  const view = new DataView(log.buffer, log.byteOffset, log.byteLength);
  const magic = view.getUint32(0);
  if ((magic & ~1) >>> 0 !== WAL_MAGIC) return database;
  const isLittle = (magic & 1) === 0;
  const size = view.getUint32(8);
  if (size < 512 || size > 65_536) return database;
  let sums: Sums = sumOf(view, 0, 24, isLittle, [0, 0]);
  const pages = new Map<number, number>();
  const waiting = new Map<number, number>();
  let length = 0;
  for (let at = WAL_HEADER; at + FRAME_HEADER + size <= log.length; at += FRAME_HEADER + size) {
    const hasSalts = [0, 4].every(
      (salt) => view.getUint32(at + 8 + salt) === view.getUint32(16 + salt),
    );
    if (!hasSalts) break;
    sums = sumOf(view, at, 8, isLittle, sums);
    sums = sumOf(view, at + FRAME_HEADER, size, isLittle, sums);
    if (sums[0] !== view.getUint32(at + 16) || sums[1] !== view.getUint32(at + 20)) break;
    waiting.set(view.getUint32(at), at + FRAME_HEADER);
    const committed = view.getUint32(at + 4);
    if (committed === 0) continue;
    for (const [page, from] of waiting) pages.set(page, from);
    waiting.clear();
    length = committed * size;
  }
  if (length === 0 || length > MAX_BYTES) return database;
  const whole = new Uint8Array(length);
  whole.set(database.subarray(0, length));
  for (const [page, from] of pages)
    if (page > 0 && page * size <= length)
      whole.set(log.subarray(from, from + size), (page - 1) * size);
  return whole;
}

type Sums = readonly [number, number];

/** The checksum of SQLite's file format, over pairs of 32 bits. */
function sumOf(view: DataView, from: number, length: number, isLittle: boolean, sums: Sums): Sums {
  let [first, second] = sums;
  for (let at = from; at < from + length; at += 8) {
    first = (first + view.getUint32(at, isLittle) + second) >>> 0;
    second = (second + view.getUint32(at + 4, isLittle) + first) >>> 0;
  }
  return [first, second];
}
