import type { FolderItem, FolderReader } from "./FolderReader.js";

/** What a folder holds, by name. */
type Listing = ReadonlyMap<string, FolderItem>;

/**
 * A repository's folder as the git library wants a file system: what `node:fs` offers, for reading only.
 *
 * Listings are kept, because the library looks for each object as a file of its own first and
 * lists the packs for each one, and every look may cross a network. So an instance sees the
 * repository as it was when it was first asked, which is what one pass over the history needs.
 */
export class GitObjectFiles {
  readonly #reader: FolderReader;
  readonly #listings = new Map<string, Promise<Listing | undefined>>();

  /** The library asks for this name to find out that the methods return promises. */
  readonly promises = this;

  constructor(reader: FolderReader) {
    this.#reader = reader;
  }

  async readFile(
    path: string,
    options?: string | { encoding?: string },
  ): Promise<Uint8Array | string> {
    if (!(await this.#item(path))) throw failure("ENOENT", path);
    const bytes = await this.#reader.read(path);
    if (bytes === undefined) throw failure("ENOENT", path);
    const encoding = typeof options === "string" ? options : options?.encoding;
    return encoding === undefined ? bytes : new TextDecoder().decode(bytes);
  }

  async readdir(path: string): Promise<string[]> {
    const items = await this.#list(path);
    if (items === undefined) throw failure("ENOENT", path);
    return [...items.keys()];
  }

  async stat(path: string): Promise<ItemStat> {
    const item = await this.#item(path);
    if (item === undefined) throw failure("ENOENT", path);
    return new ItemStat(item.isFolder);
  }

  lstat(path: string): Promise<ItemStat> {
    return this.stat(path);
  }

  readlink(path: string): Promise<string> {
    return Promise.reject(failure("EINVAL", path));
  }

  writeFile(path: string): Promise<void> {
    return refuse(path);
  }

  unlink(path: string): Promise<void> {
    return refuse(path);
  }

  mkdir(path: string): Promise<void> {
    return refuse(path);
  }

  rmdir(path: string): Promise<void> {
    return refuse(path);
  }

  symlink(_target: string, path: string): Promise<void> {
    return refuse(path);
  }

  async #item(path: string): Promise<FolderItem | undefined> {
    const end = path.lastIndexOf("/");
    const items = await this.#list(path.slice(0, end));
    return items?.get(path.slice(end + 1));
  }

  #list(path: string): Promise<Listing | undefined> {
    const kept = this.#listings.get(path);
    if (kept !== undefined) return kept;
    const listing = this.#read(path);
    this.#listings.set(path, listing);
    return listing;
  }

  async #read(path: string): Promise<Listing | undefined> {
    // Most of the 256 folders of loose objects do not exist in a packed repository.
    const [, objects, prefix] = /^(.*\/objects)\/([0-9a-f]{2})$/.exec(path) ?? [];
    if (objects !== undefined && prefix !== undefined && !(await this.#list(objects))?.has(prefix))
      return undefined;
    const items = await this.#reader.list(path);
    return items && new Map(items.map((item) => [item.name, item]));
  }
}

/** As much of a file's state as reading a repository needs. */
class ItemStat {
  readonly size = 0;
  readonly mode = 0;
  readonly #isFolder: boolean;

  constructor(isFolder: boolean) {
    this.#isFolder = isFolder;
  }

  isDirectory(): boolean {
    return this.#isFolder;
  }

  isFile(): boolean {
    return !this.#isFolder;
  }

  isSymbolicLink(): boolean {
    return false;
  }
}

function refuse(path: string): Promise<never> {
  return Promise.reject(failure("EROFS", path));
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { code });
}
