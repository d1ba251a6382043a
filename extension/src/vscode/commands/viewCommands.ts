import * as vscode from "vscode";
import type { App } from "../App.js";

/** Shows the side bar of the memories. */
export async function openView(): Promise<void> {
  await vscode.commands.executeCommand("workbench.view.extension.recollect");
}

/** Shows the first steps. */
export async function getStarted({ views }: App): Promise<void> {
  const steps = "recollect.recollect#start";
  await vscode.commands.executeCommand("workbench.action.openWalkthrough", steps, false);
  await views.tellFirstStep();
}

/** Shows the search of the side bar, with a question in it if there is one. */
export async function searchInView({ searchView }: App, text: unknown): Promise<void> {
  await searchView.show(typeof text === "string" ? text : undefined);
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
