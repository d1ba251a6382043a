import type { Hit, Session, SessionDetail } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import type { Memories } from "../memories/Memories.js";
import { LISTED_KINDS } from "../recall/listedKinds.js";
import { timeSpan } from "../recall/timeSpan.js";
import { formatTime, oneLine } from "../text/plainText.js";
import { memoryRow, shortTime, startOfDay } from "./memoryRow.js";
import type { ViewRow } from "./ViewRow.js";

type Asked = Pick<Memories, "sessions" | "session" | "recent">;

/** Where and when Today is looked at. */
export interface TodayRequest {
  /** Ids of the projects at hand; none means all. */
  readonly projects: readonly string[];
  /** Unix milliseconds. */
  readonly now: number;
}

/** Earlier sessions that are listed. */
const MAX_SESSIONS = 40;

/** What happened that is listed of a session under way. */
const MAX_EVENTS = 60;

/** Memories of today that are listed. */
const MAX_TODAY = 50;

/** Newest memories that are listed where today has none. */
const MAX_LATELY = 10;

/**
 * The sessions under way with what has happened in them, what was remembered today or else last, and
 * earlier sessions.
 */
export async function todayRows(
  memories: Asked,
  { projects, now }: TodayRequest,
  l10n: Localize,
): Promise<readonly ViewRow[]> {
  const sessions = await sessionsOf(memories, projects);
  const details = await Promise.all(
    sessions.map(({ key }) => memories.session(key).catch(unlessThere)),
  );
  const there = details.filter((detail) => detail !== undefined);
  const running = there.filter(({ session }) => session.endedAt === undefined);
  const earlier = there.filter((detail) => !running.includes(detail) && hasContent(detail));
  const where = projects.length === 0 ? {} : { projects: [...projects] };
  const today = await memories.recent({
    ...where,
    kinds: LISTED_KINDS,
    since: startOfDay(now),
    limit: MAX_TODAY,
  });
  // What sums a session up stands in its own row.
  const remembered = today.hits.filter(({ kind }) => kind !== "summary");
  const lately =
    remembered.length > 0
      ? []
      : (await memories.recent({ ...where, kinds: LATELY_KINDS, limit: MAX_LATELY })).hits;
  const label = l10n.t("Before today");
  return [
    ...running.map((detail) => runningRow(memories, detail, now, l10n)),
    ...(remembered.length === 0
      ? []
      : [groupRow("today", l10n.t("Remembered today"), remembered, now, l10n)]),
    ...earlier.map((detail) => sessionRow(detail, now, l10n)),
    ...(lately.length === 0 ? [] : [groupRow("lately", label, lately, now, l10n)]),
  ];
}

/** What is listed of earlier days: sessions have rows of their own. */
const LATELY_KINDS = LISTED_KINDS.filter((kind) => kind !== "summary" && kind !== "prompt");

/** The newest sessions of some projects, the one with the newest record first. */
async function sessionsOf(memories: Asked, projects: readonly string[]): Promise<Session[]> {
  const requests = projects.length === 0 ? [{}] : projects.map((project) => ({ project }));
  const lists = await Promise.all(
    requests.map((request) =>
      memories.sessions({ ...request, limit: MAX_SESSIONS }).catch(unlessThere),
    ),
  );
  return lists
    .flatMap((list) => list?.sessions ?? [])
    .sort((a, b) => b.lastAt - a.lastAt)
    .slice(0, MAX_SESSIONS);
}

function runningRow(
  memories: Asked,
  { session, summary }: SessionDetail,
  now: number,
  l10n: Localize,
): ViewRow {
  const { key, startedAt, statistics } = session;
  const who = sourceOf(session);
  const label =
    who === undefined ? l10n.t("Session under way") : l10n.t("Session under way: {0}", who);
  const description = [
    l10n.t("since {0}", shortTime(startedAt, now, l10n)),
    ...countsOf(session, l10n),
  ].join(" · ");
  return {
    key: `session:${key}`,
    kind: "session",
    label,
    description,
    tooltip: [
      summary?.title ?? session.title ?? label,
      l10n.t("Files: {0}", statistics.uniqueFiles),
    ].join("\n\n"),
    icon: "pulse",
    opens: { kind: "session", key },
    isUnfolded: true,
    spoken: `${label}, ${description}`,
    children: async () => {
      const { hits } = await memories.recent({
        session: key,
        kinds: ["event", "observation", "prompt"],
        limit: MAX_EVENTS,
      });
      return hits.map((hit) => memoryRow(hit, l10n, { now, within: `session:${key}:` }));
    },
  };
}

/** Memories below a row that says how many there are. */
function groupRow(
  key: string,
  label: string,
  hits: readonly Hit[],
  now: number,
  l10n: Localize,
): ViewRow {
  return {
    key,
    kind: "group",
    label,
    description: String(hits.length),
    icon: "calendar",
    isUnfolded: true,
    spoken: `${label}, ${hits.length}`,
    children: async () => hits.map((hit) => memoryRow(hit, l10n, { now, within: `${key}:` })),
  };
}

/** An earlier session: what it amounted to, when it was, and in numbers. */
export function sessionRow(
  { session, summary }: Pick<SessionDetail, "session" | "summary">,
  now: number,
  l10n: Localize,
): ViewRow {
  const { key, startedAt, lastAt } = session;
  const label = oneLine(summary?.title ?? session.title ?? l10n.t("Session"), 160);
  const who = sourceOf(session);
  const parts = [...(who === undefined ? [] : [who]), ...countsOf(session, l10n)];
  return {
    key: `session:${key}`,
    kind: "session",
    label,
    description: [shortTime(startedAt, now, l10n), ...parts].join(" · "),
    tooltip: [label, [timeSpan(startedAt, lastAt, l10n), ...parts].join(" · ")].join("\n\n"),
    icon: "history",
    opens: { kind: "session", key },
    spoken: [label, formatTime(startedAt), ...parts].join(", "),
  };
}

/** Who ran a session, if that was not the editor itself. */
function sourceOf({ source }: Session): string | undefined {
  return source === undefined || source === "vscode" ? undefined : oneLine(source, 40);
}

function countsOf({ statistics }: Session, l10n: Localize): string[] {
  const { commits, testsRun, testsFailed } = statistics;
  return [
    ...(commits === 0 ? [] : [commits === 1 ? l10n.t("1 commit") : l10n.t("{0} commits", commits)]),
    ...(testsRun === 0 ? [] : [l10n.t("tests {0}, failed {1}", testsRun, testsFailed)]),
  ];
}

/** A window in which a file was only looked at is no work that anybody looks for. */
function hasContent({ summary, session }: SessionDetail): boolean {
  const { edits, commits, testsRun, prompts, observations } = session.statistics;
  return summary !== undefined || edits + commits + testsRun + prompts + observations > 0;
}

/** It may have been forgotten a moment ago, or nothing is recorded of the project. */
export function unlessThere(error: unknown): undefined {
  if (error instanceof Error && error.name === "NotFound") return undefined;
  throw error;
}
