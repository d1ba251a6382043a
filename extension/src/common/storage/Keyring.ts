import { describe, type Log } from "../Log.js";
import { keyOf, type SegmentKey } from "./segmentCipher.js";

/** A place for secrets that all windows share. The editor's secret storage is one. */
export interface SecretStore {
  get(name: string): PromiseLike<string | undefined>;
  store(name: string, value: string): PromiseLike<void>;
}

/** Small values that are no secret and outlive the window. The editor's global state is one. */
export interface KeptValues {
  get(name: string): unknown;
  update(name: string, value: unknown): PromiseLike<void>;
}

/** Files are encrypted and the key is not there, so they cannot be read and nothing may be stored. */
export class LockedError extends Error {
  override readonly name = "LockedError";

  constructor() {
    super("the memories are encrypted and the key is missing");
  }
}

/** Name of the secret, and of the value that tells that there should be one. */
export const KEYS_SECRET = "recollect.encryption";

/** What is kept as a secret. */
interface Kept {
  readonly isOn: boolean;
  /** Whether nobody has written down yet which plain files were there when it was turned on. */
  readonly isBeginning?: boolean;
  /** In base64; the first one encrypts, and all of them decrypt. */
  readonly keys: readonly string[];
}

/**
 * The keys of encrypted files, and whether new files are encrypted.
 *
 * A key that was ever used stays, so that no window can write a file that nobody reads. Not every
 * host keeps secrets for ever: what is lost there is asked for again, and never made anew.
 */
export class Keyring {
  readonly #secrets: SecretStore;
  readonly #values: KeptValues;
  readonly #log: Log;
  readonly #onChange: () => void;
  #keys: SegmentKey[] = [];
  #isOn = false;
  #isBeginning = false;
  #isLocked = false;
  #queue: Promise<void> = Promise.resolve();
  #hasRead = false;

  constructor(secrets: SecretStore, values: KeptValues, log: Log, onChange: () => void = () => {}) {
    this.#secrets = secrets;
    this.#values = values;
    this.#log = log;
    this.#onChange = onChange;
  }

  /** Whether new files are encrypted. */
  get isOn(): boolean {
    return this.#isOn;
  }

  /**
   * Whether encryption is being turned on, so that plain files are still what they were before. An
   * end of the program leaves it so, and whoever turns it on next goes on from there.
   */
  get isBeginning(): boolean {
    return this.#isOn && this.#isBeginning;
  }

  /** Whether the key turned out to be missing. */
  get isLocked(): boolean {
    return this.#isLocked;
  }

  /** Counts up with the keys. */
  get size(): number {
    return this.#keys.length;
  }

  /** Id of the key that was in use when secrets were last there. */
  get expectedId(): string | undefined {
    const id = this.#values.get(KEYS_SECRET);
    return typeof id === "string" ? id : undefined;
  }

  /**
   * Rejects with {@link LockedError} if the key is missing.
   *
   * `hasEncrypted` tells whether there are encrypted files; none is needed where a key is known
   * to have been in use.
   */
  async require(hasEncrypted: boolean): Promise<void> {
    await this.#readOnce();
    if (this.#keys.length > 0 || (!hasEncrypted && this.expectedId === undefined)) {
      this.#setLocked(false);
      return;
    }
    // Another window may have been given the key since.
    await this.refresh();
    this.#setLocked(this.#keys.length === 0);
    if (this.#isLocked) throw new LockedError();
  }

  /** The key that new files are encrypted with, or `undefined` if they are not encrypted. */
  async writing(): Promise<SegmentKey | undefined> {
    await this.#readOnce();
    if (this.#isLocked) throw new LockedError();
    return this.#isOn ? this.#keys[0] : undefined;
  }

  /** The key with this id, if it is known to any window. */
  async find(id: string): Promise<SegmentKey | undefined> {
    await this.#readOnce();
    const found = this.#keys.find((key) => key.id === id);
    if (found !== undefined) return found;
    await this.refresh();
    return this.#keys.find((key) => key.id === id);
  }

  /** Turns encryption on with this key, unless it is on. Once this settles, the key is kept. */
  begin(key: SegmentKey): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read();
      if (!this.#isOn) this.#isBeginning = true;
      await this.#take(key);
    });
  }

  /** Which plain files are to be believed is written down: from here on no other is. */
  begun(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read();
      if (!this.#isBeginning) return;
      this.#isBeginning = false;
      await this.#keep();
      this.#onChange();
    });
  }

  /** Takes a key for new files, of a folder that is encrypted already. Once this settles, it is kept. */
  use(key: SegmentKey): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read();
      await this.#take(key);
    });
  }

  /** Takes a key for reading what is encrypted with it. */
  add(key: SegmentKey): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read();
      this.#keys = [...this.#keys.filter(({ id }) => id !== key.id), key];
      await this.#keep();
      this.#onChange();
    });
  }

  /** From now on, new files are not encrypted; the keys stay for those that are. */
  turnOff(): Promise<void> {
    return this.#inTurn(async () => {
      await this.#read();
      this.#isBeginning = false;
      await this.#set(false);
    });
  }

  /** Reads again what another window may have changed. */
  refresh(): Promise<void> {
    return this.#inTurn(() => this.#read());
  }

  /** Like {@link Keyring.refresh}, for news that nobody waits for. Never rejects. */
  async hear(): Promise<void> {
    try {
      await this.refresh();
    } catch (error) {
      this.#log.warn(`the keys were not read: ${describe(error)}`);
    }
  }

  async #take(key: SegmentKey): Promise<void> {
    this.#keys = [key, ...this.#keys.filter(({ id }) => id !== key.id)];
    await this.#set(true);
  }

  /** One after the other: what was read before a change must not undo it. */
  #inTurn(work: () => Promise<void>): Promise<void> {
    const done = this.#queue.then(work);
    this.#queue = done.catch(() => undefined);
    return done;
  }

  async #readOnce(): Promise<void> {
    if (!this.#hasRead) await this.refresh();
  }

  async #read(): Promise<void> {
    const kept = parseKept(await this.#secrets.get(KEYS_SECRET));
    this.#hasRead = true;
    // Secrets that are gone are no news: what this window knows is still true.
    if (kept === undefined) return;
    const known = new Map(this.#keys.map((key) => [key.id, key]));
    const keys: SegmentKey[] = [];
    for (const text of kept.keys) {
      const key = await keyOf(fromBase64(text));
      keys.push(known.get(key.id) ?? key);
      known.delete(key.id);
    }
    const hasChanged = kept.isOn !== this.#isOn || keys[0]?.id !== this.#keys[0]?.id;
    this.#keys = [...keys, ...known.values()];
    this.#isOn = kept.isOn;
    this.#isBeginning = kept.isBeginning === true;
    if (this.#keys.length > 0) this.#setLocked(false);
    // Two windows made a key at once: both stay.
    if (known.size > 0) await this.#keep();
    if (hasChanged) this.#onChange();
  }

  async #set(isOn: boolean): Promise<void> {
    this.#isOn = isOn;
    await this.#keep();
    // Another window may have written at the same moment; reading puts both together.
    await this.#read();
    await this.#values.update(KEYS_SECRET, isOn ? this.#keys[0]?.id : undefined);
    this.#setLocked(false);
    this.#onChange();
  }

  async #keep(): Promise<void> {
    const keys = this.#keys.map(({ bytes }) => toBase64(bytes));
    await this.#secrets.store(
      KEYS_SECRET,
      JSON.stringify({
        isOn: this.#isOn,
        ...(this.isBeginning ? { isBeginning: true } : {}),
        keys,
      } satisfies Kept),
    );
  }

  #setLocked(isLocked: boolean): void {
    if (isLocked === this.#isLocked) return;
    this.#isLocked = isLocked;
    this.#log.info(isLocked ? "the memories are locked: the key is missing" : "unlocked");
    this.#onChange();
  }
}

function parseKept(text: string | undefined): Kept | undefined {
  if (text === undefined || text === "") return undefined;
  // What another version of this extension wrote may have any shape.
  const { isOn, isBeginning, keys } = JSON.parse(text) as Partial<Record<keyof Kept, unknown>>;
  if (typeof isOn !== "boolean" || !Array.isArray(keys)) throw new Error("unknown kind of keys");
  return {
    isOn,
    isBeginning: isBeginning === true,
    keys: keys.filter((key) => typeof key === "string"),
  };
}

function toBase64(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes));
}

function fromBase64(text: string): Uint8Array {
  return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
}
