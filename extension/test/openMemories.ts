import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { after } from "node:test";
import type { Note, Origin } from "recollect-wasm";
import type { Log } from "../src/common/Log.js";
import { Memories, type MemoriesOptions } from "../src/common/Memories.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";

/** Where the tests' memories belong. */
export const origin: Origin = {
  project: { id: "example.com/team/project", name: "project" },
  provenance: "user",
};

/** The real module over real files, closed after the tests of the file. */
export function openMemories(folder: string, options: Partial<MemoriesOptions> = {}): Memories {
  const memories = new Memories({
    store: new FileSegmentStore(join(folder, "mem1")),
    readModule,
    app: "0.0.0-test",
    log: new LogLines(),
    ...options,
  });
  after(() => memories.dispose());
  return memories;
}

export function readModule(): Promise<Uint8Array> {
  return readFile(join(import.meta.dirname, "..", "..", "pkg", "recollect_wasm_bg.wasm"));
}

export function note(text: string, more: Partial<Note> = {}): Note {
  return { text, origin, ...more };
}

/** Keeps what was logged. */
export class LogLines implements Log {
  readonly lines: string[] = [];

  debug(message: string): void {
    this.lines.push(message);
  }

  info(message: string): void {
    this.lines.push(message);
  }

  warn(message: string): void {
    this.lines.push(message);
  }

  error(message: string): void {
    this.lines.push(message);
  }
}
