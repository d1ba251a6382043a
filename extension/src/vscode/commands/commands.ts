import * as vscode from "vscode";
import type { Note } from "recollect-wasm";
import type { CommandId } from "../../common/tools/contributions.js";
import { NotRecordingError } from "../../common/memories/WriteGuard.js";
import type { App } from "../App.js";
import { showAssistantWrites, undoAssistantWrites } from "../tools/assistantWrites.js";
import { connectAgent } from "./connectAgent.js";
import { checkStorage } from "./checkStorage.js";
import {
  decryptMemories,
  encryptMemories,
  showRecoveryCode,
  unlockMemories,
} from "./encryptionCommands.js";
import { report, sentenceAbout } from "../errors.js";
import { forgetByChoice } from "./forget.js";
import { learnFromGit } from "./learnFromGit.js";
import { markHarmless } from "./markHarmless.js";
import { askAgain } from "../chat/askAgain.js";
import { pickAnswer } from "../views/askPick.js";
import { endPrivateSession, pause, resume, startPrivateSession } from "../status/recording.js";
import { showStatus } from "../status/statusMenu.js";
import { rememberText } from "./remember.js";
import {
  copyMemory,
  editMemoryPage,
  forgetMemory,
  pinMemory,
  unpinMemory,
} from "./changeMemory.js";
import {
  openCommit,
  openDiff,
  openFile,
  openMemoryPage,
  openSession,
  showTimeline,
} from "./openCommands.js";
import { openView, refreshViews, searchInView, showMore } from "./viewCommands.js";
import { importSomething } from "../import/importSomething.js";
import { exportToFile } from "./transferCommands.js";

type Command = (app: App, ...args: unknown[]) => Promise<void>;

/** How long a sentence stays in the status bar. */
const STATUS_MS = 5_000;

/** What each command does. */
const commands = {
  "recollect.rememberSelection": rememberSelection,
  "recollect.remember": remember,
  "recollect.ask": askMemory,
  "recollect.search": askMemory,
  "recollect.learnFromGit": learnFromGit,
  "recollect.forget": forget,
  "recollect.export": exportToFile,
  "recollect.import": importSomething,
  "recollect.checkStorage": checkStorage,
  "recollect.startPrivateSession": startPrivateSession,
  "recollect.endPrivateSession": endPrivateSession,
  "recollect.pause": pause,
  "recollect.resume": resume,
  "recollect.showAssistantWrites": showAssistantWrites,
  "recollect.undoAssistantWrites": undoAssistantWrites,
  "recollect.stopRewriting": stopRewriting,
  "recollect.encrypt": encryptMemories,
  "recollect.unlock": unlockMemories,
  "recollect.showRecoveryCode": showRecoveryCode,
  "recollect.decrypt": decryptMemories,
  "recollect.showLog": showLog,
  "recollect.openMemory": openMemory,
  "recollect.askAgain": askAgain,
  "recollect.markHarmless": markHarmless,
  "recollect.connectAgent": connectAgent,
  "recollect.openView": openView,
  "recollect.showStatus": showStatus,
  "recollect.openMemoryPage": openMemoryPage,
  "recollect.openSession": openSession,
  "recollect.openFile": openFile,
  "recollect.showMore": showMore,
  "recollect.refreshViews": refreshViews,
  "recollect.searchInView": searchInView,
  "recollect.openDiff": openDiff,
  "recollect.openCommit": openCommit,
  "recollect.showTimeline": showTimeline,
  "recollect.pinMemory": pinMemory,
  "recollect.unpinMemory": unpinMemory,
  "recollect.editMemory": editMemoryPage,
  "recollect.forgetMemory": forgetMemory,
  "recollect.copyMemory": copyMemory,
} satisfies Record<CommandId, Command>;

export function registerCommands(app: App): vscode.Disposable {
  return vscode.Disposable.from(
    ...Object.entries<Command>(commands).map(([id, run]) =>
      vscode.commands.registerCommand(id, async (...args: unknown[]) => {
        try {
          await run(app, ...args);
        } catch (error) {
          // What the user has switched off is an answer and no failure.
          if (error instanceof NotRecordingError)
            void vscode.window.showInformationMessage(sentenceAbout(error) ?? "");
          else await report(app, error);
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
  await app.projects.current();
  const file = app.projects.fileName(uri);
  await rememberAndSay(app, text, file === undefined ? {} : { file });
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
      : vscode.l10n.t(
          "Nothing was remembered: all of it is private, or of a file of which nothing is kept.",
        );
  vscode.window.setStatusBarMessage(sentence, STATUS_MS);
}

/** Answers in a list; a keybinding or another extension may give the question. */
async function askMemory(app: App, question?: unknown): Promise<void> {
  const picked = await pickAnswer(app, typeof question === "string" ? { question } : {});
  if (picked !== undefined) await openMemory(app, picked);
}

async function forget(app: App): Promise<void> {
  await forgetByChoice(app);
}

function stopRewriting({ rewriter }: App): Promise<void> {
  rewriter.cancel();
  vscode.window.setStatusBarMessage(
    vscode.l10n.t("What waited for the language model stays as it is."),
    STATUS_MS,
  );
  return Promise.resolve();
}

function showLog(app: App): Promise<void> {
  app.log.show();
  return Promise.resolve();
}

async function openMemory(app: App, id: unknown): Promise<void> {
  if (typeof id === "string" && (await app.documents.open(id))) {
    await app.memories.recalled([id]);
    return;
  }
  void vscode.window.showInformationMessage(vscode.l10n.t("This is no longer remembered."));
}
