import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord, Provenance } from "recollect-wasm";
import { AssistantWrites } from "../src/common/memories/AssistantWrites.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { RateLimit } from "../src/common/memories/RateLimit.js";
import { statusText, type RecordingState } from "../src/common/views/recordingState.js";
import { notRecordingText, tooManyWritesText } from "../src/common/tools/toolText.js";
import {
  NotRecordingError,
  TooManyWritesError,
  WRITES_PER_MINUTE,
  WriteGuard,
} from "../src/common/memories/WriteGuard.js";
import { note, openMemories, origin } from "./openMemories.js";
import { plainWords } from "./plainWords.js";
import { Shared } from "./secrets.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

const SECRET = "quillwort";
const progress = { signal: new AbortController().signal, onProgress: () => {} };

function observation(provenance: Provenance): NewRecord {
  const title = `The ${SECRET} ledger`;
  return { kind: "observation", origin: { ...origin, provenance }, type: "discovery", title };
}

/** Everything through which something can be stored, and who asks for it there. */
function entryPoints(exported: Uint8Array): {
  name: string;
  isUser: boolean;
  store: (memories: Memories) => Promise<unknown>;
}[] {
  const by = (provenance: Provenance): NewRecord[] => [observation(provenance)];
  const text = `The ${SECRET} ledger`;
  return [
    { name: "remember", isUser: true, store: (to) => to.remember(note(text)) },
    {
      name: "a model's recollect_memory_remember",
      isUser: false,
      store: (to) => to.remember(note(text, { origin: { ...origin, provenance: "assistant" } })),
    },
    { name: "records of a user", isUser: true, store: (to) => to.append(by("user")) },
    { name: "records of a model", isUser: false, store: (to) => to.append(by("assistant")) },
    { name: "records of a tool", isUser: false, store: (to) => to.append(by("tool")) },
    { name: "captured records", isUser: false, store: (to) => to.appendLater(by("user")) },
    {
      name: "learn from git",
      isUser: true,
      store: (to) =>
        to.learn(origin.project, [{ hash: "1".repeat(40), message: text, at: 1, files: [] }]),
    },
    { name: "import", isUser: true, store: (to) => to.import(exported, "high", progress) },
  ];
}

async function exportOfOne(): Promise<Uint8Array> {
  const memories = openMemories(await temporaryFolder());
  await memories.remember(note(`The ${SECRET} ledger`));
  return (await memories.export(progress)).bytes;
}

test("in a private session nothing is stored, whoever asks and however, and memories are found", async () => {
  const folder = await temporaryFolder();
  const guard = new WriteGuard(new Shared().values);
  const memories = openMemories(folder, { guard });
  await memories.remember(note("The marmalade queue"));
  await guard.setPrivate(true);
  for (const { name, store } of entryPoints(await exportOfOne()))
    await assert.rejects(store(memories), NotRecordingError, name);
  assert.equal((await memories.search({ text: "marmalade" })).total, 1);
  assert.equal((await memories.search({ text: SECRET })).total, 0);
  await memories.dispose();
  assert.doesNotMatch(await everythingIn(folder), new RegExp(SECRET));
});

test("after a private session everything is stored again", async () => {
  const guard = new WriteGuard(new Shared().values);
  await guard.setPrivate(true);
  await guard.setPrivate(false);
  for (const { store } of entryPoints(await exportOfOne())) {
    const memories = openMemories(await temporaryFolder(), { guard });
    await store(memories);
    assert.equal((await memories.search({ text: SECRET })).total, 1);
  }
});

test("what is asked before a private session begins and stored after is not stored", async () => {
  const guard = new WriteGuard(new Shared().values);
  const memories = openMemories(await temporaryFolder(), { guard });
  // The module is being loaded when the session begins.
  const remembering = memories.remember(note(`The ${SECRET} ledger`));
  await guard.setPrivate(true);
  await assert.rejects(remembering, NotRecordingError);
});

test("while paused, only what the user asks for is stored", async () => {
  const guard = new WriteGuard(new Shared().values);
  await guard.setPaused(true);
  for (const { name, isUser, store } of entryPoints(await exportOfOne())) {
    const memories = openMemories(await temporaryFolder(), { guard });
    if (isUser) await store(memories);
    else await assert.rejects(store(memories), NotRecordingError, name);
    assert.equal((await memories.search({ text: SECRET })).total, isUser ? 1 : 0, name);
  }
});

test("forgetting works in a private session", async () => {
  const guard = new WriteGuard(new Shared().values);
  const memories = openMemories(await temporaryFolder(), { guard });
  await memories.remember(note("The marmalade queue"));
  await guard.setPrivate(true);
  assert.equal((await memories.forget({ text: "marmalade" })).forgotten, 1);
});

test("a private session and a pause outlive the extension host, and belong to one workspace", async () => {
  const [here, elsewhere] = [new Shared(), new Shared()];
  await new WriteGuard(here.values).setPrivate(true);
  await new WriteGuard(here.values).setPaused(true);
  const next = new WriteGuard(here.values);
  assert.deepEqual([next.isPrivate, next.isPaused], [true, true]);
  const other = new WriteGuard(elsewhere.values);
  assert.deepEqual([other.isPrivate, other.isPaused], [false, false]);
  await next.setPrivate(false);
  await next.setPaused(false);
  assert.equal(here.noted.size, 0);
});

test("assistants remember 60 times a minute, all of them together, and users as often as they like", () => {
  const guard = new WriteGuard(new Shared().values);
  for (let count = 0; count < WRITES_PER_MINUTE; count += 1)
    guard.admit("assistant", 1_000 + count);
  assert.throws(() => guard.admit("assistant", 31_000), TooManyWritesError);
  for (let count = 0; count < 200; count += 1) guard.admit("user", 31_000);
  guard.admit("assistant", 61_001);
});

test("who comes too often is told how long to wait, and no clock makes it hours", () => {
  const limit = new RateLimit(2, 60_000);
  assert.deepEqual([limit.take(0), limit.take(10_000), limit.take(20_000)], [0, 0, 40_000]);
  assert.equal(limit.take(60_000), 0);
  assert.equal(limit.take(60_001), 9_999);
  // Set back by a day.
  assert.equal(limit.take(-86_400_000), 0);
});

test("a model is told what to do instead", () => {
  assert.match(notRecordingText(new NotRecordingError("private")), /private session.*Do not try/);
  assert.match(notRecordingText(new NotRecordingError("paused")), /paused.*\/remember/);
  assert.match(tooManyWritesText(new TooManyWritesError(12_345)), /Wait 13 s.*one memory/);
});

test("what assistants remember is counted until the user has dealt with it", () => {
  const counts: number[] = [];
  const { values } = new Shared();
  const writes = new AssistantWrites(values, (count) => counts.push(count));
  writes.note(["a"]);
  writes.note(["b", "c"]);
  assert.deepEqual(writes.ids, ["a", "b", "c"]);
  writes.settle(["a", "b"]);
  assert.deepEqual(writes.ids, ["c"]);
  writes.note(Array.from({ length: 1_500 }, (_, index) => String(index)));
  assert.equal(writes.ids.at(-1), "1499");
  assert.deepEqual(counts, [1, 3, 1, 1_000]);
});

test("a new window still says what assistants have remembered in the old one", () => {
  const { values, noted } = new Shared();
  const ignore = (): void => {};
  new AssistantWrites(values, ignore).note(["a", "b"]);
  const counts: number[] = [];
  const reloaded = new AssistantWrites(values, (count) => counts.push(count));
  assert.deepEqual(reloaded.ids, ["a", "b"]);
  reloaded.settle(["a", "b"]);
  assert.deepEqual(counts, [2, 0]);
  assert.deepEqual(new AssistantWrites(values, ignore).ids, []);
  for (const [name] of noted) noted.set(name, "damaged");
  assert.deepEqual(new AssistantWrites(values, ignore).ids, []);
});

test("memories tell what an assistant has written, and undoing it ends it", async () => {
  const folder = await temporaryFolder();
  const written: string[] = [];
  const memories = openMemories(folder, { onAssistantWrite: (ids) => written.push(...ids) });
  await memories.remember(note("By the user"));
  const byAssistant = { origin: { ...origin, provenance: "assistant" as const } };
  await memories.remember(note(`The ${SECRET} ledger`, byAssistant));
  await memories.remember(note("<private>nothing else</private>", byAssistant));
  await memories.append([observation("assistant"), observation("user")]);
  assert.equal(written.length, 2);
  const [memory] = await memories.get(written);
  assert.equal(memory?.provenance, "assistant");
  assert.equal((await memories.forget({ ids: written })).forgotten, 2);
  assert.equal((await memories.get(written)).length, 0);
});

test("undoing what a client changed gives a memory its own words again", async () => {
  const writes = new AssistantWrites(new Shared().values, () => {});
  const memories = openMemories(await temporaryFolder(), {
    onAssistantWrite: (ids) => writes.note(ids),
  });
  const by = memories.askedBy("client");
  await memories.remember(note("The gate stays shut"));
  const id = (await memories.recent({})).hits[0]?.id ?? "";
  await by.append([{ kind: "edit", of: id, title: "The gate stays open" }]);
  const [added] = await by.append([observation("assistant")]);
  assert.ok(added?.status === "pending");
  await by.append([{ kind: "edit", of: added.id, title: "Its own" }]);
  assert.deepEqual(await writes.memories(memories), [id, added.id]);
  const undone = await writes.undo(memories);
  assert.deepEqual([undone?.report.forgotten, undone?.edits], [1, 1]);
  assert.deepEqual(
    (await memories.recent({})).hits.map(({ title }) => title),
    ["The gate stays shut"],
  );
});

test("undoing what assistants remembered passes over what is gone, and can be tried again", async () => {
  const writes = new AssistantWrites(new Shared().values, () => {});
  const memories = openMemories(await temporaryFolder(), {
    onAssistantWrite: (ids) => writes.note(ids),
  });
  const byAssistant = { origin: { ...origin, provenance: "assistant" as const } };
  for (const text of ["One", "Two"]) await memories.remember(note(text, byAssistant));
  await memories.forget({ ids: writes.ids.slice(0, 1) });
  // Noted, and then the host was ended before it was written.
  writes.note(["01a1fdeb-565f-77b1-b220-cf92fe405b6c"]);
  const full = {
    get: (ids: string[]) => memories.get(ids),
    editedBy: (ids: string[]) => memories.editedBy(ids),
    forget: () => Promise.reject(new Error("the disk is full")),
  };
  await assert.rejects(writes.undo(full), /full/);
  assert.equal(writes.ids.length, 3);
  assert.equal((await writes.undo(memories))?.report.forgotten, 1);
  assert.deepEqual(writes.ids, []);
  assert.equal((await memories.recent({})).total, 0);
  assert.equal(await writes.undo(memories), undefined);
});

const NOT_REWRITING = { depth: 0, isAsking: false, rewritten: 0, failed: 0 };

test("the status bar says the worst first", () => {
  const l10n = { t: (message: string) => message };
  const all: RecordingState = {
    isLocked: true,
    isPrivate: true,
    isPaused: true,
    saved: { isSaved: false, isPaused: true, reason: "ENOSPC" },
    captured: [],
    rewriting: NOT_REWRITING,
    meaning: {},
  };
  const seen: string[] = [];
  const say = (state: RecordingState): void => {
    const { text, command } = statusText(state, l10n);
    seen.push(`${text.replace(/^\$\(.*?\) /, "")}: ${command}`);
  };
  say(all);
  say({ ...all, isLocked: false });
  say({ ...all, isLocked: false, saved: { isSaved: false, isPaused: false, reason: "ENOSPC" } });
  say({ ...all, isLocked: false, saved: { isSaved: true } });
  say({ ...all, isLocked: false, saved: { isSaved: true }, isPrivate: false });
  say({ ...all, isLocked: false, saved: { isSaved: true }, isPrivate: false, isPaused: false });
  assert.deepEqual(seen, [
    "Memories locked: recollect.unlock",
    "Recording paused: not saved: recollect.showLog",
    "Memories not saved: recollect.showLog",
    "Private session: recollect.endPrivateSession",
    "Memory paused: recollect.resume",
    "Memory: recollect.openView",
  ]);
});

test("no click on the status bar turns recording off", () => {
  const off = ["recollect.startPrivateSession", "recollect.pause"];
  for (let bits = 0; bits < 16; bits += 1) {
    const [isLocked, isPrivate, isPaused, isSaved] = [1, 2, 4, 8].map((bit) => (bits & bit) > 0);
    const { command } = statusText(
      {
        ...{ isLocked: isLocked === true, isPrivate: isPrivate === true, captured: [] },
        ...{ isPaused: isPaused === true, rewriting: NOT_REWRITING, meaning: {} },
        saved: isSaved === true ? { isSaved } : { isSaved: false, isPaused: false, reason: "" },
      },
      plainWords,
    );
    assert.ok(!off.includes(command), command);
  }
});

test("the status bar counts the memories of today, and says so to a screen reader", () => {
  const state = { isLocked: false, isPrivate: false, isPaused: false, saved: { isSaved: true } };
  const say = (today?: number): string[] => {
    const counted = today === undefined ? {} : { today };
    const { text, spoken } = statusText(
      {
        ...state,
        captured: [],
        rewriting: NOT_REWRITING,
        meaning: {},
        ...counted,
      } as RecordingState,
      plainWords,
    );
    return [text, spoken];
  };
  assert.deepEqual(say(12), [
    "$(record-small) Memory · 12 today",
    "Memory, 12 today; press to open it",
  ]);
  assert.deepEqual(say(0), ["$(record-small) Memory", "Memory; press to open it"]);
  assert.deepEqual(say(), say(0));
});

test("while memories are recorded the status bar tells what is captured", () => {
  const l10n = {
    t: (message: string, ...values: (string | number)[]) =>
      message.replace(/\{(\d)\}/g, (_, index: string) => String(values[Number(index)])),
  };
  const tooltip = (
    captured: RecordingState["captured"],
    rewriting: RecordingState["rewriting"] = NOT_REWRITING,
    meaning: RecordingState["meaning"] = {},
  ): string =>
    statusText(
      {
        ...{ isLocked: false, isPrivate: false, isPaused: false, saved: { isSaved: true } },
        ...{ captured, rewriting, meaning },
      },
      l10n,
    ).tooltip;
  assert.match(tooltip(["edits", "git"]), /It captures by itself: edits, commits\./);
  assert.match(tooltip([]), /Nothing is captured by itself/);
  const waiting = { ...NOT_REWRITING, depth: 3 };
  assert.match(tooltip([], waiting), /A language model is to rewrite 3 memories\./);
  assert.match(tooltip([], { ...waiting, isAsking: true }), /A language model rewrites 3 memories/);
  assert.doesNotMatch(tooltip([]), /Search|settings/);
  const failed = tooltip([], NOT_REWRITING, { table: "ENOENT", model: "config.json: t5" });
  assert.match(
    failed,
    /Search goes by words alone.*: ENOENT The model .* not used: config\.json: t5/,
  );
});
