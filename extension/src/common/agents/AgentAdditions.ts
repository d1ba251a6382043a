import type { AssistantWrites } from "../memories/AssistantWrites.js";
import type { Memories } from "../memories/Memories.js";
import type { KeptValues } from "../storage/Keyring.js";
import type { AddedBy, AddedNote } from "./addedNotes.js";

/** Ids that were looked at and are not looked at again. */
const MAX_HANDLED = 4_000;

const HANDLED = "recollect.handledAdditions";

/** What counting needs of its host. */
export interface AdditionPorts {
  readonly memories: Pick<Memories, "get" | "editedBy">;
  /** What the programs outside have noted. */
  readonly read: () => Promise<readonly AddedNote[]>;
  /** Id of the project at hand. */
  readonly project: () => Promise<string | undefined>;
  /** Where it is counted, by who has added it. */
  readonly counted: Readonly<Record<AddedBy, AssistantWrites>>;
  /** Belongs to the workspace that the window shows. */
  readonly kept: KeptValues;
}

/** Counts what agents outside of the editor have added to the project at hand, once each. */
export class AgentAdditions {
  readonly #ports: AdditionPorts;
  readonly #handled: Set<string>;
  #running: Promise<void> | undefined;
  #isDue = false;

  constructor(ports: AdditionPorts) {
    this.#ports = ports;
    const ids = ports.kept.get(HANDLED);
    this.#handled = new Set(Array.isArray(ids) ? ids.filter((id) => typeof id === "string") : []);
  }

  /** Looks again; a look that is asked for meanwhile follows. */
  async look(): Promise<void> {
    this.#isDue = true;
    this.#running ??= this.#run().finally(() => (this.#running = undefined));
    await this.#running;
  }

  async #run(): Promise<void> {
    while (this.#isDue) {
      this.#isDue = false;
      await this.#lookOnce();
    }
  }

  async #lookOnce(): Promise<void> {
    const { memories, read, project, counted, kept } = this.#ports;
    const notes = await read();
    const here = await project();
    const unknown = notes.flatMap(({ ids }) => ids.filter((id) => !this.#handled.has(id)));
    if (here === undefined || unknown.length === 0) return;
    // An edit is where the memory is that it changes.
    const changed = await memories.editedBy(unknown);
    const of = new Map(unknown.map((id, at) => [id, changed[at] || id]));
    // What has not been read in yet is looked at again.
    const told = await memories.get([...new Set(of.values())]);
    const found = new Map(told.map((memory) => [memory.id, memory]));
    const memoryOf = (id: string): (typeof told)[number] | undefined => found.get(of.get(id) ?? "");
    if (found.size === 0) return;
    for (const { by, ids } of notes) {
      const own = ids.filter((id) => memoryOf(id)?.project.id === here);
      if (own.length > 0) counted[by].note(own);
    }
    for (const id of unknown) if (memoryOf(id) !== undefined) this.#handled.add(id);
    const handled = [...this.#handled].slice(-MAX_HANDLED);
    await kept.update(HANDLED, handled);
  }
}
