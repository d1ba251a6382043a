import type { ImageReader, Recollect } from "recollect-wasm";
import { describe, type Log } from "../Log.js";
import type { SegmentStore } from "./SegmentStore.js";

/** An image that is being read, a part at a time: it may be larger than memory should hold twice. */
export interface Image extends ImageReader {
  /** To be called once nobody reads it. */
  close(): Promise<void>;
}

/** Keeps images of the index. Losing one costs time and nothing else. */
export interface ImageStore {
  /** The image written last for this schema, or `undefined` if there is none that can be read. */
  read(schema: number): Promise<Image | undefined>;

  /** Keeps this image instead of all others. */
  replace(schema: number, bytes: Uint8Array): Promise<void>;

  /** Removes all images, of every schema. */
  deleteAll(): Promise<void>;
}

/** An image is written anew once it lacks so many records, … */
const RECORDS_BEHIND = 1_000;

/** … or has lacked any for so long. */
const BEHIND_MS = 10 * 60 * 1000;

interface CacheOptions {
  readonly images: ImageStore;
  readonly schema: number;
  readonly log: Log;
  /** With no more memories than this, reading the files is as fast. */
  readonly above: number;
}

type Core = Pick<Recollect, "loadCache" | "saveCache" | "stats">;

/** An image of the index to start from next time, for large stores. */
export class IndexCache {
  readonly #core: Core;
  readonly #options: CacheOptions;
  /** Records taken in that the image does not hold. */
  #behind = 0;
  #savedAt = Number.NEGATIVE_INFINITY;
  /** Counts the times that images became wrong, so that one under way is noticed. */
  #drops = 0;
  /** One thing after the other, so that what is written late is removed all the same. */
  #queue: Promise<void> = Promise.resolve();

  constructor(core: Core, options: CacheOptions) {
    this.#core = core;
    this.#options = options;
  }

  /** Starts the index from the image, if there is one that can be used. Never rejects. */
  async load(segments: Pick<SegmentStore, "list">): Promise<boolean> {
    const { images, schema, log } = this.#options;
    try {
      const image = await images.read(schema);
      if (image === undefined) return false;
      if (await this.#start(image, segments)) {
        this.#savedAt = performance.now();
        return true;
      }
      log.info("the cache of the index cannot be used and is made anew");
    } catch (error) {
      log.warn(`the cache of the index was not loaded: ${describe(error)}`);
    }
    await this.drop();
    return false;
  }

  async #start(image: Image, segments: Pick<SegmentStore, "list">): Promise<boolean> {
    try {
      return this.#core.loadCache(image, await segments.list(), Date.now());
    } finally {
      await image.close();
    }
  }

  /** Records were taken in that the image does not hold. */
  note(records: number): void {
    this.#behind += records;
  }

  /** Files that an image covers have been folded into others, and such an image cannot be used. */
  outdate(): void {
    this.#behind = Math.max(this.#behind, RECORDS_BEHIND);
  }

  /** Writes an image if it is worth it. Never rejects. */
  async saveIfDue(): Promise<void> {
    const isDue =
      this.#behind >= RECORDS_BEHIND ||
      (this.#behind > 0 && performance.now() - this.#savedAt >= BEHIND_MS);
    const { images, schema, above } = this.#options;
    if (!isDue || this.#core.stats().memories <= above) return;
    await this.#enqueue("written", async () => {
      const drops = this.#drops;
      const behind = this.#behind;
      const bytes = this.#core.saveCache();
      if (bytes === undefined) return;
      await images.replace(schema, bytes);
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
    this.outdate();
    await this.#enqueue("removed", () => this.#options.images.deleteAll());
  }

  /** Waits for what is under way. */
  async settled(): Promise<void> {
    await this.#queue;
  }

  #enqueue(done: string, work: () => Promise<void>): Promise<void> {
    this.#queue = this.#queue.then(work).catch((error: unknown) => {
      this.#options.log.warn(`the cache of the index was not ${done}: ${describe(error)}`);
    });
    return this.#queue;
  }
}
