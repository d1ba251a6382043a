import type { ImportInput } from "./Importer.js";
import { isFields, type Fields } from "./jsonLines.js";
import { toTranslate } from "../Localize.js";

/** Largest file that is read as a whole. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Largest file whose later lines change what earlier ones said, so that all is held until its end. */
const MAX_CHANGED_BYTES = 128 * 1024 * 1024;

/** Whether a file is too large to be held; then it is named. */
export function isTooLargeToHold({
  file,
  onSkipped,
}: Pick<ImportInput, "file" | "onSkipped">): boolean {
  if (file.bytes <= MAX_CHANGED_BYTES) return false;
  const reason = toTranslate("the file is too large, or is gone");
  onSkipped({ path: file.path, line: 0, reason });
  return true;
}

/** A file that is one JSON object; nothing for any other, which is named. */
export async function wholeText({
  file,
  files,
  onSkipped,
}: ImportInput): Promise<Fields | undefined> {
  const bytes = await files.bytes(file.path, MAX_BYTES);
  const problem = (reason: string): Fields | undefined => {
    onSkipped({ path: file.path, line: 0, reason });
    return undefined;
  };
  if (bytes === undefined) return problem(toTranslate("the file is too large, or is gone"));
  try {
    const value: unknown = JSON.parse(new TextDecoder().decode(bytes));
    return isFields(value) ? value : problem(toTranslate("not an object"));
  } catch {
    return problem(toTranslate("not JSON, or only half of it"));
  }
}
