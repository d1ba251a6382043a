/**
 * Search in one size of store, measured in a process of its own: `search.ts <memories> [peer…]`
 * prints JSON. Without names of peers it is measured against all.
 *
 * Every question goes to every engine in turn before the next question, so that a moment in which
 * the machine is busy meets them all. Times are in milliseconds, from the call in TypeScript to
 * the objects it gives.
 */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import init from "recollect-wasm";
import { builtModule } from "./builtModule.js";
import { now } from "./clock.js";
import { NOW, rows } from "./corpus.js";
import type { Engine, EngineKind } from "./engines/Engine.js";
import { PEERS } from "./engines/peers.js";
import { addMeaning, openCore, recollect, relevance } from "./engines/recollect.js";
import { checkEquality, type Equality } from "./equality.js";
import { Generator, Random, shuffled } from "./generator.js";
import { CLASSES, FILTERED, queries, type QueryClass } from "./queries.js";
import { times, type Times } from "./statistics.js";

/** One engine at one size. */
export interface EngineFigures {
  name: string;
  /** Of its package. */
  version?: string;
  setup: string;
  /** Until it holds all memories. */
  build: number;
  /** Of index and memories; of a library in JavaScript, what the heap grew by. */
  bytes: number;
  /** How often a question was asked, on average: a slow engine is not asked all of them. */
  rounds: number;
  /** Hits of a question, on average. */
  hits: number;
  all: Times;
  unfiltered: Times;
  filtered: Times;
  byClass: Record<QueryClass, Times>;
}

/** What was measured of one size. */
export interface SearchFigures {
  memories: number;
  queries: number;
  engines: EngineFigures[];
  /** Engines that could not be measured, and why. */
  missing: { name: string; why: string }[];
  /** Giving all memories their vectors, and the longest time at once. */
  meaning: { all: number; longest: number };
  /** Adding one memory, without the disk. */
  adding: Times;
  equality: Equality;
}

const MEANING = join(import.meta.dirname, "../../extension/media/meaning.bin");
const ROUNDS = 10;
/** Of one engine, after which it takes part in no further round. */
const BUDGET_MS = 6_000;
const WARM_UP_MS = 1_000;
const WARM_UP_ROUNDS = 3;
const ADDED = 500;

interface Contender extends Pick<EngineFigures, "name" | "version" | "setup" | "build" | "bytes"> {
  engine: Engine;
  /** Of every call, by question. */
  samples: number[][];
  hits: number;
  spentMs: number;
}

/** Of one engine within a round, after which it is asked every fourth of the questions left. */
const PATIENCE_MS = 20_000;

const [size, ...chosen] = process.argv.slice(2);
const count = Number(size);
// The type of a module's memory belongs to browsers' libraries, which are not loaded here.
const { memory } = (await init({
  module_or_path: await builtModule(),
})) as unknown as { memory: { buffer: ArrayBuffer } };
console.log(JSON.stringify(await measure()));

async function measure(): Promise<SearchFigures> {
  const asked = queries();
  say("reading Recollect's files");
  const { core, readMs } = openCore(count);
  const meaning = addMeaning(core, await readFile(MEANING));
  const own = { build: readMs, bytes: memory.buffer.byteLength };
  const contenders = [
    contender({
      ...own,
      name: "Recollect",
      setup:
        "WebAssembly; by words and by what they mean, what a list shows of each memory, with a preview around the match",
      engine: recollect(core, "index"),
    }),
    contender({
      ...own,
      name: "Recollect, whole memories",
      setup: "WebAssembly; the same with everything of each memory",
      engine: recollect(core, "full"),
    }),
  ];
  const words = openCore(count);
  contenders.push(
    contender({
      ...{
        name: "Recollect, by words alone",
        setup: "the first without the table of word vectors",
      },
      ...{ build: words.readMs, bytes: own.bytes, engine: recollect(words.core, "index") },
    }),
  );
  const missing: SearchFigures["missing"] = [];
  const memories = rows(count);
  for (const kind of PEERS.filter(({ name }) => chosen.length === 0 || chosen.includes(name))) {
    try {
      contenders.push(await open(kind, memories));
    } catch (error) {
      const why = reason(error);
      missing.push({ name: kind.name, why });
      say(`${kind.name} is left out: ${why}`);
    }
  }
  await warmUp(contenders, asked);
  const random = new Random(13);
  for (let round = 0; round < ROUNDS; round += 1) {
    const running = contenders.filter(({ spentMs }) => round === 0 || spentMs < BUDGET_MS);
    if (running.length === 0) break;
    say(`round ${round + 1} of ${ROUNDS}, ${running.length} engines`);
    await runRound(running, asked, random);
  }
  say("the sums of scores");
  const equality = await checkEquality(memories, asked, (query) => relevance(core, query));
  const figures: SearchFigures = {
    memories: count,
    queries: asked.length,
    engines: contenders.map((one) => summary(one, asked)),
    missing,
    meaning,
    adding: timedAdding(core),
    equality,
  };
  for (const { engine } of contenders) engine.close();
  core.free();
  words.core.free();
  return figures;
}

/** Progress goes to standard error, for standard output is read. */
function say(sentence: string): void {
  const seconds = (performance.now() / 1000).toFixed(0);
  console.error(`search, ${count} memories, ${seconds} s: ${sentence}`);
}

function contender(
  parts: Pick<Contender, "name" | "version" | "setup" | "build" | "bytes" | "engine">,
): Contender {
  return { ...parts, samples: [], hits: 0, spentMs: 0 };
}

async function open(kind: EngineKind, memories: Parameters<EngineKind["open"]>[0]) {
  const before = heapBytes();
  const begin = now();
  const engine = await kind.open(memories);
  const build = now() - begin;
  const bytes = engine.memoryBytes?.() ?? heapBytes() - before;
  say(`${kind.name} built in ${(build / 1000).toFixed(1)} s`);
  const { name, setup } = kind;
  const version = await versionOf(kind.packageName);
  return contender({ name, setup, engine, build, bytes, ...(version ? { version } : {}) });
}

/** Why an engine could not be opened, without this machine's folders. */
function reason(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if ("code" in error && error.code === "ERR_MODULE_NOT_FOUND")
    return "its package could not be installed; one of native code needs a ready-made binary for this Node or a C++ compiler (`npm ci` in `tests/bench` tries again)";
  return (error.message.split("\n")[0] ?? "").replaceAll(join(import.meta.dirname, "../.."), ".");
}

function heapBytes(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

async function versionOf(packageName: string | undefined): Promise<string | undefined> {
  if (packageName === undefined) return undefined;
  const file = join(import.meta.dirname, "node_modules", packageName, "package.json");
  // A package's manifest has a version.
  return (JSON.parse(await readFile(file, "utf8")) as { version: string }).version;
}

type Asked = ReturnType<typeof queries>;

async function warmUp(contenders: readonly Contender[], asked: Asked): Promise<void> {
  for (const { name, engine } of contenders) {
    const begin = now();
    say(`warming up ${name}`);
    for (let round = 0; round < WARM_UP_ROUNDS; round += 1)
      for (const query of asked) if (now() - begin < WARM_UP_MS) await engine.search(query);
  }
}

async function runRound(running: Contender[], asked: Asked, random: Random): Promise<void> {
  for (const [position, query] of asked.entries()) {
    // Nobody always comes after the same neighbour, which may leave the processor's caches warm.
    for (const one of shuffled(running, random)) {
      if (one.spentMs > PATIENCE_MS && position % 4 !== 0) continue;
      const begin = now();
      const answer = one.engine.search(query);
      const found = answer instanceof Promise ? await answer : answer;
      const took = now() - begin;
      const samples = (one.samples[position] ??= []);
      if (samples.length === 0) one.hits += found.length;
      samples.push(took);
      one.spentMs += took;
    }
  }
}

function summary(one: Contender, asked: Asked): EngineFigures {
  const { name, version, setup, build, bytes, samples } = one;
  const answered = samples.filter((calls) => calls.length > 0).length;
  const calls = samples.flat().length;
  const of = (isWanted: (name: QueryClass) => boolean) =>
    times(asked.flatMap((query, at) => (isWanted(query.class) ? [samples[at] ?? []] : [])));
  return {
    ...{ name, setup, build, bytes },
    rounds: calls / asked.length,
    ...(version === undefined ? {} : { version }),
    hits: one.hits / answered,
    all: of(() => true),
    unfiltered: of((name) => !FILTERED.includes(name)),
    filtered: of((name) => FILTERED.includes(name)),
    // The names are those of the classes.
    byClass: Object.fromEntries(
      CLASSES.map((wanted) => [wanted, of((name) => name === wanted)]),
    ) as Record<QueryClass, Times>,
  };
}

/** From the call to its being found, with everything but the disk between. */
function timedAdding(core: ReturnType<typeof openCore>["core"]): Times {
  const generator = new Generator(11);
  const samples: number[][] = [];
  for (let added = 0; added < ADDED; added += 1) {
    const record = generator.memory(NOW);
    const begin = now();
    core.append([record], NOW);
    const flush = core.nextFlush(NOW);
    if (flush === undefined) throw new Error("nothing was to be written");
    const { name, bytes } = flush;
    core.flushed(name);
    samples.push([now() - begin]);
    if (bytes.length === 0) throw new Error("an empty file was to be written");
    flush.free();
  }
  return times(samples);
}
