/**
 * Measures and writes `docs/benchmarks.md`: `npm run bench`, or `npm run bench -- 1000 10000`.
 *
 * Nothing is asserted: times depend on the machine, and a benchmark that fails proves nothing.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus } from "node:os";
import { join } from "node:path";
import type { PrivacyFigures } from "./privacy.js";
import type { StorageFigures } from "./storage.js";

const SIZES = [1_000, 10_000, 100_000];

const root = join(import.meta.dirname, "../..");
const chosen = process.argv.slice(2).map(Number);
const sizes = chosen.length > 0 ? chosen : SIZES;

const storage = sizes.map((size) => {
  console.log(`storage: ${size} memories`);
  // What the file prints is of the type it exports.
  return inProcess("storage.ts", String(size)) as StorageFigures;
});

console.log("privacy");
const privacy = inProcess("privacy.ts") as PrivacyFigures[];

const text = `# Benchmarks

Made by \`npm run bench\` on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, ${process.platform}.
Memories have about 600 characters and come from a seeded generator.
Times are in milliseconds, from the call in TypeScript to its answer.

## Storage

${table([
  ["memories", (f) => f.memories.toLocaleString("en")],
  ["files", (f) => String(f.segments)],
  ["megabytes of files", (f) => megabytes(f.bytes)],
  ["until a first answer", (f) => f.firstAnswer.toFixed(0)],
  ["until all is read", (f) => f.ready.toFixed(0)],
  ["the same from an image of the index", (f) => f.readyWithImage.toFixed(0)],
  ["megabytes of the image", (f) => megabytes(f.imageBytes)],
  ["making the image", (f) => f.saveImage.toFixed(0)],
  ["megabytes of the module's memory", (f) => megabytes(f.wasmBytes)],
  ["remembering until it is durable, p50", (f) => f.flushP50.toFixed(2)],
  ["remembering until it is durable, p99", (f) => f.flushP99.toFixed(2)],
  ["bytes written for one event", (f) => f.bytesPerEvent.toFixed(0)],
])}

## Privacy filter

Megabytes a second, the call included, against a regular expression in JavaScript that does the same for well-formed text.
The filter also knows nested, unclosed and escaped tags.

| text | filter | regular expression |
| --- | ---: | ---: |
${privacy.map((f) => `| ${f.text} | ${f.filter.toFixed(1)} | ${f.regularExpression.toFixed(1)} |`).join("\n")}
`;
mkdirSync(join(root, "docs"), { recursive: true });
writeFileSync(join(root, "docs/benchmarks.md"), text);
console.log(text);

/** Runs a part in a process of its own, so that none finds the memory of another. */
function inProcess(file: string, ...args: string[]): unknown {
  const output = execFileSync(
    process.execPath,
    ["--import", "tsx", join(import.meta.dirname, file), ...args],
    { cwd: root, encoding: "utf8", maxBuffer: 16 * 1024 * 1024 },
  );
  return JSON.parse(output);
}

function table(rows: [string, (figures: StorageFigures) => string][]): string {
  const line = (cells: string[]) => `| ${cells.join(" | ")} |`;
  const [head, ...body] = rows.map(([name, show]) => line([name, ...storage.map(show)]));
  const rule = line(["---", ...storage.map(() => "---:")]);
  return [head, rule, ...body].join("\n");
}

function megabytes(bytes: number): string {
  return (bytes / 1024 / 1024).toFixed(1);
}
