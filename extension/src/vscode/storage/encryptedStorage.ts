import type * as vscode from "vscode";
import { EncryptedSegmentStore } from "../../common/storage/EncryptedSegmentStore.js";
import { Encryption, PlainImages } from "../../common/storage/Encryption.js";
import { Keyring, KEYS_SECRET } from "../../common/storage/Keyring.js";
import type { Log } from "../../common/Log.js";
import type { Storage } from "../Host.js";

/** A host's storage whose files may be encrypted. */
export interface EncryptedStorage {
  readonly storage: Storage;
  readonly encryption: Encryption;
  readonly subscription: vscode.Disposable;
}

interface Listeners {
  /** Encryption was turned on or off, locked or unlocked, in any window, or another key is missing. */
  readonly onChange: (encryption: Encryption) => void;
  /** Plain files of these names were put aside, since nobody with the key has written them. */
  readonly onForeign: (names: readonly string[]) => void;
}

export function encryptedStorage(
  { secrets, globalState }: Pick<vscode.ExtensionContext, "secrets" | "globalState">,
  storage: Storage,
  log: Log,
  { onChange, onForeign }: Listeners,
): EncryptedStorage {
  const keyring = new Keyring(secrets, globalState, log, () => onChange(encryption));
  const tidy = (): void => void encryption.tidy();
  const store = new EncryptedSegmentStore(storage.store, keyring, tidy, () => onChange(encryption));
  const quarantine = new EncryptedSegmentStore(storage.quarantine, keyring, tidy);
  const images = storage.images && new PlainImages(storage.images, keyring, store);
  const folders = [store, quarantine];
  const encryption = new Encryption({ keyring, folders, images, log, onForeign });
  const subscription = secrets.onDidChange(({ key }) => {
    if (key === KEYS_SECRET) void keyring.hear().then(tidy);
  });
  return {
    storage: { ...storage, store, quarantine, ...(images === undefined ? {} : { images }) },
    encryption,
    subscription,
  };
}
