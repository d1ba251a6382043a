import { Errors, readCommit, readTree, resolveRef, type ReadCommitResult } from "isomorphic-git";
import type { FolderReader } from "./FolderReader.js";
import { MAX_FILES_PER_COMMIT } from "./gitHistory.js";
import { GitObjectFiles } from "./GitObjectFiles.js";

/** Objects of one repository. What was read lately is kept: neighbours in a history share most of it. */
export class GitObjects {
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

/** Files that differ between a commit and its first parent. */
export async function changedFiles(
  objects: GitObjects,
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
  objects: GitObjects,
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
