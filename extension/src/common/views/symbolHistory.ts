import type { Hit } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";
import type { FileRequest } from "./fileRows.js";

/** Memories of a file that are looked at. */
const LOOKED_AT = 200;

/** Shorter names, such as `i`, stand in too many texts. */
const MIN_NAME = 3;

/** The newest memories about a file. */
export async function fileHistory(
  memories: Pick<Memories, "search">,
  { projects, file }: Omit<FileRequest, "now">,
): Promise<readonly Hit[]> {
  const { hits } = await memories.search({
    ...{ files: [file], kinds: ["observation"], order: "newest", limit: LOOKED_AT },
    ...(projects.length === 0 ? {} : { projects: [...projects] }),
  });
  return hits;
}

/** Those of a file's memories that name a symbol; names that none tells of are left out. */
export function symbolHistory(
  history: readonly Hit[],
  names: Iterable<string>,
): ReadonlyMap<string, readonly Hit[]> {
  const told = history.map((hit) => ({ hit, words: wordsOf(`${hit.title} ${hit.preview}`) }));
  const found = new Map<string, readonly Hit[]>();
  for (const name of new Set(names)) {
    if (name.length < MIN_NAME) continue;
    const hits = told.filter(({ words }) => words.has(name)).map(({ hit }) => hit);
    if (hits.length > 0) found.set(name, hits);
  }
  return found;
}

function wordsOf(text: string): ReadonlySet<string> {
  return new Set(text.split(/[^\p{L}\p{N}_$]+/u));
}
