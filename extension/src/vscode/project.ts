import * as vscode from "vscode";
import type { Near, Project } from "recollect-wasm";
import { findGitFolder, remoteUrl } from "../common/gitFolder.js";
import { describe, type Log } from "../common/Log.js";
import type { Memories } from "../common/Memories.js";
import { folderReader } from "./fileSystem.js";

/** Where memories go that are made without an open folder. */
const NO_FOLDER: Project = { id: "user", name: "user" };

/** Finds out which project a window works on. */
export class Projects {
  readonly #memories: Pick<Memories, "projectOf">;
  readonly #log: Log;

  constructor(memories: Pick<Memories, "projectOf">, log: Log) {
    this.#memories = memories;
    this.#log = log;
  }

  /** The folder at hand: that of the active editor, else the first one. */
  currentFolder(): vscode.Uri | undefined {
    const active = vscode.window.activeTextEditor?.document.uri;
    const folder = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
    return (folder ?? vscode.workspace.workspaceFolders?.[0])?.uri;
  }

  /** The project at hand, or `undefined` if no folder is open. */
  async current(): Promise<Project | undefined> {
    const folder = this.currentFolder();
    return folder === undefined ? undefined : this.of(folder);
  }

  /** What is at hand for ranking: the project, and the active file as memories name it. */
  near(project: Project | undefined): Near {
    const active = vscode.window.activeTextEditor?.document.uri;
    const isInFolder = active !== undefined && vscode.workspace.getWorkspaceFolder(active);
    return {
      ...(project === undefined ? {} : { project: project.id }),
      ...(isInFolder ? { file: vscode.workspace.asRelativePath(active, false) } : {}),
    };
  }

  /** The project that a new memory belongs to. */
  async forNewMemory(): Promise<Project> {
    return (await this.current()) ?? NO_FOLDER;
  }

  /** The project of a folder. */
  async of(folder: vscode.Uri): Promise<Project> {
    return this.#memories.projectOf(await this.#remote(folder), addressOf(folder));
  }

  /** URL of the folder's git remote, where reading it is allowed and possible. */
  async #remote(folder: vscode.Uri): Promise<string | undefined> {
    // In Restricted Mode nothing is read from the project.
    if (!vscode.workspace.isTrusted) return undefined;
    try {
      const reader = folderReader(vscode.workspace.fs, folder);
      const git = await findGitFolder(reader, folder.path);
      return git === undefined ? undefined : await remoteUrl(reader, git);
    } catch (error) {
      this.#log.debug(`the git remote could not be read: ${describe(error)}`);
      return undefined;
    }
  }
}

/**
 * The folder's address as the project's id needs it: the same in every host and at every start.
 *
 * A window that a web server shows names folders by the address in the browser, whose port may
 * change; to the server's own extension host they are files. An authority with a plus sign, such
 * as `ssh-remote+host`, names another machine and stays.
 */
export function addressOf(folder: vscode.Uri): string {
  const isOfServer = folder.scheme === "vscode-remote" && !folder.authority.includes("+");
  return (isOfServer ? folder.with({ scheme: "file", authority: "" }) : folder).toString();
}
