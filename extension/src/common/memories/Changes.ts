/** What is different of the memories. */
export interface MemoryChange {
  /** Ids of what was remembered here, durably; empty if it was much at once or in another window. */
  readonly remembered: readonly string[];
  /** How many memories were forgotten here. */
  readonly forgotten: number;
}

/** Tells whoever wants to know that memories have changed. */
export class Changes {
  readonly #listeners = new Set<(change: MemoryChange) => void>();

  /** Calls back at each change, until what this gives is called. */
  listen(listener: (change: MemoryChange) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  tell(change: Partial<MemoryChange>): void {
    for (const listener of [...this.#listeners]) {
      listener({ remembered: [], forgotten: 0, ...change });
    }
  }
}
