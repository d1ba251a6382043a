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
  diffBetween(from: string, to: string): Promise<{ readonly uri: vscode.Uri }[]>;
}

interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: string[];
  readonly authorDate?: Date;
  readonly authorName?: string;
  readonly commitDate?: Date;
}

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

  /** Files that differ from the first parent. */
  async #files({ hash, parents }: GitCommit): Promise<string[]> {
    const [parent] = parents;
    // The API compares commits, and the first one has nothing to be compared with.
    if (parent === undefined) return [];
    const root = `${this.#repository.rootUri.path.replace(/\/$/, "")}/`;
    const changes = await this.#repository.diffBetween(parent, hash);
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
