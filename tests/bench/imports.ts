/**
 * Taking in what six agents have kept, by the command line: `imports.ts <turns>` prints JSON.
 *
 * Whole processes: from their start to their end by the wall and by the processor, and the most
 * that each had resident. The second run finds nothing new; a folder of large transcripts shows
 * whether what is read is held.
 */
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeDisk } from "../quality/day0/disk.js";
import { sessions } from "./transcripts.js";

/** One process of the command line. */
export interface ImportRun {
  /** Milliseconds by the wall, and by the processor. */
  wall: number;
  processor: number;
  /** The most that it had resident, in MiB. */
  memory: number;
  /** What it says that it has added. */
  added: number;
}

export interface ImportFigures {
  turns: number;
  first: ImportRun;
  again: ImportRun;
  /** The control: nothing is there. */
  empty: ImportRun;
  /** A folder of large transcripts, and the bytes in it. */
  large: ImportRun;
  largeBytes: number;
}

/** Turns of the large folder, and what each of its commands says. */
const LARGE_TURNS = 20_000;

const cli = join(import.meta.dirname, "../../extension/dist/cli.js");
const [turns = "10000", megabytes = "500"] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), "recollect-imports-"));
try {
  console.log(JSON.stringify(measure(Number(turns), Number(megabytes) * 1_000_000)));
} finally {
  rmSync(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
}

function measure(turns: number, wanted: number): ImportFigures {
  const six = join(folder, "six");
  writeDisk(six, [...sessions(turns)]);
  const first = run(six, "memories");
  const again = run(six, "memories");
  mkdirSync(join(folder, "none"));
  const empty = run(join(folder, "none"), "nothing");
  const large = join(folder, "large");
  // A session is made, written and let go before the next one.
  const size = { outputBytes: Math.ceil((2 * wanted) / LARGE_TURNS) };
  for (const session of sessions(LARGE_TURNS / 2, { ...size, agents: ["claude-code"] }))
    writeDisk(large, [{ ...session, project: "large" }]);
  const held = run(large, "of-large", "claude-code");
  const largeBytes = bytesIn(large);
  return { turns, first, again, empty, large: held, largeBytes };
}

function run(home: string, storage: string, from = "all"): ImportRun {
  const said = join(folder, "used.json");
  const asking = join(folder, "used.cjs");
  writeFileSync(
    asking,
    `process.on("exit", () => require("node:fs").writeFileSync(${JSON.stringify(said)}, JSON.stringify(process.resourceUsage())));`,
  );
  const begin = performance.now();
  const words = ["import", "--from", from, "--storage", join(folder, storage)];
  const output = execFileSync(process.execPath, ["--require", asking, cli, ...words], {
    ...{ cwd: home, encoding: "utf8", maxBuffer: 64 * 1024 * 1024 },
    env: { PATH: process.env["PATH"], HOME: home, USERPROFILE: home },
  });
  const wall = performance.now() - begin;
  // Only the script above writes it.
  const used = JSON.parse(readFileSync(said, "utf8")) as NodeJS.ResourceUsage;
  const counts = [...output.matchAll(/^(\d+) records added/gm)];
  return {
    wall,
    processor: (used.userCPUTime + used.systemCPUTime) / 1_000,
    memory: used.maxRSS / 1_024,
    added: counts.reduce((sum, [, count]) => sum + Number(count), 0),
  };
}

function bytesIn(home: string): number {
  return Number(execFileSync("du", ["-sb", home], { encoding: "utf8" }).split("\t")[0]);
}
