import type { Keyring } from "./Keyring.js";
import { describe } from "./Log.js";
import { keyIdOf, open, seal, type SegmentKey } from "./segmentCipher.js";
import {
  isSegmentName,
  requireSegmentName,
  SegmentExistsError,
  SegmentTooLargeError,
  type SegmentStore,
} from "./SegmentStore.js";

/** A file is encrypted with a key that this window does not have. */
export class UnknownKeyError extends Error {
  override readonly name = "UnknownKeyError";

  constructor(readonly segment: string) {
    super(`segment ${segment} is encrypted with another key; Unlock Memories… takes its code`);
  }
}

/** What became of the files that were to change their form. */
export interface Converted {
  readonly converted: number;
  /** Files that are as they were. */
  readonly left: number;
  /** Why, for one of them. */
  readonly problem?: string;
}

/**
 * Segments that may be encrypted.
 *
 * Whoever uses this store sees names that end in `.seg` and plain bytes. A file is there either as
 * it is, or encrypted and with the ending `.enc`; which of the two new files are is up to the
 * keyring, and files of the other form stay readable until {@link EncryptedSegmentStore.convert}.
 */
export class EncryptedSegmentStore implements SegmentStore {
  readonly #store: SegmentStore;
  readonly #keyring: Keyring;
  readonly #onOtherForm: () => void;
  /** Names, as the user of this store knows them, that were encrypted at the last listing. */
  #encrypted = new Set<string>();
  /** Files that no key opens, with the number of keys that were tried. */
  readonly #closed = new Map<string, number>();
  /** Files that are changing their form right now. */
  readonly #changing = new Map<string, Promise<unknown>>();

  /** `onOtherForm` is called when a listing shows files that are to be converted. */
  constructor(store: SegmentStore, keyring: Keyring, onOtherForm: () => void = () => {}) {
    this.#store = store;
    this.#keyring = keyring;
    this.#onOtherForm = onOtherForm;
  }

  async list(): Promise<string[]> {
    const names = await this.#store.list();
    const encrypted = names.filter(isEncrypted);
    await this.#keyring.require(encrypted.length > 0);
    this.#encrypted = new Set(encrypted.map(plainName));
    const inOtherForm = this.#keyring.isOn ? names.length - encrypted.length : encrypted.length;
    if (inOtherForm > 0) this.#onOtherForm();
    return [...new Set(names.map(plainName))];
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    requirePlainName(name);
    // A file that another window converts right now is there under its other name a moment later.
    return this.#encrypted.has(name)
      ? ((await this.#readEncrypted(name)) ?? (await this.#store.read(name)))
      : ((await this.#store.read(name)) ?? (await this.#readEncrypted(name)));
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    requirePlainName(name);
    const key = await this.#keyring.writing();
    const [own, other] =
      key === undefined ? [name, encryptedName(name)] : [encryptedName(name), name];
    if (await this.#isThere(other)) throw new SegmentExistsError(name);
    try {
      await this.#store.putNew(own, key === undefined ? bytes : await seal(key, own, bytes));
    } catch (error) {
      throw error instanceof SegmentExistsError ? new SegmentExistsError(name) : error;
    }
    if (key !== undefined) this.#encrypted.add(name);
  }

  async delete(name: string): Promise<void> {
    requirePlainName(name);
    // Else what is being converted would come back.
    await this.#changing.get(name)?.catch(() => undefined);
    await this.#store.delete(name);
    await this.#store.delete(encryptedName(name));
  }

  async removeRemains(): Promise<void> {
    await this.#store.removeRemains?.();
  }

  /** Ids of the keys of all encrypted files, as they come. */
  async *keyIds(): AsyncGenerator<string> {
    for (const name of (await this.#store.list()).filter(isEncrypted)) {
      const bytes = await this.#store.read(name).catch(() => undefined);
      const id = bytes && keyIdOf(bytes);
      if (id !== undefined) yield id;
    }
  }

  /**
   * Brings every file into the form that new files have, one after the other.
   *
   * The old file is deleted only once the new one is durable and was read back. Whatever ends this
   * half way, doing it again finishes it. `onFile` is told which part of the files is done.
   */
  async convert(onFile: (share: number) => void = () => {}): Promise<Converted> {
    const key = await this.#keyring.writing();
    const names = (await this.#store.list()).filter(
      (name) => isEncrypted(name) === (key === undefined),
    );
    let converted = 0;
    let left = 0;
    let problem: string | undefined;
    for (const [index, name] of names.map(plainName).entries()) {
      const change = this.#convertFile(name, key);
      this.#changing.set(name, change);
      try {
        await change;
        converted += 1;
      } catch (error) {
        left += 1;
        problem = describe(error);
      } finally {
        this.#changing.delete(name);
      }
      onFile((index + 1) / names.length);
    }
    // A file that was being written when its window was killed is there in part, and not encrypted.
    await this.#store.removeRemains?.();
    return { converted, left, ...(problem === undefined ? {} : { problem }) };
  }

  async #convertFile(name: string, key: SegmentKey | undefined): Promise<void> {
    const from = key === undefined ? encryptedName(name) : name;
    const to = key === undefined ? name : encryptedName(name);
    const bytes = await this.#store.read(from);
    // Another window was faster.
    if (bytes === undefined) return;
    const plain = key === undefined ? await this.#opened(name, bytes) : bytes;
    if (plain === undefined) throw new Error(`segment ${name} is damaged`);
    const made = key === undefined ? plain : await seal(key, to, plain);
    try {
      await this.#store.putNew(to, made);
    } catch (error) {
      if (!(error instanceof SegmentExistsError)) throw error;
      // It was converted before and only not deleted, or is half a file.
      const earlier = await this.#store.read(to);
      const isHalf =
        key !== undefined && earlier && (await this.#opened(name, earlier)) === undefined;
      if (isHalf === true) {
        await this.#store.delete(to);
        await this.#store.putNew(to, made);
      }
    }
    const written = await this.#store.read(to);
    const back = key === undefined ? written : written && (await this.#opened(name, written));
    if (back === undefined || !isEqual(back, plain))
      throw new Error(`segment ${name} was not read back as it was written`);
    await this.#store.delete(from);
    if (key === undefined) this.#encrypted.delete(name);
    else this.#encrypted.add(name);
  }

  async #readEncrypted(name: string): Promise<Uint8Array | undefined> {
    if (this.#closed.get(name) === this.#keyring.size) throw new UnknownKeyError(name);
    const bytes = await this.#readFile(name);
    if (bytes === undefined) return undefined;
    // A conversion that was cut off may have left half a file beside the plain one.
    return (await this.#opened(name, bytes)) ?? (await this.#store.read(name)) ?? unreadable(bytes);
  }

  async #readFile(name: string): Promise<Uint8Array | undefined> {
    try {
      return await this.#store.read(encryptedName(name));
    } catch (error) {
      throw error instanceof SegmentTooLargeError
        ? new SegmentTooLargeError(name, error.bytes)
        : error;
    }
  }

  /** The plain bytes; `undefined` if they were damaged, rejects if they need another key. */
  async #opened(name: string, bytes: Uint8Array): Promise<Uint8Array | undefined> {
    const id = keyIdOf(bytes);
    if (id === undefined) return undefined;
    const key = await this.#keyring.find(id);
    if (key === undefined) {
      this.#closed.set(name, this.#keyring.size);
      throw new UnknownKeyError(name);
    }
    return open(key, encryptedName(name), bytes);
  }

  async #isThere(name: string): Promise<boolean> {
    try {
      return (await this.#store.read(name)) !== undefined;
    } catch (error) {
      if (error instanceof SegmentTooLargeError) return true;
      throw error;
    }
  }
}

/**
 * What stands for a file that does not open, because somebody or something changed it: one line
 * that verifies as no record, from which the exact bytes can be had back. The bytes themselves
 * could be made to hold lines that verify.
 */
function unreadable(bytes: Uint8Array): Uint8Array {
  let binary = "";
  for (const byte of bytes) binary += String.fromCharCode(byte);
  return new TextEncoder().encode(`does not open, in base64: ${btoa(binary)}\n`);
}

function isEncrypted(name: string): boolean {
  return name.endsWith(".enc");
}

function encryptedName(name: string): string {
  return name.replace(/\.seg$/, ".enc");
}

function plainName(name: string): string {
  return name.replace(/\.enc$/, ".seg");
}

function requirePlainName(name: string): void {
  requireSegmentName(name);
  if (!isSegmentName(name) || isEncrypted(name))
    throw new Error(`not a plain segment's name: ${name}`);
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
