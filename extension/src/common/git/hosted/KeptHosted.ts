import type { KeptValues } from "../../storage/Keyring.js";

/** What is kept of a hosted repository from one window to the next; no text of it. */
export interface HostedNotes {
  /** Whether the user said yes to its history, and to what was decided in it. */
  readonly history?: boolean;
  readonly decided?: boolean;
  /** The branch or tag that {@link HostedNotes.head} is of. */
  readonly ref?: string | undefined;
  readonly etag?: string;
  readonly head?: string;
  /** Commits that became no memories, each with those that it follows, parted by spaces. */
  readonly skipped?: readonly string[];
  readonly tagsEtag?: string;
  /** Tags, each as its commit and its name, parted by a space. */
  readonly tags?: readonly string[];
  /** Those of them whose releases were told. */
  readonly told?: readonly string[];
  /** The next page of what was decided; nothing once all were read. */
  readonly decidedPage?: number | undefined;
  /** When the walk began that is under way. */
  readonly walkBegan?: string | undefined;
  /** When the last walk over what was decided began. */
  readonly decidedSince?: string | undefined;
  /** Until when the service wants no requests, in Unix milliseconds. */
  readonly restUntil?: number;
}

/** What is kept of one hosted repository. */
export class KeptHosted {
  readonly #kept: KeptValues;
  readonly #name: string;

  /** `repository` is its address without a scheme: `github.com/owner/name`. */
  constructor(kept: KeptValues, repository: string) {
    this.#kept = kept;
    this.#name = `recollect.hosted.${repository.toLowerCase()}`;
  }

  get notes(): HostedNotes {
    const value = this.#kept.get(this.#name);
    // Nobody else writes under this name.
    return typeof value === "object" && value !== null ? value : {};
  }

  async note(change: HostedNotes): Promise<void> {
    await this.#kept.update(this.#name, { ...this.notes, ...change });
  }

  /** Forgets all of it, the user's yes as well. */
  async clear(): Promise<void> {
    await this.#kept.update(this.#name, undefined);
  }
}
