/** SQLite for WebAssembly with Node's files. */
import type { EngineKind } from "./Engine.js";
import * as fts5 from "./fts5.js";

export const nodeSqliteWasm: EngineKind = {
  name: "node-sqlite3-wasm",
  packageName: "node-sqlite3-wasm",
  setup: `WebAssembly; ${fts5.FTS5_SETUP}`,
  async open(rows) {
    const { default: sqlite } = await import("node-sqlite3-wasm");
    const database = new sqlite.Database(":memory:");
    database.exec(fts5.SCHEMA);
    database.exec("BEGIN");
    const insert = database.prepare(fts5.INSERT);
    for (const row of rows) insert.run(fts5.rowValues(row));
    insert.finalize();
    database.exec(fts5.INDEX);
    database.exec("COMMIT");
    const statements = new Map<string, ReturnType<typeof database.prepare>>();
    return {
      search(query) {
        const sql = fts5.statement(query);
        let statement = statements.get(sql);
        if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)));
        return statement.all(fts5.parameters(query));
      },
      memoryBytes: () => Number(database.get(fts5.SIZE)?.bytes),
      close() {
        for (const statement of statements.values()) statement.finalize();
        database.close();
      },
    };
  },
};
