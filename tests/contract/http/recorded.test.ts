/** The calls that today's claude-mem was seen to make, replayed; `npm run soak` records them. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { Call } from "../../clients/Recorder.js";
import { openHandler, type OpenHandler } from "./openFolder.js";

const FIXTURE = join(import.meta.dirname, "../../fixtures/claude-mem.json");

async function recorded(): Promise<Call[]> {
  return JSON.parse(await readFile(FIXTURE, "utf8")) as Call[];
}

/** Sends a call again, with the number that an observation has here; its answer's text. */
async function again(open: OpenHandler, { by, method, path, body, status }: Call): Promise<string> {
  const numbered = JSON.stringify([path, body ?? null]).includes("{observation}");
  const number = numbered ? String(await onlyObservation(open)) : "";
  const filled = path.replace("{observation}", number);
  const json = body && JSON.stringify(body).replace('"{observation}"', number);
  const response = await open.send(method, filled, json);
  const text = await response.text();
  assert.equal(response.status, status, `${by}: ${method} ${filled}: ${text}`);
  return text;
}

async function list(open: OpenHandler, path: string): Promise<Record<string, unknown>[]> {
  const { items } = (await (await open.send("GET", path)).json()) as {
    items: Record<string, unknown>[];
  };
  return items;
}

async function onlyObservation(open: OpenHandler): Promise<number> {
  const [{ id } = { id: 0 }, ...others] = await list(open, "/api/observations");
  assert.deepEqual(others, []);
  return Number(id);
}

test("what claude-mem's hooks and MCP server ask is recorded and found", async () => {
  await using open = await openHandler({ isLikeToday: true });
  await open.memories.open();
  const calls = await recorded();
  const doers = [...new Set(calls.map(({ by }) => by))];
  assert.deepEqual(doers, [
    ...["SessionStart", "UserPromptSubmit", "PostToolUse", "Stop", "SessionEnd"],
    ...["search", "timeline", "get_observations"],
  ]);
  const answers = new Map<string, string>();
  for (const call of calls) answers.set(call.path.split("?")[0] ?? "", await again(open, call));

  const [prompt, ...prompts] = await list(open, "/api/prompts");
  assert.deepEqual(prompts, []);
  assert.equal(prompt?.["prompt_text"], "Mend the leaking kettle");
  const [observation] = await list(open, "/api/observations");
  assert.match(String(observation?.["files_modified"]), /kettle\.ts/);
  const [summary, ...summaries] = await list(open, "/api/summaries");
  assert.deepEqual(summaries, []);
  assert.match(String(summary?.["learned"]), /because the solder was brittle/);
  const stats = (await (await open.send("GET", "/api/stats")).json()) as {
    worker: { activeSessions: number };
  };
  assert.equal(stats.worker.activeSessions, 0);

  const id = String(observation?.["id"]);
  for (const path of ["/api/search", "/api/timeline", "/api/observations/batch"]) {
    assert.match(answers.get(path) ?? "", /kettle/, path);
    assert.ok(answers.get(path)?.includes(id), path);
  }
  // The last start of a session comes after the first one's end.
  assert.match(answers.get("/api/context/inject") ?? "", /kettle/);
});

test("the calls hold nothing of the machine that they were made on", async () => {
  const text = await readFile(FIXTURE, "utf8");
  const folders = [...text.matchAll(/"(\/[^"]*)"/g)].map(([, path]) => path ?? "");
  const known = /^\/(api\/|home\/somebody\/shop)/;
  assert.deepEqual(
    folders.filter((path) => !known.test(path)),
    [],
  );
});
