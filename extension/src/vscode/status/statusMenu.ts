import * as vscode from "vscode";
import { notSaved, recordingSentences } from "../../common/views/recordingState.js";
import { memoryCount } from "../../common/text/count.js";
import type { CommandId } from "../../common/tools/contributions.js";
import { oneLine } from "../../common/text/plainText.js";
import type { App } from "../App.js";

interface StatusItem extends vscode.QuickPickItem {
  readonly command?: CommandId;
}

/** What is recorded here and what is not, each line with what can be done about it. */
export async function showStatus(app: App): Promise<void> {
  const items = [...stateItems(app), ...switchItems(app), ...(await countItems(app))];
  const picked = await vscode.window.showQuickPick(items, {
    title: vscode.l10n.t("Memory: status and switches"),
    matchOnDetail: true,
  });
  if (picked?.command !== undefined) await vscode.commands.executeCommand(picked.command);
}

function stateItems({ status }: App): StatusItem[] {
  const { state } = status;
  if (state === undefined) return [];
  const items: StatusItem[] = [];
  if (state.isLocked)
    items.push({
      label: `$(lock) ${vscode.l10n.t("The memories are locked")}`,
      detail: vscode.l10n.t("Unlock them with the recovery code"),
      command: "recollect.unlock",
    });
  if (!state.saved.isSaved)
    items.push({
      label: `$(warning) ${vscode.l10n.t("Not saved yet")}`,
      detail: notSaved(state.saved.isPaused, oneLine(state.saved.reason), vscode.l10n),
      command: "recollect.showLog",
    });
  if (!state.isLocked && !state.isPrivate)
    items.push({
      label: `$(record) ${state.isPaused ? vscode.l10n.t("Paused in this workspace") : vscode.l10n.t("Recording")}`,
      detail: state.isPaused
        ? vscode.l10n.t("Only what you ask for yourself is stored.")
        : recordingSentences(state, vscode.l10n).join(" "),
      command: "recollect.openView",
    });
  return items;
}

function switchItems({ status }: App): StatusItem[] {
  const { isPaused = false, isPrivate = false } = status.state ?? {};
  return [
    isPaused
      ? {
          label: `$(debug-continue) ${vscode.l10n.t("Resume in this workspace")}`,
          command: "recollect.resume",
        }
      : {
          label: `$(debug-pause) ${vscode.l10n.t("Pause in this workspace")}`,
          description: vscode.l10n.t("only what you ask for yourself is stored"),
          command: "recollect.pause",
        },
    isPrivate
      ? {
          label: `$(eye) ${vscode.l10n.t("End the private session")}`,
          command: "recollect.endPrivateSession",
        }
      : {
          label: `$(eye-closed) ${vscode.l10n.t("Start a private session")}`,
          description: vscode.l10n.t("nothing is stored from this window"),
          command: "recollect.startPrivateSession",
        },
  ];
}

async function countItems({ memories, encryption, todayCount }: App): Promise<StatusItem[]> {
  const separator = { label: vscode.l10n.t("Memories"), kind: vscode.QuickPickItemKind.Separator };
  if (encryption.state === "locked") return [];
  const stats = await memories.stats();
  const today = todayCount.count ?? 0;
  return [
    separator,
    {
      label: `$(list-tree) ${memoryCount(stats.memories, vscode.l10n)}`,
      description: vscode.l10n.t(
        "{0} today · projects: {1} · sessions: {2}",
        today,
        stats.projects,
        stats.sessions,
      ),
      command: "recollect.openView",
    },
    {
      label: `$(search) ${vscode.l10n.t("Search memories")}`,
      command: "recollect.search",
    },
    {
      label: `$(git-commit) ${vscode.l10n.t("Learn from git history")}`,
      command: "recollect.learnFromGit",
    },
  ];
}
