import * as vscode from "vscode";
import type { SavedState } from "../common/Flusher.js";

/** Says in the status bar that something is not on disk yet, for as long as it is so. */
export class SavedStateItem implements vscode.Disposable {
  #item: vscode.StatusBarItem | undefined;

  show(state: SavedState): void {
    if (state.isSaved) {
      this.dispose();
      return;
    }
    this.#item ??= vscode.window.createStatusBarItem(
      "recollect.notSaved",
      vscode.StatusBarAlignment.Right,
    );
    this.#item.name = vscode.l10n.t("Recollect: not saved");
    this.#item.text = `$(warning) ${vscode.l10n.t("Memories not saved")}`;
    this.#item.tooltip = vscode.l10n.t("Writing failed and will be tried again: {0}", state.reason);
    this.#item.command = "recollect.showLog";
    this.#item.backgroundColor = new vscode.ThemeColor("statusBarItem.warningBackground");
    this.#item.show();
  }

  dispose(): void {
    this.#item?.dispose();
    this.#item = undefined;
  }
}

/** Tells once that a file could not be read in full; the log has the details of each. */
export class DamageNotice {
  #isShown = false;

  show(): void {
    if (this.#isShown) return;
    this.#isShown = true;
    const showLog = vscode.l10n.t("Show Log");
    const message = vscode.l10n.t(
      "Some stored memories could not be read. Their files are left as they are.",
    );
    void vscode.window.showWarningMessage(message, showLog).then((answer) => {
      if (answer === showLog) void vscode.commands.executeCommand("recollect.showLog");
    });
  }
}
