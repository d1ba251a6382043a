interface UpkeepOptions {
  /** Brings the summary of the session of that key up to date. Must not reject. */
  readonly refresh: (key: string) => Promise<void>;
  readonly timing?: typeof SUMMARY_TIMING;
}

/**
 * When the summary of a session under way is written, in milliseconds. Each version is a record, so
 * that there are few: after pauses of work, and soon after what is worth finding at once.
 */
export const SUMMARY_TIMING = {
  /** After the last record. */
  pauseMs: 60_000,
  /** After the first record that the summary does not tell of, however many follow. */
  longestMs: 15 * 60_000,
  /** Between two versions. */
  betweenMs: 5 * 60_000,
  /** After a commit. */
  commitMs: 2_000,
  /** Between two versions where a commit was made. */
  betweenCommitsMs: 30_000,
};

/** Keeps the summary of the session that is captured into up to date. */
export class SummaryUpkeep {
  readonly #options: UpkeepOptions;
  readonly #timing: typeof SUMMARY_TIMING;
  #key: string | undefined;
  /** When the first and the last record came that the summary does not tell of. */
  #untold: { readonly since: number; lastAt: number; commitAt?: number } | undefined;
  #writtenAt = Number.NEGATIVE_INFINITY;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: UpkeepOptions) {
    this.#options = options;
    this.#timing = options.timing ?? SUMMARY_TIMING;
  }

  /** Something was recorded in the session of that key. */
  noted(key: string, types: readonly string[]): void {
    const now = Date.now();
    if (key !== this.#key) {
      this.#key = key;
      this.#untold = undefined;
      this.#writtenAt = Number.NEGATIVE_INFINITY;
    }
    this.#untold ??= { since: now, lastAt: now };
    this.#untold.lastAt = now;
    if (types.includes("git_commit")) {
      this.#untold.commitAt = now;
      clearTimeout(this.#timer);
      this.#timer = undefined;
    }
    this.#timer ??= this.#wait();
  }

  /** Brings the summary up to date now, if something was recorded since the last version. */
  async now(): Promise<void> {
    const key = this.#key;
    if (key === undefined || this.#untold === undefined) return;
    this.#untold = undefined;
    this.#writtenAt = Date.now();
    await this.#options.refresh(key);
  }

  /** The session ends, and its end writes the last version. */
  stop(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#untold = undefined;
    this.#key = undefined;
  }

  #wait(): ReturnType<typeof setTimeout> | undefined {
    const due = this.#due();
    if (due === undefined) return undefined;
    const timer = setTimeout(
      () => {
        this.#timer = undefined;
        const next = this.#due();
        if (next !== undefined && next <= Date.now()) void this.now();
        else this.#timer = this.#wait();
      },
      Math.max(0, due - Date.now()),
    );
    // In Node a summary alone keeps no process alive; a browser's timers are numbers.
    if (typeof timer === "object") timer.unref();
    return timer;
  }

  #due(): number | undefined {
    if (this.#untold === undefined) return undefined;
    const { since, lastAt, commitAt } = this.#untold;
    const { pauseMs, longestMs, betweenMs, commitMs, betweenCommitsMs } = this.#timing;
    const paused = Math.min(lastAt + pauseMs, since + longestMs);
    const due = Math.max(paused, this.#writtenAt + betweenMs);
    if (commitAt === undefined) return due;
    return Math.min(due, Math.max(commitAt + commitMs, this.#writtenAt + betweenCommitsMs));
  }
}
