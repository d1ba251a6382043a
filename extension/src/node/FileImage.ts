import { readSync } from "node:fs";
import type { FileHandle } from "node:fs/promises";
import type { Image } from "../common/storage/IndexCache.js";
import { openIfThere } from "./files.js";

/** Read at a time. A buffer for all of a large file would take longer to make than to fill. */
const PART_BYTES = 1024 * 1024;

/** An image in a file, which is read where nothing can wait for it. */
export class FileImage implements Image {
  readonly size: number;
  readonly #file: FileHandle;
  readonly #part = Buffer.allocUnsafeSlow(PART_BYTES);
  #at = 0;

  /** Opens a file; `undefined` if there is none or it is larger than `maxBytes`. */
  static async open(path: string, maxBytes: number): Promise<FileImage | undefined> {
    const file = await openIfThere(path);
    if (file === undefined) return undefined;
    try {
      const { size } = await file.stat();
      const image = new FileImage(file, size);
      if (size <= maxBytes) {
        await image.#fetch();
        return image;
      }
    } catch (error) {
      await file.close();
      throw error;
    }
    await file.close();
    return undefined;
  }

  private constructor(file: FileHandle, size: number) {
    this.#file = file;
    this.size = size;
  }

  next(most: number): Uint8Array {
    const length = Math.min(most, PART_BYTES);
    const read = readSync(this.#file.fd, this.#part, 0, length, this.#at);
    this.#at += read;
    return this.#part.subarray(0, read);
  }

  async close(): Promise<void> {
    await this.#file.close();
  }

  /** Has the system take the file into memory while others go on, so that `next` is no wait for a disk. */
  async #fetch(): Promise<void> {
    for (let at = 0; at < this.size; at += PART_BYTES)
      await this.#file.read(this.#part, 0, PART_BYTES, at);
  }
}
