import { betterSqlite } from "./betterSqlite.js";
import type { EngineKind } from "./Engine.js";
import { flexSearch } from "./flexSearch.js";
import { miniSearch } from "./miniSearch.js";
import { nodeSqliteWasm } from "./nodeSqliteWasm.js";
import { orama } from "./orama.js";
import { sqliteWasm } from "./sqliteWasm.js";

/** What search is measured against, in the order of the tables. */
export const PEERS: readonly EngineKind[] = [
  betterSqlite,
  sqliteWasm,
  nodeSqliteWasm,
  miniSearch,
  orama,
  flexSearch,
];
