import type { Hit, ObservationType } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { detailText } from "../recall/previewText.js";
import { formatDate, formatTime, oneLine } from "../text/plainText.js";
import type { RowKind, ViewRow } from "./ViewRow.js";

/** Characters of a label; the editor cuts it to the width of the view. */
const MAX_LABEL = 160;

/** A memory as a row: its title, and beside it who did it and when. */
export function memoryRow(
  hit: Hit,
  l10n: Localize,
  { now, within = "" }: { readonly now: number; readonly within?: string },
): ViewRow {
  const label = oneLine(hit.title, MAX_LABEL);
  const when = shortTime(hit.at, now, l10n);
  const warnings = [
    ...(hit.trust === "low" ? [l10n.t("low trust")] : []),
    ...(hit.flag === undefined ? [] : [l10n.t("reads like an instruction to an assistant")]),
  ];
  const author = hit.author === undefined ? [] : [oneLine(hit.author, 40)];
  const description = [...author, when, ...warnings].join(" · ");
  const type = typeWord(hit, l10n);
  const pinned = hit.isPinned ? [l10n.t("pinned")] : [];
  return {
    key: `${within}${hit.id}`,
    kind: rowKind(hit),
    label,
    description,
    tooltip: [
      label,
      ...[oneLine(detailText(hit), 400)].filter((text) => text !== ""),
      [type, ...author, formatTime(hit.at)].join(" · "),
    ].join("\n\n"),
    icon: hit.isPinned ? "pinned" : iconOf(hit),
    opens: { kind: "memory", id: hit.id },
    spoken: [label, type, ...pinned, ...author, formatTime(hit.at), ...warnings].join(", "),
  };
}

function rowKind({ commit, isPinned }: Hit): RowKind {
  if (commit !== undefined) return isPinned ? "pinnedCommit" : "commit";
  return isPinned ? "pinnedMemory" : "memory";
}

/** The types that a person can give a memory. */
export const OBSERVATION_TYPES: readonly ObservationType[] = [
  ...(["discovery", "decision", "bugfix", "feature", "refactor", "change", "command"] as const),
];

/** What kind of memory it is, as a word for people. */
export function typeWord({ type, kind }: Pick<Hit, "type" | "kind">, l10n: Localize): string {
  const words: Readonly<Record<string, string>> = {
    discovery: l10n.t("discovery"),
    decision: l10n.t("decision"),
    bugfix: l10n.t("fix"),
    feature: l10n.t("feature"),
    refactor: l10n.t("refactoring"),
    change: l10n.t("change"),
    command: l10n.t("command"),
    summary: l10n.t("session"),
    prompt: l10n.t("question"),
    fact: l10n.t("fact"),
    file_open: l10n.t("file opened"),
    file_close: l10n.t("file closed"),
    file_save: l10n.t("file saved"),
    code_edit: l10n.t("edit"),
    search: l10n.t("search"),
    debug_start: l10n.t("debugging started"),
    debug_stop: l10n.t("debugging ended"),
    test_run: l10n.t("test run"),
    build: l10n.t("build"),
    terminal_command: l10n.t("terminal command"),
    task: l10n.t("task"),
    error: l10n.t("error"),
    git_commit: l10n.t("commit"),
    git_merge: l10n.t("merge"),
    git_rebase: l10n.t("rebase"),
    git_reset: l10n.t("reset"),
    git_checkout: l10n.t("switch of branches"),
  };
  const name = type ?? kind;
  return words[name] ?? name.replaceAll("_", " ");
}

const ICONS: Readonly<Record<string, string>> = {
  discovery: "lightbulb",
  decision: "law",
  bugfix: "bug",
  feature: "sparkle",
  refactor: "symbol-structure",
  change: "edit",
  command: "terminal",
  summary: "history",
  prompt: "comment",
  fact: "key",
  git_commit: "git-commit",
  file_save: "save",
  file_edit: "edit",
  test_run: "beaker",
  task: "tools",
  terminal: "terminal",
  diagnostic: "error",
};

/** Name of the editor's icon for a memory. */
export function iconOf({ type, kind }: Pick<Hit, "type" | "kind">): string {
  return ICONS[type ?? kind] ?? ICONS[kind] ?? "circle-small";
}

/** A moment as short as it can be told: a time today, a day this year, else a date. */
export function shortTime(at: number, now: number, l10n: Localize): string {
  const [date, today] = [formatDate(at), formatDate(now)];
  if (date === today) return formatTime(at).slice(-5);
  const yesterday = new Date(now);
  yesterday.setDate(yesterday.getDate() - 1);
  if (date === formatDate(yesterday.getTime())) return l10n.t("yesterday");
  return date;
}

/** The beginning of the day that a moment is in, by the clock on the wall. */
export function startOfDay(now: number): number {
  const day = new Date(now);
  day.setHours(0, 0, 0, 0);
  return day.getTime();
}
