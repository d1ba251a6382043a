import * as vscode from "vscode";
import type { FolderReader } from "../../common/git/FolderReader.js";
import { findGitFolder, type GitFolder } from "../../common/git/gitFolder.js";
import type { HeadMove } from "../../common/capture/headMoves.js";
import { GitHeadFiles, type CommitDetails } from "../../common/git/GitHeadFiles.js";
import { describe, type Log } from "../../common/Log.js";
import { folderReader } from "../storage/fileSystem.js";
import type { RepositoryHead } from "./gitRepositories.js";

/** The window is busy with other things while it starts. */
const BEGIN_AFTER_MS = 2_000;

/** Git writes several files for one move; they are read when it is done. */
const SETTLE_MS = 300;

/** Bytes of packs up to which a commit is looked for in them, since they are read as a whole. */
const MAX_PACK_BYTES = 32 * 1024 * 1024;

/**
 * Calls `watch` for the repository of each open folder, by its own files, and ends what it returns
 * when the folder is closed. For hosts where the Git extension cannot be called.
 */
export function watchGitFolders(
  watch: (repository: RepositoryHead) => vscode.Disposable,
  log: Log,
): vscode.Disposable {
  const watched = new Map<string, vscode.Disposable>();
  const end = new AbortController();
  const isOver = (): boolean => end.signal.aborted;

  const follow = async (): Promise<void> => {
    // In Restricted Mode nothing is read from the project.
    const folders = vscode.workspace.isTrusted ? (vscode.workspace.workspaceFolders ?? []) : [];
    const found = new Map<string, { uri: vscode.Uri; git: GitFolder; reader: FolderReader }>();
    for (const { uri } of folders) {
      const reader = folderReader(vscode.workspace.fs, uri);
      const git = await findGitFolder(reader, uri.path);
      if (git !== undefined)
        found.set(uri.with({ path: git.gitFolder }).toString(), { uri, git, reader });
    }
    if (isOver()) return;
    for (const [key, subscription] of watched) {
      if (found.has(key)) continue;
      subscription.dispose();
      watched.delete(key);
    }
    for (const [key, { uri, git, reader }] of found) {
      if (watched.has(key)) continue;
      const files = new GitHeadFiles(reader, git, (hash) => commitOf(uri, git, reader, hash));
      // Where HEAD is now is where the first move begins.
      await files.look();
      if (isOver()) return;
      const repository = new WatchedGitFolder(uri, git, files, log);
      watched.set(key, vscode.Disposable.from(watch(repository), repository));
    }
  };
  let following = Promise.resolve();
  const followAgain = (): void => {
    following = following.then(follow).catch((error: unknown) => {
      log.debug(`the repositories of the folders were not found: ${describe(error)}`);
    });
  };
  const timer = setTimeout(followAgain, BEGIN_AFTER_MS);
  return vscode.Disposable.from(
    vscode.workspace.onDidChangeWorkspaceFolders(followAgain),
    vscode.workspace.onDidGrantWorkspaceTrust(followAgain),
    new vscode.Disposable(() => {
      end.abort();
      clearTimeout(timer);
      for (const subscription of watched.values()) subscription.dispose();
    }),
  );
}

/** A repository whose files are looked at when they change, and when the user is likely to have used git. */
class WatchedGitFolder implements RepositoryHead, vscode.Disposable {
  readonly rootUri: vscode.Uri;
  readonly #files: GitHeadFiles;
  readonly #log: Log;
  readonly #changed = new vscode.EventEmitter<void>();
  readonly #subscription: vscode.Disposable;
  #looking = Promise.resolve();
  #timer: ReturnType<typeof setTimeout> | undefined;
  #fetches = 0;

  readonly onDidChange = this.#changed.event;

  constructor(folder: vscode.Uri, git: GitFolder, files: GitHeadFiles, log: Log) {
    this.rootUri = folder.with({ path: git.root });
    this.#files = files;
    this.#log = log;
    const base = folder.with({ path: git.gitFolder });
    const watchers = ["HEAD", "logs/HEAD"].map((path) =>
      vscode.workspace.createFileSystemWatcher(new vscode.RelativePattern(base, path)),
    );
    const lookSoon = (): void => this.#lookSoon();
    // Git writes it with each fetch, whether that brought something or not.
    const fetches = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(base, "FETCH_HEAD"),
    );
    const fetched = (): void => {
      this.#fetches += 1;
      this.#changed.fire();
    };
    this.#subscription = vscode.Disposable.from(
      this.#changed,
      ...[...watchers, fetches, fetches.onDidChange(fetched), fetches.onDidCreate(fetched)],
      ...watchers.flatMap((watcher) => [
        watcher.onDidChange(lookSoon),
        watcher.onDidCreate(lookSoon),
      ]),
      // Some file systems tell of no changes.
      vscode.window.onDidChangeWindowState(({ focused }) => {
        if (focused) lookSoon();
      }),
      vscode.workspace.onDidSaveTextDocument(lookSoon),
    );
  }

  get head(): RepositoryHead["head"] {
    return this.#files.head;
  }

  get reached(): string {
    return `${this.head.commit ?? ""} ${this.#fetches}`;
  }

  moves(): Promise<HeadMove[]> {
    return Promise.resolve(this.#files.takeMoves());
  }

  async passOver(): Promise<void> {
    await this.#files.look();
    this.#files.takeMoves();
  }

  async commit(hash: string): Promise<{ message: string; at: number; files: vscode.Uri[] }> {
    const { message, at, files } = await this.#files.commit(hash);
    const root = this.rootUri.path.replace(/\/$/, "");
    return {
      message,
      at,
      files: files.map((path) => this.rootUri.with({ path: `${root}/${path}` })),
    };
  }

  dispose(): void {
    clearTimeout(this.#timer);
    this.#subscription.dispose();
  }

  #lookSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => {
      this.#looking = this.#looking.then(() => this.#look());
    }, SETTLE_MS);
  }

  async #look(): Promise<void> {
    try {
      if (await this.#files.look()) this.#changed.fire();
    } catch (error) {
      this.#log.debug(`a repository was not looked at: ${describe(error)}`);
    }
  }
}

async function commitOf(
  folder: vscode.Uri,
  git: GitFolder,
  reader: FolderReader,
  hash: string,
): Promise<CommitDetails | undefined> {
  // The git library is the larger part of this bundle and is started when it is needed.
  const { readGitCommit, withoutPacks } = await import("../../common/git/readGitCommit.js");
  const packs = folder.with({ path: `${git.commonFolder}/objects/pack` });
  const isSmall = (await bytesIn(packs)) <= MAX_PACK_BYTES;
  return readGitCommit(isSmall ? reader : withoutPacks(reader), git, hash);
}

/** Bytes of all files in a folder; none if there is no folder. */
async function bytesIn(folder: vscode.Uri): Promise<number> {
  const { fs } = vscode.workspace;
  try {
    const items = await fs.readDirectory(folder);
    const stats = await Promise.all(
      items.map(([name]) => fs.stat(vscode.Uri.joinPath(folder, name))),
    );
    return stats.reduce((total, { size }) => total + size, 0);
  } catch {
    return 0;
  }
}
