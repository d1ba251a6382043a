import type { ContextBlock, Memory } from "recollect-wasm";
import type { KeptValues } from "../storage/Keyring.js";
import { describe, type Log } from "../Log.js";
import type { Memories } from "../memories/Memories.js";
import { ModelError, tokensOf, type Model } from "./Model.js";
import { readRewritings, rewriteMessages } from "./rewriting.js";
import { TokenBudget } from "./TokenBudget.js";

/** What the user allows. */
export interface RewriteSettings {
  readonly isEnabled: boolean;
  /** Tokens of requests and answers in a day. */
  readonly dailyTokens: number;
}

export interface RewriterOptions {
  readonly memories: Pick<Memories, "get" | "context" | "rewrite">;
  /** The model to ask, or `undefined` while there is none. */
  readonly model: () => Promise<Model | undefined>;
  readonly settings: () => RewriteSettings;
  /** Whether anything may be stored by itself at this moment. */
  readonly mayRun: () => boolean;
  /** Belongs to the workspace that the window shows, and outlives a reload. */
  readonly kept: KeptValues;
  /** Shared by all windows. */
  readonly shared: KeptValues;
  /** Unix milliseconds. */
  readonly now: () => number;
  readonly log: Log;
  /** Called when {@link Rewriter.state} is another one. */
  readonly onChange?: () => void;
  readonly timing?: typeof REWRITE_TIMING;
}

/** How far rewriting is. */
export interface RewriteState {
  /** Memories that wait, those that a model has at the moment among them. */
  readonly depth: number;
  /** Whether a model is at work. */
  readonly isAsking: boolean;
  /** Memories written anew since the window began, and those that stay as the rules made them. */
  readonly rewritten: number;
  readonly failed: number;
}

/** When memories are rewritten, in milliseconds. */
export const REWRITE_TIMING = {
  /** After the last new memory; what belongs together then goes into one request. */
  quietMs: 10_000,
  /** After the first new memory, however many follow. */
  longestMs: 120_000,
  /** After there was no model, nothing left of the budget, or a failure. */
  againMs: 600_000,
};

/** Memories of one request. */
const BATCH = 8;

/** Most memories that wait; the oldest stay as they are. */
const MAX_WAITING = 200;

/** Requests that a memory is part of, if the first one fails. */
const MAX_ATTEMPTS = 2;

/** Tokens of a request besides the memories, and those of them that the fence takes. */
const REQUEST_TOKENS = 500;
const FENCE_TOKENS = 150;

/** Tokens of one memory that the model gets at most, with date and files. */
const MEMORY_TOKENS = 700;
const ITEM_TOKENS = 60;

/** Tokens that the answer may have for a memory besides as many as the memory has. */
const ANSWER_TOKENS = 350;

/** Characters of a token in an answer, about. */
const TOKEN_CHARACTERS = 4;

const QUEUE = "recollect.rewrite.queue";

/**
 * Has a language model rewrite what rules made, in the background and several memories at a time.
 *
 * Until then, and whenever the model fails, answers in another shape or is not allowed, the
 * memory stays as the rules made it.
 */
export class Rewriter {
  readonly #options: RewriterOptions;
  readonly #timing: typeof REWRITE_TIMING;
  readonly #budget: TokenBudget;
  #queue: string[] = [];
  readonly #attempts = new Map<string, number>();
  #asking: { readonly ids: readonly string[]; readonly controller: AbortController } | undefined;
  #working: Promise<void> | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #firstAt: number | undefined;
  #rewritten = 0;
  #failed = 0;
  #isDisposed = false;

  constructor(options: RewriterOptions) {
    this.#options = options;
    this.#timing = options.timing ?? REWRITE_TIMING;
    this.#budget = new TokenBudget(options.shared, options.now);
  }

  get state(): RewriteState {
    return {
      depth: this.#queue.length,
      isAsking: this.#asking !== undefined,
      rewritten: this.#rewritten,
      failed: this.#failed,
    };
  }

  /** Goes on with what waited when the window closed. */
  resume(): void {
    const kept: unknown = this.#options.kept.get(QUEUE);
    if (Array.isArray(kept)) this.add(kept.filter((id) => typeof id === "string"));
  }

  /** Memories that rules have just made here. */
  add(ids: readonly string[]): void {
    if (ids.length === 0 || !this.#options.settings().isEnabled) return;
    const waiting = new Set([...this.#queue, ...ids]);
    // A session is summed up while its window closes; the next window goes on with that.
    this.#setQueue([...waiting].slice(-MAX_WAITING));
    this.#firstAt ??= this.#options.now();
    const longestMs = this.#firstAt + this.#timing.longestMs - this.#options.now();
    this.#schedule(Math.max(0, Math.min(this.#timing.quietMs, longestMs)));
  }

  /** Leaves memories as they are, since somebody has changed them. */
  leave(ids: readonly string[]): void {
    if (this.#queue.length > 0) this.#remove(ids);
  }

  /** Ends what the model does and leaves all that waits as it is. */
  cancel(): void {
    this.#setQueue([]);
    this.#asking?.controller.abort();
  }

  /** Asks the model for what waits, until nothing waits or something is missing. */
  work(): Promise<void> {
    clearTimeout(this.#timer);
    this.#working ??= this.#workThrough().finally(() => {
      this.#working = undefined;
    });
    return this.#working;
  }

  /** Ends what the model does; what waits is taken up at the next start. */
  dispose(): void {
    this.#isDisposed = true;
    clearTimeout(this.#timer);
    this.#asking?.controller.abort();
  }

  #schedule(delayMs: number): void {
    clearTimeout(this.#timer);
    if (!this.#isDisposed) this.#timer = setTimeout(() => void this.work(), delayMs);
  }

  async #workThrough(): Promise<void> {
    this.#firstAt = undefined;
    try {
      while (this.#queue.length > 0 && !this.#isDisposed) {
        if (!this.#options.settings().isEnabled) this.#setQueue([]);
        else if (!(await this.#rewriteSome())) {
          this.#schedule(this.#timing.againMs);
          return;
        }
      }
    } catch (error) {
      this.#options.log.debug(`memories were not rewritten: ${describe(error)}`);
      this.#schedule(this.#timing.againMs);
    }
  }

  /** Has the model rewrite the first memories of the queue; false if that must wait. */
  async #rewriteSome(): Promise<boolean> {
    const { memories, settings, mayRun } = this.#options;
    if (!mayRun()) return false;
    const wanted = this.#queue.slice(0, BATCH);
    const found = (await memories.get(wanted)).filter(isRewritable);
    this.#remove(wanted.filter((id) => !found.some((memory) => memory.id === id)));
    const { dailyTokens } = settings();
    const [first] = found;
    if (first === undefined) return true;
    if (costOf([first]) > dailyTokens) {
      this.#giveUp([first.id]);
      return true;
    }
    const model = await this.#options.model();
    if (model === undefined) return false;
    const batch = affordable(found, this.#budget.left(dailyTokens), model.maxInputTokens / 2);
    if (batch.length === 0) return false;
    return this.#ask(model, batch);
  }

  async #ask(model: Model, batch: readonly Memory[]): Promise<boolean> {
    const { memories, mayRun } = this.#options;
    const ids = batch.map(({ id }) => id);
    const block = await memories.context({ ids, maxTokens: FENCE_TOKENS + inputOf(batch) });
    const messages = rewriteMessages(block);
    const maxCharacters = TOKEN_CHARACTERS * answerOf(batch);
    const controller = new AbortController();
    const isOver = (): boolean => this.#isDisposed || controller.signal.aborted;
    this.#asking = { ids, controller };
    this.#changed();
    try {
      // Counted first: what was asked is used up, whatever comes of it.
      await this.#budget.spend(sum(messages.map(({ text }) => tokensOf(text))));
      const answer = await model.ask(messages, maxCharacters, controller.signal);
      await this.#budget.spend(tokensOf(answer));
      if (isOver()) return true;
      // A private session or a pause may have begun meanwhile.
      if (!mayRun()) return false;
      await this.#take(answer, block, batch);
      return true;
    } catch (error) {
      return isOver() || this.#failedTo(error, ids);
    } finally {
      this.#asking = undefined;
      this.#changed();
    }
  }

  async #take(answer: string, block: ContextBlock, batch: readonly Memory[]): Promise<void> {
    const { memories, log } = this.#options;
    const rewritings = readRewritings(answer, block, batch);
    // What somebody has changed, forgotten or put aside while the model was at work stays so.
    const now = await memories.get(batch.map(({ id }) => id));
    let rewritten = 0;
    for (const before of batch) {
      const rewriting = rewritings.get(before.id);
      const memory = now.find(({ id }) => id === before.id);
      const isWaiting = this.#queue.includes(before.id);
      if (rewriting === undefined || memory === undefined || !isWaiting) continue;
      if (memory.isEdited) continue;
      if (await memories.rewrite(before.id, rewriting)) rewritten += 1;
    }
    this.#rewritten += rewritten;
    this.#failed += batch.length - rewritten;
    this.#remove(batch.map(({ id }) => id));
    log.debug(`${rewritten} of ${batch.length} memories were rewritten`);
  }

  /** Counts a failure; false if asking again at once is of no use. */
  #failedTo(error: unknown, ids: readonly string[]): boolean {
    const reason = error instanceof ModelError ? error.reason : "failed";
    this.#options.log.debug(`memories were not rewritten: ${describe(error)}`);
    // Whoever may not use the model is not asked about it again for each memory.
    if (reason === "forbidden") {
      this.#giveUp([...this.#queue]);
      return true;
    }
    if (reason === "refused") {
      this.#giveUp(ids);
      return true;
    }
    for (const id of ids) this.#attempts.set(id, (this.#attempts.get(id) ?? 0) + 1);
    this.#giveUp(ids.filter((id) => (this.#attempts.get(id) ?? 0) >= MAX_ATTEMPTS));
    return false;
  }

  #giveUp(ids: readonly string[]): void {
    this.#failed += ids.length;
    this.#remove(ids);
  }

  #remove(ids: readonly string[]): void {
    if (ids.length === 0) return;
    for (const id of ids) this.#attempts.delete(id);
    this.#setQueue(this.#queue.filter((id) => !ids.includes(id)));
  }

  #setQueue(queue: string[]): void {
    this.#queue = queue;
    const { kept, log } = this.#options;
    Promise.resolve(kept.update(QUEUE, queue.length === 0 ? undefined : queue)).catch(
      (error: unknown) => log.debug(`what is to be rewritten was not kept: ${describe(error)}`),
    );
    this.#changed();
  }

  #changed(): void {
    if (!this.#isDisposed) this.#options.onChange?.();
  }
}

/**
 * Whether a memory may go to a model by itself, and is not put aside. What a person or another
 * window's model has written anew is left alone.
 */
function isRewritable({ kind, trust, flag, isArchived, isEdited }: Memory): boolean {
  const isMadeByRules = (kind === "observation" || kind === "summary") && !isEdited;
  return isMadeByRules && trust === "high" && flag === undefined && !isArchived;
}

/** As many of the first memories as a request may hold. */
function affordable(memories: readonly Memory[], tokens: number, inputTokens: number): Memory[] {
  const batch: Memory[] = [];
  for (const memory of memories) {
    const next = [...batch, memory];
    if (costOf(next) > tokens || REQUEST_TOKENS + inputOf(next) > inputTokens) break;
    batch.push(memory);
  }
  return batch;
}

/** Tokens of memories as a model gets them. */
function inputOf(memories: readonly Memory[]): number {
  return sum(memories.map(({ tokens }) => Math.min(MEMORY_TOKENS, tokens + ITEM_TOKENS)));
}

/** Tokens that the answer about memories may have. */
function answerOf(memories: readonly Memory[]): number {
  return sum(memories.map(({ tokens }) => Math.min(MEMORY_TOKENS, tokens) + ANSWER_TOKENS));
}

/** What a request for memories takes of the budget, with its answer. */
function costOf(memories: readonly Memory[]): number {
  return REQUEST_TOKENS + inputOf(memories) + answerOf(memories);
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}
