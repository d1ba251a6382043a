import * as vscode from "vscode";
import {
  headMoves,
  isSwitch,
  type Head,
  type HeadCommit,
  type HeadMove,
} from "../../common/capture/headMoves.js";
import type { RepositoryHead } from "./gitRepositories.js";
import { userOfRepository } from "./user.js";

/** As much as is used here of what the built-in Git extension exports. */
interface GitExtension {
  readonly enabled: boolean;
  getAPI(version: 1): GitApi;
}

interface GitApi {
  /** The program that the extension has found. */
  readonly git: { readonly path: string };
  readonly state: "uninitialized" | "initialized";
  readonly onDidChangeState: vscode.Event<"uninitialized" | "initialized">;
  readonly repositories: readonly GitRepository[];
  readonly onDidOpenRepository: vscode.Event<GitRepository>;
  readonly onDidCloseRepository: vscode.Event<GitRepository>;
  getRepository(uri: vscode.Uri): GitRepository | null;
  openRepository(root: vscode.Uri): Promise<GitRepository | null>;
}

/** A repository that the Git extension has open. */
export interface GitRepository {
  readonly rootUri: vscode.Uri;
  readonly state: {
    readonly HEAD: GitHead | undefined;
    readonly onDidChange: vscode.Event<void>;
    readonly workingTreeChanges: readonly GitChange[];
    readonly indexChanges: readonly GitChange[];
    readonly mergeChanges: readonly GitChange[];
  };
  getConfig(key: string): Promise<string>;
  status(): Promise<void>;
  getBranch(name: string): Promise<unknown>;
  getBranches(query: { readonly remote: boolean }): Promise<readonly GitRef[]>;
  checkout(branch: string): Promise<void>;
  pull(): Promise<void>;
  log(options: { maxEntries: number; range?: string }): Promise<GitCommit[]>;
  getCommit(ref: string): Promise<GitCommit>;
  diffBetween(from: string, to: string): Promise<GitChange[]>;
  /** Takes any range that git understands. Older editors lack it. */
  diffBetweenWithStats2?(range: string): Promise<GitChange[]>;
}

/** A branch here or at a remote, which its name begins with then. */
interface GitRef {
  readonly name?: string;
  readonly remote?: string;
}

/** What is checked out. */
interface GitHead {
  readonly name?: string;
  readonly commit?: string;
  readonly upstream?: { readonly remote: string; readonly name: string; readonly commit?: string };
  readonly ahead?: number;
  readonly behind?: number;
}

interface GitChange {
  readonly uri: vscode.Uri;
  /** What became of it, by the Git extension's numbers. */
  readonly status: number;
}

/** The status of a file that git does not know. */
export const UNTRACKED = 7;

interface GitCommit {
  readonly hash: string;
  readonly message: string;
  readonly parents: string[];
  readonly authorDate?: Date;
  readonly commitDate?: Date;
}

/** Id of the tree without files, which git knows in every repository. */
const EMPTY_TREE = "4b825dc642cb6eb9a060e54bf8d69288fbee4904";
const EMPTY_TREE_SHA256 = "6ef19b41225c5369f1c104d45d8d85efa9b057b53b14b4b9b939dd74decc5321";

/** The program `git` that the user has chosen, or the first one that there is. */
export async function gitProgram(): Promise<string> {
  const api = await openGitApi().catch(() => undefined);
  return api?.git.path ?? "git";
}

/** The name that git's configuration gives whoever works in the repository of a folder. */
export async function gitExtensionUser(folder: vscode.Uri): Promise<string | undefined> {
  if (!vscode.workspace.isTrusted) return undefined;
  const repository = await openGitRepository(folder);
  const name = await repository?.getConfig("user.name").catch(() => "");
  return name === undefined || name.trim() === "" ? userOfRepository(folder) : name.trim();
}

/** The repository of a folder, or `undefined` if there is none or the Git extension cannot be called. */
export async function openGitRepository(folder: vscode.Uri): Promise<GitRepository | undefined> {
  const api = await openGitApi();
  if (api === undefined) return undefined;
  await initialized(api);
  return api.getRepository(folder) ?? (await api.openRepository(folder)) ?? undefined;
}

/**
 * Calls `watch` for each repository that is or will be open, and ends what it returns when the
 * repository is closed. Where the Git extension cannot be called, nothing happens.
 */
export async function watchRepositories(
  watch: (repository: RepositoryHead) => vscode.Disposable,
): Promise<vscode.Disposable> {
  const api = await openGitApi();
  if (api === undefined) return vscode.Disposable.from();
  const watched = new Map<string, vscode.Disposable>();
  const open = (repository: GitRepository): void => {
    const root = repository.rootUri.toString();
    if (!watched.has(root)) watched.set(root, watch(repositoryHead(repository)));
  };
  const close = ({ rootUri }: GitRepository): void => {
    watched.get(rootUri.toString())?.dispose();
    watched.delete(rootUri.toString());
  };
  api.repositories.forEach(open);
  return vscode.Disposable.from(
    api.onDidOpenRepository(open),
    api.onDidCloseRepository(close),
    new vscode.Disposable(() => {
      for (const subscription of watched.values()) subscription.dispose();
    }),
  );
}

async function openGitApi(): Promise<GitApi | undefined> {
  const extension = vscode.extensions.getExtension<GitExtension>("vscode.git");
  const git = await extension?.activate();
  return git?.enabled === true ? git.getAPI(1) : undefined;
}

function repositoryHead(repository: GitRepository): RepositoryHead {
  return {
    rootUri: repository.rootUri,
    get head() {
      const { name, commit } = repository.state.HEAD ?? {};
      return {
        ...(name === undefined ? {} : { branch: name }),
        ...(commit === undefined ? {} : { commit }),
      };
    },
    get reached() {
      const { commit, upstream, ahead, behind } = repository.state.HEAD ?? {};
      return [commit, upstream?.commit, ahead, behind].join(" ");
    },
    onDidChange: repository.state.onDidChange,
    moves: (before, after, since) => movesOf(repository, before, after, since),
    // The Git extension may notice seconds later what was done; this makes it look.
    passOver: () => repository.status(),
    async commit(hash) {
      const commit = await repository.getCommit(hash);
      const changes = await changesOf(repository, commit);
      const files = changes.map(({ uri }) => uri);
      return { message: commit.message, at: timeOf(commit), files };
    },
  };
}

/** Commits between two looks that are told apart. */
const MAX_COMMITS = 50;

async function movesOf(
  repository: GitRepository,
  before: Head,
  after: Head,
  since: number,
): Promise<HeadMove[]> {
  if (before.branch === after.branch && before.commit === after.commit) return [];
  if (isSwitch(before, after))
    return [
      { type: "git_checkout", ...(before.branch === undefined ? {} : { from: before.branch }) },
    ];
  if (after.commit === undefined) return [];
  if (before.commit === undefined)
    return [{ type: "git_commit", commit: after.commit, isAmended: false }];
  const range = async (from: string, to: string): Promise<HeadCommit[]> => {
    const commits = await repository.log({ range: `${from}..${to}`, maxEntries: MAX_COMMITS });
    return commits.map((commit) => ({
      hash: commit.hash,
      parents: commit.parents,
      at: timeOf(commit),
    }));
  };
  const [reached, lost] = await Promise.all([
    range(before.commit, after.commit),
    range(after.commit, before.commit),
  ]);
  return headMoves(after.commit, reached, lost.length, since);
}

/** When a commit was made, Unix milliseconds. */
function timeOf({ commitDate, authorDate }: GitCommit): number {
  return (commitDate ?? authorDate ?? new Date(0)).getTime();
}

/** What differs between a commit and its first parent. */
async function changesOf(
  repository: GitRepository,
  { hash, parents: [parent] }: GitCommit,
): Promise<GitChange[]> {
  if (parent !== undefined) return repository.diffBetween(parent, hash);
  // Everything in a commit without a parent, which two commits cannot be compared for.
  const empty = hash.length === EMPTY_TREE.length ? EMPTY_TREE : EMPTY_TREE_SHA256;
  return (await repository.diffBetweenWithStats2?.(`${empty}..${hash}`)) ?? [];
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
