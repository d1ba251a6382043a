import { describe, type Log } from "./Log.js";

interface AssistantWritesOptions {
  /** Shows that so many memories were added, and resolves with what the user wants then, if anything. */
  readonly tell: (count: number) => PromiseLike<"show" | "undo" | undefined>;
  readonly show: (ids: readonly string[]) => Promise<void>;
  /** Forgets them. */
  readonly undo: (ids: readonly string[]) => Promise<void>;
  readonly log: Log;
  readonly delays?: typeof DELAYS;
}

/** An assistant often remembers several things in one go; and one notice is not to chase the next. */
const DELAYS = { togetherMs: 1_500, betweenMs: 15_000 };

/** Makes visible what assistants have remembered, with one click to look at it and one to undo it. */
export class AssistantWrites {
  readonly #options: AssistantWritesOptions;
  readonly #delays: typeof DELAYS;
  #untold: string[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #toldAt = Number.NEGATIVE_INFINITY;

  constructor(options: AssistantWritesOptions) {
    this.#options = options;
    this.#delays = options.delays ?? DELAYS;
  }

  /** An assistant has remembered these. */
  note(ids: readonly string[]): void {
    this.#untold.push(...ids);
    if (this.#untold.length === 0 || this.#timer !== undefined) return;
    const { togetherMs, betweenMs } = this.#delays;
    const restMs = this.#toldAt + betweenMs - performance.now();
    this.#timer = setTimeout(() => void this.#tell(), Math.max(togetherMs, restMs));
  }

  dispose(): void {
    clearTimeout(this.#timer);
  }

  async #tell(): Promise<void> {
    const { tell, show, undo, log } = this.#options;
    const ids = this.#untold;
    this.#untold = [];
    this.#timer = undefined;
    this.#toldAt = performance.now();
    try {
      const wish = await tell(ids.length);
      if (wish === "show") await show(ids);
      if (wish === "undo") await undo(ids);
    } catch (error) {
      log.error(`what an assistant remembered was not shown or undone: ${describe(error)}`);
    }
  }
}
