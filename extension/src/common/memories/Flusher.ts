import type { Recollect } from "recollect-wasm";
import { describe, type Log } from "../Log.js";
import type { SegmentStore } from "../storage/SegmentStore.js";

/** What was to be stored is not on disk yet; it is kept and written again later. */
export class NotSavedError extends Error {
  override readonly name = "NotSavedError";

  constructor(override readonly cause: unknown) {
    super(`not saved yet: ${describe(cause)}`);
  }
}

/** Whether everything that was remembered is on disk, and whether more can be taken in until then. */
export type SavedState = { isSaved: true } | { isSaved: false; isPaused: boolean; reason: string };

interface FlusherOptions {
  readonly store: SegmentStore;
  readonly log: Log;
  readonly onSavedStateChange?: (state: SavedState) => void;
  /** Called for each file that is durable, with the number of its records. */
  readonly onFlushed?: (records: number) => void;
  readonly retryDelaysMs?: readonly number[];
  readonly grouping?: typeof GROUPING;
}

interface Waiting {
  /** How many records must be durable, counted from the beginning, so that its own are. */
  readonly until: number;
  /** Whether somebody waits who does not want to wait for the next attempt. */
  readonly isUrgent: boolean;
  readonly resolve: () => void;
  readonly reject: (error: NotSavedError) => void;
}

/** What the flusher needs of the module. */
type Core = Pick<Recollect, "nextFlush" | "flushed" | "flushFailed" | "pending">;

const RETRY_DELAYS_MS = [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000];

/** When passive capture is written. */
export const GROUPING = {
  /** Nothing more came for this long, … */
  idleMs: 250,
  /** … or its first record is this old, … */
  ageMs: 1_000,
};
/** … or it has grown to this. */
const GROUP_RECORDS = 64;
const GROUP_BYTES = 64 * 1024;

/** Records that wait for more of their kind. */
interface Group {
  readonly since: number;
  records: number;
  bytes: number;
  timer?: ReturnType<typeof setTimeout>;
}

/**
 * Writes what the module has pending, one file at a time.
 *
 * What arrives while a file is being written goes into the next one. Records are written in the
 * order they came, so whoever waits is told as soon as the file with the last of its own is durable,
 * whatever becomes of the files after it.
 * After a failed write the module keeps the records and gives them again under a new name, since the
 * state of the old file is unknown.
 */
export class Flusher {
  readonly #core: Core;
  readonly #options: FlusherOptions;
  readonly #delaysMs: readonly number[];
  #waiting: Waiting[] = [];
  /** Records that are durable, counted from the beginning. */
  #durable = 0;
  #writing: Promise<void> | undefined;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #failures = 0;
  #reason = "";
  #isPaused = false;
  #group: Group | undefined;
  #isDisposed = false;

  constructor(core: Core, options: FlusherOptions) {
    this.#core = core;
    this.#options = options;
    this.#delaysMs = options.retryDelaysMs ?? RETRY_DELAYS_MS;
  }

  /** Resolves once everything that is pending now is durable; rejects with {@link NotSavedError} otherwise. */
  flush(): Promise<void> {
    return this.#wait(true, () => this.#start());
  }

  /**
   * Like {@link Flusher.flush}, but waits a moment for more records to share the file with.
   *
   * `records` and `bytes` tell how much has become pending.
   */
  flushSoon(records: number, bytes: number): Promise<void> {
    return this.#wait(false, () => {
      // A write is under way or due, and takes along all that is pending then.
      if (this.#writing === undefined && this.#retry === undefined) this.#grow(records, bytes);
    });
  }

  /** The module takes in no more before something is written; says so until it is. */
  pause(): void {
    if (this.#isPaused) return;
    this.#isPaused = true;
    this.#options.log.warn("recording is paused: too much waits to be written");
    this.#tellNotSaved();
    // With a failure, the next attempt is due already.
    if (this.#retry === undefined) this.#start();
  }

  /** Tries once more to write what is pending, then stops trying. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    await this.#writing;
    this.#start();
    await this.#writing;
    clearTimeout(this.#retry);
  }

  #wait(isUrgent: boolean, begin: () => void): Promise<void> {
    return new Promise((resolve, reject) => {
      const until = this.#durable + this.#core.pending;
      this.#waiting.push({ until, isUrgent, resolve, reject });
      begin();
    });
  }

  #grow(records: number, bytes: number): void {
    const group = (this.#group ??= { since: performance.now(), records: 0, bytes: 0 });
    group.records += records;
    group.bytes += bytes;
    clearTimeout(group.timer);
    if (group.records >= GROUP_RECORDS || group.bytes >= GROUP_BYTES) {
      this.#start();
      return;
    }
    const { idleMs, ageMs } = this.#options.grouping ?? GROUPING;
    const age = performance.now() - group.since;
    const delayMs = Math.max(0, Math.min(idleMs, ageMs - age));
    group.timer = setTimeout(() => this.#start(), delayMs);
  }

  #start(): void {
    clearTimeout(this.#retry);
    this.#retry = undefined;
    clearTimeout(this.#group?.timer);
    this.#group = undefined;
    this.#writing ??= this.#writeAll();
  }

  async #writeAll(): Promise<void> {
    for (let isLast = false; ;) {
      try {
        while (await this.#writeOne());
        break;
      } catch (error) {
        const { cause, records } = failureOf(error);
        // Whose records were in no file yet is not told of the failure of another's.
        this.#reject(cause, isLast || this.#isDisposed ? undefined : this.#durable + records);
        if (!isLast && this.#waiting.some(({ isUrgent }) => isUrgent)) {
          isLast = true;
          continue;
        }
        this.#retryLater(cause);
        this.#writing = undefined;
        return;
      }
    }
    // Nothing is pending, so that all who wait have what they wait for.
    this.#resolve(Number.POSITIVE_INFINITY);
    if (this.#failures > 0 || this.#isPaused) this.#options.onSavedStateChange?.({ isSaved: true });
    this.#failures = 0;
    this.#isPaused = false;
    // In the same turn as the last look at what is pending: whoever comes next starts a new round.
    this.#writing = undefined;
  }

  /** Tells those who wait for no more than so many records that these are durable. */
  #resolve(durable: number): void {
    for (const { resolve } of this.#takeWaiting(durable)) resolve();
  }

  /** Tells those who wait for no more than so many records, or all, that these are not saved. */
  #reject(cause: unknown, upTo = Number.POSITIVE_INFINITY): void {
    const notSaved = new NotSavedError(cause);
    for (const { reject } of this.#takeWaiting(upTo)) reject(notSaved);
  }

  /** Writes the next file; false if nothing is pending. Rejects with {@link FileFailure}. */
  async #writeOne(): Promise<boolean> {
    const file = this.#nextFile();
    if (file === undefined) return false;
    try {
      await this.#options.store.putNew(file.name, file.bytes);
    } catch (error) {
      this.#core.flushFailed(file.name);
      throw new FileFailure(error, file.records);
    }
    this.#core.flushed(file.name);
    this.#durable += file.records;
    this.#resolve(this.#durable);
    this.#options.onFlushed?.(file.records);
    return true;
  }

  #nextFile(): { name: string; bytes: Uint8Array; records: number } | undefined {
    const flush = this.#core.nextFlush(Date.now());
    if (flush === undefined) return undefined;
    const { name, bytes, records } = flush;
    flush.free();
    return { name, bytes, records };
  }

  #retryLater(error: unknown): void {
    const delayMs = this.#delaysMs[Math.min(this.#failures, this.#delaysMs.length - 1)] ?? 60_000;
    this.#failures += 1;
    this.#options.log.error(`writing failed, next attempt in ${delayMs} ms: ${describe(error)}`);
    this.#reason = describe(error);
    this.#tellNotSaved();
    if (!this.#isDisposed) this.#retry = setTimeout(() => this.#start(), delayMs);
  }

  #tellNotSaved(): void {
    this.#options.onSavedStateChange?.({
      isSaved: false,
      isPaused: this.#isPaused,
      reason: this.#failures > 0 ? this.#reason : "",
    });
  }

  /** Those who wait for no more than so many records; they wait no longer. */
  #takeWaiting(upTo: number): Waiting[] {
    const waiting = this.#waiting;
    this.#waiting = waiting.filter(({ until }) => until > upTo);
    return waiting.filter(({ until }) => until <= upTo);
  }
}

/** A file that could not be written, and how many records it was to hold. */
class FileFailure extends Error {
  constructor(
    override readonly cause: unknown,
    readonly records: number,
  ) {
    super(describe(cause));
  }
}

/** What failed; whatever is not about one file is about all that is pending. */
function failureOf(error: unknown): { cause: unknown; records: number } {
  if (error instanceof FileFailure) return error;
  return { cause: error, records: Number.POSITIVE_INFINITY };
}
