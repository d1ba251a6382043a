import type { Citation, Hit, Memory, ProjectStats, Stats, TimelineResult } from "recollect-wasm";
import { fileCount, formatBytes, lineCount, memoryCount, recordCount } from "../text/count.js";
import type { Localize } from "../Localize.js";
import { codeBlock, escapeHeading, escapeLine, inlineCode, titleLine } from "../text/markdown.js";
import { formatDate, formatTime } from "../text/plainText.js";
import { foldHits, type HitGroup } from "./foldHits.js";
import { besideAuthor } from "./previewText.js";
import { summaryParts } from "./summaryParts.js";
import { timeSpan } from "./timeSpan.js";

/** What showing memories as Markdown needs: words, and an address that opens a memory. */
export interface Presentation {
  readonly l10n: Localize;
  /** Address of a link that opens the memory. */
  readonly link: (id: string) => string;
}

/**
 * A numbered list of hits, each with type, date, author and a link, and with its project unless that
 * is the one at hand, whose id is `here`; the numbers match the labels m1, m2, … Hits with near-equal
 * titles are one line with their count and their span of time.
 */
export function hitsMarkdown(
  hits: readonly Hit[],
  presentation: Presentation,
  here?: string,
): string {
  // Markdown counts the items of one list by itself: where a number is left out, a list with the
  // other sign begins.
  let [sign, next] = [".", 1];
  const lines = foldHits(hits).map((group) => {
    const number = group.index + 1;
    if (number !== next) sign = sign === "." ? ")" : ".";
    next = number + 1;
    return `${number}${sign} ${groupMarkdown(group, presentation, here)}`;
  });
  return lines.join("\n");
}

/** A list by days, oldest first, with the memory that was asked about in bold. */
export function timelineMarkdown(timeline: TimelineResult, presentation: Presentation): string {
  const lines: string[] = [];
  let day = "";
  for (const hit of timeline.items) {
    const hitDay = formatDate(hit.at);
    if (hitDay !== day) lines.push(lines.length === 0 ? `**${hitDay}**` : `\n**${hitDay}**`, "");
    day = hitDay;
    const time = formatTime(hit.at).slice(-5);
    const title = titleLink(hit, presentation);
    lines.push(
      `- ${time} ${hit.id === timeline.anchor ? `**${title}**` : title} · ${kindMarkdown(hit)}`,
    );
  }
  return lines.join("\n");
}

/** What is remembered, in numbers. */
export function statsMarkdown(
  stats: Stats,
  projects: readonly ProjectStats[],
  { l10n }: Presentation,
): string {
  const lines = [
    `**${memoryCount(stats.memories, l10n)}** · ${l10n.t("projects: {0}", stats.projects)} · ${l10n.t("sessions: {0}", stats.sessions)}`,
    "",
    ...counts(stats.byType).map(([type, count]) => `- ${inlineCode(type)}: ${count}`),
  ];
  if (stats.firstAt !== undefined && stats.lastAt !== undefined) {
    lines.push("", l10n.t("From {0} to {1}.", formatDate(stats.firstAt), formatDate(stats.lastAt)));
  }
  if (projects.length > 0) {
    lines.push(
      "",
      `| ${l10n.t("Project")} | ${l10n.t("Memories")} | ${l10n.t("Latest")} |`,
      "| --- | ---: | --- |",
    );
    for (const { project, memories, lastAt } of projects) {
      lines.push(`| ${escapeLine(project.name)} | ${memories} | ${formatDate(lastAt)} |`);
    }
  }
  lines.push(
    "",
    l10n.t("Storage: {0}, {1}.", fileCount(stats.segments, l10n), formatBytes(stats.segmentBytes)),
  );
  if (stats.pending > 0)
    lines.push("", l10n.t("Not saved yet: {0}.", recordCount(stats.pending, l10n)));
  if (stats.damagedLines > 0)
    lines.push("", l10n.t("Damaged: {0}.", lineCount(stats.damagedLines, l10n)));
  if (stats.newerSegments > 0) {
    lines.push(
      "",
      l10n.t(
        "Written by a newer version and left alone: {0}.",
        fileCount(stats.newerSegments, l10n),
      ),
    );
  }
  return lines.join("\n");
}

/** Everything of one memory, as the read-only document shows it. */
export function memoryMarkdown(memory: Memory, l10n: Localize): string {
  const facts: [string, string][] = [
    [l10n.t("Type"), inlineCode(memory.type ?? memory.kind)],
    [l10n.t("Date"), formatTime(memory.at)],
    [l10n.t("Project"), `${escapeHeading(memory.project.name)} (${inlineCode(memory.project.id)})`],
    [l10n.t("Source"), memory.provenance],
    [l10n.t("Trust"), memory.trust === "low" ? l10n.t("low") : l10n.t("high")],
  ];
  if (memory.flag !== undefined)
    facts.push([
      l10n.t("Flag"),
      l10n.t(
        "reads like an instruction to an assistant, so it is never recalled by itself; if it is none, the command “Recall This Memory Like Others” lifts that",
      ),
    ]);
  if (memory.commit !== undefined) facts.push([l10n.t("Commit"), inlineCode(memory.commit)]);
  if (memory.session !== undefined) facts.push([l10n.t("Session"), inlineCode(memory.session)]);
  if (memory.concepts.length > 0)
    facts.push([
      l10n.t("Concepts"),
      memory.concepts.map((concept) => inlineCode(concept)).join(", "),
    ]);
  facts.push([l10n.t("Id"), inlineCode(memory.id)]);

  const sections = [
    `# ${escapeHeading(memory.title)}`,
    facts.map(([label, value]) => `- **${label}:** ${value}`).join("\n"),
  ];
  if (memory.summary !== undefined) sections.push(...summarySections(memory, l10n));
  else if (memory.text.trim() !== "") sections.push(codeBlock(memory.text.trim()));
  const files: [string, string[]][] = [
    [l10n.t("Files changed"), memory.filesModified],
    [l10n.t("Files read"), memory.filesRead],
  ];
  for (const [heading, paths] of files) {
    if (paths.length > 0)
      sections.push(`## ${heading}`, paths.map((path) => `- ${inlineCode(path)}`).join("\n"));
  }
  return `${sections.join("\n\n")}\n`;
}

/** The parts of a summary that say something, each under its heading, then its facts. */
function summarySections({ summary = {}, facts }: Memory, l10n: Localize): string[] {
  const parts: [string, string | undefined][] = [
    ...summaryParts(summary, l10n),
    [l10n.t("Facts"), facts.map((fact) => `- ${fact}`).join("\n")],
  ];
  return parts.flatMap(([heading, text = ""]) =>
    text.trim() === "" ? [] : [`## ${heading}`, codeBlock(text.trim())],
  );
}

/** A citation as a link that opens the memory; hovering shows its title. */
export function citationMarkdown({ id, label, title }: Citation, { link }: Presentation): string {
  return `[${label}](${link(id)} "${escapeLine(title, 120).replaceAll('"', "&quot;")}")`;
}

/** Type, or kind where there is no type, as Markdown code. What sums a session up stands for it. */
function kindMarkdown({ type, kind }: Hit): string {
  return inlineCode(type ?? (kind === "summary" ? "session" : kind));
}

function titleLink(hit: Hit, { link }: Presentation): string {
  return `[${shownText(hit, hit.title, 120)}](${link(hit.id)})`;
}

/** One hit, or the first of several with how many there are and of when. */
function groupMarkdown(
  { first, hits }: HitGroup,
  presentation: Presentation,
  here: string | undefined,
): string {
  if (hits.length === 1) return hitMarkdown(first, presentation, here);
  const times = hits.map(({ at }) => at);
  const count = presentation.l10n.t("{0} alike", hits.length);
  const parts = [
    titleLink(first, presentation),
    kindMarkdown(first),
    `**${count}**, ${timeSpan(Math.min(...times), Math.max(...times), presentation.l10n)}`,
    ...projectName(first, here),
  ];
  return parts.join(" · ");
}

/** The name of a hit's project, unless it is the one at hand. */
function projectName({ project }: Hit, here: string | undefined): string[] {
  return project.id === here ? [] : [escapeLine(project.name, 60)];
}

function hitMarkdown(hit: Hit, presentation: Presentation, here: string | undefined): string {
  const parts = [
    titleLink(hit, presentation),
    kindMarkdown(hit),
    formatDate(hit.at),
    ...(hit.author === undefined ? [] : [escapeLine(hit.author, 60)]),
    ...projectName(hit, here),
  ];
  if (hit.trust === "low") parts.push(`_${presentation.l10n.t("low trust")}_`);
  if (hit.flag !== undefined)
    parts.push(`_${presentation.l10n.t("reads like an instruction to an assistant")}_`);
  const preview = besideAuthor(hit);
  return preview === ""
    ? parts.join(" · ")
    : `${parts.join(" · ")}  \n   ${shownText(hit, preview, 160)}`;
}

/** A text of a hit as Markdown. One that reads like an instruction gets no code that looks like ours. */
function shownText({ flag }: Hit, text: string, maxLength: number): string {
  return flag === undefined ? titleLine(text, maxLength) : escapeLine(text, maxLength);
}

/** Counts, most frequent first. */
function counts(byName: Readonly<Record<string, number>>): [string, number][] {
  return Object.entries(byName).sort(([, a], [, b]) => b - a);
}
