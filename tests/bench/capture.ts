/**
 * What capture costs the thread that the user types on: prints JSON.
 *
 * Made-up days of work are replayed through the recorder, the exclusions, the module and the files.
 * While that goes on, a loop asks for its turn again and again; what it has to wait is what they cost.
 * At the end much happens at once, as when a branch is switched or a build reports its errors.
 */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CaptureSession } from "../../extension/src/common/capture/CaptureSession.js";
import { Exclusions } from "../../extension/src/common/capture/Exclusions.js";
import type { Happening, Source } from "../../extension/src/common/capture/Happening.js";
import { Recorder } from "../../extension/src/common/capture/Recorder.js";
import { Memories } from "../../extension/src/common/memories/Memories.js";
import { FileSegmentStore } from "../../extension/src/node/FileSegmentStore.js";
import { work, type WorkEvent } from "../fixtures/workdays.js";
import { builtModule } from "./builtModule.js";
import { busyUntil } from "./busy.js";
import { quantile } from "./statistics.js";

/** What was measured, in milliseconds. */
export interface CaptureFigures {
  events: number;
  sessions: number;
  /** Of taking an event in, which the editor waits for. */
  takeP99: number;
  /** Of all that an event costs afterwards, event by event. */
  eventP50: number;
  eventP99: number;
  /** The longest time that nothing else had its turn. */
  longest: number;
  /** How many times that was more than 16 ms. */
  longTimes: number;
  /** The same while `burstEvents` wait at once. */
  burstEvents: number;
  burstLongest: number;
}

const BURST_EVENTS = 1_000;
const FOLDER = "file:///home/me/project";

const IGNORED =
  "node_modules/\ndist/\n*.log\n.cache\ncoverage/\n/target\n*.tsbuildinfo\n!keep.log\n";

const folder = await mkdtemp(join(tmpdir(), "recollect-bench-"));
const silent = { debug() {}, info() {}, warn() {}, error() {} };
const memories = new Memories({
  store: new FileSegmentStore(join(folder, "mem1")),
  readModule: builtModule,
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
  filtered: (text) => memories.filtered(text),
  mayCapture: () => true,
  ide: "bench",
  log: silent,
  collectMs: 0,
});

const { days } = work(1);
const takes: number[] = [];
const costs: number[] = [];
const turns: number[] = [];
for (const [place, day] of days.entries()) {
  for (const event of day.events) {
    take(happening(event));
    const { busy, most } = await busyUntil(recorder.settle());
    // The first events compile what runs from then on.
    if (place === 0) continue;
    costs.push(busy);
    turns.push(most);
  }
}
const last = days.at(-1)?.events.at(-1)?.at ?? 0;
for (let number = 0; number < BURST_EVENTS; number += 1)
  take(happening({ ...saved(number), at: last + number }));
const burst = await busyUntil(recorder.settle());
await memories.dispose();
await rm(folder, { recursive: true, force: true });

const figures: CaptureFigures = {
  events: days.reduce((sum, { events }) => sum + events.length, 0),
  sessions: days.length,
  takeP99: quantile(takes, 0.99),
  eventP50: quantile(costs, 0.5),
  eventP99: quantile(costs, 0.99),
  longest: quantile(turns, 1),
  longTimes: turns.filter((turn) => turn > 16).length,
  burstEvents: BURST_EVENTS,
  burstLongest: burst.most,
};
console.log(JSON.stringify(figures));

function take(one: Happening): void {
  const begin = performance.now();
  recorder.take(one);
  takes.push(performance.now() - begin);
}

function saved(number: number): WorkEvent {
  const file = `src/part${number % 40}/module${number}.ts`;
  return { at: 0, type: "file_save", file, metadata: { language: "typescript" } };
}

/** As the listener of the event's source tells it. */
function happening({ at, type, file, files, content, metadata }: WorkEvent): Happening {
  const { command, ...others } = metadata;
  return {
    ...{ source: sourceOf(type), type, at, folder: FOLDER, metadata: others },
    ...(file === undefined ? {} : { file }),
    ...(files === undefined ? {} : { files }),
    ...(content === undefined ? {} : { content }),
    ...(typeof command === "string" ? { naming: { command } } : {}),
  };
}

function sourceOf(type: string): Source {
  switch (type) {
    case "code_edit":
      return "edits";
    case "debug_start":
    case "debug_stop":
      return "debug";
    case "test_run":
    case "build":
      return "tasks";
    case "terminal_command":
      return "terminal";
    case "error":
      return "diagnostics";
    case "git_commit":
      return "git";
    default:
      return "files";
  }
}
