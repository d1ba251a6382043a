import { endId, idOfTold } from "./derivedId.js";
import type { SkippedItem, Told } from "./Importer.js";

/** The last that was told of a session. */
interface Last {
  readonly key: string;
  readonly at: number;
  readonly isTimeOfFile: boolean;
}

/** What a file tells, as far as it takes to see whether all of it is known. */
export class FirstLook {
  readonly seen = new Set<string>();
  readonly skipped: SkippedItem[] = [];
  turns = 0;
  readonly #agent: string;
  readonly #earlier: ReadonlySet<string>;
  readonly #ends = new Map<string, Last>();
  readonly #alone: string[] = [];

  /** `earlier` has the names of what other files have told. */
  constructor(agent: string, earlier: ReadonlySet<string>) {
    this.#agent = agent;
    this.#earlier = earlier;
  }

  add(told: Told): void {
    this.turns += 1;
    const name = nameOfTold(told);
    if (this.#earlier.has(name) || this.seen.has(name)) return;
    this.seen.add(name);
    const { session, key, at, isTimeOfFile = false } = told;
    if (session === undefined) {
      this.#alone.push(idOfTold(this.#agent, told, "record"));
      return;
    }
    const last = Math.max(this.#ends.get(session)?.at ?? 0, at);
    this.#ends.set(session, { key, at: last, isTimeOfFile });
  }

  /** The ids of the ends of sessions, by the sessions. */
  ends(): [session: string, id: string][] {
    return [...this.#ends].map(([session, last]) => [session, endId(this.#agent, session, last)]);
  }

  /** The ids that are all known where all is. */
  ids(): string[] {
    return [...this.ends().map(([, id]) => id), ...this.#alone];
  }
}

/** A use of a tool may have the key of the turn that it belongs to. */
export function nameOfTold({ key, tool }: Told): string {
  return tool === undefined ? key : `${key} tool`;
}
