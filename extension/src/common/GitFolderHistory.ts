import { Errors, readCommit, readTree, resolveRef, type ReadCommitResult } from "isomorphic-git";
import type { Commit } from "recollect-wasm";
import type { FolderReader } from "./FolderReader.js";
import { readText, type GitFolder } from "./gitFolder.js";
import { COMMITS_PER_GROUP, MAX_FILES_PER_COMMIT, type History } from "./gitHistory.js";
import { GitObjectFiles } from "./GitObjectFiles.js";

/** Reads a repository's history from its own files, for hosts where nothing can run git. */
export class GitFolderHistory implements History {
  readonly #reader: FolderReader;
  readonly #folder: GitFolder;

  constructor(reader: FolderReader, folder: GitFolder) {
    this.#reader = reader;
    this.#folder = folder;
  }

  async *commits(maxCommits: number, signal: AbortSignal): AsyncGenerator<Commit[]> {
    const objects = new Objects(this.#reader, this.#folder.commonFolder);
    const head = await this.#head(objects);
    if (head === undefined) return;

    let group: Commit[] = [];
    let count = 0;
    for await (const read of newestFirst(objects, head)) {
      if (signal.aborted || count === maxCommits) break;
      group.push(await toCommit(objects, read));
      count += 1;
      if (group.length === COMMITS_PER_GROUP) {
        yield group;
        group = [];
      }
    }
    if (group.length > 0) yield group;
  }

  /** Id of the commit that is checked out, or `undefined` before the first commit. */
  async #head(objects: Objects): Promise<string | undefined> {
    const head = (await readText(this.#reader, `${this.#folder.gitFolder}/HEAD`))?.trim();
    if (head === undefined) return undefined;
    const ref = /^ref:\s*(.+)$/.exec(head)?.[1];
    return ref === undefined ? head : objects.resolve(ref);
  }
}

/** Objects of one repository. What was read lately is kept: neighbours in a history share most of it. */
class Objects {
  readonly #options: { fs: GitObjectFiles; gitdir: string; cache: object };
  readonly #commits = new Map<string, Promise<ReadCommitResult | undefined>>();
  readonly #trees = new Map<string, Promise<Tree>>();

  constructor(reader: FolderReader, gitdir: string) {
    // Parsed pack indexes live as long as the cache, which is one pass over the history.
    this.#options = { fs: new GitObjectFiles(reader), gitdir, cache: {} };
  }

  /** The commit, or `undefined` if a shallow clone ends before it. */
  commit(oid: string): Promise<ReadCommitResult | undefined> {
    return kept(this.#commits, oid, () => readCommit({ ...this.#options, oid }).catch(ifNotFound));
  }

  /** Items of a tree by name; empty for `undefined`. */
  async tree(oid: string | undefined): Promise<Tree> {
    if (oid === undefined) return new Map();
    return kept(this.#trees, oid, async () => {
      const { tree } = await readTree({ ...this.#options, oid });
      return new Map(tree.map((item) => [item.path, item]));
    });
  }

  async resolve(ref: string): Promise<string | undefined> {
    return resolveRef({ ...this.#options, ref }).catch(ifNotFound);
  }
}

interface TreeItem {
  readonly mode: string;
  readonly oid: string;
  readonly type: "blob" | "tree" | "commit";
}

/** Items of a folder by name. */
type Tree = ReadonlyMap<string, TreeItem>;

/** Objects of one sort that are kept. */
const MAX_KEPT = 1_000;

/** What is kept under an id, or else what `read` gives, which is kept from then on. */
function kept<Value>(
  cache: Map<string, Promise<Value>>,
  oid: string,
  read: () => Promise<Value>,
): Promise<Value> {
  const found = cache.get(oid);
  if (found !== undefined) return found;
  // A map goes through its keys in the order they came, so the first one is the oldest.
  const [oldest] = cache.keys();
  if (oldest !== undefined && cache.size >= MAX_KEPT) cache.delete(oldest);
  const value = read();
  cache.set(oid, value);
  return value;
}

function ifNotFound(error: unknown): undefined {
  if (error instanceof Errors.NotFoundError) return undefined;
  throw error;
}

/** All commits that can be reached from one, by date, as `git log` lists them. */
async function* newestFirst(objects: Objects, head: string): AsyncGenerator<ReadCommitResult> {
  const seen = new Set([head]);
  const first = await objects.commit(head);
  // Oldest first, so that the newest is taken from the end.
  const open = first === undefined ? [] : [first];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    yield next;
    for (const oid of next.commit.parent) {
      if (seen.has(oid)) continue;
      seen.add(oid);
      const parent = await objects.commit(oid);
      if (parent !== undefined) insertByDate(open, parent);
    }
  }
}

function insertByDate(open: ReadCommitResult[], commit: ReadCommitResult): void {
  const { timestamp } = commit.commit.committer;
  let index = open.length;
  while (index > 0 && (open[index - 1]?.commit.committer.timestamp ?? 0) > timestamp) index -= 1;
  open.splice(index, 0, commit);
}

async function toCommit(objects: Objects, { oid, commit }: ReadCommitResult): Promise<Commit> {
  return {
    hash: oid,
    message: commit.message,
    at: commit.committer.timestamp * 1000,
    author: commit.author.name,
    files: await changedFiles(objects, commit),
  };
}

/** Files that differ between a commit and its first parent. */
async function changedFiles(
  objects: Objects,
  commit: ReadCommitResult["commit"],
): Promise<string[]> {
  const [parentOid] = commit.parent;
  const parent = parentOid === undefined ? undefined : await objects.commit(parentOid);
  // Without the parent, which a shallow clone lacks, nothing says what changed.
  if (parentOid !== undefined && parent === undefined) return [];
  const files: string[] = [];
  await collectChanges(objects, parent?.commit.tree, commit.tree, "", files);
  return files;
}

async function collectChanges(
  objects: Objects,
  before: string | undefined,
  after: string | undefined,
  folder: string,
  files: string[],
): Promise<void> {
  const [old, now] = await Promise.all([objects.tree(before), objects.tree(after)]);
  for (const name of new Set([...now.keys(), ...old.keys()])) {
    if (files.length >= MAX_FILES_PER_COMMIT) return;
    const from = old.get(name);
    const to = now.get(name);
    if (from?.oid === to?.oid && from?.mode === to?.mode) continue;
    const path = `${folder}${name}`;
    const oldTree = from?.type === "tree" ? from.oid : undefined;
    const newTree = to?.type === "tree" ? to.oid : undefined;
    if (oldTree !== undefined || newTree !== undefined) {
      await collectChanges(objects, oldTree, newTree, `${path}/`, files);
    }
    const isFile =
      (from !== undefined && oldTree === undefined) || (to !== undefined && newTree === undefined);
    if (isFile) files.push(path);
  }
}
