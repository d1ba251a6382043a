import assert from "node:assert/strict";
import { test } from "node:test";
import { figuresOf, type Figures } from "./measures.js";
import { halfWidth, isDrop } from "./noise.js";

function check(found: number[], judged: number[], expected: Partial<Figures>): void {
  const figures = figuresOf(found, judged);
  for (const [name, value] of Object.entries(expected)) {
    const actual = figures[name as keyof Figures];
    assert.ok(Math.abs(actual - value) < 1e-9, `${name} is ${actual} and not ${value}`);
  }
}

test("the only answer in the first place is worth everything", () => {
  const all = { "recall@1": 1, "recall@5": 1, "recall@10": 1, "MRR@10": 1, "nDCG@10": 1 };
  check([3, 0, 0], [3], all);
});

test("an answer further down counts by its rank", () => {
  // 7 / log2(5) of 7.
  const nDCG = 1 / Math.log2(5);
  check([0, 0, 0, 3], [3], { "recall@1": 0, "recall@5": 1, "MRR@10": 0.25, "nDCG@10": nDCG });
  check([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 3], [3], { "recall@10": 0, "MRR@10": 0, "nDCG@10": 0 });
});

test("of several answers, those that fit into the places count", () => {
  check([3, 0, 3], [3, 2, 3], { "recall@1": 1, "recall@5": 2 / 3 });
});

test("what only touches on a question is no answer, unless there is none", () => {
  check([1, 3], [3, 1], { "recall@1": 0, "MRR@10": 0.5 });
  check([1], [1], { "recall@1": 1, "nDCG@10": 1 });
});

test("a question that gets worse is noise, ten of a hundred are not", () => {
  const before = Array.from({ length: 100 }, () => 1);
  const worse = (count: number) => before.map((value, index) => (index < count ? 0 : value));
  assert.equal(isDrop(before, before), false);
  assert.equal(isDrop(before, worse(1)), false);
  assert.equal(isDrop(before, worse(10)), true);
  assert.equal(isDrop(worse(10), before), false, "a rise is no drop");
});

test("as many that get better hide what gets worse", () => {
  const before = Array.from({ length: 100 }, (_, index) => index % 2);
  const shifted = before.map((value, index) => (index < 20 ? 1 - value : value));
  assert.equal(isDrop(before, shifted), false);
});

test("half of all answered is known to ten points with a hundred questions", () => {
  const width = halfWidth(Array.from({ length: 100 }, (_, index) => index % 2));
  assert.ok(width > 0.08 && width < 0.12, String(width));
});
