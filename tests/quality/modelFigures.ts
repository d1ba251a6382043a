/** What was recorded last with a model in the slot, for `docs/quality.md`. */
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";

const FIGURES = join(import.meta.dirname, "model.md");

/** The table that was recorded last; nothing before one was. */
export function readModelFigures(): string | undefined {
  if (!existsSync(FIGURES)) return undefined;
  return readFileSync(FIGURES, "utf8").replaceAll("\r\n", "\n");
}

/** Records a table. */
export function writeModelFigures(table: string): void {
  writeFileSync(FIGURES, table);
}
