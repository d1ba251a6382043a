/** How many drawn secrets the built module finds, and how many harmless lines it marks. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import init, { redactSecrets } from "recollect-wasm";
import * as draw from "./draw.js";
import { foreignLines, historyLines, sourceLines } from "./harmless.js";

/** How often each value is drawn. */
const TIMES = 10;

export interface Recall {
  found: number;
  of: number;
}

export interface SecretFigures {
  /** By rule, values that carry their own mark, in all places. */
  rules: Record<string, Recall>;
  /** By context, values that carry their own mark. */
  marked: Record<string, Recall>;
  /** By context, values that only their name tells. */
  named: Record<string, Recall>;
  /** By corpus, lines that were marked, and all. */
  wrong: Record<string, { lines: number; marked: string[] }>;
}

export async function measureSecrets(histories?: string): Promise<SecretFigures> {
  const wasm = join(import.meta.dirname, "../../../pkg/recollect_wasm_bg.wasm");
  await init({ module_or_path: await readFile(wasm) });
  const random = new draw.Random(7);
  // Of their own, so that a new format changes no other value.
  const forNames = new draw.Random(8);
  const forServices = new draw.Random(9);
  const figures: SecretFigures = { rules: {}, marked: {}, named: {}, wrong: {} };
  for (const format of draw.readFormats()) measureFormat(format, random, figures);
  for (const context of contexts()) measureNames(context, forNames, figures);
  measureServices(forServices, figures);
  const corpora = {
    sources: sourceLines(),
    history: historyLines(),
    ...(histories === undefined ? {} : { histories: foreignLines(histories) }),
  };
  for (const [name, lines] of Object.entries(corpora)) {
    const marked = lines.filter((line) => redactSecrets(line) !== line).map(redactSecrets);
    figures.wrong[name] = { lines: lines.length, marked };
  }
  return figures;
}

function measureFormat(format: draw.Format, random: draw.Random, figures: SecretFigures): void {
  for (let time = 0; time < TIMES; time += 1) {
    const places: [string, (value: string) => string][] = [
      ...contexts().map((context): [string, (value: string) => string] => [
        context,
        (value) => draw.CONTEXTS[context]("value", value),
      ]),
      ["a service's name", (value) => `${format.service.toLowerCase()} ${value}`],
    ];
    for (const [place, put] of places) {
      const value = random.example(format.example);
      const isFound = isGone(put(value), value);
      count(figures.marked, place, isFound);
      count(figures.rules, format.rule, isFound);
    }
  }
}

function measureNames(context: draw.Context, random: draw.Random, figures: SecretFigures): void {
  for (const name of draw.NAMES[context]) {
    const kinds = Object.values(draw.VALUES);
    if (draw.isPasswordName(name)) kinds.push(draw.chosen);
    for (const kind of kinds) {
      for (let time = 0; time < TIMES; time += 1) {
        const value = kind(random);
        count(figures.named, context, isGone(draw.CONTEXTS[context](name, value), value));
      }
    }
  }
}

function measureServices(random: draw.Random, figures: SecretFigures): void {
  const kinds = ["32 hexadecimal digits", "40 letters and digits", "24 letters and digits", "UUID"];
  for (const service of draw.SERVICES) {
    for (const kind of kinds) {
      for (const sign of [" ", ": ", "="]) {
        const value = draw.VALUES[kind]?.(random) ?? "";
        count(figures.named, "a service's name", isGone(`${service}${sign}${value}`, value));
      }
    }
  }
}

/** Whether neither a value nor its second half is left of a text. */
function isGone(text: string, value: string): boolean {
  const kept = redactSecrets(text);
  return [value, value.slice(value.length / 2)].every(
    (part) => !kept.includes(part) && !kept.includes(encodeURIComponent(part)),
  );
}

function count(into: Record<string, Recall>, name: string, isFound: boolean): void {
  const recall = (into[name] ??= { found: 0, of: 0 });
  recall.of += 1;
  if (isFound) recall.found += 1;
}

function contexts(): draw.Context[] {
  return Object.keys(draw.CONTEXTS) as draw.Context[];
}

export function share({ found, of }: Recall): number {
  return (100 * found) / of;
}

/** Wrong marks in 1,000 lines. */
export function rate({ lines, marked }: { lines: number; marked: string[] }): number {
  return (1000 * marked.length) / Math.max(1, lines);
}
