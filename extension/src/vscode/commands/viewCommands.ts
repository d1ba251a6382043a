import * as vscode from "vscode";
import { tellSession } from "../../common/recall/findSessions.js";
import { sessionMarkdown } from "../../common/recall/sessionMarkdown.js";
import type { App } from "../App.js";
import { presentation } from "../views/presentation.js";

/** Shows the side bar of the memories. */
export async function openView(): Promise<void> {
  await vscode.commands.executeCommand("workbench.view.extension.recollect");
}

/** Shows one session as a page. */
export async function openSession(app: App, key: unknown): Promise<void> {
  if (typeof key !== "string") return;
  const session = await tellSession(app.memories, key);
  await app.reports.show(vscode.l10n.t("Session"), sessionMarkdown(session, [], presentation));
}

/** Opens a file that memories name, where it still is. */
export async function openFile({ projects }: App, path: unknown): Promise<void> {
  if (typeof path !== "string") return;
  await projects.ofWindow();
  for (const uri of projects.placesOf(path)) {
    const isThere = await vscode.workspace.fs.stat(uri).then(
      ({ type }) => (type & vscode.FileType.File) !== 0,
      () => false,
    );
    if (!isThere) continue;
    await vscode.window.showTextDocument(uri, { preview: true });
    return;
  }
  void vscode.window.showInformationMessage(
    vscode.l10n.t("{0} is not in the open folders; it may have another name since.", path),
  );
}

/** Shows more rows of a list. */
export function showMore({ views }: App, viewId: unknown): Promise<void> {
  if (typeof viewId === "string") views.showMore(viewId);
  return Promise.resolve();
}

/** Makes the rows of all lists anew, with what other windows wrote. */
export async function refreshViews({ memories, views }: App): Promise<void> {
  await memories.refreshNow();
  views.refresh();
}
