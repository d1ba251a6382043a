import * as vscode from "vscode";
import type { DecidedResult, Left } from "../../common/git/hosted/HostedRepository.js";
import { describe } from "../../common/Log.js";
import type { App } from "../App.js";
import { hostedRepository, signIn, type Hosted } from "../git/HostedRepositories.js";
import { readSettings } from "../settings.js";

/** The window has other things to do while it starts. */
const ASK_AFTER_MS = 8_000;

/** Asks once for a repository of a hosting service whether its history is to be learned. */
export function askForHosted(app: App): vscode.Disposable {
  const timer = setTimeout(() => {
    ask(app).catch((error: unknown) => {
      app.log.debug(`a hosted repository was not asked about: ${describe(error)}`);
    });
  }, ASK_AFTER_MS);
  return new vscode.Disposable(() => clearTimeout(timer));
}

async function ask(app: App): Promise<void> {
  const folder = app.projects.currentFolder();
  const isQuiet = app.guard.isPrivate || app.guard.isPaused;
  if (folder === undefined || isQuiet || !vscode.workspace.isTrusted) return;
  const hosted = hostedRepository(folder, app.kept);
  if (hosted === undefined || hosted.kept.notes.history !== undefined) return;
  if (!readSettings(folder).learnsAutomatically) return;
  // Whoever closes the question has answered it too.
  await hosted.kept.note({ history: false });
  const learn = vscode.l10n.t("Learn");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Learn the history of {0} from {1}? Its commits and tags are asked for with your sign-in there; nothing else is sent.",
      hosted.title,
      hosted.service.host,
    ),
    learn,
    vscode.l10n.t("Not Now"),
  );
  if (answer !== learn) return;
  await agree(app, hosted);
  await vscode.commands.executeCommand("recollect.learnFromGit");
}

async function agree(app: App, { kept }: Hosted): Promise<void> {
  await kept.note({ history: true });
  app.learning.agreementChanged();
}

/** Whether the history of a hosted repository may be learned now: the user said yes, and is signed in. */
export async function mayLearnHosted(app: App, hosted: Hosted): Promise<boolean> {
  const { kept, service, title } = hosted;
  if (kept.notes.history !== true) {
    const learn = vscode.l10n.t("Learn");
    const answer = await vscode.window.showInformationMessage(
      vscode.l10n.t("Learn the history of {0} from {1}?", title, service.host),
      {
        modal: true,
        detail: vscode.l10n.t(
          "Recollect asks {0} for commits, the files they name, and tags, now and when you open this repository again, with your sign-in there. It only reads, and sends nothing else. Memory: Stop Learning from Hosting Service ends it.",
          service.base,
        ),
      },
      learn,
    );
    if (answer !== learn) return false;
    await agree(app, hosted);
  }
  if ((await signIn(service, "asking")) !== undefined) return true;
  void vscode.window.showInformationMessage(
    vscode.l10n.t("Nothing was learned: {0} is asked only with your sign-in.", service.host),
  );
  return false;
}

/** Asks, once, whether pull requests and issues are to be learned too; true if so. */
export async function mayLearnDecided({ kept, title }: Hosted): Promise<boolean> {
  if (kept.notes.decided !== undefined) return false;
  await kept.note({ decided: false });
  const learn = vscode.l10n.t("Learn");
  const answer = await vscode.window.showInformationMessage(
    vscode.l10n.t(
      "Learn also what was decided in merged pull requests and closed issues of {0}? What others than its own people wrote there is marked as of low trust.",
      title,
    ),
    learn,
    vscode.l10n.t("Not Now"),
  );
  if (answer !== learn) return false;
  await kept.note({ decided: true });
  return true;
}

/** Ends what was agreed to for a hosted repository; what was learned stays. */
export async function stopHosted(app: App): Promise<void> {
  const folder = app.projects.currentFolder();
  const hosted = folder && hostedRepository(folder, app.kept);
  if (hosted === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t("This window shows no repository of a hosting service."),
    );
    return;
  }
  await hosted.kept.clear();
  await hosted.kept.note({ history: false, decided: false });
  app.learning.agreementChanged();
  void vscode.window.showInformationMessage(
    vscode.l10n.t(
      "{0} is no longer asked about {1}. What was learned stays; Memory: Forget… removes it.",
      hosted.service.host,
      hosted.title,
    ),
  );
}

/** Why the service gave no more. */
export function sentenceAboutLeft({ reason, until }: Left, host: string): string {
  switch (reason) {
    case "limit":
      return until === undefined
        ? vscode.l10n.t("{0} takes no more requests for now; the rest follows later.", host)
        : vscode.l10n.t(
            "{0} takes no more requests until {1}; the rest follows then.",
            host,
            new Date(until).toLocaleTimeString([], { hour: "2-digit", minute: "2-digit" }),
          );
    case "sign-in":
      return vscode.l10n.t("Your sign-in at {0} is no longer valid.", host);
    case "refused":
      return vscode.l10n.t("{0} refused to tell more with your sign-in.", host);
    case "missing":
      return vscode.l10n.t("{0} knows no such repository or branch for your sign-in.", host);
    case "server":
      return vscode.l10n.t("{0} could not be reached; the rest follows the next time.", host);
  }
}

/** What came of pull requests and issues. */
export function sentenceAboutDecided({ learned, known, leftOut }: DecidedResult): string {
  return known + leftOut === 0
    ? vscode.l10n.t("Learned {0} pull requests and issues.", learned)
    : vscode.l10n.t(
        "Learned {0} pull requests and issues; {1} were known already, {2} left out.",
        learned,
        known,
        leftOut,
      );
}
