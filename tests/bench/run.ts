/**
 * Measures and writes `docs/benchmarks.md`: `npm run bench`.
 *
 * `npm run bench -- search 10000` measures some parts (storage, search, module, privacy, capture, patterns, hostile, cli, imports, views) in some
 * sizes and shows what it found; the file is written only when everything was measured.
 * Names of engines, such as `better-sqlite3`, leave out the others.
 * With the word `processor`, search, module and patterns are timed by the processor's time instead
 * of the wall's, for a machine that is busy; capture always takes the lesser of the two.
 * Nothing is asserted: times depend on the machine, and a benchmark that fails proves nothing.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import type { CaptureFigures } from "./capture.js";
import type { CliFigures, CostBeside } from "./cli.js";
import { PEERS } from "./engines/peers.js";
import type { HostileFigures } from "./hostile.js";
import type { ImportFigures } from "./imports.js";
import { installPeers } from "./installPeers.js";
import type { ModuleFigures } from "./module.js";
import type { PatternFigures } from "./patterns.js";
import type { PrivacyFigures } from "./privacy.js";
import type { SearchFigures } from "./search.js";
import { searchSection } from "./searchReport.js";
import { quantile } from "./statistics.js";
import type { StorageFigures } from "./storage.js";
import { megabytes, milliseconds, table, thousands } from "./tables.js";
import { targetTable } from "./targets.js";
import { viewsSection, type ViewFigures } from "./viewsReport.js";

const SIZES = [1_000, 10_000, 100_000];
const PARTS = [
  ...["storage", "search", "module", "privacy", "capture", "patterns", "hostile", "cli"],
  ...["imports", "views"],
];
const PROCESSOR = "processor";
const STARTS = 7;

/** Ways of the hostile texts that are listed. */
const SLOWEST = 20;

const peers = PEERS.map(({ name }) => name);

const root = join(import.meta.dirname, "../..");
const words = process.argv.slice(2);
const unknown = words.find(
  (word) => ![...PARTS, ...peers, PROCESSOR].includes(word) && !/^[1-9]\d*$/.test(word),
);
if (unknown === undefined) await report();
else {
  console.error(
    `${unknown} is neither a number of memories nor one of ${[...PARTS, ...peers, PROCESSOR].join(", ")}.`,
  );
  process.exitCode = 1;
}

async function report(): Promise<void> {
  const chosen = words.filter((word) => PARTS.includes(word));
  const parts = chosen.length > 0 ? chosen : PARTS;
  const numbers = words.filter((word) => /^\d+$/.test(word)).map(Number);
  const sizes = numbers.length > 0 ? numbers : SIZES;
  const text = measure(parts, sizes);
  console.log(text);
  if (words.length > 0) return;
  mkdirSync(join(root, "docs"), { recursive: true });
  const formatted = await format(text, { parser: "markdown", printWidth: 100 });
  writeFileSync(join(root, "docs/benchmarks.md"), formatted);
}

/** Runs the parts and gives the text about them. */
function measure(parts: readonly string[], sizes: readonly number[]): string {
  const isWanted = (part: string) => parts.includes(part);
  if (isWanted("search")) installPeers();
  // What each file prints is of the type it exports.
  const storage = (isWanted("storage") ? sizes : []).map((size) => {
    console.log(`storage, ${size} memories`);
    return inProcess("storage.ts", String(size)) as StorageFigures;
  });
  const chosen = words.filter((word) => peers.includes(word));
  const search = (isWanted("search") ? sizes : []).map(
    (size) => inProcess("search.ts", String(size), ...chosen) as SearchFigures,
  );
  const compiled = isWanted("module") ? measureModule() : undefined;
  if (isWanted("privacy")) console.log("privacy");
  const privacy = isWanted("privacy") ? (inProcess("privacy.ts") as PrivacyFigures[]) : [];
  if (isWanted("capture")) console.log("capture");
  const capture = isWanted("capture") ? (inProcess("capture.ts") as CaptureFigures) : undefined;
  if (isWanted("patterns")) console.log("patterns");
  const patterns = isWanted("patterns") ? (inProcess("patterns.ts") as PatternFigures) : undefined;
  if (isWanted("hostile")) console.log("hostile");
  const hostile = isWanted("hostile") ? (inProcess("hostile.ts") as HostileFigures) : undefined;
  const cli = (isWanted("cli") ? sizes : []).map((size) => {
    console.log(`cli, ${size} memories`);
    return inProcess("cli.ts", String(size)) as CliFigures;
  });
  if (isWanted("imports")) console.log("imports");
  const imports = isWanted("imports") ? (inProcess("imports.ts") as ImportFigures) : undefined;
  const views = (isWanted("views") ? sizes : []).map((size) => {
    console.log(`views, ${size} memories`);
    return inProcess("views.mjs", String(size)) as ViewFigures;
  });
  const sections = [
    `# Benchmarks

Made by \`npm run bench\` on ${cpus().length} × ${cpus()[0]?.model ?? "unknown"}, Node ${process.versions.node}, ${process.platform}.
Memories have about 600 characters and come from a seeded generator.
Times are in milliseconds, from the call in TypeScript to its answer${words.includes(PROCESSOR) ? "; search, module and patterns by the processor's time" : ""}.`,
    `## Targets

${targetTable({ storage, search, module: compiled, capture, patterns })}`,
    search.length > 0 ? searchSection(search) : "",
    storage.length > 0 ? storageSection(storage) : "",
    compiled ? moduleSection(compiled) : "",
    privacy.length > 0 ? privacySection(privacy) : "",
    capture ? captureSection(capture) : "",
    patterns ? patternsSection(patterns) : "",
    hostile ? hostileSection(hostile) : "",
    cli.length > 0 ? cliSection(cli) : "",
    imports ? importsSection(imports) : "",
    views.length > 0 ? viewsSection(views) : "",
  ];
  return `${sections.filter((section) => section !== "").join("\n\n")}\n`;
}

/** The median of several starts, each of a process of its own. */
function measureModule(): ModuleFigures {
  console.log("module");
  const starts = Array.from({ length: STARTS }, () => inProcess("module.ts") as ModuleFigures);
  const [first] = starts;
  if (first === undefined) throw new Error("the module was never started");
  const median = (figure: "compileAndOpen" | "takeIn"): number =>
    quantile(
      starts.map((start) => start[figure]),
      0.5,
    );
  return { ...first, compileAndOpen: median("compileAndOpen"), takeIn: median("takeIn") };
}

function storageSection(storage: readonly StorageFigures[]): string {
  const lines: [string, (figures: StorageFigures) => string][] = [
    ["memories", (f) => thousands(f.memories)],
    ["files", (f) => String(f.segments)],
    ["megabytes of files", (f) => megabytes(f.bytes)],
    ["until a first answer", (f) => f.firstAnswer.toFixed(0)],
    ["until all is read", (f) => f.ready.toFixed(0)],
    ["the same from an image of the index", (f) => f.readyWithImage.toFixed(0)],
    ["megabytes of the image", (f) => megabytes(f.imageBytes)],
    ["making the image", (f) => f.saveImage.toFixed(0)],
    ["megabytes of the module's memory", (f) => megabytes(f.wasmBytes)],
    ["remembering until it is durable, p50", (f) => milliseconds(f.flushP50)],
    ["remembering until it is durable, p99", (f) => milliseconds(f.flushP99)],
    ["bytes written for one event", (f) => f.bytesPerEvent.toFixed(0)],
  ];
  return `## Storage

${table(lines.map(([name, show]) => [name, ...storage.map(show)]))}`;
}

function moduleSection({ bytes, gzipBytes, compileAndOpen, takeIn }: ModuleFigures): string {
  return `## Module

${(bytes / 1024).toFixed(0)} KB, ${(gzipBytes / 1024).toFixed(0)} KB compressed by gzip; ${compileAndOpen.toFixed(0)} ms from its bytes to an empty store that has answered a question (median of ${STARTS} processes).
Taking in a memory, from the draft to its line, takes ${milliseconds(takeIn)} ms: the privacy filter and the sectors, without the file.`;
}

function privacySection(privacy: readonly PrivacyFigures[]): string {
  return `## Privacy filter

Megabytes a second, the call included, against a regular expression in JavaScript that does the same for well-formed text.
The filter also knows nested, unclosed and escaped tags.

${table([
  ["text", "filter", "regular expression"],
  ...privacy.map((f) => [f.text, f.filter.toFixed(1), f.regularExpression.toFixed(1)]),
])}`;
}

function captureSection(capture: CaptureFigures): string {
  const { events, sessions, takeP99, eventP50, eventP99, longest, longTimes } = capture;
  const { burstEvents, burstLongest } = capture;
  return `## Capture

What an event of the editor costs the thread that runs the extension, over ${thousands(events)} events of made-up work in ${sessions} sessions, one by one.
What another process took from it meanwhile does not count.

${table([
  ["what", "ms"],
  ["taking it in while the editor waits, p99", milliseconds(takeP99)],
  ["all that follows, p50", milliseconds(eventP50)],
  ["all that follows, p99", milliseconds(eventP99)],
  ["the longest time at once", milliseconds(longest)],
  [`the same while ${thousands(burstEvents)} events wait`, milliseconds(burstLongest)],
])}

Of all events, ${longTimes} took more than 16 ms at once.`;
}

function patternsSection(patterns: PatternFigures): string {
  const { sessions, eventsPerSession, fromNothing, oneMore, again, found } = patterns;
  return `## Patterns

What recurs in ${thousands(sessions)} sessions of ${eventsPerSession} events, of which ${found} patterns are found.

${table([
  ["what", "ms"],
  ["listing patterns for the first time", milliseconds(fromNothing)],
  ["listing them again", milliseconds(again)],
  ["what one session more adds to that", milliseconds(oneMore)],
])}`;
}

/** A line of the table, by its name. */
type CliLine = [string, (figures: CliFigures) => string];

function cliSection(cli: readonly CliFigures[]): string {
  const shown = ({ ours, bareNode }: CostBeside, name: "wall" | "cpu"): string =>
    `${ours[name].toFixed(0)} (${bareNode[name].toFixed(0)})`;
  const both = (name: string, of: (figures: CliFigures) => CostBeside): CliLine[] => [
    [`${name}, by the clock`, (figures) => shown(of(figures), "wall")],
    ["of the processor", (figures) => shown(of(figures), "cpu")],
    ["most memory, MiB", (figures) => of(figures).ours.mebibytes.toFixed(0)],
  ];
  const lines: CliLine[] = [
    ["memories", (f) => thousands(f.memories)],
    ...both("`hook` before a file is changed", (f) => f.hookBefore),
    ...both("`hook` after a use of a tool", (f) => f.hookAfter),
    [
      "the first `hook` of a while, as a session begins, by the clock",
      (f) => f.firstHook.toFixed(0),
    ],
    ...both("`mcp` until the client knows it", (f) => f.mcpReady),
    ...both("`mcp` until its first search is answered", (f) => f.mcpSearch),
    ...both("`search`", (f) => f.search),
  ];
  return `## Command line

Whole processes, the median of several, from their start to their end or their answer, in milliseconds; and the most memory that one had resident.
In brackets is what a Node that does nothing took, run by turns with each, so that what else the machine did falls on both.
Of the processor is the time of the process itself and of the system for it, until it had ended.

${table(lines.map(([name, show]) => [name, ...cli.map(show)]))}`;
}

function importsSection({ turns, largeBytes, first, again, empty, large }: ImportFigures): string {
  const runs = [
    [`${thousands(turns)} turns of six agents' sessions`, first],
    ["the same again, of which nothing is new", again],
    ["an empty home", empty],
    [`${megabytes(largeBytes)} MB of large transcripts`, large],
  ] as const;
  return `## Imports

Whole processes of \`recollect import --from all\`: seconds by the wall and by the processor, the most memory that was resident in MiB, and the records that were added.

${table([
  ["what", "s", "s of the processor", "MiB", "records"],
  ...runs.map(([what, { wall, processor, memory, added }]) => [
    what,
    (wall / 1_000).toFixed(1),
    (processor / 1_000).toFixed(1),
    memory.toFixed(0),
    thousands(added),
  ]),
])}`;
}

function hostileSection({ shapes, bytes, importBytes, limitMs, ways }: HostileFigures): string {
  const over = ways.reduce((sum, way) => sum + way.over, 0);
  const slowest = [...ways].sort((one, other) => other.longest - one.longest).slice(0, SLOWEST);
  return `## Hostile texts

The longest that ${ways.length} ways in and out hold the thread at once, over ${shapes} texts that were made to do so: what repeats itself, what opens and never closes, what nearly matches again and again.
Each has ${(bytes / 1024).toFixed(0)} KB; an import takes ${(importBytes / 1024).toFixed(0)} KB at once.
Of all pairs, ${over} took more than ${limitMs} ms; these are the slowest ways, each with its worst text.

${table([
  ["way", "worst text", "ms"],
  ...slowest.map(({ way, shape, longest }) => [way, shape, milliseconds(longest)]),
])}`;
}

/** Runs a part in a process of its own, so that none finds the memory of another. */
function inProcess(file: string, ...args: string[]): unknown {
  // The libraries in JavaScript need several gigabytes for the largest size.
  const heapMegabytes = Math.floor((totalmem() / 1024 / 1024) * 0.6);
  const output = execFileSync(
    process.execPath,
    [
      ...["--expose-gc", `--max-old-space-size=${heapMegabytes}`, "--import", "tsx"],
      join(import.meta.dirname, file),
      ...args,
    ],
    {
      cwd: root,
      encoding: "utf8",
      maxBuffer: 16 * 1024 * 1024,
      stdio: ["ignore", "pipe", "inherit"],
      env: {
        ...process.env,
        ...(words.includes(PROCESSOR) ? { RECOLLECT_BENCH_CLOCK: PROCESSOR } : {}),
      },
    },
  );
  return JSON.parse(output);
}
