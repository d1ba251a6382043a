import assert from "node:assert/strict";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { Commit, SegmentReport } from "recollect-wasm";
import { NotSavedError, type SavedState } from "../src/common/memories/Flusher.js";
import type { SegmentStore } from "../src/common/storage/SegmentStore.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { LogLines, note, openMemories, origin, readModule } from "./openMemories.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

/** Longer than a listing is used again. */
const LISTING_AGE_MS = 600;

/** A folder whose disk is full for the first writes. */
class FullStore implements SegmentStore {
  readonly #store: SegmentStore;
  readonly tried: string[] = [];
  failures: number;

  constructor(store: SegmentStore, failures: number) {
    this.#store = store;
    this.failures = failures;
  }

  list(): Promise<string[]> {
    return this.#store.list();
  }

  read(name: string): Promise<Uint8Array | undefined> {
    return this.#store.read(name);
  }

  putNew(name: string, bytes: Uint8Array): Promise<void> {
    this.tried.push(name);
    if (this.failures === 0) return this.#store.putNew(name, bytes);
    this.failures -= 1;
    return Promise.reject(new Error("ENOSPC: no space left on device"));
  }

  delete(name: string): Promise<void> {
    return this.#store.delete(name);
  }
}

async function titles(memories: ReturnType<typeof openMemories>, text: string): Promise<string[]> {
  return (await memories.search({ text })).hits.map(({ title }) => title);
}

test("what is remembered is found at once and after reopening", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  const appended = await memories.remember(note("We decided to drop the retry queue"));
  assert.equal(appended.status, "pending");
  assert.deepEqual(await titles(memories, "retry queue"), ["We decided to drop the retry queue"]);
  await memories.dispose();
  assert.deepEqual(await titles(openMemories(folder), "retry queue"), [
    "We decided to drop the retry queue",
  ]);
});

test("private text is never on disk, and the rest is found", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await memories.remember(
    note(
      "The gateway listens on 8443 <PRIVATE a=b>with pass xyzzy42 <private>in</private> nested</private> for now",
    ),
  );
  await memories.remember(note("The key is <private>plugh77"));
  assert.deepEqual(await memories.remember(note("<private>nothing else</private>")), {
    status: "skipped",
    reason: "private",
  });
  assert.equal((await titles(memories, "gateway 8443")).length, 1);
  const everything = await everythingIn(folder);
  assert.match(everything, /8443/);
  assert.doesNotMatch(everything, /xyzzy42|plugh77|nested|nothing else/);
});

test("neither the module nor a file is touched before the first use", async () => {
  let reads = 0;
  const folder = await temporaryFolder();
  const memories = openMemories(folder, {
    readModule: () => {
      reads += 1;
      return readModule();
    },
  });
  await wait(20);
  assert.equal(reads, 0);
  await Promise.all([memories.open(), memories.stats(), memories.recent({})]);
  assert.equal(reads, 1);
  assert.deepEqual(await readdir(folder), []);
});

test("a module that could not be read is read again at the next use", async () => {
  let attempts = 0;
  const memories = openMemories(await temporaryFolder(), {
    readModule: () => {
      attempts += 1;
      return attempts === 1 ? Promise.reject(new Error("offline")) : readModule();
    },
  });
  await assert.rejects(memories.stats(), /offline/);
  assert.equal((await memories.stats()).memories, 0);
});

test("a failed write acknowledges nothing, and is tried again under a new name until it works", async () => {
  const folder = await temporaryFolder();
  const store = new FullStore(new FileSegmentStore(join(folder, "mem1")), 3);
  const states: SavedState[] = [];
  const memories = openMemories(folder, {
    store,
    retryDelaysMs: [1],
    onSavedStateChange: (state) => states.push(state),
  });
  await assert.rejects(memories.remember(note("Keep the cache small")), NotSavedError);
  assert.equal(states[0]?.isSaved, false);
  while (states.at(-1)?.isSaved !== true) await wait(5);
  assert.deepEqual(await titles(memories, "cache"), ["Keep the cache small"]);
  assert.equal(store.tried.length, 4);
  assert.equal(new Set(store.tried).size, 4);
  assert.deepEqual(await titles(openMemories(folder), "cache"), ["Keep the cache small"]);
});

test("what is not durable is not found", async () => {
  const folder = await temporaryFolder();
  const store = new FullStore(new FileSegmentStore(join(folder, "mem1")), 1);
  const memories = openMemories(folder, { store, retryDelaysMs: [60_000] });
  await assert.rejects(memories.remember(note("Keep the cache small")), NotSavedError);
  assert.deepEqual(await titles(memories, "cache"), []);
  assert.equal((await memories.stats()).pending, 1);
  // The next memory does not wait for the retry, and takes the kept one along.
  await memories.remember(note("Keep the queue small"));
  assert.deepEqual((await titles(memories, "small")).sort(), [
    "Keep the cache small",
    "Keep the queue small",
  ]);
});

test("closing writes what a failed write left", async () => {
  const folder = await temporaryFolder();
  const store = new FullStore(new FileSegmentStore(join(folder, "mem1")), 1);
  const memories = openMemories(folder, { store, retryDelaysMs: [60_000] });
  await assert.rejects(memories.remember(note("Keep the cache small")), NotSavedError);
  await memories.dispose();
  assert.deepEqual(await titles(openMemories(folder), "cache"), ["Keep the cache small"]);
});

test("what arrives while a file is written shares the next one", async () => {
  const folder = await temporaryFolder();
  const store = new FullStore(new FileSegmentStore(join(folder, "mem1")), 0);
  const memories = openMemories(folder, { store });
  await memories.open();
  await Promise.all(
    Array.from({ length: 50 }, (_, index) => memories.remember(note(`Number ${index} of many`))),
  );
  assert.equal((await memories.stats()).memories, 50);
  assert.ok(store.tried.length < 10, `${store.tried.length} files`);
});

test("two windows on one folder see each other's memories", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [openMemories(folder), openMemories(folder)];
  await Promise.all([one.open(), two.open()]);
  await one.remember(note("Written in the first window"));
  await two.remember(note("Written in the second window"));
  await wait(LISTING_AGE_MS);
  for (const window of [one, two]) assert.equal((await titles(window, "written window")).length, 2);
});

test("what one window forgets, the other forgets too, also after reopening", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [openMemories(folder), openMemories(folder)];
  const appended = await one.remember(note("To be forgotten soon"));
  assert.ok(appended.status === "pending");
  assert.equal((await titles(two, "forgotten")).length, 1);
  assert.equal((await one.forget({ ids: [appended.id] })).forgotten, 1);
  assert.deepEqual(await titles(one, "forgotten"), []);
  await wait(LISTING_AGE_MS);
  assert.deepEqual(await titles(two, "forgotten"), []);
  assert.deepEqual(await titles(openMemories(folder), "forgotten"), []);
  await assert.rejects(one.forget({ ids: [appended.id] }), { name: "NotFound" });
});

test("learning the same commits twice adds nothing, in this window and in the next", async () => {
  const folder = await temporaryFolder();
  const commits: Commit[] = [
    {
      hash: "a".repeat(40),
      message: "fix: close the socket",
      at: 1_700_000_000_000,
      files: ["src/net/socket.ts"],
    },
    {
      hash: "b".repeat(40),
      message: "feat: add a timeline\n\nIt shows what stood around a memory.",
      at: 1_700_000_100_000,
      files: [],
    },
  ];
  const memories = openMemories(folder);
  assert.deepEqual(await memories.learn(origin.project, commits), {
    pending: 2,
    known: 0,
    skipped: 0,
    releases: 0,
  });
  assert.deepEqual(await memories.learn(origin.project, commits), {
    pending: 0,
    known: 2,
    skipped: 0,
    releases: 0,
  });
  const next = openMemories(folder);
  assert.deepEqual(await next.learn(origin.project, commits), {
    pending: 0,
    known: 2,
    skipped: 0,
    releases: 0,
  });
  const [hit] = (await next.search({ text: "socket", types: ["bugfix"] })).hits;
  assert.equal(hit?.at, 1_700_000_000_000);
});

test("damage is reported once for each file and the rest is read", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await memories.remember(note("A healthy memory"));
  await memories.remember(note("A memory that the disk spoils"));
  const segments = join(folder, "mem1", "seg");
  for (const name of await readdir(segments)) {
    const text = await readFile(join(segments, name), "utf8");
    if (text.includes("spoils"))
      await writeFile(join(segments, name), text.replace("spoils", "sp0ils"));
  }
  const reports: SegmentReport[] = [];
  const log = new LogLines();
  const reopened = openMemories(folder, { log, onDamage: (report) => reports.push(report) });
  assert.deepEqual(await titles(reopened, "memory"), ["A healthy memory"]);
  assert.deepEqual(
    reports.map(({ damagedLines }) => damagedLines),
    [1],
  );
  assert.doesNotMatch(log.lines.join("\n"), /sp0ils|memory that/);
});

test("what is remembered is not logged", async () => {
  const log = new LogLines();
  const folder = await temporaryFolder();
  const store = new FullStore(new FileSegmentStore(join(folder, "mem1")), 1);
  const memories = openMemories(folder, { log, store, retryDelaysMs: [60_000] });
  await assert.rejects(memories.remember(note("zanzibar")));
  await memories.remember(note("zanzibar again"));
  assert.doesNotMatch(log.lines.join("\n"), /zanzibar/);
});

test("the open project is searched before the others", async () => {
  const memories = openMemories(await temporaryFolder());
  const elsewhere = { id: "example.com/other", name: "other" };
  await memories.remember(note("The cache is here"));
  await memories.remember({
    text: "The cache is there",
    origin: { project: elsewhere, provenance: "user" },
  });
  await memories.remember({
    text: "The queue is there",
    origin: { project: elsewhere, provenance: "user" },
  });
  const ask = async (text: string, more: object) => {
    const { hits, notes } = await memories.ask({ text, ...more });
    return [hits.map(({ title }) => title), notes];
  };
  const here = { projects: [origin.project.id] };
  assert.deepEqual(await ask("cache", here), [["The cache is here"], []]);
  assert.deepEqual(await ask("queue", here), [["The queue is there"], [{ kind: "elsewhere" }]]);
  assert.deepEqual((await ask("queue", { ...here, isHereOnly: true }))[0], []);
  assert.equal((await memories.ask({ text: "cache" })).total, 2);
});

test("the very words elsewhere count more than nearly the same ones here", async () => {
  const memories = openMemories(await temporaryFolder());
  const elsewhere = { id: "example.org/owner/other", name: "other" };
  await memories.remember(note("Kubrenetes is misspelled here"));
  await memories.remember({
    text: "Kubernetes probes are strict",
    origin: { project: elsewhere, provenance: "user" },
  });
  const titlesNear = async (text: string) => {
    const { hits, notes } = await memories.ask({ text, projects: [origin.project.id] });
    return [hits[0]?.title, notes.some(({ kind }) => kind === "elsewhere")];
  };
  assert.deepEqual(await titlesNear("kubernetes"), ["Kubernetes probes are strict", true]);
  assert.deepEqual(await titlesNear("kubrenetez"), ["Kubrenetes is misspelled here", false]);
});

test("nothing can be asked of closed memories", async () => {
  const memories = openMemories(await temporaryFolder());
  await memories.dispose();
  await assert.rejects(memories.stats(), /closed/);
});
