/** How well the built module finds memories, against what was recorded. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { compare, readBaseline } from "./baseline.js";
import { average } from "./measures.js";
import { measureBoth, readSets } from "./measureSet.js";
import type { KeyedRecord, QualitySet, Question } from "./QualitySet.js";
import { percent } from "./report.js";
import { measureSectors, readSectorBaseline } from "./sectors.js";

/** Share of the answers to natural questions that must be among the first five. */
const NATURAL_RECALL_AT_5 = 0.6;
/** Most that an engine which wants every word of a question would find of them. */
const ALL_WORDS_AT_MOST = 0.1;
/** These are no sentences, or not English. */
const UNNATURAL = new Set(["keywords", "language"]);

const { sets, missing } = readSets();
const baseline = readBaseline();
const measured = (await Promise.all(sets.map(measureBoth))).flat();

for (const one of measured) {
  test(`${one.set.name} is found no worse than recorded`, (context) => {
    const differences = compare(one, baseline);
    for (const { measure, before, now, isBeyondNoise } of differences) {
      const kind = isBeyondNoise ? "beyond noise" : "within noise";
      context.diagnostic(`${measure}: ${percent(before)} → ${percent(now)}, ${kind}`);
    }
    const drops = differences.filter(
      ({ before, now, isBeyondNoise }) => isBeyondNoise && now < before,
    );
    assert.deepEqual(
      drops.map(({ measure, before, now }) => `${measure} ${percent(before)} → ${percent(now)}`),
      [],
    );
  });
}

for (const [name, reason] of missing) {
  test(`${name} is found no worse than recorded`, { skip: reason }, () => undefined);
}

test("the sector of a text is right no less often than recorded", async (context) => {
  const recorded = readSectorBaseline();
  for (const { half, right, of } of await measureSectors()) {
    context.diagnostic(`${half}: ${right} of ${of}, ${recorded[half].right} recorded`);
    assert.equal(of, recorded[half].of, "another set than the recorded one");
    assert.ok(right >= recorded[half].right, `${half}: ${right} of ${of}`);
  }
});

test("a natural question is answered although no memory holds all of its words", (context) => {
  const developer = measured.find(({ set }) => set.name === "developer");
  assert.ok(developer);
  const natural = developer.answers.filter(({ question }) => !UNNATURAL.has(question.style));
  const found = average(natural.map(({ figures }) => figures["recall@5"]));
  const byAllWords = average(
    natural.map(({ question }) => (isAnsweredByAllWords(developer.set, question) ? 1 : 0)),
  );
  context.diagnostic(
    `of ${natural.length} questions: ${percent(found)} found, ${percent(byAllWords)} with all words`,
  );
  assert.ok(byAllWords <= ALL_WORDS_AT_MOST, "the questions do not show the trap");
  assert.ok(found >= NATURAL_RECALL_AT_5, `recall@5 is ${percent(found)}`);
});

/**
 * Whether some answer holds every word of the question. Generous: the beginning of a word anywhere
 * in the memory will do, so that this is more than FTS5 with all terms required would find.
 */
function isAnsweredByAllWords(set: QualitySet, question: Question): boolean {
  const words = question.text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [];
  return set.records.some(
    (one) =>
      question.grades[one.key] !== undefined &&
      words.every((word) => textOf(one).includes(word.slice(0, 5))),
  );
}

function textOf({ record }: KeyedRecord): string {
  return JSON.stringify(record).toLowerCase();
}
