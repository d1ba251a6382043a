import type { Commit, Project } from "recollect-wasm";
import { describe, type Log } from "../Log.js";
import type { DecidedResult } from "./hosted/HostedRepository.js";
import { learnFrom, type History, type LearningMemories, type LearnResult } from "./gitHistory.js";

/** A repository whose history is learned. */
export interface LearnedRepository {
  readonly history: History;
  /** Asked each time: an address of the repository may be known that was not before. */
  project(): Promise<Project>;
  /** The settings as they are now. */
  settings(): LearningSettings;
  /** What leaves of a commit what may be kept, as the settings are now. */
  screening(): Promise<(commit: Commit) => Promise<Commit>>;
  /** Learns what was decided beside the commits, where that can be asked for and the user wants it. */
  learnDecided?(options: DecidedOptions): Promise<DecidedResult | undefined>;
}

/** How long learning what was decided may go on, and who hears of it. */
export interface DecidedOptions {
  readonly signal: AbortSignal;
  readonly mayGoOn: () => boolean;
  readonly onProgress: (result: DecidedResult) => void;
}

/** What the user has set for a repository. */
export interface LearningSettings {
  /** How many of the newest commits are learned. */
  readonly maxCommits: number;
  /** Whether new commits are learned without somebody asking. */
  readonly isAutomatic: boolean;
}

interface LearnerOptions {
  /** The memories, for the user who asks or for nobody who would notice. */
  readonly memories: Readonly<Record<"user" | "capture", LearningMemories>>;
  /** Whether anything may be stored that nobody asks for. */
  readonly mayLearn: () => boolean;
  /** Commits that are learned only when the user asks: they were made while nothing was recorded. */
  readonly passedOver: () => Iterable<string>;
  readonly log: Log;
  /** What happens within this time is looked at together. */
  readonly collectMs?: number;
}

/** What follows a learning that somebody waits for. */
export interface Asked {
  readonly signal: AbortSignal;
  readonly onProgress: (result: LearnResult) => void;
}

/** Git writes several files for one move, and a fetch moves several branches. */
const COLLECT_MS = 1_000;

/** Learns from the histories of a window's repositories, one run at a time in each. */
export class HistoryLearner {
  readonly #options: LearnerOptions;
  readonly #repositories = new Map<string, RepositoryLearner>();
  readonly #closing = new AbortController();

  constructor(options: LearnerOptions) {
    this.#options = options;
  }

  /** The repository of this key, which is opened when it is first needed. */
  of(key: string, open: () => Promise<LearnedRepository | undefined>): RepositoryLearner {
    let repository = this.#repositories.get(key);
    if (repository === undefined) {
      repository = new RepositoryLearner(open, this.#options, this.#closing.signal);
      this.#repositories.set(key, repository);
    }
    return repository;
  }

  /** Everything may have changed: what is new is looked for in all repositories. */
  learnSoon(): void {
    for (const repository of this.#repositories.values()) repository.learnSoon();
  }

  /** Ends what is under way; what was learned stays. */
  dispose(): void {
    this.#closing.abort();
    for (const repository of this.#repositories.values()) repository.dispose();
  }
}

/** A run over a history, and who hears of it. */
interface Run {
  readonly abort: AbortController;
  readonly listeners: Set<(result: LearnResult) => void>;
  readonly done: Promise<LearnResult | undefined>;
}

/** Learns from the history of one repository. */
export class RepositoryLearner {
  readonly #open: () => Promise<LearnedRepository | undefined>;
  readonly #options: LearnerOptions;
  readonly #closing: AbortSignal;
  #opening: Promise<LearnedRepository | undefined> | undefined;
  #run: Run | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Tags that were told in this window. */
  readonly #told = new Set<string>();
  /** Commits that were dealt with in this window, so that one that may not be kept is read once. */
  readonly #read = new Map<string, readonly string[]>();

  constructor(
    open: () => Promise<LearnedRepository | undefined>,
    options: LearnerOptions,
    closing: AbortSignal,
  ) {
    this.#open = open;
    this.#options = options;
    this.#closing = closing;
  }

  /** Learns what is new a moment later, if that may be. */
  learnSoon(): void {
    if (this.#closing.aborted) return;
    this.#timer ??= setTimeout(() => {
      this.#timer = undefined;
      void this.#inBackground();
    }, this.#options.collectMs ?? COLLECT_MS);
  }

  /**
   * Learns what is new at once, because the user asks; with a run that is under way already.
   * `undefined` if there is no history.
   */
  async learn({ signal, onProgress }: Asked): Promise<LearnResult | undefined> {
    // What runs before have learned is known by then, and yet the user waited for it.
    let learned = 0;
    while (this.#run !== undefined) {
      const result = await this.#joined(this.#run, { signal, onProgress });
      learned += result?.learned ?? 0;
      if (signal.aborted || this.#closing.aborted) return result;
    }
    const result = await this.#start("user", { signal, onProgress });
    return (
      result && { ...result, learned: result.learned + learned, known: result.known - learned }
    );
  }

  /** Makes a memory of one commit, which was made in this window a moment ago. */
  async learnCommit(hash: string): Promise<void> {
    if (this.#closing.aborted || !this.#options.mayLearn()) return;
    const repository = await this.#opened();
    const commit = await repository?.history.commit(hash);
    if (repository === undefined || commit === undefined) return;
    const kept = await (await repository.screening())(commit);
    await this.#options.memories.capture.learn(await repository.project(), [kept]);
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
  }

  async #inBackground(): Promise<void> {
    // A run that is under way may have looked already.
    await this.#run?.done.catch(() => undefined);
    if (this.#closing.aborted || !this.#options.mayLearn() || this.#run !== undefined) return;
    const { log } = this.#options;
    try {
      const startedAt = performance.now();
      const result = await this.#start("capture");
      if (result?.left !== undefined) log.debug(`some commits were left: ${result.left.reason}`);
      if (result === undefined || result.read === 0) return;
      const ms = Math.round(performance.now() - startedAt);
      log.info(`git history: ${result.learned} of ${result.read} new commits learned in ${ms} ms`);
    } catch (error) {
      // A pause or a private session may have begun.
      log.debug(`new commits were not learned: ${describe(error)}`);
    }
  }

  /** Waits for a run that is under way; aborting ends it. */
  async #joined(run: Run, { signal, onProgress }: Asked): Promise<LearnResult | undefined> {
    const stop = (): void => run.abort.abort();
    if (signal.aborted) stop();
    signal.addEventListener("abort", stop, { once: true });
    run.listeners.add(onProgress);
    try {
      return await run.done.catch(() => undefined);
    } finally {
      signal.removeEventListener("abort", stop);
    }
  }

  #start(by: "user" | "capture", asked?: Asked): Promise<LearnResult | undefined> {
    const abort = new AbortController();
    const signals = [abort.signal, this.#closing, ...(asked === undefined ? [] : [asked.signal])];
    const listeners = new Set(asked === undefined ? [] : [asked.onProgress]);
    const tell = (result: LearnResult): void => {
      for (const listener of listeners) listener(result);
    };
    const done = this.#learn(by, AbortSignal.any(signals), tell).finally(() => {
      this.#run = undefined;
    });
    this.#run = { abort, listeners, done };
    return done;
  }

  async #learn(
    by: "user" | "capture",
    signal: AbortSignal,
    onProgress: (result: LearnResult) => void,
  ): Promise<LearnResult | undefined> {
    const repository = await this.#opened();
    if (repository === undefined || signal.aborted) return undefined;
    const { maxCommits, isAutomatic } = repository.settings();
    if (by === "capture" && !isAutomatic) return undefined;
    const result = await learnFrom(repository.history, this.#options.memories[by], {
      project: await repository.project(),
      ...{ maxCommits, signal, onProgress, told: this.#told },
      // Who asks gets everything that may be kept, as the settings are now.
      ...(by === "user" ? {} : { passedOver: this.#passedOver() }),
      screened: await repository.screening(),
      onRead: (commits) => {
        for (const { hash, parents = [] } of commits) this.#read.set(hash, parents);
      },
    });
    if (result.isCancelled || result.left !== undefined) return result;
    const decided = await repository.learnDecided?.({
      signal,
      mayGoOn: () => by === "user" || this.#options.mayLearn(),
      onProgress: (soFar) => onProgress({ ...result, decided: soFar }),
    });
    return decided === undefined ? result : { ...result, decided, isCancelled: signal.aborted };
  }

  #passedOver(): Map<string, readonly string[]> {
    const hashes = [...this.#options.passedOver()];
    return new Map([...hashes.map((hash): [string, string[]] => [hash, []]), ...this.#read]);
  }

  #opened(): Promise<LearnedRepository | undefined> {
    this.#opening ??= this.#open().then(
      (repository) => {
        // There may be one the next time.
        if (repository === undefined) this.#opening = undefined;
        return repository;
      },
      (error: unknown) => {
        this.#opening = undefined;
        throw error;
      },
    );
    return this.#opening;
  }
}
