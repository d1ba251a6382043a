/** An answer, and when it was asked for. */
interface Kept<Answer> {
  readonly answer: Answer;
  readonly askedAt: number;
}

/**
 * Answers that are given at once after the first time, and asked for anew behind that.
 *
 * For what changes seldom and is asked for by each question, such as where a folder belongs: an
 * answer may be as old as the question before, or as `freshMs` while many follow each other.
 */
export class KeptAnswers<Answer> {
  readonly #freshMs: number;
  readonly #kept = new Map<string, Kept<Answer>>();
  readonly #asked = new Map<string, Promise<Answer>>();

  constructor(freshMs: number) {
    this.#freshMs = freshMs;
  }

  /** The answer by a key. Rejects as `ask` does while there is no earlier answer. */
  async get(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const kept = this.#kept.get(key);
    if (kept === undefined) return this.#ask(key, ask);
    if (performance.now() - kept.askedAt > this.#freshMs)
      // Without a new answer the earlier one stays.
      this.#ask(key, ask).catch(() => undefined);
    return kept.answer;
  }

  #ask(key: string, ask: () => Promise<Answer>): Promise<Answer> {
    const underWay = this.#asked.get(key);
    if (underWay !== undefined) return underWay;
    const askedAt = performance.now();
    const asked = ask()
      .then((answer) => {
        this.#kept.set(key, { answer, askedAt });
        return answer;
      })
      .finally(() => this.#asked.delete(key));
    this.#asked.set(key, asked);
    return asked;
  }
}
