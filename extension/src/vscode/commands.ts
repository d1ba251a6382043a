import * as vscode from "vscode";
import type { Note } from "recollect-wasm";
import type { CommandId } from "../common/contributions.js";
import { oneLine } from "../common/plainText.js";
import { memoryCount } from "../common/present.js";
import type { App } from "./App.js";
import { report } from "./errors.js";
import { learnFromGit } from "./learnFromGit.js";
import { pickMemories, pickMemory } from "./memoryPick.js";
import { rememberText } from "./remember.js";

type Command = (app: App, ...args: unknown[]) => Promise<void>;

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/** What each command does. */
const commands = {
  "recollect.rememberSelection": rememberSelection,
  "recollect.remember": remember,
  "recollect.search": search,
  "recollect.learnFromGit": learnFromGit,
  "recollect.forget": forget,
  "recollect.showLog": showLog,
  "recollect.openMemory": openMemory,
} satisfies Record<CommandId, Command>;

export function registerCommands(app: App): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries<Command>(commands).map(([id, run]) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await run(app, ...args);
        } catch (error) {
          await report(app, error);
        }
      }),
    ),
  );
}

async function rememberSelection(app: App): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  const text = editor?.document.getText(editor.selection) ?? "";
  if (editor === undefined || text.trim() === "") {
    void vscode.window.showInformationMessage(vscode.l10n.t("Select the text to remember first."));
    return;
  }
  const { uri } = editor.document;
  // Only a file of the project is named; a path elsewhere would say more than was asked for.
  const isInProject = vscode.workspace.getWorkspaceFolder(uri) !== undefined;
  await rememberAndSay(
    app,
    text,
    isInProject ? { file: vscode.workspace.asRelativePath(uri, false) } : {},
  );
}

async function remember(app: App): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Remember"),
    prompt: vscode.l10n.t(
      "What is to be remembered? Text inside <private> and </private> is not stored.",
    ),
    ignoreFocusOut: true,
  });
  if (text !== undefined && text.trim() !== "") await rememberAndSay(app, text, {});
}

async function rememberAndSay(app: App, text: string, details: Pick<Note, "file">): Promise<void> {
  const appended = await rememberText(app, { text, ...details }, "user");
  const sentence =
    appended.status === "pending"
      ? vscode.l10n.t("Remembered.")
      : vscode.l10n.t("Nothing was remembered: all of it is private.");
  vscode.window.setStatusBarMessage(sentence, STATUS_MS);
}

async function search(app: App): Promise<void> {
  const picked = await pickMemory(app);
  if (picked !== undefined) await openMemory(app, picked.id);
}

async function forget(app: App): Promise<void> {
  const picked = await pickMemories(app, vscode.l10n.t("Search and tick what is to be forgotten"));
  if (picked.length === 0) return;
  const shown = picked.slice(0, 10).map(({ label }) => `• ${oneLine(label, 80)}`);
  if (picked.length > shown.length)
    shown.push(vscode.l10n.t("… and {0} more", picked.length - shown.length));
  const confirm = vscode.l10n.t("Forget");
  const answer = await vscode.window.showWarningMessage(
    picked.length === 1
      ? vscode.l10n.t("Forget this memory?")
      : vscode.l10n.t("Forget these {0} memories?", picked.length),
    {
      modal: true,
      detail: [
        ...shown,
        "",
        vscode.l10n.t(
          "They will no longer be found, here and in every other window. This cannot be undone. Their text stays in the files of the storage folder, which this version does not clean up yet.",
        ),
      ].join("\n"),
    },
    confirm,
  );
  if (answer !== confirm) return;
  const forgotten = await app.memories.forget(picked.map(({ id }) => id));
  app.documents.refresh();
  vscode.window.setStatusBarMessage(
    vscode.l10n.t("Forgot {0}.", memoryCount(forgotten, vscode.l10n)),
    STATUS_MS,
  );
}

function showLog(app: App): Promise<void> {
  app.log.show();
  return Promise.resolve();
}

async function openMemory(app: App, id: unknown): Promise<void> {
  if (typeof id === "string" && (await app.documents.open(id))) return;
  void vscode.window.showInformationMessage(vscode.l10n.t("This is no longer remembered."));
}
