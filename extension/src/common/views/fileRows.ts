import type { Hit, Memory } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import type { Memories } from "../memories/Memories.js";
import { memoryRow } from "./memoryRow.js";
import { unlessThere } from "./todayRows.js";
import type { ViewRow } from "./ViewRow.js";

type Asked = Pick<Memories, "search" | "patterns">;

/** Which file is looked at. */
export interface FileRequest {
  /** Ids of the projects that it may belong to. */
  readonly projects: readonly string[];
  /** As memories name it: from the root of its repository. */
  readonly file: string;
  /** Unix milliseconds. */
  readonly now: number;
}

/** Rows of each part. */
const MOST = { changes: 15, decisions: 8, failures: 8, together: 8 };

/** Changes that are counted to tell what changes together. */
const COUNTED = 100;

/** A change of more files than this says nothing about two of them. */
const LARGE_CHANGE = 25;

/** Two files that changed together so seldom may have done so by chance. */
const MIN_TOGETHER = 2;

/** What is to be known of a file: its last changes, decisions and failures, and what changes together with it. */
export async function fileRows(
  memories: Asked,
  { projects, file, now }: FileRequest,
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  const about = {
    ...{ files: [file], kinds: ["observation" as const], order: "newest" as const },
    ...(projects.length === 0 ? {} : { projects: [...projects] }),
  };
  const [changes, decisions, failures] = await Promise.all([
    memories.search({ ...about, limit: COUNTED, format: "full" }),
    memories.search({ ...about, types: ["decision"], limit: MOST.decisions }),
    memories.search({ ...about, types: ["bugfix"], limit: MOST.failures }),
  ]);
  const group = (
    key: string,
    label: string,
    icon: string,
    total: number,
    hits: readonly Hit[],
  ): ViewRow[] =>
    total === 0
      ? []
      : [
          {
            ...{ key, kind: "group", label, icon, description: String(total), isUnfolded: true },
            spoken: `${label}, ${total}`,
            children: async () => hits.map((hit) => memoryRow(hit, l10n, { now, within: key })),
          },
        ];
  const together = mergeCounts(
    changedTogether(
      changes.hits.flatMap(({ memory }) => memory ?? []),
      file,
    ),
    await patternsWith(memories, projects, file),
  );
  return [
    ...group(
      "changes",
      l10n.t("Last changes"),
      "history",
      changes.total,
      changes.hits.slice(0, MOST.changes),
    ),
    ...group("decisions", l10n.t("Decisions"), "law", decisions.total, decisions.hits),
    ...group("failures", l10n.t("What was mended"), "bug", failures.total, failures.hits),
    ...togetherRow(together, l10n),
  ];
}

function togetherRow(counts: ReadonlyMap<string, number>, l10n: Localize): ViewRow[] {
  const most = [...counts].sort(([, a], [, b]) => b - a).slice(0, MOST.together);
  if (most.length === 0) return [];
  const label = l10n.t("Changes together with");
  return [
    {
      key: "together",
      kind: "group",
      label,
      icon: "references",
      isUnfolded: true,
      spoken: label,
      children: async () => most.map(([path, count]) => fileRow(path, count, l10n)),
    },
  ];
}

function fileRow(path: string, count: number, l10n: Localize): ViewRow {
  const name = path.slice(path.lastIndexOf("/") + 1);
  const times = l10n.t("{0} times", count);
  return {
    key: `file:${path}`,
    kind: "file",
    label: name,
    description: [path.slice(0, Math.max(0, path.length - name.length - 1)), times]
      .filter((part) => part !== "")
      .join(" · "),
    tooltip: path,
    icon: "file",
    opens: { kind: "file", path },
    spoken: `${path}, ${times}`,
  };
}

/** How often files were changed by the same changes as this one. */
function changedTogether(changes: readonly Memory[], file: string): Map<string, number> {
  const counts = new Map<string, number>();
  for (const { filesModified } of changes) {
    if (filesModified.length > LARGE_CHANGE || !filesModified.includes(file)) continue;
    for (const other of filesModified)
      if (other !== file) counts.set(other, (counts.get(other) ?? 0) + 1);
  }
  return new Map([...counts].filter(([, count]) => count >= MIN_TOGETHER));
}

/** The same by what sessions of the editor show. */
async function patternsWith(
  memories: Asked,
  projects: readonly string[],
  file: string,
): Promise<Map<string, number>> {
  const requests = projects.length === 0 ? [{}] : projects.map((project) => ({ project }));
  const lists = await Promise.all(
    requests.map((request) =>
      memories
        .patterns({ ...request, kinds: ["co_change" as const], limit: 100 })
        .catch(unlessThere),
    ),
  );
  const counts = new Map<string, number>();
  for (const { files, count } of lists.flatMap((list) => list ?? []))
    if (files.includes(file))
      for (const other of files)
        if (other !== file) counts.set(other, Math.max(count, counts.get(other) ?? 0));
  return counts;
}

function mergeCounts(
  one: ReadonlyMap<string, number>,
  other: ReadonlyMap<string, number>,
): Map<string, number> {
  const merged = new Map(one);
  for (const [path, count] of other) merged.set(path, Math.max(count, merged.get(path) ?? 0));
  return merged;
}
