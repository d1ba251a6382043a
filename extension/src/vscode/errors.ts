import * as vscode from "vscode";
import { refusal } from "../common/text/coreWords.js";
import { NotSavedError } from "../common/memories/Flusher.js";
import { describe } from "../common/Log.js";
import { NotRecordingError } from "../common/memories/WriteGuard.js";

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
      return vscode.l10n.t("This cannot be remembered: {0}.", refusal(error.message, vscode.l10n));
    case "TooLarge":
      return vscode.l10n.t(
        "This is too long to be remembered: {0}.",
        refusal(error.message, vscode.l10n),
      );
    case "Full":
      return vscode.l10n.t(
        "Nothing more can be remembered right now: too much waits to be written. It goes on by itself once writing works.",
      );
    case "NotRecordingError":
      return error instanceof NotRecordingError && error.reason === "paused"
        ? vscode.l10n.t(
            "Nothing was stored: recording is paused in this workspace. Memory: Resume in This Workspace turns it on again.",
          )
        : vscode.l10n.t("Nothing was stored: a private session is on.");
    case "TooManyWritesError":
      return vscode.l10n.t("Nothing was stored: assistants have added too much within a minute.");
    case "LockedError":
      return vscode.l10n.t(
        "The memories are locked: they are encrypted and the key is not here. Memory: Unlock Memories… takes the recovery code.",
      );
    case "KeyMissingError":
      return vscode.l10n.t(
        "Some files are encrypted with a key that is not here, so no new key is made. Memory: Unlock Memories… takes its recovery code.",
      );
    case "NoCipherError":
      return vscode.l10n.t(
        "This page cannot encrypt: browsers allow that only over https, or to this machine.",
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
export async function report(
  { log }: { readonly log: vscode.LogOutputChannel },
  error: unknown,
): Promise<void> {
  log.error(describe(error));
  const showLog = vscode.l10n.t("Show Log");
  const message =
    sentenceAbout(error) ?? vscode.l10n.t("Recollect could not do this. The log says why.");
  if ((await vscode.window.showErrorMessage(message, showLog)) === showLog) log.show();
}
