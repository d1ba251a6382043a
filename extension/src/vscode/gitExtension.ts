import * as vscode from "vscode";
import type { Commit } from "recollect-wasm";
import { COMMITS_PER_GROUP, type History } from "../common/gitHistory.js";

/** As much as is used here of what the built-in Git extension exports. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<"uninitialized" | "initialized">;
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository(root: vscode.Uri): Promise<GitRepository | null>;
}

interface GitRepository {
  readonly rootUri: vscode.Uri;
  log(options: { maxEntries: number }): Promise<GitCommit[]>;
  diffBetween(from: string, to: string): Promise<GitChange[]>;
  /** Takes any range that git understands. Older editors lack it. */
  diffBetweenWithStats2?(range: string): Promise<GitChange[]>;
}

interface GitChange {
  readonly uri: vscode.Uri;
}

interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: string[];
  readonly authorDate?: Date;
  readonly authorName?: string;
  readonly commitDate?: Date;
}

/** Id of the tree without files, which git knows in every repository. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const EMPTY_TREE_SHA256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";

/** Processes of git that run at the same time for one group of commits. */
const DIFFS_AT_ONCE = 4;

/** The history of a folder's repository through the Git extension, or `undefined` if it offers none. */
export async function gitExtensionHistory(folder: vscode.Uri): Promise<History | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  if (extension === undefined) return undefined;
  const git = await extension.activate();
  if (!git.enabled) return undefined;
  const api = git.getAPI(1);
  await initialized(api);
  const repository = api.getRepository(folder) ?? (await api.openRepository(folder));
  return repository === null ? undefined : new GitExtensionHistory(repository);
}

class GitExtensionHistory implements History {
  readonly #repository: GitRepository;

  constructor(repository: GitRepository) {
    this.#repository = repository;
  }

  async *commits(maxCommits: number, signal: AbortSignal): AsyncGenerator<Commit[]> {
    const commits = await this.#repository.log({ maxEntries: maxCommits });
    for (let start = 0; start < commits.length && !signal.aborted; start += COMMITS_PER_GROUP) {
      yield await this.#withFiles(commits.slice(start, start + COMMITS_PER_GROUP), signal);
    }
  }

  async #withFiles(commits: readonly GitCommit[], signal: AbortSignal): Promise<Commit[]> {
    const group: Commit[] = [];
    for (let start = 0; start < commits.length && !signal.aborted; start += DIFFS_AT_ONCE) {
      const some = commits.slice(start, start + DIFFS_AT_ONCE);
      group.push(...(await Promise.all(some.map((commit) => this.#toCommit(commit)))));
    }
    return group;
  }

  async #toCommit(commit: GitCommit): Promise<Commit> {
    return {
      hash: commit.hash,
      message: commit.message,
      at: (commit.commitDate ?? commit.authorDate ?? new Date(0)).getTime(),
      ...(commit.authorName === undefined ? {} : { author: commit.authorName }),
      files: await this.#files(commit),
    };
  }

  /** Everything in a commit without a parent, which two commits cannot be compared for. */
  async #filesOfFirst(hash: string): Promise<GitChange[]> {
    const range = `${hash.length === EMPTY_TREE.length ? EMPTY_TREE : EMPTY_TREE_SHA256}..${hash}`;
    return (await this.#repository.diffBetweenWithStats2?.(range)) ?? [];
  }

  /** Files that differ from the first parent. */
  async #files({ hash, parents }: GitCommit): Promise<string[]> {
    const root = `${this.#repository.rootUri.path.replace(/\/$/, "")}/`;
    const [parent] = parents;
    const changes =
      parent === undefined
        ? await this.#filesOfFirst(hash)
        : await this.#repository.diffBetween(parent, hash);
    return changes
      .filter(({ uri }) => uri.path.startsWith(root))
      .map(({ uri }) => uri.path.slice(root.length));
  }
}

/** Waits until the Git extension has looked for repositories. */
function initialized(api: GitApi): Promise<void> {
  if (api.state === "initialized") return Promise.resolve();
  return new Promise((resolve) => {
    const subscription = api.onDidChangeState((state) => {
      if (state !== "initialized") return;
      subscription.dispose();
      resolve();
    });
  });
}
