/** Takes in a made-up disk and asks what stands in its sessions, as the Chat view asks. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { IMPORTERS } from "../../../extension/src/common/import/importers.js";
import { takeIn } from "../../../extension/src/common/import/takeIn.js";
import { Memories } from "../../../extension/src/common/memories/Memories.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { projectOfFolder } from "../../../extension/src/node/git/gitProject.js";
import { agentFolder } from "../../../extension/src/node/import/agentFolders.js";
import { nodeImportFiles } from "../../../extension/src/node/import/nodeImportFiles.js";
import { placesOf } from "../../../extension/src/node/import/places.js";
import { AGENTS, linesOf, NOW, sessionsOfDisk, writeDisk, type Session } from "./disk.js";

/** A line of `questions.jsonl`. */
interface Question {
  readonly text: string;
  readonly session: string;
  /** What the memory that answers it says. */
  readonly answer: string;
}

/** At which place the answer to each question stands; 0 where it is not among the first. */
export interface Day0 {
  readonly ranks: ReadonlyMap<string, number>;
  /** What was missing: the question, and the titles that came instead. */
  readonly misses: readonly string[];
}

const ROOT = join(import.meta.dirname, "../../..");
const BASELINE = join(import.meta.dirname, "baseline.json");

/** Memories that are looked at. */
const DEPTH = 5;

/** How long it waits for what all memories mean. */
const PATIENCE_MS = 60_000;

/** Takes in the disk with its sessions, or an empty one, and asks all questions. */
export async function measureDay0(sessions: readonly Session[] = sessionsOfDisk()): Promise<Day0> {
  const home = mkdtempSync(join(tmpdir(), "recollect-day0-"));
  const folder = join(home, "memories");
  const memories = new Memories({
    store: new FileSegmentStore(folder),
    quarantine: new FileSegmentStore(folder, "bad"),
    readModule: () => readFile(join(ROOT, "pkg/recollect_wasm_bg.wasm")),
    readMeaning: () => readFile(join(ROOT, "extension/media/meaning.bin")),
    ...{ app: "0.0.0", log: { debug: none, info: none, warn: none, error: console.error } },
  });
  try {
    writeDisk(home, sessions);
    await takeAll(home, memories);
    await memories.waitForMeaning(PATIENCE_MS);
    return await askAll(home, memories);
  } finally {
    await memories.dispose();
    rmSync(home, { recursive: true, force: true });
  }
}

async function takeAll(home: string, memories: Memories): Promise<void> {
  const { signal } = new AbortController();
  const editor = join(home, ".config/Code/User");
  for (const importer of IMPORTERS.filter(({ kind }) => AGENTS.some((agent) => agent === kind))) {
    const where = agentFolder(importer.kind, { env: {}, home, editor }) ?? home;
    const files = nodeImportFiles;
    const found = await importer.find(files, where);
    const ports = { files, memories, signal, placeOf: placesOf(memories) };
    const { skipped } = await takeIn(importer, found, ports);
    if (skipped[0] !== undefined) throw new Error(`${importer.kind}: ${skipped[0].reason}`);
  }
}

async function askAll(home: string, memories: Memories): Promise<Day0> {
  const planted = linesOf(join(import.meta.dirname, "sessions.jsonl")) as Session[];
  const projects = new Map(planted.map(({ key, project }) => [key, project]));
  const ranks = new Map<string, number>();
  const misses: string[] = [];
  for (const { text, session, answer } of linesOf(
    join(import.meta.dirname, "questions.jsonl"),
  ) as Question[]) {
    const cwd = join(home, projects.get(session) ?? "");
    mkdirSync(cwd, { recursive: true });
    const project = await projectOfFolder(memories, cwd);
    const { hits } = await memories.ask({ text, now: NOW, projects: [project.id], limit: DEPTH });
    const found = await memories.get(hits.map(({ id }) => id));
    const place = hits.findIndex(({ id }) =>
      found.some(
        (one) =>
          // A command that worked belongs to no session.
          one.id === id &&
          (one.session ?? session) === session &&
          JSON.stringify(one).includes(answer),
      ),
    );
    ranks.set(text, place + 1);
    const titles = hits.map(({ kind, title }) => `\n    ${kind}: ${title}`).join("");
    if (place !== 0) misses.push(`${text} (${answer}) at ${place + 1}${titles}`);
  }
  return { ranks, misses };
}

/** How many answers are among the first so many. */
export function hitsAt({ ranks }: Pick<Day0, "ranks">, depth: number): number {
  return [...ranks.values()].filter((rank) => rank > 0 && rank <= depth).length;
}

/** The places that were recorded last. */
export function readDay0(): Pick<Day0, "ranks"> {
  // Nobody but `writeDay0` writes it.
  const recorded = JSON.parse(readFileSync(BASELINE, "utf8")) as Record<string, number>;
  return { ranks: new Map(Object.entries(recorded)) };
}

export async function writeDay0({ ranks }: Day0): Promise<void> {
  const text = JSON.stringify(Object.fromEntries(ranks));
  writeFileSync(BASELINE, await format(text, { parser: "json", printWidth: 100 }));
}

/** The figures as a table in Markdown. */
export function day0Report(measured: Pick<Day0, "ranks">, control: number): string {
  const { size } = measured.ranks;
  const share = (count: number): string => ((100 * count) / size).toFixed(1);
  return [
    "| disk | questions | hit@1 % | hit@5 % |",
    "| --- | ---: | ---: | ---: |",
    `| five agents | ${size} | ${share(hitsAt(measured, 1))} | ${share(hitsAt(measured, 5))} |`,
    `| empty | ${size} | ${share(control)} | ${share(control)} |`,
  ].join("\n");
}

function none(): void {
  // Nothing is said while all goes well.
}
