import assert from "node:assert/strict";
import { mkdir, readFile, readdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { claudeCode } from "../src/common/import/claudeCode.js";
import { codex } from "../src/common/import/codex.js";
import type { Importer, ImportFiles } from "../src/common/import/Importer.js";
import { SUB_AGENT } from "../src/common/import/jsonLines.js";
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
    ...{ type, uuid: `turn-${clock}`, sessionId: "s1", cwd: "/srv/shop" },
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
  const placeOf = () => Promise.resolve({ project: origin.project, roots: ["/srv/shop"] });
  return takeIn(importer, await importer.find(files, folder), {
    ...{ files, memories, signal, placeOf },
  });
}

async function claudeFolder(root: string, lines: readonly string[]): Promise<string> {
  const folder = join(root, "projects", "-srv-shop");
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
  assert.deepEqual([again.added, again.known, again.knownSessions], [0, 0, 1]);
  assert.equal(again.turns, first.turns);
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
  assert.deepEqual([again.known, again.knownSessions], [0, 1]);
});

/** A file of Codex. */
function rollout(
  meta: object,
  said: readonly [turn: string, role: string, text: string][],
): string {
  const timestamp = new Date(START + (clock += 1_000)).toISOString();
  const line = (type: string, payload: object): string =>
    JSON.stringify({ timestamp, type, payload });
  const lines = said.flatMap(([turn, role, text]) => [
    line("turn_context", { turn_id: turn, cwd: "/srv/shop" }),
    line("response_item", { type: "message", role, content: [{ type: "input_text", text }] }),
  ]);
  return [line("session_meta", { cwd: "/srv/shop", ...meta }), ...lines].join("\n");
}

const PARCELS: readonly [string, string, string][] = [
  ["turn-1", "user", "<environment_context>none</environment_context>"],
  ["turn-1", "user", "Sort the parcels by weight"],
  ["turn-1", "assistant", "We decided to sort them when they come in."],
];

async function codexFolder(root: string, contents: Readonly<Record<string, string>>) {
  for (const [path, text] of Object.entries(contents)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  }
}

async function promptsIn(memories: Memories): Promise<string[]> {
  const { hits } = await memories.recent({ kinds: ["prompt"] });
  return hits.map(({ title }) => title).sort();
}

test("Codex's sessions are read, without what nobody typed", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  await codexFolder(root, {
    "sessions/2026/01/05/rollout-2026-01-05-thread-1.jsonl": rollout({ id: "thread-1" }, PARCELS),
  });
  await imported(codex, root, memories);
  assert.deepEqual(await promptsIn(memories), ["Sort the parcels by weight"]);
});

test("a command that Codex gave a shell as a list is told as it was typed", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const call = (payload: object): string =>
    JSON.stringify({
      timestamp: new Date(START + (clock += 1_000)).toISOString(),
      ...{ type: "response_item", payload: { call_id: "c1", ...payload } },
    });
  const command = ["bash", "-lc", "make flash BOARD=gull3"];
  const uses = [
    call({ type: "function_call", name: "shell", arguments: JSON.stringify({ command }) }),
    call({ type: "function_call_output", output: JSON.stringify({ output: "flashed 412 kB" }) }),
  ];
  await codexFolder(root, {
    "sessions/rollout-2026-01-05-thread-1.jsonl": [
      rollout({ id: "thread-1" }, PARCELS),
      ...uses,
    ].join("\n"),
  });
  await imported(codex, root, memories);
  const { hits } = await memories.recent({ kinds: ["observation"] });
  assert.deepEqual(
    hits.map(({ title }) => title),
    ["Builds or checks: `make flash BOARD=gull3`"],
  );
});

test("a fork of Codex adds what is its own, though its parent is archived and its times are others", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const fork = { id: "thread-2", forked_from_id: "thread-1" };
  await codexFolder(root, {
    "archived_sessions/rollout-2026-01-05-thread-1.jsonl": rollout({ id: "thread-1" }, PARCELS),
    "sessions/2026/01/06/rollout-2026-01-06-thread-2.jsonl": rollout(fork, [
      ...PARCELS,
      ["turn-2", "user", "Sort the parcels by size"],
    ]),
  });
  await imported(codex, root, memories);
  const both = ["Sort the parcels by size", "Sort the parcels by weight"];
  assert.deepEqual(await promptsIn(memories), both);
  const again = await imported(codex, root, memories);
  assert.deepEqual([again.added, again.knownSessions], [0, 2]);
});

test("lines before what Codex told already do not make it told anew", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const path = "sessions/2026/01/05/rollout-2026-01-05-thread-1.jsonl";
  const text = rollout({ id: "thread-1" }, PARCELS);
  await codexFolder(root, { [path]: text });
  await imported(codex, root, memories);
  const more = JSON.stringify({
    timestamp: "2026-01-05T10:00:00Z",
    type: "compacted",
    payload: {},
  });
  await codexFolder(root, { [path]: text.replace("\n", `\n${more}\n${more}\n`) });
  assert.equal((await imported(codex, root, memories)).added, 0);
});

test("a sub-agent's session is named as left out", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const meta = { id: "thread-3", source: { subagent: { thread_spawn: { depth: 1 } } } };
  await codexFolder(root, { "sessions/rollout-2026-01-05-thread-3.jsonl": rollout(meta, PARCELS) });
  const taken = await imported(codex, root, memories);
  assert.deepEqual([taken.added, taken.skipped.map(({ reason }) => reason)], [0, [SUB_AGENT]]);
  const claude = join(root, "projects", "-srv-shop", "s1", "subagents");
  await mkdir(claude, { recursive: true });
  await writeFile(join(claude, "agent-1.jsonl"), transcript("Look around").join("\n"));
  const side = await imported(claudeCode, join(root, "projects"), memories);
  assert.deepEqual([side.added, side.skipped.map(({ reason }) => reason)], [0, [SUB_AGENT]]);
});

test("a copy of a session under another name adds nothing but what came after it", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const lines = transcript("Fix the retry of uploads");
  await imported(claudeCode, await claudeFolder(root, lines), memories);
  const copied = lines.map((line) => line.replace('"sessionId":"s1"', '"sessionId":"s2"'));
  copied.push(turn("user", "Now count the parcels", { sessionId: "s2" }));
  const other = await temporaryFolder();
  const taken = await imported(claudeCode, await claudeFolder(other, copied), memories);
  assert.deepEqual(await promptsIn(memories), [
    "Fix the retry of uploads",
    "Now count the parcels",
  ]);
  assert.ok(taken.known > 0);
});

test("each decision of a long session is kept, with the words of several turns in one summary", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const names = "alder birch cedar elder maple rowan spruce willow hazel larch linden poplar".split(
    " ",
  );
  const lines = names.flatMap((name) => [
    turn("user", `What about the ${name}?`),
    turn("assistant", [{ type: "text", text: `We decided to plant the ${name} first.` }]),
  ]);
  await imported(claudeCode, await claudeFolder(root, lines), memories);
  const { hits } = await memories.recent({ session: "s1", kinds: ["summary"] });
  const told = JSON.stringify(await memories.get(hits.map(({ id }) => id)));
  for (const name of names) assert.ok(told.includes(`plant the ${name}`), name);
  assert.ok(hits.length < names.length);
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

test("a long transcript is read as a stream: what is read is durable before much more is", async () => {
  const memories = openMemories(await temporaryFolder());
  const taken = memories.import.bind(memories);
  let [durable, most, read] = [0, 0, 0];
  memories.import = async (bytes, trust, progress) => {
    const imported = await taken(bytes, trust, progress);
    durable += new TextDecoder().decode(bytes).split('"k":"prompt"').length - 1;
    return imported;
  };
  const held: ImportFiles = {
    ...files,
    async *lines() {
      for (; read < 3_000; read += 1) {
        most = Math.max(most, read - durable);
        yield turn("user", `Look at parcel ${read}`);
      }
    },
  };
  const placeOf = () => Promise.resolve({ project: origin.project, roots: [] });
  const found = [{ path: "/srv/s1.jsonl", bytes: 1, at: START }];
  await takeIn(claudeCode, found, { files: held, memories, signal, placeOf });
  assert.equal(durable, 3_000);
  assert.ok(most <= 2_200, `${most} turns were held`);
});
