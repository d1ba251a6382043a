import * as vscode from "vscode";
import { claudeCode } from "../../common/import/claudeCode.js";
import { codex } from "../../common/import/codex.js";
import { copilotCli } from "../../common/import/copilotCli.js";
import { earlierSessions } from "../../common/import/earlierSessions.js";
import { gemini } from "../../common/import/gemini.js";
import { describe } from "../../common/Log.js";
import type { App } from "../App.js";
import { readSettings } from "../settings.js";
import { take } from "./importSomething.js";

/** Commits are learned by themselves before, and the window has other things to do while it starts. */
const ASK_AFTER_MS = 15_000;

/** Says for a workspace that it was asked about. */
const ASKED = "recollect.import.asked";

/** Agents whose files are sessions of a folder. */
const AGENTS = [claudeCode, codex, copilotCli, gemini];

/**
 * Asks once for a repository whether its earlier sessions with agents are to be remembered, where
 * nothing of any session is remembered yet. Not in Restricted Mode, in a pause or a private session.
 */
export function askFirst(app: App, kept: vscode.Memento): vscode.Disposable {
  const cancellation = new AbortController();
  const timer = setTimeout(() => {
    ask(app, kept, cancellation.signal).catch((error: unknown) => {
      app.log.debug(`earlier sessions were not looked for: ${describe(error)}`);
    });
  }, ASK_AFTER_MS);
  return new vscode.Disposable(() => {
    clearTimeout(timer);
    cancellation.abort();
  });
}

async function ask(app: App, kept: vscode.Memento, signal: AbortSignal): Promise<void> {
  const { importing } = app.host;
  const folder = app.projects.currentFolder();
  const isQuiet = app.guard.isPrivate || app.guard.isPaused;
  if (importing === undefined || folder?.scheme !== "file" || isQuiet) return;
  if (!vscode.workspace.isTrusted || kept.get(ASKED) === true) return;
  const { memories } = app;
  const project = await app.projects.of(folder);
  const { hits } = await memories.recent({
    ...{ projects: [project.id], kinds: ["prompt", "summary"], limit: 1 },
  });
  if (hits.length > 0) return;
  const placeOf = importing.placesOf(memories);
  const isOfProject = async (path: string): Promise<boolean> =>
    (await placeOf(path)).project.id === project.id;
  const sources = await earlierSessions(AGENTS, importing, isOfProject, signal);
  const sessions = sources.reduce((sum, { found }) => sum + found.length, 0);
  if (sessions === 0 || signal.aborted) return;
  await kept.update(ASKED, true);
  const commits = (await memories.knownCommits(project)).length;
  const sentence =
    commits === 0
      ? vscode.l10n.t("This repository has earlier agent sessions: {0}. Learn from them?", sessions)
      : vscode.l10n.t(
          "This repository has {0} commits and {1} earlier agent sessions. Learn from them?",
          commits,
          sessions,
        );
  const learn = vscode.l10n.t("Learn");
  const later = vscode.l10n.t("Not Now");
  if ((await vscode.window.showInformationMessage(sentence, learn, later)) !== learn) return;
  await take(app, importing, sources);
  if (!readSettings(folder).learnsAutomatically)
    await vscode.commands.executeCommand("recollect.learnFromGit");
}
