/**
 * One size of store, measured in a process of its own: `storage.ts <memories>` prints JSON.
 *
 * Times are in milliseconds, from the call in TypeScript to its answer, on the real file store.
 */
import { mkdtemp, readdir, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import init, { Recollect, cacheSchema } from "recollect-wasm";
import { Memories } from "../../extension/src/common/memories/Memories.js";
import { FileImageStore } from "../../extension/src/node/FileImageStore.js";
import { FileSegmentStore } from "../../extension/src/node/FileSegmentStore.js";
import { builtModule } from "./builtModule.js";
import { NOW, segments } from "./corpus.js";
import { quantile } from "./statistics.js";

/** What was measured of one size. */
export interface StorageFigures {
  memories: number;
  segments: number;
  bytes: number;
  /** Until a first answer, and until everything is read, without and with an image. */
  firstAnswer: number;
  ready: number;
  readyWithImage: number;
  imageBytes: number;
  saveImage: number;
  /** Of the module after reading everything. */
  wasmBytes: number;
  flushP50: number;
  flushP99: number;
  /** Of passive capture, as written. */
  bytesPerEvent: number;
}

const FLUSHES = 500;
const EVENTS = 640;
const EVENTS_A_FLUSH = 64;

const silent = { debug() {}, info() {}, warn() {}, error() {} };
const wasm = await builtModule();
// The type of a module's memory belongs to browsers' libraries, which are not loaded here.
const { memory } = (await init({ module_or_path: wasm })) as unknown as {
  memory: { buffer: ArrayBuffer };
};
const folder = await mkdtemp(join(tmpdir(), "recollect-bench-"));
try {
  console.log(JSON.stringify(await measure(Number(process.argv[2]))));
} finally {
  await rm(folder, { recursive: true, force: true });
}

function openCore(): Recollect {
  return new Recollect(new Uint8Array(32).fill(7), "0.0.0");
}

function open(images?: FileImageStore): Memories {
  return new Memories({
    store: new FileSegmentStore(folder),
    ...(images === undefined ? {} : { images }),
    readModule: () => Promise.resolve(wasm),
    app: "0.0.0",
    log: silent,
  });
}

async function measure(memories: number): Promise<StorageFigures> {
  // The module is compiled once in a process; what is measured is the store.
  await timedStart();
  await fill(memories);
  const segments = await readdir(join(folder, "seg"));
  const sizes = await Promise.all(segments.map((name) => stat(join(folder, "seg", name))));
  const start = await timedStart();
  const image = await makeImage();
  const withImage = await timedStart(new FileImageStore(folder));
  const flushes = await timedFlushes();
  return {
    memories,
    segments: segments.length,
    bytes: sizes.reduce((sum, { size }) => sum + size, 0),
    ...start,
    readyWithImage: withImage.ready,
    ...image,
    ...flushes,
    bytesPerEvent: eventBytes(),
  };
}

/** Writes that many memories. */
async function fill(memories: number): Promise<void> {
  const store = new FileSegmentStore(folder);
  for (const { name, bytes } of segments(memories)) await store.putNew(name, bytes);
}

async function timedStart(
  images?: FileImageStore,
): Promise<{ firstAnswer: number; ready: number }> {
  const memories = open(images);
  const begin = performance.now();
  await memories.search({ text: "anything" });
  const firstAnswer = performance.now() - begin;
  while (memories.loadedPercent !== undefined)
    await new Promise((resolve) => setTimeout(resolve, 1));
  const ready = performance.now() - begin;
  await memories.dispose();
  return { firstAnswer, ready };
}

async function makeImage(): Promise<
  Pick<StorageFigures, "imageBytes" | "saveImage" | "wasmBytes">
> {
  const core = openCore();
  const store = new FileSegmentStore(folder);
  for (const name of core.missing(await store.list())) {
    const bytes = await store.read(name);
    if (bytes !== undefined) core.ingest(name, bytes, NOW);
  }
  while (core.settle());
  const wasmBytes = memory.buffer.byteLength;
  const begin = performance.now();
  const image = core.saveCache();
  const saveImage = performance.now() - begin;
  core.free();
  if (image === undefined) throw new Error("no image was made");
  await new FileImageStore(folder).replace(cacheSchema(), image);
  return { imageBytes: image.length, saveImage, wasmBytes };
}

async function timedFlushes(): Promise<{ flushP50: number; flushP99: number }> {
  const memories = open();
  const origin = { project: { id: "bench", name: "bench" }, provenance: "user" } as const;
  await memories.remember({ text: "warm up", origin });
  const times: number[] = [];
  for (let number = 0; number < FLUSHES; number += 1) {
    const begin = performance.now();
    await memories.remember({ text: `we measured the flush number ${number}`, origin });
    times.push(performance.now() - begin);
  }
  await memories.dispose();
  return { flushP50: quantile(times, 0.5), flushP99: quantile(times, 0.99) };
}

function eventBytes(): number {
  const core = openCore();
  let bytes = 0;
  for (let number = 0; number < EVENTS; number += 1) {
    core.append(
      [
        {
          kind: "event",
          origin: {
            project: { id: "example.org/team/project", name: "project" },
            provenance: "tool",
            session: "s1",
          },
          type: "file_save",
          file: `src/module/file-${number % 40}.ts`,
        },
      ],
      NOW + number,
    );
    if ((number + 1) % EVENTS_A_FLUSH !== 0) continue;
    const flush = core.nextFlush(NOW);
    if (!flush) continue;
    bytes += flush.bytes.length;
    core.flushed(flush.name);
    flush.free();
  }
  core.free();
  return bytes / EVENTS;
}
