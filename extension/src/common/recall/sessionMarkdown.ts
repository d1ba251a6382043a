import type { Hit, SessionDetail } from "recollect-wasm";
import { escapeLine, inlineCode } from "../text/markdown.js";
import { formatTime } from "../text/plainText.js";
import type { Presentation } from "./present.js";

/** Files that are named. */
const MAX_FILES = 20;

/** How the session of a window went so far: numbers, commits, files, the latest events newest first. */
export function sessionMarkdown(
  { session, summary }: SessionDetail,
  commits: readonly Hit[],
  events: readonly Hit[],
  presentation: Presentation,
): string {
  const { l10n, link } = presentation;
  const { statistics, startedAt, lastAt, project } = session;
  const { totalEvents, edits, testsRun, testsFailed, files } = statistics;
  const sections = [
    `**${l10n.t("Session in {0}, from {1} to {2}", escapeLine(project.name, 60), formatTime(startedAt), formatTime(lastAt))}**`,
    [
      l10n.t("Events: {0}", totalEvents),
      l10n.t("Files: {0}", statistics.uniqueFiles),
      l10n.t("Edits: {0}", edits),
      l10n.t("Tests run: {0}, failed: {1}", testsRun, testsFailed),
      l10n.t("Commits: {0}", statistics.commits),
    ].join(" · "),
  ];
  if (summary !== undefined)
    sections.push(`${l10n.t("Summary:")} [${escapeLine(summary.title, 120)}](${link(summary.id)})`);
  if (commits.length > 0)
    sections.push(
      `**${l10n.t("Commits")}**`,
      commits.map((hit) => `- [${escapeLine(hit.preview, 120)}](${link(hit.id)})`).join("\n"),
    );
  if (files.length > 0) {
    const named = files.slice(0, MAX_FILES).map((file) => `- ${inlineCode(file)}`);
    const more = files.length - named.length;
    if (more > 0) named.push(`- ${l10n.t("and {0} more", more)}`);
    sections.push(`**${l10n.t("Files")}**`, named.join("\n"));
  }
  if (events.length > 0)
    sections.push(
      `**${l10n.t("Latest events")}**`,
      events.map((hit) => eventMarkdown(hit, presentation)).join("\n"),
    );
  return sections.join("\n\n");
}

function eventMarkdown(hit: Hit, { link }: Presentation): string {
  const time = formatTime(hit.at).slice(-5);
  const preview = escapeLine(hit.preview, 120);
  const title = `[${escapeLine(hit.title, 120)}](${link(hit.id)})`;
  return preview === "" || preview === escapeLine(hit.title, 120)
    ? `- ${time} ${title}`
    : `- ${time} ${title} · ${preview}`;
}
