import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { Note, Origin } from "recollect-wasm";
import type { Log } from "../src/common/Log.js";
import { Memories, type MemoriesOptions } from "../src/common/memories/Memories.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { endWith } from "./temporaryFolder.js";

/** Where the tests' memories belong. */
export const origin: Origin = {
  project: { id: "example.com/team/project", name: "project" },
  provenance: "user",
};

export type OpenOptions = Partial<MemoriesOptions>;

/** The real module over real files, closed after the test. */
export function openMemories(folder: string, options: OpenOptions = {}): Memories {
  const memories = new Memories({
    store: new FileSegmentStore(join(folder, "mem1")),
    quarantine: new FileSegmentStore(join(folder, "mem1"), "bad"),
    readModule,
    app: "0.0.0-test",
    log: new LogLines(),
    ...options,
  });
  endWith(folder, () => memories.dispose());
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
