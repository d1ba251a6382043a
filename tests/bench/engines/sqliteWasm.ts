/** The SQLite project's own build for WebAssembly. */
import type { EngineKind } from "./Engine.js";
import * as fts5 from "./fts5.js";

export const sqliteWasm: EngineKind = {
  name: "@sqlite.org/sqlite-wasm",
  packageName: "@sqlite.org/sqlite-wasm",
  setup: `WebAssembly; ${fts5.FTS5_SETUP}`,
  async open(rows) {
    const { default: load } = await import("@sqlite.org/sqlite-wasm");
    const sqlite = await load();
    const database = new sqlite.oo1.DB(":memory:", "c");
    database.exec(fts5.SCHEMA);
    const insert = database.prepare(fts5.INSERT);
    database.transaction(() => {
      for (const row of rows) insert.bind(fts5.rowValues(row)).stepReset();
      database.exec(fts5.INDEX);
    });
    insert.finalize();
    const statements = new Map<string, ReturnType<typeof database.prepare>>();
    return {
      search(query) {
        const sql = fts5.statement(query);
        let statement = statements.get(sql);
        if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)));
        statement.bind(fts5.parameters(query));
        const found: Record<string, unknown>[] = [];
        while (statement.step()) found.push(statement.get({}));
        statement.reset();
        return found;
      },
      memoryBytes: () => Number(database.selectValue(fts5.SIZE)),
      close() {
        for (const statement of statements.values()) statement.finalize();
        database.close();
      },
    };
  },
};
