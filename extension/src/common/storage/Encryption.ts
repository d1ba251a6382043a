import type { Converted, EncryptedSegmentStore } from "./EncryptedSegmentStore.js";
import type { Image, ImageStore } from "./IndexCache.js";
import type { Keyring } from "./Keyring.js";
import { describe, type Log } from "../Log.js";
import { keyInCode, recoveryCode } from "./recoveryCode.js";
import { hex, keyOf, newKey, type SegmentKey } from "./segmentCipher.js";
import { SegmentExistsError } from "./SegmentStore.js";

/** The code is well formed, but no file here was encrypted with its key. */
export class WrongCodeError extends Error {
  override readonly name = "WrongCodeError";

  constructor() {
    super("the recovery code of another key");
  }
}

/** Files are encrypted with a key that is not here, so no new key is made before they can be read. */
export class KeyMissingError extends Error {
  override readonly name = "KeyMissingError";

  constructor() {
    super("files are encrypted with a key that is not here");
  }
}

/** A key that is not in use before its code was written down. */
export interface Offer {
  readonly code: string;
  readonly key: SegmentKey;
}

interface EncryptionOptions {
  readonly keyring: Keyring;
  /**
   * All folders whose files are to be encrypted: the memories first, then copies of what was found
   * damaged, to which plain files go that cannot be believed.
   */
  readonly folders: readonly EncryptedSegmentStore[];
  /** Images of the index, which are never encrypted and therefore removed. */
  readonly images?: Pick<ImageStore, "deleteAll"> | undefined;
  readonly log: Log;
  /** Called with the names of plain files that nobody with the key has written. */
  readonly onForeign?: (names: readonly string[]) => void;
}

/** A file that could not be converted is not tried again at once. */
const REST_MS = 60_000;

/** Turns the encryption of files on and off. */
export class Encryption {
  readonly #options: EncryptionOptions;
  /** One conversion after the other. */
  #converting: Promise<unknown> = Promise.resolve();
  #tidying: Promise<void> | undefined;
  #restUntil = Number.NEGATIVE_INFINITY;

  constructor(options: EncryptionOptions) {
    this.#options = options;
    for (const folder of options.folders.slice(1)) folder.asQuarantine();
  }

  get state(): "off" | "on" | "locked" {
    const { keyring } = this.#options;
    if (keyring.isLocked) return "locked";
    return keyring.isOn ? "on" : "off";
  }

  /** Whether memories can be read, but some of them need a key that is not here. */
  get isKeyMissing(): boolean {
    return this.state !== "locked" && this.#options.folders[0]?.isKeyMissing === true;
  }

  /** Makes a key. Rejects with {@link KeyMissingError} while there are files that need another one. */
  async offer(): Promise<Offer> {
    const { keyring, folders } = this.#options;
    for (const folder of folders) {
      for await (const id of folder.keyIds({ ofSegments: true })) {
        if ((await keyring.find(id)) === undefined) throw new KeyMissingError();
      }
    }
    const key = await newKey();
    return { key, code: await recoveryCode(key.bytes) };
  }

  /** Encrypts everything with the offered key, if `typed` shows that its code was kept. */
  async turnOn(
    { key }: Offer,
    typed: string,
    onProgress?: (share: number) => void,
  ): Promise<Converted> {
    if ((await keyOf(await keyInCode(typed))).id !== key.id) throw new WrongCodeError();
    const { keyring, folders } = this.#options;
    await keyring.refresh();
    const [memories] = folders;
    // Where the key of a folder was lost, its plain files are not believed for that.
    const isOthers = keyring.size === 0 && (await memories?.isEncrypted()) === true;
    await (isOthers ? keyring.use(key) : keyring.begin(key));
    return this.convert(onProgress);
  }

  /** Takes the key that a recovery code stands for, if there is anything that it opens. */
  async unlock(typed: string): Promise<void> {
    const { keyring, folders } = this.#options;
    const key = await keyOf(await keyInCode(typed));
    if (!(await this.#isUsed(key))) throw new WrongCodeError();
    if (this.state === "on") await keyring.add(key);
    else await keyring.use(key);
    // The key that was missing may not be the only one.
    for (const folder of folders) await folder.list();
  }

  /** The code of the key in use, or `undefined` if none is. */
  async recoveryCode(): Promise<string | undefined> {
    if (this.state !== "on") return undefined;
    const key = await this.#options.keyring.writing();
    return key && recoveryCode(key.bytes);
  }

  /** Writes everything as plain text again. */
  async turnOff(onProgress?: (share: number) => void): Promise<Converted> {
    // Nothing that is not believed now is to be believed afterwards.
    await this.#putForeignAside();
    await this.#options.keyring.turnOff();
    return this.convert(onProgress);
  }

  /** Brings all files into the form that new files have, and removes what holds them in another one. */
  convert(onProgress: (share: number) => void = () => {}): Promise<Converted> {
    const converted = this.#converting.then(() => this.#convert(onProgress));
    this.#converting = converted.catch(() => undefined);
    return converted;
  }

  async #convert(onProgress: (share: number) => void): Promise<Converted> {
    const { keyring, folders, images } = this.#options;
    const all = { converted: 0, left: 0 };
    let problem: string | undefined;
    await this.#tell();
    for (const [index, folder] of folders.entries()) {
      const one = await folder.convert((share) => onProgress((index + share) / folders.length));
      all.converted += one.converted;
      all.left += one.left;
      problem ??= one.problem;
    }
    if (keyring.isOn) await images?.deleteAll();
    const aside = await this.#putForeignAside();
    all.left += aside.left;
    problem ??= aside.problem;
    if (aside.names.length > 0) Object.assign(all, { putAside: aside.names.length });
    return { ...all, ...(problem === undefined ? {} : { problem }) };
  }

  /** Has the folders say that they are encrypted, and which plain files are believed until they are. */
  async #tell(): Promise<void> {
    const { keyring, folders } = this.#options;
    if (!keyring.isOn) return;
    for (const folder of folders) await folder.mark();
    if (!keyring.isBeginning) return;
    // Whoever wrote a plain file after the mark was there has seen it and does not leave the file.
    await folders[0]?.vouch();
    await keyring.begun();
  }

  /** Moves plain files that are not believed to the copies of damaged ones, and reports them. */
  async #putForeignAside(): Promise<{ names: string[]; left: number; problem?: string }> {
    const { folders, log, onForeign } = this.#options;
    const [memories, quarantine] = folders;
    const names: string[] = [];
    let left = 0;
    let problem: string | undefined;
    if (memories === undefined) return { names, left };
    for await (const [name, bytes] of memories.foreign()) {
      try {
        if (bytes === undefined) throw new Error(`${name} is plain and cannot be read`);
        if (quarantine === undefined) throw new Error(`${name} is plain and nobody vouches for it`);
        await keepCopy(quarantine, name, bytes);
        await memories.removeForeign(name);
        names.push(name);
      } catch (error) {
        left += 1;
        problem = describe(error);
      }
    }
    if (names.length > 0) {
      log.warn(
        `plain files that were not written with the key were put aside: ${names.join(", ")}`,
      );
      onForeign?.(names);
    }
    return { names, left, ...(problem === undefined ? {} : { problem }) };
  }

  /** Converts what was left, or written by a window that did not know yet. Never rejects. */
  tidy(): Promise<void> {
    if (performance.now() < this.#restUntil) return Promise.resolve();
    this.#tidying ??= this.#tidy().finally(() => {
      this.#tidying = undefined;
    });
    return this.#tidying;
  }

  /** Waits for the conversion under way. */
  async settled(): Promise<void> {
    await this.#converting;
    await this.#tidying;
  }

  async #tidy(): Promise<void> {
    const { log } = this.#options;
    try {
      const { converted, left, problem } = await this.convert();
      if (converted > 0) log.info(`${converted} files changed between plain and encrypted`);
      if (left > 0) this.#restUntil = performance.now() + REST_MS;
      if (left > 0) log.warn(`${left} files did not, one because: ${problem ?? "unknown"}`);
    } catch (error) {
      this.#restUntil = performance.now() + REST_MS;
      log.warn(`files were not brought into their form: ${describe(error)}`);
    }
  }

  async #isUsed(key: SegmentKey): Promise<boolean> {
    const { keyring, folders } = this.#options;
    if (keyring.expectedId === key.id) return true;
    for (const folder of folders) {
      for await (const id of folder.keyIds()) if (id === key.id) return true;
    }
    return false;
  }
}

/** Keeps exact bytes under a name, or under one like it if that is taken by others. */
async function keepCopy(
  quarantine: EncryptedSegmentStore,
  name: string,
  bytes: Uint8Array,
): Promise<void> {
  try {
    await quarantine.putNew(name, bytes);
  } catch (error) {
    if (!(error instanceof SegmentExistsError)) throw error;
    const there = await quarantine.read(name);
    if (there?.length === bytes.length && there.every((byte, at) => byte === bytes[at])) return;
    const writer = hex(crypto.getRandomValues(new Uint8Array(4)));
    await quarantine.putNew(name.replace(/-[0-9a-z]{8}-/, `-${writer}-`), bytes);
  }
}

/** Images of the index, as long as files are not encrypted: an image is plain. */
export class PlainImages implements ImageStore {
  readonly #images: ImageStore;
  readonly #keyring: Keyring;
  readonly #folder: Pick<EncryptedSegmentStore, "isEncrypted"> | undefined;

  /** `folder` says whether files are encrypted where the keyring does not know. */
  constructor(
    images: ImageStore,
    keyring: Keyring,
    folder?: Pick<EncryptedSegmentStore, "isEncrypted">,
  ) {
    this.#images = images;
    this.#folder = folder;
    this.#keyring = keyring;
  }

  async read(schema: number): Promise<Image | undefined> {
    return (await this.#mayBeKept()) ? this.#images.read(schema) : undefined;
  }

  async replace(schema: number, bytes: Uint8Array): Promise<void> {
    if (!(await this.#mayBeKept())) return;
    await this.#images.replace(schema, bytes);
    // Encryption may have been turned on while it was being written.
    if (!(await this.#mayBeKept())) await this.#images.deleteAll();
  }

  async deleteAll(): Promise<void> {
    await this.#images.deleteAll();
  }

  async #mayBeKept(): Promise<boolean> {
    await this.#keyring.refresh();
    if (this.#keyring.isOn || this.#keyring.isLocked) return false;
    return (await this.#folder?.isEncrypted()) !== true;
  }
}
