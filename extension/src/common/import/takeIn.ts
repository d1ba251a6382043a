import { toTranslate } from "../Localize.js";
import type { Project } from "recollect-wasm";
import type { Memories } from "../memories/Memories.js";
import type { FoundFile, Importer, ImportFiles, SkippedItem, Told } from "./Importer.js";
import { endId, idOfTold, startId } from "./derivedId.js";
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
  await ports.memories.readAll();
  const intake = new Intake(importer, ports);
  for (const file of found) {
    if (ports.signal.aborted) break;
    await intake.take(file);
    ports.onFile?.(intake.total.files);
  }
  await intake.store();
  const { total, sessions } = intake;
  return { ...total, sessions: sessions.size, isCancelled: ports.signal.aborted };
}

/** What one run takes in. */
class Intake {
  readonly total = nothing();
  readonly sessions = new Set<string>();
  readonly #importer: Importer;
  readonly #ports: ImportPorts;
  /** When sessions began to be recorded as they happened. */
  readonly #live = new Map<string, number>();
  /** What was told: a copy of a session in another file tells the same under the same keys. */
  readonly #seen = new Set<string>();
  readonly #projects = new Map<string, Project>();
  readonly #lines: { readonly line: string; readonly path: string }[] = [];
  #characters = 0;

  constructor(importer: Importer, ports: ImportPorts) {
    this.#importer = importer;
    this.#ports = ports;
  }

  async take(file: FoundFile): Promise<void> {
    await reading(this.total, file, async () => {
      const first = await this.#firstLook(file);
      if (first?.isKnown === true) {
        this.total.turns += first.turns;
        this.total.knownSessions += first.sessions.size;
        this.total.skipped.push(...first.skipped);
        first.sessions.forEach((session) => this.sessions.add(session));
        first.seen.forEach((name) => this.#seen.add(name));
        return;
      }
      this.total.knownSessions += first?.sessions.size ?? 0;
      await this.#map(file, first?.sessions ?? new Set());
    });
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
  async #firstLook(file: FoundFile): Promise<FirstLook | undefined> {
    const { memories } = this.#ports;
    const agent = this.#importer.kind;
    const look = { turns: 0, seen: new Set<string>(), skipped: [] as SkippedItem[] };
    const ends = new Map<string, { key: string; at: number }>();
    const alone: Promise<string>[] = [];
    for await (const told of this.#read(file, look.skipped)) {
      const { session, key, at } = told;
      const id = session === undefined ? idOfTold(agent, told, "record") : undefined;
      if (look.turns === 0) {
        const first = await (id ?? startId(agent, session ?? "", at));
        if (!(await memories.knownAmong([first])).has(first)) return undefined;
      }
      look.turns += 1;
      const name = nameOf(told);
      if (this.#seen.has(name) || look.seen.has(name)) continue;
      look.seen.add(name);
      if (id !== undefined) alone.push(id);
      if (session === undefined) continue;
      ends.set(session, { key, at: Math.max(ends.get(session)?.at ?? 0, at) });
    }
    if (this.#ports.signal.aborted) return undefined;
    const list = [...ends];
    const endIds = await Promise.all(list.map(([session, end]) => endId(agent, session, end)));
    const ids = [...endIds, ...(await Promise.all(alone))];
    const known = await memories.knownAmong(ids);
    const isEnded = (_: unknown, index: number): boolean => known.has(endIds[index] ?? "");
    const sessions = new Set(list.filter(isEnded).map(([session]) => session));
    return { ...look, sessions, isKnown: ids.every((id) => known.has(id)) };
  }

  /** Takes in a file, but for the sessions that are known. */
  async #map(file: FoundFile, known: ReadonlySet<string>): Promise<void> {
    const { signal } = this.#ports;
    const mapper = new SessionMapper(this.#importer.kind);
    try {
      let waiting = 0;
      for await (const told of this.#read(file, this.total.skipped)) {
        this.total.turns += 1;
        if (!(await this.#isNew(told)) || known.has(told.session ?? "")) continue;
        const place = await this.#placeOf(told);
        mapper.take(told, place.project, place.roots);
        waiting += 1;
        if (waiting < GROUP) continue;
        waiting = 0;
        await this.#keep(await mapper.lines(), file);
      }
      // The end of a session that was not read to its end is not known.
      if (!signal.aborted) mapper.end();
      await this.#keep(await mapper.lines(), file);
    } finally {
      mapper.free();
    }
  }

  async #isNew(told: Told): Promise<boolean> {
    const { session, at } = told;
    const name = nameOf(told);
    const isSeen = this.#seen.has(name);
    this.#seen.add(name);
    // An export of these memories has nothing new where it came from, not even a session's end.
    if (told.id !== undefined && (await this.#ports.memories.knownAmong([told.id])).has(told.id)) {
      this.total.known += 1;
      return false;
    }
    if (session === undefined) return !isSeen;
    this.sessions.add(session);
    if (isSeen) return false;
    let live = this.#live.get(session);
    if (live === undefined) {
      live = await liveSince(this.#ports.memories, session);
      this.#live.set(session, live);
    }
    if (at < live) return true;
    this.total.live += 1;
    return false;
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

  #read(file: FoundFile, skipped: SkippedItem[]): AsyncIterable<Told> {
    return read(this.#importer, file, this.#ports, skipped);
  }
}

interface FirstLook {
  readonly turns: number;
  readonly seen: ReadonlySet<string>;
  readonly skipped: readonly SkippedItem[];
  /** The sessions that are wholly known. */
  readonly sessions: ReadonlySet<string>;
  /** Whether all of the file is. */
  readonly isKnown: boolean;
}

function nothing(): TakenIn {
  const counts = { files: 0, turns: 0, sessions: 0, knownSessions: 0, added: 0, known: 0 };
  return { ...counts, forgotten: 0, live: 0, skipped: [], isCancelled: false };
}

/** A use of a tool may have the key of the turn that it belongs to. */
function nameOf({ key, tool }: Told): string {
  return tool === undefined ? key : `${key} tool`;
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
