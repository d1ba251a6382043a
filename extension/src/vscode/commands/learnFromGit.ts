import * as vscode from "vscode";
import { learnFrom, type LearnResult } from "../../common/git/gitHistory.js";
import type { App } from "../App.js";
import { signalOf } from "./cancellation.js";
import { readSettings } from "../settings.js";

/** Makes memories of the commits of the open repository, with progress and cancel. */
export async function learnFromGit(app: App): Promise<void> {
  // The command is disabled in Restricted Mode, but it can be run by its id.
  if (!vscode.workspace.isTrusted) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t(
        "Trust this folder first: in Restricted Mode nothing is read from the project.",
      ),
    );
    return;
  }
  const folder = await chooseFolder();
  if (folder === undefined) return;
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Learning from git history"),
      cancellable: true,
    },
    (progress, token) => learn(app, folder.uri, progress, token),
  );
  void vscode.window.showInformationMessage(
    result === undefined
      ? vscode.l10n.t(
          "No git history can be read in {0}. A folder with a repository of at least one commit is needed.",
          folder.name,
        )
      : sentenceFor(result),
  );
}

async function learn(
  app: App,
  folder: vscode.Uri,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<LearnResult | undefined> {
  const history = await app.host.openHistory(folder);
  if (history === undefined) return undefined;
  const { maxCommits } = readSettings(folder);
  let shown = 0;
  const result = await learnFrom(history, app.memories, {
    project: await app.projects.of(folder),
    maxCommits,
    signal: signalOf(token),
    onProgress: ({ read }) => {
      progress.report({
        message: vscode.l10n.t("{0} commits", read),
        increment: ((read - shown) / maxCommits) * 100,
      });
      shown = read;
    },
  });
  app.log.info(
    `git history: ${result.read} commits read, ${result.learned} learned, ${result.known} known`,
  );
  return result.read === 0 && !result.isCancelled ? undefined : result;
}

async function chooseFolder(): Promise<vscode.WorkspaceFolder | undefined> {
  const folders = vscode.workspace.workspaceFolders ?? [];
  if (folders.length > 1) {
    return vscode.window.showWorkspaceFolderPick({
      placeHolder: vscode.l10n.t("Learn from the history of which folder?"),
    });
  }
  if (folders.length === 0)
    void vscode.window.showInformationMessage(
      vscode.l10n.t("Open a folder with a git repository first."),
    );
  return folders[0];
}

function sentenceFor({ learned, known, isCancelled }: LearnResult): string {
  const commits = learned === 1 ? vscode.l10n.t("1 commit") : vscode.l10n.t("{0} commits", learned);
  if (isCancelled) return vscode.l10n.t("Cancelled. Learned {0} so far; they stay.", commits);
  return known === 0
    ? vscode.l10n.t("Learned {0}.", commits)
    : vscode.l10n.t("Learned {0}; {1} were known already.", commits, known);
}
