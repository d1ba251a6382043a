/**
 * The privacy filter against the regular expression that does the same for well-formed text:
 * prints JSON. Both get the same texts in turn, in one process.
 */
import init, { stripPrivate } from "recollect-wasm";
import { builtModule } from "./builtModule.js";
import { NOW } from "./corpus.js";
import { Generator } from "./generator.js";

/** Megabytes a second of each way over one kind of text. */
export interface PrivacyFigures {
  text: string;
  kilobytes: number;
  filter: number;
  regularExpression: number;
}

/** What a JavaScript program would write; it keeps what an unclosed tag was to hide. */
const TAGS =
  /<(private|claude-mem-context|recollect-context|system-reminder|persisted-output)\b[^>]*>[\s\S]*?<\/\1\s*>/gi;

const ROUNDS = 5;
const MIN_MS = 200;

await init({ module_or_path: await builtModule() });

const prose = story(60_000);
const texts: [string, string][] = [
  ["a memory without tags", prose.slice(0, 1_000)],
  ["64 KB without tags", prose],
  ["64 KB, a private part in every kilobyte", withParts(prose)],
  ["64 KB of unclosed tags", "<private>".repeat(7_000)],
];
console.log(JSON.stringify(texts.map(([name, text]) => compare(name, text))));

function story(characters: number): string {
  const generator = new Generator(3);
  let text = "";
  while (text.length < characters) {
    const memory = generator.memory(NOW);
    if (memory.kind === "observation") text += `${memory.narrative ?? ""}\n`;
  }
  return text.slice(0, characters);
}

function withParts(text: string): string {
  return text.replace(/[^]{1000}/g, (part) => `${part}<private>the key is in the safe</private>`);
}

function compare(text: string, sample: string): PrivacyFigures {
  const filter: number[] = [];
  const regularExpression: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    filter.push(speed(sample, (input) => stripPrivate(input)));
    regularExpression.push(speed(sample, (input) => input.replace(TAGS, "")));
  }
  return {
    text,
    kilobytes: Math.round(sample.length / 1024),
    filter: Math.max(...filter),
    regularExpression: Math.max(...regularExpression),
  };
}

/** Megabytes a second, over as many runs as fill a moment. */
function speed(sample: string, run: (input: string) => unknown): number {
  const begin = performance.now();
  let runs = 0;
  do {
    run(sample);
    runs += 1;
  } while (performance.now() - begin < MIN_MS);
  const seconds = (performance.now() - begin) / 1000;
  return (sample.length * runs) / seconds / 1024 / 1024;
}
