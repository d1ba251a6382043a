/**
 * What capture costs the thread that the user types on: prints JSON.
 *
 * Days of work are replayed through the recorder, the exclusions, the module and the files. While
 * that goes on, a loop asks for its turn again and again; what it has to wait is what they cost.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CaptureSession } from "../../extension/src/common/capture/CaptureSession.js";
import { Exclusions } from "../../extension/src/common/capture/Exclusions.js";
import type { Happening } from "../../extension/src/common/capture/Happening.js";
import { Recorder } from "../../extension/src/common/capture/Recorder.js";
import { Memories } from "../../extension/src/common/Memories.js";
import { FileSegmentStore } from "../../extension/src/node/FileSegmentStore.js";
import { now } from "./clock.js";
import { quantile } from "./statistics.js";

/** What was measured, in milliseconds. */
export interface CaptureFigures {
  events: number;
  /** Of taking an event in, which the editor waits for. */
  takeP99: number;
  /** Of all that an event costs afterwards, by the moment it happens in. */
  eventP50: number;
  eventP99: number;
  /** The longest time that nothing else had its turn. */
  longest: number;
}

const SESSIONS = 40;
const MOMENTS = 125;
/** Opening, editing and saving a file at about the same time. */
const EVENTS = 4;
const FOLDER = "file:///home/me/project";

const IGNORED =
  "node_modules/\ndist/\n*.log\n.cache\ncoverage/\n/target\n*.tsbuildinfo\n!keep.log\n";

const folder = await mkdtemp(join(tmpdir(), "recollect-bench-"));
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const memories = new Memories({
  store: new FileSegmentStore(join(folder, "mem1")),
  readModule: () => readFile(join(import.meta.dirname, "../../pkg/recollect_wasm_bg.wasm")),
  app: "0.0.0",
  log: silent,
});
await memories.open();

const exclusions = new Exclusions(
  {
    prefix: "",
    read: async (path) => (path.split("/").length < 3 ? IGNORED : undefined),
    readOwn: async () => undefined,
    isFile: async () => true,
  },
  { own: ["notes/**"], hidden: ["**/.git", "**/node_modules"], hiddenBeside: [] },
);
const project = { id: "example.org/team/project", name: "project" };
const kept = new Map<string, unknown>();
let sessions = 0;
const session = new CaptureSession({
  kept: {
    get: (name) => kept.get(name),
    update: async (name, value) => void kept.set(name, value),
  },
  newKey: () => `session-${(sessions += 1)}`,
  onEnd: async () => undefined,
});
const recorder = new Recorder({
  session,
  folder: async () => ({
    ...{ project, workspace: FOLDER, root: "/home/me/project" },
    verdict: (path) => exclusions.verdict(path),
    isFile: async () => true,
  }),
  store: (records) => memories.appendLater(records),
  mayCapture: () => true,
  ide: "bench",
  log: silent,
  collectMs: 0,
});

const takes: number[] = [];
const costs: number[] = [];
let longest = 0;
let at = Date.now() - SESSIONS * 3_600_000;
for (let day = 0; day < SESSIONS; day += 1) {
  at += 3_600_000;
  for (let moment = 0; moment < MOMENTS; moment += 1) {
    at += 10_000;
    for (const happening of events(day, moment)) {
      const begin = now();
      recorder.take(happening);
      takes.push(now() - begin);
    }
    const { busy, most } = await busyUntil(recorder.settle());
    // The first moments compile what runs from then on.
    if (day > 0) {
      costs.push(busy / EVENTS);
      longest = Math.max(longest, most);
    }
  }
}
await memories.dispose();
await rm(folder, { recursive: true, force: true });

const figures: CaptureFigures = {
  events: takes.length,
  takeP99: quantile(takes, 0.99),
  eventP50: quantile(costs, 0.5),
  eventP99: quantile(costs, 0.99),
  longest,
};
console.log(JSON.stringify(figures));

function events(day: number, moment: number): Happening[] {
  const file = `src/part${moment % 17}/module${(day * 7 + moment * 13) % 90}.ts`;
  const common = { at, folder: FOLDER } as const;
  const about = { ...common, file, metadata: { language: "typescript", line_count: 240 } } as const;
  const command = `npm run check -- ${file} --reporter=line`;
  return [
    { ...about, source: "files", type: "file_open" },
    {
      ...about,
      ...{ source: "edits", type: "code_edit" },
      content: "12 lines added, 3 removed in open, close",
    },
    { ...about, source: "files", type: "file_save" },
    moment % 9 === 0
      ? {
          ...common,
          ...{ source: "git", type: "git_commit", files: [file, "src/index.ts", "README.md"] },
          content: `fix: keep the ledger balanced in part ${moment}\n\nThe sum was taken before the last line was read.`,
        }
      : {
          ...common,
          ...{ source: "terminal", type: "terminal_command", naming: { command } },
          content: `${command}\n\npassed`,
          metadata: { exitCode: 0, durationMs: 1_200 },
        },
  ];
}

/** How long others had to wait for their turn until something was done, and longest at once. */
async function busyUntil(done: Promise<void>): Promise<{ busy: number; most: number }> {
  const state = { isDone: false };
  void done.then(() => {
    state.isDone = true;
  });
  let busy = 0;
  let most = 0;
  for (let last = now(); !state.isDone;) {
    await new Promise((resolve) => setImmediate(resolve));
    const turn = now();
    // A turn of this loop alone takes some microseconds.
    if (turn - last > 0.05) busy += turn - last;
    most = Math.max(most, turn - last);
    last = turn;
  }
  return { busy, most };
}
