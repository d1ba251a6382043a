import * as vscode from "vscode";
import type { LearnResult } from "../../common/git/gitHistory.js";
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
      : sentenceFor(result, readSettings(folder.uri).maxCommits),
  );
}

async function learn(
  app: App,
  folder: vscode.Uri,
  progress: vscode.Progress<{ message?: string; increment?: number }>,
  token: vscode.CancellationToken,
): Promise<LearnResult | undefined> {
  let shown = 0;
  const result = await app.learning.learn(folder, {
    signal: signalOf(token),
    onProgress: ({ read, missing }) => {
      if (missing === 0) return;
      const message = vscode.l10n.t("{0} of {1} commits", read, missing);
      const percent = (read / missing) * 100;
      progress.report({ message, increment: Math.max(0, percent - shown) });
      shown = percent;
    },
  });
  if (result === undefined) return undefined;
  const { read, learned, known, skipped, unreadable, isCapped, isCancelled } = result;
  const left = `${skipped} left out, ${unreadable} unreadable${isCapped ? ", older ones not read" : ""}`;
  app.log.info(`git history: ${read} commits read, ${learned} learned, ${known} known, ${left}`);
  return read + known + unreadable === 0 && !isCancelled ? undefined : result;
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

/** What was learned, and what was left out and why. */
function sentenceFor(result: LearnResult, maxCommits: number): string {
  const { learned, known, skipped, unreadable, isCapped, isCancelled } = result;
  const commits = learned === 1 ? vscode.l10n.t("1 commit") : vscode.l10n.t("{0} commits", learned);
  if (isCancelled) return vscode.l10n.t("Cancelled. Learned {0} so far; they stay.", commits);
  const sentences = [
    known === 0
      ? vscode.l10n.t("Learned {0}.", commits)
      : vscode.l10n.t("Learned {0}; {1} were known already.", commits, known),
  ];
  if (skipped > 0)
    sentences.push(vscode.l10n.t("Left out {0} that say nothing but what is private.", skipped));
  if (unreadable > 0)
    sentences.push(vscode.l10n.t("Left out {0} that could not be read.", unreadable));
  if (isCapped)
    sentences.push(
      vscode.l10n.t(
        "Older ones were left out: the setting recollect.git.maxCommits allows {0}.",
        maxCommits,
      ),
    );
  return sentences.join(" ");
}
