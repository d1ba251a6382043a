import * as vscode from "vscode";
import type { FolderReader } from "../../common/git/FolderReader.js";
import { findGitFolder, type GitFolder } from "../../common/git/gitFolder.js";
import type { History } from "../../common/git/gitHistory.js";
import type { OpenedHistory } from "../Host.js";
import { folderReader } from "../storage/fileSystem.js";

/** The repository that a folder belongs to, with a history that is read in the host's way. */
export async function openHistory(
  folder: vscode.Uri,
  historyOf: (reader: FolderReader, git: GitFolder) => History | Promise<History>,
): Promise<OpenedHistory | undefined> {
  // In Restricted Mode nothing is read from the project.
  if (!vscode.workspace.isTrusted) return undefined;
  const reader = folderReader(vscode.workspace.fs, folder);
  const git = await findGitFolder(reader, folder.path);
  if (git === undefined) return undefined;
  // Working trees of one repository have one history, but each has a HEAD of its own.
  const key = folder.with({ path: git.gitFolder }).toString();
  const root = folder.with({ path: git.root });
  return { key, root, local: { git, reader }, history: await historyOf(reader, git) };
}
