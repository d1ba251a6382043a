/**
 * Whole processes of the command line over one size of store: `cli.ts <memories>` prints JSON.
 *
 * Times are in milliseconds, each the median of some: by the clock, from the start of a process to
 * its end or its answer, and of the processor, its own and the system's for it. Between any two runs
 * a Node that does nothing is run, so that what else the machine does falls on both. Memory is the
 * most that a process ever had resident, in MiB.
 */
import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import init from "recollect-wasm";
import { builtModule } from "./builtModule.js";
import { segments } from "./corpus.js";
import { quantile } from "./statistics.js";

/** What a process took, and what a Node that does nothing took in between. */
export interface Cost {
  wall: number;
  cpu: number;
  mebibytes: number;
}

/** What was measured of one size. */
export interface CliFigures {
  memories: number;
  search: CostBeside;
  /** Until the client knows the server, and until its first search is answered. */
  mcpReady: CostBeside;
  mcpSearch: CostBeside;
  /** A hook that finds nobody who works for it, and one that does: before and after a tool. */
  firstHook: number;
  hookBefore: CostBeside;
  hookAfter: CostBeside;
}

export interface CostBeside {
  ours: Cost;
  bareNode: Cost;
}

/** How often what is quick is run. */
const TIMES = 9;

/** Preloaded, has a process write at its end what it took. */
const ASKING = `
process.on("exit", () => {
  const { maxRSS, userCPUTime, systemCPUTime } = process.resourceUsage();
  const told = JSON.stringify({ mebibytes: maxRSS / 1024, cpu: (userCPUTime + systemCPUTime) / 1000 });
  require("node:fs").writeFileSync(process.env.RECOLLECT_BENCH_COST, told);
});
`;

const cli = join(import.meta.dirname, "../../extension/dist/cli.js");

await init({ module_or_path: await builtModule() });
const folder = await mkdtemp(join(tmpdir(), "recollect-cli-"));
const asking = join(folder, "asking.cjs");
try {
  console.log(JSON.stringify(await measure(Number(process.argv[2]))));
} finally {
  await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 500 });
}

async function measure(memories: number): Promise<CliFigures> {
  await writeFile(asking, ASKING);
  const seg = join(folder, "mem1/seg");
  await mkdir(seg, { recursive: true, mode: 0o700 });
  for (const { name, bytes } of segments(memories)) await writeFile(join(seg, name), bytes);

  const search = await beside(() => timed([cli, "search", "queue", "--storage", folder]), 3);
  const mcpReady = await beside(() => mcp(false), 5);
  const mcpSearch = await beside(() => mcp(true), 3);
  const firstHook = (await hook("SessionStart", { source: "startup" })).wall;
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
  const hookBefore = await beside(() => hook("PreToolUse", tool()));
  const hookAfter = await beside(() => hook("PostToolUse", { ...tool(), tool_response: "ok" }));
  return { memories, search, mcpReady, mcpSearch, firstHook, hookBefore, hookAfter };
}

/** Medians of a process and of a Node that does nothing, run by turns. */
async function beside(run: () => Promise<Cost>, count = TIMES): Promise<CostBeside> {
  const ours: Cost[] = [];
  const bare: Cost[] = [];
  for (let time = 0; time < count; time += 1) {
    bare.push(await timed(["-e", "0"]));
    ours.push(await run());
  }
  return { ours: medians(ours), bareNode: medians(bare) };
}

function medians(all: readonly Cost[]): Cost {
  const of = (name: keyof Cost): number =>
    quantile(
      all.map((cost) => cost[name]),
      0.5,
    );
  return { wall: of("wall"), cpu: of("cpu"), mebibytes: of("mebibytes") };
}

/** What an ended process wrote about itself, beside the time by the clock. */
async function costOf(child: ChildProcess, begin: number, said: string): Promise<Cost> {
  let wall = 0;
  await new Promise<void>((resolve) =>
    child.once("close", () => {
      wall = performance.now() - begin;
      resolve();
    }),
  );
  return { wall, ...(JSON.parse(await readFile(said, "utf8")) as Omit<Cost, "wall">) };
}

function started(args: readonly string[], said: string): ChildProcess {
  const env = { ...process.env, RECOLLECT_HOOKS_SECONDS: "5", RECOLLECT_BENCH_COST: said };
  return spawn(process.execPath, ["--require", asking, ...args], {
    ...{ stdio: ["pipe", "pipe", "ignore"], env, cwd: folder },
  });
}

/** What a process takes, with this on its standard input. */
function timed(args: readonly string[], input = ""): Promise<Cost> {
  const said = join(folder, "cost.json");
  const begin = performance.now();
  const child = started(args, said);
  child.stdout?.resume();
  child.stdin?.on("error", () => undefined).end(input);
  return costOf(child, begin, said);
}

function hook(event: string, more: object): Promise<Cost> {
  const payload = { session_id: "s", cwd: folder, hook_event_name: event, ...more };
  return timed([cli, "hook", "--storage", folder], JSON.stringify(payload));
}

/** A server until its client knows it, or until its first search is answered; the rest is its end. */
async function mcp(isSearching: boolean): Promise<Cost> {
  const said = join(folder, "cost.json");
  const begin = performance.now();
  const server = started([cli, "mcp", "--storage", folder], said);
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
  if (isSearching) {
    const second = answered(2);
    send({ method: "notifications/initialized" });
    const name = "recollect_memory_search";
    send({ id: 2, method: "tools/call", params: { name, arguments: { query: "queue" } } });
    await second;
  }
  const wall = performance.now() - begin;
  const ended = costOf(server, begin, said);
  server.stdin?.end();
  return { ...(await ended), wall };
}
