import * as vscode from "vscode";
import type { ObservationType } from "recollect-wasm";
import { UNDO_MS } from "../../common/memories/LeavingMemories.js";
import { oneLine } from "../../common/text/plainText.js";
import type { ViewRow } from "../../common/views/ViewRow.js";
import type { App } from "../App.js";
import { report } from "../errors.js";
import { pickMemory } from "../views/memoryPick.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/**
 * The memory that a command is about: the id or the row that it was given, else the page at hand,
 * else one that is picked.
 */
export async function memoryMeant(app: App, given: unknown): Promise<string | undefined> {
  if (typeof given === "string") return given;
  const { opens } = (given ?? {}) as Partial<ViewRow>;
  if (opens?.kind === "memory") return opens.id;
  return app.pages.activeMemory ?? (await pickMemory(app))?.id;
}

/** Keeps a memory at hand, or no longer. */
export async function setPinned(app: App, id: string, isPinned: boolean): Promise<void> {
  await app.memories.edit(id, { isPinned });
  app.pages.refresh();
  vscode.window.setStatusBarMessage(
    isPinned ? vscode.l10n.t("Pinned.") : vscode.l10n.t("No longer pinned."),
    STATUS_MS,
  );
}

export async function pinMemory(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id !== undefined) await setPinned(app, id, true);
}

export async function unpinMemory(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id !== undefined) await setPinned(app, id, false);
}

/** Shows a memory as a form. */
export async function editMemoryPage(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id === undefined) return;
  if (!(await app.pages.openMemory(id, { isEditing: true })))
    void vscode.window.showInformationMessage(vscode.l10n.t("This is no longer remembered."));
}

/** Gives a memory what was typed in place of what it said; false if nothing may be kept of that. */
export async function editMemory(
  app: App,
  id: string,
  values: { readonly title: string; readonly text: string; readonly type: ObservationType },
): Promise<boolean> {
  const [memory] = await app.memories.get([id]);
  if (memory === undefined) return false;
  const title = oneLine(values.title, 300);
  const text = values.text.trim();
  const changed = {
    ...(title === "" || title === memory.title ? {} : { title }),
    ...(text === (memory.narrative ?? "").trim() ? {} : { narrative: text }),
    ...(values.type === memory.type ? {} : { type: values.type }),
  };
  if (Object.keys(changed).length > 0) {
    if (!(await app.memories.edit(id, changed))) {
      void vscode.window.showWarningMessage(
        vscode.l10n.t("Nothing was changed: all of it is private."),
      );
      return false;
    }
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t("Saved."), STATUS_MS);
  return true;
}

export async function forgetMemory(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id !== undefined) await forgetWithUndo(app, id);
}

/** Forgets one memory in a few seconds, and offers to keep it until then. */
export async function forgetWithUndo(app: App, id: string): Promise<void> {
  const [memory] = await app.memories.get([id]);
  if (memory === undefined) return;
  app.leaving.forget(memory.id, (error) => void report(app, error));
  const undo = vscode.l10n.t("Undo");
  const sentence = vscode.l10n.t(
    "“{0}” will be forgotten for good in {1} seconds.",
    oneLine(memory.title, 80),
    UNDO_MS / 1_000,
  );
  void vscode.window.showInformationMessage(sentence, undo).then((answer) => {
    if (answer !== undo) return;
    const isKept = app.leaving.undo(memory.id);
    vscode.window.setStatusBarMessage(
      isKept ? vscode.l10n.t("It is kept.") : vscode.l10n.t("It was forgotten already."),
      STATUS_MS,
    );
  });
}

/** Copies the text of a memory. */
export async function copyMemory(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  const [memory] = id === undefined ? [] : await app.memories.get([id]);
  if (memory === undefined) return;
  await vscode.env.clipboard.writeText([memory.title, "", memory.text].join("\n"));
  vscode.window.setStatusBarMessage(vscode.l10n.t("Copied."), STATUS_MS);
}
