import * as vscode from "vscode";
import { NotSavedError } from "../common/Flusher.js";
import { describe } from "../common/Log.js";
import type { App } from "./App.js";

/** A sentence for the user about an error whose name is known, or `undefined`. */
export function sentenceAbout(error: unknown): string | undefined {
  if (error instanceof NotSavedError) {
    return vscode.l10n.t(
      "Not saved yet: writing failed. It is kept in memory and will be written as soon as that works.",
    );
  }
  if (!(error instanceof Error)) return undefined;
  switch (error.name) {
    case "InvalidInput":
      return vscode.l10n.t("This cannot be remembered: {0}.", error.message);
    case "TooLarge":
      return vscode.l10n.t("This is too long to be remembered: {0}.", error.message);
    case "Full":
      return vscode.l10n.t(
        "Nothing more can be remembered right now: too much waits to be written. It goes on by itself once writing works.",
      );
    case "NotFound":
      return vscode.l10n.t(
        "This is no longer remembered; it may have been forgotten in another window.",
      );
    default:
      return undefined;
  }
}

/** Logs an error and tells the user about it. */
export async function report(app: App, error: unknown): Promise<void> {
  app.log.error(describe(error));
  const showLog = vscode.l10n.t("Show Log");
  const message =
    sentenceAbout(error) ?? vscode.l10n.t("Recollect could not do this. The log says why.");
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) app.log.show();
}
