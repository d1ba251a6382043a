/** Answers to questions about our own history, against what was recorded. */
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { measureQuestions, misses } from "./measure.js";
import { score, type Question } from "./score.js";

const recorded = JSON.parse(
  readFileSync(join(import.meta.dirname, "baseline.json"), "utf8"),
) as Record<string, number>;
const measured = await measureQuestions();
const isThere = measured.length > 0 ? {} : { skip: "the history is not here" };

test("questions about our own history are answered no worse than recorded", isThere, () => {
  for (const { byCategory, all } of measured) {
    for (const [category, { useful }] of [...Object.entries(byCategory), ["all", all] as const]) {
      assert.ok(
        useful >= (recorded[category] ?? 0),
        `${category}: ${useful} % instead of ${recorded[category]} %\n${misses(measured)}`,
      );
    }
  }
});

test("an answer is useful if what answers is among the first", () => {
  const gold = new Map([
    ["a", 3],
    ["b", 1],
  ]);
  const question: Question = {
    ...{ id: "1", category: "why", question: "why?", at: 0, kind: "answer", latest: false, gold },
  };
  const shown = (...hashes: string[]) => ({
    isAnswered: true,
    commits: hashes.map((hash) => ({ hash, at: 0 })),
  });
  const useful = (...hashes: string[]) => score(question, shown(...hashes), () => 0).isUseful;
  assert.ok(useful("x", "y", "a"));
  assert.ok(!useful("x", "y", "z", "a"));
  assert.ok(!useful("b"));
  assert.equal(score(question, shown("a", "b"), () => 0).ndcg, 1);
});
