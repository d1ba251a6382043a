import type { Pattern } from "recollect-wasm";
import { languageOf, type Localize } from "../Localize.js";
import { oneLine } from "../text/plainText.js";

/** Characters of one part, such as the name of a task or an error. */
const MAX_PART = 160;

/** A Monday. */
const MONDAY = Date.UTC(2024, 0, 1);

const DAY_MS = 86_400_000;

/**
 * A pattern in few words, what tells it from others first: patterns of one kind stand below each
 * other, and sentences about them would all begin the same.
 */
export function patternLabel({ kind, names, weekday, quarter }: Pattern, l10n: Localize): string {
  const parts = names.map((name) => oneLine(name, MAX_PART));
  switch (kind) {
    case "sequence":
      return parts.map((name) => stepWords(name, l10n)).join(" → ");
    case "co_change":
      return parts.join(" + ");
    case "error_fix": {
      const [task = "", error = "", ...files] = parts;
      const failed = task === "" ? "" : l10n.t("{0} (failed)", stepWords(task, l10n));
      const told = error === "" ? failed : [failed, l10n.t("“{0}”", error)].join(" ").trim();
      return `${told === "" ? l10n.t("error") : told} → ${files.join(", ")}`;
    }
    case "habit":
      return l10n.t("{0}, mostly {1}", stepWords(parts[0] ?? "", l10n), when(l10n));
  }

  function when(l10n: Localize): string {
    const day = weekday === undefined ? [] : [weekdayName(weekday, l10n)];
    return [...day, ...(quarter === undefined ? [] : [quarterName(quarter, l10n)])].join(" ");
  }
}

/** How often a pattern held, and whether that says little. */
export function patternCounts(
  { count, confidence, support, isFew }: Pattern,
  l10n: Localize,
): string {
  const all = confidence > 0 ? Math.round(count / confidence) : count;
  const counts = l10n.t("{0} of {1} times, in {2} sessions", count, all, support);
  return isFew ? `${counts}: ${l10n.t("few so far, it may be chance")}` : counts;
}

/** A step as the core names it, such as `editing a .rs file`, in fewer words. */
function stepWords(name: string, l10n: Localize): string {
  const failed = / \(failed\)$/.exec(name);
  if (failed !== null) return l10n.t("{0} (failed)", stepWords(name.slice(0, failed.index), l10n));
  const words: Readonly<Record<string, string>> = {
    "running the tests": l10n.t("tests"),
    "the tests": l10n.t("tests"),
    building: l10n.t("build"),
    "the build": l10n.t("build"),
    committing: l10n.t("commit"),
    opening: l10n.t("open"),
    editing: l10n.t("edit"),
    refactoring: l10n.t("refactoring"),
    debugging: l10n.t("debugging"),
    searching: l10n.t("search"),
    "meeting an error": l10n.t("error"),
    "clearing an error": l10n.t("error mended"),
  };
  const alone = words[name];
  if (alone !== undefined) return alone;
  const rest = (beginning: string): string | undefined =>
    name.startsWith(beginning) ? name.slice(beginning.length) : undefined;
  const task = rest("running ");
  if (task !== undefined) return task;
  const met = rest("meeting an error in ");
  if (met !== undefined) return l10n.t("error in {0}", fileWords(met, l10n));
  const mended = rest("clearing an error in ");
  if (mended !== undefined) return l10n.t("error mended in {0}", fileWords(mended, l10n));
  const [verb = "", ...others] = name.split(" ");
  const done = words[verb];
  // A name that a host gave has no words of ours.
  return done === undefined || others.length === 0
    ? name
    : `${done} ${fileWords(others.join(" "), l10n)}`;
}

/** A kind of file as the core names it: `a .rs file`, `a test`, or a file's own name. */
function fileWords(name: string, l10n: Localize): string {
  if (name === "documentation") return l10n.t("documentation");
  if (name === "a test") return l10n.t("a test");
  return /^a (\.[^ ]+) file$/.exec(name)?.[1] ?? name;
}

function weekdayName(weekday: number, l10n: Localize): string {
  const form = new Intl.DateTimeFormat(languageOf(l10n), { weekday: "long", timeZone: "UTC" });
  return form.format(MONDAY + weekday * DAY_MS);
}

function quarterName(quarter: number, l10n: Localize): string {
  const names = [l10n.t("night"), l10n.t("morning"), l10n.t("afternoon"), l10n.t("evening")];
  return names[quarter] ?? "";
}
