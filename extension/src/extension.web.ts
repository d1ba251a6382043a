import type * as vscode from "vscode";
import type { RecollectApi } from "../api.js";
import { GitFolderHistory } from "./common/git/GitFolderHistory.js";
import { activate as activateIn, type Activated } from "./vscode/activate.js";
import { watchGitFolders } from "./vscode/git/gitFolders.js";
import { openHistory } from "./vscode/git/openHistory.js";
import { userOfRepository } from "./vscode/git/user.js";
import { tabStorage } from "./vscode/storage/tabStorage.js";

// The editor gives nothing to `deactivate`, so what it needs must stand here.
let activated: Activated | undefined;

/** Starts the extension in the web worker extension host, which has neither files nor processes. */
export function activate(context: vscode.ExtensionContext): RecollectApi {
  activated = activateIn(context, {
    openStorage: tabStorage,
    findUser: userOfRepository,
    // The Git extension lives in another host and cannot be called from here, so its files are read.
    openHistory: (folder) =>
      openHistory(folder, (reader, git) => new GitFolderHistory(reader, git)),
    watchRepositories: async (watch, log) => watchGitFolders(watch, log),
  });
  return activated.api;
}

/** Writes what is still waiting, if the tab lives long enough. */
export async function deactivate(): Promise<void> {
  await activated?.deactivate();
}
