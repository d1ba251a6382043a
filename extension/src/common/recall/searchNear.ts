import type { Hit, Project, SearchRequest, SearchResult } from "recollect-wasm";
import { kindsFor } from "./listedKinds.js";
import type { Memories } from "../memories/Memories.js";

/** Hits, and whether they come from the project at hand or from all of them. */
export interface NearResult extends SearchResult {
  readonly isElsewhere: boolean;
}

/**
 * Searches the project at hand first, and every project if that finds nothing, or nothing but words
 * that are spelled nearly so.
 *
 * Nobody has asked for the other projects, so of them only what may be recalled by itself is found.
 * Without a project at hand, all are other projects. Events are found only if a type is asked for.
 */
export async function searchNear(
  memories: Pick<Memories, "search">,
  request: SearchRequest,
  project: Project | undefined,
): Promise<NearResult> {
  const kinds = request.types === undefined ? kindsFor(request.text ?? "") : {};
  const explained = { ...kinds, ...request, isExplained: true };
  const near =
    project === undefined
      ? undefined
      : await memories.search({ ...explained, projects: [project.id] });
  if (near?.hits.some(isExact)) return { ...near, isElsewhere: false };
  const all = await memories.search({ ...explained, isAutomatic: true });
  const isBetter = near === undefined || near.total === 0 || all.hits.some(isExact);
  if (!isBetter) return { ...near, isElsewhere: false };
  return { ...all, isElsewhere: project !== undefined && all.total > 0 };
}

/** Whether a hit holds a word that was looked for, or no words were. */
function isExact({ explain }: Hit): boolean {
  return explain === undefined || explain.bm25 > 0;
}
