/** What `npm test` compares answers to questions with. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SetFigures } from "./measure.js";

const FIGURES = join(import.meta.dirname, "figures.md");

/** The table that was recorded last, for `docs/quality.md`. */
export function readQuestionFigures(): string {
  return readFileSync(FIGURES, "utf8").replaceAll("\r\n", "\n");
}

/** Records a table for `docs/quality.md`. */
export function writeQuestionFigures(table: string): void {
  writeFileSync(FIGURES, table);
}

/** Records how many questions have a useful answer, by category and in all. */
export function writeQuestionBaseline([own]: readonly SetFigures[]): void {
  if (own === undefined) return;
  const useful = Object.entries(own.byCategory).map(([category, figures]) => [
    category,
    figures.useful,
  ]);
  const recorded = Object.fromEntries([...useful, ["all", own.all.useful]]) as object;
  const path = join(import.meta.dirname, "baseline.json");
  writeFileSync(path, `${JSON.stringify(recorded, null, 2)}\n`);
}
