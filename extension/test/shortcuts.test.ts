import assert from "node:assert/strict";
import { test } from "node:test";
import { searchAny, shortcutRequests, type Shortcut } from "../src/common/recall/shortcuts.js";
import { note, openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("decisions, changes and how things work are found by type and by label, each once", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("Tabs it is", { type: "decision", concepts: ["decision"] }));
  await memories.remember(note("Queues are polled", { concepts: ["decision"], type: "change" }));
  await memories.remember(note("Retries are capped", { type: "bugfix" }));
  await memories.remember(
    note("The cache is warm", { concepts: ["how-it-works"], type: "change" }),
  );
  const list = async (name: Shortcut, more: { text?: string; limit?: number } = {}) =>
    (await searchAny(memories, shortcutRequests(name, more))).map(({ title }) => title);

  assert.deepEqual(await list("decisions"), ["Queues are polled", "Tabs it is"]);
  assert.deepEqual(await list("how"), ["The cache is warm"]);
  assert.deepEqual(await list("changes", { limit: 2 }), [
    "The cache is warm",
    "Retries are capped",
  ]);
  assert.deepEqual(await list("changes", { text: "queue" }), ["Queues are polled"]);
});
