import assert from "node:assert/strict";
import { cp, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { claudeMem } from "../src/common/import/claudeMem.js";
import { withLog } from "../src/common/import/database.js";
import { takeIn, type TakenIn } from "../src/common/import/takeIn.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const made = join(import.meta.dirname, "fixtures", "claude-mem");
const files = nodeImportFiles;
const { signal } = new AbortController();

async function copied(): Promise<string> {
  const folder = await temporaryFolder();
  await cp(made, folder, { recursive: true });
  return folder;
}

async function imported(folder: string, memories: Memories): Promise<TakenIn> {
  const placeOf = () => Promise.resolve({ project: origin.project, roots: [] });
  const found = await claudeMem.find(files, folder);
  return takeIn(claudeMem, found, { files, memories, signal, placeOf });
}

test("claude-mem's prompts, observations and summaries are taken in, those of its log too", async () => {
  const folder = await copied();
  const memories = openMemories(await temporaryFolder());
  const taken = await imported(folder, memories);
  assert.deepEqual([taken.sessions, taken.turns, taken.skipped], [2, 6, []]);
  const kinds = async (kind: "prompt" | "observation"): Promise<string[]> => {
    const { hits } = await memories.recent({ kinds: [kind] });
    return hits.map(({ title }) => title).sort();
  };
  assert.deepEqual(await kinds("prompt"), ["Check the settings", "Never answered"]);
  assert.deepEqual(await kinds("observation"), [
    "An old row tells only this",
    "Ports are numbers",
    "Zod checks settings",
  ]);
  const { hits } = await memories.search({ text: "zod typed" });
  const [decision] = await memories.get([hits[0]?.id ?? ""]);
  assert.equal(decision?.type, "decision");
  assert.deepEqual(decision.facts, ["Zod is small"]);
  assert.deepEqual(decision.filesModified, ["src/check.ts"]);
  assert.equal(decision.project.name, "shop");
  assert.equal(decision.at, 1_767_607_260_000);
  const learned = await memories.search({ text: "secrets too" });
  assert.equal(learned.hits[0]?.kind, "summary");
  const again = await imported(folder, memories);
  assert.deepEqual([again.added, again.knownSessions], [0, 2]);
});

test("the database is not touched", async () => {
  const folder = await copied();
  const before = await Promise.all(
    (await readdir(made)).map((name) => readFile(join(folder, name))),
  );
  await imported(folder, openMemories(await temporaryFolder()));
  const names = await readdir(folder);
  assert.deepEqual(names, await readdir(made));
  const after = await Promise.all(names.map((name) => readFile(join(folder, name))));
  assert.deepEqual(after, before);
});

test("a log that is cut or damaged counts up to its last whole transaction", async () => {
  const database = await readFile(join(made, "claude-mem.db"));
  const log = await readFile(join(made, "claude-mem.db-wal"));
  assert.notDeepEqual(withLog(database, log), new Uint8Array(database));
  const unchanged = new Uint8Array(database);
  const damaged = Uint8Array.from(log);
  damaged[40] = (damaged[40] ?? 0) ^ 1;
  for (const part of [log.subarray(0, 20), log.subarray(0, 300), damaged, new Uint8Array(4096)])
    assert.deepEqual(new Uint8Array(withLog(database, part)), unchanged);
});

test("what is no database, or a damaged one, is named", async () => {
  const memories = openMemories(await temporaryFolder());
  const whole = await readFile(join(made, "claude-mem.db"));
  const damaged = Uint8Array.from(whole).fill(0xff, 100);
  for (const bytes of [new Uint8Array(0), new Uint8Array(4096), damaged]) {
    const folder = await temporaryFolder();
    await writeFile(join(folder, "claude-mem.db"), bytes);
    const taken = await imported(folder, memories);
    assert.deepEqual([taken.added, taken.skipped.length], [0, 1]);
  }
});
