/** How much of a developer's earlier sessions is found on the first day, against what was recorded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { hitsAt, measureDay0, readDay0 } from "./measure.js";

test("what stands in the sessions of five agents is found no worse than recorded", async (context) => {
  const measured = await measureDay0();
  const recorded = readDay0();
  assert.deepEqual(
    [...measured.ranks.keys()],
    [...recorded.ranks.keys()],
    "other questions than the recorded ones",
  );
  for (const depth of [1, 5]) {
    const [before, now] = [hitsAt(recorded, depth), hitsAt(measured, depth)];
    context.diagnostic(`hit@${depth}: ${now}, ${before} recorded`);
    assert.ok(now >= before, `hit@${depth}: ${now}, ${before} recorded`);
  }
});

test("an empty disk answers nothing", async () => {
  const { ranks } = await measureDay0([]);
  assert.equal(hitsAt({ ranks }, 5), 0);
  assert.ok(ranks.size >= 40);
});
