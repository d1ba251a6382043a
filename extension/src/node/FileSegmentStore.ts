import { randomBytes } from "node:crypto";
import { link, lstat, mkdir, readdir, rename, unlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import {
  isSegmentName,
  MAX_SEGMENT_BYTES,
  requireSegmentName,
  SegmentExistsError,
  SegmentTooLargeError,
  STORE_README,
  type SegmentFolder,
  type SegmentStore,
} from "../common/storage/SegmentStore.js";
import {
  ifExists,
  ifMissing,
  isRealFolder,
  isThere,
  openIfThere,
  PART_MAX_AGE_MS,
  syncFolder,
  writeDurably,
} from "./files.js";

const PART_ENDING = /(?:\.[0-9a-f]{8})?\.part$/;

/**
 * Segments as files of one folder, through `node:fs`.
 *
 * The editor's file service empties a file before writing it, so a crash can leave half of one.
 * Here each file is written under another name, forced to the disk and then given its own.
 */
export class FileSegmentStore implements SegmentStore {
  readonly #folder: string;
  readonly #segments: string;
  readonly #parts: string;
  #preparing: Promise<void> | undefined;

  /** `folder` holds `seg/`, `bad/` and `tmp/` and is made when the first segment is written. */
  constructor(folder: string, segments: SegmentFolder = "seg") {
    this.#folder = folder;
    this.#segments = join(folder, segments);
    this.#parts = join(folder, "tmp");
  }

  async list(): Promise<string[]> {
    if (!(await isRealFolder(this.#segments))) return [];
    return (await readdir(this.#segments)).filter(isSegmentName);
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    requireSegmentName(name);
    if (!(await isRealFolder(this.#segments))) return undefined;
    const file = await openIfThere(join(this.#segments, name));
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
    // Two windows, or two parts of one, may put files of one name aside at once.
    const part = join(this.#parts, `${name}.${randomBytes(4).toString("hex")}.part`);
    try {
      await writeDurably(part, bytes);
      await this.#nameNew(part, path, name);
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
    await syncFolder(this.#segments);
  }

  /** Gives a written file its name, unless another has got it meanwhile, which renaming would replace. */
  async #nameNew(part: string, path: string, name: string): Promise<void> {
    try {
      await link(part, path);
    } catch {
      if (await isThere(path)) throw new SegmentExistsError(name);
      // A file system without hard links.
      await rename(part, path);
      return;
    }
    // It has its name, whatever becomes of the other one: `removeRemains` takes that.
    await unlink(part).catch(() => undefined);
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
    await this.removeRemains();
  }

  async removeRemains(): Promise<void> {
    if (!(await isRealFolder(this.#parts))) return;
    for (const name of await readdir(this.#parts)) {
      if (!PART_ENDING.test(name) || !isSegmentName(name.replace(PART_ENDING, ""))) continue;
      const path = join(this.#parts, name);
      const state = await lstat(path).catch(ifMissing);
      if (state === undefined) continue;
      // What has got its name is written, and must not outlast the memories that are forgotten there.
      const hasName = state.nlink > 1;
      if (hasName || Date.now() - state.mtimeMs > PART_MAX_AGE_MS)
        await unlink(path).catch(ifMissing);
    }
  }
}
