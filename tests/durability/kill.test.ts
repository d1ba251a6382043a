/**
 * Two writers and a compactor on one folder, killed at random moments and started again:
 * nothing acknowledged is lost, nothing forgotten comes back or stays on the disk.
 *
 * `RECOLLECT_KILLS` and `RECOLLECT_SEED` choose how many kills and which; when exactly a kill
 * hits is up to the machine.
 */
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { readFile, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { setTimeout as wait } from "node:timers/promises";
import { build } from "esbuild";
import type { Memories } from "../../extension/src/common/memories/Memories.js";
import { readModule } from "../../extension/test/openMemories.js";
import { temporaryFolder } from "../../extension/test/temporaryFolder.js";
import { Ledger } from "./Ledger.js";
import { openFolder } from "./openFolder.js";
import { seeded } from "./random.js";

const KILLS = Number(process.env["RECOLLECT_KILLS"] ?? 200);
const SEED = Number(process.env["RECOLLECT_SEED"] ?? 1);

/** How long a process may work before it is killed, at most. */
const LIFE_MS = { writer: 500, compactor: 2_000 };

/** How far the clocks of compactors run ahead in the end. */
const MAX_MINUTES_AHEAD = 400;

/** How long a process may take until it is ready; some are killed before. */
const READY_MS = 30_000;

/** How long putting the files in order may take once everybody else has ended. */
const SWEEP_MS = 20_000;

type Role = keyof typeof LIFE_MS;

interface World {
  readonly folder: string;
  readonly program: string;
  /** Path of the module, a copy: somebody may be building it anew. */
  readonly module: string;
  readonly ledger: Ledger;
  readonly random: () => number;
  started: number;
  kills: number;
}

test(`${KILLS} kills lose nothing that was acknowledged, and nothing forgotten stays`, async (t) => {
  const folder = await temporaryFolder();
  const programs = await temporaryFolder();
  const module = join(programs, "recollect.wasm");
  await writeFile(module, await readModule());
  const world: World = {
    folder,
    program: await bundleProgram(programs),
    module,
    ledger: new Ledger(),
    random: seeded(SEED),
    started: 0,
    kills: 0,
  };
  await Promise.all([
    startAgainAndAgain(world, "writer"),
    startAgainAndAgain(world, "writer"),
    startAgainAndAgain(world, "compactor"),
  ]);

  const segments = await readdir(join(folder, "mem1", "seg"));
  const parts = await readdir(join(folder, "mem1", "tmp"));
  await anHourPasses(join(folder, "mem1", "tmp"), parts);
  await t.test("a fresh reader finds exactly what it must", () => checkMemories(world));
  await t.test("no file is damaged", () => checkStorage(world));
  await t.test("a sweep comes to an end", () => sweep(world));
  await t.test("after the sweep everything is still there", () => checkMemories(world));
  await t.test("no file holds what was forgotten", () => checkFiles(world));
  const { remembered, forgotten, deleted } = world.ledger;
  t.diagnostic(
    `seed ${SEED}: ${world.kills} kills, ${remembered} memories and ${forgotten} forgettings acknowledged, ` +
      `${segments.length} segments left by them, ${deleted} deleted, ${parts.length} half written`,
  );
  const hasWorked = remembered > KILLS / 4 && forgotten > 0 && deleted > 0;
  assert.ok(hasWorked, "the processes were killed before they did anything");
});

/** One file, since starting the compiler in each of hundreds of processes would take most of the time. */
async function bundleProgram(folder: string): Promise<string> {
  const program = join(folder, "program.mjs");
  await build({
    entryPoints: [join(import.meta.dirname, "program.ts")],
    outfile: program,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    logLevel: "warning",
  });
  return program;
}

async function startAgainAndAgain(world: World, role: Role): Promise<void> {
  while (world.started < KILLS) {
    world.started += 1;
    await runUntilKilled(world, role);
  }
}

async function runUntilKilled(world: World, role: Role): Promise<void> {
  const number = world.started;
  const lifeMs = world.random() * LIFE_MS[role];
  const isKilledEarly = world.random() < 0.05;
  const child = spawn(
    process.execPath,
    [
      ...[world.program, role, world.folder, world.module, `w${number}`, String(SEED + number)],
      // Each clock is ahead of those before, so that what they wrote is soon not too new to be folded.
      String((MAX_MINUTES_AHEAD * number) / KILLS),
    ],
    { stdio: ["ignore", "pipe", "pipe"] },
  );
  let problems = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (problems += text));
  const ready = new Promise<void>((resolve) => {
    let rest = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      const lines = (rest + text).split("\n");
      // Said in part: the process was killed meanwhile.
      rest = lines.pop() ?? "";
      for (const line of lines) {
        if (line.startsWith("ready")) resolve();
        world.ledger.note(line);
      }
    });
  });
  // All that it said has been read then.
  const closed = new Promise<NodeJS.Signals | null>((resolve, reject) => {
    child.once("error", reject);
    child.once("close", (_, signal) => resolve(signal));
  });
  const isLate = Symbol();
  const wokenBy = await Promise.race([
    isKilledEarly ? wait(lifeMs / 4) : ready,
    closed,
    wait(READY_MS, isLate, { ref: false }),
  ]);
  assert.notEqual(wokenBy, isLate, `a ${role} was not ready within ${READY_MS / 1000} s`);
  await Promise.race([wait(isKilledEarly ? 0 : lifeMs), closed]);
  child.kill("SIGKILL");
  assert.equal(await closed, "SIGKILL", `a ${role} ended by itself: ${problems}`);
  assert.equal(problems, "", `a ${role} complained`);
  world.kills += 1;
}

async function checkMemories(world: World): Promise<void> {
  const found = await readEverything(world);
  assert.deepEqual(world.ledger.lost(found), [], "acknowledged and lost");
  assert.deepEqual(world.ledger.returned(found), [], "forgotten and found");
}

/** Memories as a process sees them that starts now; they complain about nothing. */
function openAnew({ folder, module }: Pick<World, "folder" | "module">): Memories {
  const onProblem = (message: string): never => {
    throw new Error(message);
  };
  return openFolder(folder, {
    readModule: () => readFile(module),
    onProblem,
    idle: { afterMs: 0, spreadMs: 0, againMs: 100 },
  });
}

/** The names of all memories that a new process finds. */
async function readEverything(
  world: Pick<World, "folder" | "module">,
): Promise<ReadonlySet<string>> {
  const memories = openAnew(world);
  const found = new Set<string>();
  for (let offset = 0; ; offset += 200) {
    const { hits, hasMore } = await memories.recent({ limit: 200, offset });
    for (const { title } of hits) {
      assert.match(title, /^w\d+n\d+(i\d+)?$/, "a memory that nobody wrote");
      assert.ok(!found.has(title), `${title} is found twice`);
      found.add(title);
    }
    if (!hasMore) break;
  }
  await memories.dispose();
  return found;
}

async function checkStorage(world: World): Promise<void> {
  const memories = openAnew(world);
  const { damaged, newer, unread, quarantined } = await memories.check({
    signal: new AbortController().signal,
    onProgress: () => undefined,
  });
  await memories.dispose();
  assert.deepEqual([damaged, newer, unread, quarantined], [[], [], [], []]);
}

/** What was left half written stays until nobody can be writing it any more. */
async function anHourPasses(folder: string, parts: readonly string[]): Promise<void> {
  const before = Date.now() / 1_000 - 3_700;
  for (const name of parts) await utimes(join(folder, name), before, before);
}

/** What a window that nobody uses does by itself, until nothing is left to do. */
async function sweep(world: World): Promise<void> {
  const memories = openAnew(world);
  for (const end = Date.now() + SWEEP_MS; ;) {
    const { unpurgedSegments } = await memories.stats();
    const parts = await readdir(join(world.folder, "mem1", "tmp"));
    if (unpurgedSegments === 0 && parts.length === 0) break;
    assert.ok(Date.now() < end, `${unpurgedSegments} files and ${parts.length} parts are left`);
    await wait(50);
  }
  await memories.dispose();
}

async function checkFiles(world: World): Promise<void> {
  const gone = new Set(world.ledger.gone(await readEverything(world)));
  const items = await readdir(world.folder, { recursive: true, withFileTypes: true });
  const holding: string[] = [];
  for (const item of items.filter((item) => item.isFile())) {
    const text = await readFile(join(item.parentPath, item.name), "latin1");
    const tokens = text.match(/w\d+n\d+(?:i\d+)?/g) ?? [];
    const found = tokens.find((token) => gone.has(token));
    if (found !== undefined) holding.push(`${item.parentPath}/${item.name} holds ${found}`);
  }
  assert.deepEqual(holding, []);
}
