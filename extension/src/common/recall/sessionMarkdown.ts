import type { Hit, SummaryParts } from "recollect-wasm";
import { escapeLine, inlineCode, titleLine } from "../text/markdown.js";
import { formatTime } from "../text/plainText.js";
import type { ToldSession } from "./findSessions.js";
import type { Presentation } from "./present.js";
import { timeSpan } from "./timeSpan.js";

/** Files that are named. */
const MAX_FILES = 20;

/** Commits and lines of a summary that are told of one session in a list. */
const MAX_LINES = 5;

/** One session: how it went so far in sentences and numbers, commits, files, the latest events newest first. */
export function sessionMarkdown(
  { detail: { session, summary }, commits }: ToldSession,
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
  if (summary !== undefined) sections.push(`[${titleLine(summary.title)}](${link(summary.id)})`);
  const outcome = outcomeLines(summary?.summary, presentation);
  if (outcome.length > 0) sections.push(outcome.map((line) => `- ${line}`).join("\n"));
  if (commits.length > 0)
    sections.push(
      `**${l10n.t("Commits")}**`,
      commits.map((hit) => `- ${commitMarkdown(hit, presentation)}`).join("\n"),
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
      events
        .map(
          (hit) => `- ${formatTime(hit.at).slice(-5)} [${titleLine(hit.title)}](${link(hit.id)})`,
        )
        .join("\n"),
    );
  return sections.join("\n\n");
}

/** Sessions of which each is told by its time, what it amounted to, its commits, and what failed. */
export function sessionsMarkdown(
  sessions: readonly ToldSession[],
  presentation: Presentation,
): string {
  return sessions.map((session) => sessionEntry(session, presentation)).join("\n\n");
}

function sessionEntry({ detail, commits }: ToldSession, presentation: Presentation): string {
  const { l10n, link } = presentation;
  const { session, summary } = detail;
  const { startedAt, lastAt, endedAt, source, project, statistics } = session;
  const title = titleLine(summary?.title ?? session.title ?? l10n.t("Session"));
  const facts = [
    timeSpan(startedAt, lastAt, l10n),
    ...(endedAt === undefined ? [l10n.t("goes on")] : []),
    ...(source === undefined || source === "vscode" ? [] : [escapeLine(source, 40)]),
    escapeLine(project.name, 60),
    ...(statistics.commits === 0 ? [] : [l10n.t("Commits: {0}", statistics.commits)]),
    ...(statistics.testsRun === 0
      ? []
      : [l10n.t("Tests run: {0}, failed: {1}", statistics.testsRun, statistics.testsFailed)]),
  ];
  const shown = commits.slice(0, MAX_LINES).map((hit) => commitMarkdown(hit, presentation));
  const more = commits.length - shown.length;
  if (more > 0) shown.push(l10n.t("and {0} more", more));
  const lines = [...shown, ...outcomeLines(summary?.summary, presentation)];
  const head = summary === undefined ? title : `[${title}](${link(summary.id)})`;
  // Two blanks end a line within one paragraph.
  return [`**${head}**  `, facts.join(" · "), ...lines.map((line) => `- ${line}`)].join("\n");
}

function commitMarkdown(hit: Hit, { link }: Presentation): string {
  return `[${titleLine(hit.title)}](${link(hit.id)})`;
}

/** What was found out or mended, and what is still open, each as a line of Markdown. */
function outcomeLines(parts: SummaryParts | undefined, { l10n }: Presentation): string[] {
  const learned = linesOf(parts?.learned).map((line) => titleLine(line, 160));
  const open = linesOf(parts?.nextSteps).map((line) =>
    l10n.t("Still open: {0}", titleLine(line, 160)),
  );
  return [...learned, ...open];
}

function linesOf(text: string | undefined): string[] {
  const lines = (text ?? "").split("\n").map((line) => line.replace(/^- /, "").trim());
  return lines.filter((line) => line !== "").slice(0, MAX_LINES);
}
