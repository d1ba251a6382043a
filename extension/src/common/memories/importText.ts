import { lineCount, recordCount } from "../text/count.js";
import type { Localize } from "../Localize.js";
import { escapeLine } from "../text/markdown.js";
import type { Imported } from "./transfer.js";

/** Refused lines named in a report. */
const MAX_LISTED = 1_000;

/** What became of an import, as a document. */
export function importReportMarkdown(imported: Imported, l10n: Localize): string {
  const { lines, pending, known, forgotten, filtered, refused, unlisted } = imported;
  const notTaken = refused.length + unlisted;
  const facts: [string, string][] = [
    [l10n.t("Lines read"), String(lines)],
    [l10n.t("Imported"), recordCount(pending, l10n)],
    [l10n.t("Known already"), recordCount(known, l10n)],
    [l10n.t("Left out because they were forgotten here"), recordCount(forgotten, l10n)],
    [l10n.t("With private text that was dropped"), recordCount(filtered, l10n)],
    [l10n.t("Not taken"), lineCount(notTaken, l10n)],
  ];
  const listed = refused
    .slice(0, MAX_LISTED)
    .map(({ line, problem }) => `- ${l10n.t("Line {0}", line)}: ${escapeLine(problem)}`);
  if (notTaken > listed.length)
    listed.push(`- ${l10n.t("… and {0} more", notTaken - listed.length)}`);
  const sections = [
    `# ${l10n.t("Import report")}`,
    facts.map(([label, value]) => `- **${label}:** ${value}`).join("\n"),
  ];
  if (listed.length > 0) sections.push(`## ${l10n.t("Not taken")}`, listed.join("\n"));
  return `${sections.join("\n\n")}\n`;
}
