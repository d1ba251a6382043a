import assert from "node:assert/strict";
import { readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { PrivacyRules } from "recollect-wasm";
import { note, openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

test("a user's own pattern keeps a text out as soon as it is set", async () => {
  const folder = await temporaryFolder();
  let rules: PrivacyRules = {};
  const memories = openMemories(folder, { privacyRules: () => rules });
  await memories.remember(note("Ask EMP-000001 about tabs"));
  rules = { patterns: ["EMP-[0-9]{6}"] };
  await memories.remember(note("Ask EMP-000002 about spaces"));
  const segments = join(folder, "mem1", "seg");
  const names = await readdir(segments);
  const texts = await Promise.all(names.map((name) => readFile(join(segments, name), "utf8")));
  assert.match(texts.join(""), /EMP-000001/);
  assert.doesNotMatch(texts.join(""), /EMP-000002/);
});

test("while a pattern is wrong nothing is stored, and the error says which", async () => {
  const folder = await temporaryFolder();
  let rules: PrivacyRules = { patterns: ["fine", "("] };
  const memories = openMemories(folder, { privacyRules: () => rules });
  await assert.rejects(memories.remember(note("Ask about tabs")), /pattern 2 /);
  assert.equal((await memories.stats()).memories, 0);
  rules = { patterns: ["fine"] };
  await memories.remember(note("Ask about tabs"));
  assert.equal((await memories.stats()).memories, 1);
});
