import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { NewRecord } from "recollect-wasm";
import { GROUPING, type SavedState } from "../src/common/Flusher.js";
import type { Memories } from "../src/common/Memories.js";
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
