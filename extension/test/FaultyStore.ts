import type { SegmentStore } from "../src/common/storage/SegmentStore.js";

type Step = keyof SegmentStore;

/** A store whose operations can be made slow or made to fail, and which counts them. */
export class FaultyStore implements SegmentStore {
  readonly #store: SegmentStore;
  /** What was done, in order: `putNew 01…-0001.seg`. */
  readonly steps: string[] = [];
  /** Called before each operation; what it throws is what the operation fails with. */
  before: (step: Step, name: string) => Promise<void> | void = () => undefined;

  constructor(store: SegmentStore) {
    this.#store = store;
  }

  /** How many operations of a kind there were. */
  count(step: Step): number {
    return this.steps.filter((done) => done.startsWith(`${step} `)).length;
  }

  async list(): Promise<string[]> {
    await this.#begin("list", "");
    return this.#store.list();
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    await this.#begin("read", name);
    return this.#store.read(name);
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    await this.#begin("putNew", name);
    return this.#store.putNew(name, bytes);
  }

  async delete(name: string): Promise<void> {
    await this.#begin("delete", name);
    return this.#store.delete(name);
  }

  async #begin(step: Step, name: string): Promise<void> {
    this.steps.push(`${step} ${name}`);
    await this.before(step, name);
  }
}
