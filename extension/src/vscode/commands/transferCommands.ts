import type { Trust } from "recollect-wasm";
import * as vscode from "vscode";
import { lineCount, recordCount } from "../../common/text/count.js";
import type { Imported, Progress } from "../../common/memories/transfer.js";
import { importReportMarkdown } from "../../common/memories/importText.js";
import type { App } from "../App.js";
import { signalOf } from "./cancellation.js";

/** Larger than all memories that this extension is made for. */
const MAX_IMPORT_BYTES = 1024 * 1024 * 1024;

/** Runs work that takes a while under a notification with progress and a button to cancel. */
export function withProgress<Value>(
  title: string,
  work: (progress: Progress) => Promise<Value>,
): Thenable<Value> {
  const options = { location: vscode.ProgressLocation.Notification, title, cancellable: true };
  return vscode.window.withProgress(options, (progress, token) => {
    let shown = 0;
    return work({
      signal: signalOf(token),
      onProgress: (share) => {
        const percent = Math.floor(share * 100);
        // A notification takes steps only.
        if (percent <= shown) return;
        progress.report({ increment: percent - shown, message: `${percent} %` });
        shown = percent;
      },
    });
  });
}

/** Takes in a file that was exported, here or elsewhere. */
export async function importFromFile(app: App): Promise<void> {
  const [source] =
    (await vscode.window.showOpenDialog({
      title: vscode.l10n.t("Import Memories"),
      openLabel: vscode.l10n.t("Import"),
      filters: { "JSON Lines": ["jsonl"] },
    })) ?? [];
  if (source === undefined) return;
  if ((await vscode.workspace.fs.stat(source)).size > MAX_IMPORT_BYTES) {
    void vscode.window.showErrorMessage(
      vscode.l10n.t("This file is too large to be imported: over 1 GB."),
    );
    return;
  }
  const bytes = await vscode.workspace.fs.readFile(source);
  // A file says itself how far it may be believed; here nobody vouches for that.
  const trust = vscode.workspace.isTrusted ? "high" : "low";
  const imported = await withProgress(vscode.l10n.t("Importing memories"), (progress) =>
    app.memories.import(bytes, trust, progress),
  );
  app.documents.refresh();
  app.log.info(
    `imported ${imported.pending} records of ${imported.lines} lines, ${imported.known} known, ` +
      `${imported.forgotten} forgotten, ${imported.refused.length + imported.unlisted} refused`,
  );
  await report(app, imported, trust);
}

async function report(app: App, imported: Imported, trust: Trust): Promise<void> {
  const { pending, known, forgotten, filtered, refused, isCancelled } = imported;
  const sentences = [
    isCancelled
      ? vscode.l10n.t(
          "Cancelled. Imported {0} so far; they stay.",
          recordCount(pending, vscode.l10n),
        )
      : vscode.l10n.t("Imported {0}.", recordCount(pending, vscode.l10n)),
  ];
  if (trust === "low" && pending > 0)
    sentences.push(vscode.l10n.t("In Restricted Mode they are of low trust."));
  if (known > 0) sentences.push(vscode.l10n.t("Known already: {0}.", known));
  if (forgotten > 0)
    sentences.push(vscode.l10n.t("Left out because they were forgotten here: {0}.", forgotten));
  if (filtered > 0)
    sentences.push(vscode.l10n.t("With private text that was dropped: {0}.", filtered));
  if (refused.length === 0) {
    void vscode.window.showInformationMessage(sentences.join(" "));
    return;
  }
  sentences.push(
    vscode.l10n.t("Not taken: {0}.", lineCount(refused.length + imported.unlisted, vscode.l10n)),
  );
  const show = vscode.l10n.t("Show Report");
  const answer = await vscode.window.showWarningMessage(sentences.join(" "), show);
  if (answer === show)
    await app.reports.show(
      vscode.l10n.t("Import report"),
      importReportMarkdown(imported, vscode.l10n),
    );
}
