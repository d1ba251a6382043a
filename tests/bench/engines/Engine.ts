import type { Row } from "../corpus.js";
import type { Query } from "../queries.js";

/** Something that finds memories, filled with some. */
export interface Engine {
  /**
   * Finds the best 20 memories, whole or as far as the engine shows them, as plain objects.
   * A promise is awaited within the time that is measured.
   */
  search(query: Query): readonly unknown[] | Promise<readonly unknown[]>;

  /** Bytes that the index and the stored memories take, where they can be told apart. */
  memoryBytes?(): number;

  close(): void;
}

/** A kind of engine. */
export interface EngineKind {
  /** As the table calls it. */
  name: string;
  /** The package it comes from, for its version; Recollect's own has none. */
  packageName?: string;
  /** How it is configured, in words for the table's footnotes. */
  setup: string;
  /** Makes an engine that holds the memories. */
  open(rows: readonly Row[]): Promise<Engine>;
}
