import type * as vscode from "vscode";
import type { Head, HeadMove } from "../../common/capture/headMoves.js";

/** What is checked out in a repository, and what led there. */
export interface RepositoryHead {
  readonly rootUri: vscode.Uri;
  /** What is checked out now; empty before the repository has been read. */
  readonly head: Head;
  /** Another text whenever there may be commits that were not there before: HEAD has moved, or something was fetched. */
  readonly reached: string;
  /** Calls back whenever the repository may have another state. */
  readonly onDidChange: vscode.Event<void>;
  /** How HEAD came from one state to the one after it, oldest first; `since` is when it was looked at. */
  moves(before: Head, after: Head, since: number): Promise<readonly HeadMove[]>;
  /** What has happened so far will not be asked for; resolves once it is known what that is. */
  passOver(): Promise<void>;
  /** Message of a commit, and the files that it changed. */
  commit(hash: string): Promise<{ message: string; at: number; files: vscode.Uri[] }>;
}

/** Calls `watch` for each repository that is or will be open, and ends what that returns when it is closed. */
export type WatchRepositories = (
  watch: (repository: RepositoryHead) => vscode.Disposable,
) => Promise<vscode.Disposable>;
