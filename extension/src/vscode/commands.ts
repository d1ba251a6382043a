import * as vscode from "vscode";
import type { CommandId } from "../common/tools/contributions.js";
import { saysWhy, selectionTitle, withWhy } from "../common/memories/why.js";
import { NotRecordingError } from "../common/memories/WriteGuard.js";
import type { App } from "./App.js";
import { showAssistantWrites, undoAssistantWrites } from "./tools/assistantWrites.js";
import { connectAgent } from "./commands/connectAgent.js";
import { checkStorage } from "./commands/checkStorage.js";
import {
  decryptMemories,
  encryptMemories,
  showRecoveryCode,
  unlockMemories,
} from "./commands/encryptionCommands.js";
import { report, sentenceAbout } from "./errors.js";
import { forgetByChoice } from "./commands/forget.js";
import { keepProposal, previewContext, rejectProposal } from "./tools/inbox.js";
import { learnFromGit } from "./commands/learnFromGit.js";
import { stopHosted } from "./commands/learnHosted.js";
import { markHarmless } from "./commands/markHarmless.js";
import { askAgain } from "./chat/askAgain.js";
import { pickAnswer } from "./views/askPick.js";
import { endPrivateSession, pause, resume, startPrivateSession } from "./status/recording.js";
import { showStatus } from "./status/statusMenu.js";
import {
  askWhy,
  changeType,
  mayRemember,
  rememberAndSay,
  undoRemember,
} from "./commands/remember.js";
import {
  copyMemory,
  editMemoryPage,
  forgetMemory,
  memoryMeant,
  pinMemory,
  unpinMemory,
} from "./commands/changeMemory.js";
import {
  openCommit,
  openDiff,
  openFile,
  openMemoryPage,
  openSession,
  showTimeline,
} from "./commands/openCommands.js";
import {
  getStarted,
  openView,
  refreshViews,
  searchInView,
  showMore,
} from "./commands/viewCommands.js";
import { importSomething } from "./import/importSomething.js";
import { exportToFile } from "./commands/exportToFile.js";

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
  "recollect.stopHosted": stopHosted,
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
  "recollect.openMemory": openMemoryPage,
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
  "recollect.changeType": changeTypeOf,
  "recollect.undoRemember": undoRememberOf,
  "recollect.getStarted": getStarted,
  "recollect.keepProposal": keepProposalOf,
  "recollect.rejectProposal": rejectProposal,
  "recollect.previewContext": previewContext,
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
  const { start, end } = editor.selection;
  // A selection of whole lines ends before the first letter of the next one.
  const last = end.character === 0 && end.line > start.line ? end.line : end.line + 1;
  const lines = file === undefined ? undefined : { file, first: start.line + 1, last };
  const why =
    mayRemember(app) && !saysWhy(text)
      ? await askWhy(
          lines === undefined ? vscode.l10n.t("Remember Selection") : selectionTitle(lines, ""),
          vscode.l10n.t(
            "Why is this worth remembering? Enter alone keeps it without a reason; Escape keeps nothing.",
          ),
        )
      : "";
  if (why === undefined) return;
  await rememberAndSay(app, {
    text: withWhy(text, why, vscode.l10n),
    ...(lines === undefined ? {} : { file: lines.file, title: selectionTitle(lines, why) }),
  });
}

async function remember(app: App): Promise<void> {
  const text = await vscode.window.showInputBox({
    title: vscode.l10n.t("Remember"),
    prompt: vscode.l10n.t(
      "What is to be remembered? Text inside <private> and </private> is not stored.",
    ),
    ignoreFocusOut: true,
  });
  if (text !== undefined && text.trim() !== "") await rememberAndSay(app, { text });
}

/** Answers in a list; a keybinding or another extension may give the question. */
async function askMemory(app: App, question?: unknown): Promise<void> {
  const picked = await pickAnswer(app, typeof question === "string" ? { question } : {});
  if (picked !== undefined) await openMemoryPage(app, picked);
}

async function changeTypeOf(app: App, given: unknown): Promise<void> {
  const id = await memoryMeant(app, given);
  if (id !== undefined) await changeType(app, id);
}

async function keepProposalOf(app: App, given: unknown): Promise<void> {
  await keepProposal(app, given);
}

async function undoRememberOf(app: App, id: unknown): Promise<void> {
  if (typeof id === "string") await undoRemember(app, id);
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
