/** What questions ask by is read from many memories in steps. */
import assert from "node:assert/strict";
import { afterEach, test } from "node:test";
import { note, openMemories } from "./openMemories.js";
import { replaceMethod } from "./replaceMethod.js";
import { temporaryFolder } from "./temporaryFolder.js";

/** More than are read in one step. */
const MANY = 600;

const restored: (() => void)[] = [];
afterEach(() => {
  for (const restore of restored.splice(0)) restore();
});

/** Whether names were left to be read as the module began with a method. */
function noteWhatIsLeft(method: "search" | "ask"): boolean[] {
  const left: boolean[] = [];
  const restore = replaceMethod(method, (store, work, values) => {
    left.push(store.settleNames());
    return work(...values);
  });
  restored.push(restore);
  return left;
}

for (const method of ["search", "ask"] as const) {
  test(`${method} begins once the names were read, step by step`, async () => {
    const memories = openMemories(await temporaryFolder());
    const texts = Array.from({ length: MANY }, (_, number) => `The parser reads file ${number}`);
    await Promise.all(texts.map((text) => memories.remember(note(text))));
    const left = noteWhatIsLeft(method);
    await memories[method]({ text: "file:src/parser.ts" });
    assert.deepEqual(left, [false]);
  });
}
