import {
  cacheSchema,
  type HalfLives,
  type PrivacyRules,
  type Recollect,
  type SegmentReport,
  type Stats,
} from "recollect-wasm";
import type { MeaningModel, MeaningProblems } from "../meaning/MeaningModel.js";
import { ModelVectors } from "../meaning/ModelVectors.js";
import { atMost } from "../text/atMost.js";
import { UnknownKeyError } from "../storage/EncryptedSegmentStore.js";
import { Flusher, type GROUPING, type SavedState } from "./Flusher.js";
import { ModuleFailedError } from "./loadCore.js";
import { IDLE, IdleTimer } from "./IdleTimer.js";
import { IndexCache, type ImageStore } from "../storage/IndexCache.js";
import { describe, reasonOf, type Log } from "../Log.js";
import { Maintenance } from "./Maintenance.js";
import { NotAFileError, SegmentTooLargeError, type SegmentStore } from "../storage/SegmentStore.js";
import { nextTurn, pause } from "../turns.js";
import { zoneChanges, zoneKey } from "./zone.js";

/** Where memories are kept, and who wants to know what happens to them. */
export interface StorageOptions {
  readonly store: SegmentStore;
  /** Copies of damaged files. Without it the files are read and written, but not kept in order. */
  readonly quarantine?: SegmentStore;
  /** Images of the index, where it is faster to read one than all segments. */
  readonly images?: ImageStore;
  /** Images are kept if there are more memories than this; 5,000 unless told, 500 with a model, whose vectors cost more than reading does. */
  readonly imagesAbove?: number;
  /** The table of word vectors, by which memories are found by what they mean, too. */
  readonly readMeaning?: () => Promise<Uint8Array>;
  /** The model that the user has chosen for it besides, if any; asked once. */
  readonly meaningModel?: () => MeaningModel | undefined;
  /** Called with what cannot be used of the two, and why. */
  readonly onMeaningProblem?: (problems: MeaningProblems) => void;
  readonly log: Log;
  /** Small segments are folded together if there are more than this; 64 unless told. */
  readonly compactAbove?: number;
  /** Called when records wait to be written, or no longer wait; with the reason while writing fails. */
  readonly onSavedStateChange?: (state: SavedState) => void;
  /** Called for each segment of which not everything could be read. */
  readonly onDamage?: (report: SegmentReport) => void;
  /** Called once everything that was there at the start has been read. */
  readonly onLoaded?: (stats: Stats) => void;
  /** Called when something was read that another window wrote. */
  readonly onNews?: () => void;
  /** Called now and then while nobody uses the memories; what it makes pending is written then. */
  readonly onIdle?: () => void;
  /** Called a moment after something was written. */
  readonly onChange?: (stats: Stats) => void;
  /** Waits between attempts to write after a failure; the last one repeats. */
  readonly retryDelaysMs?: readonly number[];
  /** How often `onIdle` is called at most; ten minutes unless told. */
  readonly idleWorkEveryMs?: number;
  /** When passive capture is written; see {@link GROUPING}. */
  readonly grouping?: typeof GROUPING;
  /** When nobody uses the memories; see {@link IDLE}. */
  readonly idle?: typeof IDLE;
}

/** Each call of `onIdle` may make a file. */
const IDLE_WORK_EVERY_MS = 600_000;

/** A listing older than this is repeated before a query, so that other windows' memories are found. */
const LISTING_MAX_AGE_MS = 500;

/** Records taken in before the event loop gets its turn. */
const RECORDS_PER_SLICE = 500;

/** Segments read before they are taken in: files come slower than they are read. */
const READS_AHEAD = 16;

/** Many files may be written one after the other. */
const CHANGE_DEBOUNCE_MS = 1_000;

/** How long a query waits while a large store is loading, and how long for what others wrote since. */
const LOADING_PATIENCE_MS = 250;
const REFRESH_PATIENCE_MS = 1_000;

/** The module with an index in it, and the way from and to the files. */
export class OpenMemories {
  readonly core: Recollect;
  readonly flusher: Flusher;
  readonly maintenance: Maintenance | undefined;
  readonly cache: IndexCache | undefined;
  readonly #options: StorageOptions;
  readonly #idle: IdleTimer;
  readonly #model: ModelVectors | undefined;
  readonly #leftAlone: Set<string>;
  #idleWorkAt = performance.now();
  #listedAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;
  #settling: Promise<void> | undefined;
  #meaning: Promise<void> | undefined;
  #hasSlice: () => void = () => undefined;
  #load = { segments: 0, of: 0, isDone: false };
  #change: ReturnType<typeof setTimeout> | undefined;
  #isDisposed = false;
  /** The rules that the module has, as JSON. */
  #rules = "{}";
  /** The half-lives that the module has, as JSON. */
  #halfLives = "{}";
  /** The zone that the module has. */
  #zone = "";

  /** `leftAlone` are files that are not read; those that the module fails over are added. */
  constructor(core: Recollect, options: StorageOptions, leftAlone = new Set<string>()) {
    this.#leftAlone = leftAlone;
    const { store, quarantine, log, compactAbove = 64 } = options;
    const model = options.meaningModel?.();
    const { images, imagesAbove: above = model === undefined ? 5_000 : 500 } = options;
    this.core = core;
    this.#options = options;
    this.cache = images && new IndexCache(core, { images, schema: cacheSchema(), log, above });
    this.flusher = new Flusher(core, {
      ...options,
      onFlushed: (records) => {
        this.cache?.note(records);
        // What was forgotten is durable now and can be purged.
        void this.maintenance?.run();
        this.#tellChange();
      },
    });
    this.maintenance =
      quarantine && new Maintenance(core, { segments: store, quarantine, log, compactAbove });
    this.#idle = new IdleTimer((isIdle) => this.#tidy(isIdle), options.idle ?? IDLE);
    this.#model =
      model &&
      new ModelVectors(core, {
        ...{ model, log, isIdle: () => this.#idle.isIdle() },
        onVectors: (areAllThere) => {
          this.cache?.note(1);
          if (areAllThere) this.cache?.outdate();
        },
        onProblem: (reason) => options.onMeaningProblem?.({ model: reason }),
      });
  }

  /** How much of the store has been read, in percent; `undefined` once all of it has. */
  get loadedPercent(): number | undefined {
    const { segments, of, isDone } = this.#load;
    return isDone ? undefined : Math.floor((100 * segments) / Math.max(1, of));
  }

  /** Reads the first memories, the newest, and goes on with the others by itself. */
  async start(): Promise<void> {
    await this.cache?.load(this.#options.store);
    const slice = new Promise<void>((resolve) => {
      this.#hasSlice = resolve;
    });
    await Promise.race([slice, this.refresh()]);
  }

  /**
   * Lets memories be found by what they mean before something is asked, for who asks but once.
   * What takes longer than `patienceMs` after the table of word vectors was read is left to later.
   */
  async waitForMeaning(patienceMs: number): Promise<void> {
    await this.#takeMeaning();
    const enough = performance.now() + patienceMs;
    while (!this.#isDisposed && performance.now() < enough && this.core.settleMeaning());
  }

  /**
   * Keeps to these rules from here on.
   *
   * Returns what is wrong with those that cannot be used, once for each change; the others hold.
   */
  keepTo(rules: PrivacyRules): string[] {
    const text = JSON.stringify(rules);
    if (text === this.#rules) return [];
    const problems = this.core.setPrivacyRules(rules);
    this.#rules = text;
    return problems;
  }

  /** Lets memories fade by these half-lives from here on. Throws an `InvalidInput` error for one out of range. */
  fadeBy(halfLives: HalfLives): void {
    const text = JSON.stringify(halfLives);
    if (text === this.#halfLives) return;
    this.core.setHalfLives(halfLives);
    this.#halfLives = text;
  }

  /** Reckons with the days of the host's clock, which may have been set to another zone. */
  keepTime(): void {
    const zone = zoneKey();
    if (zone === this.#zone) return;
    this.core.setZone(zoneChanges());
    this.#zone = zone;
  }

  /** Somebody uses the memories: nothing else is to be in the way. */
  touch(): void {
    this.#idle.touch();
  }

  /** Takes in what other windows wrote, unless the last look is recent enough. */
  refresh(maxAgeMs = LISTING_MAX_AGE_MS): Promise<void> {
    if (performance.now() - this.#listedAt <= maxAgeMs) return Promise.resolve();
    this.#refreshing ??= this.#ingestMissing().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Takes in what is on disk at this moment. */
  async refreshNow(): Promise<void> {
    // A listing under way may be older than what is looked for.
    await this.#refreshing?.catch(() => undefined);
    await this.refresh(0);
  }

  /** Takes in what is on disk at this moment, and what is in quarantine. */
  async look(): Promise<void> {
    await this.refreshNow();
    await this.#noteQuarantined();
    await this.#removeRemains();
  }

  /** Like {@link OpenMemories.refresh}, but a query does not wait until all of a large store is read. */
  async refreshForQuery(): Promise<void> {
    await atMost(this.refresh(), this.#load.isDone ? REFRESH_PATIENCE_MS : LOADING_PATIENCE_MS);
  }

  /** What a question means by the model that the user has chosen, where it can be had in time. */
  async meant(text: string | undefined): Promise<{ meant?: number[] }> {
    return (await this.#model?.meant(text)) ?? {};
  }

  /** Makes ready what questions and conditions ask by, in steps between which the editor has its turn. */
  async learnNames(): Promise<void> {
    while (!this.#isDisposed && this.core.settleNames()) await nextTurn();
  }

  /** Writes what still waits, once, and frees the module. */
  async dispose(): Promise<void> {
    this.#isDisposed = true;
    this.#model?.close();
    // First of all, since an editor that closes waits only so long.
    await this.flusher.dispose();
    await Promise.all([
      this.maintenance?.dispose(),
      this.#idle.dispose(),
      this.#refreshing?.catch(() => undefined),
      this.#settling,
      this.cache?.settled(),
    ]);
    clearTimeout(this.#change);
    this.core.free();
  }

  /** The module is gone with all that was in it: whoever waits is told, and nothing goes on. */
  async abandon(): Promise<void> {
    this.#isDisposed = true;
    this.#model?.close();
    clearTimeout(this.#change);
    await Promise.allSettled([
      this.flusher.dispose(),
      this.maintenance?.dispose(),
      this.#idle.dispose(),
    ]);
  }

  #tellChange(): void {
    const { onChange } = this.#options;
    if (onChange === undefined) return;
    clearTimeout(this.#change);
    this.#change = setTimeout(() => onChange(this.core.stats()), CHANGE_DEBOUNCE_MS);
  }

  async #tidy(isIdle: () => boolean): Promise<void> {
    if (!this.#load.isDone) return;
    const { onIdle, log, idleWorkEveryMs = IDLE_WORK_EVERY_MS } = this.#options;
    if (performance.now() - this.#idleWorkAt >= idleWorkEveryMs) {
      this.#idleWorkAt = performance.now();
      onIdle?.();
      await this.flusher.flush().catch((error: unknown) => log.debug(describe(error)));
    }
    await this.#settle();
    const deleted = this.maintenance?.tidied.deleted;
    await this.maintenance?.runIdle(isIdle);
    await this.#removeRemains();
    if (this.maintenance?.tidied.deleted !== deleted) this.cache?.outdate();
    if (isIdle()) await this.cache?.saveIfDue();
  }

  async #ingestMissing(): Promise<void> {
    const { store } = this.#options;
    const listedAt = performance.now();
    const names = this.core
      .missing(await store.list())
      .filter((name) => !this.#leftAlone.has(name));
    this.#load.of = names.length;
    const ahead = names.slice(0, READS_AHEAD).map((name) => this.#read(name));
    let sinceYield = 0;
    for (const [index, name] of names.entries()) {
      const bytes = await ahead.shift();
      const next = names[index + READS_AHEAD];
      if (next !== undefined) ahead.push(this.#read(next));
      this.#load.segments = index + 1;
      if (this.#isDisposed) return;
      if (bytes === undefined) continue;
      sinceYield += this.#ingest(name, bytes);
      if (sinceYield < RECORDS_PER_SLICE) continue;
      sinceYield = 0;
      this.#hasSlice();
      await nextTurn();
    }
    if (this.#isDisposed) return;
    this.#listedAt = listedAt;
    if (!this.#load.isDone) await this.#loaded();
    else if (names.length > 0) {
      this.#options.onNews?.();
      void this.maintenance?.run();
    }
  }

  async #loaded(): Promise<void> {
    this.#load.isDone = true;
    this.#options.onLoaded?.(this.core.stats());
    void this.#settle();
    await this.#noteQuarantined();
    await this.#removeRemains();
    void this.maintenance?.run();
  }

  /** Takes the table of word vectors, once. Never rejects: without it search goes by words alone. */
  #takeMeaning(): Promise<void> {
    this.#meaning ??= (async () => {
      const { readMeaning, log } = this.#options;
      if (readMeaning === undefined) return;
      try {
        const table = await readMeaning();
        if (!this.#isDisposed) this.core.setMeaning(new Uint8Array(table));
      } catch (error) {
        log.warn(`search goes by words alone: ${describe(error)}`);
        this.#options.onMeaningProblem?.({ table: reasonOf(error) });
      }
    })();
    return this.#meaning;
  }

  /** Makes what was read ready for questions: names that they ask by and what texts mean, a few memories at a time. Never rejects. */
  #settle(): Promise<void> {
    this.#settling ??= this.#settleAll().finally(() => {
      this.#settling = undefined;
    });
    return this.#settling;
  }

  async #settleAll(): Promise<void> {
    try {
      await pause();
      await this.#takeMeaning();
      do await pause();
      while (!this.#isDisposed && this.core.settle());
      // Nobody waits for it: it takes as long as it takes, on another thread.
      void this.#model?.run();
    } catch (error) {
      this.#options.log.warn(`questions take longer than they could: ${describe(error)}`);
    }
  }

  /** Tells the module what is in quarantine; other windows put files there too. */
  async #noteQuarantined(): Promise<void> {
    const { quarantine, log } = this.#options;
    try {
      const names = (await quarantine?.list()) ?? [];
      if (!this.#isDisposed) this.core.noteQuarantined(names);
    } catch (error) {
      log.warn(`the quarantine was not listed: ${describe(error)}`);
    }
  }

  async #removeRemains(): Promise<void> {
    const { store, log } = this.#options;
    try {
      await store.removeRemains?.();
    } catch (error) {
      log.warn(`remains of unfinished files were not removed: ${describe(error)}`);
    }
  }

  /** The bytes of a segment, or `undefined` if they cannot be had now. */
  async #read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#options.store.read(name);
    } catch (error) {
      // What is too large, or no file, stays so; anything else is asked for again with the next listing.
      if (error instanceof SegmentTooLargeError || error instanceof NotAFileError)
        this.#leftAlone.add(name);
      const { log } = this.#options;
      const problem = `segment ${name} was not read: ${describe(error)}`;
      // It is looked at again with each listing, until somebody gives its key.
      if (error instanceof UnknownKeyError) log.debug(problem);
      else log.warn(problem);
      return undefined;
    }
  }

  #ingest(name: string, bytes: Uint8Array): number {
    let report: SegmentReport;
    try {
      report = this.core.ingest(name, bytes, Date.now());
    } catch (error) {
      // Others are read all the same, and it stays where it is.
      this.#leftAlone.add(name);
      this.#options.log.error(`segment ${name} is left out: ${describe(error)}`);
      this.#options.onDamage?.(unreadReport(name));
      if (error instanceof ModuleFailedError) throw error;
      return 0;
    }
    this.cache?.note(report.records);
    if (report.ended > 0) void this.cache?.drop();
    if (!report.isWhole || report.isNewer) {
      const problem = report.isNewer
        ? "was written by a newer version"
        : `has ${report.damagedLines} damaged lines`;
      this.#options.log.warn(
        `segment ${name} ${problem}${report.problem === undefined ? "" : `: ${report.problem}`}`,
      );
      this.#options.onDamage?.(report);
    }
    return report.records;
  }
}

/** What is told of a file that the module could not take in. */
function unreadReport(name: string): SegmentReport {
  const problem = "the module could not take it in";
  const nothing = { records: 0, added: 0, damagedLines: 0, ended: 0 };
  return { name, ...nothing, isWhole: false, isNewer: false, problem };
}
