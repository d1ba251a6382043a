import { ciphers, hex, keyIdOf, open, seal, type SegmentKey } from "./segmentCipher.js";
import {
  NotAFileError,
  SegmentExistsError,
  SegmentTooLargeError,
  type SegmentStore,
} from "./SegmentStore.js";

/** Files about the folder itself. No segment has such a name, since none is of the year 1970. */
const ABOUT_FOLDER = /^0{10}-[0-9a-z]{8}-[0-9a-z]{4}\.enc$/;

const MARK = "0000000000-00000000-0000.enc";

/** Whether a file is about the folder, and no segment. */
export function isAboutFolder(name: string): boolean {
  return ABOUT_FOLDER.test(name);
}

/**
 * What an encrypted folder says of itself, in files that are encrypted like the others.
 *
 * One file is there as long as files are encrypted: whoever finds it and has no key writes nothing.
 * Anybody can put such a file there or take it away, but with it less is allowed and never more;
 * and who has the key does not depend on it.
 *
 * Others name the plain files that were there when encryption was turned on, and what was in them.
 * Only these can be made by nobody without the key, so of all plain files these alone are believed.
 */
export class EncryptionMark {
  readonly #store: SegmentStore;
  readonly #find: (keyId: string) => Promise<SegmentKey | undefined>;
  /** What each of the lists holds: digests by names. */
  readonly #lists = new Map<string, ReadonlyMap<string, string>>();

  constructor(store: SegmentStore, find: (keyId: string) => Promise<SegmentKey | undefined>) {
    this.#store = store;
    this.#find = find;
  }

  /** Whether the folder says that its files are encrypted. */
  async isThere(): Promise<boolean> {
    try {
      return (await this.#store.read(MARK)) !== undefined;
    } catch (error) {
      // Something of that name is there, whatever it is.
      if (error instanceof SegmentTooLargeError || error instanceof NotAFileError) return true;
      throw error;
    }
  }

  /** Lets everybody know that files are encrypted from here on. */
  async put(key: SegmentKey): Promise<void> {
    if (await this.isThere()) return;
    try {
      await this.#store.putNew(MARK, await seal(key, MARK, new Uint8Array()));
    } catch (error) {
      if (!(error instanceof SegmentExistsError)) throw error;
    }
  }

  /** Nothing is encrypted any more. */
  async remove(): Promise<void> {
    await this.forgetLists((await this.#store.list()).filter(isAboutFolder));
    await this.#store.delete(MARK);
  }

  /** Vouches for plain files as they are now, until they are encrypted. */
  async vouchFor(names: readonly string[], key: SegmentKey): Promise<void> {
    const digests: [string, string][] = [];
    for (const name of names) {
      const bytes = await this.#store.read(name).catch(ifUnreadable);
      if (bytes !== undefined) digests.push([name, await digestOf(bytes)]);
    }
    if (digests.length === 0) return;
    const list = `0000000000-${hex(crypto.getRandomValues(new Uint8Array(4)))}-0001.enc`;
    const text = JSON.stringify(Object.fromEntries(digests));
    await this.#store.putNew(list, await seal(key, list, new TextEncoder().encode(text)));
  }

  /** Reads the lists among these files; those that do not open vouch for nothing. */
  async readLists(names: readonly string[]): Promise<void> {
    const lists = names.filter((name) => isAboutFolder(name) && name !== MARK);
    for (const gone of [...this.#lists.keys()].filter((name) => !lists.includes(name)))
      this.#lists.delete(gone);
    for (const name of lists) {
      if (!this.#lists.has(name)) this.#lists.set(name, await this.#digestsIn(name));
    }
  }

  /** Removes lists of files that are all encrypted by now. */
  async forgetLists(names: readonly string[]): Promise<void> {
    for (const name of names.filter((one) => isAboutFolder(one) && one !== MARK)) {
      await this.#store.delete(name);
      this.#lists.delete(name);
    }
  }

  /** Whether any list names this file. */
  names(name: string): boolean {
    return [...this.#lists.values()].some((digests) => digests.has(name));
  }

  /** Whether a plain file is as it was when somebody with the key vouched for it. */
  async isVouchedFor(name: string, bytes: Uint8Array): Promise<boolean> {
    if (!this.names(name)) return false;
    const digest = await digestOf(bytes);
    return [...this.#lists.values()].some((digests) => digests.get(name) === digest);
  }

  async #digestsIn(list: string): Promise<ReadonlyMap<string, string>> {
    const bytes = await this.#store.read(list).catch(ifUnreadable);
    const key = bytes && (await this.#keyOf(bytes));
    const plain = bytes && key && (await open(key, list, bytes));
    if (plain === undefined) return new Map();
    // It opened, so that somebody with the key has written it.
    const digests = JSON.parse(new TextDecoder().decode(plain)) as Record<string, string>;
    return new Map(Object.entries(digests));
  }

  async #keyOf(bytes: Uint8Array): Promise<SegmentKey | undefined> {
    const id = keyIdOf(bytes);
    return id === undefined ? undefined : this.#find(id);
  }
}

/** What is never read needs nobody to vouch for it; any other failure may be over the next time. */
function ifUnreadable(error: unknown): undefined {
  if (error instanceof SegmentTooLargeError || error instanceof NotAFileError) return undefined;
  throw error;
}

async function digestOf(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await ciphers().digest("SHA-256", new Uint8Array(bytes))));
}
