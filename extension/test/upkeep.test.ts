import assert from "node:assert/strict";
import { readdir, readFile, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import type { NewRecord } from "recollect-wasm";
import type { Memories } from "../src/common/memories/Memories.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { FaultyStore } from "./FaultyStore.js";
import { LogLines, note, openMemories, origin, type OpenOptions } from "./openMemories.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

/** In use all the time. */
const BUSY = { afterMs: 60_000, spreadMs: 1, againMs: 60_000 };

/** Idle at once, and looked at often. */
const RESTLESS = { afterMs: 10, spreadMs: 5, againMs: 20 };

function segments(folder: string): Promise<string[]> {
  return readdir(join(folder, "mem1", "seg"));
}

/** One file holds all that is appended together. */
function decision(title: string): NewRecord {
  return { kind: "observation", type: "decision", title, origin };
}

async function remember(memories: Memories, ...texts: string[]): Promise<string[]> {
  const ids: string[] = [];
  for (const text of texts) {
    const appended = await memories.remember(note(text));
    assert.ok(appended.status === "pending");
    ids.push(appended.id);
  }
  return ids;
}

async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await isSo())) {
    assert.ok(Date.now() < end, "it did not come to be so");
    await wait(10);
  }
}

test("what is forgotten is on disk no more when forgetting is over, and the rest still is", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await memories.append(["the zanzibar plan", "the harbour plan"].map(decision));
  const [hit] = (await memories.search({ text: "zanzibar" })).hits;
  assert.ok(hit);
  const report = await memories.forget({ ids: [hit.id] });
  assert.deepEqual(report, { forgotten: 1, written: 1, deleted: 1, left: 0 });
  const everything = await everythingIn(folder);
  assert.doesNotMatch(everything, /zanzibar/);
  assert.match(everything, /harbour/);
  const reopened = openMemories(folder);
  assert.equal((await reopened.search({ text: "plan" })).total, 1);
});

test("memories are forgotten by text, project, time and all at once", async () => {
  const memories = openMemories(await temporaryFolder());
  const other = { id: "example.com/other", name: "other" };
  await remember(memories, "The Zanzibar plan", "The harbour plan", "The cellar plan");
  await memories.remember({ text: "The attic plan", origin: { ...origin, project: other } });
  assert.equal((await memories.select({ text: "zanziBAR" })).total, 1);
  assert.equal((await memories.forget({ text: "zanziBAR" })).forgotten, 1);
  assert.equal((await memories.forget({ project: other.id })).forgotten, 1);
  assert.equal((await memories.forget({ since: Date.now() + 60_000 })).forgotten, 0);
  assert.equal((await memories.select({ since: Date.now() - 60_000 })).total, 2);
  assert.equal((await memories.forget({ isEverything: true })).forgotten, 2);
  assert.equal((await memories.stats()).memories, 0);
});

test("forgetting reaches what another window writes back while it lasts", async () => {
  const folder = await temporaryFolder();
  const [one, two] = [openMemories(folder, { idle: BUSY }), openMemories(folder, { idle: BUSY })];
  const [id] = await remember(one, "the zanzibar plan");
  assert.ok(id !== undefined);
  await two.open();
  const [name] = await segments(folder);
  assert.ok(name !== undefined);
  const bytes = await readFile(join(folder, "mem1", "seg", name));
  await one.forget({ ids: [id] });
  // As another window does that was folding files together and had not heard of it.
  await writeFile(join(folder, "mem1", "seg", name.replace(/-.{8}-/, "-otherwin-")), bytes);
  assert.match(await everythingIn(folder), /zanzibar/);
  await wait(600);
  assert.equal((await two.search({ text: "zanzibar" })).total, 0);
  await until(async () => !/zanzibar/.test(await everythingIn(folder)));
});

test("a file that cannot be deleted is reported with the reason and deleted later", async () => {
  const folder = await temporaryFolder();
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const memories = openMemories(folder, { store, purgeLimitMs: 0 });
  const [id] = await remember(memories, "the zanzibar plan");
  assert.ok(id !== undefined);
  store.before = (step) => {
    if (step === "delete") throw new Error("EPERM: not permitted");
  };
  const report = await memories.forget({ ids: [id] });
  assert.deepEqual([report.forgotten, report.left], [1, 1]);
  assert.match(report.problem ?? "", /EPERM/);
  assert.equal((await memories.search({ text: "zanzibar" })).total, 0);
  // The next window does it.
  await openMemories(folder).open();
  await until(async () => !/zanzibar/.test(await everythingIn(folder)));
});

test("small files are folded together while nobody uses the memories, and nothing is lost", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  const texts = Array.from({ length: 12 }, (_, index) => `Plan number ${index} of many`);
  await remember(memories, ...texts);
  await memories.dispose();
  await makeOlder(folder);
  const before = (await segments(folder)).length;
  const idle = openMemories(folder, { compactAbove: 4, idle: RESTLESS });
  await idle.open();
  await until(async () => (await segments(folder)).length < before / 2);
  assert.equal((await idle.search({ text: "plan", limit: 50 })).total, 12);
  assert.equal((await openMemories(folder).search({ text: "plan", limit: 50 })).total, 12);
});

test("files are left alone while the memories are in use", async () => {
  const folder = await temporaryFolder();
  await remember(openMemories(folder), ...Array.from({ length: 8 }, (_, index) => `Plan ${index}`));
  await makeOlder(folder);
  const before = await segments(folder);
  const busy = openMemories(folder, {
    compactAbove: 4,
    idle: { afterMs: 1_000, spreadMs: 1, againMs: 20 },
  });
  for (let use = 0; use < 40; use += 1) {
    await busy.search({ text: "plan" });
    await wait(50);
  }
  assert.deepEqual(await segments(folder), before);
});

test("one operation on the files follows the other, whoever asks for them", async () => {
  const folder = await temporaryFolder();
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const memories = openMemories(folder, { store, compactAbove: 2, idle: RESTLESS });
  const ids = await remember(memories, ...Array.from({ length: 6 }, (_, index) => `Plan ${index}`));
  let underWay = 0;
  let most = 0;
  store.before = async (step) => {
    if (step !== "delete") return;
    underWay += 1;
    most = Math.max(most, underWay);
    await wait(20);
    underWay -= 1;
  };
  await Promise.all(ids.map((id) => memories.forget({ ids: [id] })));
  assert.equal(most, 1);
  assert.doesNotMatch(await everythingIn(folder), /Plan/);
});

test("a damaged file is copied into quarantine as it is, once, and stays where it is", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await remember(memories, "A memory that the disk spoils");
  await memories.dispose();
  const [name] = await segments(folder);
  assert.ok(name !== undefined);
  const path = join(folder, "mem1", "seg", name);
  const spoiled = (await readFile(path, "utf8")).replace("spoils", "sp0ils");
  await writeFile(path, spoiled);
  const [one, two] = [openMemories(folder), openMemories(folder)];
  await Promise.all([one.open(), two.open()]);
  const copy = join(folder, "mem1", "bad", name);
  await until(async () => (await readFile(copy, "utf8").catch(() => "")) === spoiled);
  assert.equal(await readFile(path, "utf8"), spoiled);
  await Promise.all([one.dispose(), two.dispose()]);
  assert.deepEqual(await readdir(join(folder, "mem1", "bad")), [name]);
  assert.deepEqual(await readdir(join(folder, "mem1", "tmp")), []);
});

test("that another window was first to copy a damaged file is no failure", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await remember(memories, "A memory that the disk spoils");
  await memories.dispose();
  const [name] = await segments(folder);
  assert.ok(name !== undefined);
  const path = join(folder, "mem1", "seg", name);
  await writeFile(path, (await readFile(path, "utf8")).slice(0, -4));
  const bytes = await readFile(path);
  const other = new FileSegmentStore(join(folder, "mem1"), "bad");
  const quarantine = new FaultyStore(other);
  quarantine.before = (step) => (step === "putNew" ? other.putNew(name, bytes) : undefined);
  const log = new LogLines();
  await openMemories(folder, { quarantine, log }).open();
  await until(() => quarantine.count("putNew") > 0);
  await wait(50);
  assert.doesNotMatch(log.lines.join("\n"), /not in order/);
});

test("what is forgotten goes from quarantine too", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  const [id] = await remember(memories, "the zanzibar plan");
  assert.ok(id !== undefined);
  await memories.dispose();
  const [name] = await segments(folder);
  assert.ok(name !== undefined);
  const path = join(folder, "mem1", "seg", name);
  // Cut in the footer: the record verifies, the file is not whole.
  await writeFile(path, (await readFile(path, "utf8")).slice(0, -4));
  const reopened = openMemories(folder);
  await reopened.open();
  await until(
    async () => (await readdir(join(folder, "mem1", "bad")).catch(() => [])).length === 1,
  );
  const report = await reopened.forget({ ids: [id] });
  assert.equal(report.left, 0);
  assert.doesNotMatch(await everythingIn(folder), /zanzibar/);
});

test("when everything is forgotten, text that is too damaged to have an id goes too", async () => {
  const folder = await temporaryFolder();
  const memories = openMemories(folder);
  await remember(memories, "the zanzibar plan");
  await memories.dispose();
  const [name] = await segments(folder);
  assert.ok(name !== undefined);
  const path = join(folder, "mem1", "seg", name);
  await writeFile(path, (await readFile(path, "utf8")).replace("plan", "plam"));
  const reopened = openMemories(folder);
  await reopened.open();
  await until(
    async () => (await readdir(join(folder, "mem1", "bad")).catch(() => [])).length === 1,
  );
  assert.equal((await reopened.forget({ isEverything: true })).left, 0);
  assert.doesNotMatch(await everythingIn(folder), /zanzibar/);
});

test("closing does not wait for files to be put in order", async () => {
  const folder = await temporaryFolder();
  await remember(openMemories(folder), ...Array.from({ length: 8 }, (_, index) => `Plan ${index}`));
  await makeOlder(folder);
  const store = new FaultyStore(new FileSegmentStore(join(folder, "mem1")));
  const options: OpenOptions = { store, compactAbove: 2, idle: RESTLESS };
  const memories = openMemories(folder, options);
  await memories.open();
  store.before = () => wait(30);
  await until(() => store.count("putNew") > 0);
  await memories.dispose();
  const done = store.steps.length;
  await wait(100);
  assert.equal(store.steps.length, done);
  assert.equal((await openMemories(folder).stats()).memories, 8);
});

/** Files are folded together only a minute after they were written; the name holds the time. */
async function makeOlder(folder: string): Promise<void> {
  for (const name of await segments(folder)) {
    const path = join(folder, "mem1", "seg");
    await rename(join(path, name), join(path, `01${"0".repeat(8)}${name.slice(10)}`));
  }
}
