import assert from "node:assert/strict";
import { mkdir, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { gzipSync } from "node:zlib";
import { claudeCode } from "../src/common/import/claudeCode.js";
import { copilotCli } from "../src/common/import/copilotCli.js";
import { editorChats, editorMemory } from "../src/common/import/editorChats.js";
import { earlierSessions } from "../src/common/import/earlierSessions.js";
import { gemini } from "../src/common/import/gemini.js";
import type { Importer } from "../src/common/import/Importer.js";
import { SUB_AGENT } from "../src/common/import/jsonLines.js";
import { claudeMemory, decisions } from "../src/common/import/markdownFiles.js";
import { basicMemory, mem0, openMemory } from "../src/common/import/memoryExports.js";
import { takeIn, type TakenIn } from "../src/common/import/takeIn.js";
import type { Memories } from "../src/common/memories/Memories.js";
import { nodeImportFiles } from "../src/node/import/nodeImportFiles.js";
import { openMemories, origin } from "./openMemories.js";
import { temporaryFolder } from "./temporaryFolder.js";

const files = nodeImportFiles;
const AT = "2026-01-05T10:00:00.000Z";
const { signal } = new AbortController();

async function put(root: string, contents: Readonly<Record<string, unknown>>): Promise<void> {
  for (const [path, content] of Object.entries(contents)) {
    const file = join(root, path);
    await mkdir(dirname(file), { recursive: true });
    const text = Array.isArray(content)
      ? content.map((line) => JSON.stringify(line)).join("\n")
      : typeof content === "string"
        ? content
        : JSON.stringify(content);
    await writeFile(file, text);
  }
}

/** Takes a folder in, and again, which must add nothing. */
async function imported(importer: Importer, folder: string, memories: Memories): Promise<TakenIn> {
  const folders: string[] = [];
  const once = async (): Promise<TakenIn> =>
    takeIn(importer, await importer.find(files, folder), {
      ...{ files, memories, signal },
      placeOf: (cwd) => {
        folders.push(cwd);
        return Promise.resolve({ project: { ...origin.project, id: cwd }, roots: [cwd] });
      },
    });
  const first = await once();
  assert.equal((await once()).added, 0, "again adds nothing");
  return first;
}

async function told(memories: Memories): Promise<string[]> {
  const { hits } = await memories.recent({ limit: 100 });
  const kinds = hits.map(({ kind, title, project }) => `${kind} ${project.id}: ${title}`);
  return kinds.sort();
}

async function reasons({ skipped }: TakenIn): Promise<string[]> {
  return Promise.resolve(skipped.map(({ reason }) => reason));
}

test("decisions that people wrote down become one memory a section, and a decision record one", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const shop = join(root, "shop");
  await put(shop, {
    "AGENTS.md":
      "# Shop\n\n## Tests\n\nRun `npm test`.\n\n```sh\n# no heading\n```\n\n## Style\n\nUse tabs.\n",
    ".cursor/rules/api.mdc": "---\ndescription: How calls are made\n---\nWith a time limit.\n",
    "docs/adr/0001-use-postgres.md":
      "# 1. Use Postgres\n\nDate: 2024-05-01\n\n## Status\n\nAccepted\n\n## Context\n\nMany writers.\n\n## Decision\n\nWe keep orders in Postgres.\n",
    "node_modules/x/AGENTS.md": "# Not ours\n\nNothing.\n",
  });
  const taken = await imported(decisions, shop, memories);
  assert.deepEqual(taken.skipped, []);
  assert.deepEqual(await told(memories), [
    `observation ${shop}: How calls are made`,
    `observation ${shop}: Style`,
    `observation ${shop}: Tests`,
    `observation ${shop}: Use Postgres`,
  ]);
  const { hits } = await memories.search({ text: "orders Postgres" });
  const [record] = await memories.get([hits[0]?.id ?? ""]);
  assert.equal(record?.type, "decision");
  assert.equal(record.at, Date.parse("2024-05-01"));
  assert.equal(record.provenance, "import");
  assert.match(JSON.stringify(record), /0001-use-postgres\.md/);
  // A file that was only written anew tells nothing new, and a changed section does.
  await put(shop, {
    "AGENTS.md":
      "# Shop\n\n## Tests\n\nRun `npm test`.\n\n```sh\n# no heading\n```\n\n## Style\n\nUse spaces.\n",
  });
  assert.equal((await imported(decisions, shop, memories)).added, 1);
});

test("an agent's memory files belong to the folder that its transcripts were made in", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  await put(root, {
    "projects/-srv-shop/s1.jsonl": [{ type: "mode" }, { type: "user", cwd: "/srv/shop" }],
    "projects/-srv-shop/memory/MEMORY.md": "# Deployments\n\nOnly on Mondays.\n",
  });
  await imported(claudeMemory, join(root, "projects"), memories);
  assert.deepEqual(await told(memories), ["observation /srv/shop: Deployments"]);
});

test("Gemini's chats are read as they stand after what was changed and taken back", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const said = (id: string, type: string, content: unknown, more: object = {}): object => ({
    ...{ id, timestamp: AT, type, content },
    ...more,
  });
  const args = { command: "npm install zod" };
  const toolCalls = [
    { id: "c1", name: "run_shell_command", args, status: "success", result: "added 1 package" },
  ];
  await put(root, {
    "projects.json": { projects: { "/srv/shop": "shop" } },
    "tmp/shop/chats/session-1.jsonl": [
      { sessionId: "g1", projectHash: "x", startTime: AT, kind: "main" },
      said("m1", "user", "Check the settings"),
      said("m2", "gemini", "We decided to use zod for settings.", { toolCalls }),
      said("m3", "user", [{ text: "Never mind this" }]),
      { $rewindTo: "m3" },
      said("m4", "user", [{ text: "Count the parcels" }]),
    ],
    "tmp/shop/chats/session-1.json": { sessionId: "g1", messages: [said("m9", "user", "Old")] },
    "tmp/shop/chats/session-2.jsonl": [{ sessionId: "g2", kind: "subagent" }],
    "tmp/shop/logs.json": [],
  });
  const taken = await imported(gemini, root, memories);
  assert.deepEqual(await reasons(taken), [SUB_AGENT]);
  const lines = await told(memories);
  assert.ok(lines.includes("prompt /srv/shop: Check the settings"), lines.join("\n"));
  assert.ok(lines.includes("prompt /srv/shop: Count the parcels"));
  assert.ok(!lines.some((line) => /Never mind|Old/.test(line)));
  const { hits } = await memories.search({ text: "zod settings" });
  assert.ok(hits.length >= 2);
});

test("the events of the Copilot CLI are read, and what is no event is passed over", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  let id = 0;
  const event = (type: string, data: object): object => ({
    ...{ type, data, timestamp: AT },
    id: `e${(id += 1)}`,
  });
  await put(root, {
    "session-state/x/events.jsonl": [
      event("session.start", { sessionId: "c1", context: { cwd: "/srv/shop" } }),
      event("user.message", { content: "Check the settings" }),
      event("tool.execution_start", {
        ...{ toolCallId: "t1", toolName: "bash", arguments: { command: "npm install zod" } },
      }),
      event("tool.execution_complete", {
        toolCallId: "t1",
        success: true,
        result: { content: "ok" },
      }),
      event("assistant.message", { content: "", toolRequests: [] }),
      event("assistant.message", { content: "We decided to use zod." }),
      event("assistant.turn_end", {}),
    ],
  });
  await imported(copilotCli, root, memories);
  const lines = await told(memories);
  assert.ok(lines.includes("prompt /srv/shop: Check the settings"), lines.join("\n"));
  const kinds = lines.map((line) => line.split(" ")[0]);
  assert.deepEqual(kinds, ["observation", "prompt", "summary"]);
});

const request = (id: string, text: string, answer: string): object => ({
  ...{ requestId: id, timestamp: Date.parse(AT), message: { text, parts: [] } },
  response: [
    { kind: "toolInvocationSerialized", toolId: "copilot_runInTerminal", toolCallId: `t-${id}` },
    { value: answer },
  ],
});

test("the editor's chats are read from both forms, and the later one wins", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const first = request("r1", "Check the settings", "We decided to use zod.");
  const second = request("r2", "Count the parcels", "There are twelve.");
  const state = { version: 3, sessionId: "v1", creationDate: Date.parse(AT), requests: [first] };
  await put(root, {
    "workspaceStorage/w/workspace.json": { folder: "file:///srv/my%20shop" },
    "workspaceStorage/w/chatSessions/v1.jsonl": [
      { kind: 0, v: state },
      { kind: 2, k: ["requests"], v: [request("r0", "Wrong", "No.")] },
      { kind: 2, k: ["requests"], v: [second], i: 1 },
      { kind: 1, k: ["requests", 1, "message", "text"], v: "Count all parcels" },
      { kind: 1, k: ["nowhere", "deep"], v: 1 },
    ],
    "workspaceStorage/w/chatSessions/v1.json": { ...state, requests: [request("r9", "Old", "")] },
  });
  const taken = await imported(editorChats, root, memories);
  assert.deepEqual(await reasons(taken), ["a change that cannot be made"]);
  const lines = (await told(memories)).filter((line) => line.startsWith("prompt"));
  assert.deepEqual(lines, [
    "prompt /srv/my shop: Check the settings",
    "prompt /srv/my shop: Count all parcels",
  ]);
  const { hits } = await memories.search({ text: "zod" });
  assert.ok(hits.length > 0);
});

test("a chat that was exported is read, though it has no id", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const requests = [request("r1", "Check the settings", "We decided to use zod.")];
  await put(root, { "chat.json": { initialLocation: "panel", requests, responderUsername: "x" } });
  await imported(editorChats, join(root, "chat.json"), memories);
  assert.ok((await told(memories)).includes("prompt user: Check the settings"));
});

test("the editor's memory files are read with the folder of their workspace", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const inside = "GitHub.copilot-chat/memory-tool/memories/repo";
  await put(root, {
    "workspaceStorage/w/workspace.json": { folder: "file:///srv/shop" },
    [`workspaceStorage/w/${inside}/deploy.md`]: "# Deployments\n\nOnly on Mondays.\n",
    "globalStorage/github.copilot-chat/memory-tool/memories/style.md": "Short sentences.\n",
  });
  await imported(editorMemory, root, memories);
  assert.deepEqual(await told(memories), [
    "observation /srv/shop: Deployments",
    "observation user: style.md",
  ]);
});

test("exports of mem0 and OpenMemory, and notes of basic-memory are taken in", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  await put(root, {
    "mem0/all.json": { results: [{ id: "1", memory: "Likes tabs", updated_at: AT }, { id: "2" }] },
    "om/all.jsonl": [
      {
        id: "1",
        content: "Parcels weigh\nat most 2 kg",
        tags: ["shop"],
        created_at: Date.parse(AT),
      },
    ],
    "notes/coffee.md": `---\ntitle: Coffee\npermalink: coffee\ntags: [drinks]\nmodified: ${AT}\n---\n- [decision] Filter it #drinks\n`,
    "notes/other.md": "No note.\n",
  });
  assert.deepEqual(await reasons(await imported(mem0, join(root, "mem0"), memories)), [
    "a memory without a text",
  ]);
  await imported(openMemory, join(root, "om"), memories);
  const notes = await imported(basicMemory, join(root, "notes"), memories);
  assert.deepEqual(await reasons(notes), ["no note of basic-memory"]);
  assert.deepEqual(await told(memories), [
    "observation user: Coffee",
    "observation user: Likes tabs",
    "observation user: Parcels weigh",
  ]);
});

test("a packed backup of OpenMemory is read, and of a damaged one what comes before the damage", async () => {
  const root = await temporaryFolder();
  const memories = openMemories(root);
  const lines = ["Parcels weigh 2 kg", "Coffee is filtered"].map((content, number) =>
    JSON.stringify({ id: String(number), content, created_at: Date.parse(AT) }),
  );
  const packed = gzipSync(lines.join("\n"));
  await mkdir(join(root, "whole"));
  await writeFile(join(root, "whole", "backup.jsonl.gz"), packed);
  assert.deepEqual(await reasons(await imported(openMemory, join(root, "whole"), memories)), []);
  assert.deepEqual(await told(memories), [
    "observation user: Coffee is filtered",
    "observation user: Parcels weigh 2 kg",
  ]);
  await mkdir(join(root, "cut"));
  await writeFile(join(root, "cut", "backup.jsonl.gz"), packed.subarray(0, -12));
  await writeFile(join(root, "cut", "other.gz"), "not packed");
  const cut = await reasons(await imported(openMemory, join(root, "cut"), memories));
  assert.deepEqual(
    [...new Set(cut)].filter((reason) => /unpacked/.test(reason)),
    ["it cannot be unpacked, or only its beginning"],
  );
});

test("the sessions that were made in a project are found by their beginnings, and nothing in an empty folder", async () => {
  const root = await temporaryFolder();
  const turn = (cwd: string): readonly object[] => [
    { type: "mode" },
    {
      ...{ type: "user", uuid: cwd, sessionId: cwd, cwd, timestamp: AT },
      message: { role: "user", content: "Hello" },
    },
  ];
  await put(root, {
    "-shop/s1.jsonl": turn("/srv/shop"),
    "-shop-inside/s2.jsonl": turn("/srv/shop/inside"),
    "-other/s3.jsonl": turn("/srv/other"),
    "-shop/s4.jsonl": "{ broken",
  });
  const isOfProject = (folder: string) => Promise.resolve(folder.startsWith("/srv/shop"));
  const find = async (folder: string): Promise<number[]> => {
    const host = { files, folderOf: () => folder };
    const sessions = await earlierSessions([claudeCode], host, isOfProject, signal);
    return sessions.map(({ found }) => found.length);
  };
  assert.deepEqual(await find(root), [2]);
  assert.deepEqual(await find(join(root, "nowhere")), []);
});
