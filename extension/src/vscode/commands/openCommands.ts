import * as vscode from "vscode";
import type { ViewRow } from "../../common/views/ViewRow.js";
import type { App } from "../App.js";
import { memoryMeant } from "./changeMemory.js";

/** Shows a memory as a page. */
export async function openMemoryPage(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id === undefined) return;
  if (await app.pages.openMemory(id)) await app.memories.recalled([id]);
  else void vscode.window.showInformationMessage(vscode.l10n.t("This is no longer remembered."));
}

/** Shows one session as a page. */
export async function openSession(app: App, given: unknown): Promise<void> {
  const { opens } = (given ?? {}) as Partial<ViewRow>;
  const key = typeof given === "string" ? given : opens?.kind === "session" ? opens.key : undefined;
  if (key !== undefined) await app.pages.openSession(key);
}

/** Opens a file that memories name, where it still is. */
export async function openFile({ projects }: App, path: unknown): Promise<void> {
  if (typeof path !== "string") return;
  const uri = await existing(projects, path);
  // Not every file is a text.
  if (uri !== undefined) await vscode.commands.executeCommand("vscode.open", uri);
  else
    void vscode.window.showInformationMessage(
      vscode.l10n.t("{0} is not in the open folders; it may have another name since.", path),
    );
}

/** Shows what a commit changed in a file. */
export async function openDiff({ projects }: App, path: unknown, commit: unknown): Promise<void> {
  if (typeof path !== "string" || typeof commit !== "string") return;
  // The Git extension shows files of commits, also to extensions that run elsewhere.
  if (vscode.workspace.fs.isWritableFileSystem("git") === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Showing a diff needs the Git extension, which does not run here."),
    );
    return;
  }
  await projects.ofWindow();
  const uri = (await existing(projects, path)) ?? projects.placesOf(path)[0];
  if (uri === undefined) return;
  const at = (ref: string): vscode.Uri =>
    uri.with({ scheme: "git", authority: "", query: JSON.stringify({ path: uri.fsPath, ref }) });
  const title = vscode.l10n.t("{0} at {1}", path, commit.slice(0, 8));
  await vscode.commands.executeCommand("vscode.diff", at(`${commit}~`), at(commit), title);
}

/** Shows the first file of a commit as a diff, from a row. */
export async function openCommit(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  const [memory] = id === undefined ? [] : await app.memories.get([id]);
  const { commit, filesModified = [] } = memory ?? {};
  if (commit === undefined) return;
  const active = vscode.window.activeTextEditor?.document.uri;
  const open = active === undefined ? undefined : app.projects.fileName(active);
  const [first] = filesModified;
  const path = open !== undefined && filesModified.includes(open) ? open : first;
  if (path !== undefined) await openDiff(app, path, commit);
}

/** Shows what stood around a memory. */
export async function showTimeline(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id !== undefined) await app.pages.openTimeline(id);
}

async function existing(projects: App["projects"], path: string): Promise<vscode.Uri | undefined> {
  await projects.ofWindow();
  for (const uri of projects.placesOf(path)) {
    const isThere = await vscode.workspace.fs.stat(uri).then(
      ({ type }) => (type & vscode.FileType.File) !== 0,
      () => false,
    );
    if (isThere) return uri;
  }
  return undefined;
}
