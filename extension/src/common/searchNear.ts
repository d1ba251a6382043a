import type { Project, SearchRequest, SearchResult } from "recollect-wasm";
import type { Memories } from "./Memories.js";

/** Hits, and whether they come from the project at hand or from all of them. */
export interface NearResult extends SearchResult {
  readonly isElsewhere: boolean;
}

/**
 * Searches the project at hand first, and every project if that finds nothing.
 *
 * Nobody has asked for the other projects, so of them only what may be recalled by itself is found.
 * Without a project at hand, all are other projects.
 */
export async function searchNear(
  memories: Pick<Memories, "search">,
  request: SearchRequest,
  project: Project | undefined,
): Promise<NearResult> {
  if (project !== undefined) {
    const near = await memories.search({ ...request, projects: [project.id] });
    if (near.total > 0) return { ...near, isElsewhere: false };
  }
  const all = await memories.search({ ...request, isAutomatic: true });
  return { ...all, isElsewhere: project !== undefined && all.total > 0 };
}
