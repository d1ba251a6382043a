import * as vscode from "vscode";
import type { Left } from "../../common/git/hosted/HostedRepository.js";
import type { LearnResult } from "../../common/git/gitHistory.js";
import type { App } from "../App.js";
import { hostedRepository, signIn, type Hosted } from "../git/HostedRepositories.js";
import { signalOf } from "./cancellation.js";
import {
  mayLearnDecided,
  mayLearnHosted,
  sentenceAboutDecided,
  sentenceAboutLeft,
} from "./learnHosted.js";
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
  const hosted = hostedRepository(folder.uri, app.kept);
  if (hosted === undefined) {
    void vscode.window.showInformationMessage(await learnAndTell(app, folder));
    return;
  }
  if (await mayLearnHosted(app, hosted)) await learnHosted(app, folder, hosted);
}

/** Learns from a hosting service, and offers what the user may want next. */
async function learnHosted(
  app: App,
  folder: vscode.WorkspaceFolder,
  hosted: Hosted,
): Promise<void> {
  const told: { left?: Left } = {};
  const { host } = hosted.service;
  const sentence = await learnAndTell(app, folder, (result) => {
    const left = result.left ?? result.decided?.left;
    if (left !== undefined) told.left = left;
    return [
      ...(result.withoutFiles === undefined
        ? []
        : [vscode.l10n.t("Of {0} older ones the files are not known.", result.withoutFiles)]),
      ...(result.decided === undefined ? [] : [sentenceAboutDecided(result.decided)]),
      ...(left === undefined ? [] : [sentenceAboutLeft(left, host)]),
    ];
  });
  if (told.left?.reason !== "sign-in") {
    void vscode.window.showInformationMessage(sentence);
    if (await mayLearnDecided(hosted)) await learnHosted(app, folder, hosted);
    return;
  }
  const again = vscode.l10n.t("Sign In Again");
  const answer = await vscode.window.showInformationMessage(sentence, again);
  if (answer === again && (await signIn(hosted.service, "anew")) !== undefined)
    await learnHosted(app, folder, hosted);
}

/** Learns with progress, and says what came of it. */
async function learnAndTell(
  app: App,
  folder: vscode.WorkspaceFolder,
  more: (result: LearnResult) => string[] = () => [],
): Promise<string> {
  const result = await vscode.window.withProgress(
    {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t("Learning from git history"),
      cancellable: true,
    },
    (progress, token) => learn(app, folder.uri, progress, token),
  );
  if (result === undefined)
    return vscode.l10n.t(
      "No git history can be read in {0}. A folder with a repository of at least one commit is needed.",
      folder.name,
    );
  return [sentenceFor(result, readSettings(folder.uri).maxCommits), ...more(result)].join(" ");
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
    onProgress: ({ read, missing, decided }) => {
      if (decided !== undefined) {
        progress.report({
          message: vscode.l10n.t("{0} pull requests and issues", decided.read),
        });
        return;
      }
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
  const isNothing = read + known + unreadable === 0 && result.left === undefined;
  return isNothing && !isCancelled ? undefined : result;
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
