import type { Memory } from "recollect-wasm";
import { escapeLine } from "../text/markdown.js";
import { formatDate } from "../text/plainText.js";

/** Memories as a text to read: by day, and on each day by project; the newest day first. */
export function markdownExport(memories: readonly Memory[]): string {
  const days = new Map<string, Map<string, Memory[]>>();
  for (const memory of memories) {
    const day = formatDate(memory.at);
    const projects = days.get(day) ?? new Map<string, Memory[]>();
    days.set(day, projects);
    projects.set(memory.project.name, [...(projects.get(memory.project.name) ?? []), memory]);
  }
  const sections = ["# Memories"];
  const newestFirst = [...days].sort(([one], [other]) => (one < other ? 1 : -1));
  for (const [day, projects] of newestFirst) {
    sections.push(`## ${day}`);
    const byName = [...projects].sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [project, all] of byName)
      sections.push(`### ${escapeLine(project)}`, ...all.map(entry));
  }
  return `${sections.join("\n\n")}\n`;
}

function entry({ title, type, kind, text, filesRead, filesModified }: Memory): string {
  const files = [...new Set([...filesModified, ...filesRead])];
  return [
    `#### ${escapeLine(title)}`,
    `*${escapeLine(type ?? kind)}*`,
    ...(text.trim() === "" || text.trim() === title ? [] : [withoutHeadings(text.trim())]),
    ...(files.length === 0 ? [] : [`Files: ${files.map(escapeLine).join(", ")}`]),
  ].join("\n\n");
}

/** A heading in a text would end its place in the order of days. */
function withoutHeadings(text: string): string {
  return text.replace(/^#/gm, "\\#");
}
