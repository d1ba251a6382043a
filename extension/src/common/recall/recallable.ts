import type { AskRequest, Hit, Project } from "recollect-wasm";

/**
 * What may be listed for a model without having been asked for by its id: of other projects
 * nothing of low trust, and nothing that reads as if it told a model what to do.
 *
 * `asked` is the id that was asked for, which is always shown.
 */
export function recallable(
  hits: readonly Hit[],
  current: Project | undefined,
  asked?: string,
): Hit[] {
  return hits.filter(
    ({ id, project, trust, flag }) =>
      id === asked || project.id === current?.id || (trust === "high" && flag === undefined),
  );
}

/**
 * Where a model's question looks: in the projects at hand, and where there is none, in all of them,
 * each of which is another one then.
 */
export function whereToRecall(
  projects: readonly string[],
): Pick<AskRequest, "projects" | "isAutomatic"> {
  return projects.length === 0 ? { isAutomatic: true } : { projects: [...projects] };
}
