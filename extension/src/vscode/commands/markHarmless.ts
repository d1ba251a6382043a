import * as vscode from "vscode";
import { oneLine } from "../../common/text/plainText.js";
import type { App } from "../App.js";
import { pickMemory } from "../views/memoryPick.js";

/**
 * Has a memory that reads like an instruction recalled like others: the one that is open, or one
 * of those that are picked from. The user has read it or is shown it before.
 */
export async function markHarmless(app: App, given?: unknown): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const shown = typeof given === "string" ? given : app.pages.activeMemory;
  const [onPage] = shown === undefined ? [] : await app.memories.get([shown]);
  const open = onPage ?? (uri === undefined ? undefined : await app.documents.memoryAt(uri));
  const memory = open ?? (await picked(app));
  if (memory === undefined) return;
  if (memory.flag === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("This memory is recalled like others already."),
    );
    return;
  }
  const recall = vscode.l10n.t("Recall It");
  const detail = [oneLine(memory.title), "", memory.text].join("\n");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("Does this tell assistants nothing that they must not do?"),
    { modal: true, detail: detail.slice(0, MAX_DETAIL) },
    recall,
  );
  if (answer !== recall) return;
  const isMarked = await app.memories.markHarmless(memory.id);
  app.pages.refresh();
  void vscode.window.showInformationMessage(
    isMarked
      ? vscode.l10n.t("It is recalled like others from now on.")
      : vscode.l10n.t("This is no longer remembered."),
  );
}

/** Characters of a memory that the question shows. */
const MAX_DETAIL = 2_000;

async function picked(app: App): ReturnType<App["documents"]["memoryAt"]> {
  const item = await pickMemory(app, "is:flagged ");
  return item === undefined ? undefined : (await app.memories.get([item.id]))[0];
}
