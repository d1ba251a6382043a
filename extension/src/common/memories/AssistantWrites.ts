import type { ForgetReport } from "./forgetting.js";
import type { KeptValues } from "../storage/Keyring.js";
import type { Memories } from "./Memories.js";

/** What is kept to be shown or undone together; older ones are found like any other memory. */
const MAX_IDS = 1_000;

/** What was undone. */
export interface Undone {
  readonly report: ForgetReport;
  /** Edits among it, which are no memories. */
  readonly edits: number;
}

/** The usual name among the kept values. */
const KEPT = "recollect.assistantWrites";

/**
 * What assistants have remembered or changed and the user has not looked at yet: the ids of
 * memories, and of edits.
 *
 * It outlives the window's extension host: an assistant that can have the window reloaded could
 * else take the notice away from the user.
 */
export class AssistantWrites {
  readonly #kept: KeptValues;
  readonly #name: string;
  readonly #onChange: (count: number) => void;
  #ids: readonly string[];

  /** `kept` belongs to the workspace that the window shows; `onChange` is told how many there are. */
  constructor(kept: KeptValues, onChange: (count: number) => void, name = KEPT) {
    this.#kept = kept;
    this.#name = name;
    this.#onChange = onChange;
    const ids = kept.get(name);
    this.#ids = Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : [];
    if (this.#ids.length > 0) onChange(this.#ids.length);
  }

  /** Oldest first. */
  get ids(): readonly string[] {
    return this.#ids;
  }

  /** An assistant has remembered these, or changed memories by these edits. */
  note(ids: readonly string[]): void {
    this.#set([...this.#ids, ...ids].slice(-MAX_IDS));
  }

  /** The user has dealt with these; what was added meanwhile stays. */
  settle(ids: readonly string[]): void {
    this.#set(this.#ids.filter((id) => !ids.includes(id)));
  }

  /** Ids of the memories that were added or changed, as far as they are there. */
  async memories(memories: Pick<Memories, "editedBy">): Promise<string[]> {
    const changed = await memories.editedBy([...this.#ids]);
    return [...new Set(this.#ids.map((id, index) => changed[index] || id))];
  }

  /**
   * Forgets what assistants have remembered and takes back what they have changed, as far as it is
   * there: some may have been forgotten since, or never been written because the host ended. If
   * forgetting fails, nothing is settled.
   */
  async undo(memories: Pick<Memories, "get" | "editedBy" | "forget">): Promise<Undone | undefined> {
    const noted = this.#ids;
    const added = (await memories.get([...noted])).map(({ id }) => id);
    const changed = await memories.editedBy([...noted]);
    // What is forgotten is forgotten with its edits.
    const edits = noted.filter((_, at) => changed[at] !== "" && !added.includes(changed[at] ?? ""));
    const ids = [...added, ...edits];
    const report = ids.length > 0 ? await memories.forget({ ids }) : undefined;
    this.settle(noted);
    return report && { report, edits: edits.length };
  }

  #set(ids: readonly string[]): void {
    this.#ids = ids;
    this.#onChange(ids.length);
    void this.#kept.update(this.#name, ids.length > 0 ? ids : undefined);
  }
}
