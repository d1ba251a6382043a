import type { FolderReader } from "./FolderReader.js";
import { readText } from "./gitFolder.js";
import { parseCommit, parseTag, type CommitObject } from "./gitCommitObject.js";
import { GitPack, GitPackIndex, looseObject, type GitObject } from "./GitPack.js";

/** Packs above this are not read, because a host without processes reads them as a whole. */
const MAX_PACK_BYTES = 256 * 1024 * 1024;

/** Other repositories' folders of objects that are followed from one to the next. */
const MAX_ALTERNATES = 16;

/** Objects that lie beside the packs and are kept. */
const MAX_LOOSE = 4_000;

/** Tags that name each other, at most. */
const MAX_TAGS = 16;

/**
 * Objects of one repository, read from its files.
 *
 * An instance sees the packs as they were when the first one was needed, which is what one pass
 * over the history needs. Each file is read once.
 */
export class GitObjects {
  readonly #reader: FolderReader;
  readonly #commonFolder: string;
  #hashBytes: Promise<number> | undefined;
  #folders: Promise<string[]> | undefined;
  #packs: Promise<PackFile[]> | undefined;
  readonly #loose = new Map<string, Promise<GitObject | undefined>>();
  /** New objects lie beside the packs; once one did not, the history is in the packs. */
  #arePacksFirst = false;

  constructor(reader: FolderReader, commonFolder: string) {
    this.#reader = reader;
    this.#commonFolder = commonFolder;
  }

  /** The commit, or `undefined` if it is not here, as where a shallow clone ends. */
  async commit(hash: string): Promise<CommitObject | undefined> {
    const object = await this.object(hash);
    return object?.type === "commit" ? parseCommit(hash, object.data) : undefined;
  }

  /** The bytes of a tree; rejects if it is not here. */
  async tree(hash: string): Promise<Uint8Array> {
    const object = await this.object(hash);
    if (object?.type !== "tree") throw new Error("a tree that is not in the repository");
    return object.data;
  }

  /** The commit that a tag leads to in the end; `undefined` if it leads to something else. */
  async peeled(hash: string): Promise<string | undefined> {
    let target = hash;
    for (let count = 0; count < MAX_TAGS; count += 1) {
      const object = await this.object(target);
      if (object?.type === "commit") return target;
      const next = object?.type === "tag" ? parseTag(object.data) : undefined;
      if (next === undefined) return undefined;
      target = next;
    }
    return undefined;
  }

  /** Bytes of a hash: 20, or 32 in a repository of SHA-256. */
  hashBytes(): Promise<number> {
    this.#hashBytes ??= readText(this.#reader, `${this.#commonFolder}/config`).then((config) =>
      /^[ \t]*objectformat[ \t]*=[ \t]*"?sha256/im.test(config ?? "") ? 32 : 20,
    );
    return this.#hashBytes;
  }

  async object(hash: string): Promise<GitObject | undefined> {
    if (!this.#arePacksFirst) {
      const loose = await this.#looseObject(hash);
      if (loose !== undefined) return loose;
    }
    const packed = await this.#packedObject(hash);
    if (packed !== undefined) {
      this.#arePacksFirst = true;
      return packed;
    }
    return this.#arePacksFirst ? this.#looseObject(hash) : undefined;
  }

  #looseObject(hash: string): Promise<GitObject | undefined> {
    const kept = this.#loose.get(hash);
    if (kept !== undefined) return kept;
    const [oldest] = this.#loose.keys();
    if (oldest !== undefined && this.#loose.size >= MAX_LOOSE) this.#loose.delete(oldest);
    const object = this.#readLoose(hash);
    this.#loose.set(hash, object);
    return object;
  }

  async #readLoose(hash: string): Promise<GitObject | undefined> {
    this.#folders ??= this.#objectFolders();
    for (const folder of await this.#folders) {
      const bytes = await this.#reader.read(`${folder}/${hash.slice(0, 2)}/${hash.slice(2)}`);
      if (bytes !== undefined) return looseObject(bytes);
    }
    return undefined;
  }

  async #packedObject(hash: string): Promise<GitObject | undefined> {
    this.#packs ??= this.#openPacks();
    const bytes = bytesOf(hash);
    for (const file of await this.#packs) {
      const offset = file.index.find(bytes);
      if (offset === undefined) continue;
      file.pack ??= this.#openPack(file);
      const pack = await file.pack;
      if (pack !== undefined) return pack.objectAt(offset);
    }
    return undefined;
  }

  async #openPacks(): Promise<PackFile[]> {
    this.#folders ??= this.#objectFolders();
    const hashBytes = await this.hashBytes();
    const files: PackFile[] = [];
    for (const folder of await this.#folders) {
      const items = (await this.#reader.list(`${folder}/pack`)) ?? [];
      const names = items.flatMap(({ name }) => (name.endsWith(".idx") ? [name.slice(0, -4)] : []));
      for (const name of names) {
        const bytes = await this.#reader.read(`${folder}/pack/${name}.idx`);
        if (bytes === undefined) continue;
        const index = new GitPackIndex(bytes, hashBytes);
        files.push({ path: `${folder}/pack/${name}.pack`, index, pack: undefined });
      }
    }
    return files;
  }

  async #openPack({ path, index }: PackFile): Promise<GitPack | undefined> {
    const size = await this.#reader.size?.(path);
    if ((size ?? 0) > MAX_PACK_BYTES) return undefined;
    const bytes = await this.#reader.read(path);
    return bytes && new GitPack(bytes, index, await this.hashBytes());
  }

  /** The folder of objects, and those of other repositories that it borrows from. */
  async #objectFolders(): Promise<string[]> {
    const folders = [`${this.#commonFolder}/objects`];
    for (let index = 0; index < folders.length && index < MAX_ALTERNATES; index += 1) {
      const folder = folders[index] ?? "";
      const text = (await readText(this.#reader, `${folder}/info/alternates`)) ?? "";
      for (const line of text.split("\n")) {
        if (line === "" || line.startsWith("#")) continue;
        const path = resolved(folder, line);
        if (!folders.includes(path)) folders.push(path);
      }
    }
    return folders;
  }
}

/** A pack, of which the larger part is read when it is needed. */
interface PackFile {
  readonly path: string;
  readonly index: GitPackIndex;
  pack: Promise<GitPack | undefined> | undefined;
}

function resolved(base: string, path: string): string {
  const parts = path.startsWith("/") ? [] : base.split("/");
  for (const part of path.split("/")) {
    if (part === "..") parts.pop();
    else if (part !== ".") parts.push(part);
  }
  return parts.join("/");
}

function bytesOf(hash: string): Uint8Array {
  const bytes = new Uint8Array(hash.length / 2);
  for (let at = 0; at < bytes.length; at += 1)
    bytes[at] = 16 * digitAt(hash, 2 * at) + digitAt(hash, 2 * at + 1);
  return bytes;
}

/** The value of a hexadecimal digit in lower case. */
function digitAt(hash: string, index: number): number {
  const code = hash.charCodeAt(index);
  return code < 0x3a ? code - 0x30 : code - 0x57;
}
