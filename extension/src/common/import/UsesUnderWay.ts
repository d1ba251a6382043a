import type { Fields } from "./jsonLines.js";

/** Uses that wait for their results; agents run only a few at a time. */
const MAX_WAITING = 1_000;

/** Uses of tools whose results come in later lines, by their ids; the oldest of too many are let go. */
export class UsesUnderWay {
  readonly #uses = new Map<string, Fields>();

  begin(id: string, use: Fields): void {
    this.#uses.set(id, use);
    const [oldest] = this.#uses.keys();
    if (this.#uses.size > MAX_WAITING && oldest !== undefined) this.#uses.delete(oldest);
  }

  /** The use that a result belongs to, once. */
  end(id: string): Fields | undefined {
    const use = this.#uses.get(id);
    this.#uses.delete(id);
    return use;
  }
}
