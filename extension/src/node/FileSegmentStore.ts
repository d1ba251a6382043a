import { constants } from "node:fs";
import {
  lstat,
  mkdir,
  open,
  readdir,
  rename,
  unlink,
  writeFile,
  type FileHandle,
} from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  isSegmentName,
  MAX_SEGMENT_BYTES,
  requireSegmentName,
  SegmentExistsError,
  SegmentTooLargeError,
  STORE_README,
  type SegmentStore,
} from "../common/SegmentStore.js";

const isWindows = process.platform === "win32";

/** A file left behind by a crash is removed once nobody can be writing it any more. */
const PART_MAX_AGE_MS = 60 * 60 * 1000;

/**
 * Segments as files of one folder, through `node:fs`.
 *
 * The editor's file service empties a file before writing it, so a crash can leave half of one.
 * Here each file is written under another name, forced to the disk and renamed.
 */
export class FileSegmentStore implements SegmentStore {
  readonly #folder: string;
  readonly #segments: string;
  readonly #parts: string;
  #preparing: Promise<void> | undefined;

  /** `folder` holds `seg/` and `tmp/` and is made when the first segment is written. */
  constructor(folder: string) {
    this.#folder = folder;
    this.#segments = join(folder, "seg");
    this.#parts = join(folder, "tmp");
  }

  async list(): Promise<string[]> {
    if (!(await isRealFolder(this.#segments))) return [];
    return (await readdir(this.#segments)).filter(isSegmentName);
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    requireSegmentName(name);
    if (!(await isRealFolder(this.#segments))) return undefined;
    // Without following a link, where the system can tell.
    const flags = constants.O_RDONLY | (isWindows ? 0 : constants.O_NOFOLLOW);
    const file = await openIfThere(join(this.#segments, name), flags);
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      if (size > MAX_SEGMENT_BYTES) throw new SegmentTooLargeError(name, size);
      return await file.readFile();
    } finally {
      await file.close();
    }
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    requireSegmentName(name);
    await this.#prepare();
    const path = join(this.#segments, name);
    if (await isThere(path)) throw new SegmentExistsError(name);
    const part = join(this.#parts, `${name}.part`);
    try {
      await writeDurably(part, bytes);
      await rename(part, path);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
    await syncFolder(this.#segments);
  }

  async delete(name: string): Promise<void> {
    requireSegmentName(name);
    if (!(await isRealFolder(this.#segments))) return;
    await unlink(join(this.#segments, name)).catch(ifMissing);
    await syncFolder(this.#segments);
  }

  /** Makes the folders, once; a failure is tried again with the next file. */
  #prepare(): Promise<void> {
    this.#preparing ??= this.#makeFolders().catch((error: unknown) => {
      this.#preparing = undefined;
      throw error;
    });
    return this.#preparing;
  }

  async #makeFolders(): Promise<void> {
    for (const folder of [this.#folder, this.#segments, this.#parts]) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await isRealFolder(folder);
    }
    await writeFile(join(this.#folder, "README.txt"), STORE_README, {
      flag: "wx",
      mode: 0o600,
    }).catch(ifExists);
    // The new names must survive a power cut as well as the files in them.
    await syncFolder(this.#folder);
    await syncFolder(dirname(this.#folder));
    await this.#removeOldParts();
  }

  async #removeOldParts(): Promise<void> {
    for (const name of await readdir(this.#parts)) {
      if (!name.endsWith(".part") || !isSegmentName(name.slice(0, -".part".length))) continue;
      const path = join(this.#parts, name);
      const state = await lstat(path).catch(ifMissing);
      if (state !== undefined && Date.now() - state.mtimeMs > PART_MAX_AGE_MS)
        await unlink(path).catch(ifMissing);
    }
  }
}

/**
 * Whether the folder exists. Rejects if something else has its name, such as a link that leads
 * elsewhere, or if everybody on the machine may write to it.
 */
async function isRealFolder(path: string): Promise<boolean> {
  const state = await lstat(path).catch(ifMissing);
  if (state === undefined) return false;
  if (!state.isDirectory()) throw new Error(`${path} is not a folder`);
  if (!isWindows && (state.mode & 0o002) !== 0) {
    throw new Error(`${path} can be written by every user of this machine`);
  }
  return true;
}

async function isThere(path: string): Promise<boolean> {
  return (await lstat(path).catch(ifMissing)) !== undefined;
}

async function openIfThere(path: string, flags: number): Promise<FileHandle | undefined> {
  return open(path, flags).catch(ifMissing);
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  const file = await open(path, "wx", 0o600);
  try {
    await file.writeFile(bytes);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Makes new and removed names of a folder durable. Windows has no such call and needs none. */
async function syncFolder(path: string): Promise<void> {
  if (isWindows) return;
  const folder = await open(path, "r");
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function ifMissing(error: unknown): undefined {
  if (hasCode(error, "ENOENT")) return undefined;
  throw error;
}

function ifExists(error: unknown): undefined {
  if (hasCode(error, "EEXIST")) return undefined;
  throw error;
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
