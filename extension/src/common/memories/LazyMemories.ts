import type { HalfLives, PrivacyRules } from "recollect-wasm";
import { loadCore, ModuleFailedError, watched } from "./loadCore.js";
import { describe } from "../Log.js";
import { OpenMemories, type StorageOptions } from "./OpenMemories.js";
import type { Asker, WriteGuard } from "./WriteGuard.js";

/** What {@link LazyMemories} needs from its host. */
export interface LazyOptions extends StorageOptions {
  /** The compiled module, read when it is first needed. */
  readonly readModule: () => Promise<Uint8Array>;
  /** The extension's version, for segment headers. */
  readonly app: string;
  /** Decides whether something may be stored; everything may, unless told. */
  readonly guard?: Pick<WriteGuard, "admit">;
  /** What is kept out besides what the module knows of itself; asked before each write. */
  readonly privacyRules?: () => PrivacyRules;
  /** Told what is wrong with rules that cannot be used, once for each change. */
  readonly onRuleProblems?: (problems: string[]) => void;
  /** How fast memories fade; asked before each use. The documented half-lives, unless told. */
  readonly halfLives?: () => HalfLives;
}

/** A module that fails so often while files are read fails whatever is left out. */
const MAX_ATTEMPTS = 8;

/** Memories that are opened when they are first used, once, and closed once. */
export class LazyMemories {
  readonly #options: LazyOptions;
  readonly #onNews: () => void;
  #opening: Promise<OpenMemories> | undefined;
  #opened: OpenMemories | undefined;
  #closing: Promise<void> | undefined;
  /** Questions under way whether anything may be written. */
  readonly #checks = new Set<Promise<void>>();
  /** Files that are not read: the module has failed over them, or they are too large. */
  readonly #leftAlone = new Set<string>();

  /** `onNews` is called when something was read that another window wrote. */
  constructor(options: LazyOptions, onNews: () => void) {
    this.#options = options;
    this.#onNews = onNews;
  }

  /** How much has been read, in percent, while that is not all. */
  get loadedPercent(): number | undefined {
    return this.#opened?.loadedPercent;
  }

  /** Loads the module and begins to read the segments, once; later calls wait for the same work. */
  open(): Promise<OpenMemories> {
    if (this.#closing !== undefined) return Promise.reject(new Error("the memories are closed"));
    this.#opening ??= this.#load().catch((error: unknown) => {
      // The next use tries again; a module that could not be fetched may be there later.
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  /** The memories, for something that somebody waits for. */
  async use(): Promise<OpenMemories> {
    const opened = await this.open();
    opened.touch();
    opened.fadeBy(this.#options.halfLives?.() ?? {});
    opened.keepTime();
    return opened;
  }

  /** The memories with what other windows wrote, as far as they have been read. */
  async fresh(): Promise<OpenMemories> {
    const opened = await this.use();
    await opened.refreshForQuery();
    return opened;
  }

  /** The memories, once all of them have been read. */
  async whole(): Promise<OpenMemories> {
    const opened = await this.use();
    await opened.refresh();
    return opened;
  }

  /** Like {@link LazyMemories.use}, to store something; rejects while nothing may be written. */
  async toStore(): Promise<OpenMemories> {
    const opened = await this.use();
    await this.#requireWritable();
    return opened;
  }

  /** Like {@link LazyMemories.toStore}, for something that nobody waits for. */
  async toStoreLater(): Promise<OpenMemories> {
    const opened = await this.open();
    await this.#requireWritable();
    return opened;
  }

  /** The memories, once all of them have been read, to store something that depends on them. */
  async wholeToStore(): Promise<OpenMemories> {
    const opened = await this.whole();
    await this.#requireWritable();
    return opened;
  }

  /** Takes in what other windows wrote, if the memories are in use at all. Never rejects. */
  refresh(): Promise<void> {
    return this.#inBackground(this.#opened?.refresh());
  }

  /** Like {@link LazyMemories.refresh}, however short ago the last look was. */
  refreshNow(): Promise<void> {
    return this.#inBackground(this.#opened?.refreshNow());
  }

  /**
   * Throws what the guard throws if the asker may store nothing now.
   *
   * In the same turn as what it admits: a private session may have begun while something was awaited.
   */
  admit(asker: Asker, opened: OpenMemories): void {
    this.#options.guard?.admit(asker, Date.now());
    this.#keepToRules(opened);
  }

  /** Keeps to the user's rules as they are now, if the memories are open. */
  checkRules(): void {
    if (this.#opened !== undefined) this.#keepToRules(this.#opened);
  }

  #keepToRules(opened: OpenMemories): void {
    const problems = opened.keepTo(this.#options.privacyRules?.() ?? {});
    if (problems.length > 0) this.#options.onRuleProblems?.(problems);
  }

  /** Writes what still waits, once, and frees the module. Nothing can be asked afterwards. */
  dispose(): Promise<void> {
    this.#closing ??= this.#close();
    return this.#closing;
  }

  /** What is taken in and cannot be written would wait, and be stored after all was refused. */
  async #requireWritable(): Promise<void> {
    const check = this.#options.store.requireWritable?.();
    if (check === undefined) return;
    this.#checks.add(check);
    try {
      await check;
    } finally {
      this.#checks.delete(check);
    }
  }

  async #close(): Promise<void> {
    const opened = await this.#opening?.catch(() => undefined);
    if (opened === undefined) return;
    // Who began to store something before the end comes to it first: in the turn after this one.
    await Promise.allSettled(this.#checks);
    await new Promise((settle) => setTimeout(settle, 0));
    this.#keepUses(opened);
    await opened.dispose();
  }

  /** Makes what was counted a record; it waits where nothing may be stored now. */
  #keepUses(opened: OpenMemories): void {
    try {
      this.admit("capture", opened);
      opened.core.keepUses(Date.now());
    } catch (error) {
      this.#options.log.debug(`uses were not kept: ${describe(error)}`);
    }
  }

  async #inBackground(work: Promise<void> | undefined): Promise<void> {
    try {
      await work;
    } catch (error) {
      this.#options.log.warn(`other windows' memories were not read: ${describe(error)}`);
    }
  }

  /** Opens the memories, and again without a file that the module has failed over. */
  async #load(): Promise<OpenMemories> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.#loadOnce();
      } catch (error) {
        if (!(error instanceof ModuleFailedError) || attempt >= MAX_ATTEMPTS) throw error;
      }
    }
  }

  /** The module has failed: what was opened is let go, and the next use opens it anew. */
  #giveUp(opened: OpenMemories): void {
    const { log } = this.#options;
    log.error("the module failed and is opened anew; what was not written yet is lost");
    if (this.#opened === opened) {
      this.#opened = undefined;
      this.#opening = undefined;
    }
    // Once whoever called it has been told.
    void Promise.resolve().then(() => opened.abandon());
  }

  async #loadOnce(): Promise<OpenMemories> {
    const { readModule, app, log, onLoaded } = this.#options;
    const startedAt = performance.now();
    const elapsed = (): number => Math.round(performance.now() - startedAt);
    const failure = new AbortController();
    const core = watched(loadCore(await readModule(), app), () => {
      if (failure.signal.aborted) return;
      failure.abort();
      this.#giveUp(opened);
    });
    log.info(`module ready after ${elapsed()} ms`);
    const opened: OpenMemories = new OpenMemories(
      core,
      {
        ...this.#options,
        onIdle: () => this.#keepUses(opened),
        onLoaded: (stats) => {
          log.info(`${stats.segments} segments read after ${elapsed()} ms`);
          onLoaded?.(stats);
        },
        onNews: this.#onNews,
      },
      this.#leftAlone,
    );
    try {
      await opened.start();
    } catch (error) {
      if (!failure.signal.aborted) await opened.dispose();
      throw error;
    }
    if (failure.signal.aborted) throw new ModuleFailedError("while the files were read");
    this.#opened = opened;
    return opened;
  }
}
