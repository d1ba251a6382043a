import type { Operation, Outcome, Recollect } from "recollect-wasm";
import { describe, type Log } from "../Log.js";
import { SegmentExistsError, type SegmentStore } from "../storage/SegmentStore.js";

type Core = Pick<Recollect, "nextOperation" | "complete">;

interface MaintenanceOptions {
  readonly segments: SegmentStore;
  readonly quarantine: SegmentStore;
  readonly log: Log;
  /** Small segments are folded together if there are more than this, while the window is idle. */
  readonly compactAbove: number;
  /** Wait after a failure; the module rests 10 s by itself. */
  readonly retryAfterMs?: number;
}

/** What has been done to the files so far. */
export interface Tidied {
  /** Files written, which hold what lived in those that were deleted. */
  readonly written: number;
  readonly deleted: number;
  /** Operations carried out, of every kind. */
  readonly operations: number;
  /** Why the last operation failed, unless one worked since. */
  problem?: string;
}

const RETRY_AFTER_MS = 10_500;

/**
 * Keeps the files in order: rewrites those with something forgotten in them, copies damaged ones
 * into quarantine, and folds small ones together while nobody uses the memories.
 *
 * The module decides, one operation at a time; this carries it out. A failure is logged and tried
 * again later, and never disturbs anybody.
 */
export class Maintenance {
  readonly #core: Core;
  readonly #options: MaintenanceOptions;
  #tidied: Tidied = { written: 0, deleted: 0, operations: 0 };
  #running: Promise<void> | undefined;
  #isIdle: () => boolean = () => false;
  #retry: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;

  constructor(core: Core, options: MaintenanceOptions) {
    this.#core = core;
    this.#options = options;
  }

  get tidied(): Tidied {
    return this.#tidied;
  }

  /** Does what should not wait: purging and quarantine. Never rejects. */
  run(): Promise<void> {
    if (this.#isDisposed) return Promise.resolve();
    this.#running ??= this.#runAll().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  /** Does everything, also folding files together, as long as `isIdle` says so. Never rejects. */
  async runIdle(isIdle: () => boolean): Promise<void> {
    await this.run();
    this.#isIdle = isIdle;
    try {
      await this.run();
    } finally {
      this.#isIdle = () => false;
    }
  }

  /** Waits for the operation under way and starts no other. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#retry);
    await this.#running;
  }

  async #runAll(): Promise<void> {
    try {
      while (!this.#isDisposed) {
        const compactAbove = this.#isIdle() ? this.#options.compactAbove : undefined;
        const operation = this.#core.nextOperation(Date.now(), compactAbove);
        if (operation === undefined) break;
        await this.#carryOut(operation);
      }
    } catch (error) {
      this.#note({ problem: describe(error) });
    }
    if (this.#tidied.problem !== undefined) this.#retryLater();
  }

  async #carryOut(operation: Operation): Promise<void> {
    const { kind, area, name, bytes } = operation;
    operation.free();
    const store = area === "segments" ? this.#options.segments : this.#options.quarantine;
    let outcome: Outcome = "done";
    let read: Uint8Array | undefined;
    let problem: string | undefined;
    try {
      switch (kind) {
        case "read":
          read = await store.read(name);
          if (read === undefined) outcome = "missing";
          break;
        case "put_new":
          await store.putNew(name, bytes ?? new Uint8Array());
          break;
        case "delete":
          await store.delete(name);
      }
    } catch (error) {
      // Another window has put the same damaged file there.
      const isDone = area === "quarantine" && error instanceof SegmentExistsError;
      if (!isDone) {
        outcome = "failed";
        problem = `${kind} ${name}: ${describe(error)}`;
      }
    }
    this.#core.complete(outcome, read, Date.now());
    this.#note({
      written: kind === "put_new" && outcome === "done" ? 1 : 0,
      deleted: kind === "delete" && outcome === "done" ? 1 : 0,
      ...(problem === undefined ? {} : { problem }),
    });
  }

  #note(step: { written?: number; deleted?: number; problem?: string }): void {
    const { written = 0, deleted = 0, problem } = step;
    if (problem !== undefined) this.#options.log.warn(`the files are not in order yet: ${problem}`);
    this.#tidied = {
      written: this.#tidied.written + written,
      deleted: this.#tidied.deleted + deleted,
      operations: this.#tidied.operations + 1,
      ...(problem === undefined ? {} : { problem }),
    };
  }

  #retryLater(): void {
    if (this.#isDisposed || this.#retry !== undefined) return;
    const delayMs = this.#options.retryAfterMs ?? RETRY_AFTER_MS;
    this.#retry = setTimeout(() => {
      this.#retry = undefined;
      // Another window may have done it meanwhile; then nothing fails any more.
      delete this.#tidied.problem;
      void this.run();
    }, delayMs);
  }
}
