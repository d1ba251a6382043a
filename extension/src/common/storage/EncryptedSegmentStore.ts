import { EncryptionMark, isAboutFolder } from "./EncryptionMark.js";
import type { Keyring } from "./Keyring.js";
import { describe } from "../Log.js";
import { keyIdOf, open, seal, type SegmentKey } from "./segmentCipher.js";
import {
  isSegmentName,
  NotAFileError,
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
  /** Plain files that nobody with the key has written, moved away from the memories. */
  readonly putAside?: number;
  /** Why, for one of them. */
  readonly problem?: string;
}

/**
 * Segments that may be encrypted.
 *
 * Whoever uses this store sees names that end in `.seg` and plain bytes. A file is there either as
 * it is, or encrypted and with the ending `.enc`; which of the two new files are is up to the
 * keyring.
 *
 * While encryption is on, a plain file is believed only if somebody with the key has vouched for it:
 * anybody who can write into the folder can make one. All others are as good as not there.
 */
export class EncryptedSegmentStore implements SegmentStore {
  readonly #store: SegmentStore;
  readonly #keyring: Keyring;
  readonly #onOtherForm: () => void;
  readonly #onKeyMissing: () => void;
  readonly #mark: EncryptionMark;
  /** Whether any plain file is kept: those of a quarantine are believed by nobody. */
  #isQuarantine = false;
  /** Names, as the user of this store knows them, that were encrypted at the last listing. */
  #encrypted = new Set<string>();
  /** Files that no key opens, with the number of keys that were tried. */
  readonly #closed = new Map<string, number>();
  /** Files that are changing their form right now. */
  readonly #changing = new Map<string, Promise<unknown>>();

  /**
   * `onOtherForm` is called when a listing shows files that are to be converted, and `onKeyMissing`
   * when one turns out to need a key that is not here.
   */
  constructor(
    store: SegmentStore,
    keyring: Keyring,
    onOtherForm: () => void = () => {},
    onKeyMissing: () => void = () => {},
  ) {
    this.#store = store;
    this.#keyring = keyring;
    this.#onOtherForm = onOtherForm;
    this.#onKeyMissing = onKeyMissing;
    this.#mark = new EncryptionMark(store, (id) => keyring.find(id));
  }

  /** Whether some files need another key than all that are here. */
  get isKeyMissing(): boolean {
    const { size } = this.#keyring;
    return [...this.#closed].some(([name, tried]) => tried === size && this.#encrypted.has(name));
  }

  /** The files are no memories from here on, but copies that nobody believes: all are kept. */
  asQuarantine(): void {
    this.#isQuarantine = true;
  }

  async list(): Promise<string[]> {
    const names = await this.#store.list();
    const isMarked = names.some(isEncrypted);
    await this.#keyring.require(isMarked);
    // Another window may have turned it on since.
    if (isMarked && !this.#keyring.isOn) await this.#keyring.refresh();
    const encrypted = names.filter((name) => isEncrypted(name) && !isAboutFolder(name));
    const plain = names.filter((name) => !isEncrypted(name));
    this.#encrypted = new Set(encrypted.map(plainName));
    if (this.#keyring.isOn ? plain.length > 0 : isMarked) this.#onOtherForm();
    if (!this.#isStrict) return [...new Set([...encrypted.map(plainName), ...plain])];
    await this.#mark.readLists(names);
    const believed = plain.filter((name) => this.#mark.names(name));
    return [...new Set([...encrypted.map(plainName), ...believed])];
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    requirePlainName(name);
    // A file that another window converts right now is there under its other name a moment later.
    return this.#isStrict || this.#encrypted.has(name)
      ? ((await this.#readEncrypted(name)) ?? (await this.#readPlain(name)))
      : ((await this.#readPlain(name)) ?? (await this.#readEncrypted(name)));
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    requirePlainName(name);
    const key = await this.#writingKey();
    if (key !== undefined) {
      const isThere = await this.#isThere(name);
      if (isThere) throw new SegmentExistsError(name);
      await this.#putEncrypted(name, key, bytes);
      return;
    }
    if (await this.#isThere(encryptedName(name))) throw new SegmentExistsError(name);
    await this.#store.putNew(name, bytes);
    await this.#requireStillPlain(name, bytes);
  }

  /** Rejects with {@link LockedError} while nothing may be written, because the key is not here. */
  async requireWritable(): Promise<void> {
    await this.#writingKey();
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

  /** Ids of the keys of all encrypted files, as they come; `ofSegments` leaves out what tells of the folder. */
  async *keyIds({ ofSegments = false } = {}): AsyncGenerator<string> {
    for (const name of (await this.#store.list()).filter(isEncrypted)) {
      if (ofSegments && isAboutFolder(name)) continue;
      const bytes = await this.#store.read(name).catch(() => undefined);
      const id = bytes && keyIdOf(bytes);
      if (id !== undefined) yield id;
    }
  }

  /** Whether the files are encrypted, or are to be, as far as can be told from the folder. */
  async isEncrypted(): Promise<boolean> {
    return (await this.#mark.isThere()) || (await this.#store.list()).some(isEncrypted);
  }

  /** Lets whoever has no key know that nothing may be written here. */
  async mark(): Promise<void> {
    const key = await this.#keyring.writing();
    if (key !== undefined) await this.#mark.put(key);
  }

  /** Vouches for the plain files that are there, as encryption is turned on. */
  async vouch(): Promise<void> {
    const key = await this.#keyring.writing();
    const names = (await this.#store.list()).filter((name) => !isEncrypted(name));
    if (key !== undefined) await this.#mark.vouchFor(names, key);
  }

  /**
   * Brings every file into the form that new files have, one after the other.
   *
   * The old file is deleted only once the new one is durable and was read back. Whatever ends this
   * half way, doing it again finishes it. `onFile` is told which part of the files is done.
   */
  async convert(onFile: (share: number) => void = () => {}): Promise<Converted> {
    const key = await this.#keyring.writing();
    const before = await this.#store.list();
    await this.#mark.readLists(before);
    const names = before.filter(
      (name) => isEncrypted(name) === (key === undefined) && !isAboutFolder(name),
    );
    let converted = 0;
    let left = 0;
    let problem: string | undefined;
    for (const [index, name] of names.map(plainName).entries()) {
      const change = key === undefined ? this.#decryptFile(name) : this.#encryptFile(name, key);
      this.#changing.set(name, change);
      try {
        if (await change) converted += 1;
      } catch (error) {
        left += 1;
        problem = describe(error);
      } finally {
        this.#changing.delete(name);
      }
      onFile((index + 1) / names.length);
    }
    if (left === 0) await this.#settleMark(key, before);
    // A file that was being written when its window was killed is there in part, and not encrypted.
    await this.#store.removeRemains?.();
    return { converted, left, ...(problem === undefined ? {} : { problem }) };
  }

  /** Plain files that are not believed, with their bytes; `undefined` for what cannot be read. */
  async *foreign(): AsyncGenerator<[string, Uint8Array | undefined]> {
    const names = await this.#store.list();
    // Another window may have turned it off since, and on again: what it wrote in between is
    // believed by what it says of that now.
    await this.#keyring.refresh();
    if (!this.#isStrict) return;
    await this.#mark.readLists(await this.#store.list());
    for (const name of names.filter((one) => !isEncrypted(one))) {
      const bytes = await this.#store.read(name).catch(() => undefined);
      if (bytes !== undefined && (await this.#isBelieved(name, bytes))) continue;
      if (await this.#isThere(name)) yield [name, bytes];
    }
  }

  /** Removes a plain file that is not believed; an encrypted one of its name stays. */
  async removeForeign(name: string): Promise<void> {
    requirePlainName(name);
    await this.#store.delete(name);
  }

  /** Whether plain files are believed only if somebody has vouched for them. */
  get #isStrict(): boolean {
    return this.#keyring.isOn && !this.#keyring.isBeginning && !this.#isQuarantine;
  }

  /** The key to write with; `undefined` if files are plain. Rejects if they are not and it is not here. */
  async #writingKey(): Promise<SegmentKey | undefined> {
    const key = await this.#keyring.writing();
    if (key !== undefined || !(await this.#mayBeOn())) return key;
    await this.#keyring.refresh();
    const other = await this.#keyring.writing();
    // Whoever has keys and has turned encryption off is only not done with it.
    if (other === undefined && this.#keyring.size === 0) await this.#keyring.require(true);
    return other;
  }

  async #isOnNow(): Promise<boolean> {
    await this.#keyring.refresh();
    return this.#keyring.isOn;
  }

  /** Whether another window may have turned encryption on: the folder says so, or it once was. */
  async #mayBeOn(): Promise<boolean> {
    return this.#keyring.size > 0 || (await this.#mark.isThere());
  }

  /**
   * What was written is plain: if encryption was turned on meanwhile, it is encrypted or taken back.
   * Who turned it on has either seen the file after that, or not yet written the mark before this.
   */
  async #requireStillPlain(name: string, bytes: Uint8Array): Promise<void> {
    if (!(await this.#mayBeOn())) return;
    let key: SegmentKey | undefined;
    try {
      key = await this.#writingKey();
    } catch (error) {
      await this.#store.delete(name);
      // Unless it has been encrypted already, and is kept.
      if (await this.#isThere(encryptedName(name))) return;
      throw error;
    }
    if (key === undefined) return;
    await this.#makeEncrypted(name, key, bytes);
    await this.#store.delete(name);
  }

  async #putEncrypted(name: string, key: SegmentKey, plain: Uint8Array): Promise<void> {
    const own = encryptedName(name);
    try {
      await this.#store.putNew(own, await seal(key, own, plain));
    } catch (error) {
      throw error instanceof SegmentExistsError ? new SegmentExistsError(name) : error;
    }
    this.#encrypted.add(name);
  }

  /** The encrypted file of these bytes, whether it is written now or was before; it is read back. */
  async #makeEncrypted(name: string, key: SegmentKey, plain: Uint8Array): Promise<void> {
    const own = encryptedName(name);
    try {
      await this.#putEncrypted(name, key, plain);
    } catch (error) {
      if (!(error instanceof SegmentExistsError)) throw error;
      // It was converted before and only not deleted, or is half a file.
      const earlier = await this.#store.read(own);
      if (earlier && (await this.#opened(name, earlier)) === undefined) {
        await this.#store.delete(own);
        await this.#putEncrypted(name, key, plain);
      }
    }
    const written = await this.#store.read(own);
    requireSame(name, written && (await this.#opened(name, written)), plain);
    this.#encrypted.add(name);
  }

  /** False if there is nothing to do, or nothing that may be done. */
  async #encryptFile(name: string, key: SegmentKey): Promise<boolean> {
    const plain = await this.#store.read(name);
    // Another window was faster.
    if (plain === undefined) return false;
    if (!(await this.#isBelieved(name, plain))) return false;
    await this.#makeEncrypted(name, key, plain);
    await this.#store.delete(name);
    return true;
  }

  async #decryptFile(name: string): Promise<boolean> {
    const from = encryptedName(name);
    const bytes = await this.#store.read(from);
    // Another window was faster.
    if (bytes === undefined) return false;
    const plain = await this.#opened(name, bytes);
    if (plain === undefined) throw new Error(`segment ${name} is damaged`);
    try {
      await this.#store.putNew(name, plain);
    } catch (error) {
      if (!(error instanceof SegmentExistsError)) throw error;
    }
    requireSame(name, await this.#store.read(name), plain);
    if (await this.#isOnNow()) {
      // Another window has turned it on, and may not have seen the plain file to vouch for it.
      await this.#store.delete(name);
      return false;
    }
    await this.#store.delete(from);
    this.#encrypted.delete(name);
    return true;
  }

  /** What is written about the folder goes once it is no longer so. */
  async #settleMark(key: SegmentKey | undefined, before: readonly string[]): Promise<void> {
    const names = await this.#store.list();
    if (key !== undefined) {
      const isWaiting = names.some((name) => this.#mark.names(name));
      if (!isWaiting) await this.#mark.forgetLists(before);
      return;
    }
    const hasEncrypted = names.some((name) => isEncrypted(name) && !isAboutFolder(name));
    if (hasEncrypted || (await this.#isOnNow())) return;
    await this.#mark.remove();
    // Who turned it on at that moment has found the mark, and does not write it again.
    if (!(await this.#isOnNow())) return;
    await this.mark();
    await this.vouch();
  }

  /** Whether a plain file may be taken for what its name says. */
  async #isBelieved(name: string, bytes: Uint8Array): Promise<boolean> {
    if (!this.#isStrict || (await this.#mark.isVouchedFor(name, bytes))) return true;
    // Else a conversion that was cut off has left it beside what it became.
    const sealed = await this.#store.read(encryptedName(name)).catch(() => undefined);
    const plain = sealed && (await this.#opened(name, sealed).catch(() => undefined));
    return plain !== undefined && isEqual(plain, bytes);
  }

  async #readPlain(name: string): Promise<Uint8Array | undefined> {
    const bytes = await this.#store.read(name);
    if (bytes === undefined || !this.#isStrict) return bytes;
    return (await this.#isBelieved(name, bytes)) ? bytes : undefined;
  }

  async #readEncrypted(name: string): Promise<Uint8Array | undefined> {
    if (this.#closed.get(name) === this.#keyring.size) throw new UnknownKeyError(name);
    const bytes = await this.#readFile(name);
    if (bytes === undefined) return undefined;
    // A conversion that was cut off may have left half a file beside the plain one.
    return (await this.#opened(name, bytes)) ?? (await this.#readPlain(name)) ?? unreadable(bytes);
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
      const wasMissing = this.isKeyMissing;
      this.#closed.set(name, this.#keyring.size);
      if (!wasMissing) this.#onKeyMissing();
      throw new UnknownKeyError(name);
    }
    return open(key, encryptedName(name), bytes);
  }

  async #isThere(name: string): Promise<boolean> {
    try {
      return (await this.#store.read(name)) !== undefined;
    } catch (error) {
      if (error instanceof SegmentTooLargeError || error instanceof NotAFileError) return true;
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

function requireSame(name: string, back: Uint8Array | undefined, plain: Uint8Array): void {
  if (back === undefined || !isEqual(back, plain))
    throw new Error(`segment ${name} was not read back as it was written`);
}

function isEqual(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, at) => byte === other[at]);
}
