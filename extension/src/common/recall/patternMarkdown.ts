import type { PatternKind } from "recollect-wasm";
import type { Localize } from "../Localize.js";
import { escapeLine } from "../text/markdown.js";
import { patternCounts, patternLabel } from "./patternWords.js";
import type { PatternExample, ShownPattern } from "./patternsOf.js";
import { formatTime } from "../text/plainText.js";
import type { Presentation } from "./present.js";

/** Kinds in the order they are told. */
export const PATTERN_KINDS: readonly PatternKind[] = [
  "error_fix",
  "co_change",
  "sequence",
  "habit",
];

/** What recurs in a project, by kinds: a line for each pattern, and sessions that show it. */
export function patternsMarkdown(
  patterns: readonly ShownPattern[],
  presentation: Presentation,
): string {
  const sections = PATTERN_KINDS.flatMap((kind) => {
    const some = patterns.filter(({ pattern }) => pattern.kind === kind);
    if (some.length === 0) return [];
    const lines = some.map((shown) => patternMarkdown(shown, presentation));
    return [`**${headingOf(kind, presentation.l10n)}**`, lines.join("\n")];
  });
  return sections.join("\n\n");
}

function patternMarkdown({ pattern, examples }: ShownPattern, presentation: Presentation): string {
  const { l10n } = presentation;
  const label = escapeLine(patternLabel(pattern, l10n), 400);
  const sentence = `- ${label} · ${escapeLine(patternCounts(pattern, l10n))}`;
  if (examples.length === 0) return sentence;
  const sessions = examples.map((example) => exampleMarkdown(example, presentation)).join(", ");
  return `${sentence}  \n  _${l10n.t("Lately in the sessions of {0}", sessions)}_`;
}

function exampleMarkdown({ session, summary }: PatternExample, { link }: Presentation): string {
  const time = formatTime(session.startedAt);
  return summary === undefined ? time : `[${time}](${link(summary)})`;
}

/** What the patterns of a kind are called together. */
export function headingOf(kind: PatternKind, l10n: Localize): string {
  switch (kind) {
    case "error_fix":
      return l10n.t("Errors and what mended them");
    case "co_change":
      return l10n.t("Files that change together");
    case "sequence":
      return l10n.t("Steps that follow one another");
    case "habit":
      return l10n.t("Habits");
  }
}
