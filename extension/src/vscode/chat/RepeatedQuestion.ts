import type { Understood } from "recollect-wasm";

/** A question that is asked again with less of what was understood of it. */
export interface Repeated {
  readonly question: string;
  /** What does not count. */
  readonly without: readonly Understood[];
  /** The question before it, which is another one than the last in the conversation. */
  readonly earlier?: string;
}

/** Hands a question over to the turn that answers it: the Chat view carries nothing but words. */
export class RepeatedQuestion {
  #next: Repeated | undefined;

  /** Keeps it for the turn that comes next. */
  keep(repeated: Repeated): void {
    this.#next = repeated;
  }

  /** What was kept for this question; once, and for no other question. */
  take(question: string): Repeated | undefined {
    const next = this.#next;
    this.#next = undefined;
    return next?.question === question ? next : undefined;
  }
}
