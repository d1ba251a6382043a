import * as vscode from "vscode";
import { findGitFolder, readText } from "../../common/git/gitFolder.js";
import { userName } from "../../common/git/gitConfig.js";
import { folderReader } from "../storage/fileSystem.js";

/** Name of whoever works in the repository of a folder, as its commits will name them. */
export type FindUser = (folder: vscode.Uri) => Promise<string | undefined>;

/** The name that the repository's own configuration sets; the user's own cannot be read everywhere. */
export async function userOfRepository(folder: vscode.Uri): Promise<string | undefined> {
  // In Restricted Mode nothing is read from the project.
  if (!vscode.workspace.isTrusted) return undefined;
  const reader = folderReader(vscode.workspace.fs, folder);
  const git = await findGitFolder(reader, folder.path);
  const config = git && (await readText(reader, `${git.commonFolder}/config`));
  return config === undefined ? undefined : userName(config);
}
