import * as vscode from "vscode";
import { ruleProblem } from "../common/text/coreWords.js";
import type { Memories } from "../common/memories/Memories.js";

/** Says which of the user's own privacy rules are left out, and that the others hold. */
export function showRuleProblems(problems: readonly string[]): void {
  const openSettings = vscode.l10n.t("Open Settings");
  const message = vscode.l10n.t(
    "Some of your privacy rules cannot be used and are left out; the others hold: {0}.",
    problems.map((problem) => ruleProblem(problem, vscode.l10n)).join("; "),
  );
  void vscode.window.showWarningMessage(message, openSettings).then((answer) => {
    if (answer !== openSettings) return;
    void vscode.commands.executeCommand("workbench.action.openSettings", "recollect.privacy");
  });
}

/** Looks at the rules as soon as the user changes them. */
export function followPrivacyRules(memories: Pick<Memories, "checkRules">): vscode.Disposable {
  return vscode.workspace.onDidChangeConfiguration((event) => {
    if (event.affectsConfiguration("recollect.privacy")) memories.checkRules();
  });
}
