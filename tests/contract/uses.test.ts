/** Uses of memories as TypeScript sees them. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { NOW, flush, inSession, load, open, throws } from "./module.js";

before(load);

test("what is used matters more from the next file on", () => {
  const memory = open();
  const origin = inSession("abc");
  memory.append([{ kind: "observation", origin, type: "decision", title: "Drop it" }], NOW);
  flush(memory);
  const ids = memory.search({ text: "drop" }).hits.map((hit) => hit.id);
  const [before] = memory.seen(ids, NOW);
  assert.ok(before && before.recalled === 0 && before.lastSeen === NOW);
  memory.used(ids, "recalled", NOW + 1);
  memory.used(ids, "reinforced", NOW + 2);
  assert.equal(flush(memory).size, 0, "a count makes no file");
  memory.keepUses(NOW + 2);
  assert.equal(flush(memory).size, 1);
  const [after] = memory.seen(ids, NOW + 2);
  assert.ok(after && after.salience > before.salience);
  assert.deepEqual([after.recalled, after.reinforced, after.lastSeen], [1, 1, NOW + 2]);
  // @ts-expect-error There is no such use.
  throws("InvalidInput", /unknown variant/, () => memory.used(ids, "seen", NOW));
  throws("InvalidInput", /ids/, () => memory.used(["x"], "recalled", NOW));
  memory.free();
});
