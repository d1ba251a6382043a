import assert from "node:assert/strict";
import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Memories } from "../src/common/memories/Memories.js";
import type { NewRecord } from "recollect-wasm";
import { NotRecordingError, WriteGuard } from "../src/common/memories/WriteGuard.js";
import { note, openMemories, origin } from "./openMemories.js";
import { Shared } from "./secrets.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

async function remembered(memories: Memories): Promise<string> {
  const appended = await memories.remember(note("Tabs it is"));
  assert.equal(appended.status, "pending");
  return appended.id;
}

const filesIn = async (folder: string): Promise<number> =>
  (await readdir(join(folder, "mem1", "seg"))).length;

const recalls = async (memories: Memories, id: string): Promise<number | undefined> =>
  (await memories.seen([id]))[0]?.recalled;

test("recalls make no file, and are kept when the window closes", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  const id = await remembered(memories);
  for (let time = 0; time < 3; time += 1) await memories.recalled([id]);
  await memories.recalled([id], "reinforced");
  await memories.recalled(["no id at all"]);
  assert.equal(await filesIn(folder), 1);
  await memories.dispose();
  assert.equal(await filesIn(folder), 2);
  const [seen] = await openMemories(folder).seen([id]);
  assert.deepEqual([seen?.recalled, seen?.reinforced], [3, 1]);
});

test("recalls are kept while nobody uses the memories", async () => {
  const folder = await temporaryFolder();
  const idle = { afterMs: 20, spreadMs: 0, againMs: 20 };
  const memories = openMemories(folder, { idle, idleWorkEveryMs: 0 });
  const id = await remembered(memories);
  await memories.seen([id]);
  await memories.recalled([id]);
  for (const end = Date.now() + 10_000; (await filesIn(folder)) === 1 && Date.now() < end;)
    await new Promise((settle) => setTimeout(settle, 10));
  assert.equal(await filesIn(folder), 2);
  // The file is there a moment before the window knows that it is.
  await memories.dispose();
  assert.equal(await filesIn(folder), 2);
  assert.equal(await recalls(openMemories(folder), id), 1);
});

test("where nothing may be stored, no recall is counted", async () => {
  const folder = await temporaryFolder();
  let isPrivate = false;
  const admit = (): void => {
    if (isPrivate) throw new NotRecordingError("private");
  };
  const memories = openMemories(folder, { guard: { admit } });
  const id = await remembered(memories);
  await memories.recalled([id]);
  isPrivate = true;
  await memories.recalled([id]);
  await memories.dispose();
  assert.equal(await filesIn(folder), 1);
  assert.equal(await recalls(openMemories(folder), id), 0);
});

test("in a private session no look-up of a value is counted, then or later", async () => {
  const folder = await temporaryFolder();
  const guard = new WriteGuard(new Shared().values);
  const memories = openMemories(folder, { guard });
  const fact = (value: string): NewRecord => ({ kind: "fact", origin, key: "editor", value });
  await memories.append([fact("tabs")]);
  const project = origin.project.id;
  await guard.setPrivate(true);
  await memories.fact(project, "editor");
  await memories.facts({ project });
  const { id } = await memories.fact(project, "editor");
  await memories.recalled([id]);
  await guard.setPrivate(false);
  await memories.remember(note("Spaces it is not"));
  await memories.dispose();
  assert.doesNotMatch(await everythingIn(folder), /"k":"use"/);
  const again = openMemories(folder, { guard });
  assert.equal((await again.fact(project, "editor")).accessed, 0);
  // Outside of it a look-up counts, with the next that is written.
  assert.equal((await again.fact(project, "editor")).accessed, 1);
  await again.dispose();
  assert.match(await everythingIn(folder), /"k":"use"/);
});
