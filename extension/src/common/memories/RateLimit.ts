/** At most so many of something within any window of so many milliseconds. */
export class RateLimit {
  readonly #most: number;
  readonly #windowMs: number;
  /** When the latest were taken, oldest first. */
  #taken: number[] = [];

  constructor(most: number, windowMs: number) {
    this.#most = most;
    this.#windowMs = windowMs;
  }

  /** Takes one and returns 0, or takes none and returns the milliseconds until one can be had. */
  take(now: number): number {
    // A clock that was set back must not make anybody wait for hours.
    this.#taken = this.#taken.filter((at) => at <= now && at > now - this.#windowMs);
    const [oldest] = this.#taken;
    if (oldest !== undefined && this.#taken.length >= this.#most)
      return oldest + this.#windowMs - now;
    this.#taken.push(now);
    return 0;
  }
}
