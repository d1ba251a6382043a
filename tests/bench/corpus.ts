/**
 * The memories that are searched: as segments for Recollect, as rows for everything else.
 */
import type { NewRecord } from "recollect-wasm";
import { Recollect } from "recollect-wasm";
import { Generator } from "./generator.js";

/** When the benchmark takes place; memories are of the two years before. */
export const NOW = 1_790_000_000_000;

/** Of the generator that makes the memories. */
const SEED = 1;

const BATCH = 1_000;

/** A memory as a table or a library of search takes it; lists are joined by line ends. */
export interface Row {
  /** From 1. */
  id: number;
  /** Id of the project. */
  project: string;
  type: string;
  /** Unix milliseconds. */
  at: number;
  title: string;
  narrative: string;
  concepts: string;
  files: string;
}

/** The fields that are searched, with the weights that Recollect's index gives them. */
export const FIELD_WEIGHTS = { title: 3, narrative: 1, concepts: 16, files: 2 } as const;

/** Names of the searched fields. */
export const FIELDS = ["title", "narrative", "concepts", "files"] as const;

/** The first memories of the seed. */
export function rows(count: number): Row[] {
  const generator = new Generator(SEED);
  return Array.from({ length: count }, (_, position) => row(generator.memory(NOW), position + 1));
}

function row(memory: NewRecord, id: number): Row {
  if (memory.kind !== "observation") throw new Error(`an unexpected ${memory.kind}`);
  return {
    id,
    project: memory.origin.project.id,
    type: memory.type,
    at: memory.at ?? NOW,
    title: memory.title,
    narrative: memory.narrative ?? "",
    concepts: (memory.concepts ?? []).join("\n"),
    // A memory names each of its files once, however often it is told.
    files: [...new Set(memory.filesModified)].join("\n"),
  };
}

/** A file of the log. */
export interface Segment {
  name: string;
  bytes: Uint8Array;
}

/**
 * The same memories as files, each by a writer of its own, which needs no index.
 * The module must have been loaded.
 */
export function* segments(count: number): IterableIterator<Segment> {
  const generator = new Generator(SEED);
  for (let written = 0; written < count; written += BATCH) {
    const length = Math.min(BATCH, count - written);
    const core = new Recollect(crypto.getRandomValues(new Uint8Array(32)), "0.0.0");
    core.append(
      Array.from({ length }, () => generator.memory(NOW)),
      NOW,
    );
    const flush = core.nextFlush(NOW);
    if (flush === undefined) throw new Error("nothing was to be written");
    const { name, bytes, records } = flush;
    if (records !== length) throw new Error(`${records} of ${length} records fit into one file`);
    flush.free();
    core.free();
    yield { name, bytes };
  }
}
