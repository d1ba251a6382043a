/** What `npm test` compares answers to questions with. */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import type { SetFigures } from "./measure.js";

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
