import { randomBytes } from "node:crypto";
import { lstat, mkdir, readdir, rename, unlink } from "node:fs/promises";
import { join } from "node:path";
import type { Image, ImageStore } from "../common/storage/IndexCache.js";
import { FileImage } from "./FileImage.js";
import { ifMissing, isRealFolder, PART_MAX_AGE_MS, writeDurably } from "./files.js";

/** Larger than an index that this project supports; a larger file is not read. */
const MAX_IMAGE_BYTES = 1024 * 1024 * 1024;

const IMAGE_NAME = /^idx-(\d{1,10})-[0-9a-z]{18}\.db$/;

/** An image that a crash left half written. */
const PART_NAME = /^idx-\d{1,10}-[0-9a-z]{18}\.db\.part$/;

/** Images of the index in the folder `cache/`. */
export class FileImageStore implements ImageStore {
  readonly #folder: string;

  /** `folder` is the one with `seg/` in it; `cache/` is made when the first image is written. */
  constructor(folder: string) {
    this.#folder = join(folder, "cache");
  }

  async read(schema: number): Promise<Image | undefined> {
    const names = (await this.#list()).filter((name) => schemaOf(name) === schema);
    // The time comes first after the schema, so the newest is the last by name.
    const newest = names.sort().at(-1);
    if (newest === undefined) return undefined;
    return FileImage.open(join(this.#folder, newest), MAX_IMAGE_BYTES);
  }

  async replace(schema: number, bytes: Uint8Array): Promise<void> {
    await mkdir(this.#folder, { recursive: true, mode: 0o700 });
    const others = [...(await this.#list()), ...(await this.#oldParts())];
    const time = Date.now().toString(36).padStart(10, "0");
    const name = `idx-${schema}-${time}${randomBytes(4).toString("hex")}.db`;
    const part = join(this.#folder, `${name}.part`);
    try {
      await writeDurably(part, bytes);
      await rename(part, join(this.#folder, name));
    } catch (error) {
      await unlink(part).catch(() => undefined);
      throw error;
    }
    await this.#delete(others);
  }

  async deleteAll(): Promise<void> {
    await this.#delete([...(await this.#list()), ...(await this.#list(PART_NAME))]);
  }

  /** Images left half written that nobody can be writing any more. */
  async #oldParts(): Promise<string[]> {
    const old: string[] = [];
    for (const name of await this.#list(PART_NAME)) {
      const state = await lstat(join(this.#folder, name)).catch(ifMissing);
      if (state !== undefined && Date.now() - state.mtimeMs > PART_MAX_AGE_MS) old.push(name);
    }
    return old;
  }

  async #list(pattern = IMAGE_NAME): Promise<string[]> {
    if (!(await isRealFolder(this.#folder))) return [];
    return (await readdir(this.#folder)).filter((name) => pattern.test(name));
  }

  async #delete(names: readonly string[]): Promise<void> {
    for (const name of names) await unlink(join(this.#folder, name)).catch(ifMissing);
  }
}

function schemaOf(name: string): number {
  return Number(IMAGE_NAME.exec(name)?.[1]);
}
