import type { Hit } from "recollect-wasm";
import { fileCount, memoryCount } from "../text/count.js";
import type { ForgetReport } from "./forgetting.js";
import type { Localize } from "../Localize.js";
import { escapeLine, inlineCode } from "../text/markdown.js";
import { formatTime, oneLine } from "../text/plainText.js";

/** Titles named in a question or a confirmation. */
const NAMED = 10;

/** What was forgotten, in one or two sentences. */
export function forgetSentence(report: ForgetReport, l10n: Localize): string {
  const { forgotten, written, deleted, left, problem } = report;
  const memories = memoryCount(forgotten, l10n);
  const files: string[] = [];
  if (written > 0) files.push(l10n.t("written anew without them: {0}", fileCount(written, l10n)));
  if (deleted > 0) files.push(l10n.t("deleted: {0}", fileCount(deleted, l10n)));
  const done =
    files.length === 0
      ? l10n.t("Forgot {0}.", memories)
      : `${l10n.t("Forgot {0}", memories)} (${files.join(", ")}).`;
  const rest =
    left === 0
      ? ""
      : l10n.t(
          "Their text is still in {0}: {1}. This is tried again by itself.",
          fileCount(left, l10n),
          problem === undefined ? l10n.t("another window is writing") : oneLine(problem),
        );
  return rest === "" ? done : `${done} ${rest}`;
}

/** What forgetting cannot reach. */
export function forgetLimits(l10n: Localize): string {
  return l10n.t(
    "They are removed from the index and from the files of this storage, for every window. This cannot be undone. It does not reach copies made elsewhere: backups and snapshots, exports, what the disk itself keeps of old files, and texts that an assistant derived from them.",
  );
}

/** The first titles of a list, and how many more there are. */
export function namedTitles(titles: readonly string[], total: number, l10n: Localize): string[] {
  const shown = titles.slice(0, NAMED).map((title) => `• ${oneLine(title, 80)}`);
  if (total > shown.length) shown.push(l10n.t("… and {0} more", total - shown.length));
  return shown;
}

/** All that is to be forgotten, as a document. */
export function forgetListMarkdown(
  hits: readonly Pick<Hit, "title" | "at" | "type" | "kind" | "project">[],
  total: number,
  l10n: Localize,
): string {
  const lines = [
    `# ${l10n.t("To be forgotten: {0}", memoryCount(total, l10n))}`,
    "",
    l10n.t("Nothing has been forgotten yet."),
    "",
    ...hits.map(
      ({ title, at, type, kind, project }) =>
        `- ${escapeLine(title, 160)} · ${inlineCode(type ?? kind)} · ${formatTime(at)} · ${escapeLine(project.name, 60)}`,
    ),
  ];
  if (total > hits.length) lines.push("", l10n.t("… and {0} more", total - hits.length));
  return `${lines.join("\n")}\n`;
}
