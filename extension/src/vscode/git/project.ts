import * as vscode from "vscode";
import type { Near, Project } from "recollect-wasm";
import { findPlace, type FoundPlace } from "../../common/git/findPlace.js";
import { RootCommits } from "../../common/git/RootCommits.js";
import { KeptAnswers } from "../../common/KeptAnswers.js";
import { describe, type Log } from "../../common/Log.js";
import type { Memories } from "../../common/memories/Memories.js";
import { hostedPlace } from "./HostedRepositories.js";
import type { FindUser } from "./user.js";
import { folderReader } from "../storage/fileSystem.js";

/** Where memories go that are made without an open folder. */
const NO_FOLDER: Project = { id: "user", name: "user" };

/** How old what a repository tells of itself may be, in milliseconds, before it is read again. */
const FRESH_MS = 2_000;

/** Finds out which project a window works on. */
export class Projects {
  readonly #memories: Pick<Memories, "projectAt">;
  readonly #log: Log;
  readonly #findUser: FindUser;
  readonly #known = new RootCommits();
  /** Places and names of users by the folder's URI, so that no question waits for the repository. */
  readonly #places = new KeptAnswers<FoundPlace>(FRESH_MS);
  readonly #users = new KeptAnswers<string | undefined>(FRESH_MS);
  /** Paths of folders below the roots of their repositories, by the folder's URI. */
  readonly #prefixes = new Map<string, string>();

  constructor(memories: Pick<Memories, "projectAt">, log: Log, findUser: FindUser) {
    this.#memories = memories;
    this.#log = log;
    this.#findUser = findUser;
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

  /**
   * The projects that a question is about: the one of the active editor, else of all open folders,
   * since nothing says which of them is meant.
   */
  async atHand(): Promise<Project[]> {
    const active = vscode.window.activeTextEditor?.document.uri;
    const folder = active === undefined ? undefined : vscode.workspace.getWorkspaceFolder(active);
    const folders = folder === undefined ? (vscode.workspace.workspaceFolders ?? []) : [folder];
    return Promise.all(folders.map(({ uri }) => this.of(uri)));
  }

  /** The projects of all open folders. */
  async ofWindow(): Promise<Project[]> {
    const folders = vscode.workspace.workspaceFolders ?? [];
    return Promise.all(folders.map(({ uri }) => this.of(uri)));
  }

  /** What is at hand for ranking: the project, and the active file as memories name it. */
  near(project: Project | undefined): Near {
    const active = vscode.window.activeTextEditor?.document.uri;
    const file = active === undefined ? undefined : this.fileName(active);
    return {
      ...(project === undefined ? {} : { project: project.id }),
      ...(file === undefined ? {} : { file }),
    };
  }

  /** Name of whoever works here, as commits have it. */
  async user(): Promise<string | undefined> {
    const folder = this.currentFolder();
    if (folder === undefined) return undefined;
    const find = (): Promise<string | undefined> => this.#findUser(folder);
    return this.#users.get(folder.toString(), find).catch(() => undefined);
  }

  /** A file of an open folder as memories name it: from the root of its repository. */
  fileName(file: vscode.Uri): string | undefined {
    const folder = vscode.workspace.getWorkspaceFolder(file);
    if (folder === undefined) return undefined;
    const prefix = this.#prefixes.get(folder.uri.toString()) ?? "";
    const path = vscode.workspace.asRelativePath(file, false);
    return prefix === "" ? path : `${prefix}/${path}`;
  }

  /** Where a file may be that memories name: one place for each open folder, whether it is there or not. */
  placesOf(file: string): vscode.Uri[] {
    return (vscode.workspace.workspaceFolders ?? []).map(({ uri }) => {
      const prefix = this.#prefixes.get(uri.toString()) ?? "";
      const up = prefix === "" ? [] : prefix.split("/").map(() => "..");
      return vscode.Uri.joinPath(uri, ...up, file);
    });
  }

  /** The project that a new memory belongs to. */
  async forNewMemory(): Promise<Project> {
    return (await this.current()) ?? NO_FOLDER;
  }

  /** The project of a folder. */
  async of(folder: vscode.Uri): Promise<Project> {
    return this.#memories.projectAt((await this.placeOf(folder)).place);
  }

  /** Where a folder is, as far as reading its repository is allowed and possible. */
  async placeOf(folder: vscode.Uri): Promise<FoundPlace> {
    const alone: FoundPlace = {
      place: { folder: addressOf(folder), otherFolders: [] },
      roots: [],
      prefix: "",
    };
    // In Restricted Mode nothing is read from the project.
    if (!vscode.workspace.isTrusted) return alone;
    try {
      return await this.#places.get(folder.toString(), () => this.#read(folder));
    } catch (error) {
      this.#log.debug(`the repository could not be read: ${describe(error)}`);
      return alone;
    }
  }

  async #read(folder: vscode.Uri): Promise<FoundPlace> {
    const hosted = hostedPlace(folder);
    if (hosted !== undefined) {
      this.#prefixes.set(folder.toString(), hosted.prefix);
      return hosted;
    }
    const host = {
      reader: folderReader(vscode.workspace.fs, folder),
      addressOf: (path: string) => addressOf(folder.with({ path })),
    };
    const found = await findPlace(host, folder.path, this.#known);
    this.#prefixes.set(folder.toString(), found.prefix);
    return found;
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
