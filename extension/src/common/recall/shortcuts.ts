import type { AskRequest, Hit } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";

/** Types and labels that each shortcut stands for; any of them is enough. */
const SHORTCUTS = {
  decisions: [{ types: ["decision"] }, { concepts: ["decision"] }],
  changes: [
    { types: ["change", "feature", "refactor", "bugfix"] },
    { concepts: ["what-changed"] },
    { concepts: ["change"] },
  ],
  how: [{ concepts: ["how-it-works"] }, { types: ["discovery"] }],
} satisfies Record<string, Partial<AskRequest>[]>;

/** A list that is often asked for: what was decided, what was changed, how things work. */
export type Shortcut = keyof typeof SHORTCUTS;

/** The searches whose results together are a shortcut's list. */
export function shortcutRequests(shortcut: Shortcut, common: AskRequest): AskRequest[] {
  return SHORTCUTS[shortcut].map((alternative) => ({
    ...common,
    ...alternative,
    kinds: ["observation"],
  }));
}

/** Hits unless a request says how many, and the most that one search gives. */
const LIMIT = { byDefault: 20, max: 200 };

/**
 * What answers any of the requests: one answer, if there is one request; else their hits by score,
 * or by time where there are no words, up to the limit that all of them share.
 */
export async function searchAny(
  memories: Pick<Memories, "ask">,
  requests: readonly AskRequest[],
): Promise<Hit[]> {
  const [first] = requests;
  const { limit = LIMIT.byDefault, offset = 0 } = first ?? {};
  const isOne = requests.length === 1;
  // Later pages of a union need all that comes before them.
  const part = isOne
    ? { limit, offset }
    : { limit: Math.min(LIMIT.max, limit + offset), offset: 0 };
  const results = await Promise.all(
    requests.map((request) => memories.ask({ ...request, ...part })),
  );
  const hits = new Map(results.flatMap((result) => result.hits).map((hit) => [hit.id, hit]));
  if (isOne) return [...hits.values()];
  return [...hits.values()]
    .sort((a, b) => (b.score ?? 0) - (a.score ?? 0) || b.at - a.at)
    .slice(offset, offset + limit);
}
