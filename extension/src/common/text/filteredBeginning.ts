import { cut } from "./cut.js";

/** Longest text that the privacy filter is given, in UTF-16 units; more would hold the thread. */
const MAX_READ = 1024 * 1024;

/**
 * The beginning of a text, cut after the privacy filter has seen all of it: half of a secret or of
 * a tag is nothing that anybody would recognise. A text that fits stays as it is, since whoever
 * stores it filters it. Nothing if all of it is private.
 */
export async function filteredBeginning(
  text: string,
  filter: (text: string) => Promise<string | undefined>,
  shorten: (text: string) => string,
): Promise<string | undefined> {
  if (shorten(text) === text) return text;
  const read = cut(text, MAX_READ);
  const filtered = await filter(read);
  if (filtered === undefined) return undefined;
  const shown = shorten(filtered);
  // So little is left of so much that what stands at the end of what was read may be half of something.
  return read !== text && shown === filtered ? undefined : shown;
}
