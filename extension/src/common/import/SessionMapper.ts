import { Recollect, type Origin, type Project } from "recollect-wasm";
import { derivedId } from "./derivedId.js";
import type { Told } from "./Importer.js";

interface OpenSession {
  readonly origin: Origin;
  readonly roots: readonly string[];
  prompts: number;
  lastAt: number;
  lastKey: string;
  /** What the assistant said last, until it is summed up. */
  message: { readonly text: string; readonly key: string; readonly at: number } | undefined;
}

/** Most characters of a prompt or a message: what is longer than a memory is cut by the store. */
const MAX_TEXT = 200_000;

/**
 * Makes of what a transcript tells what a live session would have become: an index of its own
 * takes it in by the same rules, at the time it happened, and gives its records back as lines of an
 * export, whose ids are derived from what is told.
 */
export class SessionMapper {
  readonly #core: Recollect;
  readonly #agent: string;
  readonly #sessions = new Map<string, OpenSession>();
  /** What the records that are not flushed yet were made of. */
  readonly #keys = new Map<string, readonly string[]>();

  /** The module must have been started. */
  constructor(agent: string) {
    this.#agent = agent;
    this.#core = new Recollect(crypto.getRandomValues(new Uint8Array(32)), "import");
  }

  /** Takes in what is told; the project and the roots count for the first of a session. */
  take(told: Told, project: Project, roots: readonly string[]): void {
    const session = this.#sessionOf(told, project, roots);
    session.lastAt = Math.max(session.lastAt, told.at);
    session.lastKey = told.key;
    if (told.prompt !== undefined) {
      this.#sumUp(told.session, session);
      this.#message(told, session, told.prompt);
    }
    if (told.message !== undefined) {
      session.message = { text: told.message.slice(0, MAX_TEXT), key: told.key, at: told.at };
    }
    if (told.tool !== undefined) {
      const { cwd } = told;
      const observed = this.#core.observe(
        {
          ...told.tool,
          ...(cwd === undefined ? {} : { cwd }),
          ...(session.roots.length === 0 ? {} : { roots: [...session.roots] }),
          ...(session.prompts === 0 ? {} : { promptNumber: session.prompts }),
        },
        session.origin,
        told.at,
      );
      if (observed.status === "pending") this.#note(observed.id, told, "tool");
    }
  }

  /** Ends all sessions. */
  end(): void {
    for (const [key, session] of this.#sessions) {
      this.#sumUp(key, session);
      this.#core.endSession(key, session.lastAt);
    }
  }

  /** The records that were made since the last call, as lines of an export. */
  async lines(): Promise<string[]> {
    const lines: string[] = [];
    for (let flush = this.#core.nextFlush(Date.now()); flush !== undefined;) {
      const { bytes, name } = flush;
      this.#core.flushed(name);
      for (const line of this.#core.exportLines(bytes)) lines.push(await this.#renamed(line));
      flush = this.#core.nextFlush(Date.now());
    }
    this.#keys.clear();
    return lines;
  }

  free(): void {
    this.#core.free();
  }

  #sessionOf(told: Told, project: Project, roots: readonly string[]): OpenSession {
    const known = this.#sessions.get(told.session);
    if (known !== undefined) return known;
    const origin: Origin = { project, provenance: "tool", trust: "high", session: told.session };
    const session: OpenSession = {
      ...{ origin, roots, prompts: 0, lastAt: told.at, lastKey: told.key },
      message: undefined,
    };
    this.#sessions.set(told.session, session);
    const source = this.#agent;
    this.#core.capture([{ kind: "session", origin, at: told.at, source }], told.at);
    return session;
  }

  #message(told: Told, session: OpenSession, prompt: string): void {
    const number = session.prompts + 1;
    const origin: Origin = { ...session.origin, provenance: "user" };
    const text = prompt.slice(0, MAX_TEXT);
    const { appended } = this.#core.capture(
      [{ kind: "prompt", origin, at: told.at, number, text }],
      told.at,
    );
    const [one] = appended;
    // A private prompt has a number too: what follows from it is left out by it.
    if (one?.status === "pending" || one?.reason === "private") session.prompts = number;
    if (one?.status === "pending") this.#note(one.id, told, "prompt");
  }

  #sumUp(key: string, session: OpenSession): void {
    const { message } = session;
    session.message = undefined;
    if (message === undefined || this.#core.promptPrivacy(key)) return;
    const summed = this.#core.summariseSession(key, message.text, message.at);
    if (summed?.status === "pending") this.#keys.set(summed.id, [key, message.key, "summary"]);
  }

  #note(id: string, { session, key }: Told, kind: string): void {
    this.#keys.set(id, [session, key, kind]);
  }

  async #renamed(line: string): Promise<string> {
    // The module wrote it, and writes these fields in every record.
    const record = JSON.parse(line) as { id: string; k: string; at: number; session?: string };
    const key = record.session ?? "";
    const last = this.#sessions.get(key)?.lastKey ?? "";
    const names =
      this.#keys.get(record.id) ??
      (record.k === "session" ? [key, record.k] : [key, last, record.k]);
    const id = await derivedId(record.at, this.#agent, ...names);
    return JSON.stringify({ ...record, id, src: "import" });
  }
}
