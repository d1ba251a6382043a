import * as vscode from "vscode";
import type { RecollectApi } from "../api.js";
import type { History } from "./common/git/gitHistory.js";
import { findGitFolder } from "./common/git/gitFolder.js";
import { activate as activateIn, type Activated } from "./vscode/activate.js";
import { watchGitFolders } from "./vscode/git/gitFolders.js";
import { folderReader } from "./vscode/storage/fileSystem.js";
import { tabStorage } from "./vscode/storage/tabStorage.js";

// The editor gives nothing to `deactivate`, so what it needs must stand here.
let activated: Activated | undefined;

/** Starts the extension in the web worker extension host, which has neither files nor processes. */
export function activate(context: vscode.ExtensionContext): RecollectApi {
  activated = activateIn(context, {
    ...{ openStorage: tabStorage, openHistory },
    watchRepositories: async (watch, log) => watchGitFolders(watch, log),
  });
  return activated.api;
}

/** Writes what is still waiting, if the tab lives long enough. */
export async function deactivate(): Promise<void> {
  await activated?.deactivate();
}

/** The Git extension lives in another host and cannot be called from here, so its files are read. */
async function openHistory(folder: vscode.Uri): Promise<History | undefined> {
  const reader = folderReader(vscode.workspace.fs, folder);
  const git = await findGitFolder(reader, folder.path);
  if (git === undefined) return undefined;
  // The git library is the larger part of this bundle and is started when it is needed.
  const { GitFolderHistory } = await import("./common/git/GitFolderHistory.js");
  return new GitFolderHistory(reader, git);
}
