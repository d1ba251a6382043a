/** Facts as TypeScript sees them. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import type { NewRecord } from "recollect-wasm";

import { NOW, flush, inSession, load, open, throws } from "./module.js";

before(load);

const { project } = inSession("");
const origin = { project, provenance: "user" } as const;

test("a fact is kept under its key until its time is over", () => {
  const memory = open();
  const metadata = { author: "me", size: 2 ** 60, nested: { list: [1, null, "a"] } };
  const records: NewRecord[] = [
    { kind: "fact", origin, key: "database", value: "postgres", metadata, ttlSeconds: 60 },
    { kind: "fact", origin, key: "editor", value: "vscode" },
  ];
  memory.append(records, NOW);
  flush(memory);
  const fact = memory.fact("app", "database", NOW + 1);
  assert.deepEqual(fact, {
    id: fact.id,
    project,
    key: "database",
    value: "postgres",
    metadata,
    at: NOW,
    expiresAt: NOW + 60_000,
    accessed: 0,
    lastAccessed: NOW,
  });
  memory.used([fact.id], "recalled", NOW + 1);
  const { facts, total } = memory.facts({ project: project.id, prefix: "data" }, NOW + 2);
  assert.deepEqual([facts[0]?.accessed, facts[0]?.lastAccessed, total], [1, NOW + 1, 1]);
  assert.equal(memory.stats(NOW + 59_999).memories, 2);
  assert.equal(memory.get([fact.id], NOW + 59_999)[0]?.expiresAt, NOW + 60_000);

  assert.equal(memory.stats(NOW + 60_000).memories, 1);
  assert.equal(memory.search({ text: "postgres", now: NOW + 60_000 }).total, 0);
  assert.deepEqual(memory.get([fact.id]), []);
  assert.equal(memory.recent({}).total, 1);
  throws("NotFound", /^key/, () => memory.fact("app", "database", NOW + 60_000));
  throws("NotFound", /^project/, () => memory.fact("other", "database", NOW));
  throws("NotFound", /^project/, () => memory.facts({ project: "other" }, NOW));
  memory.free();
});
