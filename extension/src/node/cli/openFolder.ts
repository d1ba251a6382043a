import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { PrivacyRules } from "recollect-wasm";
import { EncryptedSegmentStore } from "../../common/storage/EncryptedSegmentStore.js";
import { Encryption, PlainImages } from "../../common/storage/Encryption.js";
import { Keyring, type KeptValues, type SecretStore } from "../../common/storage/Keyring.js";
import type { Log } from "../../common/Log.js";
import { Memories } from "../../common/memories/Memories.js";
import { unswitchedGuard } from "../../common/memories/WriteGuard.js";
import { FileImageStore } from "../FileImageStore.js";
import { FileSegmentStore } from "../FileSegmentStore.js";

/** Small files are folded together above this many, as in an editor of a desktop. */
const COMPACT_ABOVE = 64;

/** What is needed to open the memories of a folder. */
export interface FolderOptions {
  /** The folder that holds `mem1`. */
  readonly folder: string;
  readonly version: string;
  readonly log: Log;
  /** Opens encrypted files; without it they stay closed, and nothing can be stored beside them. */
  readonly recoveryCode?: string | undefined;
  /** What the user keeps out besides, asked before each write. */
  readonly privacyRules?: () => PrivacyRules;
  /** Called with what a model has remembered. */
  readonly onAssistantWrite?: (ids: readonly string[]) => void;
}

/** The memories of a folder that running editors may use at the same time. */
export async function openFolder(options: FolderOptions): Promise<Memories> {
  const { folder, version, log, recoveryCode } = options;
  const mem1 = join(folder, "mem1");
  const keyring = new Keyring(new HeldSecrets(), new HeldValues(), log);
  const store = new EncryptedSegmentStore(new FileSegmentStore(mem1), keyring);
  const quarantine = new EncryptedSegmentStore(new FileSegmentStore(mem1, "bad"), keyring);
  // Images are the editor's to begin with, but what is forgotten here must go from them too.
  const images = new PlainImages(new FileImageStore(mem1), keyring, store);
  quarantine.asQuarantine();
  if (recoveryCode !== undefined) {
    const encryption = new Encryption({ keyring, folders: [store, quarantine], log });
    await encryption.unlock(recoveryCode);
  }
  return new Memories({
    store,
    quarantine,
    images,
    guard: unswitchedGuard(),
    compactAbove: COMPACT_ABOVE,
    readModule: () => readFile(join(__dirname, "recollect.wasm")),
    readMeaning: () => readFile(join(__dirname, "..", "media", "meaning.bin")),
    app: version,
    log,
    ...(options.onAssistantWrite === undefined
      ? {}
      : { onAssistantWrite: options.onAssistantWrite }),
    ...(options.privacyRules === undefined ? {} : { privacyRules: options.privacyRules }),
  });
}

/** Keys as long as the process lives; they are never written. */
class HeldSecrets implements SecretStore {
  readonly #secrets = new Map<string, string>();

  async get(name: string): Promise<string | undefined> {
    return this.#secrets.get(name);
  }

  async store(name: string, value: string): Promise<void> {
    this.#secrets.set(name, value);
  }
}

class HeldValues implements KeptValues {
  readonly #values = new Map<string, unknown>();

  get(name: string): unknown {
    return this.#values.get(name);
  }

  async update(name: string, value: unknown): Promise<void> {
    this.#values.set(name, value);
  }
}
