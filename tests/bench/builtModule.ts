import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The bytes of the module that is measured. */
export function builtModule(): Promise<Buffer> {
  return readFile(join(import.meta.dirname, "../../pkg/recollect_wasm_bg.wasm"));
}
