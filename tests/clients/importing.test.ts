/** A database that claude-mem's own worker made, taken in: `npm run soak -- --only clients`. */
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { test } from "node:test";
import { promisify } from "node:util";
import { freePort } from "../contract/http/freePort.js";
import { install } from "./claudeMem.js";

const cli = join(import.meta.dirname, "../../extension/dist/cli.js");

/** How many rows the worker is given of each table. */
const SESSIONS = 20;
const OBSERVATIONS = 60;

const AT = Date.parse("2026-01-05T10:00:00Z");

/** What the worker takes in from an export of its own. */
function told(): Record<string, object[]> {
  const moment = (name: string, at: number): object => ({
    ...{ [name]: new Date(at).toISOString(), [`${name}_epoch`]: at },
  });
  const project = (number: number): string => (number % 2 === 0 ? "harbour" : "shop");
  const of = (number: number): number => AT + number * 1_000_000;
  const numbers = Array.from({ length: SESSIONS }, (_, number) => number);
  return {
    sessions: numbers.map((number) => ({
      ...{ content_session_id: `s${number}`, memory_session_id: `m${number}` },
      ...{ project: project(number), user_prompt: `Question ${number}`, status: "completed" },
      ...{ platform_source: "claude", ...moment("started_at", of(number)) },
      ...moment("completed_at", of(number) + 900_000),
    })),
    prompts: numbers.map((number) => ({
      ...{ content_session_id: `s${number}`, prompt_number: 1 },
      ...{
        prompt_text: `Why does the pitcher${number} leak?`,
        ...moment("created_at", of(number)),
      },
    })),
    observations: Array.from({ length: OBSERVATIONS }, (_, number) => ({
      ...{ memory_session_id: `m${number % SESSIONS}`, project: project(number), text: null },
      ...{ type: ["decision", "bugfix", "feature"][number % 3], title: `The quillwort${number}` },
      ...{ subtitle: "Planted", facts: '["It grows"]', narrative: `It stands in pond ${number}.` },
      ...{ concepts: '["how-it-works"]', files_read: "[]", files_modified: '["src/pond.ts"]' },
      ...{ prompt_number: 1, discovery_tokens: 5 },
      ...moment("created_at", of(number % SESSIONS) + 1_000 + number),
    })),
    summaries: numbers.map((number) => ({
      ...{ memory_session_id: `m${number}`, project: project(number), request: "A question" },
      ...{ investigated: "Ponds", learned: `The sundew${number} wants rain.`, completed: "All" },
      ...{ next_steps: "None", files_read: "[]", files_edited: "[]", notes: "None" },
      ...{ prompt_number: 1, discovery_tokens: 5, ...moment("created_at", of(number) + 800_000) },
    })),
  };
}

test("what claude-mem's own worker has kept is taken in, as many as it has of each", async () => {
  const installed = install();
  const home = await mkdtemp(join(tmpdir(), "recollect-claude-mem-"));
  const port = await freePort();
  const { PATH = "" } = process.env;
  const env = {
    ...{ PATH: [installed.bun, PATH].join(delimiter), HOME: home, USERPROFILE: home },
    ...{ CLAUDE_PLUGIN_ROOT: installed.plugin, CLAUDE_MEM_WORKER_PORT: String(port) },
    ...{ DO_NOT_TRACK: "1", CLAUDE_MEM_TELEMETRY: "0" },
  };
  const program = join(installed.plugin, "scripts/worker-service.cjs");
  const worker = spawn("bun", [program, "--daemon"], { env, cwd: home, stdio: "ignore" });
  const address = `http://127.0.0.1:${port}`;
  const post = async (path: string, body: object): Promise<unknown> => {
    const headers = { "content-type": "application/json" };
    const answer = await fetch(`${address}${path}`, {
      ...{ method: "POST", headers, body: JSON.stringify(body) },
      signal: AbortSignal.timeout(60_000),
    });
    assert.ok(answer.ok, `${path}: ${answer.status}`);
    return answer.json();
  };
  try {
    for (const end = Date.now() + 120_000; ;) {
      const health = await fetch(`${address}/api/health`).catch(() => undefined);
      if (health?.ok === true) break;
      assert.ok(Date.now() < end, "the worker does not answer");
      await wait(500);
    }
    await post("/api/import", told());
    await post("/api/memory/save", { text: "Parcels of two kilos go by ship", project: "shop" });
    const live = { contentSessionId: "live", project: "shop", prompt: "Mend the leaking kettle" };
    await post("/api/sessions/init", { ...live, platformSource: "claude" });

    // Its log is not folded in yet: it goes on working.
    await mkdir(join(home, "shop"));
    const recollect = async (...args: string[]): Promise<string> => {
      const all = [cli, ...args, "--storage", join(home, "storage")];
      const options = { env, cwd: join(home, "shop"), maxBuffer: 64 * 1024 * 1024 };
      return (await promisify(execFile)(process.execPath, all, options)).stdout;
    };
    assert.match(await recollect("import", "--from", "claude-mem"), /^[1-9]\d* records added/m);
    const counts = new Map<string, number>();
    for (const line of (await recollect("export", "-")).split("\n").filter((one) => one !== "")) {
      const { k } = JSON.parse(line) as { k: string };
      counts.set(k, (counts.get(k) ?? 0) + 1);
    }
    // The one that was saved alone and the prompt of the session that goes on are there besides.
    assert.equal(counts.get("prompt"), SESSIONS + 1);
    assert.equal(counts.get("observation"), OBSERVATIONS + 1);
    assert.equal(counts.get("summary"), SESSIONS);
    for (const words of ["pitcher7", "quillwort37", "sundew13", "parcels ship", "leaking kettle"])
      assert.match(await recollect("search", words), new RegExp(words.split(" ")[0] ?? "", "i"));
    assert.match(await recollect("import", "--from", "claude-mem"), /^0 records added/m);
  } finally {
    const ended = worker.exitCode === null ? once(worker, "exit") : undefined;
    worker.kill();
    await ended;
    await rm(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
  }
});
