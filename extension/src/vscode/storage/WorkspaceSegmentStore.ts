import type { FileSystem, Uri } from "vscode";
import {
  isSegmentName,
  MAX_SEGMENT_BYTES,
  requireSegmentName,
  SegmentExistsError,
  SegmentTooLargeError,
  STORE_README,
  type SegmentFolder,
  type SegmentStore,
} from "../../common/storage/SegmentStore.js";
import { childOf, hasFileSystemCode, readRegularFile } from "./fileSystem.js";

/**
 * Segments as files of one folder, through the editor's file service: for hosts without a disk of their own.
 *
 * In a browser one write is one transaction, so a file is there as a whole or not at all.
 */
export class WorkspaceSegmentStore implements SegmentStore {
  readonly #files: FileSystem;
  readonly #folder: Uri;
  readonly #segments: Uri;
  #preparing: Promise<void> | undefined;

  /** `folder` holds `seg/` and `bad/` and is made when the first segment is written. */
  constructor(files: FileSystem, folder: Uri, segments: SegmentFolder = "seg") {
    this.#files = files;
    this.#folder = folder;
    this.#segments = childOf(folder, segments);
  }

  async list(): Promise<string[]> {
    try {
      const items = await this.#files.readDirectory(this.#segments);
      return items.map(([name]) => name).filter(isSegmentName);
    } catch (error) {
      if (hasFileSystemCode(error, "FileNotFound")) return [];
      throw error;
    }
  }

  async read(name: string): Promise<Uint8Array | undefined> {
    requireSegmentName(name);
    // In a browser, the first read of a file that another tab wrote finds nothing and the second finds it.
    const uri = this.#uri(name);
    const read = (): Promise<Uint8Array | undefined> => readRegularFile(this.#files, uri);
    const bytes = (await read()) ?? (await read());
    if (bytes !== undefined && bytes.byteLength > MAX_SEGMENT_BYTES)
      throw new SegmentTooLargeError(name, bytes.byteLength);
    return bytes;
  }

  async putNew(name: string, bytes: Uint8Array): Promise<void> {
    requireSegmentName(name);
    await this.#prepare();
    if (await this.#isThere(name)) throw new SegmentExistsError(name);
    await this.#files.writeFile(this.#uri(name), bytes);
  }

  async delete(name: string): Promise<void> {
    requireSegmentName(name);
    try {
      await this.#files.delete(this.#uri(name), { recursive: false, useTrash: false });
    } catch (error) {
      if (!hasFileSystemCode(error, "FileNotFound")) throw error;
    }
  }

  async #isThere(name: string): Promise<boolean> {
    try {
      await this.#files.stat(this.#uri(name));
      return true;
    } catch (error) {
      if (hasFileSystemCode(error, "FileNotFound")) return false;
      throw error;
    }
  }

  /** Makes the folder, once; a failure is tried again with the next file. */
  #prepare(): Promise<void> {
    this.#preparing ??= this.#makeFolder().catch((error: unknown) => {
      this.#preparing = undefined;
      throw error;
    });
    return this.#preparing;
  }

  async #makeFolder(): Promise<void> {
    await this.#files.createDirectory(this.#segments);
    const readme = childOf(this.#folder, "README.txt");
    try {
      await this.#files.stat(readme);
    } catch (error) {
      if (!hasFileSystemCode(error, "FileNotFound")) throw error;
      await this.#files.writeFile(readme, new TextEncoder().encode(STORE_README));
    }
  }

  #uri(name: string): Uri {
    return childOf(this.#segments, name);
  }
}
