import { randomBytes } from "node:crypto";
import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { ADDED_FOLDER, type AddedBy, MAX_ADDED } from "../../common/agents/addedNotes.js";
import { writeWhole } from "./settingsFiles.js";

/** Editors have long seen what is older. */
const MAX_AGE_MS = 14 * 24 * 60 * 60 * 1_000;

/** Notes for editors which memories this process has added. */
export class AddedNotes {
  readonly #folder: string;
  readonly #file: string;
  readonly #by: AddedBy;
  #ids: readonly string[] = [];
  #queue: Promise<void> = Promise.resolve();

  /** `storage` is the folder of the memories. */
  constructor(storage: string, by: AddedBy) {
    this.#folder = join(storage, ADDED_FOLDER);
    this.#file = join(this.#folder, `${by}-${randomBytes(6).toString("hex")}.json`);
    this.#by = by;
  }

  /** Nobody waits for it, and a note that is not written costs a count alone. */
  note(ids: readonly string[]): void {
    if (ids.length === 0) return;
    const isFirst = this.#ids.length === 0;
    this.#ids = [...this.#ids, ...ids].slice(-MAX_ADDED);
    const text = JSON.stringify({ by: this.#by, ids: this.#ids });
    this.#queue = this.#queue
      .then(async () => {
        await mkdir(this.#folder, { recursive: true, mode: 0o700 });
        if (isFirst) await this.#removeOld();
        await writeWhole(this.#file, text, 0o600);
      })
      .catch(() => undefined);
  }

  /** Resolves once everything is written. */
  settled(): Promise<void> {
    return this.#queue;
  }

  async #removeOld(): Promise<void> {
    for (const name of await readdir(this.#folder)) {
      const file = join(this.#folder, name);
      const { mtimeMs } = await stat(file);
      if (Date.now() - mtimeMs > MAX_AGE_MS) await rm(file, { force: true });
    }
  }
}
