import type { SearchRequest } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { proposals } from "../memories/Inbox.js";
import type { Memories } from "../memories/Memories.js";
import { headingOf, PATTERN_KINDS } from "../recall/patternMarkdown.js";
import { patternCounts, patternLabel } from "../recall/patternWords.js";
import { patternsOf, type ShownPattern } from "../recall/patternsOf.js";
import { oneLine } from "../text/plainText.js";
import { memoryRow } from "./memoryRow.js";
import { sessionRow, type TodayRequest } from "./todayRows.js";
import type { ViewRow } from "./ViewRow.js";

/** Rows of a list before it is told to show more. */
export const LIST_PAGE = 100;

/** Patterns that are listed of each kind. */
const MAX_PATTERNS = 60;

/** Patterns of a kind that are shown at once. */
const FEW_PATTERNS = 10;

/** What was decided, the newest first. */
export function decisionRows(
  memories: Pick<Memories, "search">,
  request: TodayRequest & { readonly limit: number },
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  return listed(memories, { types: ["decision"], kinds: ["observation"] }, request, l10n);
}

/** What is kept at hand, the newest first. */
export function pinnedRows(
  memories: Pick<Memories, "search">,
  request: TodayRequest & { readonly limit: number },
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  return listed(memories, { isPinned: true }, request, l10n);
}

async function listed(
  memories: Pick<Memories, "search">,
  filter: SearchRequest,
  { projects, now, limit }: TodayRequest & { readonly limit: number },
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  const rows: ViewRow[] = [];
  for (let offset = 0; offset < limit; offset += LIST_PAGE) {
    const { hits, hasMore, total } = await memories.search({
      ...filter,
      ...(projects.length === 0 ? {} : { projects: [...projects] }),
      order: "newest",
      limit: LIST_PAGE,
      offset,
    });
    rows.push(...hits.map((hit) => memoryRow(hit, l10n, { now })));
    if (!hasMore) break;
    if (offset + LIST_PAGE >= limit) rows.push(moreRow(total - rows.length, l10n));
  }
  return rows;
}

/** What assistants have proposed and nobody has approved yet. */
export async function inboxRows(
  memories: Pick<Memories, "search">,
  { projects, now }: TodayRequest,
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  const hits = await proposals(memories, projects);
  return hits.map((hit) => ({ ...memoryRow(hit, l10n, { now }), kind: "proposal", icon: "mail" }));
}

/** Stands for the rows that are not shown yet. */
function moreRow(count: number, l10n: Localize): ViewRow {
  const label = l10n.t("{0} more…", count);
  return { key: MORE_KEY, kind: "text", label, icon: "ellipsis", spoken: label };
}

/** Key of the row that shows more of a list. */
export const MORE_KEY = "more";

/** What recurs, by kinds, each pattern with the newest sessions that show it. */
export async function patternRows(
  memories: Pick<Memories, "patterns" | "session">,
  { projects, now }: TodayRequest,
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  const requests = projects.length === 0 ? [{}] : projects.map((project) => ({ project }));
  const shown: ShownPattern[] = [];
  for (const request of requests)
    shown.push(...(await patternsOf(memories, { ...request, limit: MAX_PATTERNS })));
  return PATTERN_KINDS.flatMap((kind) => {
    const some = shown.filter(({ pattern }) => pattern.kind === kind);
    if (some.length === 0) return [];
    const label = headingOf(kind, l10n);
    return [
      {
        key: `patterns:${kind}`,
        kind: "group" as const,
        label,
        description: String(some.length),
        // A long group would push those below it out of sight.
        isUnfolded: some.length <= FEW_PATTERNS,
        spoken: `${label}, ${some.length}`,
        children: async () => some.map((one) => patternRow(one, now, l10n)),
      },
    ];
  });
}

function patternRow({ pattern, examples }: ShownPattern, now: number, l10n: Localize): ViewRow {
  const label = oneLine(patternLabel(pattern, l10n), 300);
  const counts = patternCounts(pattern, l10n);
  const files = pattern.files.map((path): ViewRow => ({
    key: `pattern:${pattern.id}:${path}`,
    kind: "file",
    label: path,
    icon: "file",
    opens: { kind: "file", path },
    spoken: path,
  }));
  return {
    key: `pattern:${pattern.id}`,
    kind: "text",
    label,
    description: counts,
    tooltip: [label, counts].join("\n\n"),
    icon: "graph",
    spoken: `${label}, ${counts}`,
    children: async () => [
      ...files,
      ...examples.map(({ session }) => {
        const row = sessionRow({ session }, now, l10n);
        return { ...row, key: `pattern:${pattern.id}:${row.key}` };
      }),
    ],
  };
}
