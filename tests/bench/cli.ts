/**
 * Whole processes of the command line over one size of store: `cli.ts <memories>` prints JSON.
 *
 * Times are in milliseconds, from the start of a process to its end or its answer, each the median
 * of some, beside those of a Node that does nothing: what is between them is ours. Memory is the most
 * that a process ever had resident, in MiB, taken in runs of their own.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import init from "recollect-wasm";
import { builtModule } from "./builtModule.js";
import { segments } from "./corpus.js";
import { quantile } from "./statistics.js";

/** What was measured of one size. */
export interface CliFigures {
  memories: number;
  bareNode: number;
  search: number;
  /** Until the client knows the server, and until its first search is answered. */
  mcpReady: number;
  mcpSearch: number;
  /** A hook that finds nobody who works for it, and one that does: before and after a tool. */
  firstHook: number;
  hookBefore: number;
  hookAfter: number;
  memory: MemoryFigures;
}

/** The most that whole processes had resident. */
export interface MemoryFigures {
  bareNode: number;
  search: number;
  mcp: number;
  hook: number;
}

const TIMES = 9;
const cli = join(import.meta.dirname, "../../extension/dist/cli.js");

await init({ module_or_path: await builtModule() });
const folder = await mkdtemp(join(tmpdir(), "recollect-cli-"));
try {
  console.log(JSON.stringify(await measure(Number(process.argv[2]))));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
}

async function measure(memories: number): Promise<CliFigures> {
  const seg = join(folder, "mem1/seg");
  await mkdir(seg, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of segments(memories)) await writeFile(join(seg, name), bytes);

  const bareNode = await median(() => timed(["-e", "0"]));
  const search = await median(() => timed([cli, "search", "queue", "--storage", folder]), 3);
  const mcp = await mcpTimes();
  const firstHook = await hook("SessionStart", { source: "startup" });
  // The process for hooks has read everything once it answers such a question in full.
  await timed([cli, "search", "queue", "--storage", folder]);
  let count = 0;
  const tool = (): object => ({
    tool_name: "Edit",
    tool_input: {
      file_path: join(folder, `file${(count += 1)}.ts`),
      old_string: "a",
      new_string: "b",
    },
    tool_use_id: `use${count}`,
  });
  const hookBefore = await median(() => hook("PreToolUse", tool()));
  const hookAfter = await median(() => hook("PostToolUse", { ...tool(), tool_response: "ok" }));
  const memory = await memoryOf(() => hook("PostToolUse", { ...tool(), tool_response: "ok" }));
  return { memories, bareNode, search, ...mcp, firstHook, hookBefore, hookAfter, memory };
}

/** Has each process write at its end how much it had. */
async function memoryOf(runHook: () => Promise<unknown>): Promise<MemoryFigures> {
  const said = join(folder, "most.txt");
  const asking = join(folder, "most.cjs");
  const write = `require("node:fs").writeFileSync(${JSON.stringify(said)}, String(most))`;
  const script = `process.on("exit", () => { const most = process.resourceUsage().maxRSS; ${write}; });`;
  await writeFile(asking, script);
  const most = async (run: () => Promise<unknown>): Promise<number> => {
    process.env["NODE_OPTIONS"] = `--require ${asking}`;
    try {
      await run();
    } finally {
      delete process.env["NODE_OPTIONS"];
    }
    return Number(await readFile(said, "utf8")) / 1_024;
  };
  return {
    bareNode: await most(() => timed(["-e", "0"])),
    search: await most(() => timed([cli, "search", "queue", "--storage", folder])),
    mcp: await most(() => mcpTimes(1)),
    hook: await most(runHook),
  };
}

async function median(run: () => Promise<number>, count = TIMES): Promise<number> {
  const all: number[] = [];
  for (let time = 0; time < count; time += 1) all.push(await run());
  return quantile(all, 0.5);
}

function started(args: readonly string[]): ChildProcess {
  const env = { ...process.env, RECOLLECT_HOOKS_SECONDS: "5" };
  return spawn(process.execPath, args, { stdio: ["pipe", "pipe", "ignore"], env, cwd: folder });
}

/** How long a process takes, with this on its standard input. */
function timed(args: readonly string[], input = ""): Promise<number> {
  const begin = performance.now();
  const child = started(args);
  child.stdout?.resume();
  child.stdin?.on("error", () => undefined).end(input);
  return new Promise((resolve) => child.once("close", () => resolve(performance.now() - begin)));
}

function hook(event: string, more: object): Promise<number> {
  const payload = { session_id: "s", cwd: folder, hook_event_name: event, ...more };
  return timed([cli, "hook", "--storage", folder], JSON.stringify(payload));
}

async function mcpTimes(count = 3): Promise<{ mcpReady: number; mcpSearch: number }> {
  const ready: number[] = [];
  const searched: number[] = [];
  for (let time = 0; time < count; time += 1) {
    const begin = performance.now();
    const server = started([cli, "mcp", "--storage", folder]);
    let output = "";
    const answered = (id: number): Promise<void> =>
      new Promise((resolve) => {
        server.stdout?.on("data", (part: Buffer) => {
          output += part.toString();
          if (output.includes(`"id":${id}`)) resolve();
        });
      });
    const send = (message: object): void => {
      server.stdin?.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
    };
    const clientInfo = { name: "bench", version: "1" };
    const params = { protocolVersion: "2025-06-18", capabilities: {}, clientInfo };
    const first = answered(1);
    send({ id: 1, method: "initialize", params });
    await first;
    ready.push(performance.now() - begin);
    const second = answered(2);
    send({ method: "notifications/initialized" });
    const name = "recollect_memory_search";
    send({ id: 2, method: "tools/call", params: { name, arguments: { query: "queue" } } });
    await second;
    searched.push(performance.now() - begin);
    server.stdin?.end();
    await new Promise((resolve) => server.once("close", resolve));
  }
  return { mcpReady: quantile(ready, 0.5), mcpSearch: quantile(searched, 0.5) };
}
