import { isFields, type Fields } from "../text/fields.js";
import type { FoundFile, SkippedItem } from "./Importer.js";

export { fieldsIn, isFields, textOf, timeOf, type Fields } from "../text/fields.js";
import { toTranslate } from "../Localize.js";

/** Why a turn is left out of which nothing is known. */
export const UNKNOWN_TURN = toTranslate("a turn of a form that is not known");

/** Why a sub-agent's turns are left out. */
export const SUB_AGENT = toTranslate(
  "a sub-agent's work, of which the main session tells the result",
);

/** The objects of a file of JSON lines; what is none is named, and the rest is read. */
export async function* jsonLines(
  lines: AsyncIterable<string | undefined>,
  { path }: FoundFile,
  onSkipped: (skipped: SkippedItem) => void,
): AsyncIterable<{ fields: Fields; line: number }> {
  let line = 0;
  for await (const text of lines) {
    line += 1;
    if (text === undefined) {
      onSkipped({ path, line, reason: toTranslate("the line is too long") });
      continue;
    }
    if (text.trim() === "") continue;
    let value: unknown;
    try {
      value = JSON.parse(text.replace(/^\ufeff/, ""));
    } catch {
      onSkipped({ path, line, reason: toTranslate("not JSON, or only half a line") });
      continue;
    }
    if (isFields(value)) yield { fields: value, line };
    else onSkipped({ path, line, reason: toTranslate("not an object") });
  }
}
