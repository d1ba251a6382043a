/**
 * What is used of the packages that `npm run bench` installs at its first run, so that the
 * compiler needs none of them.
 */

declare module "better-sqlite3" {
  interface Statement {
    run(...values: (string | number)[]): unknown;
    all(...values: (string | number)[]): Record<string, unknown>[];
  }
  export default class Database {
    constructor(file: string);
    exec(sql: string): void;
    prepare(sql: string): Statement;
    transaction(run: () => void): () => void;
    close(): void;
  }
}

declare module "@sqlite.org/sqlite-wasm" {
  interface Statement {
    bind(values: readonly (string | number)[]): this;
    step(): boolean;
    stepReset(): this;
    reset(): this;
    get(row: Record<string, unknown>): Record<string, unknown>;
    finalize(): void;
  }
  interface Database {
    exec(sql: string): void;
    prepare(sql: string): Statement;
    transaction(run: () => void): void;
    selectValue(sql: string): unknown;
    close(): void;
  }
  export default function load(): Promise<{
    oo1: { DB: new (file: string, flags: string) => Database };
  }>;
}

declare module "node-sqlite3-wasm" {
  interface Statement {
    run(values: (string | number)[]): unknown;
    all(values: (string | number)[]): Record<string, unknown>[];
    finalize(): void;
  }
  interface Database {
    exec(sql: string): void;
    prepare(sql: string): Statement;
    get(sql: string): Record<string, unknown> | null;
    close(): void;
  }
  const sqlite: { Database: new (file: string) => Database };
  export default sqlite;
}

declare module "minisearch" {
  interface SearchOptions {
    boost?: Record<string, number>;
    combineWith?: "AND" | "OR";
    prefix?: boolean;
    filter?: (hit: { id: number }) => boolean;
  }
  export default class MiniSearch<T> {
    constructor(options: { fields: string[]; searchOptions: SearchOptions });
    addAll(documents: readonly T[]): void;
    removeAll(): void;
    search(text: string, options: SearchOptions): { id: number; score: number }[];
  }
}

declare module "@orama/orama" {
  interface Database {
    readonly schema: unknown;
  }
  interface SearchParameters {
    term: string;
    properties: string[];
    boost: Record<string, number>;
    limit: number;
    threshold: number;
    where?: Record<string, { eq: string } | { gte: number }>;
  }
  interface Found {
    hits: { id: string; score: number; document: unknown }[];
  }
  export function create(options: {
    schema: Record<string, "string" | "enum" | "number">;
    components: { tokenizer: { stemming: boolean } };
  }): Database;
  export function insertMultiple(
    database: Database,
    documents: readonly object[],
    batchSize: number,
  ): string[] | Promise<string[]>;
  export function search(database: Database, parameters: SearchParameters): Found | Promise<Found>;
}

declare module "flexsearch" {
  interface SearchOptions {
    limit: number;
    suggest: boolean;
    enrich: true;
    merge: true;
    tag?: Record<string, string>;
  }
  export class Document<T> {
    constructor(options: {
      document: {
        id: string;
        index: { field: string; tokenize: "forward" | "strict" }[];
        tag: { field: string }[];
        store: boolean;
      };
    });
    add(document: T): this;
    clear(): this;
    search(text: string, options: SearchOptions): { id: number; doc: T }[];
  }
}
