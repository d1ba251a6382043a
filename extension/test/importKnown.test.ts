/** Files that were taken in before are not read again, as long as that is known to be safe. */
import assert from "node:assert/strict";
import { mkdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { claudeCode } from "../src/common/import/claudeCode.js";
import type { ImportFiles } from "../src/common/import/Importer.js";
import { takeIn, type TakenIn } from "../src/common/import/takeIn.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { knownFilesOf } from "../src/node/import/keptImports.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const AT = Date.parse("2026-01-05T10:00:00Z");
const { signal } = new AbortController();

const line = (number: number, content: string): string =>
  JSON.stringify({
    ...{ type: "user", uuid: `u${number}`, sessionId: "s1", cwd: "/srv/shop" },
    ...{ timestamp: new Date(AT + number * 1_000).toISOString(), message: { content } },
  });

/** A folder of transcripts and one of memories, with what was read of the first counted. */
async function made() {
  const root = await temporaryFolder();
  const projects = join(root, "projects");
  const storage = join(root, "storage");
  const transcript = join(projects, "s1.jsonl");
  await mkdir(projects);
  await writeFile(transcript, `${line(1, "Sort the parcels")}\n{ broken\n`);
  let read = 0;
  const files: ImportFiles = {
    ...nodeImportFiles,
    async *lines(path, signal) {
      read += 1;
      yield* nodeImportFiles.lines(path, signal);
    },
  };
  const imported = async (memories: Memories, version = "1"): Promise<[TakenIn, number]> => {
    read = 0;
    const known = await knownFilesOf(storage, version);
    const placeOf = () => Promise.resolve({ project: origin.project, roots: [] });
    const found = await claudeCode.find(files, projects);
    const taken = await takeIn(claudeCode, found, { files, memories, signal, placeOf, known });
    return [taken, read];
  };
  return { storage, transcript, imported };
}

test("an unchanged file is not read again, and counts and says what it did", async () => {
  const { storage, imported } = await made();
  const memories = openMemories(storage);
  const [first, read] = await imported(memories);
  assert.ok(first.added > 0 && read > 0);
  for (const opened of [memories, openMemories(storage)]) {
    const [again, reads] = await imported(opened);
    assert.equal(reads, 0);
    assert.equal(again.added, 0);
    assert.deepEqual(
      [again.files, again.turns, again.sessions, again.knownSessions],
      [first.files, first.turns, first.sessions, 1],
    );
    assert.deepEqual(
      again.skipped.map(({ line, reason }) => [line, reason]),
      first.skipped.map(({ line, reason }) => [line, reason]),
    );
  }
});

test("what was remembered or forgotten since does not have it read, and what was forgotten stays so", async () => {
  const { storage, imported } = await made();
  const memories = openMemories(storage);
  await imported(memories);
  const { hits } = await memories.recent({ session: "s1" });
  await memories.forget({ ids: hits.map(({ id }) => id) });
  const [again, reads] = await imported(memories);
  assert.deepEqual([again.added, reads], [0, 0]);
  assert.equal((await memories.recent({ session: "s1" })).hits.length, 0);
});

test("a file that goes on is read, and so is every file by another version", async () => {
  const { storage, transcript, imported } = await made();
  const memories = openMemories(storage);
  await imported(memories);
  await writeFile(transcript, `${line(1, "Sort the parcels")}\n${line(2, "Count the parcels")}\n`);
  const [more, reads] = await imported(memories);
  assert.ok(more.added > 0 && reads > 0);
  assert.equal((await imported(memories))[1], 0);
  assert.ok((await imported(memories, "2"))[1] > 0);
});

test("memories that were wiped, or are others, take all of it in again", async () => {
  const { storage, imported } = await made();
  const memories = openMemories(storage);
  const [first] = await imported(memories);
  await memories.dispose();
  await rm(join(storage, "mem1"), { recursive: true });
  assert.equal((await imported(openMemories(storage)))[0].added, first.added);
  assert.equal((await imported(openMemories(await temporaryFolder())))[0].added, first.added);
});

test("what is kept of files names neither them nor what they hold, is the user's alone, and may be anything", async () => {
  const { storage, imported } = await made();
  await imported(openMemories(storage));
  const kept = join(storage, "imports.json");
  const text = await readFile(kept, "utf8");
  for (const word of ["parcels", "s1", "projects"]) assert.ok(!text.includes(`"${word}`), word);
  if (process.platform !== "win32") assert.equal((await stat(kept)).mode & 0o777, 0o600);
  for (const other of ["{", "[]", text.replace(/"ids":\[[^\]]*\]/, '"ids":[1]'), '{"files":1}']) {
    await writeFile(kept, other);
    const [again, reads] = await imported(openMemories(storage));
    assert.equal(again.added, 0);
    assert.ok(reads > 0);
  }
});
