import { headLogEntries } from "../capture/headLog.js";
import type { KeptValues } from "../storage/Keyring.js";

const SINCE = "recollect.git.quietSince";
const HASHES = "recollect.git.passedOver";

/** Commits that are remembered as such; the oldest are given up first. */
const MAX_HASHES = 5_000;

/** What leads to commits that somebody else has made, or that were there before. */
const NOT_MADE = /^(?:checkout|reset|clone|fetch|branch|pull)\b/;

/**
 * Commits that were made while nothing was to be recorded. They stand in the history as others do,
 * but are learned only when the user asks for it.
 */
export class PassedOverCommits {
  readonly #kept: KeptValues;

  /** `kept` belongs to the workspace that the window shows. */
  constructor(kept: KeptValues) {
    this.#kept = kept;
  }

  /** Whether a time has begun in which nothing is recorded, and what it brought is not known yet. */
  get isOpen(): boolean {
    return typeof this.#kept.get(SINCE) === "number";
  }

  get hashes(): readonly string[] {
    const hashes = this.#kept.get(HASHES);
    return Array.isArray(hashes) ? hashes.filter((hash) => typeof hash === "string") : [];
  }

  /** From now on nothing is recorded. */
  async begin(now: number): Promise<void> {
    if (!this.isOpen) await this.#kept.update(SINCE, now);
  }

  /** Recording goes on since `until`; `logs` are the texts of git's logs of HEAD, which say what was done before. */
  async end(logs: readonly string[], until: number): Promise<void> {
    const since = this.#kept.get(SINCE);
    if (typeof since !== "number") return;
    const made = logs.flatMap((log) => madeBetween(log, since, until));
    const all = [...new Set([...this.hashes, ...made])];
    await this.#kept.update(HASHES, all.slice(-MAX_HASHES));
    await this.#kept.update(SINCE, undefined);
  }
}

/** Commits that were made here from one time to another. */
function madeBetween(log: string, since: number, until: number): string[] {
  // Git keeps whole seconds: what was made in the first or the last one counts as made within.
  const from = Math.floor(since / 1_000) * 1_000;
  return headLogEntries(log).flatMap(({ after, at, isMove, action, message }) => {
    const isMade = isMove && !NOT_MADE.test(action) && message !== "Fast-forward";
    return isMade && at >= from && at <= until ? [after] : [];
  });
}
