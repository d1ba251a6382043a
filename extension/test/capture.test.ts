import assert from "node:assert/strict";
import { test } from "node:test";
import type { NewRecord } from "recollect-wasm";
import { CaptureSession } from "../src/common/capture/CaptureSession.js";
import type { Verdict } from "../src/common/capture/Exclusions.js";
import type { Happening } from "../src/common/capture/Happening.js";
import { Recorder, type CapturedFolder } from "../src/common/capture/Recorder.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { WriteGuard } from "../src/common/memories/WriteGuard.js";
import { LogLines, openMemories, origin } from "./openMemories.js";
import { Shared } from "./secrets.js";
import { everythingIn, temporaryFolder } from "./temporaryFolder.js";

const MINUTE = 60_000;

/** A session whose ends are noted. */
function openSession(kept = new Shared().values, ended: string[] = []) {
  let count = 0;
  const session = new CaptureSession({
    kept,
    newKey: () => `session-${(count += 1)}-${kept.get("name") === undefined ? "a" : "b"}`,
    onEnd: async (key) => void ended.push(key),
  });
  return { session, kept, ended };
}

const folder: CapturedFolder = {
  project: origin.project,
  workspace: "file:///home/me/project",
  root: "/home/me/project",
  isFile: async () => true,
  verdict: async (path): Promise<Verdict> =>
    path.startsWith("ignored/") ? "excluded" : path.startsWith("diary") ? "denied" : "kept",
};

function happening(type: string, file: string, more: Partial<Happening> = {}): Happening {
  const now = Date.now();
  return { source: "files", type, at: now, folder: "file:///home/me/project", file, ...more };
}

/** A recorder over records, or over the real module. */
function openRecorder(memories?: Memories, guard?: WriteGuard) {
  const records: NewRecord[] = [];
  const { session, ended } = openSession();
  const recorder = new Recorder({
    session,
    folder: async () => folder,
    store: async (some) => {
      records.push(...some);
      return (await memories?.appendLater(some)) ?? [];
    },
    filtered: async (text) => (memories === undefined ? text : memories.filtered(text)),
    mayCapture: () => guard === undefined || !(guard.isPaused || guard.isPrivate),
    ide: "Test Editor",
    log: new LogLines(),
    collectMs: 5,
  });
  return { recorder, records, session, ended };
}

test("a session begins with its first record and ends half an hour after its last", () => {
  const { session, ended } = openSession();
  assert.equal(session.keyAt(0), undefined);
  assert.deepEqual(session.enter(0), { key: "session-1-a", isNew: true });
  assert.deepEqual(session.enter(29 * MINUTE), { key: "session-1-a", isNew: false });
  assert.deepEqual(session.enter(60 * MINUTE), { key: "session-2-a", isNew: true });
  assert.deepEqual(ended, ["session-1-a"]);
});

test("a session ends by itself when nothing happens any more", async () => {
  const ended: string[] = [];
  const session = new CaptureSession({
    kept: new Shared().values,
    newKey: () => "k",
    onEnd: async (key) => void ended.push(key),
    idleMs: 20,
  });
  session.enter(Date.now());
  await new Promise((resolve) => setTimeout(resolve, 80));
  assert.deepEqual(ended, ["k"]);
  assert.equal(session.keyAt(Date.now()), undefined);
});

test("a reload goes on with the session, whether or not the window could end it", async () => {
  for (const isClosed of [true, false]) {
    const kept = new Shared().values;
    const before = openSession(kept);
    before.session.enter(0);
    if (isClosed) await before.session.close();
    assert.equal(before.ended.length, isClosed ? 1 : 0);
    const after = openSession(kept);
    assert.deepEqual(after.session.enter(10 * MINUTE), { key: "session-1-a", isNew: false });
    assert.deepEqual(after.ended, []);
  }
});

test("a session that a window left behind is ended by the next one", async () => {
  const kept = new Shared().values;
  openSession(kept).session.enter(5);
  await kept.update("name", "b");
  const after = openSession(kept);
  assert.equal(after.session.enter(60 * MINUTE).isNew, true);
  assert.deepEqual(after.ended, ["session-1-a"]);
});

test("what happens becomes a session, events, and files with their importance", async () => {
  const { recorder, records } = openRecorder();
  recorder.take(
    happening("file_open", "src/a.ts", { details: () => ({ language: "typescript" }) }),
  );
  recorder.take(happening("code_edit", "src/a.ts", { content: "3 lines added", source: "edits" }));
  recorder.take(happening("file_save", "src/a.ts"));
  await recorder.settle();
  const kinds = records.map((record) =>
    record.kind === "event" ? record.type : record.kind === "context" ? record.item : record.kind,
  );
  assert.deepEqual(kinds, [
    "session",
    "file_open",
    { file: { path: "src/a.ts", importance: 0.3 } },
    "code_edit",
    { file: { path: "src/a.ts", importance: 0.8 } },
    "file_save",
  ]);
  const [session, open] = records;
  assert.ok(session?.kind === "session" && open?.kind === "event");
  assert.deepEqual([session.source, session.ide], ["vscode", "Test Editor"]);
  assert.deepEqual(open.metadata, { project: "project", language: "typescript" });
  assert.deepEqual(open.origin, {
    ...{ project: origin.project, provenance: "tool" },
    ...{ session: "session-1-a", workspace: "file:///home/me/project" },
  });
});

test("excluded files leave no trace, neither by themselves nor in lists and texts", async () => {
  const { recorder, records } = openRecorder();
  recorder.take(happening("file_open", "ignored/zanthoxylum.ts"));
  recorder.take(happening("file_open", "diary"));
  const nowhere: Happening = {
    ...{ source: "git", type: "git_commit", at: Date.now(), folder: "file:///home/me/project" },
    files: ["src/a.ts", "ignored/zanthoxylum.ts", "diary/zanthoxylum.md"],
    content: "Mend the lock",
  };
  recorder.take(nowhere);
  recorder.take({ ...nowhere, files: ["ignored/zanthoxylum.ts"], content: "Mend zanthoxylum" });
  recorder.take({
    ...{ source: "terminal", type: "terminal_command", at: Date.now(), folder: nowhere.folder },
    naming: { command: "node ignored/zanthoxylum.ts" },
    content: "node ignored/zanthoxylum.ts\n\npassed",
  });
  recorder.take({
    ...{ source: "terminal", type: "terminal_command", at: Date.now(), folder: nowhere.folder },
    naming: { command: "vim diary/zanthoxylum.md" },
  });
  await recorder.settle();
  const text = JSON.stringify(records);
  assert.doesNotMatch(text, /zanthoxylum|diary/);
  const events = records.filter((record) => record.kind === "event");
  assert.deepEqual(
    events.map(({ type, content }) => [type, content]),
    [
      ["git_commit", "Mend the lock"],
      ["terminal_command", "node …\n\npassed"],
    ],
  );
  assert.deepEqual(events[0]?.metadata?.["files"], ["src/a.ts"]);
});

test("a long text is filtered before it is cut, and what stands behind it stays", async () => {
  const path = await temporaryFolder();
  const privacyRules = () => ({ patterns: ["codename [a-z]+ and [a-z]+"] });
  const memories = openMemories(path, { privacyRules });
  const { recorder, records } = openRecorder(memories);
  const token = `${["gh", "p_"].join("")}alpha${"Ab3".repeat(12)}`.slice(0, 40);
  const values = ["codename alpha and omega", `<private>alpha omega</private>`, token];
  for (const value of values) {
    for (const back of [2, 8, 12, 18, 24]) {
      const text = `${"word ".repeat(500).slice(0, 500 - back - 1)} ${value} ${"more ".repeat(200)}`;
      recorder.take(
        happening("terminal_command", "src/a.ts", {
          ...{ content: text, ending: "\n\npassed", naming: { command: text }, maxLength: 500 },
        }),
      );
    }
  }
  recorder.take(
    happening("terminal_command", "src/a.ts", {
      ...{ content: `<private>alpha ${"more ".repeat(200)}</private>`, maxLength: 500 },
    }),
  );
  await recorder.settle();
  await memories.dispose();
  const events = records.flatMap((record) => (record.kind === "event" ? [record] : []));
  assert.equal(events.length, values.length * 5);
  for (const { content = "", metadata } of events) {
    assert.ok(content.endsWith("…\n\npassed"), content.slice(-20));
    assert.ok(content.length < 520 && String(metadata?.["command"]).length <= 501);
  }
  const kept = await everythingIn(path);
  assert.match(kept, /word word/);
  assert.doesNotMatch(kept, /alpha|omega/);
});

test("a paused or private window captures nothing, also of what happened just before", async () => {
  const path = await temporaryFolder();
  const guard = new WriteGuard(new Shared().values);
  const memories = openMemories(path, { guard });
  // What is taken while the module still loads is looked at when it has loaded: paused by then.
  await memories.open();
  const { recorder } = openRecorder(memories, guard);
  recorder.take(happening("file_open", "src/kept.ts"));
  await recorder.settle();
  recorder.take(happening("file_open", "src/waiting.ts"));
  await guard.setPaused(true);
  recorder.discard();
  recorder.take(happening("file_open", "src/paused.ts"));
  await recorder.settle();
  await guard.setPaused(false);
  await guard.setPrivate(true);
  recorder.take(happening("file_open", "src/private.ts"));
  await guard.setPrivate(false);
  await recorder.settle();
  await memories.dispose();
  const kept = await everythingIn(path);
  assert.match(kept, /kept\.ts/);
  assert.doesNotMatch(kept, /waiting|paused\.ts|private\.ts/);
});

test("what is captured is found by its session, and its end is stored", async () => {
  const memories = openMemories(await temporaryFolder());
  const { recorder, session } = openRecorder(memories);
  recorder.take(happening("file_open", "src/a.ts"));
  await recorder.settle();
  const key = session.keyAt(Date.now()) ?? "";
  const { isNew, statistics } = await memories.endSession(key);
  assert.deepEqual([isNew, statistics.totalEvents], [true, 1]);
  const { hits } = await memories.recent({ session: key, kinds: ["event"] });
  assert.deepEqual(
    hits.map(({ title, provenance }) => [title, provenance]),
    [["Opened src/a.ts", "tool"]],
  );
});

test("one event that cannot be kept costs itself and not its group", async () => {
  const log = new LogLines();
  const path = await temporaryFolder();
  const memories = openMemories(path, { log });
  const keys = Array.from({ length: 70 }, (_, index) => [`k${index}`, "v"] as const);
  let deep: unknown = "end";
  for (let level = 0; level < 300; level += 1) deep = [deep];
  const circle: Record<string, unknown> = {};
  circle["self"] = circle;
  const bad: Happening[] = [
    happening("file_edit", `half-\u{d83d}.ts`),
    happening("file_edit", "a.ts", { metadata: Object.fromEntries(keys) }),
    happening("t".repeat(4_000), "a.ts"),
    happening("", "a.ts"),
    happening("file_edit", "a.ts", { metadata: { deep } }),
    happening("file_edit", "a.ts", { metadata: circle }),
    happening("file_edit", "a.ts", { metadata: { big: 1n } }),
    happening("file_edit", "a.ts", { at: Number.NaN }),
  ];
  for (const [number, event] of bad.entries()) {
    const { recorder } = openRecorder(memories);
    recorder.take(happening("file_edit", `before${number}.ts`));
    recorder.take(event);
    recorder.take(happening("file_edit", `after${number}.ts`));
    await recorder.settle();
  }
  await memories.dispose();
  const written = await everythingIn(path);
  for (const number of bad.keys())
    for (const file of [`before${number}.ts`, `after${number}.ts`])
      assert.ok(written.includes(file), `${file} beside event ${number}`);
  assert.ok(log.lines.some((line) => line.includes("cannot be kept")));
  assert.ok(!log.lines.some((line) => line.includes("half-") || line.includes("tttt")));
});
