import { fileCount, formatBytes, lineCount, memoryCount, recordCount } from "../text/count.js";
import { passedLimits } from "./limits.js";
import type { Localize } from "../Localize.js";
import { escapeLine, inlineCode } from "../text/markdown.js";
import type { StorageCheck } from "./storageCheck.js";

/** Files listed by name under one heading. */
const MAX_LISTED = 200;

/** Whether anything is wrong with the files. */
export function hasProblems(check: StorageCheck): boolean {
  return check.damaged.length + check.unread.length > 0;
}

/** What the storage is like, as a document. */
export function storageReportMarkdown(
  check: StorageCheck,
  storage: string,
  l10n: Localize,
): string {
  const { segments, bytes, records, stats, damaged, newer, unread, quarantined } = check;
  const sections: string[] = [`# ${l10n.t("Recollect storage")}`, verdict(check, l10n)];
  if (check.isCancelled) sections.push(l10n.t("The check was cancelled; this is not all."));

  const facts: [string, string][] = [
    [l10n.t("Folder"), inlineCode(storage)],
    [l10n.t("Files"), `${segments} · ${formatBytes(bytes)}`],
    [l10n.t("Records that verify"), recordCount(records, l10n)],
    [l10n.t("Memories"), memoryCount(stats.memories, l10n)],
    [l10n.t("Waiting to be written"), recordCount(stats.pending, l10n)],
    [l10n.t("Still holding something forgotten"), fileCount(stats.unpurgedSegments, l10n)],
    [l10n.t("Copies of damaged files"), fileCount(quarantined.length, l10n)],
  ];
  sections.push(facts.map(([label, value]) => `- **${label}:** ${value}`).join("\n"));

  if (damaged.length > 0) {
    sections.push(
      `## ${l10n.t("Damaged files")}`,
      l10n.t(
        "Everything in them that verifies is used. The files are left as they are, and exact copies are kept in the folder bad. **Memory: Export…** writes everything that is good into one file.",
      ),
      list(
        damaged.map(({ name, damagedLines, records: good, problem }) => {
          const text = `${inlineCode(name)}: ${l10n.t("{0} damaged, {1} good", lineCount(damagedLines, l10n), recordCount(good, l10n))}`;
          return problem === undefined ? text : `${text} · ${escapeLine(problem)}`;
        }),
        l10n,
      ),
    );
  }
  if (unread.length > 0) {
    sections.push(
      `## ${l10n.t("Files that could not be read")}`,
      list(
        unread.map(({ name, problem }) => `${inlineCode(name)}: ${escapeLine(problem)}`),
        l10n,
      ),
    );
  }
  if (newer.length > 0) {
    sections.push(
      `## ${l10n.t("Files of a newer version")}`,
      l10n.t("They are left alone. A newer version of the extension reads them."),
      list(newer.map(inlineCode), l10n),
    );
  }
  if (quarantined.length > 0 || check.quarantineProblem !== undefined) {
    sections.push(
      `## ${l10n.t("Copies of damaged files")}`,
      check.quarantineProblem === undefined
        ? list(quarantined.map(inlineCode), l10n)
        : escapeLine(check.quarantineProblem),
    );
  }
  const passed = passedLimits({ ...stats, segments, segmentBytes: bytes }, l10n);
  if (passed.length > 0) {
    sections.push(
      `## ${l10n.t("Limits")}`,
      list(passed, l10n),
      l10n.t("Nothing is deleted for it, but searching gets slower; Memory: Forget… helps."),
    );
  }
  return `${sections.join("\n\n")}\n`;
}

function verdict(check: StorageCheck, l10n: Localize): string {
  if (hasProblems(check)) return `**${l10n.t("Some files are not as they were written.")}**`;
  return check.stats.pending > 0
    ? `**${l10n.t("Every file is whole, but not everything has been written yet.")}**`
    : `**${l10n.t("Every file is whole.")}**`;
}

function list(lines: readonly string[], l10n: Localize): string {
  const shown = lines.slice(0, MAX_LISTED).map((line) => `- ${line}`);
  if (lines.length > MAX_LISTED)
    shown.push(`- ${l10n.t("… and {0} more", lines.length - MAX_LISTED)}`);
  return shown.join("\n");
}
