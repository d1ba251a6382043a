import type { Citation, Filter, Hit, Memory, Project, SearchRequest } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";

/** What is to be known of. */
export interface WorkRequest {
  readonly project: Project;
  /** Files that are to be worked on, as memories name them. */
  readonly files: readonly string[];
  /** About how long the answer may be. */
  readonly maxTokens: number;
}

/** What one should know before working somewhere. */
export interface WorkContext {
  /** Recalled texts, fenced as data; empty if there is nothing to know. */
  readonly text: string;
  readonly citations: readonly Citation[];
  /** What the labels in the text are good for, in the order of the text. */
  readonly parts: readonly WorkPart[];
}

/** Memories that belong together, by their labels in the text. */
export interface WorkPart {
  readonly name: "sessions" | "openEnds" | "commands" | "decisions" | "failures" | "changes";
  readonly labels: readonly string[];
}

/** Memories of each part, at most. */
const MOST = { sessions: 3, openEnds: 3, commands: 5, decisions: 5, failures: 4, changes: 4 };

/** Sessions that are looked through for what was left open. */
const SUMMARIES = 12;

/**
 * The last sessions of a project, what they left open, and what was decided and failed about the
 * files at hand, or in the project where none are; then also which commands worked lately. Only
 * what may be recalled by itself is in it.
 */
export async function workContext(
  memories: Pick<Memories, "search" | "recent" | "get" | "context">,
  { project, files, maxTokens }: WorkRequest,
): Promise<WorkContext> {
  const here: Filter = { projects: [project.id], isAutomatic: true };
  const about = files.length === 0 ? here : { ...here, files: [...files] };
  const [summaries, decisions, failures, commands] = await Promise.all([
    lastSummaries(memories, here),
    newest(memories, { ...about, types: ["decision"] }, MOST.decisions),
    newest(memories, { ...about, types: ["bugfix"] }, MOST.failures),
    // Of files it is asked again and again, and commands are the same for all of them.
    files.length > 0 ? [] : newest(memories, { ...here, types: ["command"] }, MOST.commands),
  ]);
  // Of files of which neither is known, what was last done to them.
  const isUnknown = files.length > 0 && decisions.length + failures.length === 0;
  const changes = isUnknown ? await newest(memories, about, MOST.changes) : [];
  const sessions = summaries.slice(0, MOST.sessions);
  const open = summaries.filter(hasOpenEnd).slice(0, MOST.openEnds);

  // What leaves something open is of more use than the last of the sessions that do not.
  const chosen: Record<WorkPart["name"], readonly { id: string }[]> = {
    sessions,
    openEnds: open,
    // They are short, and nothing else tells them.
    commands,
    decisions,
    failures,
    changes,
  };
  const ids = [...new Set(Object.values(chosen).flatMap((some) => some.map(({ id }) => id)))];
  if (ids.length === 0) return { text: "", citations: [], parts: [] };
  const block = await memories.context({ ids, maxTokens });
  const labels = new Map(block.citations.map(({ id, label }) => [id, label]));
  const parts = Object.entries(chosen).flatMap(([name, some]) => {
    const shown = some.flatMap(({ id }) => labels.get(id) ?? []);
    // The keys are those of the record above.
    return shown.length === 0 ? [] : [{ name: name as WorkPart["name"], labels: shown }];
  });
  return { ...block, parts };
}

async function lastSummaries(
  memories: Pick<Memories, "recent" | "get">,
  here: Filter,
): Promise<Memory[]> {
  const { hits } = await memories.recent({ ...here, kinds: ["summary"], limit: SUMMARIES });
  return memories.get(hits.map(({ id }) => id));
}

async function newest(
  memories: Pick<Memories, "search">,
  request: SearchRequest,
  limit: number,
): Promise<Hit[]> {
  const { hits } = await memories.search({
    ...request,
    kinds: ["observation"],
    order: "newest",
    limit,
  });
  return hits;
}

/** Whether a session left something to be done. */
function hasOpenEnd({ summary }: Memory): boolean {
  return (summary?.nextSteps ?? "").trim() !== "";
}
