/** Patterns as TypeScript sees them. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import type { NewRecord } from "recollect-wasm";

import { NOW, flush, inSession, load, open, throws } from "./module.js";

before(load);

const DAY = 86_400_000;
test("what recurs is told with its sessions and files", () => {
  const memory = open();
  for (let day = 0; day < 10; day += 1) {
    const origin = inSession(`day ${day}`);
    const files = day % 2 ? ["README.md", `src/${day}.ts`] : ["src/schema.sql", "src/types.ts"];
    const events = files.map((file, minute): NewRecord => {
      return { kind: "event", origin, at: NOW + day * DAY + minute, type: "code_edit", file };
    });
    const at = NOW + day * DAY + 9;
    memory.capture([...events, { kind: "event", origin, at, type: "git_commit" }], NOW);
  }
  flush(memory);
  const now = NOW + 10 * DAY;
  const [pattern] = memory.patterns({ project: "app", kinds: ["co_change"] }, now);
  assert.ok(pattern);
  assert.equal(pattern.kind, "co_change");
  assert.deepEqual([...pattern.files].sort(), ["src/schema.sql", "src/types.ts"]);
  assert.deepEqual(pattern.sessions, ["day 8", "day 6", "day 4"]);
  assert.equal(pattern.support, 5);
  assert.ok(pattern.salience > 0 && pattern.lastReinforced === NOW + 8 * DAY + 9);
  assert.deepEqual(memory.patterns({ session: "day 1", kinds: ["co_change"] }, now), []);
  throws("NotFound", /^project/, () => memory.patterns({ project: "other" }, now));
  memory.free();
});

test("three sessions show what recurs, marked as few; two show nothing", () => {
  for (const sessions of [2, 3]) {
    const memory = open();
    for (let day = 0; day < sessions; day += 1) {
      const origin = inSession(`day ${day}`);
      const files = ["src/schema.sql", "src/types.ts"];
      const events = files.map((file, minute): NewRecord => {
        return { kind: "event", origin, at: NOW + day * DAY + minute, type: "code_edit", file };
      });
      const at = NOW + day * DAY + 9;
      memory.capture([...events, { kind: "event", origin, at, type: "git_commit" }], NOW);
      memory.endSession(`day ${day}`, at);
    }
    flush(memory);
    const found = memory.patterns({ project: "app" }, NOW + sessions * DAY);
    const told = found.map(({ kind, isFew, support }) => ({ kind, isFew, support }));
    const few = { isFew: true, support: 3 };
    const all = [
      { kind: "sequence", ...few },
      { kind: "co_change", ...few },
    ];
    assert.deepEqual(told, sessions === 2 ? [] : all);
    for (const { description } of found) assert.match(description, /in 3 sessions: few so far/);
    memory.free();
  }
});
