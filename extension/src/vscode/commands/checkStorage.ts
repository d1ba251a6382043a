import * as vscode from "vscode";
import type { CommandId } from "../../common/tools/contributions.js";
import { hasProblems, storageReportMarkdown } from "../../common/memories/storageReport.js";
import type { App } from "../App.js";
import { withProgress } from "./transferCommands.js";

/** Verifies every file and shows a report; offers to save what is good if something is not. */
export async function checkStorage(app: App): Promise<void> {
  const check = await withProgress(vscode.l10n.t("Checking the storage"), (progress) =>
    app.memories.check(progress),
  );
  app.log.info(
    `storage: ${check.segments} files, ${check.damaged.length} damaged, ${check.unread.length} not read`,
  );
  const { storageUri } = app;
  const folder = storageUri.scheme === "file" ? storageUri.fsPath : storageUri.toString(true);
  await app.reports.show(
    vscode.l10n.t("Recollect storage"),
    storageReportMarkdown(check, folder, vscode.l10n),
  );
  if (!hasProblems(check)) return;
  const save = vscode.l10n.t("Export Everything Good…");
  const answer = await vscode.window.showWarningMessage(
    vscode.l10n.t("Some files are not as they were written. The report names them."),
    save,
  );
  const command: CommandId = "recollect.export";
  if (answer === save) await vscode.commands.executeCommand(command);
}
