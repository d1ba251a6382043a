/** What was measured about secrets, as tables, as a baseline, and as the list of the README. */
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { format } from "prettier";
import { readFormats } from "./draw.js";
import { rate, share, type Recall, type SecretFigures } from "./measure.js";

const BASELINE = join(import.meta.dirname, "baseline.json");
const README = join(import.meta.dirname, "../../../README.md");
const BEGIN =
  "<!-- The services of the table of formats; npm run quality -- secrets --record writes them. -->";
const END = "<!-- The end of the services. -->";

/** Shares that were found, and wrong marks in 1,000 lines. */
export interface SecretBaseline {
  marked: Record<string, number>;
  named: Record<string, number>;
  rules: Record<string, number>;
  wrong: Record<string, number>;
}

export function baselineOf({ marked, named, rules, wrong }: SecretFigures): SecretBaseline {
  const shares = (of: Record<string, Recall>) =>
    Object.fromEntries(Object.entries(of).map(([name, recall]) => [name, rounded(share(recall))]));
  return {
    marked: shares(marked),
    named: shares(named),
    rules: shares(rules),
    wrong: Object.fromEntries(
      Object.entries(wrong).map(([name, corpus]) => [name, rounded(rate(corpus), 1000)]),
    ),
  };
}

function rounded(value: number, steps = 10): number {
  return Math.floor(value * steps) / steps;
}

export function readSecretBaseline(): SecretBaseline {
  // Nobody but `writeSecretBaseline` writes it.
  return JSON.parse(readFileSync(BASELINE, "utf8")) as SecretBaseline;
}

export async function writeSecretBaseline(figures: SecretFigures): Promise<void> {
  const text = JSON.stringify(baselineOf(figures), (key, value: unknown) =>
    key === "histories" ? undefined : value,
  );
  writeFileSync(BASELINE, await format(text, { parser: "json", printWidth: 100 }));
}

/** What was recorded last, as `docs/quality.md` tells it. */
export function recordedSecrets(): string {
  const { marked, named, rules, wrong } = readSecretBaseline();
  const places = Object.keys(marked).map(
    (place) => `| ${place} | ${marked[place]} | ${named[place] ?? "–"} |`,
  );
  const corpora = Object.entries(wrong).map(([corpus, found]) => `${corpus} ${found}`);
  return `Recorded last, in percent, over ${Object.keys(rules).length} rules, ten values of each format in each place:

| where | with a mark of their own | only the name tells |
| --- | ---: | ---: |
${places.join("\n")}

Wrong marks in 1,000 lines: ${corpora.join(", ")}.
Of the messages and paths of three public histories, none was marked.`;
}

/** Tables for people. */
export function secretReport(figures: SecretFigures): string {
  const { marked, named, rules, wrong } = baselineOf(figures);
  const lines = [
    "| where | with a mark of their own | only the name tells |",
    "| --- | ---: | ---: |",
  ];
  for (const place of Object.keys(marked)) {
    lines.push(`| ${place} | ${marked[place]} % | ${named[place] ?? "–"} % |`);
  }
  const missed = Object.entries(rules).filter(([, found]) => found < 100);
  lines.push("", `Of ${Object.keys(rules).length} rules, not all found:`);
  lines.push(missed.map(([rule, found]) => `${rule} ${found} %`).join(", ") || "none");
  lines.push("", "| harmless lines | wrong marks in 1,000 |", "| --- | ---: |");
  for (const [name, found] of Object.entries(wrong)) lines.push(`| ${name} | ${found} |`);
  for (const { marked: ones } of Object.values(figures.wrong)) {
    lines.push(...ones.slice(0, 20).map((one) => `    ${one.trim().slice(0, 160)}`));
  }
  return lines.join("\n");
}

/** The services of the table, as a sentence's list. */
export function services(): string {
  return [...new Set(readFormats().map(({ service }) => service))].join(", ");
}

/** The list as the README has it. */
export function listedServices(): string | undefined {
  const text = readFileSync(README, "utf8");
  const from = text.indexOf(BEGIN);
  const to = text.indexOf(END);
  return from < 0 || to < from ? undefined : text.slice(from + BEGIN.length, to).trim();
}

export function writeServices(): void {
  const text = readFileSync(README, "utf8");
  const [before = "", rest = ""] = text.split(BEGIN);
  const [, after = ""] = rest.split(END);
  writeFileSync(README, `${before}${BEGIN}\n\n${services()}.\n\n${END}${after}`);
}
