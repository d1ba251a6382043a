/** Memories are found by what they mean, once the table of word vectors is there. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { LogLines, note, openMemories } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const CRASH = "The application dies as soon as it is launched";
const QUESTION = "program crashes during startup";

const readMeaning = (): Promise<Uint8Array> =>
  readFile(join(import.meta.dirname, "..", "media", "meaning.bin"));

async function titles(memories: ReturnType<typeof openMemories>): Promise<string[]> {
  return (await memories.search({ text: QUESTION })).hits.map(({ title }) => title);
}

test(
  "a question in other words is answered as soon as the table was read",
  { timeout: 60_000 },
  async () => {
    let reads = 0;
    const memories = openMemories(await temporaryFolder(), {
      readMeaning: () => {
        reads += 1;
        return readMeaning();
      },
    });
    await memories.remember(note(CRASH));
    await memories.remember(note("Prices are rounded to whole cents"));
    // By itself, in an idle moment after everything was read.
    while ((await titles(memories)).length === 0) await new Promise((done) => setTimeout(done, 20));
    assert.deepEqual(await titles(memories), [CRASH]);
    await memories.waitForMeaning(1_000);
    assert.equal(reads, 1);
  },
);

test("who asks but once can wait for it", async () => {
  const memories = openMemories(await temporaryFolder(), { readMeaning });
  await memories.remember(note(CRASH));
  await memories.waitForMeaning(10_000);
  assert.deepEqual(await titles(memories), [CRASH]);
});

test("without the table, and with a damaged one, words are searched for and a line says so", async () => {
  const damaged = async (): Promise<Uint8Array> => (await readMeaning()).slice(0, 1_000);
  for (const read of [damaged, () => Promise.reject(new Error("gone"))]) {
    const log = new LogLines();
    const memories = openMemories(await temporaryFolder(), { readMeaning: read, log });
    await memories.remember(note(CRASH));
    await memories.waitForMeaning(1_000);
    assert.deepEqual(await titles(memories), []);
    assert.equal((await memories.search({ text: "application launched" })).total, 1);
    assert.equal(log.lines.filter((line) => line.includes("by words alone")).length, 1);
  }
});

test("what is forgotten is not found by what it meant", async () => {
  const memories = openMemories(await temporaryFolder(), { readMeaning });
  const kept = await memories.remember(note(CRASH));
  assert.ok(kept.status === "pending");
  await memories.waitForMeaning(10_000);
  await memories.forget({ ids: [kept.id] });
  assert.deepEqual(await titles(memories), []);
});
