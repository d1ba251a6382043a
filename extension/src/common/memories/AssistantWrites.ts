import type { ForgetReport } from "./forgetting.js";
import type { KeptValues } from "../storage/Keyring.js";
import type { Memories } from "./Memories.js";

/** What is kept to be shown or undone together; older ones are found like any other memory. */
const MAX_IDS = 200;

const KEPT = "recollect.assistantWrites";

/**
 * What assistants have remembered and the user has not looked at yet.
 *
 * It outlives the window's extension host: an assistant that can have the window reloaded could
 * else take the notice away from the user.
 */
export class AssistantWrites {
  readonly #kept: KeptValues;
  readonly #onChange: (count: number) => void;
  #ids: readonly string[];

  /** `kept` belongs to the workspace that the window shows; `onChange` is told how many there are. */
  constructor(kept: KeptValues, onChange: (count: number) => void) {
    this.#kept = kept;
    this.#onChange = onChange;
    const ids = kept.get(KEPT);
    this.#ids = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
    if (this.#ids.length > 0) onChange(this.#ids.length);
  }

  /** Oldest first. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** An assistant has remembered these. */
  note(ids: readonly string[]): void {
    this.#set([...this.#ids, ...ids].slice(-MAX_IDS));
  }

  /** The user has dealt with these; what was added meanwhile stays. */
  settle(ids: readonly string[]): void {
    this.#set(this.#ids.filter((id) => !ids.includes(id)));
  }

  /**
   * Forgets what assistants have remembered, as far as it is there: some may have been forgotten
   * since, or never been written because the host ended. If forgetting fails, nothing is settled.
   */
  async undo(memories: Pick<Memories, "get" | "forget">): Promise<ForgetReport | undefined> {
    const noted = this.#ids;
    const found = await memories.get([...noted]);
    const ids = found.map(({ id }) => id);
    const report = ids.length > 0 ? await memories.forget({ ids }) : undefined;
    this.settle(noted);
    return report;
  }

  #set(ids: readonly string[]): void {
    this.#ids = ids;
    this.#onChange(ids.length);
    void this.#kept.update(KEPT, ids.length > 0 ? ids : undefined);
  }
}
