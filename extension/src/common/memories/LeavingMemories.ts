import type { KeptValues } from "../storage/Keyring.js";
import type { Memories } from "./Memories.js";

/** How long forgetting one memory can be undone. */
export const UNDO_MS = 10_000;

const KEPT = "recollect.leaving";

/**
 * Memories that the user has forgotten in a view and may still want back.
 *
 * What is forgotten is gone from the disk at once and comes back by nothing, so there is an undo
 * only before that. A window that ends meanwhile carries it out, or else its next start does.
 */
export class LeavingMemories {
  readonly #memories: Pick<Memories, "forget">;
  readonly #kept: KeptValues;
  readonly #onChange: () => void;
  readonly #timers = new Map<string, ReturnType<typeof setTimeout>>();

  constructor(memories: Pick<Memories, "forget">, kept: KeptValues, onChange: () => void) {
    this.#memories = memories;
    this.#kept = kept;
    this.#onChange = onChange;
  }

  has(id: string): boolean {
    return this.#timers.has(id);
  }

  /** Forgets a memory after a while; `undo` keeps it. `onFailure` is told why it is still there. */
  forget(id: string, onFailure: (error: unknown) => void, afterMs = UNDO_MS): void {
    if (this.#timers.has(id)) return;
    const carryOut = (): void => {
      this.#end(id, () => this.#memories.forget({ ids: [id] })).catch(onFailure);
    };
    this.#timers.set(id, setTimeout(carryOut, afterMs));
    this.#keep();
    this.#onChange();
  }

  /** Keeps a memory after all; false if it is gone. */
  undo(id: string): boolean {
    const timer = this.#timers.get(id);
    if (timer === undefined) return false;
    clearTimeout(timer);
    this.#timers.delete(id);
    this.#keep();
    this.#onChange();
    return true;
  }

  /** Forgets now what still waits, also from a window that ended before it could. */
  async settle(): Promise<void> {
    const kept = this.#kept.get(KEPT);
    const earlier = Array.isArray(kept) ? kept.filter((id) => typeof id === "string") : [];
    const ids = [...new Set([...this.#timers.keys(), ...earlier])];
    if (ids.length === 0) return;
    for (const timer of this.#timers.values()) clearTimeout(timer);
    await this.#memories.forget({ ids });
    this.#timers.clear();
    this.#keep();
  }

  async #end(id: string, forget: () => Promise<unknown>): Promise<void> {
    try {
      await forget();
    } catch (error) {
      // It was forgotten meanwhile, here or in another window, which is what was wanted.
      if (!(error instanceof Error && error.name === "NotFound")) throw error;
    } finally {
      this.#timers.delete(id);
      this.#keep();
      this.#onChange();
    }
  }

  #keep(): void {
    const ids = [...this.#timers.keys()];
    void this.#kept.update(KEPT, ids.length > 0 ? ids : undefined);
  }
}
