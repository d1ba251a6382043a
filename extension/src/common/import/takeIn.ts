import { toTranslate } from "../Localize.js";
import type { Project } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";
import type { FoundFile, Importer, ImportFiles, SkippedItem, Told } from "./Importer.js";
import { digestOf, idOfTold, startId } from "./derivedId.js";
import { FirstLook, nameOfTold } from "./FirstLook.js";
import type { KnownFiles } from "./KnownFiles.js";
import { SessionMapper } from "./SessionMapper.js";

/** Where something happened: its project, and the roots from which its files are named. */
export interface ToldPlace {
  readonly project: Project;
  readonly roots: readonly string[];
}

/** What taking in needs of its host. */
export interface ImportPorts {
  readonly files: ImportFiles;
  readonly memories: Memories;
  readonly placeOf: (folder: string) => Promise<ToldPlace>;
  readonly signal: AbortSignal;
  /** Called with how many files are done. */
  readonly onFile?: (done: number) => void;
  /** Which files were taken in before; without it all are read. */
  readonly known?: KnownFiles;
}

/** What came of taking in. */
export interface TakenIn {
  files: number;
  /** Prompts, uses of tools and messages that were read. */
  turns: number;
  sessions: number;
  /** Sessions of which nothing is new. */
  knownSessions: number;
  added: number;
  known: number;
  forgotten: number;
  /** Turns of sessions that were recorded as they happened. */
  live: number;
  readonly skipped: SkippedItem[];
  isCancelled: boolean;
}

/** Turns that an index of its own holds at once. */
const GROUP = 1_000;

/** Lines, and characters of them, that are made durable together. */
const MAX_LINES = 1_500;
const MAX_LINE_CHARACTERS = 2_000_000;

/** Items that are named; more of them are only counted by the one that asks. */
const MAX_NAMED = 10_000;

/** Where a session belongs that names no folder. */
const NO_PROJECT: Project = { id: "user", name: "user" };

/** Reads files and counts what they tell, without keeping anything of it. */
export async function countIn(
  importer: Importer,
  found: readonly FoundFile[],
  { files, signal, onFile }: Pick<ImportPorts, "files" | "signal" | "onFile">,
): Promise<TakenIn> {
  const total = nothing();
  const sessions = new Set<string>();
  for (const file of found) {
    if (signal.aborted) break;
    await reading(total, file, async () => {
      for await (const told of read(importer, file, { files, signal }, total.skipped)) {
        total.turns += 1;
        if (told.session !== undefined) sessions.add(told.session);
      }
    });
    onFile?.(total.files);
  }
  return { ...total, sessions: sessions.size, isCancelled: signal.aborted };
}

/** Takes in files, one after the other; what was taken in before a cancellation stays. */
export async function takeIn(
  importer: Importer,
  found: readonly FoundFile[],
  ports: ImportPorts,
): Promise<TakenIn> {
  const { memories, known, signal, onFile } = ports;
  const isAsKept = known?.isAt(await markOf(memories)) === true;
  const intake = new Intake(importer, ports, isAsKept);
  for (const file of found) {
    if (signal.aborted) break;
    await intake.take(file);
    onFile?.(intake.total.files);
  }
  await intake.finish();
  return { ...intake.total, isCancelled: signal.aborted };
}

/** What one run takes in. */
class Intake {
  readonly total = nothing();
  readonly #sessions = new Set<string>();
  readonly #importer: Importer;
  readonly #ports: ImportPorts;
  /** Whether the memories are what they were when files were noted as known. */
  readonly #isAsKept: boolean;
  /** When sessions began to be recorded as they happened. */
  readonly #live = new Map<string, number>();
  /** Whether sessions are told elsewhere. */
  readonly #elsewhere = new Map<string, boolean>();
  /** What was told: a copy of a session in another file tells the same under the same keys. */
  readonly #seen = new Set<string>();
  readonly #projects = new Map<string, Project>();
  /** Files that were read to their ends, until what they told is durable. */
  readonly #read: { readonly file: FoundFile; readonly look: FirstLook }[] = [];
  readonly #lines: { readonly line: string; readonly path: string }[] = [];
  #characters = 0;

  constructor(importer: Importer, ports: ImportPorts, isAsKept: boolean) {
    this.#importer = importer;
    this.#ports = ports;
    this.#isAsKept = isAsKept;
  }

  async take(file: FoundFile): Promise<void> {
    await reading(this.total, file, async () => {
      if (await this.#isUnchanged(file)) return;
      await this.#ports.memories.readAll();
      const first = await this.#firstLook(file);
      if (first?.isKnown === true) {
        const { look } = first;
        this.total.turns += look.turns;
        this.total.knownSessions += first.sessions.size;
        this.#skip(look.skipped);
        first.sessions.forEach((session) => this.#sessions.add(session));
        look.seen.forEach((name) => this.#seen.add(name));
        this.#read.push({ file, look });
        return;
      }
      this.total.knownSessions += first?.sessions.size ?? 0;
      await this.#map(file, first?.sessions ?? new Set());
    });
  }

  /** Makes what waits durable, and notes which files are known now. */
  async finish(): Promise<void> {
    await this.store();
    this.total.sessions += this.#sessions.size;
    const { memories, known } = this.#ports;
    if (known === undefined) return;
    for (const { file, look } of this.#read) {
      const ids = look.ids();
      const here = ids.length === 0 ? new Set<string>() : await memories.knownAmong(ids);
      if (!ids.every((id) => here.has(id))) continue;
      const skipped = look.skipped.map(({ line, reason, args = [] }) => ({ line, reason, args }));
      const { turns } = look;
      known.note(this.#importer.kind, file, { turns, sessions: look.ends().length, ids, skipped });
    }
    await known.keep(await markOf(memories));
  }

  /** Whether a file was taken in as it is now and all that it told is known; then it is counted. */
  async #isUnchanged(file: FoundFile): Promise<boolean> {
    const { known, memories } = this.#ports;
    const told = known?.of(this.#importer.kind, file);
    if (told === undefined) return false;
    const ids = [...told.ids];
    if (!this.#isAsKept && ids.length > 0) {
      const here = await memories.knownAmong(ids);
      if (!ids.every((id) => here.has(id))) return false;
    }
    this.total.turns += told.turns;
    this.total.sessions += told.sessions;
    this.total.knownSessions += told.sessions;
    this.#skip(told.skipped.map((item) => ({ path: file.path, ...item })));
    return true;
  }

  /** Makes what waits durable. */
  async store(): Promise<void> {
    const lines = this.#lines.splice(0);
    this.#characters = 0;
    if (lines.length === 0) return;
    const bytes = new TextEncoder().encode(lines.map(({ line }) => `${line}\n`).join(""));
    // The user has asked for it, and whoever asked may cancel between two groups.
    const progress = { signal: new AbortController().signal, onProgress: () => undefined };
    const imported = await this.#ports.memories.import(bytes, "high", progress);
    this.total.added += imported.pending;
    this.total.known += imported.known;
    this.total.forgotten += imported.forgotten;
    for (const { line, problem } of imported.refused)
      this.total.skipped.push({ path: lines[line - 1]?.path ?? "", line: 0, reason: problem });
  }

  /**
   * The sessions of a file that are wholly known, by the ids of their ends, without making anything
   * of it; nothing if its first session was never taken in.
   */
  async #firstLook(file: FoundFile): Promise<Looked | undefined> {
    const { memories } = this.#ports;
    const agent = this.#importer.kind;
    const look = new FirstLook(agent, this.#seen);
    for await (const told of this.#told(file, look.skipped)) {
      if (look.turns === 0) {
        const { session } = told;
        const first =
          session === undefined ? idOfTold(agent, told, "record") : startId(agent, session, told);
        if (!(await memories.knownAmong([first])).has(first)) return undefined;
      }
      look.add(told);
    }
    if (this.#ports.signal.aborted) return undefined;
    const ids = look.ids();
    const known = await memories.knownAmong(ids);
    const ended = look.ends().filter(([, id]) => known.has(id));
    const sessions = new Set(ended.map(([session]) => session));
    return { look, sessions, isKnown: ids.every((id) => known.has(id)) };
  }

  /** Takes in a file, but for the sessions that are known. */
  async #map(file: FoundFile, known: ReadonlySet<string>): Promise<void> {
    const { signal } = this.#ports;
    const mapper = new SessionMapper(this.#importer.kind);
    const look = new FirstLook(this.#importer.kind, this.#seen);
    try {
      let waiting = 0;
      for await (const told of this.#told(file, look.skipped)) {
        this.total.turns += 1;
        look.add(told);
        if (!(await this.#isNew(told, file)) || known.has(told.session ?? "")) continue;
        const place = await this.#placeOf(told);
        mapper.take(told, place.project, place.roots);
        waiting += 1;
        if (waiting < GROUP) continue;
        waiting = 0;
        await this.#keep(mapper.lines(), file);
      }
      // The end of a session that was not read to its end is not known.
      if (!signal.aborted) {
        mapper.end();
        this.#read.push({ file, look });
      }
      await this.#keep(mapper.lines(true), file);
    } finally {
      mapper.free();
      this.#skip(look.skipped);
    }
  }

  async #isNew(told: Told, file: FoundFile): Promise<boolean> {
    const { session, at } = told;
    const name = nameOfTold(told);
    const isSeen = this.#seen.has(name);
    this.#seen.add(name);
    // An export of these memories has nothing new where it came from, not even a session's end.
    if (told.id !== undefined && (await this.#ports.memories.knownAmong([told.id])).has(told.id)) {
      this.total.known += 1;
      return false;
    }
    if (session === undefined) return !isSeen;
    this.#sessions.add(session);
    if (isSeen) return false;
    if (told.isOutline === true && (await this.#isElsewhere(session, told, file))) return false;
    let live = this.#live.get(session);
    if (live === undefined) {
      live = await liveSince(this.#ports.memories, session);
      this.#live.set(session, live);
    }
    if (at < live) return true;
    this.total.live += 1;
    return false;
  }

  /** Whether a session is known that these files have not told. */
  async #isElsewhere(session: string, told: Told, { path }: FoundFile): Promise<boolean> {
    const known = this.#elsewhere.get(session);
    if (known !== undefined) return known;
    const { memories } = this.#ports;
    const own = startId(this.#importer.kind, session, told);
    const { hits } = await memories.recent({ session, limit: 1 });
    const isElsewhere = hits.length > 0 && !(await memories.knownAmong([own])).has(own);
    this.#elsewhere.set(session, isElsewhere);
    const reason = toTranslate("a session that something else has told already");
    if (isElsewhere) this.#skip([{ path, line: 0, reason }]);
    return isElsewhere;
  }

  async #placeOf({ cwd, project }: Told): Promise<ToldPlace> {
    if (cwd !== undefined) return this.#ports.placeOf(cwd);
    if (project === undefined) return { project: NO_PROJECT, roots: [] };
    const known =
      this.#projects.get(project) ??
      (await this.#ports.memories.projectNamed(project)) ??
      ({ id: `import/${project}`, name: project } satisfies Project);
    this.#projects.set(project, known);
    return { project: known, roots: [] };
  }

  async #keep(lines: readonly string[], { path }: FoundFile): Promise<void> {
    for (const line of lines) {
      this.#lines.push({ line, path });
      this.#characters += line.length;
    }
    if (this.#lines.length >= MAX_LINES || this.#characters >= MAX_LINE_CHARACTERS)
      await this.store();
  }

  #skip(items: readonly SkippedItem[]): void {
    this.total.skipped.push(...items.slice(0, MAX_NAMED - this.total.skipped.length));
  }

  #told(file: FoundFile, skipped: SkippedItem[]): AsyncIterable<Told> {
    return read(this.#importer, file, this.#ports, skipped);
  }
}

/** Tells what is remembered now from what is at any other time. */
async function markOf(memories: Memories): Promise<string> {
  return digestOf((await memories.fileNames()).join("\n"));
}

interface Looked {
  readonly look: FirstLook;
  /** The sessions that are wholly known. */
  readonly sessions: ReadonlySet<string>;
  /** Whether all of the file is. */
  readonly isKnown: boolean;
}

function nothing(): TakenIn {
  const counts = { files: 0, turns: 0, sessions: 0, knownSessions: 0, added: 0, known: 0 };
  return { ...counts, forgotten: 0, live: 0, skipped: [], isCancelled: false };
}

function read(
  importer: Importer,
  file: FoundFile,
  { files, signal }: Pick<ImportPorts, "files" | "signal">,
  skipped: SkippedItem[],
): AsyncIterable<Told> {
  const onSkipped = (one: SkippedItem): void => {
    if (skipped.length < MAX_NAMED) skipped.push(one);
  };
  return importer.read({ file, files, lines: files.lines(file.path, signal), onSkipped });
}

/** One file that cannot be read does not stop the others; what the store says does. */
async function reading(total: TakenIn, file: FoundFile, work: () => Promise<void>): Promise<void> {
  total.files += 1;
  try {
    await work();
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined;
    if (code === undefined) throw error;
    total.skipped.push({
      path: file.path,
      line: 0,
      reason: toTranslate("cannot be read: {0}"),
      args: [code],
    });
  }
}

/** When a session began to be recorded as it happened; never, if it was not. */
async function liveSince(memories: Memories, session: string): Promise<number> {
  let since = Number.POSITIVE_INFINITY;
  const limit = 200;
  for (let offset = 0; ; offset += limit) {
    const { hits } = await memories.recent({ session, limit, offset });
    for (const { at, provenance } of hits)
      if (provenance !== "import") since = Math.min(since, at - LIVE_SLACK_MS);
    if (hits.length < limit) return since;
  }
}

/** A transcript's time of a prompt is a little before that at which its hook was told. */
const LIVE_SLACK_MS = 5_000;
