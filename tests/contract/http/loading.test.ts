import assert from "node:assert/strict";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { Memories } from "../../../extension/src/common/memories/Memories.js";
import { Readiness } from "../../../extension/src/http/Readiness.js";
import { createHandler } from "../../../extension/src/http/createHandler.js";
import { FileSegmentStore } from "../../../extension/src/node/FileSegmentStore.js";
import { FaultyStore } from "../../../extension/test/FaultyStore.js";
import { requestOf } from "./openFolder.js";

const ignore = (): void => undefined;
const log = { debug: ignore, info: ignore, warn: ignore, error: ignore };

function openOver(store: FaultyStore | FileSegmentStore): Memories {
  return new Memories({
    store,
    readModule: () => readFile(join(import.meta.dirname, "../../../pkg/recollect_wasm_bg.wasm")),
    app: "0.0.0-test",
    log,
  });
}

/** A store whose older file, with a session and a fact, is not read before `release`; the newer one is. */
async function halfRead(readingLimitMs: number) {
  const folder = await mkdtemp(join(tmpdir(), "recollect-http-"));
  const files = new FileSegmentStore(join(folder, "mem1"));
  const old = openOver(files);
  const known = createHandler(old, { version: "0.0.0-test" });
  const send = async (path: string, body: unknown): Promise<Record<string, unknown>> =>
    (await (await known(requestOf(`http://recollect${path}`, "POST", body))).json()) as never;
  const prompt = { claudeSessionId: "known", project: "shop", prompt: "Sort the quillwort" };
  const first = await send("/api/sessions/init", prompt);
  await send("/projects/shop/memories", { key: "editor", value: "tabs" });
  const { id } = await send("/memory/add", { content: "The harbour opens at nine" });
  known.close();
  await old.dispose();
  const older = await files.list();

  const more = openOver(files);
  const project = { id: "elsewhere", name: "elsewhere" };
  await more.append(
    Array.from({ length: 600 }, (_, index) => ({
      kind: "observation" as const,
      origin: { project, provenance: "user" as const },
      type: "discovery" as const,
      title: `Marmalade ${index}`,
    })),
  );
  await more.dispose();

  const store = new FaultyStore(files);
  let release: () => void = ignore;
  const held = new Promise<void>((resolve) => {
    release = resolve;
  });
  store.before = (step, name) => (step === "read" && older.includes(name) ? held : undefined);
  const memories = openOver(store);
  const handler = createHandler(memories, { version: "0.0.0-test", readingLimitMs });
  after(async () => {
    release();
    handler.close();
    await memories.dispose();
    await rm(folder, { recursive: true, force: true });
  });
  const ask = (method: string, path: string, body?: unknown): Promise<Response> =>
    handler(requestOf(`http://recollect${path}`, method, body));
  return { ask, release, id: String(id), session: Number(first["sessionDbId"]), prompt, store };
}

test("a request does not wait for ever for memories that are never opened", async () => {
  const never = new Promise<never>(ignore);
  const opening = { loadedPercent: undefined, open: () => never, readAll: () => never };
  const readiness = new Readiness(opening, 20, 20);
  const asked = readiness.wait(requestOf("http://recollect/memory/all", "GET", undefined));
  await assert.rejects(asked, { status: 503, message: /still being opened/ });
});

test("while memories are read, nothing is said not to be there, and nothing begins anew", async () => {
  const { ask, id, session, prompt, store } = await halfRead(20);
  const key = { claudeSessionId: "known" };
  const tool = { tool_name: "Edit", tool_input: { file_path: "a.ts" }, tool_response: "ok" };
  const requests: [string, string, unknown?][] = [
    ["POST", "/api/sessions/init", prompt],
    ["POST", "/api/sessions/observations", { ...key, ...tool }],
    ["POST", "/api/sessions/summarize", key],
    ["POST", "/api/sessions/complete", key],
    ["POST", `/sessions/${session}/init`, { userPrompt: "x y" }],
    ["POST", `/sessions/${session}/observations`, tool],
    ["POST", `/sessions/${session}/summarize`, {}],
    ["POST", `/sessions/${session}/complete`],
    ["POST", "/api/memory/save", { text: "x y", project: "shop" }],
    ["POST", "/memory/add", { content: "x y", metadata: { project: "shop" } }],
    ["GET", `/memory/${id}`],
    ["PATCH", `/memory/${id}`, { content: "x y" }],
    ["DELETE", `/memory/${id}`],
    ["POST", "/memory/reinforce", { id }],
    ["GET", "/memory/all"],
    ["GET", "/sectors"],
    ["GET", "/users/joe/memories"],
    ["GET", "/users/joe/summary"],
    ["GET", "/projects/shop/memories"],
    ["GET", "/projects/shop/memories?key=editor"],
    ["POST", "/projects/shop/memories", { key: "editor", value: "spaces" }],
    ["GET", "/sessions/known/context"],
    ["POST", "/sessions/known/context", { file_path: "a.ts" }],
    ["POST", "/api/ide/events", { event_type: "open", session_id: "known" }],
    ["POST", "/api/ide/session/start", { project_name: "shop" }],
    ["POST", "/api/ide/session/end", { session_id: "known" }],
    ["GET", "/api/ide/patterns/known"],
    ["GET", "/api/observations"],
    ["GET", "/api/prompts"],
    ["GET", "/api/summaries"],
    ["GET", `/api/session/${session}`],
    ["GET", `/api/prompt/${session}`],
    ["GET", "/api/projects"],
    ["GET", "/api/stats"],
    ["GET", `/api/timeline?anchor=${session}`],
    ["GET", "/api/context/recent?project=shop"],
    ["GET", "/api/context/inject?project=shop"],
    ["GET", "/api/readiness"],
  ];
  for (const [method, path, body] of requests) {
    const response = await ask(method, path, body);
    assert.equal(response.status, 503, `${method} ${path}`);
    assert.match(response.headers.get("Retry-After") ?? "", /^[1-9]$/, `${method} ${path}`);
  }
  assert.equal(store.count("putNew"), 0);
  for (const path of ["/api/health", "/api/settings", "/api/mcp/status", "/api/processing-status"])
    assert.equal((await ask("GET", path)).status, 200, path);
});

test("a search says that something may be missing, until nothing is", async () => {
  const { ask, release } = await halfRead(20);
  const partly = await ask("GET", "/api/search?query=quillwort&type=prompts");
  assert.equal(partly.status, 200);
  const found = (await partly.json()) as { prompts: unknown[]; partial?: boolean };
  assert.deepEqual([found.prompts.length, found.partial], [0, true]);
  const text = await (await ask("GET", "/api/search?query=quillwort&format=text")).text();
  assert.match(text, /still being read \(\d+ %\)/);
  const matches = await ask("POST", "/memory/query", { query: "harbour" });
  assert.equal(((await matches.json()) as { partial?: boolean }).partial, true);
  release();
  let whole = await ask("GET", "/api/projects");
  // What was read before it was asked for may not be all of it yet.
  while (whole.status === 503) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    whole = await ask("GET", "/api/projects");
  }
  assert.ok(((await whole.json()) as { projects: string[] }).projects.includes("shop"));
  const now = await ask("GET", "/api/search?query=quillwort&type=prompts");
  const all = (await now.json()) as { prompts: unknown[]; partial?: boolean };
  assert.deepEqual([all.prompts.length, all.partial], [1, undefined]);
});

test("who waits for what is read a moment later gets it: the same session, and the next number", async () => {
  const { ask, release, session, prompt } = await halfRead(60_000);
  const asked = ask("POST", "/api/sessions/init", prompt);
  const fact = ask("GET", "/projects/shop/memories?key=editor");
  setTimeout(release, 30);
  const told = (await (await asked).json()) as Record<string, unknown>;
  assert.deepEqual([told["sessionDbId"], told["promptNumber"]], [session, 2]);
  const { memory } = (await (await fact).json()) as { memory: { memory_value: string } };
  assert.equal(memory.memory_value, "tabs");
});
