/**
 * What was found when somebody last recorded it, and whether it has become worse since.
 *
 * The baseline holds the grades of the results of each question, so that two states are compared
 * question by question, whatever the measures are.
 */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { MEASURES, average, figuresOf, type Figures, type Measure } from "./measures.js";
import type { Answer, Measured } from "./measureSet.js";
import { isDrop } from "./noise.js";

const FILE = join(import.meta.dirname, "baseline.json");

interface BaselineSet {
  digest: string;
  /** By question, the grades of its results as digits, best rank first. */
  found: Record<string, string>;
}

/** By the name of a set. */
export type Baseline = Record<string, BaselineSet>;

export function readBaseline(): Baseline {
  // Nobody but `writeBaseline` writes it.
  return JSON.parse(readFileSync(FILE, "utf8")) as Baseline;
}

/** Replaces the sets that were measured; one that is missing here keeps what was recorded. */
export async function writeBaseline(all: readonly Measured[]): Promise<void> {
  const before = existsSync(FILE) ? readBaseline() : {};
  const measured = all.map(({ set, answers }): [string, BaselineSet] => {
    const found = answers.map((one): [string, string] => [one.question.text, one.found.join("")]);
    return [set.name, { digest: set.digest, found: Object.fromEntries(found) }];
  });
  const text = JSON.stringify({ ...before, ...Object.fromEntries(measured) });
  writeFileSync(FILE, await format(text, { parser: "json", printWidth: 100 }));
}

/** A measure of the report half that differs from the baseline. */
export interface Difference {
  measure: Measure;
  before: number;
  now: number;
  isBeyondNoise: boolean;
}

/** How the report half of a set compares with what was recorded. */
export function compare({ set, answers }: Measured, baseline: Baseline): Difference[] {
  const recorded = baseline[set.name];
  if (recorded?.digest !== set.digest) {
    throw new Error(
      `The set ${set.name} is not the one that was recorded; npm run quality -- --record records it anew.`,
    );
  }
  const pairs = answers
    .filter(({ half }) => half === "report")
    .map((answer) => ({ before: recordedFigures(answer, recorded), now: answer.figures }));
  return MEASURES.map((measure): Difference => {
    const before = pairs.map((pair) => pair.before[measure]);
    const now = pairs.map((pair) => pair.now[measure]);
    const isBeyondNoise = isDrop(before, now) || isDrop(now, before);
    return { measure, before: average(before), now: average(now), isBeyondNoise };
  }).filter(({ before, now }) => before !== now);
}

function recordedFigures({ question }: Answer, { found }: BaselineSet): Figures {
  const grades = [...(found[question.text] ?? "")].map(Number);
  return figuresOf(grades, Object.values(question.grades));
}
