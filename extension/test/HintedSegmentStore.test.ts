import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { HintedSegmentStore, type HintFile } from "../src/common/storage/HintedSegmentStore.js";
import type { SegmentStore } from "../src/common/storage/SegmentStore.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { LogLines, note, openMemories } from "./openMemories.js";
import { testSegmentStore } from "./segmentStore.acceptance.js";
import { temporaryFolder } from "./temporaryFolder.js";

const NAME = "01jd3m5k7a-k3v9x0ab-0001.seg";

/** A browser's tab: it lists what was there when it was opened and what it wrote since. */
class Tab implements SegmentStore {
  readonly #files: Map<string, Uint8Array>;
  readonly #tree: Set<string>;
  reads = 0;

  constructor(files: Map<string, Uint8Array>) {
    this.#files = files;
    this.#tree = new Set(files.keys());
  }

  async list(): Promise<string[]> {
    return [...this.#tree];
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    this.reads += 1;
    return this.#files.get(name);
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    this.#files.set(name, bytes);
    this.#tree.add(name);
  }

  async delete(name: string): Promise<void> {
    this.#files.delete(name);
    this.#tree.delete(name);
  }
}

/** The one file that all tabs may replace. */
class SharedFile implements HintFile {
  text: string | undefined;

  async read(): Promise<string | undefined> {
    return this.text;
  }

  async write(text: string): Promise<void> {
    this.text = text;
  }
}

testSegmentStore(
  "a folder with hints",
  async () => {
    const folder = join(await temporaryFolder(), "mem1");
    const file = new SharedFile();
    const open = (): SegmentStore =>
      new HintedSegmentStore(new FileSegmentStore(folder), file, new LogLines());
    return { store: open(), other: open() };
  },
  test,
);

function tabs(count: number): { tabs: Tab[]; stores: HintedSegmentStore[]; file: SharedFile } {
  const files = new Map<string, Uint8Array>();
  const file = new SharedFile();
  const opened = Array.from({ length: count }, () => new Tab(files));
  const stores = opened.map((tab) => new HintedSegmentStore(tab, file, new LogLines()));
  return { tabs: opened, stores, file };
}

test("a tab finds what another tab has remembered since it was opened", async () => {
  const { stores } = tabs(2);
  const [one, two] = stores.map((store) =>
    openMemories("unused", { store, quarantine: new Tab(new Map()) }),
  );
  assert.ok(one && two);
  await Promise.all([one.open(), two.open()]);
  await one.remember(note("The harbour plan"));
  await stores[0]?.settled();
  await two.refreshNow();
  assert.equal((await two.search({ text: "harbour" })).total, 1);
});

test("a name from an event is listed, whatever the folder says", async () => {
  const {
    tabs: [one],
    stores: [, store],
  } = tabs(2);
  assert.ok(one && store);
  await one.putNew(NAME, Uint8Array.of(1));
  assert.deepEqual(await store.list(), []);
  store.hear(NAME);
  store.hear("../escape.seg");
  assert.deepEqual(await store.list(), [NAME]);
});

test("a tab whose names were lost adds them again", async () => {
  const { stores, file } = tabs(2);
  const [one, two] = stores;
  assert.ok(one && two);
  await one.putNew(NAME, Uint8Array.of(1));
  await one.settled();
  file.text = undefined;
  assert.deepEqual(await two.list(), []);
  await one.list();
  await one.settled();
  assert.deepEqual(await two.list(), [NAME]);
});

test("only the newest names are kept, for each tab", async () => {
  const {
    stores: [store],
    file,
  } = tabs(1);
  assert.ok(store);
  const name = (index: number): string =>
    `01jd3m5k7a-k3v9x0ab-${String(index).padStart(4, "0")}.seg`;
  for (let index = 0; index < 100; index += 1) await store.putNew(name(index), Uint8Array.of(1));
  await store.settled();
  const [names] = Object.values(
    (JSON.parse(file.text ?? "") as { tabs: Record<string, string[]> }).tabs,
  );
  assert.deepEqual([names?.length, names?.[0], names?.at(-1)], [64, name(36), name(99)]);
});

test("a file of names is never believed", async () => {
  const hostile = [
    "",
    "{",
    "null",
    '{"tabs":7}',
    '{"tabs":{"t0123456789abcdef":"x"}}',
    `{"tabs":{"__proto__":["${NAME}"],"t0123456789abcdef":["../../x.seg",7,null]}}`,
    "x".repeat(1_000_000),
  ];
  for (const text of hostile) {
    const {
      stores: [store],
      file,
    } = tabs(1);
    assert.ok(store);
    file.text = text;
    assert.deepEqual(await store.list(), []);
    await store.putNew(NAME, Uint8Array.of(1));
    await store.settled();
    assert.ok(file.text.includes(NAME));
  }
});

test("a name that leads nowhere is not tried for ever", async () => {
  const {
    stores: [store],
  } = tabs(1);
  assert.ok(store);
  store.hear(NAME);
  for (let attempt = 0; attempt < 5; attempt += 1) {
    assert.deepEqual(await store.list(), [NAME]);
    await store.read(NAME);
  }
  assert.deepEqual(await store.list(), []);
});

test("a file of names that cannot be read or written stops nothing", async () => {
  const fail = (): Promise<never> => Promise.reject(new Error("offline"));
  const store = new HintedSegmentStore(
    new Tab(new Map()),
    { read: fail, write: fail },
    new LogLines(),
  );
  await store.putNew(NAME, Uint8Array.of(1));
  await store.settled();
  assert.deepEqual(await store.list(), [NAME]);
});
