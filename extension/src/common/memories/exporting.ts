import type { Filter, Memory, MemoryKind } from "recollect-wasm";
import { claudeMemExport } from "./claudeMemExport.js";
import type { Memories } from "./Memories.js";
import { markdownExport } from "./markdownExport.js";
import type { Exported, Progress } from "./transfer.js";

/** What an export can be: lines that are imported as they are, a text to read, or another memory's form. */
export const EXPORT_FORMATS = ["jsonl", "markdown", "claude-mem"] as const;
export type ExportFormat = (typeof EXPORT_FORMATS)[number];

/** How a file of each format ends. */
export const EXPORT_ENDINGS: Readonly<Record<ExportFormat, string>> = {
  jsonl: "jsonl",
  markdown: "md",
  "claude-mem": "json",
};

/** Memories that are asked for at once. */
const PAGE = 200;

/** What a person or another memory reads; what the editor saw is in the lines alone. */
const KINDS: MemoryKind[] = ["observation", "prompt", "summary", "fact"];

/** All memories in a format, or those of some projects, by their ids. */
export async function exportAs(
  memories: Memories,
  format: ExportFormat,
  projects: readonly string[] | undefined,
  progress: Progress,
): Promise<Exported> {
  if (format === "jsonl") {
    const exported = await memories.export(progress);
    return projects === undefined ? exported : ofProjects(exported, new Set(projects));
  }
  const all = await listed(memories, projects, progress);
  const text = format === "markdown" ? markdownExport(all) : claudeMemExport(all, Date.now());
  return {
    ...{ bytes: new TextEncoder().encode(text), records: all.length, unread: [] },
    isCancelled: progress.signal.aborted,
  };
}

/** Memories whole, the oldest first. */
async function listed(
  memories: Memories,
  projects: readonly string[] | undefined,
  { signal, onProgress }: Progress,
): Promise<Memory[]> {
  await memories.readAll();
  const filter: Filter = { kinds: KINDS, limit: PAGE };
  if (projects !== undefined) filter.projects = [...projects];
  // What is remembered meanwhile moves the pages, so that one may come twice.
  const all = new Map<string, Memory>();
  for (let offset = 0; !signal.aborted; offset += PAGE) {
    const { hits, total } = await memories.recent({ ...filter, offset });
    for (const memory of await memories.get(hits.map(({ id }) => id))) all.set(memory.id, memory);
    onProgress(Math.min(1, (offset + PAGE) / Math.max(total, 1)));
    if (hits.length < PAGE) break;
  }
  return [...all.values()].sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1));
}

interface Line {
  readonly id: string;
  readonly project?: { readonly id: string };
  readonly session?: string;
  readonly of?: unknown;
}

/** The records of some projects, with the edits of them and the ends of their sessions. */
function ofProjects(exported: Exported, projects: ReadonlySet<string>): Exported {
  const lines = new TextDecoder().decode(exported.bytes).split("\n");
  // The module wrote the lines, each with these fields.
  const records = lines
    .filter((line) => line !== "")
    .map((line) => ({ line, record: JSON.parse(line) as Line }));
  const ids = new Set<unknown>();
  const sessions = new Set<string>();
  for (const { record } of records) {
    if (record.project === undefined || !projects.has(record.project.id)) continue;
    ids.add(record.id);
    if (record.session !== undefined) sessions.add(record.session);
  }
  const kept = records.filter(({ record: { id, project, session, of } }) =>
    project === undefined
      ? ids.has(of) || (session !== undefined && sessions.has(session))
      : ids.has(id),
  );
  return {
    ...exported,
    bytes: new TextEncoder().encode(kept.map(({ line }) => `${line}\n`).join("")),
    records: kept.length,
  };
}
