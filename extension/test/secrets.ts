import { join } from "node:path";
import { EncryptedSegmentStore } from "../src/common/storage/EncryptedSegmentStore.js";
import { Encryption, PlainImages } from "../src/common/storage/Encryption.js";
import { Keyring, type KeptValues, type SecretStore } from "../src/common/storage/Keyring.js";
import type { Memories } from "../src/common/memories/Memories.js";
import type { SegmentStore } from "../src/common/storage/SegmentStore.js";
import { FileImageStore } from "../src/node/FileImageStore.js";
import { FileSegmentStore } from "../src/node/FileSegmentStore.js";
import { LogLines, openMemories, type OpenOptions } from "./openMemories.js";

import { endWith } from "./temporaryFolder.js";

/** What all windows of an editor share besides files. */
export class Shared {
  readonly kept = new Map<string, string>();
  readonly noted = new Map<string, unknown>();

  readonly secrets: SecretStore = {
    get: (name) => Promise.resolve(this.kept.get(name)),
    store: (name, value) => {
      this.kept.set(name, value);
      return Promise.resolve();
    },
  };

  readonly values: KeptValues = {
    get: (name) => this.noted.get(name),
    update: (name, value) => {
      if (value === undefined) this.noted.delete(name);
      else this.noted.set(name, value);
      return Promise.resolve();
    },
  };
}

/** The parts of one window that have to do with encryption, over real files. */
export interface Window {
  readonly keyring: Keyring;
  readonly segments: EncryptedSegmentStore;
  readonly quarantine: EncryptedSegmentStore;
  readonly encryption: Encryption;
  readonly log: LogLines;
  readonly open: (options?: OpenOptions) => Memories;
}

/** A window on a folder. `wrap` stands between the encryption and the files. */
export function openWindow(
  folder: string,
  shared: Shared,
  wrap: (store: SegmentStore) => SegmentStore = (store) => store,
): Window {
  const mem1 = join(folder, "mem1");
  const log = new LogLines();
  const keyring = new Keyring(shared.secrets, shared.values, log);
  let isOver = false;
  const tidy = (): void => {
    if (!isOver) void encryption.tidy();
  };
  const segments = new EncryptedSegmentStore(wrap(new FileSegmentStore(mem1)), keyring, tidy);
  const quarantine = new EncryptedSegmentStore(new FileSegmentStore(mem1, "bad"), keyring, tidy);
  const images = new PlainImages(new FileImageStore(mem1), keyring);
  const encryption = new Encryption({ keyring, folders: [segments, quarantine], images, log });
  endWith(folder, async () => {
    isOver = true;
    await encryption.settled();
  });
  const open = (options: OpenOptions = {}): Memories =>
    openMemories(folder, { store: segments, quarantine, images, log, ...options });
  return { keyring, segments, quarantine, encryption, log, open };
}

/** Turns encryption on as a user does who keeps the code; gives the code. */
export async function turnOn({ encryption }: Window): Promise<string> {
  const offer = await encryption.offer();
  await encryption.turnOn(offer, offer.code);
  return offer.code;
}
