/** The module itself, measured in a process of its own: `module.ts` prints JSON. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import init, { Recollect } from "recollect-wasm";
import { now } from "./clock.js";

/** What was measured of the module. */
export interface ModuleFigures {
  bytes: number;
  gzipBytes: number;
  /** Milliseconds from its bytes to an empty store that has answered a question. */
  compileAndOpen: number;
}

const bytes = await readFile(join(import.meta.dirname, "../../pkg/recollect_wasm_bg.wasm"));
const begin = now();
await init({ module_or_path: bytes });
const core = new Recollect(crypto.getRandomValues(new Uint8Array(32)), "0.0.0");
core.search({ text: "anything" });
const compileAndOpen = now() - begin;
core.free();

const figures: ModuleFigures = {
  bytes: bytes.length,
  gzipBytes: gzipSync(bytes, { level: 9 }).length,
  compileAndOpen,
};
console.log(JSON.stringify(figures));
