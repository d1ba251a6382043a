import assert from "node:assert/strict";
import { mkdir, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { before, test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { NewRecord, Stats } from "recollect-wasm";
import type { Memories } from "../src/common/memories/Memories.js";
import { FileImageStore } from "../src/node/FileImageStore.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { FaultyStore } from "./FaultyStore.js";
import { note, openMemories, origin, type OpenOptions } from "./openMemories.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

/** More than one slice of the loading, and more new ones than an image may lack. */
const MEMORIES = 1_200;

/** Files that hold them. */
const FILES = 60;

const RESTLESS = { afterMs: 10, spreadMs: 5, againMs: 20 };

/** Files of a large store, made once. */
let large: [name: string, bytes: Uint8Array][];

/** An image of the index over them. */
let image: [name: string, bytes: Uint8Array];

before(async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  const perFile = MEMORIES / FILES;
  for (let file = 0; file < FILES; file += 1) {
    await memories.append(
      Array.from({ length: perFile }, (_, index): NewRecord => {
        const number = file * perFile + index;
        return { kind: "observation", type: "change", title: `Plan number${number}`, origin };
      }),
    );
  }
  await memories.dispose();
  const segments = join(folder, "mem1", "seg");
  const names = await readdir(segments);
  large = [];
  for (const name of names.sort()) large.push([name, await readFile(join(segments, name))]);

  const imaged = await largeStore();
  const { memories: cached } = openCached(imaged);
  await cached.open();
  await until(async () => (await images(imaged)).length === 1);
  await cached.dispose();
  const [name = ""] = await images(imaged);
  image = [name, await readFile(join(imaged, "mem1", "cache", name))];
});

async function largeStore(): Promise<string> {
  const folder = await temporaryFolder();
  const store = new FileSegmentStore(join(folder, "mem1"));
  await store.putNew(large[0]?.[0] ?? "", large[0]?.[1] ?? new Uint8Array());
  for (const [name, bytes] of large.slice(1))
    await writeFile(join(folder, "mem1", "seg", name), bytes);
  return folder;
}

/** Waits until everything has been read. */
async function loaded(memories: Memories): Promise<Memories> {
  await memories.open();
  await until(() => memories.loadedPercent === undefined);
  return memories;
}

async function find(memories: Memories, text: string): Promise<number> {
  return (await memories.search({ text })).total;
}

/** Opens a store that writes images of its index as soon as nobody uses it. */
function openCached(
  folder: string,
  more: OpenOptions = {},
): { memories: Memories; store: FaultyStore } {
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const images = new FileImageStore(join(folder, "mem1"));
  const memories = openMemories(folder, {
    store,
    images,
    imagesAbove: 1_000,
    idle: RESTLESS,
    compactAbove: 9_999,
    ...more,
  });
  return { memories, store };
}

async function images(folder: string): Promise<string[]> {
  const names = await readdir(join(folder, "mem1", "cache")).catch(() => []);
  return names.filter((name) => name.endsWith(".db"));
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, "it did not come to be so");
    await wait(20);
  }
}

/** A large store that somebody has closed after an image was written. */
async function withImage(): Promise<string> {
  const folder = await largeStore();
  const [name, bytes] = image;
  await mkdir(join(folder, "mem1", "cache"), { mode: 0o700 });
  await writeFile(join(folder, "mem1", "cache", name), bytes, { mode: 0o600 });
  return folder;
}

test("a large store answers from its newest memories while the others are being read", async () => {
  const folder = await largeStore();
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const oldest = new Set(large.slice(0, 10).map(([name]) => name));
  let letThrough: () => void = () => undefined;
  const gate = new Promise<void>((resolve) => {
    letThrough = resolve;
  });
  store.before = (step, name) => (step === "read" && oldest.has(name) ? gate : undefined);
  const loaded: Stats[] = [];
  const memories = openMemories(folder, { store, onLoaded: (stats) => loaded.push(stats) });
  const newest = `number${MEMORIES - 1}`;
  assert.equal(await find(memories, newest), 1);
  const percent = memories.loadedPercent;
  assert.ok(percent !== undefined && percent > 0 && percent < 100, `${percent} %`);
  assert.equal(await find(memories, "number0"), 0);
  // What a user remembers meanwhile is found at once.
  await memories.remember(note("A plan in between"));
  assert.equal(await find(memories, "between"), 1);
  assert.deepEqual(loaded, []);
  setTimeout(letThrough, 50);
  // What must know everything waits for it.
  assert.equal((await memories.select({ text: "number0" })).total, 1);
  assert.equal(memories.loadedPercent, undefined);
  assert.equal(loaded.length, 1);
});

test("closing does not wait for a store to be read", async () => {
  const folder = await largeStore();
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  store.before = (step) => (step === "read" ? wait(300) : undefined);
  const memories = openMemories(folder, { store });
  await memories.open();
  await memories.dispose();
  // Files are counted and not time, which a busy machine has more of.
  assert.ok(store.count("read") < FILES, "all of it was read");
});

test("a large store starts from an image of its index, and then reads only what is new", async () => {
  const folder = await withImage();
  await openMemories(folder).remember(note("Written since"));
  const { memories, store } = openCached(folder);
  assert.equal((await (await loaded(memories)).stats()).memories, MEMORIES + 1);
  assert.equal(store.count("read"), 1);
  assert.equal(await find(memories, "since"), 1);
  assert.equal(await find(memories, "number17"), 1);
});

test("a small store has no image", async () => {
  const folder = await temporaryFolder();
  const { memories } = openCached(folder);
  await memories.remember(note("The harbour plan"));
  await wait(300);
  assert.deepEqual(await images(folder), []);
});

test("an image that is damaged, or of other files, is removed and everything is read", async () => {
  const spoil: ((image: Buffer) => Buffer)[] = [
    (image) => image.subarray(0, image.length / 2),
    (image) => image.fill(~(image[5_000] ?? 0), 5_000, 5_001),
  ];
  for (const spoiled of spoil) {
    const folder = await withImage();
    const [name] = await images(folder);
    const path = join(folder, "mem1", "cache", name ?? "");
    await writeFile(path, spoiled(await readFile(path)));
    // Not idle, so that no new image is written.
    const { memories, store } = openCached(folder, {
      idle: { afterMs: 60_000, spreadMs: 1, againMs: 60_000 },
    });
    assert.equal((await (await loaded(memories)).stats()).memories, MEMORIES);
    assert.equal(store.count("read"), FILES);
    assert.deepEqual(await images(folder), []);
  }
});

test("forgetting removes the image, in this window and when another one hears of it", async () => {
  const folder = await withImage();
  const { memories } = openCached(folder, {
    idle: { afterMs: 60_000, spreadMs: 1, againMs: 60_000 },
  });
  assert.equal(await find(await loaded(memories), "number711"), 1);
  // A window of another kind, which knows nothing of images.
  await openMemories(folder).forget({ text: "number711" });
  assert.match(await everythingIn(join(folder, "mem1", "cache")), /number711/);
  await wait(600);
  assert.equal(await find(memories, "number711"), 0);
  await until(async () => (await images(folder)).length === 0);

  const other = await withImage();
  const { memories: own } = openCached(other);
  await own.forget({ text: "number711" });
  assert.doesNotMatch(await everythingIn(other), /number711/);
});

test("images that cannot be written or read disturb nobody", async () => {
  const folder = await largeStore();
  const fail = (): Promise<never> => Promise.reject(new Error("EROFS: read-only"));
  const { memories } = openCached(folder, {
    images: { read: fail, replace: fail, deleteAll: fail },
  });
  assert.equal(await find(await loaded(memories), "number17"), 1);
  await wait(200);
  assert.equal((await memories.forget({ text: "number17" })).left, 0);
});
