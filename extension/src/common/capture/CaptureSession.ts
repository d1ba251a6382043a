import type { KeptValues } from "../storage/Keyring.js";

/** Without anything captured for this long, a session is over. */
export const SESSION_IDLE_MS = 30 * 60_000;

interface SessionOptions {
  /** Belongs to the workspace that the window shows, and outlives a reload. */
  readonly kept: KeptValues;
  readonly newKey: () => string;
  /** Ends the session of that key. Must not reject. */
  readonly onEnd: (key: string) => Promise<void>;
  readonly idleMs?: number;
}

/** What a reload needs to go on with the same session. */
interface Kept {
  readonly key: string;
  readonly lastAt: number;
  readonly isEnded: boolean;
}

const KEPT = "recollect.captureSession";

/** How old the kept time may become; each change is a message to the editor. */
const KEEP_EVERY_MS = 15_000;

/**
 * The session that a window captures into: begins with its first record, ends when the window
 * closes or nothing happens for a while, and goes on after a reload.
 */
export class CaptureSession {
  readonly #options: SessionOptions;
  readonly #idleMs: number;
  #current: { readonly key: string; lastAt: number; keptAt: number } | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#idleMs = options.idleMs ?? SESSION_IDLE_MS;
  }

  /** Key of the session under way, or of the one that a record of this time would go on with. */
  keyAt(at: number): string | undefined {
    if (this.#current !== undefined) return this.#current.key;
    const kept = this.#readKept();
    return kept !== undefined && at - kept.lastAt < this.#idleMs ? kept.key : undefined;
  }

  /** The session that a record of this time belongs to; a new one begins with its own record. */
  enter(at: number): { readonly key: string; readonly isNew: boolean } {
    if (this.#current !== undefined && at - this.#current.lastAt >= this.#idleMs) void this.#end();
    const known = this.#current?.key ?? this.keyAt(at);
    const key = known ?? this.#begin();
    this.#current ??= { key, lastAt: at, keptAt: Number.NEGATIVE_INFINITY };
    this.#current.lastAt = Math.max(this.#current.lastAt, at);
    if (at - this.#current.keptAt >= KEEP_EVERY_MS) this.#keep(false);
    this.#timer ??= this.#wait(this.#idleMs);
    return { key, isNew: known === undefined };
  }

  /** Ends the session because the window closes; a reload within half an hour goes on with it. */
  async close(): Promise<void> {
    clearTimeout(this.#timer);
    this.#timer = undefined;
    const current = this.#current;
    if (current === undefined) return;
    this.#keep(true);
    this.#current = undefined;
    await this.#options.onEnd(current.key);
  }

  #begin(): string {
    // A window that was closed without a word left a session behind that nobody ended.
    const left = this.#readKept();
    if (left !== undefined && !left.isEnded) void this.#options.onEnd(left.key);
    return this.#options.newKey();
  }

  #wait(delayMs: number): ReturnType<typeof setTimeout> {
    const timer = setTimeout(() => {
      this.#timer = undefined;
      if (this.#current === undefined) return;
      const leftMs = this.#current.lastAt + this.#idleMs - Date.now();
      if (leftMs > 0) this.#timer = this.#wait(leftMs);
      else void this.#end();
    }, delayMs);
    // In Node a session alone keeps no process alive; a browser's timers are numbers.
    if (typeof timer === "object") timer.unref();
    return timer;
  }

  async #end(): Promise<void> {
    const current = this.#current;
    if (current === undefined) return;
    this.#current = undefined;
    void this.#options.kept.update(KEPT, undefined);
    await this.#options.onEnd(current.key);
  }

  #keep(isEnded: boolean): void {
    if (this.#current === undefined) return;
    const { key, lastAt } = this.#current;
    this.#current.keptAt = lastAt;
    void this.#options.kept.update(KEPT, { key, lastAt, isEnded } satisfies Kept);
  }

  #readKept(): Kept | undefined {
    const value = this.#options.kept.get(KEPT);
    if (typeof value !== "object" || value === null) return undefined;
    // It was written by a version of this class; each field is looked at before use.
    const { key, lastAt, isEnded } = value as Partial<Record<keyof Kept, unknown>>;
    if (typeof key !== "string" || typeof lastAt !== "number") return undefined;
    return { key, lastAt, isEnded: isEnded === true };
  }
}
