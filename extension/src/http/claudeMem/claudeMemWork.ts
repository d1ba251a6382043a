import type { Origin, Provenance } from "recollect-wasm";
import type { OpenSession } from "../SessionBook.js";
import type { Surface } from "../Surface.js";

/** What claude-mem's endpoints answer to something that is to be kept. */
export type Queued = { status: "queued" } | Skipped;

/** What they answer to something that is not. */
export interface Skipped {
  status: "skipped";
  reason: string;
}

/** One use of a tool, as a client tells it. */
export interface ToolUse {
  readonly name: string;
  readonly input: unknown;
  readonly response: unknown;
  readonly cwd?: string | undefined;
  readonly promptNumber?: number | undefined;
}

const SKIPPED: Queued = { status: "skipped", reason: "private" };

/** What is kept of a session that existing clients tell of; answered once it is durable. */
export class ClaudeMemWork {
  /**
   * Number of each session's latest prompt. None is ever dropped: a private prompt has a number too,
   * and nothing else knows of it.
   */
  readonly #latestPrompts = new Map<string, number>();

  /**
   * Numbers that were given here in sessions of an earlier process: it may have given them to
   * private prompts.
   */
  readonly #givenAgain = new Map<string, Set<number>>();

  #lastRoots: { cwd: string; roots: Promise<readonly string[]> } | undefined;

  constructor(readonly surface: Surface) {}

  /** Keeps what is worth keeping of a tool's use. */
  observe(session: OpenSession, use: ToolUse): Promise<Queued> {
    const { hub, memories } = this.surface;
    hub.send({ type: "observation_queued", sessionDbId: session.number });
    return this.#process(session, async () => {
      const { cwd } = use;
      const latest = await this.latestPrompt(session.key);
      const promptNumber = use.promptNumber ?? latest;
      // A private prompt of an earlier process left no trace but its number, which is beyond those
      // of its session that are kept.
      if (promptNumber > latest) return SKIPPED;
      if (this.#isGivenAgain(session.key, use.promptNumber)) return SKIPPED;
      const roots = cwd === undefined ? [] : await this.#rootsOf(cwd);
      const appended = await memories.observe(
        {
          name: use.name,
          input: use.input,
          response: use.response,
          ...(cwd === undefined ? {} : { cwd }),
          ...(roots.length === 0 ? {} : { roots: [...roots] }),
          ...(promptNumber === 0 ? {} : { promptNumber }),
        },
        this.#origin(session, "tool"),
      );
      // What says nothing worth keeping was taken in all the same.
      return appended.status === "skipped" && appended.reason === "private"
        ? SKIPPED
        : { status: "queued" };
    });
  }

  /**
   * Keeps a prompt and gives its number in the session. What nobody typed is no prompt and takes
   * no number, and one that is told twice at once is one.
   */
  async prompt(
    session: OpenSession,
    text: string,
    promptNumber?: number,
  ): Promise<{ number: number; isPrivate: boolean }> {
    const { memories, sessions } = this.surface;
    return sessions.inTurn(session.key, async () => {
      const known = await sessions.find(session.key);
      // A private prompt is in no count, and its number is not given again: what comes late and
      // follows from it would be taken for what follows from the next.
      const before = this.#latestPrompts.get(session.key);
      const latest = Math.max(known?.statistics.prompts ?? 0, await this.latestPrompt(session.key));
      const number = promptNumber ?? latest + 1;
      this.#latestPrompts.set(session.key, Math.max(number, latest));
      const [appended] = await memories.append([
        { kind: "prompt", origin: this.#origin(session, "user"), number, text },
      ]);
      // What follows from it is told of after it.
      await this.surface.told();
      if (appended?.status === "skipped" && appended.reason === "nothing") {
        if (before === undefined) this.#latestPrompts.delete(session.key);
        else this.#latestPrompts.set(session.key, before);
        return { number: await this.latestPrompt(session.key), isPrivate: false };
      }
      const [kept] = appended?.status === "pending" ? await memories.get([appended.id]) : [];
      const own = kept?.promptNumber ?? number;
      if (own !== number) this.#latestPrompts.set(session.key, own);
      else if (promptNumber === undefined) this.#noteGiven(session.key, number);
      return { number: own, isPrivate: appended?.status !== "pending" };
    });
  }

  /** Takes note of a number that no client has told. */
  #noteGiven(key: string, number: number): void {
    if (this.surface.sessions.hasBegunHere(key)) return;
    const given = this.#givenAgain.get(key) ?? new Set();
    this.#givenAgain.set(key, given.add(number));
  }

  /** Whether a number that a use of a tool names may also be that of a private prompt. */
  #isGivenAgain(key: string, number: number | undefined): boolean {
    return number !== undefined && this.#givenAgain.get(key)?.has(number) === true;
  }

  /** Sums a session up. The user's last message is its prompt, if none was told before. */
  summarise(
    session: OpenSession,
    userMessage: string | undefined,
    assistantMessage: string | undefined,
  ): Promise<Queued> {
    const { hub, memories, sessions } = this.surface;
    hub.send({ type: "summarize_queued" });
    return this.#process(session, async () => {
      if (await memories.isPromptPrivate(session.key)) return SKIPPED;
      if (userMessage !== undefined && userMessage.trim() !== "") {
        if ((await memories.stripPrivate(userMessage)) === undefined) return SKIPPED;
        const known = await sessions.find(session.key);
        if (known?.statistics.prompts === 0) await this.prompt(session, userMessage);
      }
      const appended = await memories.summariseSession(session.key, assistantMessage);
      return appended?.status === "skipped" ? SKIPPED : { status: "queued" };
    });
  }

  /** Ends a session; false if there was none that went on. */
  async complete(key: string): Promise<boolean> {
    const { memories, sessions } = this.surface;
    return sessions.inTurn(key, async () => {
      const found = await sessions.find(key);
      if (found === undefined) return false;
      const { isNew } = await this.surface.processing(() => memories.endSession(key));
      return isNew;
    });
  }

  /** Number of a session's latest prompt; 0 if there is none. */
  async latestPrompt(key: string): Promise<number> {
    const told = this.#latestPrompts.get(key);
    if (told !== undefined) return told;
    const { memories } = this.surface;
    const { hits } = await memories.recent({ kinds: ["prompt"], session: key, limit: 1 });
    const [prompt] = await memories.get(hits.map(({ id }) => id));
    const number = prompt?.promptNumber ?? 0;
    // One may have been told of meanwhile.
    if (!this.#latestPrompts.has(key)) this.#latestPrompts.set(key, number);
    return this.#latestPrompts.get(key) ?? number;
  }

  /** Roots of the working tree that a folder is in; the folder that was asked about last stays known. */
  async #rootsOf(cwd: string): Promise<readonly string[]> {
    const { rootsOf } = this.surface.options;
    if (rootsOf === undefined || cwd === "") return [];
    if (this.#lastRoots?.cwd !== cwd) this.#lastRoots = { cwd, roots: rootsOf(cwd) };
    const roots = await this.#lastRoots.roots.catch(() => []);
    // It may become a repository.
    if (roots.length === 0) this.#lastRoots = undefined;
    return roots;
  }

  #origin({ project, key }: OpenSession, provenance: Provenance): Origin {
    return this.surface.origin(project, provenance, key);
  }

  async #process(session: OpenSession, work: () => Promise<Queued>): Promise<Queued> {
    return this.surface.processing(async () => {
      try {
        return await work();
      } catch (error) {
        if (error instanceof Error && error.name === "NotFound") {
          this.surface.sessions.close(session.key);
        }
        throw error;
      }
    });
  }
}
