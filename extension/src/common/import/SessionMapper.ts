import {
  Recollect,
  type Appended,
  type NewRecord,
  type Origin,
  type Project,
  type ToolUse,
} from "recollect-wasm";
import { toolName } from "../agents/toolName.js";
import { endId, idOfTold, startId, type KindOfTold } from "./derivedId.js";
import type { Told } from "./Importer.js";

interface OpenSession {
  readonly origin: Origin;
  readonly roots: readonly string[];
  prompts: number;
  lastAt: number;
  lastKey: string;
  readonly isTimeOfFile: boolean;
  /** Whether another memory tells it, which has summed up what it wanted to. */
  isRetold: boolean;
  /** What the assistant said last after each prompt, until it is summed up. */
  said: Said[];
  /** Whether a prompt came after the last of it. */
  isAsked: boolean;
}

interface Said {
  readonly text: string;
  readonly key: string;
  readonly at: number;
}

/** Most characters of a prompt or a message: what is longer than a memory is cut by the store. */
const MAX_TEXT = 200_000;

/**
 * Each of so many prompts is summed up by itself, and later ones a few together: a summary looks at
 * the whole session, so that the work of one for each prompt would grow with the square of its length.
 */
const SINGLE_PROMPTS = 8;
const PROMPTS_TOGETHER = 4;

/**
 * Makes of what a transcript tells what a live session would have become: an index of its own
 * takes it in by the same rules, at the time it happened, and gives its records back as lines of an
 * export, whose ids are derived from what is told.
 */
export class SessionMapper {
  readonly #core: Recollect;
  readonly #agent: string;
  readonly #sessions = new Map<string, OpenSession>();
  /** The ids of records that are not flushed yet, by those that the index gave them. */
  readonly #ids = new Map<string, string>();

  /** The module must have been started. */
  constructor(agent: string) {
    this.#agent = agent;
    this.#core = new Recollect(crypto.getRandomValues(new Uint8Array(32)), "import");
  }

  /** Takes in what is told; the project and the roots count for the first of a session. */
  take(told: Told, project: Project, roots: readonly string[]): void {
    const { session: key, at } = told;
    if (key === undefined) {
      const origin: Origin = { project, provenance: "tool", trust: "high" };
      if (told.record !== undefined) this.#record({ ...told.record, origin, at }, told);
      return;
    }
    const session = this.#sessionOf(key, told, project, roots);
    session.lastAt = Math.max(session.lastAt, at);
    session.lastKey = told.key;
    if (told.prompt !== undefined) {
      session.isAsked = true;
      const many = session.prompts < SINGLE_PROMPTS ? 1 : PROMPTS_TOGETHER;
      if (session.said.length >= many) this.#sumUp(key, session);
      this.#prompt(told, session, told.prompt);
    }
    // What answers a private prompt is as private.
    if (told.message !== undefined && !this.#core.promptPrivacy(key)) {
      const said = { text: told.message.slice(0, MAX_TEXT), key: told.key, at };
      // What was said before it, after the same prompt, was on the way to it.
      if (!session.isAsked) session.said.pop();
      session.said.push(said);
      session.isAsked = false;
    }
    if (told.tool !== undefined) this.#tool(told, session, told.tool);
    const { record } = told;
    session.isRetold ||= record !== undefined;
    // Whoever made it summed the session up as well as that is known.
    const origin: Origin = { ...session.origin, provenance: "import" };
    if (record !== undefined) this.#record({ ...record, origin, at }, told);
  }

  /** Ends all sessions. */
  end(): void {
    for (const [key, session] of this.#sessions) {
      this.#sumUp(key, session);
      this.#core.endSession(key, session.lastAt);
    }
  }

  /**
   * The records that were made since the last call, as lines of an export; after the last of them
   * nothing more can be taken in.
   */
  lines(isLast = false): string[] {
    const lines: string[] = [];
    for (let flush = this.#core.nextFlush(Date.now()); flush !== undefined;) {
      const { bytes, name, records } = flush;
      lines.push(...this.#core.exportLines(bytes));
      // What nobody asks about any more need not be found.
      if (isLast && this.#core.pending === records) break;
      this.#core.flushed(name);
      flush = this.#core.nextFlush(Date.now());
    }
    const renamed = lines.flatMap((line) => this.#renamed(line));
    this.#ids.clear();
    return renamed;
  }

  free(): void {
    this.#core.free();
  }

  #sessionOf(key: string, told: Told, project: Project, roots: readonly string[]): OpenSession {
    const known = this.#sessions.get(key);
    if (known !== undefined) return known;
    const { at } = told;
    const origin: Origin = { project, provenance: "tool", trust: "high", session: key };
    const session: OpenSession = {
      ...{ origin, roots, prompts: 0, lastAt: at, lastKey: told.key },
      ...{ isRetold: false, said: [], isAsked: true, isTimeOfFile: told.isTimeOfFile === true },
    };
    this.#sessions.set(key, session);
    const source = this.#agent;
    this.#core.capture([{ kind: "session", origin, at, source }], at);
    return session;
  }

  #prompt(told: Told, session: OpenSession, prompt: string): void {
    const number = session.prompts + 1;
    const origin: Origin = { ...session.origin, provenance: "user" };
    const text = prompt.slice(0, MAX_TEXT);
    const one = this.#capture({ kind: "prompt", origin, at: told.at, number, text }, told.at);
    // A private prompt has a number too: what follows from it is left out by it.
    if (one?.status === "pending" || one?.reason === "private") session.prompts = number;
    this.#note(one, told, "prompt");
  }

  #tool({ cwd, ...told }: Told, session: OpenSession, tool: NonNullable<Told["tool"]>): void {
    const use: ToolUse = {
      ...tool,
      name: toolName(tool.name),
      ...(cwd === undefined ? {} : { cwd }),
      ...(session.roots.length === 0 ? {} : { roots: [...session.roots] }),
      ...(session.prompts === 0 ? {} : { promptNumber: session.prompts }),
    };
    this.#note(this.#core.observe(use, session.origin, told.at), told, "tool");
    // Each command is one memory, however often and by whom it was run: its id says which.
    const worked =
      cwd === undefined ? undefined : this.#core.commandWorked(use, session.origin, told.at);
    if (worked?.status === "pending") this.#ids.set(worked.id, worked.id);
  }

  #record(record: NewRecord, told: Told): void {
    this.#note(this.#capture(record, told.at), told, "record");
  }

  #capture(record: NewRecord, at: number): Appended | undefined {
    return this.#core.capture([record], at).appended[0];
  }

  #sumUp(key: string, session: OpenSession): void {
    const { said } = session;
    const last = said.at(-1);
    // It waits until a later prompt is not private.
    if (last === undefined || this.#core.promptPrivacy(key)) return;
    session.said = [];
    const closing = said.map(({ text }) => text).join("\n\n");
    const summed = this.#core.summariseSession(key, closing, last.at);
    this.#note(summed, last, "summary");
  }

  #note(
    appended: Appended | undefined,
    told: Pick<Told, "id" | "key" | "at" | "isTimeOfFile">,
    kind: KindOfTold,
  ): void {
    if (appended?.status === "pending")
      this.#ids.set(appended.id, idOfTold(this.#agent, told, kind));
  }

  /** A line with the id that is derived; none where another memory has told the same before. */
  #renamed(line: string): string[] {
    // The module wrote it, and writes these fields in every record.
    const record = JSON.parse(line) as { id: string; k: string; at: number; session?: string };
    const { k, at, session: key = "" } = record;
    const last = this.#sessions.get(key);
    if (k === "summary" && last?.isRetold === true && !this.#ids.has(record.id)) return [];
    const { isTimeOfFile = false } = last ?? {};
    const end = { key: last?.lastKey ?? "", at: last?.lastAt ?? at, isTimeOfFile };
    const id =
      this.#ids.get(record.id) ??
      (k === "session"
        ? startId(this.#agent, key, { at, isTimeOfFile })
        : endId(this.#agent, key, end, k));
    return [JSON.stringify({ ...record, id, src: "import" })];
  }
}
