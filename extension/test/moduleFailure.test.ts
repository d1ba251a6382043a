import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, test } from "node:test";
import { LogLines, note, openMemories } from "./openMemories.js";
import { replaceMethod } from "./replaceMethod.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** What the methods are that a test has made to fail. */
const restored: (() => void)[] = [];
afterEach(() => {
  for (const restore of restored.splice(0)) restore();
});

/** Has a method of the module fail where `isOver` says so. */
function fail(
  method: "ingest" | "search" | "append",
  isOver: (first: unknown) => boolean,
  failure: () => Error,
): void {
  const restore = replaceMethod(method, (_, work, values) => {
    if (isOver(values[0])) throw failure();
    return work(...values);
  });
  restored.push(restore);
}

/** As hosts throw it; their type has no name here. */
const trap = (): Error => Object.assign(new Error("unreachable"), { name: "RuntimeError" });

async function folderOf(...texts: string[]): Promise<{ folder: string; names: string[] }> {
  const folder = await temporaryFolder();
  for (const text of texts) {
    const memories = openMemories(folder);
    await memories.remember(note(text));
    await memories.dispose();
  }
  return { folder, names: (await readdir(join(folder, "mem1", "seg"))).sort() };
}

for (const [what, failure] of [
  ["traps", trap],
  ["throws", () => new Error("could not read a page")],
] as const) {
  test(`a file over which the module ${what} is left out, reported and left in place; all others are read`, async () => {
    const { folder, names } = await folderOf(
      "The first queue",
      "The second queue",
      "The third queue",
    );
    const [, bad = ""] = names;
    const before = await readFile(join(folder, "mem1", "seg", bad));
    fail("ingest", (name) => name === bad, failure);
    const [log, damaged] = [new LogLines(), [] as string[]];
    const onDamage = ({ name }: { name: string }): void => void damaged.push(name);
    const memories = openMemories(folder, { log, onDamage });
    await memories.open();
    for (let time = 0; time < 3; time += 1) {
      await memories.refreshNow();
      assert.equal((await memories.search({ text: "queue" })).total, 2);
    }
    await memories.remember(note("The fourth queue"));
    assert.equal((await memories.search({ text: "queue" })).total, 3);
    assert.deepEqual(damaged, [bad]);
    assert.equal(log.lines.filter((line) => line.includes(`${bad} is left out`)).length, 1);
    assert.deepEqual(await readFile(join(folder, "mem1", "seg", bad)), before);
  });
}

test("after a trap in a question the next one is answered from the files", async () => {
  const { folder } = await folderOf("The first queue", "The second queue");
  const memories = openMemories(folder);
  assert.equal((await memories.search({ text: "queue" })).total, 2);
  let isFailing = true;
  fail("search", () => isFailing, trap);
  await assert.rejects(memories.search({ text: "queue" }), { name: "ModuleFailedError" });
  isFailing = false;
  assert.equal((await memories.search({ text: "queue" })).total, 2);
  await memories.remember(note("The third queue"));
  assert.equal((await memories.search({ text: "queue" })).total, 3);
});

test("who waits for a write when the module fails is told, and writes again", async () => {
  const { folder } = await folderOf("The first queue");
  const memories = openMemories(folder);
  await memories.open();
  const later = memories.appendLater([
    { kind: "event", type: "search", content: "keystroke", origin: note("").origin },
  ]);
  const told = assert.rejects(later);
  await new Promise((resolve) => setTimeout(resolve, 20));
  let isFailing = true;
  fail("search", () => isFailing, trap);
  await assert.rejects(memories.search({ text: "queue" }));
  isFailing = false;
  await told;
  await memories.remember(note("The second queue"));
  assert.equal((await memories.search({ text: "queue" })).total, 2);
  await memories.dispose();
});
