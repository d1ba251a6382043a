/** SQLite as native code, which the ratios are to. */
import type { EngineKind } from "./Engine.js";
import * as fts5 from "./fts5.js";

export const betterSqlite: EngineKind = {
  name: "better-sqlite3",
  packageName: "better-sqlite3",
  setup: `native; ${fts5.FTS5_SETUP}`,
  async open(rows) {
    const { default: Database } = await import("better-sqlite3");
    const database = new Database(":memory:");
    database.exec(fts5.SCHEMA);
    const insert = database.prepare(fts5.INSERT);
    database.transaction(() => {
      for (const row of rows) insert.run(...fts5.rowValues(row));
      database.exec(fts5.INDEX);
    })();
    const statements = new Map<string, ReturnType<typeof database.prepare>>();
    return {
      search(query) {
        const sql = fts5.statement(query);
        let statement = statements.get(sql);
        if (statement === undefined) statements.set(sql, (statement = database.prepare(sql)));
        return statement.all(...fts5.parameters(query));
      },
      memoryBytes: () => Number(database.prepare(fts5.SIZE).all()[0]?.bytes),
      close: () => database.close(),
    };
  },
};
