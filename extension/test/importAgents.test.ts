/** What today's versions of agents write besides what earlier ones wrote. */
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { claudeCode } from "../src/common/import/claudeCode.js";
import { codex } from "../src/common/import/codex.js";
import { copilotCli } from "../src/common/import/copilotCli.js";
import { cursorAgent } from "../src/common/import/cursorAgent.js";
import { gemini } from "../src/common/import/gemini.js";
import type { Importer } from "../src/common/import/Importer.js";
import { SUB_AGENT } from "../src/common/import/jsonLines.js";
import { takeIn, type TakenIn } from "../src/common/import/takeIn.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { nodeImportFiles as files } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const AT = "2026-01-05T10:00:00.000Z";
const { signal } = new AbortController();

async function put(file: string, content: string | Uint8Array | readonly object[]): Promise<void> {
  await mkdir(dirname(file), { recursive: true });
  const isLines = Array.isArray(content);
  const text = isLines ? content.map((line) => JSON.stringify(line)).join("\n") : content;
  await writeFile(file, text as string | Uint8Array);
}

async function imported(importer: Importer, folder: string, memories: Memories): Promise<TakenIn> {
  const placeOf = (cwd: string) =>
    Promise.resolve({ project: { ...origin.project, id: cwd }, roots: [cwd] });
  const once = async (): Promise<TakenIn> =>
    takeIn(importer, await importer.find(files, folder), { files, memories, signal, placeOf });
  const taken = await once();
  assert.equal((await once()).added, 0, "again adds nothing");
  return taken;
}

async function told(memories: Memories, kind: "prompt" | "observation"): Promise<string[]> {
  const { hits } = await memories.recent({ kinds: [kind], limit: 100 });
  return hits.map(({ title, project }) => `${project.id}: ${title}`).sort();
}

const rollout = (said: string): string => {
  const line = (type: string, payload: object): string =>
    JSON.stringify({ timestamp: AT, type, payload });
  const action = { type: "exec", command: ["bash", "-lc", "npm install zod"] };
  return [
    line("session_meta", { id: said, cwd: "/srv/shop" }),
    line("response_item", {
      ...{ type: "message", role: "user", content: [{ type: "input_text", text: said }] },
    }),
    line("response_item", { type: "local_shell_call", call_id: "c1", status: "completed", action }),
    line("response_item", {
      ...{ type: "function_call_output", call_id: "c1" },
      output: [{ type: "input_text", text: "Process exited with code 0\nadded 1 package" }],
    }),
  ].join("\n");
};

/** Packs as Codex does, in blocks that are not made smaller: any reader of the format reads them. */
function packed(text: string): Uint8Array {
  const bytes = new TextEncoder().encode(text);
  const size = new DataView(new ArrayBuffer(4));
  size.setUint32(0, bytes.length, true);
  const head = [0x28, 0xb5, 0x2f, 0xfd, 0xa0, ...new Uint8Array(size.buffer)];
  const block = (bytes.length << 3) | 1;
  const kind = [block & 0xff, (block >> 8) & 0xff, (block >> 16) & 0xff];
  return Uint8Array.from([...head, ...kind, ...bytes]);
}

test("sessions that Codex has packed are read, unless they lie beside it unpacked; a damaged one is named", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  const day = join(root, "sessions", "2026", "01", "05");
  await put(join(day, "rollout-1.jsonl.zst"), packed(rollout("Sort the parcels by weight")));
  await put(join(day, "rollout-2.jsonl.zst"), packed(rollout("Read nobody reads this")));
  await put(join(day, "rollout-2.jsonl"), rollout("Sort the parcels by size"));
  await put(join(day, "rollout-3.jsonl.zst"), packed(rollout("Half")).subarray(0, 40));
  const taken = await imported(codex, root, memories);
  assert.deepEqual(
    taken.skipped.map(({ reason }) => reason),
    ["it cannot be unpacked, or only its beginning"],
  );
  assert.deepEqual(await told(memories, "prompt"), [
    "/srv/shop: Sort the parcels by size",
    "/srv/shop: Sort the parcels by weight",
  ]);
  const done = await told(memories, "observation");
  assert.ok(
    done.some((line) => line.includes("zod")),
    done.join("\n"),
  );
});

test("what the program zstd has packed is read", async (t) => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  const file = join(root, "sessions", "rollout-1.jsonl");
  const filler = Array.from({ length: 20_000 }, (_, n) => `{"n":${n}}`).join("\n");
  await put(file, `${filler}\n${rollout("Sort the parcels by weight")}`);
  const isThere = await new Promise((resolve) => {
    execFile("zstd", ["-q", "-3", "--rm", file], (error) => resolve(error === null));
  });
  if (isThere === false) {
    t.skip("zstd is not installed");
    return;
  }
  await imported(codex, root, memories);
  assert.deepEqual(await told(memories, "prompt"), ["/srv/shop: Sort the parcels by weight"]);
});

test("what a person typed while Claude Code worked is told, and what was put there is not", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  let id = 0;
  const line = (more: object): object => ({
    ...{ uuid: `u${(id += 1)}`, sessionId: "s1", cwd: "/srv/shop", timestamp: AT },
    ...more,
  });
  const queued = (prompt: unknown, more: object): object =>
    line({ type: "attachment", attachment: { type: "queued_command", prompt, ...more } });
  await put(join(root, "-srv-shop", "s1.jsonl"), [
    line({ type: "user", message: { role: "user", content: "Sort the parcels" } }),
    queued("And weigh them", { commandMode: "prompt", origin: { kind: "human" } }),
    queued([{ type: "text", text: "And count them" }], {}),
    queued("<task-notification>done</task-notification>", { commandMode: "task-notification" }),
    queued("Of another agent", { commandMode: "prompt", origin: { kind: "channel" } }),
    line({ type: "attachment", attachment: { type: "skill_listing", content: "Many skills" } }),
  ]);
  const taken = await imported(claudeCode, root, memories);
  assert.deepEqual(taken.skipped, []);
  assert.deepEqual(await told(memories, "prompt"), [
    "/srv/shop: And count them",
    "/srv/shop: And weigh them",
    "/srv/shop: Sort the parcels",
  ]);
});

test("of the Copilot CLI's events neither a sub-agent's nor a skill's are a person's", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  let id = 0;
  const event = (type: string, data: object, more: object = {}): object => ({
    ...{ type, data, timestamp: AT, id: `e${(id += 1)}` },
    ...more,
  });
  const asked = { parentAgentTaskId: "t1", transformedContent: "<now>…</now> Sort the parcels" };
  await put(join(root, "session-state", "x", "events.jsonl"), [
    event("session.start", { sessionId: "c1", context: { cwd: "/srv/shop" } }),
    event("user.message", { content: "Sort the parcels", ...asked }),
    event("user.message", { content: "How to read a PDF", source: "skill-pdf" }),
    event("user.message", { content: "Look around" }, { agentId: "a1" }),
    event("assistant.message", { content: "Of no use to anybody" }, { agentId: "a1" }),
  ]);
  const taken = await imported(copilotCli, root, memories);
  assert.deepEqual(await told(memories, "prompt"), ["/srv/shop: Sort the parcels"]);
  assert.deepEqual(
    taken.skipped.map(({ reason }) => reason),
    [SUB_AGENT],
  );
});

test("of Gemini's messages what was typed is told, without the files that were put into it", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  const content = [{ text: "Explain @parcel.ts" }, { text: "--- Content of parcel.ts ---" }];
  await put(join(root, "tmp", "shop", "chats", "session-1.jsonl"), [
    { sessionId: "g1", projectHash: "x", kind: "main" },
    { id: "m1", timestamp: AT, type: "user", content, displayContent: "Explain @parcel.ts" },
  ]);
  await imported(gemini, root, memories);
  assert.deepEqual(await told(memories, "prompt"), ["user: Explain @parcel.ts"]);
});

const said = (role: string, text: string): object => ({
  ...{ role, message: { content: [{ type: "text", text }] } },
});

test("transcripts of Cursor's agent are read in order, with the folder that their project names", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  const file = join(root, "srv-shop", "agent-transcripts", "c1", "c1.jsonl");
  const lines = [
    said("user", "<context>much</context>\n<user_query>\nSort the parcels\n</user_query>"),
    said("assistant", "We decided to sort the parcels by weight, the heaviest first."),
    { type: "turn_ended" },
    said("user", "Count the parcels"),
  ];
  await put(file, lines);
  await put(join(root, "srv-shop", ".workspace-trusted"), '{"workspacePath":"/srv/shop"}');
  await imported(cursorAgent, root, memories);
  const { hits } = await memories.recent({ kinds: ["prompt"] });
  assert.deepEqual(
    hits.map(({ title, project }) => `${project.id}: ${title}`),
    ["/srv/shop: Count the parcels", "/srv/shop: Sort the parcels"],
  );
  // It goes on, and is another file by then.
  await put(file, [...lines, said("user", "Weigh the parcels")]);
  const more = await imported(cursorAgent, root, memories);
  assert.deepEqual(more.skipped, []);
  assert.equal((await told(memories, "prompt")).length, 3);
});

test("a session of Cursor that something else has told is not told again by its transcript", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(await temporaryFolder());
  const text = "Sort the parcels";
  const kind = "prompt";
  await memories.append([
    { kind, origin: { ...origin, session: "c1" }, at: Date.parse(AT), number: 1, text },
  ]);
  const file = join(root, "shop", "agent-transcripts", "c1", "c1.jsonl");
  await put(file, [said("user", text), said("assistant", "They are sorted.")]);
  const taken = await imported(cursorAgent, root, memories);
  assert.equal(taken.added, 0);
  assert.deepEqual(
    taken.skipped.map(({ reason }) => reason),
    ["a session that something else has told already"],
  );
});
