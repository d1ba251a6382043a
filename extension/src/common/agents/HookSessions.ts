/** Sessions whose state is known at the same time. */
const MAX_SESSIONS = 200;

/** Files of one session that its model was told about; more than anybody works on at a time. */
const MAX_TOLD = 400;

/** Keeps one small text for the next process; what it had before is replaced as a whole. */
export interface KeptText {
  readonly read: () => Promise<string | undefined>;
  readonly write: (text: string) => Promise<void>;
}

/** What is known of a session under way. */
export interface SessionState {
  /** Files that its model was told about, each as a short hash of its name. */
  readonly told: Set<string>;
  /** Whether its model has lost what it was told at the start, or was never told. */
  isStartDue: boolean;
  /** Whether its latest prompt was private: what follows from it is not kept. */
  isPrivate: boolean;
}

/** One session in the kept text. */
interface Kept {
  readonly session: string;
  readonly told: readonly string[];
  readonly isStartDue: boolean;
  readonly isPrivate: boolean;
}

/**
 * What is known of agents' sessions while they go on, also by the process that follows after a
 * pause. No name of a session or file is kept, only short hashes of them.
 */
export class HookSessions {
  readonly #file: KeptText | undefined;
  readonly #known = new Map<string, SessionState>();
  #reading: Promise<void> | undefined;
  #writing: Promise<void> = Promise.resolve();
  #isDue = false;

  constructor(file?: KeptText) {
    this.#file = file;
  }

  /** The state of a session, which is now the one used last. */
  async of(session: string): Promise<SessionState> {
    const [key] = await Promise.all([hashOf(session), (this.#reading ??= this.#read())]);
    const state = this.#known.get(key) ?? { told: new Set(), isStartDue: false, isPrivate: false };
    this.#known.delete(key);
    this.#known.set(key, state);
    const [oldest] = this.#known.keys();
    if (this.#known.size > MAX_SESSIONS && oldest !== undefined) this.#known.delete(oldest);
    return state;
  }

  /** Whether a session's model is told about a file for the first time. */
  async isNew({ told }: SessionState, file: string): Promise<boolean> {
    const hash = await hashOf(file);
    if (told.has(hash)) return false;
    told.add(hash);
    this.changed();
    return true;
  }

  async end(session: string): Promise<void> {
    if (this.#known.delete(await hashOf(session))) this.changed();
  }

  /** Keeps what is known, once for changes that come together. Nobody waits for it. */
  changed(): void {
    if (this.#isDue) return;
    this.#isDue = true;
    this.#writing = this.#writing.then(async () => {
      this.#isDue = false;
      // That it is not kept costs a repetition, and no hook may fail by that.
      await this.#file?.write(this.#text()).catch(() => undefined);
    });
  }

  /** Resolves once everything is kept. */
  settled(): Promise<void> {
    return this.#writing;
  }

  #text(): string {
    const sessions = [...this.#known].map(([session, { told, ...flags }]): Kept => {
      return { session, ...flags, told: [...told].slice(-MAX_TOLD) };
    });
    return JSON.stringify({ sessions });
  }

  async #read(): Promise<void> {
    const text = await this.#file?.read().catch(() => undefined);
    for (const { session, told, isStartDue, isPrivate } of text === undefined ? [] : parse(text))
      this.#known.set(session, { told: new Set(told), isStartDue, isPrivate });
  }
}

/** The sessions in a kept text; what is damaged is passed over. */
function parse(text: string): Kept[] {
  let kept: unknown;
  try {
    kept = JSON.parse(text);
  } catch {
    return [];
  }
  const sessions = fieldsOf(kept)["sessions"];
  return (Array.isArray(sessions) ? (sessions as unknown[]) : []).flatMap((one) => {
    const { session, told, isStartDue, isPrivate } = fieldsOf(one);
    if (typeof session !== "string") return [];
    const names = Array.isArray(told) ? (told as unknown[]) : [];
    return {
      session,
      told: names.filter((name) => typeof name === "string"),
      isStartDue: isStartDue === true,
      isPrivate: isPrivate === true,
    };
  });
}

function fieldsOf(value: unknown): Readonly<Record<string, unknown>> {
  // An object has only string keys that matter here, and the values stay unknown.
  return typeof value === "object" && value !== null ? (value as Record<string, unknown>) : {};
}

/** Six bytes of a hash: enough to tell some hundred names apart. */
async function hashOf(name: string): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", new TextEncoder().encode(name));
  return [...new Uint8Array(digest, 0, 6)]
    .map((byte) => byte.toString(16).padStart(2, "0"))
    .join("");
}
