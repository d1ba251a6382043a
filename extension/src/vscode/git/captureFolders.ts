import * as vscode from "vscode";
import { Exclusions, type IgnoreFiles } from "../../common/capture/Exclusions.js";
import type { CapturedFolder } from "../../common/capture/Recorder.js";
import { findGitFolder, readText } from "../../common/git/gitFolder.js";
import { folderReader } from "../storage/fileSystem.js";
import { addressOf, type Projects } from "./project.js";
import { readCaptureSettings } from "../captureSettings.js";

/** Files whose change may exclude others. */
const IGNORE_FILES = "{**/.gitignore,.git/info/exclude}";

interface Opened {
  readonly folder: CapturedFolder;
  readonly exclusions: Exclusions;
}

/** What capture knows of the open workspace folders: their projects, and which files are excluded. */
export class CaptureFolders implements vscode.Disposable {
  readonly #projects: Projects;
  readonly #opened = new Map<string, Promise<Opened | undefined>>();
  readonly #watchers = new Map<string, vscode.Disposable>();

  constructor(projects: Projects) {
    this.#projects = projects;
  }

  /** What is known of the folder of that URI; `undefined` if it is no longer open. */
  async of(uri: string): Promise<CapturedFolder | undefined> {
    let opened = this.#opened.get(uri);
    if (opened === undefined) {
      opened = this.#open(uri);
      this.#opened.set(uri, opened);
      // The next event tries again.
      opened.catch(() => this.#opened.delete(uri));
    }
    return (await opened)?.folder;
  }

  /** Other settings hold from here on. */
  async settingsChanged(): Promise<void> {
    for (const [uri, opening] of this.#opened) {
      const opened = await opening.catch(() => undefined);
      opened?.exclusions.setGlobs(readCaptureSettings(vscode.Uri.parse(uri)));
    }
  }

  /** Other folders are open, or one may be another project now. */
  clear(): void {
    this.#opened.clear();
    this.dispose();
  }

  dispose(): void {
    for (const watcher of this.#watchers.values()) watcher.dispose();
    this.#watchers.clear();
  }

  async #open(uri: string): Promise<Opened | undefined> {
    const folder = vscode.workspace.workspaceFolders?.find(
      (candidate) => candidate.uri.toString() === uri,
    );
    if (folder === undefined) return undefined;
    const exclusions = new Exclusions(
      await ignoreFilesOf(folder.uri),
      readCaptureSettings(folder.uri),
    );
    this.#watch(folder, exclusions);
    return {
      exclusions,
      folder: {
        project: await this.#projects.of(folder.uri),
        workspace: addressOf(folder.uri),
        root: folder.uri.path,
        prefix: (await this.#projects.placeOf(folder.uri)).prefix,
        verdict: (path) => exclusions.verdict(path),
        isFile: (path) => isFile(folder.uri, path),
      },
    };
  }

  #watch(folder: vscode.WorkspaceFolder, exclusions: Exclusions): void {
    const watcher = vscode.workspace.createFileSystemWatcher(
      new vscode.RelativePattern(folder, IGNORE_FILES),
    );
    const forget = (): void => exclusions.forget();
    const saved = vscode.workspace.onDidSaveTextDocument(({ uri }) => {
      if (uri.path.endsWith("/.gitignore")) forget();
    });
    this.#watchers.get(folder.uri.toString())?.dispose();
    this.#watchers.set(
      folder.uri.toString(),
      vscode.Disposable.from(
        ...[watcher, saved],
        ...[watcher.onDidChange(forget), watcher.onDidCreate(forget), watcher.onDidDelete(forget)],
      ),
    );
  }
}

/** The `.gitignore` files that hold for a folder: those of its whole repository. */
export async function ignoreFilesOf(folder: vscode.Uri): Promise<IgnoreFiles> {
  const reader = folderReader(vscode.workspace.fs, folder);
  const git = await findGitFolder(reader, folder.path);
  const root = (git?.root ?? folder.path).replace(/\/$/, "");
  return {
    prefix: folder.path.slice(root.length).replace(/^\/|\/$/g, ""),
    read: (path) =>
      readText(reader, path === "" ? `${root}/.gitignore` : `${root}/${path}/.gitignore`),
    readOwn: async () =>
      git === undefined ? undefined : readText(reader, `${git.commonFolder}/info/exclude`),
    isFile: (path) => isFile(folder, path),
  };
}

async function isFile(folder: vscode.Uri, path: string): Promise<boolean> {
  try {
    const uri = vscode.Uri.joinPath(folder, path);
    return ((await vscode.workspace.fs.stat(uri)).type & vscode.FileType.File) !== 0;
  } catch {
    return false;
  }
}
