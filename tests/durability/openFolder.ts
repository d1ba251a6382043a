import { join } from "node:path";
import type { Origin } from "recollect-wasm";
import { Memories, type MemoriesOptions } from "../../extension/src/common/memories/Memories.js";
import type { SegmentStore } from "../../extension/src/common/storage/SegmentStore.js";
import { FileSegmentStore } from "../../extension/src/node/FileSegmentStore.js";

export const origin: Origin = {
  project: { id: "example.com/team/project", name: "project" },
  provenance: "user",
};

interface FolderOptions extends Pick<MemoriesOptions, "readModule" | "compactAbove" | "idle"> {
  readonly onDelete?: (name: string) => void;
  /** Called with every warning; nothing here gives reason for one. A write that failed is tried again. */
  readonly onProblem: (message: string) => void;
}

/** The memories of a folder as a window of a desktop editor opens them. */
export function openFolder(
  folder: string,
  { onDelete, onProblem, ...options }: FolderOptions,
): Memories {
  const mem1 = join(folder, "mem1");
  return new Memories({
    store: reporting(new FileSegmentStore(mem1), onDelete),
    quarantine: new FileSegmentStore(mem1, "bad"),
    app: "0.0.0-test",
    log: {
      debug: () => undefined,
      info: () => undefined,
      warn: onProblem,
      error: () => undefined,
    },
    ...options,
  });
}

function reporting(store: FileSegmentStore, onDelete?: (name: string) => void): SegmentStore {
  return {
    list: () => store.list(),
    read: (name) => store.read(name),
    putNew: (name, bytes) => store.putNew(name, bytes),
    delete: async (name) => {
      await store.delete(name);
      onDelete?.(name);
    },
    removeRemains: () => store.removeRemains(),
  };
}
