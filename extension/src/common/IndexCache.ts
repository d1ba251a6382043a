import type { Recollect } from "recollect-wasm";
import { describe, type Log } from "./Log.js";
import type { SegmentStore } from "./SegmentStore.js";

/** Keeps images of the index. Losing one costs time and nothing else. */
export interface ImageStore {
  /** The image written last for this schema, or `undefined` if there is none that can be read. */
  read(schema: number): Promise<Uint8Array | undefined>;

  /** Keeps this image instead of all others. */
  replace(schema: number, bytes: Uint8Array): Promise<void>;

  /** Removes all images, of every schema. */
  deleteAll(): Promise<void>;
}

/** Below this, reading the files is as fast. */
const MIN_MEMORIES = 5_000;

/** An image is written anew once it lacks so many records, … */
const RECORDS_BEHIND = 1_000;

/** … or has lacked any for so long. */
const BEHIND_MS = 10 * 60 * 1000;

type Core = Pick<Recollect, "loadCache" | "saveCache" | "stats">;

/** An image of the index to start from next time, for large stores. */
export class IndexCache {
  readonly #core: Core;
  readonly #images: ImageStore;
  readonly #schema: number;
  readonly #log: Log;
  /** Records taken in that the image does not hold. */
  #behind = 0;
  #savedAt = Number.NEGATIVE_INFINITY;
  /** Counts the times that images became wrong, so that one under way is noticed. */
  #drops = 0;
  /** One thing after the other, so that what is written late is removed all the same. */
  #queue: Promise<void> = Promise.resolve();

  constructor(core: Core, images: ImageStore, schema: number, log: Log) {
    this.#core = core;
    this.#images = images;
    this.#schema = schema;
    this.#log = log;
  }

  /** Starts the index from the image, if there is one that can be used. Never rejects. */
  async load(segments: Pick<SegmentStore, "list">): Promise<boolean> {
    try {
      const bytes = await this.#images.read(this.#schema);
      if (bytes === undefined) return false;
      if (this.#core.loadCache(bytes, await segments.list(), Date.now())) {
        this.#savedAt = performance.now();
        return true;
      }
      this.#log.info("the cache of the index cannot be used and is made anew");
    } catch (error) {
      this.#log.warn(`the cache of the index was not loaded: ${describe(error)}`);
    }
    await this.drop();
    return false;
  }

  /** Records were taken in that the image does not hold. */
  note(records: number): void {
    this.#behind += records;
  }

  /** Writes an image if it is worth it. Never rejects. */
  async saveIfDue(): Promise<void> {
    const isDue =
      this.#behind >= RECORDS_BEHIND ||
      (this.#behind > 0 && performance.now() - this.#savedAt >= BEHIND_MS);
    if (!isDue || this.#core.stats().memories <= MIN_MEMORIES) return;
    await this.#enqueue("written", async () => {
      const drops = this.#drops;
      const behind = this.#behind;
      const bytes = this.#core.saveCache();
      if (bytes === undefined) return;
      await this.#images.replace(this.#schema, bytes);
      // Something was forgotten while it was being written.
      if (drops !== this.#drops) return;
      this.#behind -= behind;
      this.#savedAt = performance.now();
    });
  }

  /** Removes all images: something in them is no longer true. Never rejects. */
  async drop(): Promise<void> {
    this.#drops += 1;
    this.#savedAt = Number.NEGATIVE_INFINITY;
    // What is left of the index is not in any image now.
    this.#behind = Math.max(this.#behind, RECORDS_BEHIND);
    await this.#enqueue("removed", () => this.#images.deleteAll());
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  #enqueue(done: string, work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#log.warn(`the cache of the index was not ${done}: ${describe(error)}`);
    });
    return this.#queue;
  }
}
