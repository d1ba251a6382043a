import type { MemoryKind } from "recollect-wasm";

/** What is listed where nobody asks for events: a day has hundreds of them, and their session tells of them. */
export const LISTED_KINDS: MemoryKind[] = ["observation", "summary", "prompt", "fact"];

/** A condition by type names events too, such as `type:git_commit`. */
const BY_TYPE = /(?:^|[\s(-])(?:obs_)?type:\S/i;

/** The kinds that a search for a text is about, as a part of its request. */
export function kindsFor(text: string): { kinds?: MemoryKind[] } {
  return BY_TYPE.test(text) ? {} : { kinds: LISTED_KINDS };
}
