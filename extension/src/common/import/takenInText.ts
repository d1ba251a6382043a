import type { Localize } from "../Localize.js";
import { recordCount } from "../text/count.js";
import { escapeLine } from "../text/markdown.js";
import type { TakenIn } from "./takeIn.js";

/** Skipped items named in a report. */
const MAX_LISTED = 1_000;

/** What became of taking in, in a few sentences. */
export function importedSentences(taken: readonly TakenIn[], l10n: Localize): string[] {
  const sum = (count: (one: TakenIn) => number): number =>
    taken.reduce((total, one) => total + count(one), 0);
  const added = recordCount(
    sum((one) => one.added),
    l10n,
  );
  const isCancelled = taken.some((one) => one.isCancelled);
  const sentences = [
    isCancelled
      ? l10n.t("Cancelled. Imported {0} so far; they stay.", added)
      : l10n.t("Imported {0}.", added),
  ];
  const known = sum((one) => one.knownSessions);
  if (known > 0) sentences.push(l10n.t("Sessions known already: {0}.", known));
  const live = sum((one) => one.live);
  if (live > 0) sentences.push(l10n.t("Turns recorded as they happened, left out: {0}.", live));
  const forgotten = sum((one) => one.forgotten);
  if (forgotten > 0)
    sentences.push(l10n.t("Left out because they were forgotten here: {0}.", forgotten));
  const skipped = sum((one) => one.skipped.length);
  if (skipped > 0) sentences.push(l10n.t("Not taken: {0}.", skipped));
  return sentences;
}

/** What was not taken, and why, as a document. */
export function importedMarkdown(
  taken: readonly (readonly [title: string, TakenIn])[],
  l10n: Localize,
): string {
  const sections = [`# ${l10n.t("Import report")}`];
  for (const [title, one] of taken) {
    sections.push(`## ${escapeLine(l10n.t(title))}`, importedSentences([one], l10n).join(" "));
    const listed = one.skipped.slice(0, MAX_LISTED).map(({ path, line, reason, args = [] }) => {
      const where = line === 0 ? path : `${path}:${line}`;
      return `- ${escapeLine(where)}: ${escapeLine(l10n.t(reason, ...args))}`;
    });
    if (one.skipped.length > MAX_LISTED)
      listed.push(`- ${l10n.t("… and {0} more", one.skipped.length - MAX_LISTED)}`);
    if (listed.length > 0) sections.push(listed.join("\n"));
  }
  return `${sections.join("\n\n")}\n`;
}
