import type { Hit } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import type { Memories } from "../memories/Memories.js";
import { tellSession } from "../recall/findSessions.js";
import { timeSpan } from "../recall/timeSpan.js";
import { formatTime } from "../text/plainText.js";
import { failuresOf, type Failure } from "./mended.js";
import type { Page, PageRow, PageSection } from "./protocol.js";

/** What happened that is listed of one session. */
const MAX_EVENTS = 200;

/** Files that are listed of one session. */
const MAX_FILES = 50;

/** One session: how it went, its commits, failures and what mended them, files, and what happened, oldest first. */
export async function sessionPage(
  memories: Pick<Memories, "session" | "recent">,
  key: string,
  l10n: Localize,
): Promise<Page> {
  const { detail, commits } = await tellSession(memories, key);
  const { session, summary } = detail;
  const kinds = ["event" as const, "observation" as const, "prompt" as const];
  const { hits, total } = await memories.recent({ session: key, kinds, limit: MAX_EVENTS });
  const { statistics, startedAt, lastAt, endedAt, source, project } = session;
  const { edits, testsRun, testsFailed, files } = statistics;
  const parts = summary?.summary ?? {};
  const texts: [string, string | undefined][] = [
    [l10n.t("Request"), parts.request],
    [l10n.t("Learned"), parts.learned],
    [l10n.t("Completed"), parts.completed],
    [l10n.t("Still open"), parts.nextSteps],
    [l10n.t("Notes"), parts.notes],
  ];
  const sections: PageSection[] = texts.flatMap(([heading, text = ""]) =>
    text.trim() === "" ? [] : [{ kind: "text", heading, text: text.trim() }],
  );
  const list = (heading: string, rows: readonly PageRow[]): void => {
    if (rows.length > 0) sections.push({ kind: "rows", heading, rows });
  };
  list(l10n.t("Commits"), commits.map(momentRow));
  const failures = failuresOf(hits.toReversed());
  list(
    failures.some(({ mends }) => mends.length > 0)
      ? l10n.t("Failures, and what mended them")
      : l10n.t("Failures"),
    failures.flatMap((failure) => failureRows(failure, l10n)),
  );
  list(
    l10n.t("Files"),
    files
      .slice(0, MAX_FILES)
      .map((path) => ({ label: path, act: { do: "openFile" as const, path } })),
  );
  const left = total - hits.length;
  list(
    left > 0 ? l10n.t("What happened, without the first {0}", left) : l10n.t("What happened"),
    hits.map(momentRow).toReversed(),
  );
  return {
    title: summary?.title ?? session.title ?? l10n.t("Session"),
    kindWord: l10n.t("session"),
    warnings: [],
    facts: [
      {
        label: l10n.t("When"),
        description: `${timeSpan(startedAt, lastAt, l10n)}${endedAt === undefined ? ` · ${l10n.t("goes on")}` : ""}`,
      },
      ...(source === undefined ? [] : [{ label: l10n.t("In"), description: source }]),
      { label: l10n.t("Project"), description: project.name },
      {
        label: l10n.t("In numbers"),
        description: [
          l10n.t("Commits: {0}", statistics.commits),
          l10n.t("Edits: {0}", edits),
          l10n.t("Files: {0}", statistics.uniqueFiles),
          l10n.t("Tests run: {0}, failed: {1}", testsRun, testsFailed),
        ].join(" · "),
      },
    ],
    sections,
    actions:
      summary === undefined
        ? []
        : [{ label: l10n.t("Open its summary"), act: { do: "openMemory", id: summary.id } }],
  };
}

function momentRow({ id, at, title }: Hit): PageRow {
  return { label: title, description: formatTime(at).slice(-5), act: { do: "openMemory", id } };
}

function failureRows({ failure, times, mends }: Failure, l10n: Localize): PageRow[] {
  const row = momentRow(failure);
  return [
    times === 1 ? row : { ...row, label: l10n.t("{0}, {1} times", failure.title, times) },
    ...mends.map((hit) => ({ ...momentRow(hit), isBelow: true })),
  ];
}
