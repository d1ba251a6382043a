/** The module itself, measured in a process of its own: `module.ts` prints JSON. */
import { setTimeout } from "node:timers/promises";
import { gzipSync } from "node:zlib";
import { loadCore } from "../../extension/src/common/memories/loadCore.js";
import { builtModule } from "./builtModule.js";
import { now } from "./clock.js";
import { NOW } from "./corpus.js";
import { Generator } from "./generator.js";
import { quantile } from "./statistics.js";

/** What was measured of the module. */
export interface ModuleFigures {
  bytes: number;
  gzipBytes: number;
  /** Milliseconds from its bytes to an empty store that has answered a question. */
  compileAndOpen: number;
  /** Milliseconds to take a memory in, from the draft to its line, without writing it; the median. */
  takeIn: number;
}

const SETTLING_MS = 500;
const BATCHES = 15;
const BATCH = 200;

const bytes = await builtModule();
// The start of the process goes on beside its first steps for a while.
await setTimeout(SETTLING_MS);
const begin = now();
const core = loadCore(bytes, "0.0.0");
core.search({ text: "anything" });
const compileAndOpen = now() - begin;
const generator = new Generator(1);
const takeIn: number[] = [];
for (let batch = 0; batch < BATCHES; batch += 1) {
  const records = Array.from({ length: BATCH }, () => generator.memory(NOW));
  const from = now();
  core.append(records, NOW);
  takeIn.push((now() - from) / BATCH);
  flush();
}
core.free();

const figures: ModuleFigures = {
  bytes: bytes.length,
  gzipBytes: gzipSync(bytes, { level: 9 }).length,
  compileAndOpen,
  takeIn: quantile(takeIn, 0.5),
};
console.log(JSON.stringify(figures));

/** Makes room for what is taken in next. */
function flush(): void {
  for (let file = core.nextFlush(NOW); file !== undefined; file = core.nextFlush(NOW)) {
    core.flushed(file.name);
    file.free();
  }
}
