import type { NewRecord, Provenance } from "recollect-wasm";
import type { KeptValues } from "../storage/Keyring.js";
import { RateLimit } from "./RateLimit.js";

/**
 * Who wants something to be written: a person, a model, a program through the endpoints or the API,
 * or nobody who would notice.
 */
export type Asker = "user" | "assistant" | "client" | "capture";

/** Nothing is stored at the moment, because the user has said so. */
export class NotRecordingError extends Error {
  override readonly name = "NotRecordingError";

  constructor(readonly reason: "private" | "paused") {
    super(reason === "private" ? "a private session is on" : "recording is paused here");
  }
}

/** A model has remembered as much as it may for now. */
export class TooManyWritesError extends Error {
  override readonly name = "TooManyWritesError";

  constructor(readonly retryAfterMs: number) {
    super(`more than ${WRITES_PER_MINUTE} writes of assistants in a minute`);
  }
}

/** What models may remember in a minute, all of them together. */
export const WRITES_PER_MINUTE = 60;

const PRIVATE = "recollect.isPrivateSession";
const PAUSED = "recollect.isPaused";

/**
 * Decides whether something may be stored at all. Everything that is stored passes here.
 *
 * Both switches outlive the window's extension host: one that was ended by a crash or an update
 * would else record again without anybody having said so.
 */
export class WriteGuard {
  readonly #kept: KeptValues;
  readonly #onChange: () => void;
  readonly #assistant = new RateLimit(WRITES_PER_MINUTE, 60_000);
  #isPrivate: boolean;
  #isPaused: boolean;

  /** `kept` belongs to the workspace that the window shows. */
  constructor(kept: KeptValues, onChange: () => void = () => {}) {
    this.#kept = kept;
    this.#onChange = onChange;
    this.#isPrivate = kept.get(PRIVATE) === true;
    this.#isPaused = kept.get(PAUSED) === true;
  }

  /** Whether nothing is stored, whoever asks. */
  get isPrivate(): boolean {
    return this.#isPrivate;
  }

  /** Whether only what the user asks for is stored. */
  get isPaused(): boolean {
    return this.#isPaused;
  }

  async setPrivate(isPrivate: boolean): Promise<void> {
    this.#isPrivate = isPrivate;
    this.#onChange();
    await this.#kept.update(PRIVATE, isPrivate ? true : undefined);
  }

  async setPaused(isPaused: boolean): Promise<void> {
    this.#isPaused = isPaused;
    this.#onChange();
    await this.#kept.update(PAUSED, isPaused ? true : undefined);
  }

  /** Throws a {@link NotRecordingError} while nothing of this asker may be stored. */
  requireRecording(asker: Asker): void {
    if (this.#isPrivate) throw new NotRecordingError("private");
    if (this.#isPaused && asker !== "user") throw new NotRecordingError("paused");
  }

  /** Lets something be stored, or throws {@link NotRecordingError} or {@link TooManyWritesError}. */
  admit(asker: Asker, now: number): void {
    this.requireRecording(asker);
    if (asker !== "assistant") return;
    const waitMs = this.#assistant.take(now);
    if (waitMs > 0) throw new TooManyWritesError(waitMs);
  }
}

/** Who asks in a process without an editor; its switches are an editor's, but nobody writes without end. */
export function unswitchedGuard(): WriteGuard {
  const values = new Map<string, unknown>();
  return new WriteGuard({
    get: (name) => values.get(name),
    update: (name, value) => {
      values.set(name, value);
      return Promise.resolve();
    },
  });
}

/**
 * Who asks for a record. `by` is who speaks, where that is known: no program speaks as the user, and
 * what it tells of its own accord counts like what a model remembers, however it names its author.
 */
export function askerOfRecord(record: NewRecord, by: Asker | undefined): Asker {
  const asker = writerOf(record);
  if (by === undefined || by === "user") return record.kind === "edit" ? (by ?? "user") : asker;
  if (record.kind === "edit" || record.kind === "fact") return "assistant";
  return asker === "assistant" ? "assistant" : "capture";
}

function writerOf(record: NewRecord): Asker {
  return "origin" in record ? askerOf(record.origin.provenance) : "capture";
}

/** Who asks for something of this provenance to be remembered. */
export function askerOf(provenance: Provenance | undefined): Asker {
  if (provenance === "user" || provenance === "assistant") return provenance;
  return "capture";
}
