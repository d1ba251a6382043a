interface IdleOptions {
  /** Nobody uses the memories if nobody has done so for this long. */
  readonly afterMs: number;
  /** Windows that became idle at the same time begin up to this long after one another. */
  readonly spreadMs: number;
  /** While idle, the work is looked at again after this long. */
  readonly againMs: number;
}

/** As the files are kept in order in an editor. */
export const IDLE: IdleOptions = { afterMs: 5_000, spreadMs: 30_000, againMs: 60_000 };

/** Runs work of no hurry while nobody uses the memories, one run at a time. */
export class IdleTimer {
  readonly #run: (isIdle: () => boolean) => Promise<void>;
  readonly #options: IdleOptions;
  #usedAt = performance.now();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #running: Promise<void> | undefined;
  #isDisposed = false;

  /** `run` must not reject; it stops soon after `isIdle` says no. */
  constructor(run: (isIdle: () => boolean) => Promise<void>, options: IdleOptions) {
    this.#run = run;
    this.#options = options;
    this.#schedule(options.afterMs);
  }

  /** Somebody uses the memories now. */
  touch(): void {
    this.#usedAt = performance.now();
  }

  /** Waits for the run under way and starts no other. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    await this.#running;
  }

  /** Whether nobody uses the memories at this moment. */
  isIdle(): boolean {
    return !this.#isDisposed && performance.now() - this.#usedAt >= this.#options.afterMs;
  }

  #schedule(delayMs: number): void {
    if (this.#isDisposed) return;
    // Two windows that fold the same files would do the same work twice.
    const spreadMs = Math.random() * this.#options.spreadMs;
    this.#timer = setTimeout(() => void this.#look(), delayMs + spreadMs);
  }

  async #look(): Promise<void> {
    if (!this.isIdle()) {
      this.#schedule(this.#options.afterMs);
      return;
    }
    this.#running = this.#run(() => this.isIdle());
    await this.#running;
    this.#running = undefined;
    this.#schedule(this.#options.againMs);
  }
}
