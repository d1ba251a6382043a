import * as vscode from "vscode";
import type { Appended, Note, ObservationType, Provenance } from "recollect-wasm";
import { asProposal } from "../../common/memories/Inbox.js";
import { keptOutSentence } from "../../common/memories/keptOut.js";
import { oneLine } from "../../common/text/plainText.js";
import { OBSERVATION_TYPES, typeWord } from "../../common/views/memoryRow.js";
import type { App } from "../App.js";
import { report } from "../errors.js";

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/** Remembers a text in the project at hand. In Restricted Mode it is marked as low trust. */
export async function rememberText(
  app: Pick<App, "memories" | "projects">,
  note: Omit<Note, "origin">,
  provenance: Provenance,
): Promise<Appended> {
  const project = await app.projects.forNewMemory();
  const trust = vscode.workspace.isTrusted ? "high" : "low";
  return app.memories.remember({ ...note, origin: { project, provenance, trust } });
}

/** Keeps what an assistant wants remembered until somebody approves it. */
export async function propose(
  { memories, projects }: Pick<App, "memories" | "projects">,
  note: Omit<Note, "origin">,
): Promise<Appended> {
  const project = await projects.forNewMemory();
  return memories.remember(asProposal({ ...note, origin: { project, provenance: "assistant" } }));
}

/** Asks why something is worth remembering: nothing typed is no reason, Escape is `undefined`. */
export async function askWhy(title: string, prompt: string): Promise<string | undefined> {
  return vscode.window.showInputBox({
    title: oneLine(title, 80),
    prompt,
    placeHolder: vscode.l10n.t("because …"),
    // The Chat view takes the focus back once a message is sent.
    ignoreFocusOut: true,
  });
}

/** Whether what a person wants to be remembered can be stored now. */
export function mayRemember({ guard, encryption }: Pick<App, "guard" | "encryption">): boolean {
  return !guard.isPrivate && encryption.state !== "locked";
}

/** Remembers what a person wants to be remembered and says what became of it. */
export async function rememberAndSay(app: App, note: Omit<Note, "origin">): Promise<void> {
  const appended = await rememberText(app, note, "user");
  if (appended.status === "skipped") {
    vscode.window.setStatusBarMessage(
      vscode.l10n.t(
        "Nothing was remembered: all of it is private, or of a file of which nothing is kept.",
      ),
      STATUS_MS,
    );
    return;
  }
  vscode.window.setStatusBarMessage(vscode.l10n.t("Remembered."), STATUS_MS);
  offerChanges(app, appended.id, note.text).catch((error: unknown) => report(app, error));
}

/** Says what was made of a text, and offers to change that or to take it back. */
async function offerChanges(app: App, id: string, given: string): Promise<void> {
  const [memory] = await app.memories.get([id]);
  if (memory === undefined) return;
  const sentences = [
    vscode.l10n.t("Kept as {0}: “{1}”.", typeWord(memory, vscode.l10n), oneLine(memory.title, 80)),
    keptOutSentence(given, memory.narrative ?? memory.title, vscode.l10n) ?? "",
  ];
  const [undo, change, open] = [
    vscode.l10n.t("Undo"),
    vscode.l10n.t("Change Type…"),
    vscode.l10n.t("Open"),
  ];
  const answer = await vscode.window.showInformationMessage(
    sentences.join(" ").trim(),
    ...[undo, change, open],
  );
  if (answer === undo) await undoRemember(app, id);
  else if (answer === change) await changeType(app, id);
  else if (answer === open) await app.pages.openMemory(id);
}

/** Forgets at once what was remembered a moment ago. */
export async function undoRemember(app: App, id: string): Promise<void> {
  const { forgotten } = await app.memories.forget({ ids: [id] });
  app.documents.refresh();
  vscode.window.setStatusBarMessage(
    forgotten > 0 ? vscode.l10n.t("It was not kept.") : vscode.l10n.t("It was forgotten already."),
    STATUS_MS,
  );
}

interface TypeItem extends vscode.QuickPickItem {
  readonly type: ObservationType;
}

/** Asks what kind of memory one is, and keeps the answer. */
export async function changeType(app: App, id: string): Promise<void> {
  const [memory] = await app.memories.get([id]);
  if (memory?.kind !== "observation") return;
  const items = OBSERVATION_TYPES.map((type): TypeItem => ({
    type,
    label: typeWord({ type, kind: "observation" }, vscode.l10n),
    ...(type === memory.type ? { description: vscode.l10n.t("as it is now") } : {}),
  }));
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("What kind of memory is “{0}”?", oneLine(memory.title, 60)),
  });
  if (picked === undefined || picked.type === memory.type) return;
  await app.memories.edit(id, { type: picked.type });
  app.documents.refresh();
  vscode.window.setStatusBarMessage(vscode.l10n.t("Saved."), STATUS_MS);
}
