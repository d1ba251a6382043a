/** What the tests of the built module share. */
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";

import init, { Recollect, type ErrorName, type Origin } from "recollect-wasm";

export const NOW = 1_790_000_000_000;

export function inSession(session: string): Origin {
  return {
    project: { id: "example.org/owner/app", name: "app" },
    provenance: "user",
    session,
  };
}

/** Loads the module; once a process. */
export async function load(): Promise<void> {
  const wasm = new URL("../../pkg/recollect_wasm_bg.wasm", import.meta.url);
  await init({ module_or_path: await readFile(fileURLToPath(wasm)) });
}

export function open(seed = 1): Recollect {
  return new Recollect(new Uint8Array(32).fill(seed), "0.0.0");
}

/** Writes what is pending; gives the files. */
export function flush(memory: Recollect): Map<string, Uint8Array> {
  const files = new Map<string, Uint8Array>();
  for (;;) {
    const file = memory.nextFlush(NOW);
    if (!file) return files;
    files.set(file.name, file.bytes);
    memory.flushed(file.name);
    file.free();
  }
}

export function throws(name: ErrorName, message: RegExp, run: () => unknown): void {
  assert.throws(run, (error) => {
    assert.ok(error instanceof Error);
    assert.equal(error.name, name);
    assert.match(error.message, message);
    return true;
  });
}
