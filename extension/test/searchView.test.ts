import assert from "node:assert/strict";
import { test } from "node:test";
import type { Commit } from "recollect-wasm";
import { PAGE_ROWS, searchPage } from "../src/common/views/search.js";
import type { SearchPage, SearchRow } from "../src/common/views/protocol.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { note, openMemories, origin } from "./openMemories.js";
import { plainWords as l10n } from "./plainWords.js";
import { temporaryFolder } from "./temporaryFolder.js";

const DAY_MS = 86_400_000;

function commits(count: number, now: number): Commit[] {
  return Array.from({ length: count }, (_, number) => ({
    hash: String(number).padStart(40, "b"),
    message: `feat: kettle of model ${number}`,
    at: now - number * DAY_MS,
    files: [number % 2 === 0 ? "lib/kettle.js" : "lib/stove.js"],
    author: "Ann Bell",
  }));
}

function ask(
  memories: Memories,
  text: string,
  more: { offset?: number; filters?: string[]; without?: ("file" | "time")[] } = {},
): Promise<SearchPage> {
  const { offset = 0, filters = [], without = [] } = more;
  const question = { do: "search" as const, question: 1, text, filters, without, offset };
  return searchPage(memories, question, { projects: [origin.project.id], now: Date.now() }, l10n);
}

test("without words the newest are listed, page by page to the end", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.learn(origin.project, commits(230, Date.now()));
  const first = await ask(memories, "");
  assert.equal(first.total, 230);
  assert.equal(first.rows.length, PAGE_ROWS);
  const last = await ask(memories, "", { offset: 200 });
  assert.equal(last.rows.length, 30);
  assert.match(last.rows.at(-1)?.title ?? "", /model 229$/);
});

test("a question says how it was understood, and a part that is taken away no longer counts", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.learn(origin.project, commits(6, Date.now()));
  const asked = await ask(memories, "who changed lib/stove.js?");
  assert.deepEqual(
    asked.chips.map(({ aspect }) => aspect),
    ["file"],
  );
  assert.equal(asked.total, 3);
  assert.match(asked.rows[0]?.facts ?? "", /Ann Bell/);
  const without = await ask(memories, "who changed lib/stove.js?", { without: ["file"] });
  assert.deepEqual(without.chips, []);
});

test("what answers a question is listed to its end, as many as were asked for", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.learn(origin.project, commits(530, Date.now()));
  const first = await ask(memories, "who changed lib/stove.js?");
  assert.equal(first.total, 265);
  assert.equal(first.sentences.at(-1), "265 memories fit:");
  const last = await ask(memories, "who changed lib/stove.js?", { offset: 200 });
  assert.deepEqual([last.total, last.rows.length], [265, 65]);
  assert.match(last.rows.at(-1)?.title ?? "", /model 529$/);
  const few = await ask(memories, "the last 3 changes of lib/stove.js");
  assert.deepEqual([few.total, few.rows.length], [3, 3]);
});

test("a word that is still being typed finds what begins so", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("The marmalade is in the cupboard"));
  const { rows } = await ask(memories, "marma");
  assert.equal(rows.length, 1);
});

test("every part of a row's score is told", async () => {
  const memories = openMemories(await temporaryFolder());
  for (const text of ["Paint the stove", "The kettle is blue", "The marmalade is in the cupboard"])
    await memories.remember(note(text));
  const { rows } = await ask(memories, "marmalade cupboard");
  const names = rows[0]?.why.map(({ name }) => name) ?? [];
  assert.deepEqual(names.slice(0, 2), ["Has every word", "Words"]);
  // Both words stand together, which counts, and no word is spelled nearly so, which does not.
  assert.ok(names.includes("Words near each other"), names.join());
  assert.ok(!names.includes("Spelled nearly so"), names.join());
  for (const { share } of rows.flatMap(({ why }) => why)) assert.ok(share >= 0 && share <= 1);
});

test("what a session came to is told without its headings, and words in it still stand out", async () => {
  const memories = openMemories(await temporaryFolder());
  const of = { origin: { ...origin, session: "one" }, at: Date.now() };
  await memories.append([
    { kind: "prompt", ...of, number: 1, text: "Mend the kettle" },
    { kind: "event", ...of, type: "code_edit", file: "lib/boiler.js" },
  ]);
  await memories.endSession("one");
  const { rows } = await ask(memories, "boiler kind:summary");
  const [{ preview, previewHighlights = [] }] = rows as [SearchRow];
  assert.doesNotMatch(preview, /\*\*|Request/);
  for (const { start, end } of previewHighlights)
    assert.match(preview.slice(start, end), /^boiler/i);
});

test("a filter is a condition of the query", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("Use tabs, because the linter wants them"));
  await memories.remember(note("The kettle is blue", { type: "discovery" }));
  const { rows } = await ask(memories, "", { filters: ["type:decision"] });
  assert.deepEqual(
    rows.map(({ title }) => title),
    ["Use tabs, because the linter wants them"],
  );
});

test("nothing that matches is another thing than nothing that is remembered", async () => {
  const memories = openMemories(await temporaryFolder());
  assert.equal((await ask(memories, "")).isEmpty, true);
  await memories.remember(note("The kettle is blue"));
  const { isEmpty, total } = await ask(memories, "type:decision marmalade");
  assert.deepEqual([isEmpty, total], [false, 0]);
});
