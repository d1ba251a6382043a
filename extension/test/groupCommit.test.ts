import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { NewRecord } from "recollect-wasm";
import { GROUPING, NotSavedError, type SavedState } from "../src/common/memories/Flusher.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { FaultyStore } from "./FaultyStore.js";
import { note, openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

function event(content: string): NewRecord {
  return { kind: "event", type: "search", content, origin };
}

/** So long that no pause of a busy machine comes near. */
const NEVER_MS = 600_000;

async function openCounted(
  onSavedStateChange: (state: SavedState) => void = () => undefined,
  grouping = GROUPING,
): Promise<{ memories: Memories; store: FaultyStore; folder: string }> {
  const folder = await temporaryFolder();
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const memories = openMemories(folder, {
    store,
    retryDelaysMs: [10],
    onSavedStateChange,
    grouping,
  });
  await memories.open();
  return { memories, store, folder };
}

test("what comes in quick succession shares one file, a moment later", async () => {
  const { memories, store } = await openCounted(undefined, { idleMs: 2_000, ageMs: NEVER_MS });
  const kept: Promise<unknown>[] = [];
  for (let count = 0; count < 10; count += 1) {
    kept.push(memories.appendLater([event(`keystroke ${count}`)]));
    await wait(20);
  }
  assert.equal(store.count("putNew"), 0);
  await Promise.all(kept);
  assert.equal(store.count("putNew"), 1);
  assert.equal((await memories.search({ text: "keystroke" })).total, 10);
});

test("what never pauses is written after a while all the same", async () => {
  const { memories, store } = await openCounted(undefined, { idleMs: NEVER_MS, ageMs: 300 });
  const kept: Promise<unknown>[] = [];
  for (let count = 0; store.count("putNew") === 0; count += 1) {
    kept.push(memories.appendLater([event(`keystroke ${count}`)]));
    await wait(20);
  }
  await Promise.all(kept);
});

test("64 records, or 64 KB, are written at once", async () => {
  const never = { idleMs: NEVER_MS, ageMs: NEVER_MS };
  const { memories, store } = await openCounted(undefined, never);
  await memories.appendLater(Array.from({ length: 64 }, (_, index) => event(`record ${index}`)));
  assert.equal(store.count("putNew"), 1);
  await memories.appendLater([event("x ".repeat(20_000)), event("y ".repeat(20_000))]);
  assert.equal(store.count("putNew"), 2);
});

test("what a user asks for does not wait, and takes the others along", async () => {
  const never = { idleMs: NEVER_MS, ageMs: NEVER_MS };
  const { memories, store } = await openCounted(undefined, never);
  const later = memories.appendLater([event("keystroke")]);
  await memories.remember(note("Keep the cache small"));
  await later;
  assert.equal(store.count("putNew"), 1);
});

test("while writing fails, what is recorded does not make it try more often", async () => {
  const folder = await temporaryFolder();
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const memories = openMemories(folder, { store, retryDelaysMs: [60_000] });
  store.before = (step) => {
    if (step === "putNew") throw new Error("ENOSPC");
  };
  await assert.rejects(memories.remember(note("Keep the cache small")));
  for (let count = 0; count < 3; count += 1) {
    memories.appendLater([event(`keystroke ${count}`)]).catch(() => undefined);
    await wait(300);
  }
  assert.equal(store.count("putNew"), 1);
});

test("recording pauses visibly when too much waits, and goes on by itself", async () => {
  const states: SavedState[] = [];
  const { memories, store } = await openCounted((state) => states.push(state));
  store.before = (step) => {
    if (step === "putNew") throw new Error("ENOSPC: no space left on device");
  };
  let isRecording = true;
  const full = await new Promise<unknown>((resolve) => {
    const record = (batch: number): void => {
      if (!isRecording) return;
      if (batch === 100) return resolve(undefined);
      const records = Array.from({ length: 50 }, (_, index) => event(`record ${batch} ${index}`));
      memories.appendLater(records).catch((error: unknown) => {
        // Those that are only not saved yet are kept.
        if (error instanceof Error && error.name === "Full") resolve(error);
      });
      setTimeout(() => record(batch + 1), 1);
    };
    record(0);
  });
  isRecording = false;
  assert.ok(full instanceof Error);
  const paused = states.at(-1);
  assert.ok(paused?.isSaved === false && paused.isPaused);
  assert.match(paused.reason, /ENOSPC/);
  const { pending } = await memories.stats();
  store.before = () => undefined;
  while (states.at(-1)?.isSaved !== true) await wait(10);
  const stats = await memories.stats();
  assert.deepEqual([stats.pending, stats.memories], [0, pending]);
  await memories.appendLater([event("and on")]);
});

/** Holds every write back until it is let go, one after the other, with what it is to fail with. */
function gate(store: FaultyStore): { go: (error?: Error) => void; waits: () => Promise<void> } {
  const held: ((error?: Error) => void)[] = [];
  store.before = (step) =>
    step === "putNew"
      ? new Promise((resolve, reject) => {
          held.push((error) => (error === undefined ? resolve() : reject(error)));
        })
      : undefined;
  return {
    go: (error) => held.shift()?.(error),
    waits: async () => {
      while (held.length === 0) await wait(2);
    },
  };
}

const full = new Error("ENOSPC");

test("the failure of a later file is not told to whom an earlier one has saved", async () => {
  const { memories, store } = await openCounted();
  const { go, waits } = gate(store);
  const first = memories.remember(note("Keep the cache small"));
  await waits();
  const second = memories.remember(note("Keep the queue short"));
  const rejected = assert.rejects(second, NotSavedError);
  await wait(5);
  go();
  await first;
  await waits();
  go(full);
  await rejected;
  store.before = () => undefined;
});

test("a steady stream of records keeps nobody waiting whose file is durable", async () => {
  const { memories, store } = await openCounted();
  const { go, waits } = gate(store);
  const first = memories.remember(note("Keep the cache small"));
  const others: Promise<unknown>[] = [];
  let isTold = false;
  const told = first.then(() => {
    isTold = true;
  });
  for (let turn = 0; turn < 3; turn += 1) {
    await waits();
    others.push(memories.remember(note(`Another thought ${turn}`)));
    await wait(5);
    go();
    await wait(5);
  }
  assert.ok(isTold);
  await waits();
  store.before = () => undefined;
  go();
  await Promise.all([told, ...others]);
});

test("who came while another's file failed is told of the file with its own record", async () => {
  const { memories, store } = await openCounted();
  const { go, waits } = gate(store);
  const first = memories.remember(note("Keep the cache small"));
  const rejected = assert.rejects(first, NotSavedError);
  await waits();
  const second = memories.remember(note("Keep the queue short"));
  await wait(5);
  go(full);
  await rejected;
  await waits();
  store.before = () => undefined;
  go();
  await second;
  assert.equal((await memories.search({ text: "keep" })).total, 2);
});

test("records of one caller in two files are acknowledged with the second", async () => {
  const { memories, store } = await openCounted();
  const { go, waits } = gate(store);
  const large = (word: string): NewRecord => event(`${word} `.repeat(9_000));
  const many = memories.append(Array.from({ length: 30 }, (_, index) => large(`word${index}`)));
  const rejected = assert.rejects(many, NotSavedError);
  await waits();
  go();
  await waits();
  go(full);
  await rejected;
  store.before = () => undefined;
});

test("a window that closes settles everybody who waits", async () => {
  const { memories, store } = await openCounted();
  store.before = (step) => {
    if (step === "putNew") throw full;
  };
  const kept = [1, 2, 3].map((number) => memories.appendLater([event(`keystroke ${number}`)]));
  const settled = Promise.allSettled(kept);
  await wait(5);
  await memories.dispose();
  assert.ok((await settled).every(({ status }) => status === "rejected"));
});
