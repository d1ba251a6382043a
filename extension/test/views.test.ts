import assert from "node:assert/strict";
import { test } from "node:test";
import type { Commit, NewRecord } from "recollect-wasm";
import type { Memories } from "../src/common/memories/Memories.js";
import { fileRows } from "../src/common/views/fileRows.js";
import { decisionRows, LIST_PAGE, MORE_KEY, pinnedRows } from "../src/common/views/listRows.js";
import { todayRows } from "../src/common/views/todayRows.js";
import type { ViewRow } from "../src/common/views/ViewRow.js";
import { note, openMemories, origin } from "./openMemories.js";
import { plainWords as l10n } from "./plainWords.js";
import { temporaryFolder } from "./temporaryFolder.js";

const HOUR_MS = 3_600_000;
const projects = [origin.project.id];

function commit(number: number, files: string[], message: string, at: number): Commit {
  return { hash: String(number).padStart(40, "a"), message, at, files, author: "Ann Bell" };
}

function event(session: string, type: string, at: number, content: string): NewRecord {
  return { kind: "event", origin: { ...origin, session }, at, type, content };
}

async function labels(rows: readonly ViewRow[]): Promise<string[]> {
  const all: string[] = [];
  for (const row of rows) {
    all.push(row.label);
    for (const child of (await row.children?.()) ?? []) all.push(`  ${child.label}`);
  }
  return all;
}

async function withSession(memories: Memories, now: number): Promise<void> {
  await memories.append([
    {
      kind: "prompt",
      origin: { ...origin, session: "before" },
      at: now - 50 * HOUR_MS,
      number: 1,
      text: "Mend the kettle",
    },
    event("before", "test_run", now - 49.9 * HOUR_MS, "npm test failed"),
  ]);
  await memories.endSession("before");
  await memories.append([
    {
      kind: "prompt",
      origin: { ...origin, session: "now" },
      at: now - 1000,
      number: 1,
      text: "Paint the stove",
    },
  ]);
}

test("today lists the session under way with what happens in it, and earlier ones below", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.now();
  await withSession(memories, now);
  const rows = await todayRows(memories, { projects, now }, l10n);
  const all = await labels(rows);
  assert.equal(all[0], "Session under way");
  assert.ok(all.includes("  Paint the stove"), all.join("\n"));
  const earlier = rows.find(({ key }) => key === "session:before");
  assert.deepEqual(earlier?.opens, { kind: "session", key: "before" });
  assert.equal(rows.indexOf(earlier), rows.length - 1);
});

test("what is added to the session under way is there when it is unfolded again", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.now();
  await withSession(memories, now);
  const [running] = await todayRows(memories, { projects, now }, l10n);
  await memories.append([event("now", "test_run", now, "npm test failed")]);
  assert.equal((await running?.children?.())?.length, 2);
});

test("a day on which nothing was remembered lists what was remembered last", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.now();
  await memories.learn(origin.project, [
    commit(1, ["lib/kettle.js"], "feat: boil water", now - 50 * HOUR_MS),
    commit(2, ["lib/stove.js"], "feat: light the stove", now - 49 * HOUR_MS),
  ]);
  const [lately, ...others] = await todayRows(memories, { projects, now }, l10n);
  assert.equal(lately?.label, "Before today");
  assert.deepEqual(others, []);
  const [newest] = (await lately.children?.()) ?? [];
  assert.match(newest?.label ?? "", /light the stove/);
  await memories.remember(note("The kettle is blue"));
  const rows = await labels(await todayRows(memories, { projects, now }, l10n));
  assert.deepEqual(rows, ["Remembered today", "  The kettle is blue"]);
});

test("a project of which nothing is recorded has no rows", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note("The kettle is blue"));
  const request = { projects: ["example.com/another"], now: Date.now() };
  assert.deepEqual(await todayRows(memories, request, l10n), []);
});

test("a file's rows tell who changed it last, what was decided and mended, and what changes with it", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.now();
  const files = ["lib/kettle.js", "test/kettle.test.js"];
  await memories.learn(origin.project, [
    commit(1, files, "feat: boil water", now - 3 * HOUR_MS),
    commit(2, [...files, "README.md"], "fix: stop boiling when empty", now - 2 * HOUR_MS),
    commit(3, ["lib/stove.js"], "feat: light the stove", now - HOUR_MS),
  ]);
  const rows = await fileRows(memories, { projects, file: "lib/kettle.js", now }, l10n);
  const all = await labels(rows);
  assert.ok(all.includes("Last changes"), all.join("\n"));
  assert.equal(all.filter((label) => label.includes("stove")).length, 0, all.join("\n"));
  const [changes] = rows;
  const [newest] = (await changes?.children?.()) ?? [];
  assert.match(newest?.description ?? "", /^Ann Bell · /);
  assert.equal(newest?.kind, "commit");
  const together = rows.find(({ key }) => key === "together");
  assert.deepEqual(
    (await together?.children?.())?.map(({ opens }) => opens),
    [{ kind: "file", path: "test/kettle.test.js" }],
  );
});

test("pinned is what was pinned, and a pin is told to a screen reader", async () => {
  const memories = openMemories(await temporaryFolder());
  const request = { projects, now: Date.now(), limit: LIST_PAGE };
  const kept = await memories.remember(note("The kettle is blue"));
  assert.equal(kept.status, "pending");
  assert.deepEqual(await pinnedRows(memories, request, l10n), []);
  await memories.append([{ kind: "edit", of: kept.id, isPinned: true }]);
  const [row] = await pinnedRows(memories, request, l10n);
  assert.equal(row?.kind, "pinnedMemory");
  assert.match(row.spoken, /pinned/);
});

test("a long list ends with how many more there are, and another page shows them", async () => {
  const memories = openMemories(await temporaryFolder());
  const now = Date.now();
  const commits = Array.from({ length: LIST_PAGE + 5 }, (_, number) =>
    commit(number, [], `Use tin number ${number}, because the linter wants it`, now - number),
  );
  await memories.learn(origin.project, commits);
  const first = await decisionRows(memories, { projects, now, limit: LIST_PAGE }, l10n);
  assert.equal(first.length, LIST_PAGE + 1);
  assert.equal(first.at(-1)?.key, MORE_KEY);
  assert.match(first.at(-1)?.label ?? "", /^5 /);
  const all = await decisionRows(memories, { projects, now, limit: 2 * LIST_PAGE }, l10n);
  assert.equal(all.length, LIST_PAGE + 5);
});
