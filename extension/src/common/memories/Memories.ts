import {
  inspectSegment,
  type Appended,
  type Captured,
  type Commit,
  type EndedSession,
  type Fact,
  type FactList,
  type FactRequest,
  type ForgetSelection,
  type ImportReport,
  type Learned,
  type NewRecord,
  type Note,
  type Origin,
  type Project,
  type Provenance,
  type ToolUse,
  type Trust,
  type UseOf,
} from "recollect-wasm";
import { Changes } from "./Changes.js";
import { emptyQuarantine, purge, type ForgetReport } from "./forgetting.js";
import { LazyMemories, type LazyOptions } from "./LazyMemories.js";
import { MemoryReader } from "./MemoryReader.js";
import { describe } from "../Log.js";
import type { OpenMemories } from "./OpenMemories.js";
import type { Rewriting } from "./Rewriting.js";
import { checkStorage, type StorageCheck } from "./storageCheck.js";
import {
  exportRecords,
  importRecords,
  type Exported,
  type Imported,
  type Progress,
} from "./transfer.js";
import { askerOf, askerOfRecord, type Asker } from "./WriteGuard.js";

/** What {@link Memories} needs from its host. */
export interface MemoriesOptions extends LazyOptions {
  /** How long forgetting waits for all files to be rewritten before it reports; 20 s unless told. */
  readonly purgeLimitMs?: number;
  /** Called with what rules have made here: observations of tools' uses, summaries of sessions. */
  readonly onMadeByRules?: (ids: readonly string[]) => void;
  /** Called with what somebody has changed here. */
  readonly onEdited?: (ids: readonly string[]) => void;
  /** Called with what an assistant has remembered. */
  readonly onAssistantWrite?: (ids: readonly string[]) => void;
}

/** What an edit changes; what is absent stays as it is. */
export type MemoryEdit = Omit<Extract<NewRecord, { kind: "edit" }>, "kind" | "of" | "isRewriting">;

const PURGE_LIMIT_MS = 20_000;

/** Records of an import that become durable together. */
const IMPORTED_AT_ONCE = 500;

/**
 * Everything this window remembers: the log's files on one side, the module's index on the other.
 * What can be asked of it is {@link MemoryReader}'s; here it is taken in, changed and forgotten.
 *
 * A promise that stores something resolves only once it is durable, and rejects with a
 * `NotSavedError` if writing failed; the records are then kept and written again later.
 */
export class Memories extends MemoryReader {
  /** Hears of everything that is remembered and forgotten here. */
  readonly changes: Changes;
  readonly #options: MemoriesOptions;
  /** Who speaks, where it is not to be told from each record. */
  readonly #by: Asker | undefined;

  constructor(options: MemoriesOptions, { by, of }: { by?: Asker; of?: Memories } = {}) {
    const changes = of?.changes ?? new Changes();
    super(of?.lazy ?? new LazyMemories(options, () => changes.tell({})));
    this.changes = changes;
    this.#options = options;
    this.#by = by;
  }

  /** The same memories, for somebody who is none of the user's own hands. */
  askedBy(by: Asker): Memories {
    return new Memories(this.#options, { by, of: this });
  }

  /** Values of a project under their keys; each counts as recalled where something may be stored. */
  async facts(request: FactRequest): Promise<FactList> {
    const isEmpty = ({ total }: FactList): boolean => total === 0;
    const list = await this.certain((core) => core.facts(request, Date.now()), isEmpty);
    await this.recalled(list.facts.map(({ id }) => id));
    return list;
  }

  /** The value under a key; rejects with a `NotFound` error whose message begins with what is missing. */
  async fact(project: string, key: string): Promise<Fact> {
    // A newer value may stand in a file that is not read yet.
    const { core } = await this.lazy.whole();
    const fact = core.fact(project, key, Date.now());
    await this.recalled([fact.id]);
    return fact;
  }

  /** Counts a use of each of these memories, durably; unknown ids are passed over. */
  async used(ids: string[], how: UseOf): Promise<void> {
    const opened = await this.lazy.wholeToStore();
    this.lazy.admit(this.#by ?? "capture", opened);
    opened.core.used(ids, how, Date.now());
    opened.core.keepUses(Date.now());
    await opened.flusher.flush();
  }

  /**
   * Counts that these memories were given to somebody who asked, or were confirmed, without making
   * a file of it: counts are written with what is written next, while idle, and before the end.
   * Never rejects; where nothing may be stored, nothing is counted.
   */
  async recalled(ids: readonly string[], how: UseOf = "recalled"): Promise<void> {
    if (ids.length === 0) return;
    try {
      const opened = await this.lazy.open();
      this.lazy.admit("capture", opened);
      opened.core.used([...ids], how, Date.now());
    } catch (error) {
      this.#options.log.debug(`a use was not counted: ${describe(error)}`);
    }
  }

  /** Stores one text; `skipped` if nothing but private text was in it. */
  async remember(note: Note): Promise<Appended> {
    const opened = await this.lazy.toStore();
    const asker = this.#askerOf(note.origin.provenance);
    this.lazy.admit(asker, opened);
    const appended = pausing(opened, () => opened.core.remember(note, Date.now()));
    if (asker === "assistant") this.#tellAssistantWrite([appended]);
    await this.#written(opened, [appended]);
    return appended;
  }

  /** Stores records; the answers are in the order of the records. */
  async append(records: NewRecord[]): Promise<Appended[]> {
    // What an edit is of may not have been read yet.
    const isOfOthers = records.some(({ kind }) => kind === "edit");
    const opened = await (isOfOthers ? this.lazy.wholeToStore() : this.lazy.toStore());
    const askers = records.map((record) => askerOfRecord(record, this.#by));
    for (const asker of askers) this.lazy.admit(asker, opened);
    const appended = pausing(opened, () => opened.core.append(records, Date.now()));
    this.#tellAssistantWrite(appended.filter((_, index) => askers[index] === "assistant"));
    const edited = records.flatMap((record) => (record.kind === "edit" ? [record.of] : []));
    if (edited.length > 0) this.#options.onEdited?.(edited);
    await this.#written(opened, appended);
    return appended;
  }

  /**
   * Says for the user, who has read it, that a memory tells no model what to do: it is recalled
   * like others from then on. False if the memory is gone.
   */
  markHarmless(id: string): Promise<boolean> {
    return this.edit(id, { isHarmless: true });
  }

  /** Changes what a memory says, or pins it; false if it is gone, or nothing may be kept of that. */
  async edit(id: string, change: MemoryEdit): Promise<boolean> {
    try {
      const [appended] = await this.append([{ kind: "edit", of: id, ...change }]);
      return appended !== undefined && isPending(appended);
    } catch (error) {
      if (error instanceof Error && error.name === "NotFound") return false;
      throw error;
    }
  }

  /** Keeps what is worth keeping of a tool's use, by rules; `nothing` if that is nothing. */
  async observe(use: ToolUse, origin: Origin): Promise<Appended> {
    const opened = await this.lazy.toStore();
    this.lazy.admit(this.#by === undefined ? askerOf(origin.provenance) : "capture", opened);
    const appended = pausing(opened, () => opened.core.observe(use, origin, Date.now()));
    await this.#written(opened, [appended]);
    this.#options.onMadeByRules?.(pendingIds([appended]));
    return appended;
  }

  /**
   * Keeps the command that a tool's use ran with success, if it is worth knowing again: one memory
   * for each command, however often it runs.
   */
  async commandWorked(use: ToolUse, origin: Origin): Promise<void> {
    const opened = await this.lazy.toStore();
    this.lazy.admit("capture", opened);
    const appended = pausing(opened, () => opened.core.commandWorked(use, origin, Date.now()));
    await this.#written(opened, [appended]);
  }

  /**
   * Gives a memory that rules have made other words; false if they say nothing that may be kept,
   * or the memory is gone. The files it names stay.
   */
  async rewrite(id: string, rewriting: Rewriting): Promise<boolean> {
    const opened = await this.lazy.toStoreLater();
    // Nobody waits for it and nobody has asked for this one.
    this.lazy.admit("capture", opened);
    const edit: NewRecord = { kind: "edit", of: id, isRewriting: true, ...rewriting };
    let appended: Appended[];
    try {
      appended = pausing(opened, () => opened.core.append([edit], Date.now()));
    } catch (error) {
      const name = error instanceof Error ? error.name : "";
      if (["NotFound", "InvalidInput", "TooLarge"].includes(name)) return false;
      throw error;
    }
    if (!appended.some(isPending)) return false;
    await opened.flusher.flush();
    this.changes.tell({});
    return true;
  }

  /** Sums a session up and ends it; one that has ended already stays as it is. */
  async endSession(key: string): Promise<EndedSession> {
    const opened = await this.lazy.wholeToStore();
    this.lazy.admit("capture", opened);
    const ended = pausing(opened, () => opened.core.endSession(key, Date.now()));
    if (ended.isNew) await opened.flusher.flush();
    const { isSummaryNew, summary } = ended;
    if (isSummaryNew && summary !== undefined) {
      this.changes.tell({ remembered: [summary] });
      this.#options.onMadeByRules?.([summary]);
    }
    return ended;
  }

  /**
   * Brings the summary of a session that goes on up to date, which stays one memory. The model that
   * rewrites waits for its last version. Nothing where the version that is there says all.
   */
  async refreshSummary(key: string): Promise<string | undefined> {
    const opened = await this.lazy.wholeToStore();
    this.lazy.admit("capture", opened);
    const id = pausing(opened, () => opened.core.refreshSummary(key, Date.now()));
    if (id === undefined) return undefined;
    await opened.flusher.flush();
    this.changes.tell({});
    return id;
  }

  /**
   * Sums up a session that goes on, with the assistant's last message; nothing if there is nothing
   * to say.
   */
  async summariseSession(key: string, closing?: string): Promise<Appended | undefined> {
    const opened = await this.lazy.wholeToStore();
    this.lazy.admit("capture", opened);
    const summarise = (): Appended | undefined =>
      opened.core.summariseSession(key, closing, Date.now());
    const appended = pausing(opened, summarise);
    if (appended === undefined) return undefined;
    await this.#written(opened, [appended]);
    this.#options.onMadeByRules?.(pendingIds([appended]));
    return appended;
  }

  /**
   * Stores records that nobody waits for: a moment later, together with others.
   *
   * Resolves once they are durable, with what became of those that can be kept; one that cannot
   * is left out by itself. Rejects with the error `Full`, and shows that recording is
   * paused, while too much waits to be written already.
   */
  async appendLater(records: NewRecord[]): Promise<Appended[]> {
    const opened = await this.lazy.toStoreLater();
    this.lazy.admit("capture", opened);
    const capture = (): Captured => opened.core.capture(records, Date.now());
    const { appended, refused } = pausing(opened, capture);
    if (refused.length > 0) {
      // Of a kind of fault, one line is enough.
      const problems = [...new Set(refused)].slice(0, MAX_PROBLEMS).join("; ");
      this.#options.log.debug(`${refused.length} records cannot be kept: ${problems}`);
    }
    const pending = appended.filter(isPending).length;
    if (pending > 0) {
      await opened.flusher.flushSoon(pending, roughBytes(records));
      this.changes.tell({ remembered: pendingIds(appended) });
    }
    return appended;
  }

  /** Makes memories of commits; a commit that is known already is not stored again. */
  async learn(project: Project, commits: Commit[]): Promise<Learned> {
    const opened = await this.lazy.wholeToStore();
    this.lazy.admit(this.#by ?? "user", opened);
    const learned = pausing(opened, () => opened.core.learn(project, commits, Date.now()));
    if (learned.pending + learned.releases > 0) {
      await opened.flusher.flush();
      this.changes.tell({});
    }
    return learned;
  }

  /**
   * Ends memories for good, and resolves when no file here holds them any more or that takes too long.
   *
   * Rejects with a `NotSavedError` if that they are forgotten could not be written.
   */
  async forget(selection: ForgetSelection): Promise<ForgetReport> {
    const opened = await this.lazy.wholeToStore();
    const { core, flusher, cache, maintenance } = opened;
    // The user may forget whatever the switches say.
    if (this.#by !== undefined && this.#by !== "user") this.lazy.admit(this.#by, opened);
    const forgotten = core.forget(selection, Date.now());
    try {
      await flusher.flush();
    } finally {
      await cache?.drop();
    }
    if (forgotten > 0) this.changes.tell({ forgotten });
    if (maintenance === undefined) return { forgotten, written: 0, deleted: 0, left: 0 };
    const files = {
      look: () => opened.look(),
      tidy: () => maintenance.run(),
      get tidied() {
        return maintenance.tidied;
      },
      get unpurged() {
        return core.stats(Date.now()).unpurgedSegments;
      },
    };
    const purged = await purge(files, this.#options.purgeLimitMs ?? PURGE_LIMIT_MS);
    const { quarantine } = this.#options;
    if (!isAll(selection) || quarantine === undefined) return { forgotten, ...purged };
    const emptied = await emptyQuarantine(quarantine);
    return {
      ...{ forgotten, ...purged, ...emptied },
      deleted: purged.deleted + emptied.deleted,
      left: purged.left + emptied.left,
    };
  }

  /** All memories as one text that {@link Memories.import} takes. */
  async export(progress: Progress): Promise<Exported> {
    const opened = await this.lazy.whole();
    await opened.flusher.flush();
    const segments = {
      // What another window forgot a moment ago is not exported.
      list: async () => {
        await opened.refreshNow();
        return this.#options.store.list();
      },
      read: (name: string) => this.#options.store.read(name),
    };
    return exportRecords(segments, (bytes) => opened.core.exportLines(bytes), progress);
  }

  /** The names of the files that hold these memories, which tell them from any others. */
  async fileNames(): Promise<string[]> {
    return (await this.#options.store.list()).sort();
  }

  /** Takes in an export: filtered again, with the ids it has, and nothing of more than this trust. */
  async import(bytes: Uint8Array, trust: Trust, progress: Progress): Promise<Imported> {
    const opened = await this.lazy.wholeToStore();
    let waiting = 0;
    const keep = async (): Promise<void> => {
      await opened.flusher.flush();
      if (waiting > 0) this.changes.tell({});
      waiting = 0;
    };
    const take = async (text: string): Promise<ImportReport> => {
      opened.touch();
      // A file for each chunk would be many; more than this would leave no room for the next one.
      if (opened.core.pending >= IMPORTED_AT_ONCE) await keep();
      this.lazy.admit("user", opened);
      const report = opened.core.importLines(text, trust, Date.now());
      waiting += report.pending;
      return report;
    };
    try {
      return await importRecords(bytes, take, progress);
    } finally {
      await keep();
    }
  }

  /** Reads and verifies every file. */
  async check(progress: Progress): Promise<StorageCheck> {
    const { core } = await this.lazy.whole();
    const { store, quarantine } = this.#options;
    const files = { segments: store, quarantine, inspect: inspectSegment };
    return checkStorage(files, core.stats(Date.now()), progress);
  }

  /** Writes what still waits, once, and frees the module. Nothing can be asked afterwards. */
  dispose(): Promise<void> {
    return this.lazy.dispose();
  }

  /** Waits until what was taken in is durable, and tells of it. */
  async #written(opened: OpenMemories, appended: readonly Appended[]): Promise<void> {
    if (!appended.some(isPending)) return;
    await opened.flusher.flush();
    this.changes.tell({ remembered: pendingIds(appended) });
  }

  #askerOf(provenance: Provenance | undefined): Asker {
    const asker = askerOf(provenance);
    return this.#by === undefined || this.#by === "user" ? asker : "assistant";
  }

  #tellAssistantWrite(appended: readonly Appended[]): void {
    const ids = pendingIds(appended);
    if (ids.length > 0) this.#options.onAssistantWrite?.(ids);
  }
}

function isAll(selection: ForgetSelection): boolean {
  return selection.isEverything === true && Object.keys(selection).length === 1;
}

function pendingIds(appended: readonly Appended[]): string[] {
  return appended.flatMap((one) => (one.status === "pending" ? [one.id] : []));
}

/** Faults of what was captured that are logged of one group, at most. */
const MAX_PROBLEMS = 5;

/** About how much is to be written; of what cannot be counted, nothing is. */
function roughBytes(records: readonly NewRecord[]): number {
  let bytes = 0;
  for (const record of records) {
    try {
      bytes += JSON.stringify(record).length;
    } catch {
      // A circle, or a number that JSON has no form for: it was refused.
    }
  }
  return bytes;
}

function isPending({ status }: Appended): boolean {
  return status === "pending";
}

/** Takes something in; if the module has no room for it, that is shown until there is. */
function pausing<Taken>({ flusher }: OpenMemories, take: () => Taken): Taken {
  try {
    return take();
  } catch (error) {
    if (error instanceof Error && error.name === "Full") flusher.pause();
    throw error;
  }
}
