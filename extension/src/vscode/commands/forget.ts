import * as vscode from "vscode";
import type { ForgetSelection, Selected } from "recollect-wasm";
import type { CommandId } from "../../common/tools/contributions.js";
import { memoryCount } from "../../common/text/count.js";
import { forgetLimits, forgetSentence, namedTitles } from "../../common/memories/forgetText.js";
import type { App } from "../App.js";
import { chooseForgetTarget, type ForgetTarget } from "./forgetChoice.js";
import { previewForget } from "./forgetPreview.js";

/**
 * Forgets what the user chooses, after showing it and asking; gives what was done as a sentence,
 * or `undefined` if the user stepped back.
 *
 * With `words`, the choice begins with a search for them.
 */
export async function forgetByChoice(app: App, words = ""): Promise<string | undefined> {
  let search = words;
  for (;;) {
    const target = await chooseForgetTarget(app, search);
    search = "";
    if (target === undefined) return undefined;
    const selected = await app.memories.select(target.selection);
    if (selected.ids.length === 0) {
      void vscode.window.showInformationMessage(vscode.l10n.t("Nothing is remembered of this."));
      return undefined;
    }
    // What was picked one by one has been seen already.
    const answer = target.isPicked ? "forget" : await previewForget(app, target.title, selected);
    if (answer === "back") continue;
    if (answer === undefined || !(await confirm(target, selected))) return undefined;
    return forget(app, exactly(target, selected));
  }
}

/** The last moment to step back. */
async function confirm({ title }: ForgetTarget, { hits, total }: Selected): Promise<boolean> {
  const forget = vscode.l10n.t("Forget");
  const question =
    total === 1
      ? vscode.l10n.t("Forget this memory?")
      : vscode.l10n.t("Forget these {0} memories?", total);
  const titles = namedTitles(
    hits.map((hit) => hit.title),
    total,
    vscode.l10n,
  );
  const detail = [`${title}:`, ...titles, "", forgetLimits(vscode.l10n)].join("\n");
  const answer = await vscode.window.showWarningMessage(question, { modal: true, detail }, forget);
  return answer === forget;
}

/**
 * What is forgotten in the end: what was shown and nothing more. A project and everything end as
 * a whole, though, with what another window is just remembering of it.
 */
function exactly({ selection, isWhole }: ForgetTarget, { ids }: Selected): ForgetSelection {
  return isWhole ? selection : { ids };
}

async function forget(app: App, selection: ForgetSelection): Promise<string> {
  const report = await vscode.window.withProgress(
    { location: vscode.ProgressLocation.Notification, title: vscode.l10n.t("Forgetting") },
    () => app.memories.forget(selection),
  );
  app.documents.refresh();
  app.log.info(
    `forgot ${memoryCount(report.forgotten, vscode.l10n)}: ${report.written} files written, ` +
      `${report.deleted} deleted, ${report.left} left`,
  );
  const sentence = forgetSentence(report, vscode.l10n);
  void say(sentence, report.left > 0);
  return sentence;
}

/** Reports, and offers to look for other texts about the same thing. */
async function say(sentence: string, isUnfinished: boolean): Promise<void> {
  const searchRest = vscode.l10n.t("Search What Is Left");
  const command: CommandId = "recollect.search";
  const answer = isUnfinished
    ? await vscode.window.showWarningMessage(sentence, searchRest)
    : await vscode.window.showInformationMessage(sentence, searchRest);
  if (answer === searchRest) await vscode.commands.executeCommand(command);
}
