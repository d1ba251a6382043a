import type { Recollect } from "recollect-wasm";
import { describe, type Log } from "./Log.js";
import type { SegmentStore } from "./SegmentStore.js";

/** What was to be stored is not on disk yet; it is kept and written again later. */
export class NotSavedError extends Error {
  override readonly name = "NotSavedError";

  constructor(override readonly cause: unknown) {
    super(`not saved yet: ${describe(cause)}`);
  }
}

/** Whether everything that was remembered is on disk. */
export type SavedState = { isSaved: true } | { isSaved: false; reason: string };

interface FlusherOptions {
  readonly store: SegmentStore;
  readonly log: Log;
  readonly onSavedStateChange?: (state: SavedState) => void;
  readonly retryDelaysMs?: readonly number[];
}

interface Waiting {
  readonly resolve: () => void;
  readonly reject: (error: NotSavedError) => void;
}

const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000];

/**
 * Writes what the module has pending, one file at a time.
 *
 * What arrives while a file is being written goes into the next one.
 * After a failed write nothing is acknowledged; the module keeps the records and gives them
 * again under a new name, since the state of the old file is unknown.
 */
export class Flusher {
  readonly #core: Pick<Recollect, "nextFlush" | "flushed" | "flushFailed">;
  readonly #options: FlusherOptions;
  readonly #delaysMs: readonly number[];
  #waiting: Waiting[] = [];
  #writing: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #isDisposed = false;

  constructor(
    core: Pick<Recollect, "nextFlush" | "flushed" | "flushFailed">,
    options: FlusherOptions,
  ) {
    this.#core = core;
    this.#options = options;
    this.#delaysMs = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  }

  /** Resolves once everything that is pending now is durable; rejects with {@link NotSavedError} otherwise. */
  flush(): Promise<void> {
    return new Promise((resolve, reject) => {
      this.#waiting.push({ resolve, reject });
      this.#start();
    });
  }

  /** Tries once more to write what is pending, then stops trying. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#writing;
    this.#start();
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #start(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    // Those who wait now have their records in the module already.
    let waiting = this.#takeWaiting();
    try {
      for (;;) {
        const hasWritten = await this.#writeOne();
        if (hasWritten) continue;
        for (const { resolve } of waiting) resolve();
        waiting = this.#takeWaiting();
        if (waiting.length === 0) break;
      }
    } catch (error) {
      const notSaved = new NotSavedError(error);
      for (const { reject } of [...waiting, ...this.#takeWaiting()]) reject(notSaved);
      this.#retryLater(error);
      this.#writing = undefined;
      return;
    }
    if (this.#failures > 0) this.#options.onSavedStateChange?.({ isSaved: true });
    this.#failures = 0;
    // In the same turn as the last look at who waits: whoever comes next starts a new round.
    this.#writing = undefined;
  }

  /** Writes the next file; false if nothing is pending. */
  async #writeOne(): Promise<boolean> {
    const file = this.#nextFile();
    if (file === undefined) return false;
    try {
      await this.#options.store.putNew(file.name, file.bytes);
    } catch (error) {
      this.#core.flushFailed(file.name);
      throw error;
    }
    this.#core.flushed(file.name);
    return true;
  }

  #nextFile(): { name: string; bytes: Uint8Array } | undefined {
    const flush = this.#core.nextFlush(Date.now());
    if (flush === undefined) return undefined;
    const { name, bytes } = flush;
    flush.free();
    return { name, bytes };
  }

  #retryLater(error: unknown): void {
    const delayMs = this.#delaysMs[Math.min(this.#failures, this.#delaysMs.length - 1)] ?? 60_000;
    this.#failures += 1;
    this.#options.log.error(`writing failed, next attempt in ${delayMs} ms: ${describe(error)}`);
    this.#options.onSavedStateChange?.({ isSaved: false, reason: describe(error) });
    if (!this.#isDisposed) this.#retry = setTimeout(() => this.#start(), delayMs);
  }

  #takeWaiting(): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    return waiting;
  }
}
