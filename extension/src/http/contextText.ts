import type { Memory } from "recollect-wasm";
import { oneLine } from "../common/text/plainText.js";
import { isoDate } from "./time.js";

/** What is told of the last sessions. */
export interface RecentContext {
  /** Newest first. */
  readonly summaries: readonly Memory[];
  /** What is kept at hand first, then the newest first. */
  readonly observations: readonly Memory[];
}

/** How parts of a text stand out. */
export interface Styles {
  heading(text: string): string;
  label(text: string): string;
  faint(text: string): string;
}

/** Colours of a terminal. */
export const ansi: Styles = {
  heading: (text) => `\u001b[1;36m${text}\u001b[0m`,
  label: (text) => `\u001b[33m${text}\u001b[0m`,
  faint: (text) => `\u001b[2m${text}\u001b[0m`,
};

/**
 * What the last sessions left, for a person. It names no time of its own making, and what was
 * stored cannot hold a terminal's control characters.
 */
export function contextText(
  { summaries, observations }: RecentContext,
  projects: readonly string[],
  styles: Styles,
): string {
  const where =
    projects.length === 0 ? "all projects" : projects.map((name) => oneLine(name)).join(", ");
  const lines = [styles.heading(`Recollect: what is remembered of ${where}`), ""];
  if (summaries.length + observations.length === 0) {
    lines.push("Nothing yet.");
  }
  for (const [index, memory] of observations.entries()) {
    const day = isoDate(memory.at);
    const before = observations[index - 1];
    if (before === undefined || isoDate(before.at) !== day) lines.push(styles.label(day));
    lines.push(
      `  ${styles.faint((memory.type ?? memory.kind).padEnd(9))} ${oneLine(memory.title)}`,
    );
  }
  for (const memory of summaries) lines.push("", ...summaryLines(memory, styles));
  return `${lines.join("\n")}\n`;
}

function summaryLines(memory: Memory, styles: Styles): string[] {
  const { summary } = memory;
  const parts: [string, string | undefined][] = [
    ["Asked", summary?.request],
    ["Looked into", summary?.investigated],
    ["Learned", summary?.learned],
    ["Done", summary?.completed],
    ["Next", summary?.nextSteps],
    ["Notes", summary?.notes],
  ];
  const said = parts.flatMap(([name, text]) =>
    text === undefined ? [] : [`  ${styles.faint(`${name}:`)} ${text}`],
  );
  return [styles.label(`Session of ${isoDate(memory.at)}`), ...said];
}
