import type { Appended, NewRecord, Origin, Project } from "recollect-wasm";
import { describe, type Log } from "../Log.js";
import { filteredBeginning } from "../text/filteredBeginning.js";
import { pause } from "../turns.js";
import type { CaptureSession } from "./CaptureSession.js";
import { cut } from "../text/cut.js";
import type { Verdict } from "./Exclusions.js";
import { withoutExcluded, type NamedFiles } from "./fileNames.js";
import type { Happening, Metadata } from "./Happening.js";
import { COMMITTED, importanceOf } from "./importance.js";

/** What the recorder asks about a workspace folder. */
export interface CapturedFolder extends NamedFiles {
  readonly project: Project;
  /** The folder's address, the same in every kind of extension host. */
  readonly workspace: string;
  /** Its path below the root of its repository, from which memories name files; empty or absent for that root. */
  readonly prefix?: string;
}

interface RecorderOptions {
  readonly session: CaptureSession;
  /** What is known of the folder of that URI; `undefined` if it is no longer open. */
  readonly folder: (uri: string) => Promise<CapturedFolder | undefined>;
  /** Stores records a moment later; rejects if nothing is to be stored. */
  readonly store: (records: NewRecord[]) => Promise<Appended[]>;
  /** What the privacy filter leaves of a text; nothing if all of it is private. */
  readonly filtered: (text: string) => Promise<string | undefined>;
  /** Whether anything may be captured now. */
  readonly mayCapture: () => boolean;
  /** Name of the editor. */
  readonly ide: string;
  readonly log: Log;
  /** Told of the types of events that were stored in the session of that key. */
  readonly onKept?: (session: string, types: readonly string[]) => void;
  /** What comes within this time goes to the module together. */
  readonly collectMs?: number;
}

const COLLECT_MS = 250;

/** Events that are made into records before the host does other work. */
const EVENTS_AT_ONCE = 16;

/** Events that wait, at most; a build that reports thousands of errors is no session's story. */
const MAX_WAITING = 2_000;

/** Files whose importance is remembered, at most. */
const MAX_FILES = 2_000;

/** Longest text that is looked through for names of files, unless a happening says less. */
const MAX_LENGTH = 8_000;

/** Files named by one event, at most. */
const MAX_NAMED = 200;

/** Makes records of what happens, without what may not be kept, and stores them in groups. */
export class Recorder {
  readonly #options: RecorderOptions;
  #waiting: Happening[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #draining: Promise<void> | undefined;
  /** Grows whenever what was taken is to be dropped. */
  #generation = 0;
  #importance = { session: "", of: new Map<string, number>() };
  #isFull = false;

  constructor(options: RecorderOptions) {
    this.#options = options;
  }

  /** Takes in what happened; looks at nothing now and never throws. */
  take(happening: Happening): void {
    if (!this.#options.mayCapture()) return;
    if (this.#waiting.length >= MAX_WAITING) {
      if (!this.#isFull) this.#options.log.warn("more happens than can be captured");
      this.#isFull = true;
      return;
    }
    this.#waiting.push(happening);
    if (this.#draining === undefined)
      this.#timer ??= setTimeout(() => this.#start(), this.#options.collectMs ?? COLLECT_MS);
  }

  /** Drops everything that was taken and has not reached the module. */
  discard(): void {
    this.#generation += 1;
    this.#waiting = [];
  }

  /** Resolves when all that was taken has reached the module, or was dropped. */
  async settle(): Promise<void> {
    while (this.#waiting.length > 0 || this.#draining !== undefined) {
      this.#start();
      await this.#draining;
    }
  }

  #start(): void {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#draining ??= this.#drain().finally(() => {
      this.#draining = undefined;
    });
  }

  async #drain(): Promise<void> {
    while (this.#waiting.length > 0) {
      const generation = this.#generation;
      const some = this.#waiting.splice(0, EVENTS_AT_ONCE);
      const kept: Kept[] = [];
      for (const happening of some) {
        const one = await this.#screened(happening);
        if (one !== undefined) kept.push(one);
      }
      // In the same turn as the question whether anything may be captured.
      if (generation === this.#generation && this.#options.mayCapture()) this.#keep(kept);
      await pause();
    }
    this.#isFull = false;
  }

  /** Nobody waits until it is durable: the module keeps it and writes it in time. */
  #keep(kept: readonly Kept[]): void {
    if (kept.length === 0) return;
    const records = kept.flatMap((one) => this.#records(one));
    const session = this.#options.session.keyAt(Date.now());
    if (session !== undefined)
      this.#options.onKept?.(
        session,
        kept.map(({ happening }) => happening.type),
      );
    this.#options.store(records).catch((error: unknown) => {
      this.#options.log.debug(`${records.length} captured records: ${describe(error)}`);
    });
  }

  async #screened(happening: Happening): Promise<Kept | undefined> {
    try {
      const folder = await this.#options.folder(happening.folder);
      if (folder === undefined) return undefined;
      const shown = await this.#shortened(happening);
      return shown && (await screened(shown, folder));
    } catch (error) {
      this.#options.log.debug(`an event was not captured: ${describe(error)}`);
      return undefined;
    }
  }

  /** The happening without more of its texts than is kept; nothing if one is private as a whole. */
  async #shortened(happening: Happening): Promise<Happening | undefined> {
    const { naming, content, maxLength = MAX_LENGTH } = happening;
    const shorten = (text: string): Promise<string | undefined> =>
      filteredBeginning(text, this.#options.filtered, (one) => cut(one, maxLength));
    const named: Record<string, string> = {};
    for (const [key, text] of Object.entries(naming ?? {})) {
      const kept = await shorten(text);
      if (kept === undefined) return undefined;
      named[key] = kept;
    }
    if (content === undefined)
      return naming === undefined ? happening : { ...happening, naming: named };
    const kept = await shorten(content);
    if (kept === undefined) return undefined;
    const shown = { ...happening, content: `${kept}${happening.ending ?? ""}` };
    return naming === undefined ? shown : { ...shown, naming: named };
  }

  #records({ happening, folder, files, content, metadata }: Kept): NewRecord[] {
    const { session, ide } = this.#options;
    const { at, type } = happening;
    const file = happening.file === undefined ? undefined : fromRoot(folder, happening.file);
    const { key, isNew } = session.enter(at);
    const { project, workspace } = folder;
    const origin: Origin = { project, workspace, session: key, provenance: "tool" };
    const records: NewRecord[] = [];
    if (isNew) records.push({ kind: "session", origin, at, source: "vscode", ide });
    records.push({
      kind: "event",
      ...{ origin, at, type, metadata },
      ...(file === undefined ? {} : { file }),
      ...(content === undefined ? {} : { content }),
    });
    const importance = importanceOf(type);
    const touched: [string, number | undefined][] = [
      ...(file === undefined ? [] : [[file, importance] satisfies [string, number | undefined]]),
      ...files.map((path): [string, number] => [fromRoot(folder, path), COMMITTED]),
    ];
    for (const [path, importance] of touched) {
      if (importance === undefined || !this.#isRaised(key, project, path, importance)) continue;
      records.push({ kind: "context", origin, at, item: { file: { path, importance } } });
    }
    return records;
  }

  /** Whether a file matters more to the session now than it did before. */
  #isRaised(session: string, project: Project, path: string, importance: number): boolean {
    if (this.#importance.session !== session || this.#importance.of.size >= MAX_FILES)
      this.#importance = { session, of: new Map() };
    const name = `${project.id}\n${path}`;
    if ((this.#importance.of.get(name) ?? 0) >= importance) return false;
    this.#importance.of.set(name, importance);
    return true;
  }
}

/** A happening without what may not be kept. */
interface Kept {
  readonly happening: Happening;
  readonly folder: CapturedFolder;
  readonly files: readonly string[];
  readonly content: string | undefined;
  readonly metadata: Record<string, unknown>;
}

/** A file of the folder as memories name it. */
function fromRoot({ prefix = "" }: CapturedFolder, path: string): string {
  return prefix === "" ? path : `${prefix}/${path}`;
}

async function screened(happening: Happening, folder: CapturedFolder): Promise<Kept | undefined> {
  const { file, cwd = "", naming, details } = happening;
  for (const path of [file ?? "", cwd.replace(/\/$/, "")])
    if (path !== "" && (await folder.verdict(path)) !== "kept") return undefined;
  const files = await keptFiles(happening.files ?? [], (path) => folder.verdict(path));
  // A commit that is about nothing else says nothing either.
  if (happening.files !== undefined && happening.files.length > 0 && files.length === 0)
    return undefined;
  const named: Record<string, string> = {};
  for (const [key, text] of Object.entries(naming ?? {})) {
    const kept = await withoutExcluded(text, cwd, folder);
    if (kept === undefined) return undefined;
    named[key] = kept;
  }
  let { content } = happening;
  if (naming !== undefined && content !== undefined) {
    content = await withoutExcluded(content, cwd, folder);
    if (content === undefined) return undefined;
  }
  const metadata: Metadata = {
    project: folder.project.name,
    ...happening.metadata,
    ...details?.(),
    ...named,
    ...(files.length === 0 ? {} : { files: files.map((path) => fromRoot(folder, path)) }),
  };
  return { happening, folder, files, content, metadata };
}

async function keptFiles(
  paths: readonly string[],
  verdict: (path: string) => Promise<Verdict>,
): Promise<string[]> {
  const kept: string[] = [];
  for (const path of paths.slice(0, MAX_NAMED))
    if ((await verdict(path)) === "kept") kept.push(path);
  return kept;
}
