import { MAX_FILES_PER_COMMIT } from "./gitHistory.js";
import type { GitObjects } from "./GitObjects.js";

/** What a commit did to files. Paths are relative to the repository, in git's order. */
export interface FileChanges {
  /** All that it touched, by the names they have after it. */
  readonly files: string[];
  readonly added: string[];
  readonly deleted: string[];
  readonly renamed: { readonly from: string; readonly to: string }[];
}

/** One file that differs: the content it had before, and has after. */
export interface FileChange {
  readonly path: string;
  readonly before?: Content;
  readonly after?: Content;
  /** The path it had before, where it was another one. */
  readonly from?: string;
}

interface Content {
  readonly hash: string;
  readonly mode: string;
}

/** Files that are compared of one commit; an import of more tells nothing by its names. */
const MAX_CHANGES = 20_000;

/**
 * Folders that are compared of one commit, and how deep one may lie in others: a few small objects
 * can stand for any number of them, and one that is damaged can hold itself.
 */
const MAX_FOLDERS = 50_000;
const MAX_DEPTH = 500;

const EMPTY = new Uint8Array();

/** What differs between two trees, of which either may be missing. Renames are told where the content stayed. */
export async function treeChanges(
  objects: GitObjects,
  before: string | undefined,
  after: string | undefined,
): Promise<FileChanges> {
  const comparison = new Comparison(objects, await objects.hashBytes());
  await comparison.compare(before, after, "", 0);
  return keptChanges(withRenames(comparison.changes));
}

/** As much of a commit's changes as is kept. */
export function keptChanges(changes: readonly FileChange[]): FileChanges {
  const kept: FileChanges = { files: [], added: [], deleted: [], renamed: [] };
  for (const { path, before, after, from } of changes.slice(0, MAX_FILES_PER_COMMIT)) {
    kept.files.push(path);
    if (from !== undefined) kept.renamed.push({ from, to: path });
    else if (before === undefined) kept.added.push(path);
    else if (after === undefined) kept.deleted.push(path);
  }
  return kept;
}

/** The fields of a commit that its changes fill; a list without anything is left out. */
export function changeFields({ files, added, deleted, renamed }: FileChanges): {
  files: string[];
  added?: string[];
  deleted?: string[];
  renamed?: { from: string; to: string }[];
} {
  return {
    files,
    ...(added.length === 0 ? {} : { added }),
    ...(deleted.length === 0 ? {} : { deleted }),
    ...(renamed.length === 0 ? {} : { renamed }),
  };
}

class Comparison {
  readonly changes: FileChange[] = [];
  readonly #objects: GitObjects;
  readonly #hashBytes: number;
  #folders = 0;

  constructor(objects: GitObjects, hashBytes: number) {
    this.#objects = objects;
    this.#hashBytes = hashBytes;
  }

  async compare(
    before: string | undefined,
    after: string | undefined,
    folder: string,
    depth: number,
  ): Promise<void> {
    this.#folders += 1;
    if (this.#folders > MAX_FOLDERS || depth > MAX_DEPTH) return;
    const old = new TreeCursor(await this.#tree(before), this.#hashBytes);
    const now = new TreeCursor(await this.#tree(after), this.#hashBytes);
    while (!(old.isAtEnd && now.isAtEnd) && !this.#isFull) {
      const order = old.compareName(now);
      // Most of a folder is the same as before, and nothing of it is decoded.
      if (order === 0 && old.isSameAs(now)) {
        old.next();
        now.next();
        continue;
      }
      const from = order <= 0 ? old.item() : undefined;
      const to = order >= 0 ? now.item() : undefined;
      if (from !== undefined) old.next();
      if (to !== undefined) now.next();
      await this.#compareItems(from, to, folder, depth);
    }
  }

  async #compareItems(
    from: TreeItem | undefined,
    to: TreeItem | undefined,
    folder: string,
    depth: number,
  ): Promise<void> {
    const path = `${folder}${from?.name ?? to?.name ?? ""}`;
    const oldTree = from?.isFolder ? from.hash : undefined;
    const newTree = to?.isFolder ? to.hash : undefined;
    if (oldTree !== undefined || newTree !== undefined)
      return this.compare(oldTree, newTree, `${path}/`, depth + 1);
    this.changes.push({
      path,
      ...(from === undefined ? {} : { before: { hash: from.hash, mode: from.mode } }),
      ...(to === undefined ? {} : { after: { hash: to.hash, mode: to.mode } }),
    });
  }

  get #isFull(): boolean {
    return this.changes.length >= MAX_CHANGES || this.#folders > MAX_FOLDERS;
  }

  async #tree(hash: string | undefined): Promise<Uint8Array> {
    return hash === undefined ? EMPTY : this.#objects.tree(hash);
  }
}

interface TreeItem {
  readonly name: string;
  readonly mode: string;
  readonly hash: string;
  readonly isFolder: boolean;
}

const utf8 = new TextDecoder();
const SLASH = 0x2f;
const BLANK = 0x20;
const DIGIT_4 = 0x34;

/** Goes through the items of a tree, each `mode name NUL hash`, in git's order: a folder's name ends with a slash. */
class TreeCursor {
  readonly #bytes: Uint8Array;
  readonly #hashBytes: number;
  #start = 0;
  #name = 0;
  #nameEnd = 0;

  constructor(bytes: Uint8Array, hashBytes: number) {
    this.#bytes = bytes;
    this.#hashBytes = hashBytes;
    this.#find();
  }

  get isAtEnd(): boolean {
    return this.#start >= this.#bytes.length;
  }

  next(): void {
    this.#start = this.#end;
    this.#find();
  }

  item(): TreeItem {
    const bytes = this.#bytes;
    return {
      name: utf8.decode(bytes.subarray(this.#name, this.#nameEnd)),
      mode: utf8.decode(bytes.subarray(this.#start, this.#name - 1)),
      hash: hexOf(bytes.subarray(this.#nameEnd + 1, this.#end)),
      isFolder: this.#isFolder,
    };
  }

  /** Below zero if this item comes before the other one; what is at its end comes last. */
  compareName(other: TreeCursor): number {
    if (this.isAtEnd) return 1;
    if (other.isAtEnd) return -1;
    for (let at = 0; ; at += 1) {
      const ours = this.#sign(at);
      const difference = ours - other.#sign(at);
      if (difference !== 0 || ours < 0) return difference;
    }
  }

  /** Whether the item is the same in everything. */
  isSameAs(other: TreeCursor): boolean {
    const length = this.#end - this.#start;
    if (length !== other.#end - other.#start) return false;
    for (let at = 0; at < length; at += 1)
      if (this.#bytes[this.#start + at] !== other.#bytes[other.#start + at]) return false;
    return true;
  }

  get #end(): number {
    return this.#nameEnd + 1 + this.#hashBytes;
  }

  get #isFolder(): boolean {
    // The mode 40000 alone begins with a four.
    return this.#bytes[this.#start] === DIGIT_4;
  }

  #sign(at: number): number {
    const index = this.#name + at;
    if (index < this.#nameEnd) return this.#bytes[index] ?? -1;
    return index === this.#nameEnd && this.#isFolder ? SLASH : -1;
  }

  #find(): void {
    if (this.isAtEnd) return;
    this.#name = this.#bytes.indexOf(BLANK, this.#start) + 1;
    this.#nameEnd = this.#bytes.indexOf(0, this.#name);
    if (this.#name === 0 || this.#nameEnd < 0 || this.#end > this.#bytes.length)
      throw new Error("a tree that makes no sense");
  }
}

/**
 * Pairs what was deleted with what was added where the content is the same, as git does: each
 * deleted file once, one with the same name in another folder first.
 */
function withRenames(changes: readonly FileChange[]): FileChange[] {
  if (changes.length >= MAX_CHANGES) return [...changes];
  const deleted = new Map<string, FileChange[]>();
  for (const change of changes) {
    if (change.before === undefined || change.after !== undefined) continue;
    const key = keyOf(change.before);
    deleted.set(key, [...(deleted.get(key) ?? []), change]);
  }
  if (deleted.size === 0) return [...changes];
  const gone = new Set<FileChange>();
  const paired = changes.map((change) => {
    const { path, before, after } = change;
    if (before !== undefined || after === undefined) return change;
    const left = (deleted.get(keyOf(after)) ?? []).filter((one) => !gone.has(one));
    const source = left.find((one) => nameOf(one.path) === nameOf(path)) ?? left[0];
    if (source?.before === undefined) return change;
    gone.add(source);
    return { path, from: source.path, before: source.before, after };
  });
  return paired.filter((change) => !gone.has(change));
}

/** Ordinary files may have become executable; anything else stays what it was. */
function keyOf({ hash, mode }: Content): string {
  return `${mode.startsWith("100") ? "file" : mode} ${hash}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}

const HEX = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

function hexOf(bytes: Uint8Array): string {
  let hex = "";
  for (const byte of bytes) hex += HEX[byte] ?? "";
  return hex;
}
