import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { claudeCode } from "../src/common/import/claudeCode.js";
import { codex } from "../src/common/import/codex.js";
import type { Importer } from "../src/common/import/Importer.js";
import { countIn, takeIn, type TakenIn } from "../src/common/import/takeIn.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const START = Date.parse("2026-01-05T10:00:00Z");
const files = nodeImportFiles;
const { signal } = new AbortController();

let clock = 0;

function turn(type: "user" | "assistant", content: unknown, more: object = {}): string {
  clock += 1_000;
  return JSON.stringify({
    ...{ type, uuid: `turn-${clock}`, sessionId: "s1", cwd: "/work/shop" },
    timestamp: new Date(START + clock).toISOString(),
    message: { role: type, content },
    ...more,
  });
}

/** One session: a prompt, a use of a tool and its result, and the last words. */
function transcript(prompt: string, more: object = {}): string[] {
  const id = `tool-${clock}`;
  const input = { command: "npm test" };
  return [
    turn("user", prompt, more),
    turn("assistant", [{ type: "tool_use", id, name: "Bash", input }], more),
    turn("user", [{ type: "tool_result", tool_use_id: id, content: "12 passed" }], more),
    turn("assistant", [{ type: "text", text: "We decided to retry three times." }], more),
  ];
}

async function imported(importer: Importer, folder: string, memories: Memories): Promise<TakenIn> {
  const placeOf = () => Promise.resolve({ project: origin.project, roots: ["/work/shop"] });
  return takeIn(importer, await importer.find(files, folder), {
    ...{ files, memories, signal, placeOf },
  });
}

async function claudeFolder(root: string, lines: readonly string[]): Promise<string> {
  const folder = join(root, "projects", "-work-shop");
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "s1.jsonl"), lines.join("\n"));
  return join(root, "projects");
}

test("a transcript becomes what a live session would have become, at its time", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const folder = await claudeFolder(root, transcript("Fix the retry of uploads"));
  const taken = await imported(claudeCode, folder, memories);
  assert.deepEqual([taken.files, taken.sessions, taken.skipped], [1, 1, []]);
  const { hits } = await memories.recent({ session: "s1" });
  assert.deepEqual(hits.map(({ kind }) => kind).sort(), ["observation", "prompt", "summary"]);
  for (const { at, provenance, project } of hits) {
    assert.ok(at > START && at <= START + clock, "as long ago as it happened");
    assert.equal(provenance, "import");
    assert.deepEqual(project, origin.project);
  }
  const { session } = await memories.session("s1");
  assert.equal(session.source, "claude-code");
  const found = await memories.search({ text: "retry three times" });
  assert.equal(found.hits[0]?.kind, "summary");
});

test("doing it again adds nothing, and a session that went on adds only what is new", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const lines = transcript("Fix the retry of uploads");
  const folder = await claudeFolder(root, lines);
  const first = await imported(claudeCode, folder, memories);
  assert.ok(first.added > 0);
  const again = await imported(claudeCode, folder, memories);
  assert.deepEqual([again.added, again.known], [0, first.added]);
  lines.push(...transcript("Now count the parcels"));
  await claudeFolder(root, lines);
  await imported(claudeCode, folder, memories);
  const { hits } = await memories.recent({ session: "s1", kinds: ["prompt"] });
  assert.deepEqual(
    hits.map(({ title }) => title),
    ["Now count the parcels", "Fix the retry of uploads"],
  );
});

test("what was recorded as it happened is not added a second time", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const folder = await claudeFolder(root, transcript("Fix the retry of uploads"));
  const live = { ...origin, session: "s1" };
  await memories.append([
    { kind: "prompt", origin: live, at: START, number: 1, text: "Fix the retry of uploads" },
  ]);
  const taken = await imported(claudeCode, folder, memories);
  assert.deepEqual([taken.added, taken.live > 0], [0, true]);
});

test("what is damaged, half written or of another form is named, and the rest is read", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const [prompt = "", ...rest] = transcript("Fix the retry of uploads");
  const strange = JSON.stringify({ type: "user", message: { content: "no time" } });
  const future = JSON.stringify({ type: "of a later version", payload: 1 });
  const lines = [prompt, "{ broken", "[]", strange, future, ...rest, prompt.slice(0, 40)];
  const taken = await imported(claudeCode, await claudeFolder(root, lines), memories);
  assert.deepEqual(
    taken.skipped.map(({ line }) => line),
    [2, 3, 4, 9],
  );
  const { hits } = await memories.recent({ session: "s1" });
  assert.equal(hits.length, 3);
});

test("private tags and secrets of a transcript are in no file", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const hidden = ["wood", "pecker"].join("");
  const secret = ["ghp", "A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6Q7r8"].join("_");
  const lines = [
    ...transcript(`Use <private>${hidden}</private> and ${secret} to log in`),
    turn("user", `<private>${hidden}</private>`),
    turn("assistant", [{ type: "text", text: `We decided on ${secret}.` }]),
  ];
  const folder = await claudeFolder(root, lines);
  assert.ok((await imported(claudeCode, folder, memories)).added > 0);
  const segments = join(root, "mem1");
  const names = await readdir(segments, { recursive: true, withFileTypes: true });
  const stored = names.filter((entry) => entry.isFile());
  assert.ok(stored.length > 0);
  for (const { parentPath, name } of stored) {
    const text = await readFile(join(parentPath, name), "utf8");
    for (const planted of [hidden, secret]) assert.ok(!text.includes(planted), name);
  }
});

test("what was forgotten stays so", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const folder = await claudeFolder(root, transcript("Fix the retry of uploads"));
  await imported(claudeCode, folder, memories);
  const { hits } = await memories.recent({ session: "s1" });
  await memories.forget({ ids: hits.map(({ id }) => id) });
  const again = await imported(claudeCode, folder, memories);
  assert.equal(again.added, 0);
  assert.ok(again.forgotten > 0);
});

test("Codex's sessions are read, without what nobody typed", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const folder = join(root, "sessions", "2026", "01", "05");
  await mkdir(folder, { recursive: true });
  const timestamp = new Date(START).toISOString();
  const line = (type: string, payload: object): string =>
    JSON.stringify({ timestamp, type, payload });
  const said = (role: string, text: string): string =>
    line("response_item", { type: "message", role, content: [{ type: "input_text", text }] });
  const lines = [
    line("session_meta", { id: "thread-1", cwd: "/work/shop" }),
    said("user", "<environment_context>none</environment_context>"),
    said("user", "Sort the parcels by weight"),
    said("assistant", "We decided to sort them when they come in."),
  ];
  await writeFile(join(folder, "rollout-2026-01-05-thread-1.jsonl"), lines.join("\n"));
  await imported(codex, join(root, "sessions"), memories);
  const { hits } = await memories.recent({ session: "thread-1", kinds: ["prompt"] });
  assert.deepEqual(
    hits.map(({ title }) => title),
    ["Sort the parcels by weight"],
  );
});

test("counting keeps nothing, and an empty folder has nothing", async () => {
  const root = await temporaryFolder();
  const folder = await claudeFolder(root, transcript("Fix the retry of uploads"));
  const counted = await countIn(claudeCode, await claudeCode.find(files, folder), {
    files,
    signal,
  });
  assert.deepEqual([counted.files, counted.sessions, counted.turns], [1, 1, 3]);
  assert.deepEqual(await claudeCode.find(files, join(root, "nowhere")), []);
});
