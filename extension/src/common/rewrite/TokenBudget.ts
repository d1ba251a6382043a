import type { KeptValues } from "../storage/Keyring.js";
import { formatDate } from "../text/plainText.js";

const SPENT = "recollect.rewrite.spent";

/**
 * Tokens that may be used in a day, counted by all windows together and begun anew at midnight.
 *
 * Windows that ask in the same moment may each use the last of it: the editor tells them of one
 * another's counts a little later.
 */
export class TokenBudget {
  readonly #kept: KeptValues;
  readonly #now: () => number;

  /** `kept` is shared by all windows; `now` gives Unix milliseconds. */
  constructor(kept: KeptValues, now: () => number) {
    this.#kept = kept;
    this.#now = now;
  }

  /** Tokens used today. */
  get spent(): number {
    const value: unknown = this.#kept.get(SPENT);
    if (typeof value !== "object" || value === null) return 0;
    // What another version kept may have any shape.
    const { day, tokens } = value as { day?: unknown; tokens?: unknown };
    return day === this.#today() && typeof tokens === "number" ? tokens : 0;
  }

  /** What is left of so many tokens a day. */
  left(dailyTokens: number): number {
    return Math.max(0, dailyTokens - this.spent);
  }

  async spend(tokens: number): Promise<void> {
    await this.#kept.update(SPENT, { day: this.#today(), tokens: this.spent + tokens });
  }

  #today(): string {
    return formatDate(this.#now());
  }
}
