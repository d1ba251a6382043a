import type { Filter } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";

/** Memories that are named; of more only the number is told. */
const MAX_NAMED = 3;

/**
 * Why memories that a request asks for are not among what is recalled by itself: they read like
 * instructions. Empty if there are none. It names ids alone, since titles may be the instruction.
 */
export async function leftOutText(
  memories: Pick<Memories, "search">,
  filter: Filter,
  words = "",
): Promise<string> {
  const text = `${words} is:flagged`.trim();
  const others = { ...filter };
  delete others.isAutomatic;
  const { hits, total } = await memories.search({ ...others, text, limit: MAX_NAMED });
  if (total === 0) return "";
  return flaggedText(
    hits.map(({ id }) => id),
    total,
  );
}

/** The same for memories that are known already. */
export function flaggedText(ids: readonly string[], total: number): string {
  const named = ids.slice(0, MAX_NAMED).join(", ");
  const more = total > MAX_NAMED ? ", …" : "";
  const what = total === 1 ? "1 memory is" : `${total} memories are`;
  return (
    `${what} left out because of reading like an instruction to a model (${named}${more}). ` +
    'The user can read it in the editor and lift that by the command "Memory: Recall This Memory Like Others".'
  );
}
