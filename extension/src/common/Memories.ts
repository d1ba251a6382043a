import {
  projectOf,
  type Appended,
  type Commit,
  type ContextBlock,
  type ContextRequest,
  type Filter,
  type Learned,
  type Memory,
  type NewRecord,
  type Note,
  type Project,
  type ProjectStats,
  type Recollect,
  type SearchRequest,
  type SearchResult,
  type SegmentReport,
  type Stats,
  type TimelineRequest,
  type TimelineResult,
} from "recollect-wasm";
import { Flusher, type SavedState } from "./Flusher.js";
import { loadCore } from "./loadCore.js";
import { describe, type Log } from "./Log.js";
import { SegmentTooLargeError, type SegmentStore } from "./SegmentStore.js";

/** What {@link Memories} needs from its host. */
export interface MemoriesOptions {
  readonly store: SegmentStore;
  /** The compiled module, read when it is first needed. */
  readonly readModule: () => Promise<Uint8Array>;
  /** The extension's version, for segment headers. */
  readonly app: string;
  readonly log: Log;
  /** Called when records wait to be written, or no longer wait; with the reason while writing fails. */
  readonly onSavedStateChange?: (state: SavedState) => void;
  /** Called for each segment of which not everything could be read. */
  readonly onDamage?: (report: SegmentReport) => void;
  /** Waits between attempts to write after a failure; the last one repeats. */
  readonly retryDelaysMs?: readonly number[];
}

/** A listing older than this is repeated before a query, so that other windows' memories are found. */
const LISTING_MAX_AGE_MS = 500;

/** Records taken in before the event loop gets its turn. */
const RECORDS_PER_SLICE = 500;

/** Segments read at the same time. */
const READS_AT_ONCE = 16;

/**
 * Everything this window remembers: the log's files on one side, the module's index on the other.
 *
 * The module is loaded and the files are read at the first use.
 * A promise that stores something resolves only once it is durable, and rejects with a
 * `NotSavedError` if writing failed; the records are then kept and written again later.
 */
export class Memories {
  readonly #options: MemoriesOptions;
  #opening: Promise<OpenMemories> | undefined;
  #isDisposed = false;

  constructor(options: MemoriesOptions) {
    this.#options = options;
  }

  /** Loads the module and reads all segments, once; later calls wait for the same work. */
  async open(): Promise<void> {
    await this.#open();
  }

  /** The project of a folder, by its git remote if it has one. */
  async projectOf(remote: string | undefined, folder: string): Promise<Project> {
    await this.#open();
    return projectOf(remote, folder);
  }

  async search(request: SearchRequest): Promise<SearchResult> {
    return (await this.#fresh()).core.search(request);
  }

  async recent(filter: Filter): Promise<SearchResult> {
    return (await this.#fresh()).core.recent(filter);
  }

  async get(ids: string[]): Promise<Memory[]> {
    return (await this.#fresh()).core.get(ids);
  }

  async timeline(request: TimelineRequest): Promise<TimelineResult> {
    return (await this.#fresh()).core.timeline(request);
  }

  async projects(): Promise<ProjectStats[]> {
    return (await this.#fresh()).core.projects();
  }

  async stats(): Promise<Stats> {
    return (await this.#fresh()).core.stats();
  }

  async context(request: ContextRequest): Promise<ContextBlock> {
    return (await this.#fresh()).core.context(request);
  }

  /** Stores one text; `skipped` if nothing but private text was in it. */
  async remember(note: Note): Promise<Appended> {
    const { core, flusher } = await this.#open();
    const appended = core.remember(note, Date.now());
    if (appended.status === "pending") await flusher.flush();
    return appended;
  }

  /** Stores records; the answers are in the order of the records. */
  async append(records: NewRecord[]): Promise<Appended[]> {
    const { core, flusher } = await this.#open();
    const appended = core.append(records, Date.now());
    if (appended.some(({ status }) => status === "pending")) await flusher.flush();
    return appended;
  }

  /** Makes memories of commits; a commit that is known already is not stored again. */
  async learn(project: Project, commits: Commit[]): Promise<Learned> {
    const { core, flusher } = await this.#fresh();
    const learned = core.learn(project, commits, Date.now());
    if (learned.pending > 0) await flusher.flush();
    return learned;
  }

  /** Makes memories unfindable for good and returns how many there were. */
  async forget(ids: string[]): Promise<number> {
    const { core, flusher } = await this.#fresh();
    const forgotten = core.forget({ ids }, Date.now());
    await flusher.flush();
    return forgotten;
  }

  /** Writes what still waits, once, and frees the module. Nothing can be asked afterwards. */
  async dispose(): Promise<void> {
    if (this.#isDisposed) return;
    this.#isDisposed = true;
    const opened = await this.#opening?.catch(() => undefined);
    if (opened === undefined) return;
    await opened.dispose();
  }

  async #fresh(): Promise<OpenMemories> {
    const opened = await this.#open();
    await opened.refresh();
    return opened;
  }

  #open(): Promise<OpenMemories> {
    if (this.#isDisposed) return Promise.reject(new Error("the memories are closed"));
    this.#opening ??= this.#load().catch((error: unknown) => {
      // The next use tries again; a module that could not be fetched may be there later.
      this.#opening = undefined;
      throw error;
    });
    return this.#opening;
  }

  async #load(): Promise<OpenMemories> {
    const { readModule, app, log } = this.#options;
    const startedAt = performance.now();
    const core = await loadCore(await readModule(), app);
    const loadedAt = performance.now();
    const opened = new OpenMemories(core, this.#options);
    await opened.refresh();
    log.info(
      `module ready after ${Math.round(loadedAt - startedAt)} ms, ` +
        `${opened.segments} segments read after ${Math.round(performance.now() - startedAt)} ms`,
    );
    return opened;
  }
}

/** The module with an index in it, and the way from and to the files. */
class OpenMemories {
  readonly core: Recollect;
  readonly flusher: Flusher;
  readonly #options: MemoriesOptions;
  readonly #leftAlone = new Set<string>();
  #listedAt = Number.NEGATIVE_INFINITY;
  #refreshing: Promise<void> | undefined;
  #segments = 0;

  constructor(core: Recollect, options: MemoriesOptions) {
    this.core = core;
    this.#options = options;
    this.flusher = new Flusher(core, options);
  }

  /** Segments read from the store so far. */
  get segments(): number {
    return this.#segments;
  }

  /** Takes in what other windows wrote, unless the last look is recent enough. */
  refresh(): Promise<void> {
    if (performance.now() - this.#listedAt <= LISTING_MAX_AGE_MS) return Promise.resolve();
    this.#refreshing ??= this.#ingestMissing().finally(() => {
      this.#refreshing = undefined;
    });
    return this.#refreshing;
  }

  /** Writes what still waits, once, and frees the module. */
  async dispose(): Promise<void> {
    await this.#refreshing?.catch(() => undefined);
    await this.flusher.dispose();
    this.core.free();
  }

  async #ingestMissing(): Promise<void> {
    const { store } = this.#options;
    const listedAt = performance.now();
    const names = this.core
      .missing(await store.list())
      .filter((name) => !this.#leftAlone.has(name));
    let sinceYield = 0;
    for (let start = 0; start < names.length; start += READS_AT_ONCE) {
      const group = names.slice(start, start + READS_AT_ONCE);
      const contents = await Promise.all(group.map((name) => this.#read(name)));
      for (const [index, name] of group.entries()) {
        const bytes = contents[index];
        if (bytes === undefined) continue;
        sinceYield += this.#ingest(name, bytes);
        if (sinceYield < RECORDS_PER_SLICE) continue;
        sinceYield = 0;
        await nextTurn();
      }
    }
    this.#listedAt = listedAt;
  }

  /** The bytes of a segment, or `undefined` if they cannot be had now. */
  async #read(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#options.store.read(name);
    } catch (error) {
      // What is too large stays so; anything else is asked for again with the next listing.
      if (error instanceof SegmentTooLargeError) this.#leftAlone.add(name);
      this.#options.log.warn(`segment ${name} was not read: ${describe(error)}`);
      return undefined;
    }
  }

  #ingest(name: string, bytes: Uint8Array): number {
    const report = this.core.ingest(name, bytes, Date.now());
    this.#segments += 1;
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

/** Lets the host do other work before going on. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}
