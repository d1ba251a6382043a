/** Whole numbers for records, as the compatible endpoints show them. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import type { NewRecord } from "recollect-wasm";
import { NOW, flush, inSession, load, open } from "./module.js";

before(load);

function prompt(number: number): NewRecord {
  return { kind: "prompt", origin: inSession("s"), number, text: `question ${number}` };
}

test("every record has a number of its own that leads back to it", () => {
  const memory = open();
  const records = Array.from({ length: 40 }, (_, index) => prompt(index + 1));
  const appended = memory.append(records, NOW);
  flush(memory);
  const ids = appended.flatMap((one) => (one.status === "pending" ? [one.id] : []));
  const numbers = [...memory.aliases(ids)];
  assert.equal(new Set(numbers).size, 40);
  assert.ok(numbers.every((number) => Number.isSafeInteger(number) && number > 0));
  assert.deepEqual(memory.aliased(Float64Array.from(numbers)), ids);
});

test("what is not here has no number, and no other number leads anywhere", () => {
  const memory = open();
  assert.deepEqual([...memory.aliases(["0199f300-0000-7000-8000-000000000000"])], [0]);
  const strange = [0, 1, -5, 0.5, Number.NaN, Number.POSITIVE_INFINITY, 2 ** 53];
  assert.deepEqual(
    memory.aliased(Float64Array.from(strange)),
    strange.map(() => ""),
  );
  assert.throws(() => memory.aliases(["m1"]), { name: "InvalidInput" });
});
