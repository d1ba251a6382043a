import { atMost } from "../text/atMost.js";

/** How long whoever asks first may wait for a walk, in milliseconds. */
const PATIENCE_MS = 1_500;

/** What a walk comes to: the first commit, a repository without any, or nothing that can be told. */
export type Beginning = { readonly hash: string } | "empty" | undefined;

/** One search for the first commit of a repository. */
interface Walk {
  readonly end: Promise<void>;
  readonly patientUntil: number;
}

/**
 * The commits that histories begin with, by the folder of the repository's data.
 *
 * One that was found does not change, so each history is walked once. A long walk goes on while
 * nobody waits for it: a question is answered meanwhile as if the repository had no first commit.
 */
export class RootCommits {
  readonly #patienceMs: number;
  readonly #found = new Map<string, string>();
  readonly #walks = new Map<string, Walk>();

  constructor(patienceMs = PATIENCE_MS) {
    this.#patienceMs = patienceMs;
  }

  /**
   * The first commit of a repository, if it is known in time.
   *
   * @param walk Looks for it; called again only after it found a repository without any commit.
   */
  async find(commonFolder: string, walk: () => Promise<Beginning>): Promise<string | undefined> {
    const found = this.#found.get(commonFolder);
    if (found !== undefined) return found;
    let under = this.#walks.get(commonFolder);
    if (under === undefined) {
      under = {
        end: this.#walk(commonFolder, walk),
        patientUntil: performance.now() + this.#patienceMs,
      };
      this.#walks.set(commonFolder, under);
    }
    const left = under.patientUntil - performance.now();
    if (left > 0) await atMost(under.end, left);
    return this.#found.get(commonFolder);
  }

  async #walk(commonFolder: string, walk: () => Promise<Beginning>): Promise<void> {
    const beginning = await walk().catch(() => undefined);
    if (beginning === "empty") this.#walks.delete(commonFolder);
    else if (beginning !== undefined) this.#found.set(commonFolder, beginning.hash);
  }
}
