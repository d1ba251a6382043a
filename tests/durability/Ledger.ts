/** What processes said they were doing, and what they were told was done. */
export class Ledger {
  readonly #remembered = new Set<string>();
  readonly #forgetting = new Set<string>();
  readonly #forgotten = new Set<string>();
  /** Files that were deleted after what they held was written anew. */
  deleted = 0;

  /** Takes note of a line such as `remembered w1n7`. */
  note(line: string): void {
    const [what = "", token = ""] = line.split(" ");
    if (what === "remembered") this.#remembered.add(token);
    else if (what === "forgetting") this.#forgetting.add(token);
    else if (what === "forgotten") this.#forgotten.add(token);
    else if (what === "deleted") this.deleted += 1;
  }

  get remembered(): number {
    return this.#remembered.size;
  }

  get forgotten(): number {
    return this.#forgotten.size;
  }

  /** Acknowledged memories that nobody began to forget and that are not among those found. */
  lost(found: ReadonlySet<string>): string[] {
    return [...this.#remembered].filter(
      (token) => !this.#forgetting.has(token) && !found.has(token),
    );
  }

  /** Found although forgetting them was acknowledged. */
  returned(found: ReadonlySet<string>): string[] {
    return [...this.#forgotten].filter((token) => found.has(token));
  }

  /** What may stand in no file: somebody began to forget it, and it is not found any more. */
  gone(found: ReadonlySet<string>): string[] {
    return [...this.#forgetting].filter((token) => !found.has(token));
  }
}
