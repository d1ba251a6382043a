/** Uses of memories as TypeScript sees them. */
import assert from "node:assert/strict";
import { before, test } from "node:test";

import { NOW, flush, inSession, load, open, throws } from "./module.js";

before(load);

const HOUR = 3_600_000;

test("memories fade as fast as they are told to, and a half-life out of range is named", () => {
  const memory = open();
  const origin = inSession("abc");
  memory.append([{ kind: "observation", origin, type: "decision", title: "Drop it" }], NOW);
  flush(memory);
  const later = NOW + 10 * 86_400_000;
  const salience = (now: number): number => {
    const found = memory.search({ text: "drop", now, isExplained: true });
    const ids = found.hits.map((hit) => hit.id);
    // Ages in a ranking count from the end of the hour.
    const [seen] = memory.seen(ids, (Math.floor(now / HOUR) + 1) * HOUR);
    assert.ok(seen && found.hits[0]?.explain?.salience === seen.salience);
    return seen.salience;
  };
  const documented = salience(later);
  const all = { episodic: 10, semantic: 10, procedural: 10, emotional: 10, reflective: 10 };
  memory.setHalfLives(all);
  // Under the same half-lives, as the rest of the hour fades as well.
  const fresh = salience(NOW);
  assert.ok(Math.abs(salience(later) - fresh / 2) < 1e-6);
  for (const wrong of [0, 0.5, -3, 3_651, Number.NaN])
    throws("InvalidInput", /halfLives: reflective is not from 1 to 3650 days/, () =>
      memory.setHalfLives({ ...all, reflective: wrong }),
    );
  // @ts-expect-error A text is no number.
  throws("InvalidInput", /semantic: /, () => memory.setHalfLives({ semantic: "soon" }));
  assert.ok(Math.abs(salience(later) - fresh / 2) < 1e-6, "those from before hold on");
  memory.setHalfLives({});
  assert.equal(salience(later), documented);
  memory.free();
});

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
