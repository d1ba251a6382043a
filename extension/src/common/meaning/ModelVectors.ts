import type { Recollect } from "recollect-wasm";
import { describe, reasonOf, type Log } from "../Log.js";
import { atMost, wait } from "../text/atMost.js";
import type { MeaningModel } from "./MeaningModel.js";

/** How long a question waits for what it means; the table of word vectors answers alone then. */
const PATIENCE_MS = 500;

/** How long after somebody used the memories the work on them is looked at again. */
const AGAIN_MS = 1_000;

/** Texts that are fetched at once: looking for those without a vector begins at the newest. */
const AT_ONCE = 64;

/** So many vectors are worth to be kept as soon as all are there; fewer wait for others. */
const MANY = 200;

/** Questions whose vectors are kept: one that is typed or repeated is asked again. */
const KEPT_QUESTIONS = 32;

interface ModelOptions {
  readonly model: MeaningModel;
  readonly log: Log;
  /** Whether nobody uses the memories at this moment. */
  readonly isIdle: () => boolean;
  /** Called each time that some memories have got their vectors; whether all have theirs now, and many got them since that was told. */
  readonly onVectors: (areAllThere: boolean) => void;
  /** Called with what is wrong, once the model is used no more. */
  readonly onProblem: (reason: string) => void;
}

/** What memories and questions mean by the user's model, as far as it has come. */
export class ModelVectors {
  readonly #core: Recollect;
  readonly #model: MeaningModel;
  readonly #log: Log;
  readonly #isIdle: () => boolean;
  readonly #onVectors: ModelOptions["onVectors"];
  readonly #onProblem: ModelOptions["onProblem"];
  readonly #asked = new Map<string, Promise<number[]>>();
  #opening: Promise<void> | undefined;
  #running: Promise<void> | undefined;
  /** Vectors since {@link ModelOptions.onVectors} was told that all are there. */
  #made = 0;
  #isOpen = false;
  #isClosed = false;

  constructor(core: Recollect, { model, log, isIdle, onVectors, onProblem }: ModelOptions) {
    this.#core = core;
    this.#model = model;
    this.#log = log;
    this.#isIdle = isIdle;
    this.#onVectors = onVectors;
    this.#onProblem = onProblem;
  }

  /** Gives memories their vectors while nobody uses them, newest first, until all have one. Never rejects. */
  run(): Promise<void> {
    this.#running ??= this.#run()
      .catch((error: unknown) => this.#fail(error))
      .finally(() => {
        this.#running = undefined;
      });
    return this.#running;
  }

  /** What a question means; nothing where that takes too long or cannot be had. Never rejects. */
  async meant(text: string | undefined): Promise<{ meant?: number[] }> {
    if (!this.#isOpen || text === undefined || text.trim() === "") return {};
    let meant: number[] | undefined;
    try {
      const embedded = this.#embedQuestion(text).then((vector) => {
        meant = vector;
      });
      await atMost(embedded, PATIENCE_MS);
    } catch (error) {
      this.#fail(error);
    }
    return meant === undefined || this.#isClosed ? {} : { meant };
  }

  /** Ends the work. The module may be freed afterwards. */
  close(): void {
    this.#isClosed = true;
    this.#isOpen = false;
    this.#asked.clear();
    this.#model.close();
  }

  async #run(): Promise<void> {
    if (this.#isClosed) return;
    this.#opening ??= this.#open();
    await this.#opening;
    while (await this.#whenIdle()) {
      const { rows, texts } = this.#core.fetchTexts(AT_ONCE);
      if (rows.length === 0) {
        if (this.#made < MANY) return;
        this.#made = 0;
        this.#onVectors(true);
        return;
      }
      for (const [at, row] of rows.entries()) {
        if (!(await this.#whenIdle())) return;
        const vector = await this.#model.embed(texts[at] ?? "", "memory");
        // The module may be gone meanwhile, with all that was in it.
        if (this.#isOpen) this.#core.takeVector(row, vector);
      }
      this.#made += rows.length;
      this.#onVectors(false);
    }
  }

  /** Waits until nobody uses the memories; whether the model is there still. */
  async #whenIdle(): Promise<boolean> {
    while (this.#isOpen && !this.#isIdle()) await wait(AGAIN_MS);
    return this.#isOpen;
  }

  async #open(): Promise<void> {
    const { width, mark } = await this.#model.open();
    if (this.#isClosed) return;
    this.#core.setModel(width, mark);
    this.#isOpen = true;
    this.#log.info("memories are compared by the model of the settings, too");
  }

  #embedQuestion(text: string): Promise<number[]> {
    const known = this.#asked.get(text);
    if (known !== undefined) return known;
    const asked = this.#model.embed(text, "question").then((vector) => Array.from(vector));
    this.#asked.set(text, asked);
    for (const oldest of this.#asked.keys()) {
      if (this.#asked.size <= KEPT_QUESTIONS) break;
      this.#asked.delete(oldest);
    }
    return asked;
  }

  /** It does not come back by itself; the table of word vectors goes on alone. */
  #fail(error: unknown): void {
    if (this.#isClosed) return;
    this.#log.warn(`the model of the settings is not used: ${describe(error)}`);
    this.#onProblem(reasonOf(error));
    this.close();
  }
}
