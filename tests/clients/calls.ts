/** The calls that plugins were seen to make, and what is kept of them. */
import assert from "node:assert/strict";
import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Send } from "../contract/http/Case.js";
import type { Call } from "./Recorder.js";

const FIXTURES = join(import.meta.dirname, "../fixtures");

export type Plugin = "opencode" | "openclaw";

export async function callsOf(plugin: Plugin): Promise<Call[]> {
  const text = await readFile(join(FIXTURES, `${plugin}.json`), "utf8").catch(() => "[]");
  return JSON.parse(text) as Call[];
}

/** Keeps the calls for the test that replays them; what differs in its layout alone stays. */
export async function keepCalls(plugin: Plugin, calls: readonly Call[]): Promise<void> {
  if (JSON.stringify(await callsOf(plugin)) === JSON.stringify(calls)) return;
  await writeFile(join(FIXTURES, `${plugin}.json`), `${JSON.stringify(calls, null, 2)}\n`);
  console.log(`its calls are others than those that were kept: see tests/fixtures/${plugin}.json`);
}

/** What a plugin has told of its session is there, and nothing that nobody said. */
export async function checkKept(send: Send, plugin: Plugin): Promise<void> {
  const items = async (path: string): Promise<Record<string, unknown>[]> => {
    const answer = (await (await send("GET", path)).json()) as { items: Record<string, unknown>[] };
    return answer.items;
  };
  const prompts = await items("/api/prompts");
  assert.deepEqual(
    prompts.map(({ prompt_text }) => prompt_text),
    // OpenCode's tells of no prompt, and OpenClaw's names states of its host as if they were some.
    plugin === "opencode" ? [] : ["Mend the leaking kettle"],
  );
  const observations = await items("/api/observations");
  assert.match(JSON.stringify(observations), /kettle\.ts/);
  assert.deepEqual([...new Set(observations.map(({ project }) => project))], ["shop"]);
  const [summary, ...summaries] = await items("/api/summaries");
  assert.deepEqual(summaries, []);
  assert.match(JSON.stringify(summary), /kettle|solder/);
}
