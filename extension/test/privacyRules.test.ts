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

test("a wrong pattern is told once and loses nothing, and the others hold", async () => {
  const folder = await temporaryFolder();
  const told: string[] = [];
  let rules: PrivacyRules = { patterns: ["EMP-[0-9]{6}", "(", "[a-z]{1,400}9"] };
  const memories = openMemories(folder, {
    privacyRules: () => rules,
    onRuleProblems: (problems) => told.push(...problems),
  });
  await memories.remember(note("Ask EMP-000001 about tabs"));
  await memories.remember(note("Ask EMP-000002 about spaces"));
  assert.equal((await memories.stats()).memories, 2);
  assert.equal(told.length, 2);
  assert.match(told[0] ?? "", /^pattern 2 is no regular expression/);
  assert.match(told[1] ?? "", /^pattern 3 would take too long/);
  const segments = join(folder, "mem1", "seg");
  const names = await readdir(segments);
  const texts = await Promise.all(names.map((name) => readFile(join(segments, name), "utf8")));
  assert.doesNotMatch(texts.join(""), /EMP-00000/);
  rules = { patterns: ["fine"] };
  memories.checkRules();
  assert.equal(told.length, 2);
});
