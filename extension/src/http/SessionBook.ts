import type { NewRecord, Origin, Project, Session } from "recollect-wasm";
import type { EventHub } from "./EventHub.js";
import type { HttpMemories } from "./HttpMemories.js";
import { Refusal } from "./Refusal.js";

/** A session that has begun. */
export interface OpenSession {
  readonly key: string;
  readonly project: Project;
  /** The number that clients know it by. */
  readonly number: number;
}

/** What a client tells of a session as it begins. */
export interface SessionStart {
  readonly source: string;
  /** The folder in which it works. */
  readonly folder?: string | undefined;
  /** Name of its project, if it names one. */
  readonly project?: string | undefined;
  readonly user?: string;
  readonly ide?: string;
}

/** How things are told where they belong. */
interface Places {
  readonly projectOf: ((folder: string) => Promise<Project>) | undefined;
  readonly originOf: (project: Project, session: string) => Origin;
}

/** Where a session belongs that names neither folder nor project. */
const NO_PROJECT: Project = { id: "user", name: "user" };

/** Sessions and projects remembered here, so that they need not be looked up each time. */
const MAX_KNOWN = 1_000;

/** Begins sessions with the first that is told of them, and finds those that have begun. */
export class SessionBook {
  readonly #memories: HttpMemories;
  readonly #hub: EventHub;
  readonly #projectOf: (folder: string) => Promise<Project>;
  readonly #originOf: Places["originOf"];
  readonly #known = new Map<string, Promise<OpenSession>>();
  /** Keys of sessions that began here; none is dropped. */
  readonly #begun = new Set<string>();
  readonly #turns = new Map<string, Promise<unknown>>();

  constructor(memories: HttpMemories, hub: EventHub, { projectOf, originOf }: Places) {
    this.#memories = memories;
    this.#hub = hub;
    this.#originOf = originOf;
    this.#projectOf = projectOf ?? ((folder) => memories.projectAt({ folder, otherFolders: [] }));
  }

  /** The session of a key; it begins now if nothing is known of it. */
  begin(key: string, start: SessionStart): Promise<OpenSession> {
    const known = this.#known.get(key);
    if (known !== undefined) return known;
    const beginning = this.#findOrBegin(key, start).catch((error: unknown) => {
      this.#known.delete(key);
      throw error;
    });
    this.#known.set(key, beginning);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_KNOWN && oldest !== undefined) this.#known.delete(oldest);
    return beginning;
  }

  /** The session that a number stands for: that of any of its records. */
  async byNumber(number: number): Promise<OpenSession> {
    const [id] = await this.#memories.aliased([number]);
    const [memory] = id === undefined || id === "" ? [] : await this.#memories.get([id]);
    if (memory?.session === undefined) {
      throw new Refusal(404, `sessionDbId: there is no session ${number}`);
    }
    return { key: memory.session, project: memory.project, number };
  }

  /** The session of a key, or `undefined` if nothing is recorded of it. */
  async find(key: string): Promise<Session | undefined> {
    try {
      return (await this.#memories.session(key)).session;
    } catch (error) {
      if (error instanceof Error && error.name === "NotFound") return undefined;
      throw error;
    }
  }

  /** Whether all of a session was told of here: an earlier process knew what nothing was written of. */
  hasBegunHere(key: string): boolean {
    return this.#begun.has(key);
  }

  /** Its session was ended or forgotten: the next use looks it up again. */
  close(key: string): void {
    this.#known.delete(key);
  }

  /** Everything was forgotten, or something: nothing that is known can be relied on. */
  forgetAll(): void {
    this.#known.clear();
  }

  /** Carries out work of one session after the work before it. */
  async inTurn<Result>(key: string, work: () => Promise<Result>): Promise<Result> {
    const before = this.#turns.get(key) ?? Promise.resolve();
    const turn = before.then(work, work);
    const settled = turn.catch(() => undefined);
    this.#turns.set(key, settled);
    try {
      return await turn;
    } finally {
      if (this.#turns.get(key) === settled) this.#turns.delete(key);
    }
  }

  /** The project of a name: the one that is known by it, else one of that name. */
  async projectNamed(name: string): Promise<Project> {
    const known = await this.#memories.projectNamed(name);
    if (known !== undefined) return known;
    return isFolder(name) ? this.#projectOf(name) : { id: name, name };
  }

  /** Where something belongs that a client names a folder or a project for, or neither. */
  async projectFor({
    folder,
    project,
  }: Pick<SessionStart, "folder" | "project">): Promise<Project> {
    if (project !== undefined && project !== "") return this.projectNamed(project);
    if (folder !== undefined && folder !== "") {
      // Before it is an address: what acts on a terminal hides a tag once it is encoded.
      const kept = await this.#memories.filtered(folder);
      return kept === undefined || kept === "" ? NO_PROJECT : this.#projectOf(kept);
    }
    return NO_PROJECT;
  }

  async #findOrBegin(key: string, start: SessionStart): Promise<OpenSession> {
    const found = await this.find(key);
    const project = found?.project ?? (await this.projectFor(start));
    if (found?.id !== undefined) {
      return { key, project, number: await this.#numberOf(found.id) };
    }
    const origin = this.#originOf(project, key);
    const { source, user, ide } = start;
    const record: NewRecord = {
      kind: "session",
      origin,
      source,
      ...(user === undefined ? {} : { user }),
      ...(ide === undefined ? {} : { ide }),
    };
    const [appended] = await this.#memories.append([record]);
    if (appended?.status !== "pending") {
      throw new Refusal(403, "nothing of this session may be kept");
    }
    this.#begun.add(key);
    const number = await this.#numberOf(appended.id);
    this.#hub.send({ type: "session_started", sessionDbId: number, project: project.name });
    return { key, project, number };
  }

  async #numberOf(id: string): Promise<number> {
    const [number] = await this.#memories.aliases([id]);
    return number ?? 0;
  }
}

/** Whether a client names a folder where it could name a project. */
function isFolder(text: string): boolean {
  return /^(?:[/~\\]|[a-z]:[\\/]|[a-z][a-z0-9+.-]+:\/\/)/i.test(text);
}
