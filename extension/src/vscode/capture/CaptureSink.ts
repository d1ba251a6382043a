import type * as vscode from "vscode";
import type { Happening, Source } from "../../common/capture/Happening.js";
import type { WatchRepositories } from "../git/gitRepositories.js";
import type { CaptureSettings } from "../captureSettings.js";

/** What a listener needs. Everything is quick: listeners run while the user types. */
export interface CaptureSink {
  /** Whether a source is to be captured in a folder at this moment. */
  isOn(source: Source, folder: vscode.WorkspaceFolder): boolean;
  settings(folder: vscode.WorkspaceFolder): CaptureSettings;
  /** Takes in what happened in a folder. */
  take(folder: vscode.WorkspaceFolder, happening: Omit<Happening, "folder">): void;
  /** Makes a memory of a commit, the same that learning from the history makes of it. */
  learnCommit(root: vscode.Uri, hash: string): void;
  /** Calls back when everything that was gathered and not yet taken in is to be dropped. */
  readonly onDiscard: vscode.Event<void>;
  /** Calls back when what happened so far is not to be told of later: a pause or a private session is over. */
  readonly onResume: vscode.Event<void>;
  /** Calls back when what was gathered is to be taken in now, because the window closes. */
  readonly onClose: vscode.Event<void>;
  /** Repositories of this window, as far as the host can follow them. */
  readonly watchRepositories: WatchRepositories;
  readonly log: vscode.LogOutputChannel;
}
